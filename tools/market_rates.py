"""What a payer's published rates say of ours: percentiles by code, like for like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.evidence import Finding, Sentence, says
from knowledge.problems import MoreNeeded, NotKnown
from tools.lines.claim_totals import CodeTotal, code_totals
from tools.lines.left_out import period_where
from tools.market.comparable import Market, market_of, payers_published
from tools.market.market_figures import CodeRates, chart_of, code_rates, headline_of, table_of
from tools.market.market_notes import notes_of, worth_said
from tools.market.quotable import quotable
from tools.period import Period, period_of
from tools.practice import Practice
from tools.rates.benchmark import Benchmark, benchmark_of
from tools.rates.flat_rates import codes_asked
from tools.registry import tool


@dataclass(frozen=True)
class Ours:
    """Our own claims with the payer: office totals by code, and the period they are of."""

    totals: Sequence[CodeTotal]
    span: Period | None


@tool(
    label="Published rates",
    needs=["market_rates"],
    asks=[
        "what does this payer publish for our codes",
        "how do we compare with their published rates",
        "what do the transparency files say about our codes",
        "where do we stand in the public in-network file",
        "where do we stand in the payer's transparency in coverage file",
        "median negotiated rate for a code in the file I loaded",
        "percentiles of the negotiated rates I loaded",
        "which percentile are our rates at",
        "what do the published machine readable rates show",
        "are we below the median of what they publish",
        "rates of other groups by code from the public file",
    ],
    examples=["Where do our rates stand among those {payer} publishes?"],
)
def market_rates(
    practice: Practice,
    *,
    payer: str | None = None,
    codes: list[str] | None = None,
    year: int | None = None,
    period: str | None = None,
) -> Finding:
    """A payer's published rates by code: percentiles over distinct groups, beside ours and
    Medicare.

    Only office rates in dollars, professional, in force and without modifier are compared;
    each tax id counts once, by the median of its rates. Fewer than five groups give no
    percentile. Ours is the effective rate with the same payer.
    """
    if not practice.tables.has("market_rates"):
        return quotable()
    name = _payer(practice, payer)
    benchmark = benchmark_of(practice, year, None)
    market = market_of(practice, name, codes_asked(codes), benchmark)
    short = practice.payers.short_name(name)
    if not market.rates:
        raise NotKnown(
            f"None of {short}'s {market.rows:,} published rates"
            + (" of these codes" if codes else "") + " can stand beside yours",
            "; ".join(f"{n:,} {why}" for why, n in market.left_out.items()),
            "load a cut of the payer's file with professional office rates of your codes",
        )  # fmt: skip
    ours = _ours(practice, name, period, list(market.rates), benchmark)
    where = f"{name}, {period_where(ours.span)}" if ours.span else ""
    rows = code_rates(market, ours.totals, where, short, benchmark)
    return _finding(name, short, market, rows, ours, benchmark)


def _payer(practice: Practice, payer: str | None) -> str:
    held = payers_published(practice)
    if payer in held:
        return str(payer)
    if not held or payer is not None:
        whose = f" of {practice.payers.short_name(payer)}" if payer else " with a payer's name"
        raise NotKnown(
            f"No published rates{whose} are on file",
            f"they are for {', '.join(held)}" if held else "the file names no payer",
            "add that payer's in-network file, cut to your codes, as CSV or JSON"
            if held else "load the file again and choose its payer",
        )  # fmt: skip
    if len(held) > 1:
        raise MoreNeeded("payer", "payer", "Whose published rates?", tuple(held))
    return held[0]


def _ours(
    practice: Practice, payer: str, period: str | None, codes: list[str], benchmark: Benchmark
) -> Ours:
    if not practice.tables.has("claim_lines"):
        return Ours((), None)
    span = period_of(period, practice)
    totals = code_totals(practice, span, payers=[payer], codes=codes, places_of=benchmark.day)
    office = [each for each in totals if each.setting == "office" and not each.component]
    return Ours(office, span)


def _finding(
    payer: str,
    short: str,
    market: Market,
    rows: Sequence[CodeRates],
    ours: Ours,
    benchmark: Benchmark,
) -> Finding:
    worth, said = worth_said(rows, short, ours.span)
    told = [row for row in rows if row.marks]
    period: dict[str, str] = {}
    if ours.span:
        period = {"period": ours.span.label, "period_start": ours.span.start.isoformat(),
                  "period_end": ours.span.end.isoformat()}  # fmt: skip
    return Finding(
        headline=headline_of(rows, short, benchmark),
        sentences=(*said, *_without_ours(rows, short)),
        figures=tuple(f for row in told for f in (row.median, row.ours) if f is not None),
        table=table_of(rows, short, benchmark),
        chart=chart_of(told, short),
        caveats=notes_of(market, rows, short, ours.span),
        next_steps=(
            f"How do {short}'s rates compare with Medicare?",
            f"What would 5% more from {short} be worth?",
            "What does the guide say about market rates?",
        ),
        details={
            "payer": payer, "payers": [payer], "codes": [row.code for row in rows],
            "year": benchmark.year, "locality": benchmark.locality,
            "worth": worth.id if worth else None, **period,
        },
        done=f"Compared {sum(Decimal(len(row.rates)) for row in rows):,} groups' rates"
        f" of {len(rows)} codes",
    )  # fmt: skip


def _without_ours(rows: Sequence[CodeRates], short: str) -> list[Sentence]:
    if any(row.ours for row in rows):
        return []
    return [says("Your own claims with {short} hold none of these codes, so nothing of yours stands"
                 " beside them.", short=short)]  # fmt: skip
