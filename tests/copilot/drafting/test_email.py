"""The email: owned numbers, this payer's evidence alone, an ask, a clause, a date, a page."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from knowledge.evidence import plain
from knowledge.problems import BadInput

LARKMOOR, BITTERROOT = "Larkmoor Health Plan", "Bitterroot Mutual"


def test_the_email_states_the_ask_its_worth_and_where_the_rates_stand(room: Any) -> None:
    said = room.words(room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8)))
    assert "8%" in said
    assert "April 1, 2027" in said  # 120 days of notice from November 23, 2026
    assert "$930.00" in said  # 8% of 100 visits at 116.25
    assert "90.9% of 2025 Colorado Medicare" in said  # 116.25 / 127.92
    assert "99214 (office visit, moderate)" in said
    assert "$116.25" in said
    assert "$127.92" in said


def test_the_email_says_who_we_are_from_the_data(room: Any) -> None:
    said = room.words(room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8)))
    assert "40 of your members" in said
    assert re.search(r"\b100 (?:visits|times)\b", said)
    assert "6 clinicians at 2 sites in Alder Springs" in said
    assert "Dana Ruiz" in said
    assert "TIN ending 4471" in said


def test_the_email_stands_on_three_pieces_of_evidence_each_with_figures(room: Any) -> None:
    draft = room.draft(room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8)))
    pieces = [entry for entry in draft.plan if entry["id"] != "clause"]
    assert len(pieces) == 3
    for entry in pieces:
        assert entry["figures"], entry
        assert entry["why"]
        assert set(entry["figures"]) & set(re.findall(r"f:(f_\w+)\|", draft.body)), entry


def test_each_number_of_the_email_is_owned(room: Any) -> None:
    assert room.loose(room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8))) == ()


def test_the_clause_is_cited_with_its_words(room: Any) -> None:
    finding = room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8))
    assert "Section 11.2" in room.words(finding)
    assert "120 days' notice" in room.words(finding)
    quotes = [p.citation.quote for p in finding.passages if p.citation.section == "11.2"]
    assert any("be renegotiated by giving the other one hundred twenty" in q for q in quotes)
    clause = next(e for e in room.draft(finding).plan if e["id"] == "clause")
    assert clause["citations"]


def test_formal_notice_is_named_with_counsel(room: Any) -> None:
    finding = room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8))
    notes = " ".join(plain(s.text) for s in finding.caveats)
    assert "Section 11.4" in notes
    assert "confirm with counsel" in notes


def test_the_email_asks_for_an_answer_by_a_working_day(room: Any) -> None:
    said = room.words(room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8)))
    days = re.findall(r"(\w+day), (\w+ \d+, \d{4})", said)
    assert days
    for weekday, day in days:
        read = datetime.strptime(day, "%B %d, %Y").date()
        assert f"{read:%A}" == weekday
        assert read.weekday() < 5
        assert (read - date(2026, 11, 23)).days <= 24


@pytest.mark.parametrize("length", ["short", None, "long"])
def test_the_email_fits_a_page(room: Any, length: str | None) -> None:
    finding = room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8), length=length)
    assert len(plain(room.draft(finding).body).split()) <= 260


def test_a_short_email_is_shorter_than_a_long_one(room: Any) -> None:
    lengths = [
        len(room.words(room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8), length=each)))
        for each in ("short", "usual", "long")
    ]
    assert lengths[0] < lengths[1] < lengths[2]


def test_no_other_payer_is_named_and_none_of_its_figures_stand_in_it(room: Any) -> None:
    draft = room.draft(room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8)))
    text = f"{draft.subject}\n{draft.body}"
    assert "Bitterroot" not in text
    held = {f["id"]: f for f in room.ledger.figures()}
    used = [held[key] for key in re.findall(r"f:(f_\w+)\|", text)]
    assert used
    assert not [f for f in used if "Bitterroot" in f"{f['name']} {f['basis']['where']}"]


def test_drafts_to_two_payers_share_no_sentence(room: Any) -> None:
    texts = []
    for payer in (LARKMOOR, BITTERROOT):
        draft = room.draft(room.ask("draft_email", payer=payer, percent=Decimal(8)))
        bare = re.sub(r"⟦f:[^⟧]*⟧", "#", draft.body.split("Dana")[0])
        texts.append({s for s in re.split(r"(?<=[.?:])\s+", bare) if len(s.split()) > 5})
    assert texts[0]
    assert texts[1]
    assert not texts[0] & texts[1]


def test_the_same_email_is_written_twice_the_same(room: Any) -> None:
    one = room.words(room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8)))
    assert room.words(room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8))) == one


def test_an_ask_in_percent_of_medicare_is_priced_by_code(room: Any) -> None:
    finding = room.ask("draft_email", payer=LARKMOOR, percent_of_medicare=Decimal(100))
    # 127.92 - 116.25 = 11.67 on each of 100 visits.
    assert "100% of 2025 Colorado Medicare" in room.words(finding)
    assert "$1,167" in room.words(finding)
    assert room.loose(finding) == ()


def test_an_ask_on_codes_names_them(room: Any) -> None:
    finding = room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8), codes=["99214"])
    assert "99214 in Exhibit B" in room.words(finding)
    assert room.loose(finding) == ()


def test_an_email_without_the_ask_asks_for_it(room: Any) -> None:
    with pytest.raises(BadInput, match="ask"):
        room.ask("draft_email", "write to them about more money", payer=LARKMOOR)


def test_an_email_without_a_payer_names_those_there_are(room: Any) -> None:
    with pytest.raises(BadInput) as raised:
        room.ask("draft_email", percent=Decimal(8))
    assert "payer" in str(raised.value).lower()


def test_without_any_data_the_email_still_asks_and_says_what_would_strengthen_it(
    bare: Any,
) -> None:
    finding = bare.ask("draft_email", payer=LARKMOOR, percent=Decimal(8))
    said = bare.words(finding)
    assert "8%" in said
    assert "March 1, 2027" in said
    assert "$" not in said
    assert "Medicare" not in said
    assert bare.loose(finding) == ()
    notes = " ".join(plain(s.text) for s in finding.caveats)
    assert "Larkmoor's claims or 835 files" in notes


def test_missing_reports_leave_their_piece_out(rooms: Callable[..., Any], room: Any) -> None:
    tables: dict[str, list[Any]] = {"claim_lines": [], "quality": []}
    with rooms(tables=tables, paper=True) as empty:
        finding = empty.ask("draft_email", payer=LARKMOOR, percent=Decimal(8))
        assert "emergency" not in empty.words(finding)
        assert "Section 11.2" in empty.words(finding)
        assert empty.loose(finding) == ()


def test_the_headline_tells_the_ask_and_its_worth(room: Any) -> None:
    finding = room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8))
    assert plain(finding.headline.text) == (
        "The email to Larkmoor is ready: it asks for 8% from April 1, 2027, worth $930.00 a year."
    )
    assert finding.details["draft"] == room.draft(finding).id
    assert "Shorter" in finding.next_steps
    assert "Make it 10%" in finding.next_steps


def test_worth_and_rates_come_from_the_tools_a_user_can_call(room: Any) -> None:
    room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8))
    assert {name for name, _ in room.calls} >= {"compare_rates", "model_fee_change"}


TONES = ["warm", "plain", "firm"]


@pytest.mark.parametrize("tone", TONES)
def test_each_tone_owns_its_numbers(room: Any, tone: str) -> None:
    room.settings.tone = tone
    assert room.loose(room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8))) == ()


def test_no_sentence_threatens_to_leave(room: Any) -> None:
    room.settings.tone = "firm"
    said = room.words(room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8))).lower()
    assert "terminat" not in said
    assert "leave the network" not in said
