"""A fee schedule set against Medicare by itself, where no claims say how often a code is used."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Chart, Figure, Finding, Table, says
from knowledge.money import percent_of
from knowledge.problems import NotKnown
from knowledge.reference.codes import families
from knowledge.reference.settings_of_service import Setting
from tools.practice import Practice
from tools.rates.benchmark import Benchmark
from tools.rates.contract_column import named_source, rate_figure
from tools.rates.rate_comparison import hundred, service
from tools.rates.rate_figures import count
from tools.schedules.contract_rate import ScheduleRow, contract_rate, fee_schedules

USUAL = ("office_visit", "preventive")


def payers_with_schedules(practice: Practice) -> set[str]:
    """The payers whose fee schedules are on file."""
    return {row.payer for row in fee_schedules(practice)}


def compare_schedules(
    practice: Practice,
    payers: Sequence[str] | None,
    codes: Sequence[str] | None,
    benchmark: Benchmark,
    setting: Setting,
    product: str | None,
) -> Finding:
    """The lowest and highest percent of Medicare among the codes of one or more schedules.

    Without claims there are no units to weigh by, so no overall percent is given. Raises
    NotKnown where there is no schedule either, or Medicare prices none of its codes.
    """
    rows = fee_schedules(practice, payers)
    if not rows:
        raise NotKnown(
            what="no claims and no fee schedule are on file for this comparison",
            do="add a claims export, an 835 remittance file, or the payer's fee schedule",
        )
    named = sorted({row.payer for row in rows})
    found = [
        each
        for payer in named
        for code in codes or _codes_of([row for row in rows if row.payer == payer])
        if (each := _line(practice, rows, payer, code, benchmark, setting, product))
    ]
    if not found:
        raise NotKnown(
            what="the fee schedules on file share no priced code with Medicare for this question",
            do="name other codes, or another Medicare year",
        )
    found.sort(key=lambda line: (line[3].number, line[1], line[0]))
    low, high = found[0], found[-1]
    label = benchmark.label(setting)
    short = {payer: practice.payers.short_name(payer) for payer in named}
    several = len(named) > 1
    return Finding(
        headline=says(
            "By {source}, {payer} pays from {low} ({first}) to {high} ({last}) of {label}.",
            source=named_source(rows),
            payer=short[named[0]] if not several else "your payers",
            low=low[3],
            first=f"{short[low[0]]} {low[1]}" if several else low[1],
            high=high[3],
            last=f"{short[high[0]]} {high[1]}" if several else high[1],
            label=label,
        ),
        sentences=(
            says(
                "Codes in both the schedule and Medicare's table: {codes}, as of {day}.",
                codes=count(len(found), "Codes compared", "codes with both prices"),
                day=_day(practice),
            ),
        ),
        figures=(low[3], high[3]),
        table=Table(
            "The schedule on file against Medicare, lowest first",
            ("Payer", "Code", "Service", "Contract (USD)", "Medicare (USD)", "Of Medicare"),
            tuple((short[p], c, service(c), rate, price, pct) for p, c, rate, pct, price in found),
        ),
        chart=Chart(
            "bar",
            f"Fee schedule on file, percent of {label}",
            "percent",
            tuple(f"{short[p]} {c}" if several else c for p, c, *_ in found[:10]),
            {"Fee schedule": tuple(line[3] for line in found[:10])},
            ("Medicare", hundred()),
        ),
        caveats=(
            says(
                "No claims are on file here, so codes are not weighed by how often you bill them"
                " and no overall percent is given."
            ),
        ),
        next_steps=(
            f"What does our {short[named[0]]} contract say about the fee schedule?",
            "What does the guide say about comparing a fee schedule with Medicare?",
        ),
        details={
            "payers": named,
            "payer": named[0],
            "codes": list(dict.fromkeys(line[1] for line in found)),
            "year": benchmark.year,
            "locality": benchmark.locality,
            "setting": setting,
            "product": product,
            "benchmark": label,
            "from_schedule": True,
        },
        done=f"Compared fee schedules: {len(found)} codes",
    )


def _codes_of(rows: Sequence[ScheduleRow]) -> list[str]:
    """The codes a schedule names; for ranges and rules, the usual visits they cover."""
    exact = [row.code for row in rows if row.code != "*" and "-" not in row.code]
    usual = [code for key in USUAL for code in families()[key].codes]
    return list(dict.fromkeys([*exact, *(c for c in usual if any(r.covers(c) for r in rows))]))


def _line(
    practice: Practice,
    rows: Sequence[ScheduleRow],
    payer: str,
    code: str,
    benchmark: Benchmark,
    setting: Setting,
    product: str | None,
) -> tuple[str, str, Figure, Figure, Figure] | None:
    """Payer, code, contract rate, percent of Medicare and Medicare's price; None without both."""
    price = benchmark.price_figure(code, setting)
    try:
        held = contract_rate(
            rows,
            payer=payer,
            code=code,
            on=practice.today,
            product=product,
            setting=setting,
            locality=practice.locality,
            medicare=benchmark.book,
        )
    except NotKnown:
        return None
    if price is None or price.number == Decimal(0):
        return None
    rate = rate_figure(held, payer, code, practice.today.isoformat())
    percent = Figure(
        f"{payer} {code}: contract rate, percent of {benchmark.label(setting)}",
        percent_of(rate.number, price.number),
        "percent",
        Basis("100 x contract rate / Medicare price", (rate, price), "fee_schedules"),
    )
    return payer, code, rate, percent, price


def _day(practice: Practice) -> Figure:
    return Figure("Today", practice.today, "date", Basis("the day of the question"))
