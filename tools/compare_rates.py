"""What payers pay for each code, against Medicare and against each other."""

from __future__ import annotations

from knowledge.evidence import Finding, Sentence, says
from knowledge.problems import NotKnown
from tools.lines.claim_totals import code_totals, insurers
from tools.lines.waiting_lines import lines_waiting
from tools.period import period_of
from tools.practice import Practice
from tools.rates.altered_payments import altered_payments
from tools.rates.benchmark import (
    benchmark_of,
    setting_asked,
)
from tools.rates.compare_payer import compare_payer
from tools.rates.compare_payers import compare_payers
from tools.rates.contract_rate_lead import contract_first
from tools.rates.rate_comparison import Comparison
from tools.rates.schedule_rates import compare_schedules, payers_with_schedules
from tools.registry import tool

CONTRACT_RATE = "contract rate"


@tool(
    label="Rates against Medicare",
    needs=["claim_lines"],
    asks=[
        "how do our rates compare with Medicare",
        "what does this payer pay us for each code",
        "compare the payers with each other",
        "what percent of Medicare are we getting",
        "who pays us the least for office visits",
        "are we underpaid compared to Medicare",
        "which payer pays best for a level 4 visit",
        "rate comparison for our top codes",
        "how far below Medicare is this contract",
        "show me our fee schedule next to Medicare",
        "what are we paid for physicals",
        "how do their reimbursement rates stack up",
        "benchmark our commercial rates",
        "is this payer above or below the Medicare rate",
    ],
    examples=[
        "How do {payer}'s rates compare with Medicare?",
        "Which payer pays us least for {code}?",
        "Compare all payers on our top codes",
    ],
)
def compare_rates(
    practice: Practice,
    *,
    payers: list[str] | None = None,
    codes: list[str] | None = None,
    top_n: int | None = None,
    year: int | None = None,
    period: str | None = None,
    setting: str | None = None,
    locality: str | None = None,
    product: str | None = None,
    order: str | None = None,
    topic: str | None = None,
) -> Finding:
    """What payers allow per unit of each code, against a Medicare year and each other.

    Percent of Medicare is the sum of allowed over the sum of units x Medicare price on the
    same lines, never a mean of codes. Without codes or top_n all codes count. Payers with a
    fee schedule but no claims are compared by the schedule itself. Of several payers the lowest
    is named first, with order "highest" the one that pays best. With the topic "contract rate"
    the rates of the schedules and contracts on file lead, by product where they differ.
    """
    payers, codes = payers or None, [code.upper() for code in codes or ()] or None
    try:
        finding = _compared(practice, payers, codes, top_n, year, period, setting, locality,
                            product, order)  # fmt: skip
    except NotKnown as nothing:
        if topic != CONTRACT_RATE or not (payers and codes):
            raise
        finding = Finding(says("What was paid cannot be compared: {why}.", why=nothing.what))
    if topic != CONTRACT_RATE or not codes:
        return finding
    on = period_of(period, practice).end if period else practice.today
    whose = payers or sorted(payers_with_schedules(practice))
    return contract_first(practice, finding, whose, codes, on, setting_asked(setting), product)


def _compared(
    practice: Practice,
    payers: list[str] | None,
    codes: list[str] | None,
    top_n: int | None,
    year: int | None,
    period: str | None,
    setting: str | None,
    locality: str | None,
    product: str | None,
    order: str | None,
) -> Finding:
    benchmark, place = benchmark_of(practice, year, locality), setting_asked(setting)
    if not practice.tables.has("claim_lines"):
        return compare_schedules(practice, payers, codes, benchmark, place, product)
    span = period_of(period, practice)
    totals = code_totals(practice, span, payers=payers, product=product, places_of=benchmark.day)
    named = insurers(practice, (total.payer for total in totals))
    silent = [payer for payer in payers or () if payer not in named]
    if not named and payers and set(payers) & payers_with_schedules(practice):
        return compare_schedules(practice, payers, codes, benchmark, place, product)
    if not named:
        raise NotKnown(
            what=f"no counting claim lines of {', '.join(payers or ['any payer'])}"
            f" are on file for {span.label}",
            why="there is nothing to compare",
            do="choose another period, or add that payer's claims or fee schedule",
        )
    totals = tuple(total for total in totals if total.payer in named)
    highest = (order or "").strip().lower() in ("highest", "best", "most")
    asked = Comparison(practice, span, benchmark, place, codes, top_n, product, highest)
    notes = [
        *lines_waiting(practice, span, payers),
        *(_silent(payer, practice) for payer in silent),
        *altered_payments(practice, span, named, codes, product),
    ]
    if len(named) == 1:
        return compare_payer(asked, named[0], totals, notes)
    return compare_payers(asked, named, totals, notes)


def _silent(payer: str, practice: Practice) -> Sentence:
    has = payer in payers_with_schedules(practice)
    more = "; its fee schedule is on file and can be compared by itself" if has else ""
    return says(
        "No counting claim lines of {payer} are on file for this period{more}.",
        payer=practice.payers.short_name(payer),
        more=more,
    )
