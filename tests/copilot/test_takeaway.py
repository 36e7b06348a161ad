"""An answer taken away: its duties as a workbook, its days as a calendar, by its finding."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from copilot.core import Copilot
from copilot.results import Answer
from copilot.takeaway import save_answer, taken
from knowledge.problems import BadInput
from tests.fixtures.two_contracts import JUNIPER, TODAY, two_contracts
from tools.contract_terms import contract_terms
from tools.obligations import obligations


@pytest.fixture
def copilot(tmp_path: Path) -> Iterator[Copilot]:
    """Two contracts, the register of one kept in a conversation, and an answer without files."""
    practice = two_contracts(tmp_path)
    with Copilot(tmp_path / "workspace", TODAY) as opened:
        ledger = opened.ledger("t1")
        ledger.add(obligations(practice, payers=[JUNIPER]), "obligations", {}, 1)
        ledger.add(contract_terms(practice, payers=[JUNIPER]), "contract_terms", {}, 2)
        yield opened


def test_the_register_is_named_after_its_payer(copilot: Copilot) -> None:
    name, content = taken(copilot, "t1", "r1", "xlsx")
    assert name == "Blue Juniper obligations.xlsx"
    assert content.startswith(b"PK")


def test_an_answer_is_saved_in_the_format_of_the_files_name(
    copilot: Copilot, tmp_path: Path
) -> None:
    answer = Answer(thread="t1", answer="", steps=[{"finding": "r1"}, {"finding": "r2"}])
    path = save_answer(copilot, answer, tmp_path / "duties.xlsx")
    rows = list(openpyxl.load_workbook(path)["Obligations"].iter_rows(values_only=True))
    assert any("within ninety" in str(row) or "one hundred thirty" in str(row) for row in rows)


@pytest.mark.parametrize(
    ("finding", "to"), [("r1", "ics"), ("r2", "xlsx"), ("r9", "xlsx")], ids=str
)
def test_what_an_answer_does_not_hold_cannot_be_taken(
    copilot: Copilot, finding: str, to: str
) -> None:
    with pytest.raises(BadInput):
        taken(copilot, "t1", finding, to)


def test_an_ending_that_is_no_format_is_refused(copilot: Copilot, tmp_path: Path) -> None:
    answer = Answer(thread="t1", answer="", steps=[{"finding": "r1"}])
    with pytest.raises(BadInput, match="an answer is saved as"):
        save_answer(copilot, answer, tmp_path / "duties.pdf")
    assert not (tmp_path / "duties.pdf").exists()
