"""Where the payer's rates stand against Medicare, and how long they have stood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from copilot.drafting.looked_up import LookedUp, figure_named
from copilot.drafting.pieces.contract import Paper, years_between
from copilot.drafting.pieces.piece import Piece, Value, bounded
from knowledge.evidence import Basis, Figure, Finding
from tools.contract_rate import ScheduleRow, fee_schedules
from tools.practice import Practice

HUNDRED = Decimal(100)
FEWEST_YEARS = 2


def rate_gap(looked: LookedUp, payer: str, codes: Sequence[str]) -> Piece | None:
    """Percent of Medicare over the payer's codes, with its widest code; None at or above 100%."""
    finding = looked.finding("compare_rates", payers=[payer], codes=list(codes) or None)
    if finding is None:
        return None
    now = figure_named(finding, "percent_of_medicare")
    if now is None or now.number >= HUNDRED:
        return None
    medicare = said_medicare(finding)
    values: dict[str, Value] = {"now": now, "medicare": medicare, **_widest(finding)}
    return Piece(
        id="rate_gap",
        what=f"{now.shown()} of {medicare}",
        pain="rates",
        strength=bounded(Decimal("0.6") + (HUNDRED - now.number) / 25),
        because="a figure they can check in their own system",
        values=values,
        topics=("medicare", "rates", "rate", "gap", "percent"),
    )


def said_medicare(finding: Finding) -> str:
    """The benchmark as a letter calls it: 2025 Colorado Medicare."""
    place = str(finding.details.get("locality") or "")
    place = "national" if place.lower() == "national" else place
    return " ".join(p for p in (str(finding.details.get("year") or ""), place, "Medicare") if p)


def _widest(finding: Finding) -> dict[str, Value]:
    """The code on which the most is lost: its words, rate and Medicare price."""
    known = {figure.id: figure for figure in finding.all_figures()}
    best, lost = {}, Decimal(0)
    for row in finding.details.get("top_codes", ()):
        units, rate, price = (known.get(row.get(name)) for name in ("units", "rate", "price"))
        if units is None or rate is None or price is None or not row.get("service"):
            continue
        gap = (price.number - rate.number) * units.number
        if gap > lost:
            best, lost = {"code": row["code"], "service": row["service"],
                          "rate": rate, "price": price}, gap  # fmt: skip
    return best


def age(practice: Practice, payer: str, paper: Paper) -> Piece | None:
    """How long the rates, or else the agreement, have stood; None below two years."""
    today = practice.today
    rows = [
        row
        for row in fee_schedules(practice, [payer])
        if row.holds_on(today) and row.effective_from is not None and row.effective_from <= today
    ]
    start = min((row.effective_from for row in rows if row.effective_from), default=None)
    if start is not None:
        return _aged(start, today, _base_year(rows), "the fee schedule on file")
    if paper.begins is not None and isinstance(paper.begins.value, date):
        made = _agreed(paper.begins, paper.begins.value, today)
        if made and paper.begins_at:
            return Piece(**{**made.__dict__, "citations": (paper.begins_at,)})
        return made
    return None


def _base_year(rows: Sequence[ScheduleRow]) -> int | None:
    """The one Medicare year all rules follow; None where they follow several or move."""
    rules = [row for row in rows if row.percent is not None]
    years = {row.medicare_year for row in rules}
    return next(iter(years)) if len(years) == 1 else None


def _aged(start: date, today: date, base_year: int | None, source: str) -> Piece | None:
    years = years_between(start, today)
    if years < FEWEST_YEARS:
        return None
    where = f"{source}, {base_year} Medicare" if base_year else source
    begun = Figure("Rates in force since", start, "date", Basis("first day in force", where=where))
    values: dict[str, Value] = {
        "since": f"{start:%B %Y}",
        "began": begun,
        "years": _years("Years the rates have stood", years, begun, today),
    }
    if base_year:
        values["base_year"] = str(base_year)
    return _age_piece(
        "age" if base_year else "age_of_rates", "rates in force", start, years, values
    )


def _agreed(begins: Figure, start: date, today: date) -> Piece | None:
    years = years_between(start, today)
    if years < FEWEST_YEARS:
        return None
    passed = _years("Years since the agreement began", years, begins, today)
    values: dict[str, Value] = {"agreed": f"{start:%B %Y}", "began": begins, "years": passed}
    return _age_piece("age_of_agreement", "agreement in force", start, years, values)


def _years(name: str, years: Decimal, start: Figure, today: date) -> Figure:
    return Figure(name, years, "count", Basis("whole years to today", (start,)), as_of=today)


def _age_piece(
    key: str, subject: str, start: date, years: Decimal, values: dict[str, Value]
) -> Piece:
    strength = bounded(Decimal("0.3") + years / (8 if key == "age" else 14))
    return Piece(
        id=key,
        what=f"{subject} since {start:%B %Y}, {years} years",
        pain="rates",
        strength=min(strength, Decimal("0.95")),
        because="time without a step is the plainest reason for one",
        values=values,
        topics=("years", "old", "flat", "contract", "since", "date", "age"),
    )


def together(gap: Piece, aged: Piece) -> Piece:
    """The gap and the age of the rates as one piece: one follows from the other."""
    return Piece(
        id=gap.id,
        what=f"{gap.what}; {aged.what}",
        pain=gap.pain,
        strength=max(gap.strength, aged.strength),
        because=f"{gap.because}, and {aged.because}",
        values={**aged.values, **gap.values},
        citations=(*gap.citations, *aged.citations),
        topics=(*gap.topics, *aged.topics),
    )
