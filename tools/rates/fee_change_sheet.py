"""The value of a rate change as a worksheet: a row a code and setting, the ask in one cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from knowledge.evidence import Figure
from knowledge.worksheet import Column, Grid, Input, Step, Worksheet, Worth, input_of, result_of
from tools.lines.claim_totals import CodeTotal
from tools.rates.rate_comparison import service
from tools.rates.repricing import Ask

ASKED, OF_MEDICARE = "raise_asked", "percent_of_medicare_asked"
CHANGES = "Changes (1 yes, 0 no)"


def fee_change_sheet(
    short: str,
    ask: Ask,
    totals: Sequence[CodeTotal],
    codes: Sequence[str] | None,
    told: tuple[Figure, Figure, Figure],
    period: str,
) -> Worksheet:
    """The change of one payer's rates over its totals; told: the answer's old, new and change."""
    old, new, change = told
    rows = sorted((t for t in totals if t.lines), key=lambda t: (-t.allowed, t.code, t.setting))
    return Worksheet(
        f"{short}: what the change of rates is worth",
        _inputs(ask),
        (
            Step("allowed_now", f"{short}: allowed now", "SUM(all(allowed))", "USD"),
            Step("allowed_new", f"{short}: allowed at the new rates",
                 "ROUND(SUM(all(new_allowed)), 2)", "USD"),
            Step("worth_a_year", f"{short}: worth of the change a year",
                 "ROUND(SUM(all(gain)), 2)", "USD"),
            Step("change_percent", f"{short}: change of all it allows",
                 "IF(allowed_now == 0, 0, 100 * worth_a_year / allowed_now)", "percent"),
        ),
        (result_of("allowed_now", old), result_of("allowed_new", new),
         result_of("worth_a_year", change)),
        (_by_code(ask, rows, codes),),
        notes=(
            f"Counting lines of {period}, all settings, volume unchanged; allowed is what the payer"
            " allows, patients' part included.",
            "Set 1 or 0 in the table to take a code in or out of the change.",
        ),
    )  # fmt: skip


def _inputs(ask: Ask) -> tuple[Input, ...]:
    if ask.flat:
        return ()
    name = ASKED if ask.percent is not None else OF_MEDICARE
    label = "Raise on today's rates" if ask.percent is not None else (
        f"Percent of {ask.benchmark.label()}")  # fmt: skip
    return (input_of(name, ask.figure(), label),)


def _by_code(ask: Ask, rows: Sequence[CodeTotal], codes: Sequence[str] | None) -> Grid:
    """The rows and, by the kind of ask, the column that the new allowed follows from."""

    def column(name: str, label: str, unit: str, value: Callable[[CodeTotal], Worth]) -> Column:
        return Column(name, label, unit, tuple(value(row) for row in rows))

    priced = {row: ask.new_allowed(row) is not None for row in rows}
    more: tuple[Column, ...] = ()
    new = f"allowed * (100 + {ASKED}) / 100"
    if ask.flat:
        more = (column("new_rate", "New rate (USD a unit)", "USD",
                       lambda row: ask.flat.get(row.code, Decimal(0))),)  # fmt: skip
        new = "units * new_rate"
    elif ask.of_medicare is not None:
        more = (column("medicare_price", "Medicare price (USD a unit)", "USD", lambda row:
                       ask.benchmark.price(row.code, row.setting, row.component)
                       or Decimal(0)),)  # fmt: skip
        new = f"units * ROUND(medicare_price * {OF_MEDICARE} / 100, 2)"
    return Grid(
        "By code",
        (
            column("code", "Code", "", lambda row: row.code + _part(row)),
            column("service", "Service", "", lambda row: service(row.code) or ""),
            column("setting", "Setting", "", lambda row: row.setting),
            column("units", "Units", "count", lambda row: row.units),
            column("allowed", "Allowed now (USD)", "USD", lambda row: row.allowed),
            Column("rate_now", "Rate now (USD a unit)", "USD",
                   formula="IF(units == 0, 0, allowed / units)"),
            *more,
            column("changes", CHANGES, "count", lambda row: Decimal(
                int(priced[row] and (codes is None or row.code in codes)))),
            Column("new_allowed", "Allowed at the new rate (USD)", "USD",
                   formula=f"IF(changes == 1, {new}, allowed)"),
            Column("rate_new", "New rate (USD a unit)" if not ask.flat else "Rate after (USD)",
                   "USD", formula="IF(units == 0, 0, new_allowed / units)"),
            Column("gain", "Change (USD)", "USD", formula="new_allowed - allowed"),
        ),
    )  # fmt: skip


def _part(row: CodeTotal) -> str:
    return f"-{row.component}" if row.component else ""
