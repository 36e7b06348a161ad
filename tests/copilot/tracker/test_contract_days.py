"""Days that the papers make due stand in the tracker as their own tools reckon them."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import copilot.readiness.readiness  # noqa: F401 - it registers the checks
from copilot.drafts import Draft, Drafts
from copilot.ledger import Ledger, Store
from copilot.readiness.step import Scene, checked
from copilot.tracker.due import Due, due_items
from copilot.tracker.due_answer import due_answer
from copilot.tracker.entries import Entry
from copilot.tracker.sent import propose_sent
from copilot.tracker.stages import stage_of
from copilot.tracker.table_of_talks import Talks
from tests.fixtures.two_contracts import FOLDER, JUNIPER, WREN, paper, two_contracts
from tools.practice import Practice
from tools.read_notice import read_notice

ARRIVED = date(2026, 10, 30)


@pytest.fixture
def noticed(tmp_path: Path) -> Practice:
    """Two contracts, and a notice of change of one payer, dated October 20, 2026."""
    made = two_contracts(tmp_path)
    text = (FOLDER / "juniper_notice.md").read_text(encoding="utf-8")
    letter = paper(JUNIPER, "amendment", "Juniper notice.md", text)
    made.library.store(letter)
    held = made.workspace.read_json(made.workspace.manifest, {})
    held["sources"].append(
        {"id": letter.id, "file": "Juniper notice.md", "kind": "amendment", "payer": JUNIPER,
         "document": letter.id, "parts": {}, "imported_at": "2026-10-30T09:00:00"}
    )  # fmt: skip
    made.workspace.write_json(made.workspace.manifest, held)
    return replace(made, today=ARRIVED)


def talks(practice: Practice) -> Talks:
    def run(name: str, **args: Any) -> Any:
        assert name == "read_notice"
        return read_notice(practice, **{k: v for k, v in args.items() if v is not None})

    return Talks(practice, Drafts(practice.workspace), run)


def of_kind(practice: Practice, kind: str) -> list[Due]:
    return [each for each in due_items(talks(practice), [JUNIPER, WREN]) if each.kind == kind]


def told(practice: Practice, **more: Any) -> None:
    held: dict[str, Any] = {
        "id": "", "payer": JUNIPER, "on": ARRIVED, "channel": "letter", "direction": "in",
    }  # fmt: skip
    log = talks(practice).log
    log.confirm(log.propose(Entry(**{**held, **more})).id)


def test_the_objection_window_is_the_notices_own_and_closes_with_the_objection(
    noticed: Practice,
) -> None:
    objection = next(each for each in of_kind(noticed, "notice") if "objection" in each.what)
    assert (objection.day, objection.act) == (date(2026, 11, 4), date(2026, 11, 4))
    told(noticed, words="their notice of change came today")
    # received October 30: fifteen days end on Saturday, November 14; act on Friday the 13th
    objection = next(each for each in of_kind(noticed, "notice") if "objection" in each.what)
    assert (objection.day, objection.act) == (date(2026, 11, 14), date(2026, 11, 13))
    assert objection.ask.startswith("Draft the objection")
    told(noticed, direction="out", words="sent the objection by certified mail")
    assert all("objection" not in each.what for each in of_kind(noticed, "notice"))


def test_a_notice_is_not_the_amendment_that_was_agreed(noticed: Practice) -> None:
    told(noticed, words="they accepted", stage="agreed")
    assert stage_of(talks(noticed), JUNIPER).name == "agreed"
    (item,) = of_kind(noticed, "amendment")
    # ten working days after Friday, October 30; November 11 is Veterans Day
    assert item.act == date(2026, 11, 16)


def test_a_letter_taken_out_is_proposed_once_and_never_kept_by_itself(noticed: Practice) -> None:
    log = talks(noticed).log
    facts = {"kind": "email", "payer": WREN, "purpose": "rate_increase", "percent": "8"}
    draft = Draft("email-1", "email", WREN, "Rates for next year", "Dear all", "t1", facts=facts)
    first = propose_sent(log, draft, "eml", noticed.today)
    again = propose_sent(log, draft, "docx", noticed.today)
    assert first and again and first.id == again.id and len(log.pending()) == 1
    assert log.entries() == () and str(first.offers[0].percent) == "8"
    assert propose_sent(log, draft, "ics", noticed.today) is None
    log.confirm(first.id)
    assert propose_sent(log, draft, "eml", noticed.today) is None
    assert stage_of(talks(noticed), WREN).name == "asked"


def test_a_step_of_the_plan_is_due_for_sixty_days_and_then_only_said_to_have_passed(
    noticed: Practice,
) -> None:
    kept = Draft("strategy-1", "strategy", JUNIPER, "Plan", "", "t1", made="2026-06-20T09:00:00")
    noticed.workspace.write_json(noticed.workspace.drafts / "strategy-1.json", [asdict(kept)])

    def settle(day: date) -> tuple[list[str], str]:
        held = talks(replace(noticed, today=day))
        every = [each.what for each in due_items(held, [JUNIPER]) if each.kind == "strategy"]
        told = due_answer(held, JUNIPER, date(2027, 12, 31)).caveats
        return [each for each in every if "Settle" in each], " ".join(each.text for each in told)

    # the day to settle is November 2, 2026: sixty days later is January 1, 2027
    due, notes = settle(date(2027, 1, 1))
    assert len(due) == 1 and "Settle with Blue Juniper" not in notes
    due, notes = settle(date(2027, 1, 2))
    assert due == [] and "no longer counted as due: Settle with Blue Juniper" in notes


def asked(practice: Practice) -> tuple[bool | None, str]:
    """Whether readiness counts us as having asked the second payer, and its words."""
    ledger = Ledger(Store(practice.workspace.root / "seen.db"), "t1", practice.today)
    scene = Scene(talks(practice), ledger, WREN)
    return next((f.done, f.words.text) for step, f in checked(scene) if step.name == "asked")


def test_a_proposal_taken_out_as_a_file_is_an_ask(noticed: Practice) -> None:
    facts = {"kind": "proposal", "payer": WREN, "percent": "8"}
    kept = Draft("proposal-1", "proposal", WREN, "Our proposal", "Dear all", "t1", facts=facts)
    drafts = Drafts(noticed.workspace)
    drafts.keep(kept)
    assert stage_of(talks(noticed), WREN).name == "preparing"
    done, said = asked(noticed)
    assert not done and "a proposal letter was drafted" in said
    drafts.keep(replace(kept, status="exported"))
    assert stage_of(talks(noticed), WREN).name == "asked" and asked(noticed)[0]
    log = talks(noticed).log
    waits = propose_sent(log, kept, "docx", noticed.today)
    assert waits is not None and str(waits.offers[0].percent) == "8"
