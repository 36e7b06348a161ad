"""What a comparison with Medicare left out, and why, with its dollars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Figure, Sentence, long_date, says
from knowledge.reference.settings_of_service import Setting, telehealth_rule
from tools.lines.claim_totals import CodeTotal, covers
from tools.period import Period
from tools.practice import Practice
from tools.rates.benchmark import Benchmark, Compared
from tools.rates.rate_figures import allowed_figure, count, words

SHOWN = 6


def unpriced(rows: Sequence[Compared], benchmark: Benchmark, where: str) -> list[Sentence]:
    """Codes without a Medicare price, with their dollars and the reasons."""
    held = [row for row in rows if row.units and not row.priced]
    if not held:
        return []
    amount = _dollars(held, f"codes without a price, {where}", "Codes without a Medicare price")
    reasons = dict.fromkeys(filter(None, (benchmark.why_none(row.code) for row in held)))
    return [
        says(
            "Left out: {amount} on codes without a Medicare price ({codes}): {reasons}.",
            amount=amount,
            codes=listed(row.code for row in held),
            reasons="; ".join(list(reasons)[:3]),
        )
    ]


def unpaid(rows: Sequence[Compared], benchmark: Benchmark, where: str) -> list[Sentence]:
    """Codes Medicare publishes values for but does not pay, with their dollars."""
    held = [row for row in rows if row.priced and benchmark.book.unpaid(row.code, benchmark.year)]
    if not held:
        return []
    amount = _dollars(held, f"status N codes, {where}", "Codes not paid by Medicare")
    return [
        says(
            "Included: {amount} on codes not paid by Medicare, values published ({codes}).",
            amount=amount,
            codes=listed(row.code for row in held),
        )
    ]


def other_setting(
    totals: Iterable[CodeTotal], setting: Setting, benchmark: Benchmark, where: str
) -> list[Sentence]:
    """Lines of the setting that was not compared, with their number and dollars."""
    held = [total for total in totals if total.setting != setting and total.lines]
    if not held:
        return []
    lines = sum(total.lines for total in held)
    place = f"{held[0].setting} lines, {where}"
    name = f"Lines at the {held[0].setting} rate"
    formula = f"counting lines whose place of service is {place}"
    counted = count(lines, name, formula, place)
    return [
        says(
            "Left out: {amount} on {lines} {noun} at the {setting} rate; {rule}.",
            noun=words(counted, "line"),
            amount=allowed_figure(sum((t.allowed for t in held), Decimal(0)), lines, place, name),
            lines=counted,
            setting=held[0].setting,
            rule=telehealth_rule(benchmark.day),
        )
    ]


def without_amount(totals: Iterable[CodeTotal], where: str) -> list[Sentence]:
    """Counting lines for which no allowed amount is known."""
    blank = sum(total.blank_lines for total in totals)
    if not blank:
        return []
    formula = "counting lines with neither allowed nor paid and patient responsibility"
    lines = count(blank, "Lines without an allowed amount", formula, where)
    return [
        says(
            "Left out: {lines} {noun} without an allowed amount.",
            lines=lines,
            noun=words(lines, "line"),
        )
    ]


def short_claims(practice: Practice, period: Period) -> list[Sentence]:
    """A sentence where the claims do not fill the period."""
    reached = covers(practice, period)
    if reached is None:
        return []
    first, last = (
        Figure(name, day, "date", Basis(words, (), "claim_lines"))
        for name, day, words in (
            ("First service date read", reached[0], "earliest service date in the period"),
            ("Last service date read", reached[1], "latest service date in the period"),
        )
    )
    return [
        says(
            "The claims reach only from {first} to {last}; {period} is not whole.",
            first=first,
            last=last,
            period=period.label,
        )
    ]


def listed(codes: Iterable[str]) -> str:
    """The first codes by name, the rest said as "and others"."""
    names = list(dict.fromkeys(codes))
    return ", ".join(names[:SHOWN]) + (" and others" if len(names) > SHOWN else "")


def period_where(period: Period) -> str:
    """The filter on service dates in words."""
    return f"service dates {long_date(period.start)} to {long_date(period.end)}"


def _dollars(rows: Sequence[Compared], where: str, name: str) -> Figure:
    amount = sum((row.allowed for row in rows), Decimal(0))
    return allowed_figure(amount, sum(row.lines for row in rows), where, name)
