"""Numerator and denominator of a quality result, from whichever of them a report gives.

A rate without a denominator is refused: patients cannot be counted from it. A rate with one
gives its numerator only where a whole number of patients rounds to that rate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tools.importers.cell_values import clean, number, whole
from tools.importers.columns import Columns
from tools.importers.row import Fields, Refusal

_FRACTION = re.compile(r"^\s*([\d,]+)\s*(?:/|of|out of)\s*([\d,]+)(?:\s*\(.*\))?\s*$", re.I)
_ENDING = re.compile(
    r"^(.*?)[\s:_-]+(num(?:erator)?|met|n|den(?:om(?:inator)?)?|eligible|d|rate|%|pct|percent)\.?$",
    re.I,
)


_PARTS = {"n": "numerator", "m": "numerator", "d": "denominator", "e": "denominator", "r": "rate",
          "p": "rate"}  # fmt: skip


@dataclass(frozen=True)
class PayerColumns:
    """A payer's own columns of a sheet with payers side by side, by index; None where absent."""

    payer: str
    fraction: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    rate: int | None = None


def counts_of(fields: Fields) -> tuple[int, int]:
    """Numerator and denominator of a row with one result; raises Refusal."""
    met, of = fields.read("numerator", fraction_or_whole), fields.read("denominator", whole)
    if isinstance(met, tuple):
        return _checked(*met)
    excluded = fields.read("exclusions", whole) or 0
    rate = _rate(fields.text("rate"), fields.label("rate"))
    return counts(met, of, rate, excluded)


def counts(
    met: int | None, of: int | None, rate: Decimal | None, excluded: int = 0
) -> tuple[int, int]:
    """Numerator and denominator from what is given; `rate` in percent; raises Refusal."""
    if of is None and met is None and rate is not None:
        raise Refusal("a rate without its denominator: patients cannot be counted from it")
    if of is None:
        raise Refusal("numerator or denominator is blank")
    if met is not None:
        if (
            rate is not None
            and excluded
            and not _fits(met, of, rate)
            and _fits(met, of - excluded, rate)
        ):
            of -= excluded
        return _checked(met, of)
    if rate is None:
        raise Refusal("numerator or denominator is blank")
    if not 0 <= rate <= 100:
        raise Refusal("the rate is no percent")
    for base in dict.fromkeys((of, of - excluded)):
        made = int((rate * base / 100).quantize(Decimal(1), ROUND_HALF_UP))
        if _fits(made, base, rate):
            return _checked(made, base)
    raise Refusal("no whole number of patients gives this rate of this denominator")


def fraction_or_whole(text: str) -> int | tuple[int, int] | None:
    """A whole number, or both numbers of "171/222"; None when blank."""
    found = _FRACTION.match(clean(text))
    if found:
        return int(found[1].replace(",", "")), int(found[2].replace(",", ""))
    return whole(text)


def side_by_side(columns: Columns, sample: Sequence[Sequence[str]]) -> list[PayerColumns]:
    """The payers' columns of a sheet that gives each payer its own: "171/222" in one column,
    or a numerator (or rate) and a denominator under the payer's name."""
    mapped = {i for name in ("measure", "measure_id", "period", "period_start", "period_end")
              for i in columns.fields.get(name, ())}  # fmt: skip
    found: dict[str, dict[str, int]] = {}
    for index, cell in enumerate(columns.header):
        header = clean(cell)
        if index in mapped or not header:
            continue
        held = [clean(row[index]) for row in sample if index < len(row) and clean(row[index])]
        if held and all(_FRACTION.match(text) for text in held):
            found.setdefault(header, {})["fraction"] = index
        elif ending := _ENDING.match(header):
            which = ending[2].casefold()
            part = _PARTS[which[0]] if which != "%" else "rate"
            found.setdefault(ending[1].strip(), {})[part] = index
    made = [PayerColumns(payer, **parts) for payer, parts in found.items()]
    return [
        each for each in made
        if each.fraction is not None
        or (each.denominator is not None and (each.numerator, each.rate) != (None, None))
    ]  # fmt: skip


def counts_at(fields: Fields, at: PayerColumns) -> tuple[int, int] | None:
    """A payer's counts in a row of several payers; None where its cells are blank."""

    def read(index: int | None) -> int | tuple[int, int] | None:
        if index is None:
            return None
        try:
            return fraction_or_whole(fields.at(index))
        except ValueError as wrong:
            raise Refusal(f"the counts of {at.payer[:40]}: {wrong}") from None

    if at.fraction is not None:
        both = read(at.fraction)
        return _checked(*both) if isinstance(both, tuple) else None
    met, of = read(at.numerator), read(at.denominator)
    rate = _rate(fields.at(at.rate), at.payer[:40]) if at.rate is not None else None
    if met is None and of is None and rate is None:
        return None
    if isinstance(met, tuple) or isinstance(of, tuple):
        raise Refusal(f"the counts of {at.payer[:40]} hold two numbers in one cell")
    return counts(met, of, rate)


def _rate(text: str, label: str) -> Decimal | None:
    """A rate in percent: "77.5%", "77.5", or "0.775"; None when blank. It keeps its decimals."""
    bare = clean(text)
    try:
        found = number(bare.rstrip("%").strip())
    except ValueError as wrong:
        raise Refusal(f"column {label}: {wrong}") from None
    if found is None:
        return None
    share = "%" not in bare and 0 < found <= 1 and "." in bare
    return found.scaleb(2) if share else found


def _fits(met: int, of: int, rate: Decimal) -> bool:
    """Whether the counts give the rate, rounded or cut to as many decimals as it has."""
    if of <= 0:
        return False
    exponent = rate.as_tuple().exponent
    places = max(-exponent if isinstance(exponent, int) else 0, 0)
    return abs(Decimal(100) * met / of - rate) <= Decimal(1).scaleb(-places) * Decimal("0.51") + (
        Decimal("0.000001")
    )


def _checked(met: int, of: int) -> tuple[int, int]:
    if not 0 <= met <= of:
        raise Refusal("the numerator is below zero or above the denominator")
    return met, of
