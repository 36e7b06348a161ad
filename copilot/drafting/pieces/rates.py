"""Where the payer's rates stand against Medicare, and how long they have stood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from copilot.drafting.facts import Facts
from copilot.drafting.looked_up import LookedUp, figure_named
from copilot.drafting.pieces.piece import Piece, Value, bounded
from knowledge.evidence import Basis, Citation, Figure, Finding
from tools.papers.standing_paper import Paper, years_between
from tools.schedules.contract_rate import ScheduleRow, schedule_files

HUNDRED = Decimal(100)
FEWEST_YEARS = 2


def places_tried(facts: Facts) -> list[dict[str, str | int]]:
    """The Medicare year that the ask names, at the practice's locality and then nationally.

    Local amounts of a year may not be on file where its national ones are. Where the ask names
    no year, the latest of the practice's locality.
    """
    if facts.year is None:
        return [{}]
    at: list[dict[str, str | int]] = [{"year": facts.year, "locality": "national"}]
    return at if facts.national else [{"year": facts.year}, *at]


def rate_gap(looked: LookedUp, facts: Facts) -> Piece | None:
    """Percent of Medicare over the payer's codes, with its widest code; None at or above 100%.

    Measured by the Medicare year that the ask names, so that a letter names one year.
    """
    payer, codes, finding = facts.payer, facts.codes, None
    for place in places_tried(facts):
        finding = finding or looked.finding(
            "compare_rates", payers=[payer], codes=list(codes) or None, **place
        )
    if finding is None:
        return None
    now = figure_named(finding, "percent_of_medicare")
    if now is None or now.number >= HUNDRED:
        return None
    medicare = said_medicare(finding)
    values: dict[str, Value] = {"now": now, "medicare": medicare, **_widest(finding)}
    if codes:
        values["codes"] = " and ".join(codes) if len(codes) < 3 else "these codes"
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


def age(looked: LookedUp, payer: str, paper: Paper) -> Piece | None:
    """How long the rates, or else the agreement, have stood; None below two years.

    Rates have stood since their schedule took effect, or since the agreement began where it
    ties them to one Medicare year and no amendment is on file.
    """
    practice = looked.desk.practice
    rows = [
        row
        for row in schedule_files(practice, [payer])
        if row.holds_on(practice.today) and (row.effective_from or practice.today) < practice.today
    ]
    base = _base_in_contract(looked, payer, paper) if paper.documents else None
    base_year = _base_year(rows) or (base.year if base else None)
    cited: tuple[Citation, ...] = (base.citation,) if base and base_year == base.year else ()
    start = min((row.effective_from for row in rows if row.effective_from), default=None)
    source = "the fee schedule on file"
    began = paper.begins.value if paper.begins is not None else None
    if start is None and base is not None and isinstance(began, date) and not paper.amended:
        start, source = began, "the agreement on file"
        cited += (paper.begins_at,) if paper.begins_at else ()
    if base_year and (start is None or start.year < base_year):
        return _based(base_year, practice.today, cited)
    if start is not None:
        return _aged(start, practice.today, base_year, source, cited)
    if paper.begins is not None and isinstance(began, date):
        return _agreed(paper.begins, began, practice.today, paper.begins_at)
    return None


@dataclass(frozen=True)
class Base:
    """The one Medicare year a contract ties its rates to, and the words that do."""

    year: int
    citation: Citation


def _base_in_contract(looked: LookedUp, payer: str, paper: Paper) -> Base | None:
    """What contract_terms reads of the fee schedule's basis; None where it moves or is unsure."""
    found = looked.finding("contract_terms", payers=[payer], terms=["fee_schedule_basis"])
    if found is None:
        return None
    known = {citation.id: citation for citation in found.all_citations()}
    for term in found.details.get("terms", ()):
        year = re.search(r"Medicare (20\d\d)\b", str(term.get("value") or ""))
        ours = term.get("line_of_business") in (None, "commercial")
        if term.get("found") and ours and year and term.get("citation") in known:
            return Base(int(year[1]), known[term["citation"]])
    return None


def _base_year(rows: Sequence[ScheduleRow]) -> int | None:
    """The one Medicare year all rules of a schedule follow; None where they differ or move."""
    rules = [row for row in rows if row.percent is not None and row.medicare_year]
    years = {row.medicare_year for row in rules}
    return next(iter(years)) if len(years) == 1 else None


def _based(base_year: int, today: date, cited: tuple[Citation, ...]) -> Piece | None:
    years = Decimal(today.year - base_year)
    if years < FEWEST_YEARS:
        return None
    where = f"{base_year} Medicare, as the contract says"
    basis = Basis("this year - the Medicare year the rates follow", where=where)
    passed = Figure("Years since the Medicare year of the rates", years, "count", basis)
    values: dict[str, Value] = {"base_year": str(base_year), "base_years": passed}
    return _age_piece("base", f"priced from {base_year} Medicare", years, values, cited)


def _aged(
    start: date, today: date, base_year: int | None, source: str, cited: tuple[Citation, ...]
) -> Piece | None:
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
    key = "age" if base_year else "age_of_rates"
    what = f"rates in force since {start:%B %Y}, {years} years"
    what += f", priced from {base_year} Medicare" if base_year else ""
    return _age_piece(key, what, years, values, cited)


def _agreed(begins: Figure, start: date, today: date, at: Citation | None) -> Piece | None:
    years = years_between(start, today)
    if years < FEWEST_YEARS:
        return None
    passed = _years("Years since the agreement began", years, begins, today)
    values: dict[str, Value] = {"agreed": f"{start:%B %Y}", "began": begins, "years": passed}
    what = f"agreement in force since {start:%B %Y}, {years} years"
    return _age_piece("age_of_agreement", what, years, values, (at,) if at else ())


def _years(name: str, years: Decimal, start: Figure, today: date) -> Figure:
    return Figure(name, years, "count", Basis("whole years to today", (start,)), as_of=today)


def _age_piece(
    key: str, what: str, years: Decimal, values: dict[str, Value], cited: tuple[Citation, ...]
) -> Piece:
    strength = bounded(Decimal("0.3") + years / (8 if "base_year" in values else 14))
    return Piece(
        id=key,
        what=what,
        pain="rates",
        strength=min(strength, Decimal("0.95")),
        because="time without a step is the plainest reason for one",
        values=values,
        citations=cited,
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
