"""The question list: eight groups, answers from the paper in its own words, room for the rest."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from copilot.drafting.bank import GROUPS, Question, questions
from knowledge.evidence import plain

LARKMOOR = "Larkmoor Health Plan"
BLANK = "Answer: ______ (name, date)"


def test_every_question_of_the_bank_is_asked_in_its_group(room: Any) -> None:
    said = room.words(room.ask("draft_bh_questions", payer=LARKMOOR))
    heads = re.findall(r"^### (.+)$", said, re.MULTILINE)
    assert heads == list(GROUPS.values())
    assert said.count("- **") == len(questions())


def test_a_clause_that_answers_is_quoted_with_its_section(room: Any) -> None:
    finding = room.ask("draft_bh_questions", payer=LARKMOOR)
    said = room.words(finding)
    quote = "Mental health and substance use claims are administered by the Plan's designee"
    assert quote in said
    assert "[larkmoor.txt 4.1]" in said
    assert "No prior authorization is required for outpatient mental health visits." in said
    cited = [p.citation for p in finding.passages if p.citation.source == "larkmoor.txt"]
    held = room.practice.library.documents(LARKMOOR)[0].text
    assert cited
    assert all(held[c.start : c.end] == c.quote for c in cited)


def test_the_headline_counts_what_is_asked_and_what_is_answered(room: Any) -> None:
    finding = room.ask("draft_bh_questions", payer=LARKMOOR)
    said = room.words(finding)
    asked = len(questions())
    answered = asked - said.count(BLANK)
    assert answered == 2
    assert f"{asked} of them, {answered} already answered" in plain(finding.headline.text)


def test_every_number_of_the_list_is_owned(room: Any) -> None:
    assert room.loose(room.ask("draft_bh_questions", payer=LARKMOOR)) == ()


def test_without_papers_every_question_leaves_room(bare: Any) -> None:
    finding = bare.ask("draft_bh_questions", payer=LARKMOOR)
    assert bare.words(finding).count(BLANK) == len(questions())
    assert "none answered yet" in plain(finding.headline.text)


def test_past_payments_answer_a_question_on_rates(rooms: Any) -> None:
    line = {
        "claim_id": "b1", "line_number": "1", "service_date": date(2026, 10, 30),
        "payer": LARKMOOR, "payer_order": "primary", "code": "99492", "modifiers": "",
        "units": Decimal(2), "allowed": Decimal("300.00"), "paid": Decimal("300.00"),
        "status": "paid", "reason_codes": "", "member_key": "m1", "row_hash": "b1",
        "patient_responsibility": Decimal("0.00"),
    }  # fmt: skip
    with rooms(tables={"claim_lines": [line]}, paper=False) as made:
        finding = made.ask("draft_bh_questions", payer=LARKMOOR)
        said = made.words(finding)
        # 300.00 for 2 units.
        assert "units paid 2, on average $150.00" in said
        assert made.loose(finding) == ()
        assert "1 already answered" in plain(finding.headline.text)


def test_shorter_leaves_the_first_questions_of_a_call(room: Any) -> None:
    room.ask("draft_bh_questions", payer=LARKMOOR)
    finding = room.ask("revise_draft", "shorter", change="shorter")
    assert room.words(finding).count("- **") == 8


CODES: list[Any] = [
    pytest.param("claims:99492-99494,G2214", ("99492", "99493", "99494", "G2214"), id="range"),
    pytest.param("claims:G0568-G0570", ("G0568", "G0569", "G0570"), id="letters"),
    pytest.param("", (), id="none"),
]


@pytest.mark.parametrize(("data", "codes"), CODES)
def test_codes_of_a_question_are_written_out(data: str, codes: tuple[str, ...]) -> None:
    made = Question("q", "g", "?", "w", (), ("x",), "5/R.1", data)
    assert made.codes() == codes
