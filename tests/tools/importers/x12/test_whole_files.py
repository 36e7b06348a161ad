"""Files as they come: any marks and line ends, cut short, of another kind, in any envelope."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.problems import BadInput
from tests.fixtures.intake import fresh_practice, lines, one
from tests.fixtures.x12 import (
    Form,
    Paid,
    Payment,
    Remitted,
    Submission,
    as_bytes,
    interchange,
    write_claims,
    write_remittance,
)
from tools.importers.x12.envelope import Envelope
from tools.importers.x12.reading import X12Reading
from tools.importers.x12.segments import read_segments

PAYMENTS = (
    Payment("CHK1", (Remitted("A1"), Remitted("A2", (Paid(), Paid(code="HC:90471"))))),
    Payment("CHK2", (Remitted("A3"),), payer="Wolf Creek Mutual", adjustments=(("WO", "12.50"),)),
)
FORMS = [
    pytest.param(Form(line_end=""), id="one-long-line"),
    pytest.param(Form(line_end="\r\n"), id="windows-line-ends"),
    pytest.param(Form(end="\n", line_end=""), id="line-end-is-the-mark"),
    pytest.param(Form(end="\n", line_end="\r"), id="line-end-then-return"),
    pytest.param(Form(width=80), id="wrapped-at-80"),
    pytest.param(Form(width=107), id="wrapped-behind-the-header"),
    pytest.param(Form(element="|", component=">", end="!"), id="other-marks"),
    pytest.param(Form(element="\x1d", component="\x1f", end="\x1e"), id="control-characters"),
    pytest.param(Form(sets_apart="GS"), id="a-group-a-set"),
    pytest.param(Form(sets_apart="ISA"), id="an-interchange-a-set"),
]


@pytest.mark.parametrize("form", FORMS)
def test_any_form_of_a_file_reads_alike(tmp_path: Path, form: Form) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    answer = one(practice, write_remittance(tmp_path / "r.txt", PAYMENTS, form))
    assert (answer["status"], answer["rows"], answer["notes"]) == ("imported", 4, [])
    told = [(row["claim_id"], row["payer"], row["paid"]) for row in lines(practice)]
    assert told == [
        ("A1", "Granite Peak Health Plan", Decimal("70.00")),
        ("A2", "Granite Peak Health Plan", Decimal("70.00")),
        ("A2", "Granite Peak Health Plan", Decimal("70.00")),
        ("A3", "Wolf Creek Mutual", Decimal("70.00")),
    ]


NAMES = ["remit.835", "remit.csv", "remit.pdf", "remit", "remit.edi"]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_does_not_matter(tmp_path: Path, name: str) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    assert one(practice, write_remittance(tmp_path / name, PAYMENTS))["kind"] == "remittance"


SEGMENTS = interchange([each.segments() for each in PAYMENTS], "835")


@pytest.mark.parametrize("kept", range(1, len(SEGMENTS)))
def test_a_file_cut_short_anywhere_is_refused_whole(tmp_path: Path, kept: int) -> None:
    file = tmp_path / "r.835"
    file.write_bytes(as_bytes(SEGMENTS[:kept]))
    with pytest.raises(BadInput, match="cut short"), file.open("rb") as opened:
        envelope = Envelope("r.835")
        for segment in read_segments(opened, "r.835"):
            envelope.see(segment)
        envelope.finish()


DAMAGE = [
    pytest.param(SEGMENTS[:-3], "cut short", id="no-end"),
    pytest.param([s for s in SEGMENTS if s != "CAS*PR*3*20.00"], "states", id="segments-lost"),
    pytest.param([*SEGMENTS[:-1], "IEA*2*000000905"], "states 2 groups", id="group-count"),
    pytest.param([*SEGMENTS[:-1], "IEA*1*000000999"], "another envelope", id="other-number"),
    pytest.param([*SEGMENTS[:1], *SEGMENTS[2:]], "order", id="no-group"),
]


@pytest.mark.parametrize(("segments", "why"), DAMAGE)
def test_a_damaged_file_gets_one_sentence_and_leaves_nothing(
    tmp_path: Path, segments: list[str], why: str
) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    practice.workspace.secret()  # made once, by the first file that is read
    before = sorted(path.name for path in practice.workspace.root.rglob("*"))
    file = tmp_path / "r.835"
    file.write_bytes(as_bytes(segments))
    answer = one(practice, file)
    assert answer["status"] == "refused" and why in answer["problem"], answer["problem"]
    assert answer["problem"].count(". ") == 0
    after = sorted(path.name for path in practice.workspace.root.rglob("*"))
    assert after == before


def test_bytes_behind_the_last_envelope_are_no_file(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    file = tmp_path / "r.835"
    file.write_bytes(as_bytes([*SEGMENTS, "CLP*A9*1*5*5"]))
    assert one(practice, file)["status"] == "refused"


@pytest.mark.parametrize(("start", "end"), [(1, -1), (2, -2)], ids=["from GS", "from ST"])
def test_a_remittance_without_its_envelope_gives_the_same_lines(
    tmp_path: Path, start: int, end: int
) -> None:
    file = tmp_path / "r.835"
    file.write_bytes(as_bytes(SEGMENTS))
    whole = one(fresh_practice(tmp_path / "whole"), file)
    file.write_bytes(as_bytes(SEGMENTS[start:end]))
    practice = fresh_practice(tmp_path / "bare")
    bare = one(practice, file)
    assert (bare["status"], bare["rows"]) == ("imported", whole["rows"])
    assert any("no envelope" in note for note in bare["notes"])
    for cut in (SEGMENTS[start : end - 1], SEGMENTS[start : end - 3]):
        file.write_bytes(as_bytes(cut))
        assert one(practice, file)["status"] == "refused"


def test_a_remittance_whose_head_alone_is_missing_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "r.835"
    file.write_bytes(as_bytes(SEGMENTS[2:]))
    assert "out of its order" in one(fresh_practice(tmp_path / "w"), file)["problem"]


OTHERS = [
    pytest.param("271", "an answer about eligibility", id="271"),
    pytest.param("999", "an acknowledgment", id="999"),
    pytest.param("850", "an X12 file of type 850", id="purchase-order"),
]


@pytest.mark.parametrize(("number", "what"), OTHERS)
def test_another_kind_of_x12_is_named(tmp_path: Path, number: str, what: str) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    file = tmp_path / "x.835"
    segments = [s.replace("ST*835*", f"ST*{number}*") for s in SEGMENTS]
    file.write_bytes(as_bytes(segments))
    assert what in one(practice, file)["problem"]


def test_hospital_claims_are_named_and_kept_out(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    body = ["BHT*0019*00*1*20260101*1200*CH", *Submission("H1").segments(1)]
    file = tmp_path / "h.837"
    file.write_bytes(as_bytes(interchange([body], "837I")))
    assert "hospital claims file (837I)" in one(practice, file)["problem"]
    stay = Remitted("H1", (), paid="9000", charge="9000", more=("MIA*0***9000",))
    outpatient = Remitted("H2", (Paid(code="NU:0450"), Paid(code="HC:99283")))
    answer = one(
        practice, write_remittance(tmp_path / "h.835", [Payment("C1", (stay, outpatient))])
    )
    assert answer["status"] == "refused" and "institutional" in answer["problem"]


def test_hospital_claims_beside_professional_ones_are_listed(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    stay = Remitted("H1", (), paid="9000", charge="9000", more=("MIA*0***9000",))
    outpatient = Remitted("H2", (Paid(code="NU:0450"), Paid(code="HC:99283")))
    file = write_remittance(tmp_path / "h.835", [Payment("C1", (stay, outpatient, Remitted("A1")))])
    answer = one(practice, file)
    assert (answer["status"], answer["rows"], len(answer["rejected"])) == ("imported", 1, 3)
    assert all("hospital" in each["reason"] for each in answer["rejected"])


def test_a_test_file_is_said_to_be_one(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    answer = one(practice, write_remittance(tmp_path / "r.835", PAYMENTS, Form(test=True)))
    assert any("marked as a test" in note for note in answer["notes"])


def test_a_remittance_and_claims_in_one_file_are_both_read(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    both = tmp_path / "both.txt"
    both.write_bytes(
        write_remittance(tmp_path / "r.835", PAYMENTS).read_bytes()
        + write_claims(tmp_path / "c.837", [Submission("A1")]).read_bytes()
    )
    answer = one(practice, both)
    assert (answer["kind"], answer["rows"]) == ("remittance", 5)
    assert practice.tables.has("charges") and practice.tables.has("claim_lines")


def test_a_payer_that_is_only_alike_stays_open(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    one(practice, write_remittance(tmp_path / "a.835", PAYMENTS))
    alike = Payment("CHK9", (Remitted("A9"),), payer="Granite Peek Community Plan")
    answer = one(practice, write_remittance(tmp_path / "b.835", [alike]))
    if answer["payer"] is None:
        assert "Granite Peak Health Plan" in answer["candidates"]
    else:
        assert answer["payer"] == "Granite Peek Community Plan"
    told = one(practice, tmp_path / "b.835", "Granite Peak Health Plan")
    assert (told["status"], told["payer"]) == ("imported", "Granite Peak Health Plan")


CLAIMS = ["BHT*0019*00*1*20260101*1200*CH", *Submission("A1").segments(1)]
WHOLE = [as_bytes(SEGMENTS), as_bytes(interchange([CLAIMS], "837"))]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    whole=st.sampled_from(WHOLE),
    changes=st.lists(
        st.tuples(st.integers(min_value=106), st.binary(max_size=3), st.integers(0, 12)),
        min_size=1,
        max_size=4,
    ),
)
def test_damage_of_any_kind_is_read_or_refused_and_never_breaks(
    tmp_path: Path, whole: bytes, changes: list[tuple[int, bytes, int]]
) -> None:
    data = bytearray(whole)
    for at, put, cut in changes:
        place = at % len(data)
        data[place : place + cut] = put
    file = tmp_path / "x.835"
    file.write_bytes(data)
    practice = fresh_practice(tmp_path / "workspace")
    request = {"name": "x.835", "path": str(file), "root": str(practice.workspace.root),
               "folder": str(tmp_path), "id": "0" * 16}  # fmt: skip
    try:
        X12Reading(request).read()
    except BadInput as bad:
        assert str(bad).startswith("x.835: ")


def test_equal_claims_of_one_payment_are_both_money(tmp_path: Path) -> None:
    """Two claims equal in every field, and a payment of 140.00 that needs both."""
    practice = fresh_practice(tmp_path / "workspace")
    both = [Payment("CHK1", (Remitted("A1"), Remitted("A1")))]
    assert one(practice, write_remittance(tmp_path / "a.835", both))["rows"] == 2
    again = one(practice, write_remittance(tmp_path / "b.835", both, Form(line_end="")))
    assert (again["rows"], len(again["rejected"])) == (0, 2)
