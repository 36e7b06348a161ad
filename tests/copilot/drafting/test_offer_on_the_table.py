"""An offer that waits for an answer: the points and the script for a call are about it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from copilot.tracker.entries import Entry, Offer
from copilot.tracker.log import Log
from knowledge.documents.document import Document

LARKMOOR = "Larkmoor Health Plan"
LETTER = """Larkmoor Health Plan

November 9, 2026

You asked whether we would open Exhibit B. We offer the following.

Point | Our offer
Office visits | 106% of the 2026 Medicare physician fee schedule
Start | February 1, 2027

In return, we ask that the notice for ending without cause become 180 days.

Please send your written acceptance by December 4, 2026.
"""


def letter(room: Any, text: str = LETTER) -> None:
    """The letter as an import would leave it, beside what is there."""
    workspace = room.practice.workspace
    held = Document("b" * 16, "offer.txt", "offer", LARKMOOR, text, (), (), (), "Offer")
    workspace.write_json(workspace.texts / f"{held.id}.json", held.as_data())
    manifest = workspace.read_json(workspace.manifest, {})
    source = {"id": "offer", "file": held.name, "kind": "offer", "payer": LARKMOOR,
              "document": held.id, "parts": {}}  # fmt: skip
    workspace.write_json(
        workspace.manifest, {**manifest, "sources": [*manifest["sources"], source]}
    )


def told(room: Any, **more: Any) -> Entry:
    log = Log(room.practice.workspace)
    entry = Entry(id="", payer=LARKMOOR, on=date(2026, 11, 16), channel="call", direction="in",
                  words="they offered", offers=(Offer("", "payer", **more),))  # fmt: skip
    return log.confirm(log.propose(entry).id)


def points(room: Any, question: str = "", **more: Any) -> list[str]:
    finding = room.ask("draft_talking_points", question, payer=LARKMOOR, **more)
    assert room.loose(finding, question) == ()
    said: str = room.words(finding)
    return said.split("### ")[1:]


def test_the_points_begin_with_the_letter_what_it_lacks_and_wants_back(room: Any) -> None:
    letter(room)
    made = points(room, percent=Decimal(8))
    assert [point.splitlines()[0] for point in made[:4]] == [
        "Their offer", "What it lacks", "What they want back", "The request",
    ]  # fmt: skip
    assert "letter of November 9, 2026" in made[0]
    assert "“106% of the 2026 Medicare physician fee schedule” [offer.txt" in made[0]
    assert "open until December 4, 2026" in made[0]
    assert "how long it holds" in made[1] and "a yearly increase" in made[1]
    assert "its first day" not in made[1]
    assert "180 days" in made[2]


def test_the_answer_is_promised_before_the_offer_lapses(room: Any) -> None:
    letter(room)
    # Ten working days after November 23 would be December 9; December 4 is a Friday.
    assert "December 4, 2026" in points(room, percent=Decimal(8))[-1]


def test_an_offer_told_on_the_telephone_is_set_against_our_request(room: Any) -> None:
    told(room, percent=Decimal(5))
    made = points(room, percent=Decimal(8))
    # 5% of 11,625.00 is 581.25; 8% is 930.00; between them 348.75.
    assert "5% they named on November 16, 2026" in made[0]
    assert "$581.25" in made[0]
    assert "$348.75 a year short of 8%" in made[1]


def test_an_offer_named_in_the_message_counts(room: Any) -> None:
    made = points(room, "They offered 5%. Talking points for 8%, please", percent=Decimal(8))
    assert "$348.75 a year short of 8%" in made[1]


LAPSED = LETTER.replace("December 4, 2026", "November 20, 2026")


def test_a_lapsed_letter_is_not_on_the_table(room: Any) -> None:
    letter(room, LAPSED)
    assert "Their offer" not in "".join(points(room, percent=Decimal(8)))


@pytest.mark.parametrize("stage", ["agreed", "in force"])
def test_a_settled_offer_is_not_on_the_table(room: Any, stage: str) -> None:
    entry = told(room, percent=Decimal(5))
    log = Log(room.practice.workspace)
    later = replace(entry, id="", on=date(2026, 11, 20), offers=(), stage=stage)
    log.confirm(log.propose(later).id)
    assert "Their offer" not in "".join(points(room, percent=Decimal(8)))


def test_a_call_script_is_about_the_offer_on_the_table(room: Any) -> None:
    letter(room)
    finding = room.ask("draft_call_script", "Write a call script", payer=LARKMOOR,
                       percent=Decimal(8))  # fmt: skip
    said = room.words(finding)
    assert room.loose(finding, "Write a call script") == ()
    assert "call about the offer" in said.splitlines()[0]
    assert "“106% of the 2026 Medicare physician fee schedule” [offer.txt" in said
    assert "180 days" in said
    assert "December 4, 2026" in said
