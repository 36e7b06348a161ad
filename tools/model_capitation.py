"""What a fixed payment per member per month would have to be, and what an offered one is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from knowledge.evidence import Basis, Cell, Figure, Finding, Sentence, Table, Unit, says
from knowledge.problems import BadInput, MoreNeeded, NotKnown
from tools.lines.claim_totals import CodeTotal, code_totals, insurers, one_payer
from tools.lines.left_out import listed, period_where, short_claims, without_amount
from tools.measures.attribution import attributions
from tools.measures.member_months import roster_member_months, roster_months
from tools.measures.visits import visits_figure
from tools.period import Period, month_end, named, period_of
from tools.practice import Practice
from tools.rates.flat_rates import codes_asked
from tools.rates.rate_comparison import service
from tools.rates.rate_figures import allowed_figure, magnitude
from tools.registry import tool
from tools.risk.assumed import GIVEN
from tools.risk.member_use import member_use
from tools.risk.members_covered import months_given
from tools.risk.movable import movable
from tools.savings.built_up_rate import Use, built_up_said
from tools.savings.capitation_sheet import capitation_sheet
from tools.savings.capitation_swing import Ahead, swing_of
from tools.savings.risk_adjusted import adjustment_said, scores_of

PER_MONTH: Unit = "USD per member per month"


@dataclass(frozen=True)
class Replaced:
    """The fee for service that a capitation would replace, and the members it is for."""

    payer: str
    short: str
    span: Period
    rows: Sequence[CodeTotal]
    codes: Sequence[str] | None
    allowed: Figure
    months: Figure

    @property
    def yearly(self) -> Decimal:
        """How many times the period goes into a year."""
        return Decimal(12) / self.span.months


@tool(
    label="Capitation",
    needs=["claim_lines"],
    asks=[
        "what capitation would replace our fee for service",
        "break-even PMPM for this payer",
        "break even per member per month",
        "is their PMPM offer enough",
        "model a capitated contract",
        "what monthly payment per patient would cover what we bill now",
        "they offer 22 dollars per member per month, do we win or lose",
        "should we take the capitation rate",
        "primary care capitation instead of claims",
    ],
    examples=["What is our break-even PMPM with {payer}?"],
    required=["payer"],
)
def model_capitation(
    practice: Practice,
    *,
    payer: str | None = None,
    pmpm: Decimal | None = None,
    members: int | None = None,
    member_months: int | None = None,
    period: str | None = None,
    codes: list[str] | None = None,
    trend: Decimal | None = None,
    withhold: Decimal | None = None,
    load: Decimal | None = None,
    risk_score: Decimal | None = None,
    panel: list[str] | None = None,
) -> Finding:
    """The break-even payment per member per month, and the yearly gain or loss of an offered one.

    Break-even is the allowed amount on all the payer's counting lines of twelve months over
    the member months of the same months: what replaces fee for service at unchanged use.
    Member months come from the roster unless members or member months are given; codes keep
    the capitation to those services, all others staying fee for service. The members' own
    use is drawn again to show how a year's work may swing (tools/risk/member_use.py); trend
    moves the work a year ahead, and a withhold is counted as not paid. Use and price, a load,
    members by age and sex (panel) and risk scores on the list show what an adjustment pays.
    """
    span = period_of(period, practice)
    totals = code_totals(practice, span, payers=[payer] if payer else None)
    name = one_payer(practice, payer, insurers(practice, (t.payer for t in totals)))
    months, span = _member_months(practice, name, members, member_months, span)
    wanted = codes_asked(codes)
    rows = [t for t in code_totals(practice, span, payers=[name], codes=wanted) if t.lines]
    if not rows:
        raise NotKnown(
            what=f"no counting lines of {name} on {listed(wanted or ['any code'])} are on file"
            f" for {span.label}",
            do="choose another period or other codes",
        )
    where = f"{name}, {period_where(span)}" + (f", codes {listed(wanted)}" if wanted else "")
    short = practice.payers.short_name(name)
    total = sum((row.allowed for row in rows), Decimal(0))
    allowed = allowed_figure(total, sum(row.lines for row in rows), where, short)
    held = Replaced(name, short, span, rows, wanted, allowed, months)
    even = Figure(
        f"{short}: break-even per member per month", allowed.number / months.number, PER_MONTH,
        Basis("allowed on all counting lines / member months of the same months",
              (allowed, months)), places=2,
    )  # fmt: skip
    use = member_use(practice, name, span, float(months.number) / span.months, wanted)
    swing = swing_of(use, held.allowed, held.months, held.yearly, short, pmpm,
                     Ahead(trend, withhold))  # fmt: skip
    if wanted is None:
        visits = visits_figure(practice, span, [name])
        swing = [*built_up_said(Use(visits, allowed, months, short), even, load, panel), *swing]
    offered = _offer(held, even, pmpm)
    swing += adjustment_said(scores_of(practice, name, span, short), risk_score,
                             offered[0] if offered else even, months, short)  # fmt: skip
    inputs = [
        movable("pmpm", "Paid per member per month", round(offered[0].number if offered
                else even.number, 2), "USD"),
        movable("trend", "Work grows a year", trend or 0, "%"),
        movable("withhold", "Held back by the payer", withhold or 0, "%"),
        movable("load", "Load for risk and administration", load or 0, "%"),
    ]  # fmt: skip
    return _finding(practice, held, even, pmpm, swing, inputs)


def _member_months(
    practice: Practice, payer: str, members: int | None, given: int | None, span: Period
) -> tuple[Figure, Period]:
    """The member months, and the period narrowed to the months that the lists cover."""
    short = practice.payers.short_name(payer)
    told = months_given(members, given, span.months, short)
    if told is not None:
        return told, span
    held = roster_months(practice, payer, span)
    if not held:
        raise MoreNeeded(
            "members", "members",
            f"No member list of {short} covers {span.label}. How many members are yours there?", (),
        )  # fmt: skip
    covered = span if len(held) >= span.months else named(held[0], month_end(held[-1]))
    found = roster_member_months(practice, payer, covered)
    assert found is not None, "a month with a list has members"
    return Figure(f"{short}: member months", found.number, "count", found.basis), covered


def _finding(
    practice: Practice,
    held: Replaced,
    even: Figure,
    pmpm: Decimal | None,
    swing: Sequence[Sentence],
    inputs: list[dict[str, Any]],
) -> Finding:
    offer = _offer(held, even, pmpm)
    return Finding(
        headline=_headline(held, even, offer),
        sentences=(
            says(
                "{short} allowed {allowed} over {months} member months {period}"
                + (" on {codes}." if held.codes else "."),
                short=held.short, allowed=held.allowed, months=held.months,
                period=held.span.during, codes=listed(held.codes or ()),
            ),
            *_worth(held, offer),
            *swing,
        ),
        figures=(even, held.allowed, held.months, *(offer[1:] if offer else ())),
        table=_table(held),
        caveats=(*_method(practice, held), *_missing(), *without_amount(held.rows, period_where(
            held.span)), *short_claims(practice, held.span)),
        next_steps=(
            f"What does our {held.short} contract say about capitation?",
            f"Which {held.short} members are attributed to us but never seen?",
            "What does the guide say about risk and capitation?",
        ),
        details={
            "payer": held.payer,
            "payers": [held.payer],
            "codes": list(held.codes or ()),
            "period": held.span.label,
            "period_start": held.span.start.isoformat(),
            "period_end": held.span.end.isoformat(),
            "break_even": even.id,
            "pmpm": str(pmpm) if pmpm is not None else None,
            "worth": offer[2].id if offer else None,
            "inputs": inputs,
            "worksheet": capitation_sheet(
                held.short, held.rows, held.months, held.span.months, even, offer
            ).as_data(),
        },
        done=f"Worked out {held.short}'s break-even payment",
    )  # fmt: skip


def _offer(
    held: Replaced, even: Figure, pmpm: Decimal | None
) -> tuple[Figure, Figure, Figure] | None:
    """The offered payment, its distance from break-even, and its worth a year."""
    if pmpm is None:
        return None
    amount = Decimal(str(pmpm))
    if amount <= 0:
        raise BadInput("pmpm", "the payment per member per month is zero or less", "correct it")
    said = Figure("Offered per member per month", amount, PER_MONTH, Basis(GIVEN), places=2)
    apart = Figure(
        f"{held.short}: offered less break-even", amount - even.number, PER_MONTH,
        Basis("offered - break-even", (said, even)), places=2,
    )  # fmt: skip
    worth = Figure(
        f"{held.short}: gain or loss a year",
        (amount * held.months.number - held.allowed.number) * held.yearly, "USD",
        Basis("(offered x member months - allowed), of twelve months at unchanged use",
              (said, held.months, held.allowed)),
    )  # fmt: skip
    return said, apart, worth


def _headline(
    held: Replaced, even: Figure, offer: tuple[Figure, Figure, Figure] | None
) -> Sentence:
    if offer is None:
        return says(
            "{even} per member per month would replace {short}'s fee for service at the use"
            " of {period}.",
            even=even, short=held.short, period=held.span.label,
        )  # fmt: skip
    said, _, worth = offer
    return says(
        "At {said} per member per month you would {side} {worth} a year with {short}: break-even"
        " is {even}.",
        said=said, side="gain" if worth.number >= 0 else "lose",
        worth=magnitude(worth, f"{held.short}: size of the gain or loss"),
        short=held.short, even=even,
    )  # fmt: skip


def _worth(held: Replaced, offer: tuple[Figure, Figure, Figure] | None) -> list[Sentence]:
    if offer is None:
        return []
    return [says("The offer lies {apart} {side} break-even.",
                 apart=magnitude(offer[1], f"{held.short}: distance from break-even"),
                 side="above" if offer[1].number >= 0 else "below")]  # fmt: skip


def _table(held: Replaced) -> Table:
    """The services a capitation would take in, largest first, each in its monthly dollars."""
    sums: dict[str, tuple[Decimal, Decimal, int]] = {}
    for row in held.rows:
        units, allowed, lines = sums.get(row.code, (Decimal(0), Decimal(0), 0))
        sums[row.code] = units + row.units, allowed + row.allowed, lines + row.lines
    where = f"{held.payer}, {period_where(held.span)}"
    cells: list[tuple[Cell, ...]] = []
    for code, (units, amount, lines) in sorted(sums.items(), key=lambda item: -item[1][1]):
        name = f"{held.short} {code}"
        paid_for = allowed_figure(amount, lines, where, name)
        per = Figure(f"{name}: allowed per member per month", amount / held.months.number,
                     PER_MONTH, Basis("allowed / member months", (paid_for, held.months)),
                     places=2)  # fmt: skip
        billed = Figure(
            f"{name}: units",
            units,
            "count",
            Basis("sum of units over counting lines", (), "claim_lines", where, lines),
        )
        cells.append((code, service(code), billed, paid_for, per))
    return Table(
        "What the payment would have to carry; a carve-out takes its row out of both sides",
        ("Code", "Service", "Units", "Allowed (USD)", "Per member per month (USD)"),
        tuple(cells),
        first_rows=10,
    )


def _method(practice: Practice, held: Replaced) -> list[Sentence]:
    said = [says("Break-even is allowed, patients' part included, over member months of the same"
                 " months, at unchanged use and without a margin for risk.")]  # fmt: skip
    if held.months.basis.table:
        said.append(says("Member months are from the payer's list: {words}.",
                         words=held.months.basis.words))  # fmt: skip
    else:
        said.append(says("Member months are {words}; the payer's attribution list would show"
                         " whether they hold.", words=held.months.basis.words))  # fmt: skip
    if held.span.months != 12:
        months = Figure("Months that break-even rests on", Decimal(held.span.months), "count",
                        Basis("calendar months of the period"))  # fmt: skip
        said.append(says("This rests on {months} months, {period}; a year's worth is the same"
                         " rate over twelve.", months=months, period=held.span.label))  # fmt: skip
    for each in attributions(practice, [held.payer]):
        if each.not_attributed.number:
            said.append(
                says("{n} patients you saw are not on its list: their dollars are in, their months"
                     " are not; agree with the payer who counts.", n=each.not_attributed)
            )  # fmt: skip
    return said


def _missing() -> list[Sentence]:
    return [
        says("Not in these numbers, settle them before you answer: which services are carved out,"
             " how the payment is adjusted for age and risk, and who pays for patients who are not"
             " on the list.")
    ]  # fmt: skip
