"""How much of the codes asked about was billed: units, visits, allowed dollars, and the share.

Units and allowed are over counting lines of all settings; visits are distinct claims and
dates of service with such a line (MEASURES: volume, visits).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Figure, Finding, Table, says
from knowledge.money import percent_of
from tools.lines.claim_totals import chosen, records
from tools.lines.left_out import short_claims
from tools.lines.lines_read import one_code
from tools.lines.waiting_lines import lines_waiting
from tools.rates.benchmark import Compared
from tools.rates.code_ranking import Ranking, bracketed, details_of, next_steps
from tools.rates.rate_comparison import service
from tools.rates.rate_figures import COUNTING, rate_figures

NAMED = 6


def count_of_codes(
    asked: Ranking,
    every: Sequence[Compared],
    rows: Sequence[Compared],
    codes: Sequence[str],
    product: str | None,
) -> Finding:
    """The finding; `every`: all codes billed, `rows`: those asked about, most first."""
    units = _sum("Units of the codes asked", sum((r.units for r in rows), Decimal(0)), asked)
    allowed = _sum("Allowed on the codes asked", sum((r.allowed for r in rows), Decimal(0)), asked,
                   usd=True)  # fmt: skip
    total = _sum("Units of all codes", sum((r.units for r in every), Decimal(0)), asked)
    visits = Figure(
        "Visits with the codes asked", Decimal(_visits(asked, codes, product)), "count",
        Basis(f"distinct claims and dates of service over {COUNTING} of the codes", (),
              "claim_lines", asked.where),
    )  # fmt: skip
    share = Figure(
        "The codes asked: share of units",
        percent_of(units.number, total.number) if total.number else Decimal(0),
        "percent",
        Basis("100 x their units / units of all codes", (units, total)),
    )
    named = ", ".join(codes[:NAMED]) + (" and others" if len(codes) > NAMED else "")
    return Finding(
        headline=says(
            "You billed {units} units of {codes}{what} to {whose} {period}, on {visits} visits:"
            " {allowed} allowed.",
            units=units,
            codes=named,
            what=bracketed(codes[0]) if len(codes) == 1 else "",
            whose=asked.whose,
            period=asked.span.during,
            visits=visits,
            allowed=allowed,
        ),
        sentences=(says("That is {share} of {total} units.", share=share, total=total),),
        figures=(units, visits, allowed, share),
        table=Table(
            "The codes asked about, by units",
            ("Code", "Service", "Units", "Allowed (USD)", "Allowed per unit (USD)"),
            tuple((row.code, service(row.code), cells.units, cells.allowed, cells.rate)
                  for row in rows
                  for cells in (rate_figures(row, asked.benchmark, None,
                                             one_code(row.code, asked.where),
                                             f"{row.code}, {asked.whose}"),)),
        ) if len(rows) > 1 else None,
        caveats=(
            *lines_waiting(asked.practice, asked.span, asked.payers),
            *short_claims(asked.practice, asked.span),
        ),
        next_steps=next_steps(asked),
        details=details_of(asked, rows) | {"units": units.id, "visits": visits.id},
        done=f"Counted {units.shown()} units",
    )  # fmt: skip


def _sum(name: str, amount: Decimal, asked: Ranking, usd: bool = False) -> Figure:
    basis = Basis(f"sum of {'allowed' if usd else 'units'} over {COUNTING}", (), "claim_lines",
                  asked.where)  # fmt: skip
    return Figure(f"{name}, {asked.whose}", amount, "USD" if usd else "count", basis)


def _visits(asked: Ranking, codes: Sequence[str], product: str | None) -> int:
    lines = chosen(asked.practice, asked.span, payers=asked.payers or None, codes=codes,
                   product=product)  # fmt: skip
    lines = lines.filter(lines.counts, lines.visit.notnull())
    found = records(asked.practice, lines.aggregate(visits=lines.visit.nunique()))
    return int(found[0]["visits"]) if found else 0
