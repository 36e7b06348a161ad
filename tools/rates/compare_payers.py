"""Several payers side by side: the rate of each code, and each payer's percent of Medicare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.evidence import Chart, Figure, Finding, Sentence, Table, says
from knowledge.problems import NotKnown
from knowledge.selection import among
from tools.lines.claim_totals import CodeTotal
from tools.lines.left_out import other_setting, short_claims, unpaid, unpriced, without_amount
from tools.lines.lines_read import one_code
from tools.rates.benchmark import Compared, compared, together
from tools.rates.rate_comparison import Comparison, hundred, service
from tools.rates.rate_figures import RateFigures, count, rate_figures


def compare_payers(
    asked: Comparison,
    payers: Sequence[str],
    totals: Sequence[CodeTotal],
    notes: Sequence[Sentence],
) -> Finding:
    """The finding for two payers or more, lowest percent of Medicare first."""
    every = compared(totals, asked.benchmark, asked.setting)
    ranked = _by_code(every)
    codes = [row.code for row in asked.picked(ranked)]
    held = {(row.payer, row.code): row for row in every if row.code in codes}
    whole = {payer: _whole(asked, payer, held, codes) for payer in payers}
    order = sorted(
        (payer for payer in payers if whole[payer].percent),
        key=lambda payer: _percent(whole[payer]).number,
    )
    if not order:
        raise NotKnown(
            what="Medicare prices none of the codes asked about",
            why=asked.why_nothing([row for row in ranked if row.code in codes]),
            do="name other codes, or another Medicare year",
        )
    short = {payer: asked.practice.payers.short_name(payer) for payer in payers}
    cells = {
        key: rate_figures(
            row, asked.benchmark, asked.setting,
            one_code(row.code, asked.where(row.payer)), f"{short[row.payer]} {row.code}",
        )
        for key, row in held.items()
    }  # fmt: skip
    rows = [row for row in ranked if row.code in codes]
    where = asked.where(*payers)
    return Finding(
        headline=_headline(asked, order, whole, short),
        sentences=(*_largest(order, whole, short), *_single(order, cells, codes, short)),
        figures=tuple(_percent(whole[payer]) for payer in order),
        table=_table(asked, order, whole, cells, codes, short),
        chart=Chart(
            "bar",
            f"Percent of {asked.benchmark.label(asked.setting)} by payer",
            "percent",
            tuple(short[payer] for payer in order),
            {"Payer": tuple(_percent(whole[payer]) for payer in order)},
            ("Medicare", hundred()),
        ),
        caveats=(
            *notes,
            *asked.missing(rows, "The payers"),
            *unpriced(rows, asked.benchmark, where),
            *other_setting(asked.of_codes(totals, rows), asked.setting, asked.benchmark, where),
            *unpaid(rows, asked.benchmark, where),
            *without_amount(asked.of_codes(totals, rows), where),
            *short_claims(asked.practice, asked.span),
        ),
        next_steps=(
            f"How do {short[order[0]]}'s rates compare with Medicare, code by code?",
            f"What would it be worth if {short[order[0]]} paid 100% of Medicare?",
            "Who pays us the most?",
            f"What does our {short[order[0]]} contract say about the fee schedule?",
        ),
        details={
            **asked.details(order, rows),
            "payer": order[0],
            "percent_of_medicare": {p: _percent(whole[p]).id for p in order},
            "allowed": {p: whole[p].allowed.id for p in order},
            "worth": {p: f.id for p in order if (f := whole[p].worth)},
            "top_codes": [{"code": code, "service": service(code)} for code in codes[:10]],
        },
        done=f"Compared rates of {len(order)} payers, codes: {len(codes)}",
    )


def _by_code(rows: Sequence[Compared]) -> list[Compared]:
    codes = dict.fromkeys(row.code for row in rows)
    summed = [together([r for r in rows if r.code == code], "", code) for code in codes]
    return sorted(summed, key=lambda row: (-row.allowed, row.code))


def _whole(
    asked: Comparison, payer: str, held: Mapping[tuple[str, str], Compared], codes: Sequence[str]
) -> RateFigures:
    rows = [held[payer, code] for code in codes if (payer, code) in held]
    name = asked.practice.payers.short_name(payer)
    total = together(rows, payer)
    where = asked.where(payer).narrowed("", among("code", codes))
    return rate_figures(total, asked.benchmark, asked.setting, where, name)


def _percent(held: RateFigures) -> Figure:
    assert held.percent is not None
    return held.percent


def _headline(
    asked: Comparison,
    order: Sequence[str],
    whole: Mapping[str, RateFigures],
    short: Mapping[str, str],
) -> Sentence:
    low, high = order[0], order[-1]
    if low == high:
        return says(
            "{low} pays you {percent} of {label}{scope}; no other payer has such lines.",
            low=short[low],
            percent=_percent(whole[low]),
            label=asked.benchmark.label(asked.setting),
            scope=asked.scope().replace(" there", ""),
        )
    order = "{low} pays you least, {lowest} of {label}{scope}, and {high} most, {highest}."
    if asked.highest_first:
        order = "{high} pays you most, {highest} of {label}{scope}, and {low} least, {lowest}."
    return says(
        order,
        low=short[low],
        lowest=_percent(whole[low]),
        label=asked.benchmark.label(asked.setting),
        scope=asked.scope().replace(" there", ""),
        high=short[high],
        highest=_percent(whole[high]),
    )


def _largest(
    order: Sequence[str], whole: Mapping[str, RateFigures], short: Mapping[str, str]
) -> list[Sentence]:
    below = [payer for payer in order if _percent(whole[payer]).number < 100]
    losing = [(f.number, payer, f) for payer in below if (f := whole[payer].gap)]
    if not losing:
        return [says("All of them pay Medicare or more.")]
    _, payer, gap = max(losing, key=lambda each: each[:2])
    return [
        says(
            "Payers below Medicare: {below} of {all}; most dollars are lost with {payer},"
            " {gap} in the period.",
            below=count(len(below), "Payers below Medicare", "payers below 100 percent"),
            all=count(len(order), "Payers compared", "payers with lines that Medicare prices"),
            payer=short[payer],
            gap=gap,
        )
    ]


def _single(
    order: Sequence[str],
    cells: Mapping[tuple[str, str], RateFigures],
    codes: Sequence[str],
    short: Mapping[str, str],
) -> list[Sentence]:
    """With one code asked about, its rates in words: the range a negotiator wants."""
    if len(codes) != 1 or len(order) < 2:
        return []
    low, high = cells[order[0], codes[0]], cells[order[-1], codes[0]]
    return [
        says(
            "For {code} that is {low} a unit from {a} and {high} from {b}.",
            code=codes[0],
            low=low.rate,
            a=short[order[0]],
            high=high.rate,
            b=short[order[-1]],
        )
    ]


def _table(
    asked: Comparison,
    order: Sequence[str],
    whole: Mapping[str, RateFigures],
    cells: Mapping[tuple[str, str], RateFigures],
    codes: Sequence[str],
    short: Mapping[str, str],
) -> Table:
    title = f"{short[order[0]]} stands lowest against {asked.benchmark.label(asked.setting)}"
    top = (
        "All priced codes, of Medicare", "", None, *(_percent(whole[payer]) for payer in order)
    )  # fmt: skip
    body = [
        (
            code,
            service(code),
            asked.benchmark.price_figure(code, asked.setting) or "no price",
            *(cells[p, code].rate if (p, code) in cells else None for p in order),
        )
        for code in codes
    ]
    columns = ("Code", "Service", "Medicare (USD)", *(f"{short[p]} (USD per unit)" for p in order))
    return Table(title, columns, (top, *body), first_rows=11)
