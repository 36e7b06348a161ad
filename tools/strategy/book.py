"""The whole book: which payer first, and when; what the rate ask of each is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.evidence import Basis, Figure
from knowledge.problems import NotKnown
from tools.lines.claim_totals import is_self_pay
from tools.mix.openings import openings, paper_held
from tools.papers.contract_papers import papers_of
from tools.period import Period, months_before
from tools.practice import Practice
from tools.strategy.asks import Ask
from tools.strategy.contract_days import Days, contract_days
from tools.strategy.leverage import Leverage, leverage_of, shares
from tools.strategy.offer import offer_of
from tools.strategy.rate_ask import RateStanding, rate_ask, rate_levels, rate_standing
from tools.strategy.rules import rules


@dataclass(frozen=True)
class Place:
    """One payer in the order: its rate ask (None where no raise is asked), its days, and the
    points of readiness it holds. score: USD a year x points held / all points."""

    payer: str
    short: str
    leverage: Leverage
    standing: RateStanding
    ask: Ask | None
    days: Days | None
    ready: tuple[str, ...]
    score: Figure


@dataclass(frozen=True)
class Book:
    """The payers in the order in which to ask them, and those without a contract on file."""

    span: Period
    places: tuple[Place, ...]
    openings: tuple[str, ...]


def book(practice: Practice, span: Period) -> Book:
    """Every insurer with claims that can be negotiated with, the first to ask first.

    Public programs are left out: a practice enrolls in them. Raises NotKnown without any.
    """
    payments, visits = shares(practice, span, "payments"), shares(practice, span, "visits")
    there = [payer for payer in openable(practice, span) if payer in visits]
    if not there:
        raise NotKnown(
            f"no claims of a payer that negotiates are on file for {span.label}",
            do="add claims or 835 files, or choose another period",
        )
    made = []
    for payer in there:
        leverage = leverage_of(practice, payer, span, payments, visits)
        made.append(_place(practice, payer, span, leverage))
    return Book(span, tuple(in_order(made)), tuple(openings(practice, there)))


def openable(practice: Practice, span: Period) -> tuple[str, ...]:
    """The payers with claims in the period that a practice can negotiate with."""
    payments = shares(practice, span, "payments")
    return tuple(
        payer for payer in payments
        if payer and not is_self_pay(practice, payer) and payments[payer].lines
        and paper_held(practice, payer, ()) != "enrolled"
    )  # fmt: skip


def in_order(places: Sequence[Place]) -> list[Place]:
    """Largest score first; equal ones by the day of the ask, then by name."""

    def key(place: Place) -> tuple[Decimal, date, str]:
        day = place.days.ask_by.value if place.days else None
        return -place.score.number, day if isinstance(day, date) else date.max, place.payer

    return sorted(places, key=key)


def _place(practice: Practice, payer: str, span: Period, leverage: Leverage) -> Place:
    short = practice.payers.short_name(payer)
    days = _days(practice, payer)
    standing = rate_standing(practice, payer, span)
    levels = rate_levels(practice, standing, span, None, None)
    ask = None
    if levels is not None:
        what = f"a raise on {days.paper.exhibit}" if days else "a raise"
        ask = rate_ask(practice, standing, span, levels, what, False)
    ready = _ready(practice, payer, leverage, days)
    every = Decimal(len(rules()["readiness"]))
    worth = ask.worth if ask is not None else None
    points = Figure(f"{short}: points of readiness", Decimal(len(ready)), "count",
                    Basis("; ".join(ready) or "none holds"))  # fmt: skip
    score = Figure(
        f"{short}: weight in the order",
        (worth.number if worth else Decimal(0)) * len(ready) / every, "USD",
        Basis(f"worth of the target a year x points of readiness / {every}",
              tuple(f for f in (worth, points) if f is not None)),
    )  # fmt: skip
    return Place(payer, short, leverage, standing, ask, days, ready, score)


def _days(practice: Practice, payer: str) -> Days | None:
    try:
        papers = papers_of(practice, [payer])
    except NotKnown:
        return None
    return contract_days(practice, payer, papers.by_payer[payer])


def _ready(
    practice: Practice, payer: str, leverage: Leverage, days: Days | None
) -> tuple[str, ...]:
    """The points of readiness that hold, in words."""
    words = rules()["readiness"]
    held = {
        "paper": days is not None,
        "window": days is not None and _soon(days, practice.today),
        "standing": leverage.dependence != "heavy",
        "proof": offer_of(practice, payer, leverage).better,
    }
    return tuple(words[key] for key in words if held[key])


def _soon(days: Days, today: date) -> bool:
    day = days.from_day.value
    return isinstance(day, date) and day <= months_before(today, -12)
