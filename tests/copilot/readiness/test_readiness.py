"""Readiness moves as files arrive, as the log is kept, and as tools are asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from copilot.core import Copilot
from copilot.readiness.readiness import CHECKS, readiness
from copilot.readiness.step import _CHECKS, steps
from copilot.settings import changed
from copilot.tracker.log import Log
from copilot.turn import Turn
from knowledge.evidence import Finding, plain
from knowledge.guide_entries import stored_text
from tests.fixtures.mails import offer_mail, write_mail
from tests.fixtures.small_practice import JUNIPER, WREN, write_claims, write_papers


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Copilot]:
    """An empty practice on November 23, 2026."""
    with Copilot(tmp_path / "ws", today=date(2026, 11, 23)) as copilot:
        profile = {"name": "Sagebrush Family Medicine", "email": "lee@sagebrushfm.example"}
        copilot.change_settings(changed(copilot.settings, profile))
        yield copilot


def stand(copilot: Copilot, payer: str | None = JUNIPER) -> Finding:
    """The answer to "where are we with them?"."""
    turn = Turn(copilot, "Where are we with them?", "t-ready")
    return readiness(turn._desk(turn._bench), payer=payer)


def words(found: Finding) -> str:
    return "\n".join(plain(each.text) for each in (found.headline, *found.sentences))


def test_each_step_has_a_check_and_its_guide_entry_opens_on_its_words() -> None:
    assert CHECKS and {step.name for step in steps()} == set(_CHECKS)
    for step in steps():
        cited = step.cited()
        assert stored_text(cited.source)[cited.start : cited.end] == cited.quote
        assert step.settle or step.ask


def test_steps_are_done_as_files_arrive_and_missing_ones_name_what_settles_them(
    office: Copilot, tmp_path: Path
) -> None:
    office.ingest([write_claims(tmp_path / "claims.csv")])
    first = stand(office)
    # Twelve months of claims are there: "share" and "claims"; no notice waits: "notices".
    assert set(first.details["done"]) == {"share", "claims", "notices"}
    assert "contract" in first.details["missing"]
    assert "drop the Blue Juniper agreement" in words(first)
    office.ingest(write_papers(tmp_path), JUNIPER)
    second = stand(office)
    assert {"contract", "terms", "dates", "schedule"} <= set(second.details["done"])
    assert "reviewed" in second.details["missing"]
    turn = Turn(office, "Review the contract", "t-other")
    turn._bench.run("review_contract", payers=[JUNIPER])
    assert "reviewed" in stand(office).details["done"]
    assert "reviewed" in stand(office, WREN).details["missing"]


def test_what_is_confirmed_counts_and_what_waits_does_not(office: Copilot, tmp_path: Path) -> None:
    office.ingest([write_claims(tmp_path / "claims.csv")])
    office.ingest([write_mail(tmp_path, offer_mail())])
    waiting = stand(office)
    assert waiting.details["stage"] == "not begun"
    assert any("for your word in the log" in plain(each.text) for each in waiting.caveats)
    log = Log(office.workspace)
    for each in log.pending():
        log.confirm(each.id)
    kept = stand(office)
    assert kept.details["stage"] == "offer on the table"
    assert {"asked", "answered", "contact"} <= set(kept.details["done"])
    said = words(kept)
    assert "Last contact: email from Dana Ruiz, November 17, 2026" in said
    assert "asked us for our quality report, by December 1, 2026" in said
    assert "promised: our quality report" not in said
    # Their promise of October 26 to answer was kept by the answer of November 17.
    assert "promises" in kept.details["done"]


def test_all_payers_stand_in_one_table(office: Copilot, tmp_path: Path) -> None:
    office.ingest([write_claims(tmp_path / "claims.csv")])
    office.ingest(write_papers(tmp_path), JUNIPER)
    found = stand(office, None)
    assert found.table is not None
    assert [row[0] for row in found.table.rows] == ["Blue Juniper", "Canyon Wren"]
    done = {payer: counts[0] for payer, counts in found.details["steps"].items()}
    assert done[JUNIPER] > done[WREN]
