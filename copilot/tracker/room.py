"""What the page's tracker room shows, as plain data; its figures open like those of an answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from copilot.tracker.asked_view import HORIZON
from copilot.tracker.board import Board, Row, board_of
from copilot.tracker.board_answer import board_answer, last_day, next_day, stage_day
from copilot.tracker.due import Due
from copilot.tracker.due_answer import calendar_entry, day_to_act, due_answer
from copilot.tracker.entries import Entry
from copilot.tracker.entry_words import (
    CHANNEL_WORDS,
    contact_said,
    day_figure,
    entry_said,
    offer_said,
    title_of,
)
from copilot.tracker.known_contacts import contacts_of
from copilot.tracker.offer_worth import worth_of
from copilot.tracker.table_of_talks import Talks, talks_in
from knowledge.evidence import Figure, Finding, Sentence

if TYPE_CHECKING:
    from copilot.core import Copilot

THREAD = "tracker"


def room_of(copilot: Copilot) -> dict[str, Any]:
    """The room: headline, what waits, what is due, the board, and each payer's own log.

    Sentences in it keep the tokens of their figures, which open in the thread `tracker`.
    """
    talks = talks_in(copilot)
    board = board_of(talks)
    last = talks.today + timedelta(HORIZON)
    told, due = board_answer(talks, board), due_answer(talks, None, last, board.due)
    seen: list[Figure] = [*told.all_figures(), *due.all_figures()]
    waiting = [_waiting(talks, each, seen) for each in talks.log.pending()]
    payers = [_payer(talks, row, seen) for row in board.rows if _has_something(talks, row)]
    _kept(copilot, told, seen)
    return {
        "headline": told.headline.text,
        "empty": not (talks.entries or waiting),
        "examples": _examples(talks),
        "waiting": waiting,
        "due": [_due(each) for each in board.due if each.act <= last],
        "later": sum(1 for each in board.due if each.act > last),
        "board": [_row(row) for row in board.rows],
        "payers": payers,
        "notes": [sentence.text for sentence in (*told.caveats, *due.caveats)],
    }


def days_of(copilot: Copilot) -> list[dict[str, Any]]:
    """Everything due as entries of a calendar file."""
    talks = talks_in(copilot)
    return [calendar_entry(each, talks.today) for each in board_of(talks).due]


def _kept(copilot: Copilot, told: Finding, seen: list[Figure]) -> None:
    """Keep the figures shown, so that they open; nothing is written where all are there."""
    ledger = copilot.ledger(THREAD)
    known = {each["id"] for each in ledger.figures()}
    if any(figure.id not in known for each in seen for figure in each.with_inputs()):
        ledger.add(Finding(headline=told.headline, figures=tuple(seen)), "next_steps", {}, 0)


def _waiting(talks: Talks, entry: Entry, seen: list[Figure]) -> dict[str, Any]:
    short = talks.short(entry.payer)
    worths = {
        offer.id: worth
        for offer in entry.offers
        if (worth := worth_of(talks.run, entry, offer, short)) is not None
    }
    said = entry_said(entry, short, worths)
    return {
        "id": entry.id,
        "title": title_of(entry, short),
        "said": _texts(said, seen),
        "words": entry.words,
    }


def _due(item: Due) -> dict[str, Any]:
    return {**item.as_data(), "by": day_to_act(item).token(), "short": item.short}


def _row(row: Row) -> dict[str, Any]:
    last = last_day(row)
    return {
        "short": row.short,
        "stage": row.stage.name,
        "why": row.stage.why,
        "since": stage_day(row).token() if row.stage.since else "",
        "last": last.token() if last else "",
        "how": CHANNEL_WORDS[row.last.channel] if row.last else "",
        "next": next_day(row).token() if row.next else "",
        "what": row.next.what if row.next else "",
        "table": row.table.token() if row.table else "",
        "won": row.won.token() if row.won else "",
        "begun": row.begun,
    }


def _has_something(talks: Talks, row: Row) -> bool:
    return bool(talks.of(row.payer) or talks.log.contacts(row.payer))


def _payer(talks: Talks, row: Row, seen: list[Figure]) -> dict[str, Any]:
    """One payer's ledger of offers, contacts and log, the latest entry first."""
    short = row.short
    offers = []
    for line in row.lines:
        day = day_figure(f"{short}: price named", line.entry.on)
        said = offer_said(line.entry, line.offer, short, line.worth)
        seen += [day, *said.figures, *(f for f in (line.to_target, line.to_walk_away) if f)]
        offers.append(
            {
                "day": day.token(),
                "said": said.text,
                "target": line.to_target.token() if line.to_target else "",
                "walk_away": line.to_walk_away.token() if line.to_walk_away else "",
            }
        )
    known = contacts_of(talks.practice, talks.log, row.payer)
    return {
        "short": short,
        "offers": offers,
        "contacts": _texts([contact_said(c, short) for c in known], seen),
        "log": [_logged(each, short, seen) for each in reversed(talks.of(row.payer))],
    }


def _logged(entry: Entry, short: str, seen: list[Figure]) -> dict[str, Any]:
    day = day_figure(f"{title_of(entry, short)}: day", entry.on)
    seen.append(day)
    return {
        "id": entry.id,
        "day": day.token(),
        "title": title_of(entry, short),
        "words": entry.words,
        "draft": entry.draft,
    }


def _texts(said: list[Sentence], seen: list[Figure]) -> list[str]:
    seen += [figure for each in said for figure in each.figures]
    return [each.text for each in said]


def _examples(talks: Talks) -> list[str]:
    """Whole messages to begin with, with a payer of this practice."""
    first = next(iter(talks.payers), None)
    if first is None:
        return []
    short = talks.short(first)
    return [
        f"Spoke with {short} today, they promised an answer in two weeks",
        f"Emailed {short} our proposal last Tuesday",
        f"{short} offered 3% from January, good until the 15th",
    ]


def board_in(copilot: Copilot) -> Board:
    """The board, for those who need its rows and not their words."""
    return board_of(talks_in(copilot))
