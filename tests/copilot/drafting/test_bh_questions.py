"""The question list: eight groups, answers from the paper in its own words, room for the rest."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from copilot.drafting.bank import GROUPS, Question, questions
from knowledge.documents.document import Document, Section
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
    made = Question("q", "g", "?", "w", (), (), "5/R.1", data)
    assert made.codes() == codes


def test_a_code_by_itself_is_not_quoted_for_the_rows_of_all(rooms: Any) -> None:
    # G2214 stands alone in Part 1; Part 2 has three of the four codes that are asked about.
    text = (
        "TERMS\n\nPart 1 Short Months\n\nG2214 | shorter month | $61.00\n\n"
        "Part 2 Team Care\n\n99492 | first month | $150.00\n99493 | later month | $140.00\n"
        "99494 | added half hour | $60.00\n"
    )
    cuts = [text.index("Part 1"), text.index("Part 2"), len(text)]
    sections = tuple(
        Section(number, heading, (f"{number} {heading}",), low, high, None, 1, None, "exhibit")
        for (number, heading), low, high in zip(
            (("Part 1", "Short Months"), ("Part 2", "Team Care")), cuts, cuts[1:], strict=False
        )
    )
    paper = Document("c" * 16, "terms.txt", "contract", LARKMOOR, text, (), sections, (), "Terms")
    with rooms(tables={}, paper=False) as made:
        workspace = made.practice.workspace
        workspace.write_json(workspace.texts / f"{paper.id}.json", paper.as_data())
        source = {"id": "terms", "file": paper.name, "kind": "contract", "payer": LARKMOOR,
                  "document": paper.id, "parts": {}}  # fmt: skip
        workspace.write_json(workspace.manifest, {"version": 1, "sources": [source]})
        said = made.words(made.ask("draft_bh_questions", payer=LARKMOOR))
    rates = said.partition("99492, 99493, 99494 and G2214")[2].partition("- **")[0]
    assert "99492 | first month | $150.00 99493 | later month | $140.00 99494" in rates
    assert "Part 2" in rates
