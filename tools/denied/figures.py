"""Denied lines as figures: how many, billed, expected, never paid, paid later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.evidence import Basis, Figure
from knowledge.money import percent_of
from knowledge.reference.denial_reasons import DenialReason
from knowledge.selection import ColumnTest, Where, among
from tools.denied.denied_lines import DeniedGroup
from tools.denied.expected_amount import Expected

RATE = "100 x denied lines / lines adjudicated"
REFUSED = "lines that stand as denied, primary and secondary"
WORTH = "contract rate x units, else the payer's own average allowed for the code x units"


@dataclass(frozen=True)
class Priced:
    """A group of denied lines with what it would have brought."""

    group: DeniedGroup
    worth: Expected


@dataclass(frozen=True)
class Refused:
    """Denied lines of a payer, a reason or all: counts, and amounts in USD.

    unpaid: expected of the lines never paid. later: percent of the lines paid afterwards.
    """

    lines: Figure
    billed: Figure
    expected: Figure
    unpaid: Figure
    later: Figure


def refused(held: Sequence[Priced], name: str, where: str, *tests: ColumnTest) -> Refused:
    """The figures of some denied lines; `name` says whose or which.

    tests: what tells these lines among the denied ones, where `where` carries its selection.
    """
    told = narrowed(where, name, among("status", ["denied"]), *tests)
    number = sum(each.group.lines for each in held)
    paid_later = sum(each.group.later_lines for each in held)

    def made(what: str, value: Decimal, usd: bool, formula: str, *inputs: Figure) -> Figure:
        basis = Basis(formula, inputs, "claim_lines", told, number)
        return Figure(f"{name}: {what}", value, "USD" if usd else "count", basis)

    lines = made("denied lines", Decimal(number), False, REFUSED)
    later = made("denied lines paid later", Decimal(paid_later), False,
                 "the same patient, day and code stands paid with a later date")  # fmt: skip
    billed = made("billed on denied lines", _sum(e.group.billed for e in held), True,
                  f"sum of billed over {REFUSED}")  # fmt: skip
    expected = made("expected of denied lines", _sum(e.worth.amount for e in held), True, WORTH)
    unpaid = made("expected and never paid", _sum(e.worth.unpaid for e in held), True,
                  f"{WORTH}, over the denied lines not paid later")  # fmt: skip
    share = Figure(
        f"{name}: denied lines paid later, percent",
        percent_of(later.number, lines.number) if number else Decimal(0),
        "percent",
        Basis("100 x denied lines paid later / denied lines", (later, lines)),
    )
    return Refused(lines, billed, expected, unpaid, share)


def denial_rate(name: str, lines: Figure, adjudicated: Figure, where: str) -> Figure:
    """Denied lines in percent of lines adjudicated."""
    basis = Basis(RATE, (lines, adjudicated), "claim_lines", f"{name}, {where}")
    share = percent_of(lines.number, adjudicated.number)
    return Figure(f"{name}: denial rate", share, "percent", basis)


def narrowed(where: str, name: str, *tests: ColumnTest) -> str:
    """A filter with a name in front, and its selection narrowed where it carries one."""
    return where.narrowed(name, *tests) if isinstance(where, Where) else f"{name}, {where}"


def coded(held: Sequence[Priced]) -> ColumnTest:
    """The lines whose reason codes are those of these groups."""
    return among("reason_codes", sorted({each.group.reason_codes for each in held}))


def adjudicated_figure(name: str, number: int, where: str, *tests: ColumnTest) -> Figure:
    """Lines that stand as paid or denied."""
    told = narrowed(where, name, among("status", ["paid", "denied"]), *tests)
    basis = Basis("lines that stand as paid or denied; rows that take back left out", (),
                  "claim_lines", told, number)  # fmt: skip
    return Figure(f"{name}: lines adjudicated", Decimal(number), "count", basis)


def by_reason(priced: Iterable[Priced]) -> Mapping[DenialReason, list[Priced]]:
    """The groups under each reason, most lines first; equal ones by code."""
    found: dict[DenialReason, list[Priced]] = {}
    for each in priced:
        found.setdefault(each.group.reason, []).append(each)
    ranked = sorted(
        found.items(), key=lambda item: (-sum(e.group.lines for e in item[1]), item[0].code)
    )
    return dict(ranked)


def of_kind(priced: Iterable[Priced], kind: str) -> list[Priced]:
    """The groups whose reason is of a kind, e.g. authorization."""
    return [each for each in priced if each.group.reason.kind == kind]


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
