"""Why a line was allowed less than the contract rate: reductions it explains, and slips.

A reduction with a stated reason (a second procedure, an assistant, both sides, a reduced
service, a charge below the rate where the contract pays the lesser, sequestration where the
contract takes it) is no underpayment. For the rest the amount itself tells the likely slip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.money import to_cents
from tools.schedules.expected_rates import Expected, Other
from tools.underpayments.underpaid_lines import CENT, ShortGroup

SEQUESTRATION = Decimal(2)
NO_PATTERN = "no pattern in the amounts"
_MODIFIERS = {
    "51": "a second procedure in one session (modifier 51)",
    "80": "an assistant at surgery (modifier 80)",
    "81": "an assistant at surgery (modifier 81)",
    "82": "an assistant at surgery (modifier 82)",
    "AS": "an assistant at surgery (modifier AS)",
    "62": "two surgeons sharing (modifier 62)",
    "50": "both sides in one session (modifier 50)",
    "52": "a reduced service (modifier 52)",
    "53": "a service broken off (modifier 53)",
}
_LINES_ALIKE, _CODES_ALIKE, _SEQUESTERED_LINES = 5, 2, 3


@dataclass(frozen=True)
class Cause:
    """A cause in words; explained: a reason that the contract or the claim itself states."""

    words: str
    explained: bool = False


@dataclass(frozen=True)
class Blamed:
    """A group of lines with its cause."""

    group: ShortGroup
    expected: Expected
    cause: Cause


def blamed(
    groups: Sequence[ShortGroup],
    expected: Sequence[Expected],
    others_of: Callable[[int], Sequence[Other]],
    pays_lesser: Mapping[str, bool],
) -> list[Blamed]:
    """Each group with its cause. pays_lesser: by payer, whether its contract pays the lesser
    of charge and rate; a payer left out is not known."""
    flat = _flat_percents(groups, expected)
    return [
        Blamed(group, expected[group.kind], cause_of(
            group, expected[group.kind], others_of(group.kind), pays_lesser, flat))
        for group in groups
    ]  # fmt: skip


def cause_of(
    group: ShortGroup,
    expected: Expected,
    others: Iterable[Other],
    pays_lesser: Mapping[str, bool],
    flat: frozenset[tuple[str, int]] = frozenset(),
) -> Cause:
    """The cause of one group; `flat` holds (payer, percent) pairs seen on many lines."""
    assert expected.rate is not None
    return _explained(group, expected, pays_lesser) or _slip(group, expected, others, flat)


def _explained(
    group: ShortGroup, expected: Expected, pays_lesser: Mapping[str, bool]
) -> Cause | None:
    rate, kind = expected.rate, expected.kind
    assert rate is not None
    if group.multiple:
        return Cause("a second service the same day (reason code 59)", True)
    for modifier in kind.modifiers.split():
        if modifier in _MODIFIERS:
            return Cause(_MODIFIERS[modifier], True)
    if group.bundled and not group.allowed:
        return Cause("included in another service (reason code 97)", True)
    if group.at_charge and (rate.lesser or pays_lesser.get(kind.payer)):
        return Cause("your charge is below the rate, and the contract pays the lesser", True)
    if rate.cut and abs(group.allowed - _part(group, 100 - rate.cut)) <= _slack(group):
        return Cause(f"{rate.cut.normalize():f}% sequestration, which the contract takes", True)
    return None


def _slip(
    group: ShortGroup,
    expected: Expected,
    others: Iterable[Other],
    flat: frozenset[tuple[str, int]],
) -> Cause:
    rate = expected.rate
    assert rate is not None
    if not group.allowed:
        return Cause("nothing was allowed")
    same = {
        other.cause: other
        for other in reversed(list(others))
        if abs(group.allowed - to_cents(other.amount * group.units)) < CENT
    }
    for cause in ("older schedule", "another product", "facility price"):
        if cause in same:
            return Cause(f"{cause}: paid at {same[cause].words}")
    fewer = group.allowed / rate.amount if rate.amount else Decimal(0)
    if group.units > 1 and fewer == fewer.to_integral_value() and fewer < group.units:
        return Cause("fewer units paid than billed")
    if group.at_charge:
        return Cause("paid at your charge, which is below the rate")
    percent = _whole_percent(group)
    often = percent is not None and (expected.kind.payer, percent) in flat
    if often and percent == 100 - SEQUESTRATION:
        return Cause("2% taken off, as Medicare's sequestration does")
    for cause in ("Medicare's price", "down-coded"):
        if cause in same:
            return Cause(f"{cause}: paid at {same[cause].words}")
    if often:
        return Cause(f"a flat {percent}% of the contract rate")
    return Cause(NO_PATTERN)


def _flat_percents(
    groups: Iterable[ShortGroup], expected: Sequence[Expected]
) -> frozenset[tuple[str, int]]:
    """Payers and whole percents that five lines or more, of two codes or more, were paid at;
    three lines are enough for sequestration's."""
    lines: dict[tuple[str, int], int] = {}
    codes: dict[tuple[str, int], set[str]] = {}
    for group in groups:
        percent = _whole_percent(group)
        if percent is not None:
            key = expected[group.kind].kind.payer, percent
            lines[key] = lines.get(key, 0) + group.lines
            codes.setdefault(key, set()).add(expected[group.kind].kind.code)
    return frozenset(
        key
        for key, count in lines.items()
        if (count >= _LINES_ALIKE and len(codes[key]) >= _CODES_ALIKE)
        or (key[1] == 100 - SEQUESTRATION and count >= _SEQUESTERED_LINES)
    )


def _whole_percent(group: ShortGroup) -> int | None:
    """The whole percent of the expected amount that was allowed; None where it is none."""
    if not group.expected:
        return None
    percent = (100 * group.allowed / group.expected).to_integral_value()
    near = abs(group.allowed - _part(group, percent)) <= _slack(group)
    return int(percent) if near and 50 <= percent < 100 else None


def _part(group: ShortGroup, percent: Decimal) -> Decimal:
    return to_cents(group.expected * percent / 100)


def _slack(group: ShortGroup) -> Decimal:
    """Rounding may differ by half a cent a unit, where a payer rounds before it multiplies."""
    return CENT if group.units <= 1 else to_cents(group.units * CENT / 2)
