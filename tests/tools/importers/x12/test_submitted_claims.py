"""An 837P as charges: lines, diagnoses, turns, providers, and claims that replace others."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.intake import fresh_practice, one
from tests.fixtures.x12 import Form, Sent, Submission, write_claims
from tools.practice import Practice


def _charges(practice: Practice) -> list[dict[str, Any]]:
    frame = practice.tables.frame(practice.tables.table("charges"))
    rows: list[dict[str, Any]] = frame.to_dict("records")
    return sorted(rows, key=lambda row: (str(row["claim_id"]), str(row["line_number"])))


def test_a_line_keeps_what_was_sent(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    lines = (Sent(code="HC:99214:25", pointers="2:1"), Sent(code="HC:90471", charge="30",
             place="10", units="2", pointers="1", more=("REF*6R*0007",)))  # fmt: skip
    claim = Submission("A1", lines, more=("NM1*82*1*GREY*ANN****XX*1588888883",))
    answer = one(practice, write_claims(tmp_path / "c.837", [claim]))
    assert (answer["kind"], answer["rows"], answer["payer"]) == (
        "charges", 2, "Granite Peak Health Plan")  # fmt: skip
    first, second = _charges(practice)
    told = {n: first[n] for n in ("code", "modifiers", "diagnoses", "place_of_service",
                                  "rendering_npi", "line_number", "frequency", "payer_order",
                                  "line_of_business")}  # fmt: skip
    assert told == {
        "code": "99214", "modifiers": "25", "diagnoses": "E11.9 F32.1", "place_of_service": "11",
        "rendering_npi": "1588888883", "line_number": "1", "frequency": "1",
        "payer_order": "primary", "line_of_business": "commercial",
    }  # fmt: skip
    assert (first["billed"], first["service_date"]) == (Decimal("150.00"), date(2026, 1, 15))
    assert first["submitted_date"] == date(2026, 1, 16)
    told = {n: second[n] for n in ("units", "place_of_service", "diagnoses", "line_number")}
    assert told == {"units": Decimal("2"), "place_of_service": "10", "diagnoses": "F32.1",
                    "line_number": "7"}  # fmt: skip
    assert not practice.tables.has("claim_lines")


def test_the_payer_of_the_claim_is_the_one_it_went_to(tmp_path: Path) -> None:
    """The other insurer of a claim stands below it and is not its payer."""
    practice = fresh_practice(tmp_path / "workspace")
    other = (
        "SBR*P*01*******CI",
        "NM1*IL*1*DOE*JIM****MI*Z9",
        "NM1*PR*2*Wolf Creek Mutual*****PI*1",
    )
    claim = Submission("A1", order="S", more=other)
    one(practice, write_claims(tmp_path / "c.837", [claim]))
    (row,) = _charges(practice)
    assert (row["payer"], row["payer_order"]) == ("Granite Peak Health Plan", "secondary")


def test_a_patient_below_the_subscriber_keeps_the_subscribers_member_key(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    file = write_claims(tmp_path / "c.837", [Submission("A1"), Submission("A2")])
    text = file.read_text()
    at = text.index("CLM*A2")
    dependent = "HL*9*3*23*0~\nPAT*19~\nNM1*QC*1*DOE*TIM~\n"
    text = text[:at] + dependent + text[at:]
    counted = text.count("~") - 4  # less ISA, GS, GE and IEA
    stated = text.split("SE*")[1].split("*")[0]
    file.write_text(text.replace(f"SE*{stated}*", f"SE*{counted}*"))
    answer = one(practice, file)
    assert answer["rows"] == 2, answer["problem"]
    assert len({row["member_key"] for row in _charges(practice)}) == 1


def test_the_same_claims_sent_again_add_nothing(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    claims = [Submission("A1", (Sent(), Sent())), Submission("A2")]
    assert one(practice, write_claims(tmp_path / "a.837", claims))["rows"] == 3
    again = write_claims(
        tmp_path / "b.837", claims, Form(control="000000999", line_end=""), "20260301"
    )
    answer = one(practice, again)
    assert (answer["rows"], len(answer["rejected"])) == (0, 3)
    assert len(_charges(practice)) == 3


FIRST, NEW, VOID, ANEW = (
    (Submission("A1"), "20260116"),
    (Submission("A1", (Sent(charge="160"),), frequency="7"), "20260210"),
    (Submission("A1", frequency="8"), "20260220"),
    (Submission("A1", (Sent(charge="170"),)), "20260305"),
)
STORIES = [
    pytest.param((FIRST, NEW), ["160.00"], id="replaced"),
    pytest.param((FIRST, VOID), [], id="voided"),
    pytest.param((FIRST, NEW, VOID), [], id="replaced-then-voided"),
    pytest.param((FIRST, NEW, VOID, ANEW), ["170.00"], id="sent-anew-after-a-void"),
]


@pytest.mark.parametrize(("story", "in_force"), STORIES)
def test_later_claims_supersede_earlier_ones_in_any_order_of_files(
    tmp_path: Path, story: Any, in_force: list[str]
) -> None:
    for number, order in enumerate(list(permutations(story))[:6]):
        practice = fresh_practice(tmp_path / f"workspace-{number}")
        for place, (claim, sent) in enumerate(order):
            one(practice, write_claims(tmp_path / f"{number}-{place}.837", [claim], sent=sent))
        rows = _charges(practice)
        assert len(rows) == len(story)
        assert [str(r["billed"]) for r in rows if not r["replaced"]] == in_force


def test_a_replacement_under_a_new_number_names_its_original(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    new = Submission("B1", (Sent(charge="160"),), frequency="7", original="A1")
    one(practice, write_claims(tmp_path / "c.837", [Submission("A1"), new]))
    told = {row["claim_id"]: row["replaced"] for row in _charges(practice)}
    assert told == {"A1": True, "B1": False}


def test_lines_of_other_guides_are_refused_by_segment(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "workspace")
    claims = Submission("A1", (Sent(code="HC:9921"), Sent(day="2026"), Sent()))
    file = write_claims(tmp_path / "c.837", [claims])
    answer = one(practice, file)
    assert [each["row"] for each in answer["rejected"]] == [20, 23]
    assert answer["rows"] + len(answer["rejected"]) == 3
