"""The finding of a search for underpayments, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from knowledge.evidence import Cell, Chart, Finding, Sentence, Table, says
from tools.lines.left_out import short_claims
from tools.rates.rate_comparison import service
from tools.rates.rate_figures import words
from tools.schedules.schedule_conflicts import conflicts_said
from tools.underpayments.causes import Blamed
from tools.underpayments.found import (
    COMPARED,
    Compared,
    count_of,
    lines_of,
    of_payer,
    short_of,
    usd,
)
from tools.underpayments.list import line_list
from tools.underpayments.notes import excluded_lines, not_compared
from tools.underpayments.words import (
    apart_from_it,
    causes,
    headline,
    next_steps,
    where_most,
    without_product,
)

_SHOWN_ROWS = 100


def underpayment_finding(
    found: Compared, lines: Sequence[Mapping[str, Any]], chosen: Any
) -> Finding:
    """The finding; `lines` are the largest single lines, `chosen` all claim lines asked about."""
    shortfall = usd("Underpaid", short_of(found.owed), found,
                     "contract rate x units - allowed, over the lines below it")  # fmt: skip
    count = count_of(
        "Lines underpaid", lines_of(found.owed), found, "lines below the contract rate"
    )
    compared = count_of("Lines compared", sum(s.compared for s in found.sums.values()), found,
                      COMPARED)  # fmt: skip
    over = usd("Paid above the rate", sum((s.over for s in found.sums.values()), Decimal(0)),
                found, "allowed - contract rate x units, over the lines above it")  # fmt: skip
    over_lines = count_of("Lines above the rate", sum(s.over_lines for s in found.sums.values()),
                        found, "lines above the contract rate")  # fmt: skip
    apart = usd("Below the rate for a stated reason", short_of(found.explained), found,
                 "contract rate x units - allowed, over lines with a reason")  # fmt: skip
    by_payer = {
        payer: usd(
            f"{found.short_name(payer)}: underpaid",
            short_of(of_payer(found.owed, payer)),
            found,
            "the payer's part of what is underpaid",
        )
        for payer in found.payers
    }
    said: list[Sentence] = []
    if over_lines.number:
        said.append(
            says(
                "Paid above the rate, and not set against it: {over} on {n} {noun}.",
                over=over,
                n=over_lines,
                noun=words(over_lines, "line"),
            )
        )
    else:
        said.append(says("No line was paid above the rate."))
    return Finding(
        headline=headline(found, shortfall, count, compared, by_payer),
        sentences=(*causes(found, count), *where_most(found, by_payer, compared, count)),
        figures=(shortfall, count, compared, over, apart, *by_payer.values()),
        table=_table(found) if count.number else None,
        chart=_chart(found) if count.number else None,
        caveats=(
            *apart_from_it(found, apart),
            *said,
            *conflicts_said(found.practice, found.rows, found.span.end),
            *without_product(found),
            *not_compared(found.expected, found.weights, found.where),
            *excluded_lines(found.practice, chosen, found.where),
            *short_claims(found.practice, found.span),
        ),
        next_steps=next_steps(found, bool(count.number)),
        details={
            "payers": list(found.payers),
            **({"payer": found.payers[0]} if len(found.payers) == 1 else {}),
            "codes": list(found.codes or ()),
            "product": found.product,
            "tolerance": str(found.tolerance),
            "period": found.span.label,
            "period_start": found.span.start.isoformat(),
            "period_end": found.span.end.isoformat(),
            "shortfall": shortfall.id,
            "lines": count.id,
            "underpaid_lines": count.id,
            "compared": compared.id,
            "overpaid": over.id,
            "explained": apart.id,
            "by_payer": {payer: figure.id for payer, figure in by_payer.items()},
            "line_list": line_list(found.practice, lines, found.short, found.expected),
        },
        done=f"Compared {compared.shown()} lines with {found.whose}'s contract rates"
        if len(found.payers) == 1
        else f"Compared {compared.shown()} lines with the contract rates of {len(found.payers)}"
        " payers",
    )


def _table(found: Compared) -> Table:
    rows: dict[tuple[str, str, str], list[Blamed]] = {}
    for each in found.owed:
        kind = each.expected.kind
        rows.setdefault((kind.payer, kind.code, each.cause.words), []).append(each)
    order = sorted(rows, key=lambda key: (-short_of(rows[key]), key))[:_SHOWN_ROWS]
    several = len(found.payers) > 1
    cells: list[tuple[Cell, ...]] = []
    for payer, code, cause in order:
        held, name = rows[payer, code, cause], f"{found.short_name(payer)} {code}, {cause}"
        cells.append(
            (
                *([found.short_name(payer)] if several else []),
                code,
                service(code),
                cause,
                count_of(f"{name}: lines", lines_of(held), found, "lines below the rate"),
                usd(f"{name}: short", short_of(held), found, "contract rate x units - allowed"),
            )
        )
    columns = ("Code", "Service", "Likely cause", "Lines", "Short (USD)")
    return Table(
        "What was paid below contract, largest first",
        (("Payer", *columns) if several else columns),
        tuple(cells),
    )


def _chart(found: Compared) -> Chart:
    by: dict[str, list[Blamed]] = {}
    for each in found.owed:
        kind = each.expected.kind
        label = found.short_name(kind.payer) if len(found.payers) > 1 else kind.code
        by.setdefault(label, []).append(each)
    order = sorted(by, key=lambda label: (-short_of(by[label]), label))[:10]
    figures = tuple(
        usd(f"{label}: underpaid", short_of(by[label]), found, "part of what is underpaid")
        for label in order
    )
    return Chart("bar", "Paid below contract", "USD", tuple(order), {"Short": figures})
