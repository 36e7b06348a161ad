"""What was taken, at which price: told as news, kept as agreed and counted as won."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from copilot.tracker.board import board_of
from copilot.tracker.offer_ledger import lines_of, won
from copilot.tracker.stages import stage_of
from copilot.tracker.tells import tells_of_contact

KESTREL = "Kestrel National Health"


@pytest.mark.parametrize(
    ("words", "percent", "starts"),
    [
        ("Kestrel accepted 6%", "6", None),
        ("We had asked Kestrel for 8% and they accepted six percent", "6", None),
        ("Kestrel accepted 6%, we had asked 8%", "6", None),
        ("Kestrel offered 4% first but then accepted 6% from March", "6", "2027-03-01"),
        ("Kestrel accepted our 8%", "8", None),
        ("we accepted Kestrel's 4%", "4", None),
        ("Kestrel agreed to 5% from March", "5", "2027-03-01"),
        ("It is a deal with Kestrel at 6%", "6", None),
    ],
)
def test_what_was_accepted_is_agreed_at_its_price_and_no_offer_on_the_table(
    room: Any, reading: Callable[[Any], str], words: str, percent: str, starts: str | None
) -> None:
    assert tells_of_contact(words)
    room.tell("We asked Kestrel for 8% on Nov 2")
    finding = room.ask("log_interaction", words)
    assert f"Agreed with Kestrel at {percent}%" in reading(finding)
    assert "offered" not in reading(finding)
    for key in finding.details["pending"]:
        room.log.confirm(key)
    assert stage_of(room.talks, KESTREL).name == "agreed"
    taken = room.log.entries(KESTREL)[-1].offers[-1]
    assert (str(taken.percent), taken.starts and taken.starts.isoformat()) == (percent, starts)


def test_the_price_taken_is_won_though_another_was_named_later(room: Any) -> None:
    room.tell("We asked Kestrel for $30,000 a year on Nov 2")
    room.tell("Kestrel offered $12,000 a year on Nov 10")
    room.tell("Kestrel accepted our proposal")
    assert str(board_of(room.talks).won.value) == "30000"
    talks = room.talks
    figure = won(lines_of(talks, KESTREL), stage_of(talks, KESTREL), talks.of(KESTREL))
    assert figure is not None and str(figure.value) == "30000"


@pytest.mark.parametrize(
    "words", ["Kestrel called, they have not accepted 6%", "Kestrel agreed to 10 days of notice"]
)
def test_what_was_not_accepted_or_is_no_price_is_not_agreed(room: Any, words: str) -> None:
    room.tell(words)
    assert stage_of(room.talks, KESTREL).name == "preparing"
    assert room.log.offers(KESTREL) == ()


def test_a_number_alone_is_a_percent_only_where_the_talk_is_in_percent_and_that_is_said(
    room: Any, reading: Callable[[Any], str]
) -> None:
    bare = "We asked Kestrel for 10, they said 4"
    before = room.ask("log_interaction", bare)
    assert "%" not in reading(before)
    room.log.withdraw(before.details["pending"][0])
    raised = reading(room.ask("log_interaction", "We asked Granite Peak for a raise, they said 4"))
    assert "“4” was read as 4%" in raised
    room.tell("Kestrel offered 3.5% on Nov 2")
    found = reading(room.ask("log_interaction", bare))
    assert "We asked for 10%" in found and "Kestrel offered 4%" in found
    assert "“10” was read as 10%" in found and "“4” was read as 4%" in found
    codes = reading(
        room.ask("log_interaction", "Kestrel asked us for 3 references and said 2 of 5")
    )
    assert "read as" not in codes


def test_an_amendment_imported_on_a_day_of_the_practices_moves_the_stage(
    room: Any, tmp_path: Path
) -> None:
    # years ahead of any machine's clock, as a practice run under a day of its own may be
    room.on(date(2041, 3, 1))
    room.tell("Kestrel accepted 6%")
    room.on(date(2041, 3, 4))
    file = tmp_path / "Kestrel first amendment.md"
    file.write_text(
        "# First Amendment to the Participation Agreement\n\nThis Amendment is effective as of"
        " April 1, 2041.\n\n1.1 Rates. Exhibit B is replaced: all rates rise by six percent.\n"
    )
    (answer,) = room.copilot.ingest([file], payer=KESTREL)
    assert (answer.status, answer.kind) == ("imported", "amendment")
    stage = stage_of(room.talks, KESTREL)
    assert (stage.name, stage.since) == ("amendment in hand", date(2041, 3, 4))
    (source,) = room.copilot.workspace.read_json(room.copilot.workspace.manifest, {})["sources"]
    assert source["imported_on"] == "2041-03-04" and source["imported_at"][:4] != "2041"
