"""An agenda that goes to the payer ahead: minutes, who brings what, the request, the dates.

It holds what the request is and nothing of where the practice would stop.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from copilot.desk import Desk
from copilot.drafting.asked import Ask, ask_of
from copilot.drafting.documents.assembled import assembled
from copilot.drafting.documents.parts import grid, joined, listed, part
from copilot.drafting.evidence import Evidence, gather
from copilot.drafting.facts import Facts
from copilot.drafting.letter import Written
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.pieces.piece import Piece
from copilot.drafting.plan import chosen
from copilot.drafting.shared_values import Value, shared_values
from copilot.drafting.wording import Wording
from copilot.drafting.working_days import REPLY_AFTER, reply_day
from knowledge.evidence import Basis, Figure, Sentence, says

MINUTES = {  # by length, then by item; an item without minutes is left out
    "brief": {"rates": 5, "ask": 10, "dates": 5},
    "short": {"open": 5, "rates": 5, "ask": 10, "gains": 5, "dates": 5},
    "usual": {"open": 5, "rates": 10, "ask": 10, "gains": 10, "pains": 5, "dates": 5},
    "long": {"open": 5, "rates": 15, "ask": 15, "gains": 10, "pains": 10, "dates": 5},
}
PIECES = {"brief": 2, "short": 2, "usual": 4, "long": 6}


@dataclass(frozen=True)
class _Item:
    """One line of the agenda: its name, who brings what, and what it is to end with."""

    key: str
    what: Sentence
    brings: str
    wanted: str


def write_agenda(desk: Desk, facts: Facts) -> Written:
    """The agenda of these facts, from this payer's data alone."""
    looked = LookedUp(desk)
    evidence = gather(looked, facts)
    ask = ask_of(looked, facts, evidence.paper)
    line = desk.practice.payers.line_of_business(facts.payer)
    pieces = chosen(evidence, facts, line, PIECES[facts.length])
    meeting = replace(reply_day(desk.practice.today, on=facts.reply_on), name="Day of the meeting",
                      id="")  # fmt: skip
    assert isinstance(meeting.value, date)
    notes_by = replace(reply_day(meeting.value, 1), name="Notes of the meeting sent by", id="")
    answer = reply_day(meeting.value, REPLY_AFTER)
    values = dict(shared_values(desk, facts, evidence, ask, answer))
    told = Wording("email", facts, values)
    minutes = {key: n for key, n in MINUTES[facts.length].items() if key not in facts.dropped}
    short = desk.practice.payers.short_name(facts.payer)
    items = [i for i in _items(ask, evidence, values, pieces, short) if i.key in minutes]
    gains = [p for p in pieces if p.pain not in ("rates", "administration")]
    return assembled(
        facts,
        says("Agenda: {practice} and {payer} on {scope}, {day}", practice=_name(desk),
             payer=short, scope=ask.scope, day=meeting),
        [
            part("when", "", _when(meeting, minutes, facts)),
            part("items", "Order", _table(items, minutes)),
            part("decisions", "What we would like to have decided", _decisions(ask, evidence)),
            part("gains", "Our figures on your members", _brought(told, gains)),
            part("after", "Afterwards", _after(notes_by, answer)),
        ],
        notes=(
            Sentence("It can go to the payer ahead of the meeting: your target and the point where"
                     " you stop are not in it."),
        ),
        missing=evidence.missing,
        headline=_headline(short, meeting, ask),
        ask=ask,
        reply=answer,
        pieces=pieces,
        figures=[f for f in values.values() if isinstance(f, Figure)],
        next_steps=(f"Draft talking points for the call with {short}",
                    f"Write the proposal letter to {short} with the rate exhibit",
                    "Shorter" if facts.length not in ("brief", "short") else "Longer"),
        own="Further points from us",
    )  # fmt: skip


def _name(desk: Desk) -> str:
    return desk.settings.profile.name


def _when(meeting: Figure, minutes: dict[str, int], facts: Facts) -> Sentence:
    assert isinstance(meeting.value, date)
    total = Figure("Minutes of the meeting", Decimal(sum(minutes.values())), "count",
                   Basis("sum of the items' minutes"))  # fmt: skip
    set_by_us = "" if facts.reply_on else " (proposed)"
    return says("{weekday}, {day}{proposed}, {total} minutes, by telephone or video.",
                weekday=f"{meeting.value:%A}", day=meeting, proposed=set_by_us,
                total=total)  # fmt: skip


def _items(
    ask: Ask, evidence: Evidence, values: dict[str, Value], pieces: tuple[Piece, ...], short: str
) -> list[_Item]:
    rates = next((p for p in pieces if p.pain == "rates" and "medicare" in p.values), None)
    against = f" against {rates.values['medicare']}" if rates else ""
    table = f"We: code table{against}. " if evidence.volume is not None else ""
    denied = evidence.piece("denials")
    pains = Sentence("What costs either side time")
    if denied is not None:
        pains = says("What costs either side time: {rate} of our lines are denied at first",
                     rate=denied.values["rate"])  # fmt: skip
    ours = "the request in writing" if ask.worth is None else "rate exhibit"
    gains = any(p.pain not in ("rates", "administration") for p in pieces)
    figures = "We: the figures below. " if gains else ""
    return [
        _Item("open", Sentence("Who is here, and who decides"), "Both: names and roles",
              "Who signs an amendment, and what that person needs"),
        _Item("rates", says("Where {exhibit} stands", exhibit=evidence.paper.exhibit),
              f"{table}{short}: the fee schedule as loaded for us",
              "One set of figures both sides use"),
        _Item("ask", _request(ask), f"We: {ours}. {short}: its range and its calendar",
              "Yes, or what it still needs"),
        _Item("gains", Sentence(f"What {short}'s members get here"),
              f"{figures}{short}: its own report on use and quality",
              "Which of these the plan counts, and how"),
        _Item("pains", pains, "Both: one example each", "One thing each side changes"),
        _Item("dates", Sentence("Decisions and next dates"), "Both: calendars",
              "Who does what by when"),
    ]  # fmt: skip


def _request(ask: Ask) -> Sentence:
    """The request with its worth, once; the reopening where no percent was named."""
    if ask.amount is None:
        return says("The request: to reopen {scope}", scope=ask.scope)
    of = f" of {ask.of_medicare}" if ask.of_medicare else ""
    words = "The request: {ask}{of} on {scope} from {start}"
    if ask.worth is None:
        return says(words, ask=ask.amount, of=of, scope=ask.scope, start=ask.start)
    return says(words + ", {worth} a year", ask=ask.amount, of=of, scope=ask.scope,
                start=ask.start, worth=ask.worth)  # fmt: skip


def _table(items: list[_Item], minutes: dict[str, int]) -> Sentence:
    rows = [
        (Figure(f"Minutes: {item.key}", Decimal(minutes[item.key]), "count",
                Basis("our plan of the meeting")), item.what, item.brings, item.wanted)
        for item in items
    ]  # fmt: skip
    return grid(("Minutes", "Item", "Who brings what", "To end with"), rows)


def _decisions(ask: Ask, evidence: Evidence) -> Sentence:
    exhibit = evidence.paper.exhibit
    first = "Whether {exhibit} is reopened, and from which day."
    if ask.amount is not None:
        first = "The request: accepted, or an offer in the same form with its first day."
    clause = evidence.paper.standing()
    paper = says("The paper: an amendment to {exhibit} alone, and who signs it.", exhibit=exhibit)
    if clause is not None and clause.kind in ("renegotiation", "amendment"):
        paper = says("The paper: an amendment to {exhibit} alone, under {clause}, and who signs"
                     " it.", exhibit=exhibit, clause=clause.said)  # fmt: skip
        paper = Sentence(paper.text, paper.figures, (clause.citation,))
    loaded = Sentence("The day on which new rates are loaded, and how we hear of it.")
    return listed([says(first, exhibit=exhibit), paper, loaded])


def _brought(told: Wording, gains: list[Piece]) -> Sentence:
    return listed([told.first(*piece.parts, more=piece.values) for piece in gains])


def _after(notes_by: Figure, answer: Figure) -> Sentence:
    return joined([
        says("We send our notes of what was said by {day}; please correct them in writing.",
             day=notes_by),
        says("Follow-up call, or an answer in writing, by {day}.", day=answer),
    ])  # fmt: skip


def _headline(short: str, meeting: Figure, ask: Ask) -> Sentence:
    words = "The agenda for {payer} is ready for {day}"
    if ask.amount is None:
        return says(words + "; it asks to reopen {scope}.", payer=short, day=meeting,
                    scope=ask.scope)  # fmt: skip
    return says(words + "; the request of {ask} comes after the figures.", payer=short,
                day=meeting, ask=ask.amount)  # fmt: skip
