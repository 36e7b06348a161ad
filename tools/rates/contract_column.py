"""What the fee schedule on file would pay for the codes of a comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.evidence import Basis, Figure, Sentence, long_date, says
from knowledge.money import percent_of
from knowledge.problems import NotKnown
from tools.rates.benchmark import Compared
from tools.rates.rate_comparison import Comparison
from tools.schedules.contract_rate import ContractRate, contract_rate, fee_schedules
from tools.schedules.schedule_conflicts import conflicts_said
from tools.schedules.schedule_row import ScheduleRow


@dataclass(frozen=True)
class ContractColumn:
    """The contract rate of each code where one is on file, and what they come to together."""

    rates: Mapping[str, Figure]
    sentences: tuple[Sentence, ...]


def contract_column(asked: Comparison, payer: str, rows: Sequence[Compared]) -> ContractColumn:
    """Contract rates in force on the period's last day; empty where no schedule is on file."""
    schedule = fee_schedules(asked.practice, [payer])
    if not schedule:
        return ContractColumn({}, ())
    rates: dict[str, Figure] = {}
    for row in rows:
        try:
            held = contract_rate(
                schedule,
                payer=payer,
                code=row.code,
                on=asked.span.end,
                product=asked.product,
                setting=asked.setting,
                locality=asked.practice.locality,
                medicare=asked.benchmark.book,
            )
        except NotKnown:
            continue
        rates[row.code] = rate_figure(held, payer, row.code, asked.span.end.isoformat())
    held_by = named_source(schedule)
    return ContractColumn(
        rates,
        (
            *_percent(asked, payer, rows, rates, held_by),
            *conflicts_said(asked.practice, schedule, asked.span.end),
        ),
    )


def named_source(rows: Sequence[ScheduleRow]) -> str:
    """How a sentence names where rates come from: a schedule file, or the contract itself."""
    if all(row.origin == "contract" for row in rows):
        return "the contract's own fee exhibit"
    return "the fee schedule on file"


def rate_figure(held: ContractRate, payer: str, code: str, day: str) -> Figure:
    """A contract rate for one unit as a figure."""
    basis = Basis(held.rule, (), "fee_schedules", f"{payer}, {code}, in force on {day}")
    return Figure(f"{payer} {code}: contract rate", held.amount, "USD", basis, places=2)


def _percent(
    asked: Comparison,
    payer: str,
    rows: Sequence[Compared],
    rates: Mapping[str, Figure],
    source: str,
) -> tuple[Sentence, ...]:
    both = [
        (row, price, rates[row.code].number)
        for row in rows
        if row.code in rates
        and (price := asked.benchmark.price(row.code, asked.setting)) is not None
    ]
    worth = sum((row.units * price for row, price, _ in both), Decimal(0))
    if not worth:
        return ()
    promised = sum((row.units * rate for row, _, rate in both), Decimal(0))
    label, where = asked.benchmark.label(asked.setting), asked.where(payer)
    promised_figure = Figure(
        f"{payer}: the same units at contract rates", promised, "USD",
        Basis("sum of units x contract rate", tuple(rates[r.code] for r, _, _ in both),
              "fee_schedules", where),
    )  # fmt: skip
    worth_figure = Figure(
        f"{payer}: units with a contract rate at Medicare's price", worth, "USD",
        Basis(f"sum of units x price, {label}", (), "claim_lines", where),
    )  # fmt: skip
    percent = Figure(
        f"{payer}: contract rates, percent of {label}", percent_of(promised, worth), "percent",
        Basis("100 x units at contract rates / the same units at Medicare's price",
              (promised_figure, worth_figure), "fee_schedules", where),
    )  # fmt: skip
    return (
        says(
            "{source}, in force on {day}, comes to {percent} of Medicare on the same units.",
            source=source[0].upper() + source[1:],
            day=long_date(asked.span.end),
            percent=percent,
        ),
    )
