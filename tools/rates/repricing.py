"""A change of rates applied to claim totals: who asks for what, and what each code becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from knowledge.evidence import Basis, Figure
from knowledge.problems import BadInput
from tools.lines.claim_totals import CodeTotal
from tools.rates.benchmark import Benchmark
from tools.schedules.contract_rate import at_percent


@dataclass(frozen=True)
class Ask:
    """The change asked for: a percent on today's rates, a percent of a Medicare year, or new
    rates in USD for a unit of each code (flat)."""

    percent: Decimal | None
    of_medicare: Decimal | None
    benchmark: Benchmark
    flat: Mapping[str, Decimal] = field(default_factory=dict)

    def figure(self) -> Figure:
        """The percent as the user gave it; of new rates, how many codes they name."""
        if self.flat:
            return Figure("Codes with a new rate", Decimal(len(self.flat)), "count",
                          Basis("as you gave them"))  # fmt: skip
        value = self.percent if self.percent is not None else self.of_medicare
        assert value is not None
        places = max(0, -int(value.normalize().as_tuple().exponent))
        return Figure("Change asked about", value, "percent", Basis("as you gave it"),
                      places=places)  # fmt: skip

    def new_allowed(self, total: CodeTotal) -> Decimal | None:
        """What the new rates would allow for the same units, USD; None where none is known."""
        if self.flat:
            rate = self.flat.get(total.code)
            return None if rate is None or total.component else total.units * rate
        if self.percent is not None:
            return total.allowed * (100 + self.percent) / 100
        price = self.benchmark.price(total.code, total.setting, total.component)
        if price is None:
            return None
        assert self.of_medicare is not None
        return total.units * at_percent(price, self.of_medicare)


@dataclass(frozen=True)
class RepricedCode:
    """One code before and after: units, allowed in USD, whether its rate changes."""

    code: str
    units: Decimal
    old: Decimal
    new: Decimal
    changed: bool
    lines: int


def checked(ask: Ask) -> None:
    """Raise BadInput unless exactly one change was given, and a sane one."""
    if [ask.percent is None, ask.of_medicare is None, not ask.flat].count(False) != 1:
        raise BadInput(
            where="the change",
            what="it needs one percent: a raise on today's rates, or a share of Medicare; or new"
            " rates by code",
            do="say for example “8% more”, “115% of Medicare” or “99213=95”",
        )
    if ask.percent is not None and not -100 < ask.percent <= 1000:
        raise BadInput("percent", "the raise must lie above -100% and up to 1,000%", "correct it")
    if ask.of_medicare is not None and not 0 < ask.of_medicare <= 1000:
        raise BadInput(
            "percent_of_medicare", "the target must lie above 0% and up to 1,000%", "correct it"
        )


def changed_codes(
    totals: Sequence[CodeTotal], ask: Ask, codes: Sequence[str] | None
) -> list[RepricedCode]:
    """Totals by code with old and new allowed, largest change first."""
    rows: dict[str, RepricedCode] = {}
    nothing = Decimal(0)
    for total in totals:
        new = ask.new_allowed(total) if codes is None or total.code in codes else None
        before = rows.get(total.code, RepricedCode(total.code, nothing, nothing, nothing, False, 0))
        rows[total.code] = RepricedCode(
            total.code,
            before.units + total.units,
            before.old + total.allowed,
            before.new + (total.allowed if new is None else new),
            before.changed or new is not None,
            before.lines + total.lines,
        )
    return sorted(rows.values(), key=lambda row: (-abs(row.new - row.old), row.code))


def formula_of(ask: Ask) -> str:
    """How new allowed is computed, in words."""
    if ask.flat:
        return "sum of units x new rate on the codes given, the others as they are"
    if ask.percent is not None:
        return (
            "allowed x (100 + the percent) / 100 on the codes that change, the others as they are"
        )
    return (
        f"sum of units x (Medicare price x percent, in cents), {ask.benchmark.label()}, each line"
        " in its own setting; codes without a price as they are"
    )
