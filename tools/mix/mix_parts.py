"""The parts of a mix as figures: amount and share of each, now and a year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.evidence import Basis, Figure
from knowledge.money import percent_of
from knowledge.selection import Selection, among, between
from tools.lines.business_lines import business_tests
from tools.lines.claim_totals import is_self_pay
from tools.lines.left_out import period_where
from tools.mix.payer_sums import LEVELS, Sum, Way
from tools.period import Period
from tools.practice import Practice

SELF_PAY_NAME = "Self-pay"
UNNAMED = "Payer not given"
BUSINESS = {
    "commercial": "commercial",
    "medicare": "Medicare",
    "medicare_advantage": "Medicare Advantage",
    "medicaid": "Medicaid",
    "self_pay": "self-pay",
    "workers_comp": "workers' compensation",
    "other": "other",
    "": "not told",
}


@dataclass(frozen=True)
class Part:
    """One payer, product or line of business in a stretch."""

    key: tuple[str, ...]
    amount: Figure
    share: Figure
    lines: int

    @property
    def payer(self) -> str:
        """The canonical payer; "" for a line of business or lines without a payer."""
        return self.key[0]


def parts_of(
    practice: Practice,
    sums: Sequence[Sum],
    level: str,
    way: Way,
    span: Period,
    product: str | None = None,
    without: Sequence[str] = (),
) -> tuple[dict[tuple[str, ...], Part], Figure]:
    """The parts of one stretch, largest first, and their total; shares are zero of nothing.

    With a product the parts are of its lines alone. Self-pay has a part of its own among
    payers even when it is empty, unless it is left out.
    """
    where = period_where(span) + (f", without {', '.join(without)}" if without else "")
    amounts = {each.key: each for each in sums}
    if (
        level == "payer"
        and not without
        and not any(is_self_pay(practice, key[0]) for key in amounts)
    ):
        amounts[(SELF_PAY_NAME,)] = Sum((SELF_PAY_NAME,), 0, Decimal(0), Decimal(0), 0)
    total = Figure(
        f"All payers and self-pay{_less(without)}: {way.words}, {span.label}",
        sum((each.amount for each in amounts.values()), Decimal(0)),
        way.unit,
        Basis(way.formula, (), "claim_lines", where, sum(s.lines for s in amounts.values())),
    )
    found = {}
    for key, each in sorted(amounts.items(), key=lambda item: (-item[1].amount, item[0])):
        name = named(key, level)
        read = None if product or without else Selection("claim_lines", (
            *between("service_date", span.start, span.end),
            *(business_tests(key[0]) if level == "line_of_business" else
              (among(column, [value]) for column, value in zip(LEVELS[level], key, strict=True))),
        ))  # fmt: skip
        basis = Basis(way.formula, (), "claim_lines", f"{name}, {where}", each.lines, select=read)
        amount = Figure(f"{name}: {way.words}", each.amount, way.unit, basis)
        share = Figure(
            f"{name}: share of {way.words}, {span.label}",
            percent_of(each.amount, total.number) if total.number else Decimal(0),
            "percent",
            Basis("100 x the part / the total over all payers and self-pay", (amount, total)),
        )
        found[key] = Part(key, amount, share, each.lines)
    return found, total


def _less(without: Sequence[str]) -> str:
    return f" without {', '.join(without)}" if without else ""


def named(key: Sequence[str], level: str) -> str:
    """The canonical name of a part: a payer, a payer and its product, or a line of business."""
    if level == "line_of_business":
        return BUSINESS.get(key[0], key[0])
    payer = key[0] or UNNAMED
    return payer if level == "payer" else f"{payer}, {key[1] or 'product not given'}"


def short(practice: Practice, key: Sequence[str], level: str) -> str:
    """The part as a sentence names it."""
    if level == "line_of_business":
        return named(key, level)
    if not key[0]:
        return UNNAMED
    own = no_insurer(practice, key[0])
    payer = SELF_PAY_NAME if own else practice.payers.short_name(key[0])
    return payer if level == "payer" or own else f"{payer} {key[1] or '(product not given)'}"


def no_insurer(practice: Practice, payer: str) -> bool:
    """Whether a row is patients paying for themselves."""
    return payer == SELF_PAY_NAME or is_self_pay(practice, payer)


def moved(now: Part, then: Mapping[tuple[str, ...], Part]) -> tuple[Figure, Figure] | None:
    """The share then, and the change in points; None where the part was not there."""
    before = then.get(now.key)
    if before is None:
        return None
    change = Figure(
        f"{now.share.name}: change since then", now.share.number - before.share.number, "points",
        Basis("share now - share then", (now.share, before.share)),
    )  # fmt: skip
    return before.share, change
