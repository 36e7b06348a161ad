"""The codes on which the most dollars are lost against Medicare."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Chart, Figure, Finding, Table, says
from tools.lines.claim_totals import CodeTotal
from tools.lines.left_out import other_setting, short_claims, unpriced, without_amount
from tools.lines.lines_read import at_office, one_code
from tools.lines.waiting_lines import lines_waiting
from tools.rates.benchmark import Compared
from tools.rates.code_ranking import Ranking, bracketed, details_of, next_steps, ranked
from tools.rates.rate_comparison import service
from tools.rates.rate_figures import RateFigures, count, rate_figures


def by_gap(
    asked: Ranking,
    rows: Sequence[Compared],
    shown: Sequence[Compared],
    totals: Sequence[CodeTotal],
) -> Finding:
    """The finding for dollars below Medicare: what the first codes lose, and all together."""
    label = asked.benchmark.label("office")
    below = ranked(rows, "gap")
    left = [
        *unpriced(rows, asked.benchmark, asked.where),
        *other_setting(totals, "office", asked.benchmark, asked.where),
        *without_amount(totals, asked.where),
        *lines_waiting(asked.practice, asked.span, asked.payers),
        *short_claims(asked.practice, asked.span),
    ]
    if not below:
        headline = says("No code of {whose} is paid below {label}.", whose=asked.whose, label=label)
        return Finding(headline, caveats=tuple(left), details=details_of(asked, shown),
                       next_steps=next_steps(asked), done=f"Ranked {len(rows)} codes")  # fmt: skip
    office = at_office(asked.where, asked.benchmark.day)
    held = {
        row.code: rate_figures(
            row, asked.benchmark, "office",
            one_code(row.code, office), f"{row.code}, {asked.whose}",
        )
        for row in shown
    }  # fmt: skip
    total = Figure(
        f"Dollars below Medicare, {asked.whose}",
        sum((row.gap for row in below), Decimal(0)),
        "USD",
        Basis("sum over the codes paid below Medicare of (units x Medicare price - allowed)",
              (), "claim_lines", f"office, {asked.where}, {label}"),
    )  # fmt: skip
    first = shown[0]
    return Finding(
        headline=says(
            "{code}{what} loses the most against {label}: {gap} with {whose} {period}.",
            code=first.code,
            what=bracketed(first.code),
            label=label,
            gap=_gap(held[first.code]),
            whose=asked.whose,
            period=asked.span.during,
        ),
        sentences=(
            says(
                "Codes paid below Medicare: {n}, {total} together; you are paid {rate} a unit"
                " for {code} against {price}.",
                n=count(len(below), "Codes below Medicare", "codes with a gap above zero"),
                total=total,
                rate=held[first.code].rate,
                code=first.code,
                price=held[first.code].price or "no price",
            ),
        ),
        figures=(total,),
        table=Table(
            "Where Medicare would allow more",
            ("Code", "Service", "Units", "Paid per unit (USD)", "Medicare (USD)",
             "Below Medicare (USD)"),
            tuple((row.code, service(row.code), held[row.code].units, held[row.code].rate,
                   held[row.code].price, held[row.code].gap) for row in shown),
        ),
        chart=Chart(
            "bar", "Dollars below Medicare by code", "USD",
            tuple(f"{row.code} {service(row.code)}".strip() for row in shown),
            {"Below Medicare": tuple(held[row.code].gap for row in shown)},
        ),
        caveats=tuple(left),
        next_steps=next_steps(asked),
        details={**details_of(asked, shown), "gap": total.id},
        done=f"Compared {len(rows)} codes with Medicare",
    )  # fmt: skip


def _gap(held: RateFigures) -> Figure:
    assert held.gap is not None
    return held.gap
