"""What a contract term costs or exposes in this practice, in dollars from its own claims.

Each sum is taken over claim lines on file; a term whose dollars the data do not tell has
no worth, and none is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import ibis

from knowledge.evidence import Basis, Figure
from knowledge.money import to_cents
from knowledge.problems import BadInput, NotKnown
from knowledge.terms.term import Term
from tools.lines.claim_totals import chosen, exact, records
from tools.period import Period, claimed_days, period_of
from tools.practice import Practice

RAISE = Decimal(3)  # percent a year, the playbook's target for an escalator
INTEREST = Decimal(10)  # percent a year on late clean claims, C.R.S. 10-16-106.5(5)
LATE_FILING = "29"  # the claim adjustment reason code of a claim filed too late
NORMAL_LOOKBACK = 12  # months, the playbook's position


def worth_of(practice: Practice, payer: str, term: Term) -> Figure | None:
    """USD that a term costs or exposes with this payer, None where the data do not tell."""
    reckoned = _WAYS.get(term.name)
    if reckoned is None or not practice.tables.has("claim_lines"):
        return None
    if term.line_of_business is not None:
        return None
    try:
        span = period_of(None, practice)
    except (NotKnown, BadInput):
        return None
    found = reckoned(practice, payer, term, span)
    return found if found is not None and found.number > 0 else None


def _standing_still(practice: Practice, payer: str, term: Term, span: Period) -> Figure | None:
    """One year's rise at the playbook's target, on what the payer allowed in twelve months."""
    lines = chosen(practice, span, payers=[payer])
    lines = lines.filter(lines.counts)
    row = records(practice, lines.aggregate(total=lines.allowed.sum(), lines=lines.count()))[0]
    total = exact(row["total"])
    allowed = _figure(
        f"Allowed by {payer}",
        total,
        "sum of allowed over counting lines",
        payer,
        span,
        row["lines"],
    )
    return Figure(
        f"One year's rise of {RAISE}% with {payer}",
        to_cents(total * RAISE / 100),
        "USD",
        Basis(f"{RAISE}% of what the payer allowed in {span.label}", (allowed,), "claim_lines"),
    )


def _capped(practice: Practice, payer: str, term: Term, span: Period) -> Figure | None:
    """Lines allowed at exactly their charge: what they were charged, the ceiling that is felt."""
    if not str(term.value or "").startswith("lesser of"):
        return None
    lines = chosen(practice, span, payers=[payer])
    lines = lines.filter(lines.counts, lines.billed > 0, lines.allowed == lines.billed)
    row = records(practice, lines.aggregate(total=lines.allowed.sum(), lines=lines.count()))[0]
    return _figure(
        f"Allowed at your own charge by {payer}", exact(row["total"]),
        "sum of allowed over counting lines that were allowed exactly what was billed, where the"
        " charge may have capped the rate", payer, span, row["lines"],
    )  # fmt: skip


def _recoupable(practice: Practice, payer: str, term: Term, span: Period) -> Figure | None:
    """Paid longer ago than the playbook's look-back, and still open to be taken back."""
    first, _last = claimed_days(practice)
    newest = _months_before(practice.today, NORMAL_LOOKBACK)
    months = term.value if isinstance(term.value, Decimal) else None
    if months is not None and months <= NORMAL_LOOKBACK:
        return None
    oldest = _months_before(practice.today, int(months)) if months is not None else first
    lines = chosen(practice, None, payers=[payer])
    paid_on = ibis.coalesce(lines.paid_date, lines.posting_date, lines.service_date)
    lines = lines.filter(paid_on >= ibis.literal(oldest), paid_on < ibis.literal(newest))
    row = records(practice, lines.aggregate(total=lines.paid.sum(), lines=lines.count()))[0]
    return Figure(
        f"Paid by {payer} and open to recoupment beyond {NORMAL_LOOKBACK} months",
        to_cents(exact(row["total"])),
        "USD",
        Basis(
            f"sum of paid over lines paid from {max(oldest, first).isoformat()} to before"
            f" {newest.isoformat()}, by date of payment, else of posting, else of service",
            (), "claim_lines", payer, int(row["lines"] or 0),
        ),
    )  # fmt: skip


def _filed_late(practice: Practice, payer: str, term: Term, span: Period) -> Figure | None:
    """Billed on lines that were refused for late filing in twelve months."""
    lines = chosen(practice, span, payers=[payer])
    reasons = ibis.literal(" ") + ibis.coalesce(lines.reason_codes, "") + " "
    late = reasons.contains(f"-{LATE_FILING} ") | reasons.contains(f" {LATE_FILING} ")
    lines = lines.filter(lines.why_not == "denied", late)
    row = records(practice, lines.aggregate(total=lines.billed.sum(), lines=lines.count()))[0]
    return _figure(
        f"Billed to {payer} and refused as filed too late", exact(row["total"]),
        f"sum of billed over denied lines with reason code {LATE_FILING}", payer, span,
        row["lines"],
    )  # fmt: skip


def _interest(practice: Practice, payer: str, term: Term, span: Period) -> Figure | None:
    """Interest at the statute's rate on lines paid later than the contract's own clock."""
    if not isinstance(term.value, Decimal):
        return None
    limit = int(term.value * 7 / 5 if term.unit == "business days" else term.value)
    lines = chosen(practice, span, payers=[payer])
    lines = lines.filter(
        lines.counts, lines.paid > 0, lines.paid_date.notnull(), lines.submitted_date.notnull()
    )
    taken = lines.paid_date.delta(lines.submitted_date, unit="day")
    held = lines.mutate(late=taken - limit)
    by_days = held.filter(held.late > 0).group_by("late").aggregate(
        total=lambda t: t.paid.sum(), lines=lambda t: t.count()
    )  # fmt: skip
    owed, count = Decimal(0), 0
    for row in records(practice, by_days):
        owed += exact(row["total"]) * INTEREST * int(row["late"]) / Decimal(36500)
        count += int(row["lines"])
    return _figure(
        f"Interest on what {payer} paid late", owed,
        f"paid x {INTEREST}% a year x days beyond the contract's {limit} days / 365"
        " (C.R.S. 10-16-106.5(5), confirm with counsel; a claim must have been clean)",
        payer, span, count,
    )  # fmt: skip


def _figure(name: str, amount: Decimal, words: str, payer: str, span: Period, lines: Any) -> Figure:
    where = f"{payer}, {span.start.isoformat()} to {span.end.isoformat()}"
    return Figure(
        name, to_cents(amount), "USD", Basis(words, (), "claim_lines", where, int(lines or 0))
    )


def _months_before(day: date, months: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, 28))


_WAYS: Mapping[str, Callable[[Practice, str, Term, Period], Figure | None]] = {
    "escalator": _standing_still,
    "lesser_of": _capped,
    "recoupment_lookback_months": _recoupable,
    "timely_filing_days": _filed_late,
    "clean_claim_days": _interest,
}
