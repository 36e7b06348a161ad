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
COLUMNS = ("Code", "Service", "Units a year", "Now (USD)", "Now, of Medicare", "Asked (USD)",
           "Asked, of Medicare", "Difference a year (USD)")  # fmt: skip


@dataclass(frozen=True)
class Exhibit:
    """The table, its total in cents and as a sentence says it, and the notes below it.

    lower: codes that the ask would lower, with their differences; raised: the others.
    """

    table: Table
    total: Figure
    worth: Figure
    medicare: str
    period: str
    unpriced: bool
    lower: tuple[tuple[str, Figure], ...]
    raised: tuple[str, ...]

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
    lines = [_line(row, rated, short, cent) for row, cent in zip(rows, cents, strict=True)]
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


def _line(
    row: Sequence[Cell], rated: dict[str, tuple[Cell, ...]], short: str, cent: Decimal
) -> tuple[Cell, ...]:
    """One code: the comparison's own rate and percent where it read the same units."""
    code, service, units, old, new, change = row
    assert isinstance(units, Figure) and isinstance(old, Figure)
    assert isinstance(new, Figure) and isinstance(change, Figure)
    known = rated.get(str(code), (None,) * 6)
    same = isinstance(known[2], Figure) and known[2].number == units.number
    now, price, percent = known[3:6] if same else (None, None, None)
    if not isinstance(now, Figure):
        now = Figure(f"{short} {code}: allowed per unit", old.number / units.number, "USD",
                     Basis("allowed / units, all settings", (old, units)))  # fmt: skip
    asked = Figure(
        f"{short} {code} ({service}): asked per unit", to_cents(new.number / units.number), "USD",
        Basis("allowed at the new rate / units", (new, units)), places=2,
    )  # fmt: skip
    then = None
    if isinstance(price, Figure) and isinstance(percent, Figure):
        then = Figure(
            f"{short} {code}: asked, percent of Medicare",
            percent_of(new.number, units.number * price.number), "percent",
            Basis("100 x allowed at the new rate / (units x Medicare's price)",
                  (new, units, price)),
        )  # fmt: skip
    moved = "change of the code" + (", a cent set so that the rows add up" if cent else "")
    difference = Figure(f"{short} {code}: difference a year", change.number + cent, "USD",
                        Basis(moved, (change,)), places=2)  # fmt: skip
    now = Figure(f"{now.name}, in cents", now.number, "USD", Basis("to the cent", (now,)), places=2)
    return (code, service, units, now, percent if then else None, asked, then, difference)


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
    if held.unpriced:
        said.append(
            Sentence(
                "Codes without a percent have no single price in that schedule"
                " (laboratory tests, vaccine products, lines in several settings)."
            )
        )
    return said
