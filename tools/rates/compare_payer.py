"""One payer against Medicare: its percent, the dollars between, and each code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.evidence import Chart, Finding, Sentence, Table, says
from knowledge.problems import NotKnown
from knowledge.reference.codes import description
from knowledge.selection import among
from tools.lines.claim_totals import CodeTotal
from tools.lines.left_out import other_setting, short_claims, unpaid, unpriced, without_amount
from tools.lines.lines_read import one_code
from tools.period import Period
from tools.rates.benchmark import Compared, compared, together
from tools.rates.contract_column import ContractColumn, contract_column
from tools.rates.rate_comparison import Comparison, hundred, service
from tools.rates.rate_figures import RateFigures, count, magnitude, rate_figures, words


def compare_payer(
    asked: Comparison, payer: str, totals: Sequence[CodeTotal], notes: Sequence[Sentence]
) -> Finding:
    """The finding for one payer: its percent of Medicare, what that is worth, and each code."""
    every = compared(totals, asked.benchmark, asked.setting)
    rows = asked.picked(every)
    short = asked.practice.payers.short_name(payer)
    where = asked.where(payer)
    if len(rows) < len(every):
        where = where.narrowed("", among("code", [row.code for row in rows]))
    whole = rate_figures(together(rows, payer), asked.benchmark, asked.setting, where, short)
    if whole.percent is None or whole.gap is None or whole.worth is None:
        raise NotKnown(
            what=f"Medicare prices none of the codes asked about for {short}",
            why=asked.why_nothing(rows),
            do="name other codes, or another Medicare year",
        )
    each = {
        row.code: rate_figures(
            row, asked.benchmark, asked.setting, one_code(row.code, where), f"{short} {row.code}"
        )
        for row in rows
    }
    contract = contract_column(asked, payer, rows)
    label = asked.benchmark.label(asked.setting)
    headline = says(
        "{payer} pays you {percent} of {label}{scope}.",
        payer=short,
        percent=whole.percent,
        label=label,
        scope=asked.scope(),
    )
    sentences = [
        *_worth(whole, len([row for row in rows if row.priced]), asked.span, where, short),
        *_widest(rows, each),
        *_overall(asked, every, rows, payer, short),
        *contract.sentences,
    ]
    caveats = [
        *notes,
        *asked.missing(rows, short),
        *unpriced(rows, asked.benchmark, where),
        *other_setting(asked.of_codes(totals, rows), asked.setting, asked.benchmark, where),
        *unpaid(rows, asked.benchmark, where),
        *without_amount(asked.of_codes(totals, rows), where),
        *short_claims(asked.practice, asked.span),
    ]
    return Finding(
        headline=headline,
        sentences=tuple(sentences),
        figures=(whole.percent, whole.allowed, whole.worth, whole.units, whole.gap),
        table=_table(rows, each, contract, short),
        chart=_chart(rows, each, short, label),
        caveats=tuple(caveats),
        next_steps=(
            f"Which codes lose us the most against Medicare at {short}?",
            f"What would it be worth if {short} paid 100% of Medicare?",
            f"What does our {short} contract say about the fee schedule?",
            f"Draft an email to {short} asking for better rates",
        ),
        details={
            **asked.details([payer], rows),
            "payer": payer,
            "percent_of_medicare": whole.percent.id,
            "allowed": whole.allowed.id,
            "worth": whole.worth.id,
            "units": whole.units.id,
            "gap": whole.gap.id,
            "top_codes": [_code_details(row, each[row.code]) for row in rows[:10]],
        },
        done=f"Compared rates: {whole.units.shown()} units, codes: {len(rows)}",
    )


def _worth(whole: RateFigures, codes: int, span: Period, where: str, short: str) -> list[Sentence]:
    assert whole.gap is not None and whole.worth is not None and whole.percent is not None
    allowed = whole.percent.basis.inputs[0]
    size = magnitude(whole.gap, "Difference to Medicare")
    priced = count(codes, "Codes compared", "codes with counting lines and a price", where)
    side = "less" if whole.gap.number > 0 else "more"
    return [
        says(
            "{payer} allowed {allowed} {period} on {codes} {noun} that Medicare prices at {worth}:"
            " {size} {side} than Medicare.",
            payer=short,
            period=span.during,
            allowed=allowed,
            codes=priced,
            noun=words(priced, "code"),
            worth=whole.worth,
            size=size,
            side=side,
        )
    ]


def _widest(rows: Sequence[Compared], each: dict[str, RateFigures]) -> list[Sentence]:
    below = [row for row in rows if row.gap > 0 and row.priced]
    if len(rows) < 2 or not below:
        return []
    worst = max(below, key=lambda row: row.gap)
    held = each[worst.code]
    assert held.gap is not None and held.price is not None
    return [
        says(
            "The most is lost on {code}{what}: {rate} a unit against {price}, {gap} in all.",
            code=worst.code,
            what=f" ({description(worst.code)})" if description(worst.code) else "",
            rate=held.rate,
            price=held.price,
            gap=held.gap,
        )
    ]


def _overall(
    asked: Comparison, every: Sequence[Compared], rows: Sequence[Compared], payer: str, short: str
) -> list[Sentence]:
    if len(rows) == len(every):
        return []
    whole = rate_figures(
        together(every, payer),
        asked.benchmark,
        asked.setting,
        replace(asked, codes=None, top_n=None).where(payer).narrowed("all codes"),
        f"{short} all codes",
    )
    if whole.percent is None:
        return []
    return [says("Over all codes it pays {percent}.", percent=whole.percent)]


def _table(
    rows: Sequence[Compared], each: dict[str, RateFigures], contract: ContractColumn, short: str
) -> Table:
    columns = ["Code", "Service", "Units", "Paid per unit (USD)", "Medicare (USD)", "Of Medicare"]
    columns += ["Contract (USD)"] if contract.rates else []
    cells = [
        (
            row.code,
            service(row.code),
            each[row.code].units,
            each[row.code].rate,
            each[row.code].price or "no price",
            each[row.code].percent,
            *([contract.rates.get(row.code)] if contract.rates else []),
        )
        for row in rows
    ]
    return Table(_title(rows, short), tuple(columns), tuple(cells))


def _title(rows: Sequence[Compared], short: str) -> str:
    priced = [row for row in rows if row.priced]
    below = sum(row.gap > 0 for row in priced)
    if below == len(priced):
        return f"{short} pays less than Medicare on every code compared"
    if not below:
        return f"{short} pays Medicare or more on every code compared"
    part = "most" if below * 2 > len(priced) else "some"
    return f"{short} pays less than Medicare on {part} of its codes"


def _chart(rows: Sequence[Compared], each: dict[str, RateFigures], short: str, label: str) -> Chart:
    drawn = [row for row in rows if row.priced][:10]
    return Chart(
        kind="bar",
        title=f"{short}, percent of {label}",
        unit="percent",
        labels=tuple(f"{row.code} {service(row.code)}".strip() for row in drawn),
        series={short: tuple(each[row.code].percent for row in drawn)},
        reference=("Medicare", hundred()),
    )


def _code_details(row: Compared, held: RateFigures) -> dict[str, str | None]:
    return {
        "code": row.code,
        "service": service(row.code),
        "units": held.units.id,
        "rate": held.rate.id,
        "price": held.price.id if held.price else None,
        "percent": held.percent.id if held.percent else None,
        "gap": held.gap.id if held.gap else None,
    }
