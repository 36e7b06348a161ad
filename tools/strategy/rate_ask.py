"""The ask on rates: where a payer stands, the standard it is held to, and three priced levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.evidence import Basis, Figure, Sentence, says
from knowledge.money import percent_of
from knowledge.problems import BadInput, NotKnown
from tools.lines.claim_totals import CodeTotal, code_totals, insurers
from tools.lines.left_out import period_where
from tools.model_fee_change import model_fee_change
from tools.period import Period
from tools.practice import Practice
from tools.rates.benchmark import Benchmark, benchmark_of, compared, together
from tools.rates.rate_figures import rate_figures
from tools.strategy.asks import Ask
from tools.strategy.rules import Levels, around, levels_for, rules, standard_of

COMMERCIAL = "commercial"
CONFIDENTIAL = "confidential: never shown to a payer"


@dataclass(frozen=True)
class RateStanding:
    """Where a payer's rates stand; percents of the same Medicare year, office lines.

    others: the practice's other commercial payers in one ratio of sums, None where there are
    none or they are not the standard. gap: percent of today's rates that leads to the standard,
    zero or below where it is met. product: "commercial" where only such lines were compared;
    in_part: whether the payer has other lines beside them.
    """

    payer: str
    benchmark: Benchmark
    percent: Figure | None
    others: Figure | None
    standard: Figure | None
    gap: Figure | None
    product: str | None
    in_part: bool = False


def rate_standing(practice: Practice, payer: str, span: Period) -> RateStanding:
    """The payer's percent of Medicare beside its standard; without lines or prices, None."""
    business = practice.payers.line_of_business(payer) or COMMERCIAL
    held = standard_of(business)
    benchmark = benchmark_of(practice, None, None)
    product = COMMERCIAL if business == COMMERCIAL else None
    totals = code_totals(practice, span, product=product, places_of=benchmark.day)
    short = practice.payers.short_name(payer)
    own = _percent(practice, [payer], totals, benchmark, span, short)
    if own is None or held == "none":
        return RateStanding(payer, benchmark, own, None, None, None, product)
    others = None
    if held == "others":
        rest = [
            name for name in insurers(practice, (t.payer for t in totals))
            if name != payer and practice.payers.line_of_business(name) == COMMERCIAL
        ]  # fmt: skip
        name = f"Our other commercial payers together ({CONFIDENTIAL})"
        others = _percent(practice, rest, totals, benchmark, span, name) if rest else None
    medicare = Figure("Medicare itself", Decimal(100), "percent",
                      Basis(f"the reference, {benchmark.label('office')}"), places=0)  # fmt: skip
    standard = others if others is not None and others.number > 100 else medicare
    gap = Figure(
        f"{short}: raise that leads to the standard",
        percent_of(standard.number - own.number, own.number),
        "percent",
        Basis("100 x (standard - percent now) / percent now", (standard, own)),
    )
    whole = sum(t.lines for t in code_totals(practice, span, payers=[payer]))
    in_part = whole > sum(t.lines for t in totals if t.payer == payer)
    return RateStanding(payer, benchmark, own, others, standard, gap, product, in_part)


def rate_levels(
    practice: Practice,
    standing: RateStanding,
    span: Period,
    percent: Decimal | None,
    of_medicare: Decimal | None,
) -> Levels | None:
    """The levels by the rule, or around what the user named; None where no raise is asked."""
    if percent is not None:
        return around(Decimal(str(percent)))
    if of_medicare is not None:
        found = model_fee_change(
            practice, payer=standing.payer, percent_of_medicare=of_medicare, period=span.label,
            product=standing.product,
        )  # fmt: skip
        known = {figure.id: figure for figure in found.all_figures()}
        asked = known[found.details["relative"]].number
        if asked <= 0:
            raise BadInput(
                "percent_of_medicare",
                f"{of_medicare.normalize():f}% lies at or below what it pays now",
                "name a higher target, or none and it follows from our rule",
            )
        return around(max(asked.quantize(Decimal("0.1")), Decimal("0.1")))
    return levels_for(standing.gap.number) if standing.gap is not None else None


def rate_ask(
    practice: Practice,
    standing: RateStanding,
    span: Period,
    levels: Levels,
    what: str,
    named: bool,
    more: Sequence[Sentence] = (),
) -> Ask | None:
    """The ask with each level priced by model_fee_change; None where no line can be repriced."""
    short = practice.payers.short_name(standing.payer)
    worths = _worths(practice, standing, span, levels)
    if worths is None:
        return None
    why = "as you named it" if named else str(rules()["source"])
    shown = {
        name: Figure(
            f"{short}: {label} on rates", value, "percent", Basis(why),
            places=max(0, -int(value.normalize().as_tuple().exponent)),
        )
        for name, label, value in (
            ("opening", "opening", levels.opening),
            ("target", "target", levels.target),
            ("walk_away", "least to take", levels.walk_away),
        )
    }  # fmt: skip
    return Ask(
        "rates", what, shown["opening"], shown["target"], shown["walk_away"],
        (*_where_it_stands(standing, short), *more), worths["target"], "a year", "high", "rates",
        worths=(worths["opening"], worths["target"], worths["walk_away"]),
    )  # fmt: skip


def _worths(
    practice: Practice, standing: RateStanding, span: Period, levels: Levels
) -> Mapping[str, Figure] | None:
    short = practice.payers.short_name(standing.payer)
    made: dict[str, Figure] = {}
    for name in ("opening", "target", "walk_away"):
        percent = getattr(levels, name)
        try:
            found = model_fee_change(practice, payer=standing.payer, percent=percent,
                                     period=span.label, product=standing.product)  # fmt: skip
        except NotKnown:
            return None
        known = {figure.id: figure for figure in found.all_figures()}
        worth = known[found.details["worth"]]
        made[name] = Figure(
            f"{short}: worth of the {name.replace('_', '-')} a year", worth.number, "USD",
            Basis(f"what {percent.normalize():f}% more brings in a year", (worth,)),
        )  # fmt: skip
    return made


def _where_it_stands(standing: RateStanding, short: str) -> list[Sentence]:
    if standing.percent is None:
        return []
    label = standing.benchmark.label("office")
    if standing.others is None:
        return [says("{short} pays {now} of {label}.", short=short, now=standing.percent,
                     label=label)]  # fmt: skip
    return [
        says(
            "{short} pays {now} of {label}; your other commercial payers together pay {others}"
            " (confidential: for you alone).",
            short=short, now=standing.percent, label=label, others=standing.others,
        )
    ]  # fmt: skip


def _percent(
    practice: Practice, payers: Sequence[str], totals: Sequence[CodeTotal], benchmark: Benchmark,
    span: Period, name: str,
) -> Figure | None:  # fmt: skip
    rows = compared([t for t in totals if t.payer in payers], benchmark, "office")
    if not rows:
        return None
    where = f"{', '.join(payers)}, office, {period_where(span)}"
    return rate_figures(together(rows, name), benchmark, "office", where, name).percent
