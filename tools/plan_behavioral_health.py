"""What adding behavioral health would cost and bring, payer by payer, and when it pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.evidence import Basis, Cell, Chart, Figure, Finding, Sentence, Table, says
from knowledge.problems import BadInput, NotKnown
from tools.behavioral.launch import Launch
from tools.behavioral.payers_of_care import PayerOfCare, payers_of_care
from tools.behavioral.plan_sheet import plan_sheet
from tools.behavioral.room import room_said
from tools.behavioral.staffing import Staffing, staffing
from tools.period import period_of
from tools.practice import Practice
from tools.rates.benchmark import benchmark_of
from tools.rates.rate_figures import magnitude
from tools.registry import tool
from tools.risk.assumed import OURS, Inputs
from tools.risk.movable import movables

SHOWN = 24
MOVED = ("sessions_a_week", "no_show", "ramp_months", "cost_a_year", "space_a_month", "start_up")


@dataclass(frozen=True)
class Planned:
    """The option, its payers (those who pay for it, and the others), and the months after."""

    option: Staffing
    paying: Sequence[PayerOfCare]
    apart: Sequence[PayerOfCare]
    unpriced: Sequence[PayerOfCare]
    launch: Launch
    pay: Figure
    inputs: Inputs


@tool(
    label="Behavioral health plan",
    needs=["claim_lines"],
    asks=[
        "what would it cost to add behavioral health",
        "plan integrated behavioral health",
        "should we hire a therapist",
        "can we afford a social worker in the clinic",
        "would collaborative care pay for itself",
        "break-even for a behavioral health clinician",
        "how many therapy sessions until it pays",
        "cost of adding a psychologist",
        "business case for integrated care",
        "which payers would pay for behavioral health here",
    ],
    examples=[
        "What would it cost to add a therapist, and when does it pay?",
        "Would collaborative care pay for itself?",
    ],
)
def plan_behavioral_health(
    practice: Practice,
    *,
    topic: str | None = None,
    cost_a_year: Decimal | None = None,
    space_a_month: Decimal | None = None,
    start_up: Decimal | None = None,
    sessions_a_week: Decimal | None = None,
    no_show: Decimal | None = None,
    ramp_months: int | None = None,
    without: list[str] | None = None,
    period: str | None = None,
) -> Finding:
    """A behavioral-health clinician or collaborative care in this practice: pay by payer,
    break-even workload and month, and what moves them.

    topic names the staffing (therapist, psychologist, collaborative care). Pay is the
    contract's rate where it is on file, else an estimate from what the payer pays of Medicare.
    Payers that send behavioral care elsewhere are left out and named (guide 5/1.2, 5/3).
    """
    span, option = period_of(period, practice), staffing(topic)
    benchmark = benchmark_of(practice, None, None)
    every = payers_of_care(practice, span, option, benchmark)
    if not every:
        raise NotKnown(f"no counting lines of an insurer are on file for {span.label}",
                       "whose members you see decides what behavioral care is paid",
                       "add claims or choose another period")  # fmt: skip
    out = {name.lower() for name in without or ()}
    apart = [each for each in every if each.apart or out & _names(practice, each)]
    paying = [each for each in every if each not in apart and each.pay is not None]
    unpriced = [each for each in every if each not in apart and each.pay is None]
    if not paying:
        raise NotKnown("no payer on file is known to pay for this care",
                       "all of them carve it out, or no rate can be told",
                       "add a fee schedule with the behavioral codes")  # fmt: skip
    inputs = Inputs()
    launch, pay = _launch(option, paying, inputs, cost_a_year, space_a_month, start_up,
                          sessions_a_week, no_show, ramp_months)  # fmt: skip
    return _finding(practice, Planned(option, paying, apart, unpriced, launch, pay, inputs))


def _names(practice: Practice, each: PayerOfCare) -> set[str]:
    """How a payer may be called when it is left out: its names and its line of business."""
    business = (practice.payers.line_of_business(each.payer) or "").replace("_", " ")
    return {each.payer.lower(), each.short.lower(), business}


def _launch(
    option: Staffing,
    paying: Sequence[PayerOfCare],
    inputs: Inputs,
    cost_a_year: Decimal | None,
    space_a_month: Decimal | None,
    start_up: Decimal | None,
    sessions_a_week: Decimal | None,
    no_show: Decimal | None,
    ramp_months: int | None,
) -> tuple[Launch, Figure]:
    if sessions_a_week is not None and option.unit != "session":
        raise BadInput("sessions_a_week", "collaborative care is paid by patient and month",
                       "leave the sessions out")  # fmt: skip
    cost = inputs.take("cost_a_year", "Personnel, benefits included, a year", cost_a_year,
                       option.cost_a_year, "USD", OURS)  # fmt: skip
    space = inputs.take("space_a_month", "Space and support a month", space_a_month,
                        option.space_a_month, "USD", OURS)  # fmt: skip
    first = inputs.take("start_up", "Start-up cost", start_up, option.start_up, "USD", OURS)
    per_month = option.units
    if option.unit == "session":
        week = inputs.take("sessions_a_week", "Sessions a week when full", sessions_a_week,
                           (option.units * 12 / 46).quantize(Decimal(1)), "count",
                           f"{OURS}, 46 weeks a year", least=1, most=60)  # fmt: skip
        per_month = week * 46 / 12
    else:
        per_month = inputs.take("caseload", "Patients enrolled when full", None, option.units,
                                "count", OURS)  # fmt: skip
    missed = inputs.take("no_show", "Sessions missed or months not billable", no_show,
                         option.no_show, "percent", OURS, most=90)  # fmt: skip
    ramp = inputs.take("ramp_months", "Months until full", ramp_months, option.ramp, "count", OURS,
                       least=1, most=36)  # fmt: skip
    weights = sum((each.visits.number for each in paying), Decimal(0))
    amounts = [(each.visits.number, each.pay) for each in paying if each.pay is not None]
    average = sum((part * pay.number for part, pay in amounts), Decimal(0)) / weights
    pay = Figure(
        f"Average pay for a {option.unit}", average.quantize(Decimal("0.01")), "USD",
        Basis("pay by payer, weighted by each one's part of insured visits",
              tuple(f for each in paying for f in (each.visits, each.pay) if f)), places=2,
    )  # fmt: skip
    held = Launch(per_month, missed, pay.number, cost / 12 + space, first, int(ramp))
    return held, pay


def _finding(practice: Practice, plan: Planned) -> Finding:
    year = _dollars(plan, "A year at full capacity", plan.launch.year_at_full())
    chances = [(name, held) for name, held in _what_if(plan)]
    return Finding(
        headline=_headline(plan, year),
        sentences=(
            *_break_even(plan),
            *_apart(plan),
            *room_said(practice),
            *_sensitivity(plan, chances),
        ),
        figures=(year, plan.pay, *plan.inputs.figures()),
        table=_table(plan),
        chart=_chart(plan),
        caveats=(*plan.inputs.listed(), *_method(plan)),
        next_steps=(
            "Which behavioral-health questions should we put to the payers?",
            "Would collaborative care pay for itself?"
            if plan.option.unit == "session"
            else "What would it cost to add a therapist, and when does it pay?",
            "What does the guide say about adding behavioral health?",
        ),
        details={
            "option": plan.option.name,
            "payers": [each.payer for each in plan.paying],
            "apart": [each.payer for each in plan.apart],
            "worth": year.id,
            "inputs": movables(plan.inputs.held, MOVED),
            "pay": plan.pay.id,
            "break_even_month": plan.launch.month_of_break_even(),
            "worksheet": plan_sheet(
                plan.option.title, plan.option.unit, plan.paying, plan.inputs.held, plan.pay, year
            ).as_data(),
        },
        done=f"Planned {plan.option.title}",
    )


def _dollars(plan: Planned, name: str, value: Decimal) -> Figure:
    basis = Basis("units kept x pay per unit - personnel - space", (plan.pay,
                  *plan.inputs.figures()))  # fmt: skip
    return Figure(name, value.quantize(Decimal(1)), "USD", basis, places=0)


def _count(plan: Planned, name: str, value: Decimal | int) -> Figure:
    basis = Basis("from pay per unit and cost a month", (plan.pay, *plan.inputs.figures()))
    return Figure(name, Decimal(value).quantize(Decimal("0.1")), "count", basis)


def _headline(plan: Planned, year: Figure) -> Sentence:
    month = plan.launch.month_of_break_even()
    if month is None:
        size = magnitude(year, "Loss of a year at full capacity")
        return says(
            "Adding {title} would {side} {year} a year when full and does not earn its start back"
            " within five years on these assumptions.",
            title=plan.option.title, side="bring" if year.number >= 0 else "lose", year=size,
        )  # fmt: skip
    return says(
        "Adding {title} would bring {year} a year when full and has earned its start back in month"
        " {month}.",
        title=plan.option.title, year=year, month=_count(plan, "Month of break-even", month),
    )  # fmt: skip


def _break_even(plan: Planned) -> list[Sentence]:
    units = plan.launch.units_to_break_even()
    lowest = min(plan.launch.cash(60))
    made = []
    if units is not None:
        kept = plan.launch.units * (100 - plan.launch.missed) / 100
        word = "sessions kept a month" if plan.option.unit == "session" else "billable patients"
        made.append(
            says("Each {unit} pays {pay} on average; {units} {word} pay the month's cost, and when"
                 " full you keep {kept}.",
                 unit=plan.option.unit, pay=plan.pay, word=word,
                 units=_count(plan, "Units that break even", units),
                 kept=_count(plan, "Units kept when full", kept))
        )  # fmt: skip
    deepest = _dollars(plan, "Cash to lay out at the deepest", -lowest)
    made.append(says("Until then you lay out {cash} at the deepest point.", cash=deepest))
    return made


def _apart(plan: Planned) -> list[Sentence]:
    made = []
    for each in plan.apart:
        why = each.apart or "you left it out"
        if each.citation:
            made.append(
                says("Left out: {payer} ({share} of insured visits), because {why} {cite}; read it"
                     " and ask.", payer=each.short, share=each.visits, why=why, cite=each.citation)
            )  # fmt: skip
        else:
            made.append(says("Left out: {payer} ({share} of insured visits): {why}.",
                             payer=each.short, share=each.visits, why=why))  # fmt: skip
    for each in plan.unpriced:
        made.append(says("Not priced: {payer} ({share} of insured visits): no rate of the codes and"
                         " nothing to estimate from.", payer=each.short,
                         share=each.visits))  # fmt: skip
    return made


def _what_if(plan: Planned) -> list[tuple[str, Launch]]:
    """The three inputs that move the result most, each a step to the worse."""
    base = plan.launch
    return [
        ("a fifth less pay for each unit", replace(base, pay=base.pay * Decimal("0.8"))),
        ("a fifth fewer units", replace(base, units=base.units * Decimal("0.8"))),
        ("twice as long until full", replace(base, ramp=base.ramp * 2)),
    ]


def _sensitivity(plan: Planned, chances: Sequence[tuple[str, Launch]]) -> list[Sentence]:
    values: dict[str, Figure | str] = {}
    parts = []
    for n, (name, held) in zip("abc", chances, strict=True):
        values |= {f"{n}_name": name, f"{n}_year": _dollars(
            plan, f"First two years with {name}", held.cash(SHOWN)[-1])}  # fmt: skip
        parts.append(f"{{{n}_name}} {{{n}_year}}")
    values["base"] = _dollars(plan, "First two years", plan.launch.cash(SHOWN)[-1])
    return [says("What moves it, as cash after two years ({base} as planned): " + "; ".join(parts)
                 + ".", **values)]  # fmt: skip


def _table(plan: Planned) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in (*plan.paying, *plan.unpriced, *plan.apart):
        rows.append((each.short, each.visits, each.pay, each.source or "not known",
                     _ask(plan, each)))  # fmt: skip
    return Table(
        f"What each payer would pay for a {plan.option.unit}, and what to ask it",
        ("Payer", "Of insured visits", f"Pay for a {plan.option.unit} (USD)", "From", "Ask"),
        tuple(rows), first_rows=12,
    )  # fmt: skip


def _ask(plan: Planned, each: PayerOfCare) -> str:
    if each in plan.apart:
        return "who decides and pays such a claim, and is that network open to us"
    if each.source == "contract":
        return "rate by licence, prior authorization, a medical visit on the same day"
    return "the fee schedule of these codes by licence, credentialing time, same-day visits"


def _chart(plan: Planned) -> Chart:
    cash = plan.launch.cash(SHOWN)
    return Chart(
        "line", "Running cash after each month (USD)", "USD",
        tuple(f"Month {n}" for n in range(1, SHOWN + 1)),
        {"cash": tuple(_dollars(plan, f"Cash after month {n}", held)
                       for n, held in enumerate(cash, 1))},
    )  # fmt: skip


def _method(plan: Planned) -> list[Sentence]:
    return [
        says("Codes: {codes}; {words}.", codes=", ".join(plan.option.mix),
             words=plan.option.medicare_words),
        says("Patients are taken to come as your insured visits come today, from payers that pay"
             " for the care. Estimates follow what each payer pays of Medicare on medical codes;"
             " behavioral codes are often priced apart, so ask. Medical visits that the clinician"
             " frees or fills are not counted."),
    ]  # fmt: skip
