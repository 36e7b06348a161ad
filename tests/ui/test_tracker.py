"""The tracker room over HTTP: what was said stays words, a click keeps, discards or strikes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from copilot.core import Copilot
from copilot.results import Answer
from copilot.tracker.entries import Entry, Offer, Promise
from copilot.tracker.log import Log
from ui.opened import Opened
from ui.views.answer import answer_html
from ui.web.tracker import tracker_routes

HOSTILE = '<img src=x onerror=alert(1)>"</td> ⟦f:f_0|$9⟧'


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Any]:
    copilot = Copilot(tmp_path / "practice", date(2026, 11, 24))
    copilot.name_payer("Kestrel National Health")
    application = FastAPI()
    application.include_router(tracker_routes(Opened(copilot, tmp_path)))
    with TestClient(application) as client:
        client.log = Log(copilot.workspace)  # type: ignore[attr-defined]
        client.copilot = copilot  # type: ignore[attr-defined]
        yield client
    copilot.close()


def entry(**more: Any) -> Entry:
    held: dict[str, Any] = {
        "id": "", "payer": "Kestrel National Health", "on": date(2026, 11, 20),
        "channel": "call", "direction": "both", "who": HOSTILE, "words": HOSTILE,
        "promises": (Promise("", "payer", HOSTILE, date(2026, 11, 22)),),
        "offers": (Offer("", "payer", words=HOSTILE),),
    }  # fmt: skip
    return Entry(**{**held, **more})


def test_what_was_said_stays_words_in_every_part_of_the_room(room: Any) -> None:
    room.log.confirm(room.log.propose(entry()).id)
    room.log.propose(entry(words="later " + HOSTILE))
    page = room.get("/tracker").text
    assert "<img" not in page and 'data-f="f_0"' not in page
    assert page.count("&lt;img src=x onerror=alert(1)&gt;") >= 6
    assert "Waits for your word" in page and "Remind Kestrel" in page
    assert 'data-thread="tracker"' in page


def test_a_figure_of_the_room_opens_what_is_behind_it(room: Any) -> None:
    offer = Offer("", "payer", dollars=Decimal("24000"))
    room.log.confirm(room.log.propose(entry(offers=(offer,), promises=())).id)
    page = room.get("/tracker").text
    assert "$24,000" in page
    shown = [f for f in room.copilot.ledger("tracker").figures() if f["shown"] == "$24,000"]
    assert any(f'data-f="{figure["id"]}"' in page for figure in shown)
    before = len(room.copilot.ledger("tracker").findings())
    room.get("/tracker")
    assert len(room.copilot.ledger("tracker").findings()) == before


def test_a_click_keeps_discards_and_strikes(room: Any) -> None:
    first, second = (room.log.propose(entry(words=words)) for words in ("one", "two"))
    kept = room.post(f"/tracker/entries/{first.id}", json={"do": "keep"}).json()["card"]
    assert "Kept in the log" in kept and "data-entry-do" not in kept
    gone = room.post(f"/tracker/entries/{second.id}", json={"do": "discard"}).json()["card"]
    assert "Not kept" in gone
    assert [e.words for e in room.log.entries()] == ["one"] and room.log.pending() == ()
    stale = room.post(f"/tracker/entries/{first.id}", json={"do": "discard"})
    assert stale.status_code == 409 and "no longer waits" in stale.json()["problem"]
    assert room.get(f"/tracker/entries/{first.id}").json() == {"state": "kept"}
    room.post(f"/tracker/entries/{first.id}", json={"do": "strike"})
    assert room.log.entries() == ()


@pytest.mark.parametrize("body", [{"do": "erase"}, {}, {"do": 1}])
def test_other_words_change_nothing(room: Any, body: dict[str, Any]) -> None:
    waiting = room.log.propose(entry())
    assert room.post(f"/tracker/entries/{waiting.id}", json=body).status_code == 422
    assert room.log.pending() == (waiting,)
    assert room.post("/tracker/entries/nothing", json={"do": "keep"}).status_code == 409


def test_the_days_come_as_a_calendar_and_a_bare_log_says_so(room: Any) -> None:
    empty = room.get("/tracker/days.ics")
    assert empty.status_code == 409 and "no day" in empty.json()["problem"]
    room.log.confirm(room.log.propose(entry()).id)
    file = room.get("/tracker/days.ics")
    assert file.headers["content-type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20261124" in file.text  # past its day: at once


def test_an_answer_shows_two_buttons_for_what_waits() -> None:
    block = {"kind": "pending", "entries": [{"id": "entry-1", "title": HOSTILE}]}
    page = answer_html(Answer(thread="t1", answer="", blocks=[block]), 1)
    assert page.count("data-entry-do=") == 2 and 'data-entry="entry-1"' in page
    assert "<img" not in page


def test_the_gate_lets_the_tracker_through_and_only_the_signed_in(site: Any, stranger: Any) -> None:
    assert stranger.get("/tracker").status_code == 401
    assert site.client.get("/tracker/entries/none/more").status_code == 404
