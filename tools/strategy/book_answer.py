"""The whole book as an answer: whom first, whom when, and who is not under contract."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from knowledge.evidence import Basis, Cell, Chart, Figure, Finding, Passage, Sentence, Table, says
from tools.lines.left_out import short_claims
from tools.practice import Practice
from tools.strategy.book import Book, Place
from tools.strategy.book_paper import paper_of_book
from tools.strategy.market import market_openings
from tools.strategy.timeline import calendar, timeline


def book_answer(practice: Practice, held: Book) -> Finding:
    """The finding for all payers, in the order in which to ask them."""
    asked = [place for place in held.places if place.ask is not None]
    steps = [step for place in held.places if place.days
             for step in timeline(place.days, place.short, place.ask is not None)]  # fmt: skip
    steps.sort(key=lambda step: (str(step.day.value), step.what))
    headline, soon = _headline(held, asked), _soon(practice, held)
    lead = (headline, *soon)
    return Finding(
        headline=headline,
        sentences=(*_order(asked), *soon, *_fair(held), *_openings(practice, held),
                   *market_openings(practice)),
        figures=(*(p.score for p in held.places), *(p.leverage.payments for p in held.places),
                 *(step.day for step in steps),
                 *(f for place in held.places for f in _named(place))),
        passages=tuple(
            Passage(cited, payer=place.payer)
            for place in held.places if place.days
            for cited in {c.id: c for c in place.days.cited.values()}.values()
        ),
        table=_table(held),
        chart=_chart(asked),
        caveats=(
            says("The order is the worth of each target a year x the points of readiness that"
                 " hold, of: its contract on file, rates open within twelve months, no heavy"
                 " dependence, a result of ours that stands out."),
            says("Percents of Medicare of one payer are confidential toward every other."),
            says("Public programs are left out: a practice enrolls in them."),
            *short_claims(practice, held.span),
        ),
        next_steps=(
            *(f"What is our strategy for {place.short}?" for place in asked[:2]),
            "What is our payer mix?",
            "Put the contract deadlines in a calendar",
        ),
        details={
            "payers": [place.payer for place in held.places],
            "payer": None,
            "order": [
                {
                    "payer": place.payer,
                    "score": place.score.id,
                    "worth": place.ask.worth.id if place.ask and place.ask.worth else None,
                    "ready": list(place.ready),
                }
                for place in held.places
            ],
            "openings": list(held.openings),
            "period": held.span.label,
            "period_start": held.span.start.isoformat(),
            "period_end": held.span.end.isoformat(),
            "calendar": calendar(steps, practice.today),
            "paper": {
                "kind": "strategy",
                "subject": "Strategy for all payers (for us alone)",
                "body": paper_of_book(held, steps, lead),
                "short": paper_of_book(held, steps, lead, short=True),
            },
        },
        done=f"Set the order of {len(held.places)} payers",
    )  # fmt: skip


def _named(place: Place) -> list[Figure]:
    """The figures that the paper names of a payer beside those of the table."""
    ask, days = place.ask, place.days
    levels = (ask.opening, ask.target, ask.walk_away, *ask.worths, *ask.numbers) if ask else ()
    dates = (days.prepare, days.ask_by, days.from_day) if days else ()
    return [each for each in (*levels, *dates, place.standing.percent) if isinstance(each, Figure)]


def _headline(held: Book, asked: list[Place]) -> Sentence:
    if not asked:
        return says("No payer's rates lie far enough below the standard to ask for a raise now.")
    first = asked[0]
    assert first.ask is not None and first.ask.worth is not None
    every = Figure(
        "All targets together, a year", _total(asked), "USD",
        Basis("sum of the worth of each target", tuple(p.ask.worth for p in asked
                                                      if p.ask and p.ask.worth)),
    )  # fmt: skip
    return says(
        "Begin with {short}: {target} on rates is worth {worth} of the {every} a year that all"
        " targets come to.",
        short=first.short, target=first.ask.target, worth=first.ask.worth, every=every,
    )  # fmt: skip


def _total(asked: list[Place]) -> Decimal:
    return sum((p.ask.worth.number for p in asked if p.ask and p.ask.worth), Decimal(0))


def _order(asked: list[Place]) -> list[Sentence]:
    said = []
    for place in asked[:3]:
        if place.days is None or place.ask is None:
            continue
        said.append(
            says("{short}: prepare from {prepare}, ask by {ask}, rates from {day}.",
                 short=place.short, prepare=place.days.prepare, ask=place.days.ask_by,
                 day=place.days.from_day)
        )  # fmt: skip
    return said


def _soon(practice: Practice, held: Book) -> list[Sentence]:
    """The next day on which a renewal can still be stopped, where it comes within ninety days."""
    near = [
        (day, place) for place in held.places
        if place.days and place.days.say_by and isinstance(day := place.days.say_by.value, date)
        and day <= practice.today + timedelta(90)
    ]  # fmt: skip
    if not near:
        return []
    place = min(near, key=lambda each: (each[0], each[1].payer))[1]
    assert place.days is not None and place.days.say_by is not None
    return [says("First day not to miss: {short} renews unless you say no by {day} {where}.",
                 short=place.short, day=place.days.say_by,
                 where=place.days.cited["stop"])]  # fmt: skip


def _fair(held: Book) -> list[Sentence]:
    fair = [place.short for place in held.places if place.ask is None]
    if not fair:
        return []
    return [says("No raise is asked of {names}: rates at the standard, or a program's.",
                 names=", ".join(fair))]  # fmt: skip


def _openings(practice: Practice, held: Book) -> list[Sentence]:
    if not held.openings:
        return []
    names = ", ".join(practice.payers.short_name(payer) for payer in held.openings)
    return [says("Seen in the claims without a contract on file: {names}. Each is an opening, or"
                 " a paper to find.", names=names)]  # fmt: skip


def _table(held: Book) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for place in held.places:
        ask, days = place.ask, place.days
        rows.append(
            (
                place.short, place.leverage.payments, place.standing.percent or "not known",
                ask.target if ask else "no raise", ask.worth if ask else "",
                days.ask_by if days else "",
                (days.renews or days.from_day) if days else "no contract on file",
                "; ".join(place.ready),
            )
        )  # fmt: skip
    return Table(
        "Whom to ask first",
        ("Payer", "Share of payments", "Of Medicare", "Aim for", "Worth a year (USD)",
         "Ask by", "Renews, or rates from", "Ready because"),
        tuple(rows), first_rows=12,
    )  # fmt: skip


def _chart(asked: list[Place]) -> Chart | None:
    priced = [place for place in asked if place.ask and place.ask.worth]
    if len(priced) < 2:
        return None
    return Chart(
        "bar", "What the target at each payer is worth a year", "USD",
        tuple(place.short for place in priced),
        {"Worth a year": tuple(place.ask.worth if place.ask else None for place in priced)},
    )  # fmt: skip
