"""A promise made again with another day stands once; the first one stays as a trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

KESTREL = "Kestrel National Health"
FIRST = "Spoke with Kestrel on Nov 16, they promised a counter by Dec 5"


@pytest.mark.parametrize(
    "again",
    [
        "Kestrel now says December 20",
        "Kestrel pushed it back to December 20",
        "Spoke with Kestrel, they will send the counter by December 20",
    ],
)
def test_the_later_day_takes_the_place_of_the_first(
    room: Any, reading: Callable[[Any], str], again: str
) -> None:
    room.tell(FIRST)
    finding = room.ask("log_interaction", again)
    assert "This takes the place of Kestrel's promise of November 16, 2026: a counter." in (
        reading(finding)
    )
    assert [p.due.isoformat() for _, p in room.log.open_promises()] == ["2026-12-05"]
    (key,) = finding.details["pending"]
    room.log.confirm(key)
    ((_, left),) = room.log.open_promises(KESTREL)
    assert left.due.isoformat() == "2026-12-20" and "counter" in left.what
    assert len(room.log.promises(KESTREL)) == 2
    told = room.ask("next_steps", "what did Kestrel promise us?", KESTREL)
    assert "by December 5, 2026 (told on November 16, 2026): given another day" in reading(told)
    room.log.withdraw(key)
    assert [p.due.isoformat() for _, p in room.log.open_promises()] == ["2026-12-05"]


def test_a_new_day_put_right_still_takes_the_place_of_the_first(room: Any) -> None:
    room.tell(FIRST)
    room.tell("Kestrel now says December 20")
    (key,) = room.ask("log_interaction", "Kestrel now says December 20").details["pending"]
    room.ask("log_interaction", "no, December 21")
    (right,) = room.log.pending()
    assert right.replaces == key
    room.log.confirm(right.id)
    assert [p.due.isoformat() for _, p in room.log.open_promises()] == ["2026-12-21"]


@pytest.mark.parametrize(
    "other",
    [
        "Spoke with Kestrel, they will send the fee schedule by December 20",
        "We promised Kestrel a counter by December 20",
        "Spoke with Granite Peak, they promised a counter by December 20",
    ],
)
def test_another_thing_or_another_side_is_a_promise_of_its_own(room: Any, other: str) -> None:
    room.tell(FIRST)
    room.tell(other)
    still = sorted(promise.due.isoformat() for _, promise in room.log.open_promises())
    assert still == ["2026-12-05", "2026-12-20"]
