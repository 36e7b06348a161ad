"""A ground worked by hand, so that calls can be rehearsed without a workspace."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from copilot.rehearsal.acts import Act
from copilot.rehearsal.ground import Fact, Ground, kept
from copilot.rehearsal.hearing import hear
from copilot.rehearsal.limits import reserve, seed_of
from copilot.rehearsal.moves import reply_to
from copilot.rehearsal.speaking import spoken
from copilot.rehearsal.state import Call
from copilot.rehearsal.temper import tempers
from knowledge.evidence import Basis, Figure, plain

TODAY = date(2026, 11, 24)
BASIS = Basis("by hand")


def figure(name: str, value: str, unit: str = "percent", places: int | None = None) -> Figure:
    return Figure(name, Decimal(value), unit, BASIS, places=places)  # type: ignore[arg-type]


def ground() -> Ground:
    """90.9% of Medicare for 6 years, 148 emergency visits against 191, 40 members, 100 visits."""
    began = Figure("Rates in force since", date(2020, 7, 1), "date", BASIS)
    years = figure("Years", "6", "count")
    facts = [
        Fact("rates", "90.9% of Medicare", Decimal("0.9"), {"now": figure("Now", "90.877")},
             {"medicare": "2025 Colorado Medicare"}),
        Fact("age", "6 years", Decimal("0.9"), {"years": years, "began": began}, {}),
        Fact("emergency", "emergency visits", Decimal("0.7"),
             {"value": figure("ER", "148", "per 1,000", 0),
              "comparison": figure("ER theirs", "191", "per 1,000", 0)}, {}),
        Fact("volume", "40 members", Decimal("0.3"),
             {"members": figure("Members", "40", "count"),
              "visits": figure("Visits", "100", "count")}, {"period": "last year"}),
    ]  # fmt: skip
    return Ground({fact.kind: fact for fact in facts}, "Section 11.2", None, None, {})


def begin(temper: str, rounds: int = 1, held: Ground | None = None) -> Call:
    known = held or ground()
    seed = seed_of("Larkmoor", temper, rounds)
    opening, limit = reserve(known, tempers()[temper], seed)
    return Call("Larkmoor", temper, seed, opening, limit, kept(known), "emergency",
                patience=tempers()[temper].patience)  # fmt: skip


def answer(call: Call, line: str, held: Ground | None = None) -> tuple[Call, str]:
    known = held or ground()
    heard = hear(line, known, call.offer, call.expects == "number" or len(line.split()) <= 4)
    reply = reply_to(call, heard, tempers()[call.temper], known)
    after, words = spoken(reply.call, reply.acts, known, TODAY, "Larkmoor")
    return after, " ".join(plain(sentence.text) for sentence in words)


def greeting(call: Call) -> tuple[Call, str]:
    after, words = spoken(call, (Act("greet"),), ground(), TODAY, "Larkmoor")
    return after, plain(words[0].text)
