"""Who needs whom: a payer's part of the practice, and what the practice is to its members."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from knowledge.evidence import Basis, Figure
from knowledge.money import to_cents
from knowledge.problems import BadInput, MoreNeeded
from tools.lines.claim_totals import chosen, code_totals, insurers, records
from tools.lines.left_out import period_where
from tools.measures.member_months import roster_member_months
from tools.measures.visits import visits_figure
from tools.mix.mix_parts import Part, parts_of
from tools.mix.payer_sums import WAYS, payer_sums
from tools.period import Period
from tools.practice import Practice
from tools.rates.rate_figures import allowed_figure
from tools.risk.members_covered import year_members
from tools.strategy.rules import rule
from tools.trends.periods import Trend


@dataclass(frozen=True)
class Leverage:
    """One payer's weight; USD and visits are of twelve months.

    payments, visit_share: percent of all. others_a_visit: what the other insurers allow a
    visit, None without any. members: on its roster, a year's average, None without one.
    """

    payer: str
    payments: Figure
    visit_share: Figure
    allowed: Figure
    visits: Figure
    patients: Figure
    a_visit: Figure | None
    others_a_visit: Figure | None
    members: Figure | None

    @property
    def dependence(self) -> str:
        """heavy, some or little: how much the practice leans on it, by its share of payments."""
        share = self.payments.number
        if share >= rule("dependence", "heavy"):
            return "heavy"
        return "some" if share >= rule("dependence", "some") else "little"


def shares(practice: Practice, span: Period, way: str) -> dict[str, Part]:
    """Each payer's part of payments, visits or patients, by canonical name."""
    rows = payer_sums(practice, Trend((span,)), "payer", way)
    parts, _ = parts_of(practice, rows, "payer", WAYS[way], span)
    return {key[0]: part for key, part in parts.items()}


def leverage_of(
    practice: Practice, payer: str, span: Period, payments: dict[str, Part], visits: dict[str, Part]
) -> Leverage:
    """One payer's leverage; `payments` and `visits` are `shares` of the same period."""
    short = practice.payers.short_name(payer)
    totals = code_totals(practice, span)
    own, rest = _yearly(practice, span, [payer], short), None
    others = [name for name in insurers(practice, (t.payer for t in totals)) if name != payer]
    if others:
        rest = _yearly(practice, span, others, "Your other insurers together")
    seen = visits_figure(practice, span, [payer])
    return Leverage(
        payer=payer,
        payments=payments[payer].share,
        visit_share=visits[payer].share,
        allowed=own,
        visits=_a_year(seen, span, f"{short}: visits a year"),
        patients=_patients(practice, payer, span),
        a_visit=_per_visit(own, _a_year(seen, span, f"{short}: visits a year"), short),
        others_a_visit=None if rest is None else _per_visit(
            rest,
            _a_year(visits_figure(practice, span, others), span, "Other insurers: visits a year"),
            "Your other insurers together",
        ),
        members=_members(practice, payer),
    )  # fmt: skip


def _yearly(practice: Practice, span: Period, payers: list[str], name: str) -> Figure:
    totals = [t for t in code_totals(practice, span, payers=payers) if t.lines]
    where = f"{', '.join(payers)}, {period_where(span)}"
    allowed = allowed_figure(sum((t.allowed for t in totals), Decimal(0)),
                             sum(t.lines for t in totals), where, name)  # fmt: skip
    return _a_year(allowed, span, f"{name}: allowed a year")


def _a_year(figure: Figure, span: Period, name: str) -> Figure:
    """The figure for twelve months; itself where the period has twelve."""
    if span.months == 12:
        return figure
    value = figure.number * 12 / span.months
    value = to_cents(value) if figure.unit == "USD" else value.quantize(Decimal(1))
    return Figure(name, value, figure.unit, Basis("x 12 / months of the period", (figure,)))


def _per_visit(allowed: Figure, visits: Figure, name: str) -> Figure | None:
    if not visits.number:
        return None
    basis = Basis("allowed / visits, of the same lines", (allowed, visits))
    return Figure(f"{name}: allowed a visit", allowed.number / visits.number, "USD", basis,
                  places=2)  # fmt: skip


def _patients(practice: Practice, payer: str, span: Period) -> Figure:
    lines = chosen(practice, span, payers=[payer])
    lines = lines.filter(lines.counts)
    (row,) = records(practice, lines.aggregate(people=lines.patient.nunique(), n=lines.count()))
    where = f"{payer}, {period_where(span)}"
    basis = Basis("distinct patients with a counting line", (), "claim_lines", where, int(row["n"]))
    return Figure(f"Patients, {where}", Decimal(int(row["people"] or 0)), "count", basis)


def _members(practice: Practice, payer: str) -> Figure | None:
    if roster_member_months(practice, payer) is None:
        return None
    try:
        return year_members(practice, payer, None, None)
    except (MoreNeeded, BadInput):
        return None
