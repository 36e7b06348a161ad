"""Which way of being paid by a payer suits the practice: the models on the same members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from knowledge.evidence import Basis, Cell, Chart, Figure, Finding, Sentence, Table, Unit, says
from knowledge.problems import NotKnown
from knowledge.reference.dated import read_toml
from tools.lines.claim_totals import code_totals, insurers, one_payer
from tools.lines.left_out import period_where, short_claims
from tools.period import Period, period_of
from tools.practice import Practice
from tools.rates.rate_figures import allowed_figure
from tools.registry import tool
from tools.risk.assumed import OURS, Inputs, as_percent
from tools.risk.member_use import another_year, member_use
from tools.risk.members_covered import year_members
from tools.risk.models_sheet import models_sheet
from tools.risk.models_side_by_side import DRAWS, Model, Terms, after_risk, side_by_side
from tools.risk.movable import movables
from tools.risk.outlook import Outlook
from tools.risk.programmes import TWO_SIDED, UPSIDE, usual
from tools.risk.simulation import Contract

MOVED = (
    "pmpm", "care_pmpm", "prepaid", "target_pmpm", "actual_pmpm", "share", "loss_share",
    "minimum_savings_rate", "cap", "members",
)  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """One payer's models with all they stand on."""

    payer: str
    short: str
    span: Period
    fees: Figure
    inputs: Inputs
    terms: Terms
    found: Mapping[Model, Outlook]
    judged: frozenset[Model]
    use_known: bool


@tool(
    label="Payment models",
    needs=["claim_lines"],
    asks=[
        "which payment model is best for us",
        "compare fee for service with capitation",
        "capitation or shared savings with this payer",
        "fee for service versus value based",
        "compare payment models side by side",
        "should we stay fee for service",
        "would a hybrid prospective payment suit us",
        "which deal should we take",
        "what model fits our practice",
        "compare fee for service, shared savings and two-sided risk",
    ],
    examples=["Which payment model suits us with {payer}?"],
    required=["payer"],
)
def compare_models(
    practice: Practice,
    *,
    payer: str | None = None,
    pmpm: Decimal | None = None,
    care_pmpm: Decimal | None = None,
    target_pmpm: Decimal | None = None,
    actual_pmpm: Decimal | None = None,
    members: int | None = None,
    member_months: int | None = None,
    share: Decimal | None = None,
    loss_share: Decimal | None = None,
    minimum_savings_rate: Decimal | None = None,
    cap: Decimal | None = None,
    prepaid: Decimal | None = None,
    period: str | None = None,
) -> Finding:
    """Fee for service, care management, capitation, shared savings, two-sided and hybrid for
    one payer's members: average, bad and good year, cash, work, data, and who bears what.

    The year's work is drawn from the members' own use at today's prices; total cost of care
    needs the payer's target and actual, which claims of one practice cannot tell.
    """
    span = period_of(period, practice)
    totals = code_totals(practice, span, payers=[payer] if payer else None)
    name = one_payer(practice, payer, insurers(practice, (t.payer for t in totals)))
    rows = [t for t in totals if t.payer == name and t.lines]
    if not rows:
        raise NotKnown(f"no counting lines of {name} are on file for {span.label}",
                       "choose another period")  # fmt: skip
    short = practice.payers.short_name(name)
    amount = sum((row.allowed for row in rows), Decimal(0))
    allowed = allowed_figure(amount, sum(row.lines for row in rows),
                             f"{name}, {period_where(span)}", short)  # fmt: skip
    fees = allowed
    if span.months != 12:
        fees = Figure(f"{short}: allowed a year", amount * 12 / span.months, "USD",
                      Basis("allowed x 12 / months of the period", (allowed,)))  # fmt: skip
    inputs = Inputs()
    people = year_members(practice, name, members, member_months)
    inputs.held["members"] = people
    terms = _terms(fees, people, inputs, pmpm, care_pmpm, prepaid,
                   _total(people, target_pmpm, actual_pmpm, inputs),
                   (share, loss_share, minimum_savings_rate, cap))  # fmt: skip
    use = member_use(practice, name, span, float(people.number))
    drawn = another_year(use, float(people.number), DRAWS) if use else np.full(
        DRAWS, float(fees.number))  # fmt: skip
    found = side_by_side(terms, drawn)
    judged = _judged(care_pmpm is not None, pmpm is not None, terms.total is not None)
    held = Compared(name, short, span, fees, inputs, terms, found, judged, use is not None)
    return _finding(practice, held)


def _judged(care: bool, fixed: bool, total: bool) -> frozenset[Model]:
    """The models whose price is today's or was told: a price of ours recommends nothing."""
    made: set[Model] = {"fee_for_service"}
    if care:
        made.add("care_management")
    if fixed:
        made.add("capitation")
    if total:
        made |= {"shared_savings", "two_sided", "hybrid"}
    return frozenset(made)


def _total(
    people: Figure, target: Decimal | None, actual: Decimal | None, inputs: Inputs
) -> Contract | None:
    """The total-cost contract, where the user told its target and cost."""
    if target is None or actual is None:
        return None
    per: Unit = "USD per member per month"
    aim = inputs.take("target_pmpm", "Target per member per month", target, 0, per, "",
                      least=1)  # fmt: skip
    cost = inputs.take("actual_pmpm", "Expected cost per member per month", actual, 0, per, "",
                       least=1)  # fmt: skip
    wide = inputs.take("spread", "Spread of one member's yearly cost, times its mean", None, 3,
                       "ratio", "our assumption for all care")  # fmt: skip
    return Contract(float(aim), float(cost), float(people.number), spread=float(wide))


def _terms(
    fees: Figure,
    people: Figure,
    inputs: Inputs,
    pmpm: Decimal | None,
    care_pmpm: Decimal | None,
    prepaid: Decimal | None,
    total: Contract | None,
    sharing: tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None],
) -> Terms:
    per: Unit = "USD per member per month"
    months = people.number * 12
    even = fees.number / months
    care = inputs.take("care_pmpm", "Care management fee", care_pmpm, 5, per, OURS)  # fmt: skip
    fixed = inputs.take("pmpm", "Capitation per member per month", pmpm,
                        str(even.quantize(Decimal("0.01"))), per, "your break-even")  # fmt: skip
    part = inputs.take("prepaid", "Paid monthly in the hybrid", as_percent(prepaid), 60, "percent",
                       OURS, most=100)  # fmt: skip
    share, loss_share, least, cap = sharing
    kept = owed = none = Decimal(0)
    if total is not None:
        kept = inputs.take("share", "Our share of savings", as_percent(share), 50, "percent", OURS,
                           most=100)  # fmt: skip
        owed = inputs.take("loss_share", "Our share of losses", as_percent(loss_share), kept,
                           "percent", "the same as of savings",
                           most=100)  # fmt: skip
        none = inputs.take("minimum_savings_rate", "Minimum before sharing", least, 0, "percent",
                           "none, first dollar",
                           most=50)  # fmt: skip
        if cap is not None:
            inputs.take("cap", "Most we can owe, of the target", cap, 0, "percent", "",
                        most=100)  # fmt: skip
    ways = usual(kept, owed, none, None, cap, Decimal(1))
    return Terms(
        float(fees.number), float(months), float(care), float(fixed), float(part), total,
        ways[UPSIDE], ways[TWO_SIDED],
    )  # fmt: skip


def _finding(practice: Practice, held: Compared) -> Finding:
    words = read_toml("payment_models.toml")
    averages = {name: _dollars(held, words[name]["title"], "average year", each.expected)
                for name, each in held.found.items()}  # fmt: skip
    weighed = {name: _dollars(held, words[name]["title"], "after risk", after_risk(each))
               for name, each in held.found.items()}  # fmt: skip
    best = max(held.judged, key=lambda name: (weighed[name].number, name))
    today = averages["fee_for_service"]
    table = _table(held, averages, weighed, words)
    return Finding(
        headline=_headline(held, best, averages[best], today, words),
        sentences=(*_why(held, best, weighed, words), *_total_missing(held)),
        figures=(*averages.values(), held.fees, *held.inputs.figures()),
        table=table,
        chart=_chart(held, averages, words),
        caveats=(*held.inputs.listed(), *_method(held), *short_claims(practice, held.span)),
        next_steps=(
            f"What is our break-even PMPM with {held.short}?",
            f"What could two-sided risk cost us with {held.short}?",
            "What does the guide say about choosing a payment model?",
        ),
        details={
            "payer": held.payer, "payers": [held.payer], "best": best, "worth": averages[best].id,
            "inputs": movables(held.inputs.held, MOVED),
            "period": held.span.label, "period_start": held.span.start.isoformat(),
            "period_end": held.span.end.isoformat(),
            **{key: str(each.value) for key, each in held.inputs.held.items()},
            "worksheet": models_sheet(
                held.short, held.fees, held.inputs.held,
                {str(name): each for name, each in averages.items()}, table,
            ).as_data(),
        },
        done=f"Compared {len(held.found)} payment models for {held.short}",
    )  # fmt: skip


def _dollars(held: Compared, title: str, what: str, value: float) -> Figure:
    basis = Basis(
        f"{what} of {DRAWS:,} seeded draws of the members' use and cost; income less work beyond"
        " an average year at today's prices"
        + (" (after risk: average less half the way down to the bad year)"
           if what == "after risk" else ""),
        (held.fees, *held.inputs.figures()),
    )  # fmt: skip
    return Figure(f"{held.short}, {title}: {what}", Decimal(str(round(value))), "USD", basis,
                  places=0)  # fmt: skip


def _headline(
    held: Compared, best: Model, average: Figure, today: Figure, words: Mapping[str, dict[str, str]]
) -> Sentence:
    if len(held.judged) == 1:
        even = held.inputs.held["pmpm"]
        return says(
            "Fee for service with {short} brings {today} a year; no other model has a price yet."
            " A capitation of {even} per member per month would bring the same.",
            short=held.short, today=today, even=even,
        )  # fmt: skip
    if best == "fee_for_service":
        return says(
            "On these terms fee for service suits you best with {short}: {today} a year, and no"
            " other model pays more for its risk.",
            short=held.short, today=today,
        )  # fmt: skip
    more = Figure(f"{held.short}: best model less today", average.number - today.number, "USD",
                  Basis("average of the model - fees today", (average, today)),
                  places=0)  # fmt: skip
    return says(
        "On these terms {title} suits you best with {short}: {average} in an average year, {more}"
        " above today's fees.",
        title=words[best]["title"], short=held.short, average=average, more=more,
    )  # fmt: skip


def _why(
    held: Compared,
    best: Model,
    weighed: Mapping[Model, Figure],
    words: Mapping[str, dict[str, str]],
) -> list[Sentence]:
    made = []
    ranked = sorted(held.judged, key=lambda name: -weighed[name].number)
    if len(ranked) > 1:
        second = ranked[1]
        made.append(
            says("It leads after risk is taken off ({best}); next comes {title} ({next}). What it"
             " asks of you: {work}; data: {data}; {bears}.",
             best=weighed[best], title=words[second]["title"], next=weighed[second],
             work=words[best]["work"], data=words[best]["data"], bears=words[best]["bears"])
        )  # fmt: skip
    fixed = held.found["capitation"]
    swing = _dollars(held, words["capitation"]["title"], "bad year below its average",
                     fixed.expected - fixed.low)  # fmt: skip
    if held.use_known and swing.number:
        made.append(
            says("Under capitation a heavy year (one in twenty) costs you {swing} of unpaid work"
                 " at today's prices.", swing=swing)
        )  # fmt: skip
    return made


def _total_missing(held: Compared) -> list[Sentence]:
    if held.terms.total is not None:
        return []
    return [
        says("Shared savings and losses are not priced: they turn on the members' total cost, which"
             " your claims cannot show. Ask the payer for target and actual, and say them here.")
    ]  # fmt: skip


def _table(
    held: Compared,
    averages: Mapping[Model, Figure],
    weighed: Mapping[Model, Figure],
    words: Mapping[str, dict[str, str]],
) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name in words:
        said = words[name]
        each = held.found.get(name)  # type: ignore[call-overload]
        amounts: tuple[Cell, ...] = (None, None, None, None)
        if each is not None:
            key: Model = name  # type: ignore[assignment]
            amounts = (
                averages[key],
                _dollars(held, said["title"], "bad year, 1 in 20", each.low),
                _dollars(held, said["title"], "good year, 1 in 20", each.high),
                weighed[key],
            )
        rows.append((said["title"], *amounts, said["cash"], said["bears"], said["work"],
                     said["data"]))  # fmt: skip
    columns = (
        "Model", "Average year (USD)", "Bad year, 1 in 20 (USD)", "Good year, 1 in 20 (USD)",
        "After risk (USD)", "Cash", "Who bears what", "Work", "Data needed",
    )  # fmt: skip
    return Table(f"{held.short}: what each model brings for the same members", columns, tuple(rows))


def _chart(
    held: Compared, averages: Mapping[Model, Figure], words: Mapping[str, dict[str, str]]
) -> Chart:
    names = list(held.found)
    labels = tuple(words[name]["title"] for name in names)
    bad = tuple(_dollars(held, words[n]["title"], "bad year, 1 in 20", held.found[n].low)
                for n in names)  # fmt: skip
    good = tuple(_dollars(held, words[n]["title"], "good year, 1 in 20", held.found[n].high)
                 for n in names)  # fmt: skip
    return Chart(
        "bar", f"{held.short}: bad, average and good year (USD)", "USD", labels,
        {"bad year": bad, "average": tuple(averages[n] for n in names), "good year": good},
        ("fees today", held.fees),
    )  # fmt: skip


def _method(held: Compared) -> list[Sentence]:
    made = [
        says("Only models whose price you gave are weighed against today's fees; a price assumed by"
             " us stands in the table for orientation."),
        says("Results are income less work beyond an average year at today's prices: pay by fee"
             " follows the work, a fixed payment does not. Costs of care management, software and"
             " reserves are not taken off."),
    ]  # fmt: skip
    if held.use_known:
        made.append(
            says("How much work a year brings is drawn from {short}'s own members, {period}, those"
                 " never seen included.", short=held.short, period=held.span.label)
        )  # fmt: skip
    else:
        made.append(
            says("The claims do not name members, so the swing of a year's work is not in the"
                 " numbers of capitation and the hybrid; add claims or a member list with ids.")
        )  # fmt: skip
    return made
