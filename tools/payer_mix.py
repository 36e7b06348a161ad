"""Each payer's part of the practice: payments, allowed, charges, visits, volume or patients."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from knowledge.evidence import Finding, Sentence, says
from knowledge.problems import BadInput, NotKnown
from tools.lines.business_lines import asked_business
from tools.lines.left_out import short_claims
from tools.lines.waiting_lines import lines_waiting
from tools.mix.mix import Mix
from tools.mix.mix_parts import BUSINESS, Part, named, no_insurer, parts_of
from tools.mix.mix_sentences import (
    change,
    concentration,
    each_of,
    headline,
    left_out,
    lines_of_business,
    patients_owe,
    together,
    without_contract,
)
from tools.mix.mix_shown import mix_chart, mix_table
from tools.mix.openings import openings
from tools.mix.payer_sums import LEVELS, WAYS, Sum, payer_sums
from tools.period import claimed_days, period_of, split_step, versus
from tools.practice import Practice
from tools.registry import tool
from tools.trends.periods import Trend, a_year_earlier, trend_of

LAY = {"revenue": "payments", "income": "payments", "collections": "payments", "paid": "payments",
       "billed": "charges", "units": "volume", "members": "patients"}  # fmt: skip
LAY_LEVELS = {"payers": "payer", "insurer": "payer", "products": "product", "plan": "product",
              "plans": "product", "lob": "line_of_business", "business": "line_of_business",
              "line": "line_of_business", "lines_of_business": "line_of_business"}  # fmt: skip


@tool(
    label="Payer mix",
    needs=["claim_lines"],
    asks=[
        "what is our payer mix",
        "who pays us most",
        "how much of our revenue comes from each payer",
        "which insurer is our biggest",
        "share of payments by payer",
        "how dependent are we on this payer",
        "what part of our income is commercial",
        "percent of visits by insurance",
        "how many patients does each payer have with us",
        "which payers do we have no contract with",
        "break down revenue by insurance company",
        "how much self-pay do we have",
        "payer mix by product",
        "mix by line of business",
        "how has our payer mix changed since last year",
        "which payers are we out of network with",
        "how concentrated is our revenue",
    ],
    examples=["What is our payer mix?", "How much of our revenue comes from {payer}?"],
)
def payer_mix(
    practice: Practice,
    *,
    by: str | None = None,
    level: str | None = None,
    period: str | None = None,
    payers: list[str] | None = None,
    product: str | None = None,
    without: list[str] | None = None,
    order: str | None = None,
) -> Finding:
    """Each payer's share of payments (default), allowed, charges, visits, volume or patients.

    Shares are of the total over all payers and self-pay, by date of service. Payments are
    what insurers paid on primary and secondary lines net of reversals; what patients owe
    is named apart. Level: payer (default), product or line_of_business. Shares a year
    before stand beside, and "by quarter" or "2025 vs 2026" shows each stretch. Payers
    without a contract on file are named as openings. without: payers or lines of business
    (Medicaid, self-pay) left out of the whole. order: lowest names the smallest first.
    """
    less = tuple(without or ())
    way, part_of = _words(by, level)
    business = asked_business(product) if not level or part_of == "line_of_business" else None
    if business and not payers:
        part_of, product = "line_of_business", None
    trend = _stretches(practice, period)
    sums = payer_sums(practice, trend, part_of, way, product, less)
    mix = _mix(practice, trend, part_of, way, sums, product, less)
    if not any(part.lines for part in mix.now.values()):
        raise NotKnown(
            f"no claim lines are on file for {mix.span.label}", do="choose another period"
        )
    if not mix.total.number:
        raise NotKnown(
            what=f"the claims of {mix.span.label} give no {mix.way.words}",
            do="choose another way to divide, e.g. allowed or charges",
        )
    if business and part_of == "line_of_business" and (business,) not in mix.now:
        raise NotKnown(
            f"no lines of {BUSINESS[business]} are on file for {mix.span.label}",
            "lines of business on file: "
            + ", ".join(named(key, part_of) for key in mix.now if key[0]),
            "choose another period",
        )
    named = payers if part_of != "line_of_business" else [business] if business else None
    return _finding(practice, mix, named, product, (order or "").lower() == "lowest")


def _words(by: str | None, level: str | None) -> tuple[str, str]:
    """The way and the level that the words name; a level may be said as `by`."""
    word = (by or "").strip().lower().replace(" ", "_")
    told = (level or "").strip().lower().replace(" ", "_")
    if not told and LAY_LEVELS.get(word, word) in LEVELS:
        word, told = "", word
    way, part_of = LAY.get(word, word or "payments"), LAY_LEVELS.get(told, told or "payer")
    if way not in WAYS:
        raise BadInput("by", f"“{by}” is no way to divide", f"choose {', '.join(WAYS)}")
    if part_of not in LEVELS:
        raise BadInput("level", f"“{level}” is no level", f"choose {', '.join(LEVELS)}")
    return way, part_of


def _stretches(practice: Practice, period: str | None) -> Trend:
    """The stretches asked for; else the period, with the same months a year before if held."""
    words, step = split_step(period or "")
    if step or versus(words):
        return trend_of(period, practice)
    span = period_of(period, practice)
    before = a_year_earlier(span)
    held = claimed_days(practice)[0] <= before.start + timedelta(7)
    return Trend((before, span) if held and span.months <= 12 else (span,))


def _mix(
    practice: Practice, trend: Trend, level: str, name: str, sums: Sequence[Sum],
    product: str | None, without: Sequence[str],
) -> Mix:  # fmt: skip
    way = WAYS[name]
    found = [
        parts_of(practice, [s for s in sums if s.stretch == at], level, way, span, product, without)
        for at, span in enumerate(trend.periods)
    ]
    now = found[-1][0]
    owed = sum((s.owed for s in sums if s.stretch == len(trend.periods) - 1), Decimal(0))
    none = openings(practice, [p.payer for p in now.values() if p.amount.number])
    return Mix(level, name, way, trend, [parts for parts, _ in found], [t for _, t in found],
               owed, none if level == "payer" else (), tuple(without))  # fmt: skip


def _finding(
    practice: Practice, mix: Mix, payers: Sequence[str] | None, product: str | None,
    smallest: bool,
) -> Finding:  # fmt: skip
    asked = [key for key in mix.now if key[0] in (payers or ())]
    lead = mix.now[asked[0] if asked else _leading(practice, mix, smallest)]
    ranked = "smallest" if smallest else "largest"
    return Finding(
        headline=headline(practice, lead, bool(asked), mix, ranked),
        sentences=(
            *each_of(practice, [mix.now[key] for key in asked], mix),
            *together(practice, [mix.now[key] for key in asked], mix),
            *left_out(practice, mix),
            *change(practice, lead, mix),
            *concentration(practice, mix),
            *lines_of_business(practice, mix, product),
            *patients_owe(mix),
            *without_contract(practice, mix),
        ),
        figures=(lead.share, lead.amount, mix.total),
        table=mix_table(practice, mix),
        chart=mix_chart(practice, mix),
        caveats=(
            *_missing(practice, payers, mix),
            *lines_waiting(practice, mix.span),
            *short_claims(practice, mix.span),
        ),
        next_steps=_steps(practice, lead, mix),
        details={
            "by": mix.name,
            "level": mix.level,
            "product": product,
            "without": list(mix.without),
            "payers": list(dict.fromkeys(p.payer for p in mix.now.values()))
            if mix.level != "line_of_business" else [],
            "payer": lead.payer if mix.level != "line_of_business" else None,
            "period": mix.span.label,
            "period_start": mix.span.start.isoformat(),
            "period_end": mix.span.end.isoformat(),
            "periods": [period.label for period in mix.trend.periods],
            "total": mix.total.id,
            "amounts": {_id(mix, p): p.amount.id for p in mix.now.values()},
            "shares": {_id(mix, p): p.share.id for p in mix.now.values()},
            "openings": list(mix.openings),
        },
        done=f"Divided {mix.total.shown()} of {mix.way.words} among {len(mix.now)} "
        + {"payer": "payers", "product": "products"}.get(mix.level, "lines of business"),
    )  # fmt: skip


def _id(mix: Mix, part: Part) -> str:
    return part.payer if mix.level == "payer" else named(part.key, mix.level)


def _leading(practice: Practice, mix: Mix, smallest: bool) -> tuple[str, ...]:
    """The part to begin with: the largest insurer, or the smallest that has anything."""
    insured = [
        key
        for key, part in mix.now.items()
        if mix.level == "line_of_business" or (key[0] and not no_insurer(practice, key[0]))
        if not smallest or part.amount.number > 0
    ]
    by_size = reversed(insured) if smallest else iter(insured)
    return next(by_size, next(iter(mix.now)))


def _missing(practice: Practice, payers: Sequence[str] | None, mix: Mix) -> list[Sentence]:
    if mix.level == "line_of_business":
        return []
    there = {part.payer for part in mix.now.values()}
    return [
        says(
            "No claim lines of {payer} are on file for {period}.",
            payer=practice.payers.short_name(payer),
            period=mix.span.label,
        )
        for payer in payers or ()
        if payer not in there
    ]


def _steps(practice: Practice, lead: Part, mix: Mix) -> tuple[str, ...]:
    if mix.level == "line_of_business":
        return ("What is our payer mix?", "Show the payer mix by visits")
    payer = practice.payers.short_name(lead.payer)
    first = f"How do {payer}'s rates compare with Medicare?"
    more = [f"What do we bill most to {practice.payers.short_name(mix.openings[0])}?"
            for _ in mix.openings[:1]]  # fmt: skip
    return (first, "Which payer pays us least against Medicare?", *more,
            "Show the payer mix by visits")  # fmt: skip
