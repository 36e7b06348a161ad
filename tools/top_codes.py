"""The codes that matter most: by how often, by dollars, or by dollars lost against Medicare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.evidence import Basis, Chart, Figure, Finding, Table, says
from knowledge.money import percent_of
from knowledge.problems import BadInput, NotKnown
from knowledge.selection import COUNTS, ColumnTest, Selection, Where, among, between
from tools.lines.business_lines import product_tests
from tools.lines.claim_totals import CodeTotal, code_totals
from tools.lines.left_out import period_where, short_claims
from tools.lines.lines_read import one_code
from tools.lines.waiting_lines import lines_waiting
from tools.period import Period, period_of
from tools.practice import Practice
from tools.rates.benchmark import Benchmark, Compared, benchmark_of, compared, together
from tools.rates.code_count import count_of_codes
from tools.rates.code_gaps import by_gap
from tools.rates.code_ranking import WAYS, Ranking, bracketed, details_of, next_steps, ranked
from tools.rates.rate_comparison import service
from tools.rates.rate_figures import COUNTING, count, rate_figures
from tools.registry import tool


@tool(
    label="Top codes",
    needs=["claim_lines"],
    asks=[
        "what are our top codes",
        "which codes do we bill most",
        "our most used CPT codes",
        "top 20 procedures by volume",
        "which services bring in the most money",
        "where do we lose the most against Medicare",
        "which codes should we negotiate on",
        "biggest codes by revenue",
        "most common visits we bill",
        "which codes are furthest below Medicare in dollars",
        "list our highest volume services",
        "what do we do most for this payer",
    ],
    examples=[
        "What are our top ten codes?",
        "Which codes lose us the most against Medicare at {payer}?",
        "Which codes bring in the most dollars?",
    ],
)
def top_codes(
    practice: Practice,
    *,
    payers: list[str] | None = None,
    top_n: int | None = None,
    by: str | None = None,
    period: str | None = None,
    product: str | None = None,
    codes: list[str] | None = None,
) -> Finding:
    """The leading codes by volume (units), allowed dollars, or dollars below Medicare (gap).

    Volume and allowed count all settings; the gap compares lines at the office rate with the
    latest Medicare year that has the practice's indices. Modifiers do not split a code. With
    codes: how many units and visits of those were billed.
    """
    payers = payers or None
    way = (by or "volume").strip().lower()
    if way not in WAYS:
        raise BadInput("by", f"“{by}” is no way to rank codes", f"choose {', '.join(WAYS)}")
    span, benchmark = period_of(period, practice), benchmark_of(practice, None, None)
    totals = code_totals(practice, span, payers=payers, product=product, places_of=benchmark.day)
    whose = " and ".join(practice.payers.short_name(p) for p in payers) if payers else "all payers"
    asked = Ranking(
        practice, span, benchmark, way, whose, _where(span, payers, product), tuple(payers or ())
    )
    rows = _by_code(totals, benchmark, "office" if way == "gap" else None)
    if not rows:
        raise NotKnown(
            what=f"no counting claim lines of {whose} are on file for {span.label}",
            do="choose another period or payer, or add their claims",
        )
    if codes and way != "gap":
        wanted = [code.upper() for code in codes]
        held = [row for row in ranked(rows, way) if row.code in wanted]
        return count_of_codes(asked, rows, held, wanted, product)
    shown = ranked(rows, way)[: max(1, top_n or 10)]
    return by_gap(asked, rows, shown, totals) if way == "gap" else _by_size(asked, rows, shown)


def _where(span: Period, payers: Sequence[str] | None, product: str | None) -> Where:
    words = f"{', '.join(payers) if payers else 'all payers and self-pay'}, {period_where(span)}"
    words += f", product {product}" if product else ""
    tests = [COUNTS, ColumnTest("code", "given"), *between("service_date", span.start, span.end)]
    tests += [among("payer", payers)] if payers else []
    tests += product_tests(product) if product else ()
    return Where(words, Selection("claim_lines", tuple(tests)))


def _by_code(
    totals: Sequence[CodeTotal], benchmark: Benchmark, setting: str | None
) -> list[Compared]:
    kept = [total for total in totals if setting in (None, total.setting)]
    rows = compared(kept, benchmark, None)
    blank: dict[str, Decimal] = {}
    for total in kept:
        blank[total.code] = blank.get(total.code, Decimal(0)) + total.blank_units
    summed = [
        together([row for row in rows if row.code == code], "", code)
        for code in dict.fromkeys(row.code for row in rows)
    ]
    if setting is not None:
        return [row for row in summed if row.lines]
    return [
        Compared(
            "", row.code, row.units + blank[row.code], row.allowed,
            row.priced_units, row.priced_allowed, row.worth, row.lines,
        )
        for row in summed
    ]  # fmt: skip


def _by_size(asked: Ranking, rows: Sequence[Compared], shown: Sequence[Compared]) -> Finding:
    whole = {
        "volume": _total(sum((r.units for r in rows), Decimal(0)), "units", "count", asked),
        "allowed": _total(sum((r.allowed for r in rows), Decimal(0)), "allowed", "USD", asked),
    }
    cells = [_cells(row, asked, whole[asked.by]) for row in shown]
    first, lead = shown[0], cells[0]
    of_shown = sum((cell.amount.number for cell in cells), Decimal(0))
    together_ = _share(of_shown, whole[asked.by], "The codes shown", asked)
    return Finding(
        headline=says(
            "{code}{what} leads {whose} by {way}: {amount}, {share} of the total.",
            code=first.code,
            what=bracketed(first.code),
            whose=asked.whose,
            way=WAYS[asked.by],
            amount=lead.amount,
            share=lead.share,
        ),
        sentences=(
            says(
                "Codes billed {period}: {codes}. The first {n} make up {share} of {total}{unit}.",
                n=count(len(shown), "Codes shown", "codes in the table", asked.where),
                share=together_,
                total=whole[asked.by],
                unit=" units" if asked.by == "volume" else " allowed",
                period=asked.span.during,
                codes=count(len(rows), "Codes billed", "codes with counting lines", asked.where),
            ),
        ),
        figures=(lead.amount, lead.share, together_),
        table=Table(
            f"A few codes carry most of the {WAYS[asked.by]}"
            if together_.number > 50
            else f"The leading codes by {WAYS[asked.by]}",
            ("Code", "Service", "Units", "Allowed (USD)", "Allowed per unit (USD)",
             f"Share of {WAYS[asked.by]}"),
            tuple((row.code, service(row.code), cell.units, cell.allowed, cell.rate, cell.share)
                  for row, cell in zip(shown, cells, strict=True)),
        ),
        chart=Chart(
            "bar", f"Leading codes by {WAYS[asked.by]}", cells[0].amount.unit,
            tuple(f"{row.code} {service(row.code)}".strip() for row in shown),
            {WAYS[asked.by]: tuple(cell.amount for cell in cells)},
        ),
        caveats=(
            *lines_waiting(asked.practice, asked.span, asked.payers),
            *short_claims(asked.practice, asked.span),
        ),
        next_steps=next_steps(asked),
        details=details_of(asked, shown),
        done=f"Ranked {len(rows)} codes by {WAYS[asked.by]}",
    )  # fmt: skip


@dataclass(frozen=True)
class _Cells:
    units: Figure
    allowed: Figure
    rate: Figure
    amount: Figure
    share: Figure


def _cells(row: Compared, asked: Ranking, whole: Figure) -> _Cells:
    held = rate_figures(
        row, asked.benchmark, None, one_code(row.code, asked.where), f"{row.code}, {asked.whose}"
    )
    amount = held.units if asked.by == "volume" else held.allowed
    share = Figure(
        f"{row.code}: share of {WAYS[asked.by]}",
        percent_of(amount.number, whole.number) if whole.number else Decimal(0),
        "percent",
        Basis("100 x the code's part / the total over all codes", (amount, whole)),
    )
    return _Cells(held.units, held.allowed, held.rate, amount, share)


def _total(amount: Decimal, what: str, unit: str, asked: Ranking) -> Figure:
    basis = Basis(f"sum of {what} over {COUNTING}", (), "claim_lines", asked.where)
    name = f"Total {what}, {asked.whose}"
    return Figure(name, amount, "USD" if unit == "USD" else "count", basis)


def _share(part: Decimal, whole: Figure, name: str, asked: Ranking) -> Figure:
    basis = Basis("100 x the sum of the codes shown / the total", (whole,), None, asked.where)
    value = percent_of(part, whole.number) if whole.number else Decimal(0)
    return Figure(f"{name}: share of {WAYS[asked.by]}", value, "percent", basis)
