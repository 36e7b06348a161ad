"""The log keeps what was confirmed, through a restart and a crash, and nothing else."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from copilot.tracker.entries import Contact, Entry, Offer, Promise
from copilot.tracker.log import Log
from knowledge.problems import BadInput
from knowledge.workspace import open_workspace

CALL = Entry(
    id="",
    payer="Kestrel National Health",
    on=date(2026, 11, 24),
    channel="call",
    direction="both",
    who="Dana Wu",
    words="spoke with Dana, 4% from January, counter by Dec 15",
    promises=(Promise("", "payer", "a counter", date(2026, 12, 15)),),
    offers=(Offer("", "payer", percent=Decimal("4"), starts=date(2027, 1, 1)),),
    contacts=(Contact("", "Kestrel National Health", "Dana Wu", role="contract manager"),),
)


def test_an_entry_counts_only_once_it_is_confirmed_and_stays_through_a_restart(
    tmp_path: Path,
) -> None:
    log = Log(open_workspace(tmp_path))
    waiting = log.propose(CALL)
    assert log.entries() == () and log.pending() == (waiting,) and log.contacts() == ()
    log.confirm(waiting.id)
    again = Log(open_workspace(tmp_path))
    assert again.pending() == () and again.entries(CALL.payer) == (waiting,)
    assert again.entries("Wolf Creek Mutual") == ()
    ((_, offer),) = again.offers()
    assert offer.percent == Decimal("4") and offer.starts == date(2027, 1, 1)
    assert [each.name for each in again.contacts()] == ["Dana Wu"]


def test_a_correction_takes_the_place_of_what_it_corrects_and_leaves_its_trace(
    tmp_path: Path,
) -> None:
    log = Log(open_workspace(tmp_path))
    first = log.propose(CALL)
    log.propose(replace(first, who="Dan Wu"))
    log.confirm(first.id)
    right = log.propose(replace(CALL, who="Dana Woo", replaces=first.id))
    assert [each.who for each in log.entries()] == ["Dan Wu"]
    log.confirm(right.id)
    assert [each.who for each in log.entries()] == ["Dana Woo"]
    log.withdraw(right.id)
    assert log.entries() == ()
    assert len(list((tmp_path / "log" / "negotiation").iterdir())) == 6


def test_entries_stand_in_the_order_they_happened_not_in_the_order_they_were_told(
    tmp_path: Path,
) -> None:
    log = Log(open_workspace(tmp_path))
    for day in (24, 3, 12):
        log.confirm(log.propose(replace(CALL, on=date(2026, 11, day))).id)
    assert [each.on.day for each in log.entries()] == [3, 12, 24]
    last = log.last(CALL.payer)
    assert last is not None and last.on.day == 24


def test_a_promise_is_open_until_an_entry_settles_it(tmp_path: Path) -> None:
    log = Log(open_workspace(tmp_path))
    made = log.confirm(log.propose(CALL).id)
    assert [promise.what for _, promise in log.open_promises()] == ["a counter"]
    answer = replace(CALL, promises=(), settles=(made.promises[0].id,))
    log.confirm(log.propose(answer).id)
    assert log.open_promises() == () and len(log.promises()) == 1


def test_workspaces_do_not_see_each_other(tmp_path: Path) -> None:
    one, other = Log(open_workspace(tmp_path / "a")), Log(open_workspace(tmp_path / "b"))
    one.confirm(one.propose(CALL).id)
    assert other.entries() == () and other.contacts() == ()
    with pytest.raises(BadInput, match="no such entry"):
        other.confirm(one.entries()[0].id)


def test_a_crash_while_writing_leaves_the_events_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(open_workspace(tmp_path))
    kept = log.confirm(log.propose(CALL).id)

    def full(_: int) -> None:
        raise OSError("no space")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="no space"):
            log.propose(CALL)
    again = Log(open_workspace(tmp_path))
    assert again.entries() == (kept,) and again.pending() == ()


def test_a_damaged_event_is_named_and_not_passed_over(tmp_path: Path) -> None:
    log = Log(open_workspace(tmp_path))
    log.propose(CALL)
    (tmp_path / "log" / "negotiation" / "000001.json").write_text('{"what": "proposed"}')
    with pytest.raises(BadInput, match=r"000001\.json"):
        log.entries()


def test_eight_clicks_at_once_on_one_entry_leave_a_log_that_reads(tmp_path: Path) -> None:
    log = Log(open_workspace(tmp_path))
    for _ in range(4):
        waiting = log.propose(CALL)
        with ThreadPoolExecutor(8) as clicks:
            assert set(clicks.map(log.confirm, [waiting.id] * 8)) == {waiting}
    # Two confirmations of one entry on disk would make every later reading fail as damaged.
    assert len(log.entries()) == 4
