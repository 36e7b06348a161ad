"""Lines allowed below the contract rate in force on their date, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from knowledge.evidence import Finding
from knowledge.problems import BadInput, NotKnown
from tools.lines.claim_totals import chosen, exact, insurers, records
from tools.period import Period, period_of
from tools.practice import Practice
from tools.registry import tool
from tools.schedules.contract_rate import fee_schedules
from tools.schedules.expected_rates import KEY, Kind, RateLookup, keyed, kind_of, rate_table
from tools.schedules.lesser_of_charges import pays_lesser
from tools.schedules.medicare_on_file import medicare_of
from tools.schedules.rate_eras import Eras, eras_of
from tools.schedules.schedule_row import Schedule
from tools.underpayments.causes import blamed
from tools.underpayments.finding import underpayment_finding
from tools.underpayments.found import Compared
from tools.underpayments.underpaid_lines import (
    CENT,
    alike,
    compared_alike,
    compared_lines,
    likely,
    priced_lines,
    single_lines,
    with_reasons,
)

LISTED, MOST_ALIKE = 200, 20_000


@tool(
    label="Underpayments",
    needs=["claim_lines"],
    asks=[
        "find underpayments",
        "is this payer paying what the contract says",
        "did they underpay us",
        "which claims were paid below the contract rate",
        "check our payments against the fee schedule",
        "how much do they owe us",
        "audit the payments against our contract",
        "which lines were paid wrong",
        "were we paid by the old fee schedule",
        "list the claims we should dispute",
        "are we getting our contracted rate",
        "how much were we shorted",
    ],
    examples=[
        "Is {payer} paying what the contract says?",
        "Which claims were paid below the contract rate?",
        "Was {code} underpaid by {payer}?",
    ],
)
def find_underpayments(
    practice: Practice,
    *,
    payers: list[str] | None = None,
    codes: list[str] | None = None,
    period: str | None = None,
    product: str | None = None,
    tolerance: Decimal | None = None,
) -> Finding:
    """Counting lines allowed below contract rate x units, by payer, code and likely cause.

    The rate is the one in force on the date of service for payer, product, code, modifier
    and setting, from the fee schedule on file or the contract's own table. Compared on
    allowed, never on paid; everything loaded counts unless a period is named. Lines reduced
    for a stated reason, and lines paid above the rate, stand apart. tolerance: USD a line
    may fall short without being named, a cent unless given.
    """
    least = CENT if tolerance is None else Decimal(str(tolerance))
    if least < CENT:
        raise BadInput("tolerance", "it is less than a cent", "give an amount in dollars")
    wanted = [code.upper() for code in codes or ()] or None
    span = period_of(period or "everything", practice)
    rows = fee_schedules(practice, payers or None)
    schedule = Schedule(rows)
    named = _payers(practice, payers, schedule, span)
    lines = chosen(practice, span, payers=named, codes=wanted, product=product)
    eras = eras_of(rows, span.start, span.end)
    counting = lines.filter(lines.counts, lines.code.notnull(), lines.allowed.notnull())
    lines_keyed = with_reasons(keyed(counting, eras))
    rows_alike = records(practice, alike(lines_keyed, MOST_ALIKE + 1))
    few = len(rows_alike) <= MOST_ALIKE
    kinds = _weighed(rows_alike, eras) if few else _weighed_in_engine(practice, lines_keyed, eras)
    lookup = RateLookup(schedule, practice.locality, medicare_of(practice))
    expected = [lookup.expected(kind) for kind in kinds]
    weights = list(kinds.values())
    if not any(each.rate for each in expected):
        raise NotKnown(
            what=f"none of the claim lines of {span.label} has a contract rate to compare with",
            why=next((each.why_none for each in expected), "there are no counting lines"),
            do="add the payer's fee schedule, or its contract with the fee exhibit",
        )
    rates = rate_table(expected, eras)
    if few:
        place = {kind: number for number, kind in enumerate(kinds)}
        numbers = [place[kind_of(row, eras)] for row in rows_alike]
        groups, sums = compared_alike(rows_alike, numbers, [e.rate for e in expected], least)
    else:
        groups, sums = compared_lines(practice, priced_lines(lines_keyed, rates), least)
    others = {}
    for number in {group.kind for group in groups}:
        rate = expected[number].rate
        assert rate is not None
        others[number] = lookup.others(expected[number].kind, rate)
    lesser = pays_lesser(practice, named)
    found = Compared(
        practice, span, tuple(named), wanted, product, least, expected, weights, sums,
        blamed(groups, expected, lambda number: others[number], lesser), rows,
    )  # fmt: skip
    owed = [(each.group, each.expected.kind.code) for each in found.owed]
    listed = []
    if owed:
        few_lines = likely(lines_keyed, [g for g, _ in owed], [c for _, c in owed], LISTED)
        listed = single_lines(practice, priced_lines(few_lines, rates), least, LISTED)
    return underpayment_finding(found, listed, lines)


def _weighed(rows: Iterable[Mapping[str, Any]], eras: Eras) -> dict[Kind, tuple[int, Decimal]]:
    """Lines and allowed USD of each kind, from rows alike."""
    found: dict[Kind, tuple[int, Decimal]] = {}
    for row in rows:
        kind, lines = kind_of(row, eras), int(row["lines"])
        before = found.get(kind, (0, Decimal(0)))
        found[kind] = before[0] + lines, before[1] + exact(row["allowed"]) * lines
    return found


def _weighed_in_engine(
    practice: Practice, lines: Any, eras: Eras
) -> dict[Kind, tuple[int, Decimal]]:
    """The same where the rows alike are too many to be looked at one by one."""
    grouped = lines.group_by(list(KEY)).aggregate(n=lines.count(), allowed=lines.allowed.sum())
    return {
        kind_of(row, eras): (int(row["n"]), exact(row["allowed"]))
        for row in records(practice, grouped)
    }


def _payers(
    practice: Practice, payers: Sequence[str] | None, schedule: Schedule, span: Period
) -> list[str]:
    """The payers to look at: those asked about, or every insurer with rates on file."""
    held = schedule.payers()
    known = [payer for payer in payers or insurers(practice, held) if payer in held]
    if known:
        return known
    who = " and ".join(practice.payers.short_name(payer) for payer in payers or ())
    raise NotKnown(
        what=f"no contract rates of {who or 'any payer'} are on file",
        why="a payment can only be checked against a fee schedule or a contract's fee exhibit",
        do="add the payer's fee schedule, or its contract",
    )
