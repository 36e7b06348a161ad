"""Each measure of the definitions by the name that questions use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from evals.messy import truth_of_care, truth_of_denials, truth_of_mix, truth_of_rates
from evals.messy.truth import Expected, Truth

MEASURES: dict[str, Callable[..., list[Expected]]] = {
    "amount": truth_of_mix.amount,
    "share": truth_of_mix.share,
    "kind_share": truth_of_mix.kind_share,
    "first": truth_of_mix.first,
    "product": truth_of_mix.product,
    "medicare_percent": truth_of_rates.medicare_percent,
    "extreme": truth_of_rates.extreme,
    "rate": truth_of_rates.rate,
    "medicare": truth_of_rates.medicare_price,
    "contract": truth_of_rates.contract,
    "gap": truth_of_rates.gap,
    "top": truth_of_mix.top,
    "underpaid": truth_of_rates.underpaid,
    "underpaid_lines": truth_of_rates.underpaid_lines,
    "overpaid": truth_of_rates.overpaid,
    "raise": truth_of_rates.raised,
    "at_medicare": truth_of_rates.at_medicare,
    "flat": truth_of_rates.flat,
    "quality": truth_of_care.quality,
    "quality_gap": truth_of_care.quality_gap,
    "quality_patients": truth_of_care.quality_patients,
    "utilization": truth_of_care.utilization,
    "cost_per_visit": truth_of_care.cost_per_visit,
    "costs": truth_of_care.costs,
    "member_months": truth_of_care.member_months_of,
    "break_even": truth_of_care.break_even,
    "unseen": truth_of_care.unseen,
    "shared": truth_of_care.shared,
    "denial_rate": truth_of_denials.denial_rate,
    "denied": truth_of_denials.denied,
    "denied_billed": truth_of_denials.denied_billed,
    "days": truth_of_denials.days,
    "out_of_network": truth_of_mix.out_of_network,
    "two_payers": truth_of_mix.two_payers,
    "two_periods": truth_of_mix.two_periods,
    "ranking": truth_of_mix.ranking,
    "share_without": truth_of_mix.share_without,
    "amount_without": truth_of_mix.amount_without,
    "kind_amount": truth_of_mix.kind_amount,
    "products": truth_of_mix.products,
    "rate_then_now": truth_of_rates.rate_then_now,
    "rates_of_two": truth_of_rates.rates_of_two,
    "medicare_percents": truth_of_rates.medicare_percents,
    "product_percent": truth_of_rates.product_percent,
    "top_gap": truth_of_rates.top_gap,
    "underpaid_in": truth_of_rates.underpaid_in,
    "most_underpaid": truth_of_rates.most_underpaid,
    "top_reason": truth_of_denials.top_reason,
    "most_denied": truth_of_denials.most_denied,
    "slowest": truth_of_denials.slowest,
    "quality_years": truth_of_care.quality_years,
    "utilization_years": truth_of_care.utilization_years,
    "cost_of": truth_of_care.cost_of,
    "pmpm": truth_of_care.pmpm,
    "capitation": truth_of_care.capitation,
    "unlisted": truth_of_care.unlisted,
    "unknown": truth_of_care.unknown,
}


def expected(truth: Truth, name: str, *args: Any) -> list[Expected]:
    """What the answer to a question about a measure must hold."""
    return MEASURES[name](truth, *args)


def family(name: str) -> str:
    """What a measure is about, for a report's rows: mix, rates, care, denials or not on file."""
    if name == "unknown":
        return "what is not on file"
    return MEASURES[name].__module__.rpartition("_of_")[2]
