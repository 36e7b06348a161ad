"""What an 835 leaves open of a line is taken from the claim that was sent, where it is on file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.intake import fresh_practice, lines
from tests.fixtures.x12 import Payment, Remitted, Submission, write_claims, write_remittance
from tools.ingestion import ingest


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["claim first", "payment first"])
def test_a_remitted_line_takes_diagnoses_from_its_claim(
    tmp_path: Path, order: tuple[int, int]
) -> None:
    files = [
        write_claims(tmp_path / "sent.837", (Submission("A1"), Submission("A3"))),
        write_remittance(tmp_path / "paid.835", (Payment("C1", (Remitted("A1"), Remitted("A2"))),)),
    ]
    practice = fresh_practice(tmp_path / "practice")
    answers = ingest(practice, [files[place] for place in order])
    assert {answer["status"] for answer in answers} == {"imported"}
    found = {row["claim_id"]: row["diagnoses"] or "" for row in lines(practice)}
    # The line points at the first of the claim's two diagnoses.
    assert found == {"A1": "F32.1", "A2": ""}
