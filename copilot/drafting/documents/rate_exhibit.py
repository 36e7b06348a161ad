"""The rate exhibit of a proposal: each code now and as asked, and what it comes to a year.

Nothing is computed anew: units, amounts and differences are those of the value of a rate
change, rates and percents those of the comparison with Medicare. The rows as they are shown
add up to the worth of the change, to the cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from copilot.drafting.documents.parts import grid
from copilot.drafting.facts import Facts
from copilot.drafting.looked_up import LookedUp, figure_named
from copilot.drafting.pieces.rates import said_medicare
from copilot.drafting.pieces.volume import said_period
from knowledge.evidence import Basis, Cell, Figure, Finding, Sentence, Table, says
from knowledge.money import percent_of, to_cents
from tools.period import Period

ROWS = {"brief": 10, "short": 10, "usual": 25, "long": 400}
CENT = Decimal("0.01")
NAMED = 6  # codes that a note names one by one
COLUMNS = ("Code", "Service", "Units a year", "Now (USD)", "Now, of Medicare", "Asked (USD)",
           "Asked, of Medicare", "Difference a year (USD)")  # fmt: skip


@dataclass(frozen=True)
class Exhibit:
    """The table, its total in cents and as a sentence says it, and the notes below it.

    lower: codes that the ask would lower, with their differences; raised: the others. office:
    codes shown with lines in several settings, whose percents are those of the office.
    """

    table: Table
    total: Figure
    worth: Figure
    medicare: str
    period: str
    unpriced: bool
    lower: tuple[tuple[str, Figure], ...]
    raised: tuple[str, ...]
    office: tuple[str, ...] = ()

    def said(self) -> Sentence:
        """The table in Markdown."""
        return grid(self.table.columns, self.table.rows)


def rate_exhibit(
    looked: LookedUp, facts: Facts, modelled: Finding, span: Period, short: str
) -> Exhibit | None:
    """The exhibit of an ask that the value of a rate change has modelled; None without rows."""
    rated = _rated(looked, facts, modelled)
    worth = figure_named(modelled, "worth")
    rows = modelled.table.rows if modelled.table else ()
    if not rows or worth is None:
        return None
    cents = _cents([row[5] for row in rows if isinstance(row[5], Figure)], worth.number)
    target = facts.percent_of_medicare
    lines = [_line(row, rated, short, cent, target)
             for row, cent in zip(rows, cents, strict=True)]  # fmt: skip
    differences = tuple(cell for row in lines if isinstance(cell := row[7], Figure))
    total = Figure(
        f"{short}: rate exhibit, difference a year", worth.number, "USD",
        Basis("worth of the change, and the sum of the exhibit's rows", (worth, *differences)),
        places=2,
    )  # fmt: skip
    most = ROWS[facts.length]
    shown = lines if len(lines) <= most + 1 else [*lines[:most], _rest(lines[most:])]
    end: tuple[Cell, ...] = ("Total", None, None, None, None, None, None, total)
    lower = tuple((str(row[0]), row[7]) for row in lines
                  if isinstance(row[7], Figure) and row[7].number < 0)  # fmt: skip
    return Exhibit(
        Table(f"Rate exhibit: what the request changes at {short}", COLUMNS, (*shown, end)),
        total, worth, said_medicare(modelled), said_period(span),
        any(row[4] is None for row in lines), lower, _raised(lines),
        tuple(str(row[0]) for row in shown if row[4] is not None and not _alike(row, rated)),
    )  # fmt: skip


def _cents(changes: Sequence[Figure], worth: Decimal) -> list[Decimal]:
    """What each row's difference is moved by, so that the rows add up to the worth.

    Each change is rounded to the cent, the worth is rounded once: the cents between are set
    one a row, the largest first.
    """
    apart = worth - sum((change.number for change in changes), Decimal(0))
    cent = CENT if apart > 0 else -CENT
    there = int(abs(apart) / CENT)
    return [cent if at < there else Decimal(0) for at in range(len(changes))]


def _raised(lines: Sequence[tuple[Cell, ...]]) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in lines
                 if isinstance(row[7], Figure) and row[7].number > 0)  # fmt: skip


def _rated(looked: LookedUp, facts: Facts, modelled: Finding) -> dict[str, tuple[Cell, ...]]:
    """The comparison's rows by code: units, rate, Medicare's price and percent."""
    codes = list(facts.codes) or None
    found = looked.finding("compare_rates", payers=[facts.payer], codes=codes,
                           year=modelled.details["year"], period=facts.period or None)  # fmt: skip
    return {str(row[0]): row for row in found.table.rows} if found and found.table else {}


def _alike(row: Sequence[Cell], rated: dict[str, tuple[Cell, ...]]) -> bool:
    """Whether the comparison, which reads the office alone, read all units of the code."""
    units, known = row[2], rated.get(str(row[0]), (None,) * 6)[2]
    return isinstance(units, Figure) and isinstance(known, Figure) and known.number == units.number


def _line(
    row: Sequence[Cell],
    rated: dict[str, tuple[Cell, ...]],
    short: str,
    cent: Decimal,
    target: Decimal | None,
) -> tuple[Cell, ...]:
    """One code: the comparison's own rate where it read the same units, and its percent.

    Where lines stand in several settings, the percents are those of the office. target: the
    percent of Medicare asked for, None where a percent on today's rates is.
    """
    code, service, units, old, new, change = row
    assert isinstance(units, Figure) and isinstance(old, Figure)
    assert isinstance(new, Figure) and isinstance(change, Figure)
    known, same = rated.get(str(code), (None,) * 6), _alike(row, rated)
    percent = known[5]
    now = known[3] if same else None
    if not isinstance(now, Figure):
        now = Figure(f"{short} {code}: allowed per unit", old.number / units.number, "USD",
                     Basis("allowed / units, all settings", (old, units)))  # fmt: skip
    asked = Figure(
        f"{short} {code} ({service}): asked per unit", to_cents(new.number / units.number), "USD",
        Basis("allowed at the new rate / units", (new, units)), places=2,
    )  # fmt: skip
    then = None
    if isinstance(known[4], Figure) and isinstance(percent, Figure):
        then = _asked_percent(f"{short} {code}", percent, known[4] if same else None, target,
                              (old, new, units))  # fmt: skip
    moved = "change of the code" + (", a cent set so that the rows add up" if cent else "")
    difference = Figure(f"{short} {code}: difference a year", change.number + cent, "USD",
                        Basis(moved, (change,)), places=2)  # fmt: skip
    now = Figure(f"{now.name}, in cents", now.number, "USD", Basis("to the cent", (now,)), places=2)
    return (code, service, units, now, percent if then else None, asked, then, difference)


def _asked_percent(
    whose: str,
    percent: Figure,
    price: Figure | None,
    target: Decimal | None,
    sums: tuple[Figure, Figure, Figure],
) -> Figure:
    """The percent of Medicare that is asked: by the price of all units, or for the office.

    price: what Medicare pays a unit; None where lines stand in several settings. sums: allowed
    now and as asked, and units.
    """
    old, new, units = sums
    if price is not None:
        value = percent_of(new.number, units.number * price.number)
        basis = Basis(
            "100 x allowed at the new rate / (units x Medicare's price)", (new, units, price)
        )
    elif target is not None:
        value, basis = target, Basis("the percent asked for, of each setting's own price")
    else:
        value = percent.number * new.number / old.number
        basis = Basis(
            "percent of the office lines x allowed at the new rate / allowed", (percent, new, old)
        )
    return Figure(f"{whose}: asked, percent of Medicare", value, "percent", basis)


def _rest(rows: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """The smaller codes in one row: how many, and what they come to."""
    held = tuple(cell for row in rows if isinstance(cell := row[7], Figure))
    codes = Figure("Further codes of the exhibit", Decimal(len(rows)), "count",
                   Basis("codes after those listed"))  # fmt: skip
    amount = Figure("Further codes: difference a year", sum((f.number for f in held), Decimal(0)),
                    "USD", Basis("sum of their differences", held), places=2)  # fmt: skip
    return ("Others", codes, None, None, None, None, None, amount)


def exhibit_notes(held: Exhibit) -> list[Sentence]:
    """What a reader must know of the columns to check them."""
    said = [
        says("Units and present amounts: what you allowed in {period}, a unit's average with every"
             " reduction in it. Medicare: {medicare}.", period=held.period, medicare=held.medicare)
    ]  # fmt: skip
    if held.office:
        codes = ", ".join(held.office) if len(held.office) <= NAMED else "codes"
        said.append(
            says("For {codes} with lines in several settings, the percents are those of the lines"
                 " in the office; units and dollars are of all lines.", codes=codes)
        )  # fmt: skip
    if held.unpriced:
        said.append(
            Sentence(
                "Codes without a percent have no single price in that schedule"
                " (laboratory tests, vaccine products, services outside the office)."
            )
        )
    return said
