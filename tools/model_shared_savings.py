"""What a shared-savings offer pays the practice: target against actual, share, quality, cap."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from knowledge.evidence import Basis, Figure, Finding, Sentence, Table, says
from tools.practice import Practice
from tools.rates.rate_figures import magnitude
from tools.registry import tool
from tools.risk.assumed import GIVEN
from tools.risk.members_covered import contract_months
from tools.risk.movable import movable, movables
from tools.savings.luck import luck_of
from tools.savings.over_years import Asked, OverYears, over_years
from tools.savings.shared_savings_formula import SharedSavings
from tools.savings.shared_savings_sheet import shared_savings_sheet
from tools.savings.shared_savings_terms import (
    Terms,
    formula_of,
    needed,
    percent_or_none,
    quality_of,
    share_of,
    terms_as_figures,
)


@tool(
    label="Shared savings",
    needs=[],
    asks=[
        "what would shared savings pay us",
        "model a shared savings contract",
        "how much do we earn if we beat the target",
        "what if we spend less than the benchmark per member per month",
        "value based contract with 50 percent of savings",
        "what is our share of the savings",
        "what do we owe if costs run over the target",
        "is the shared savings offer worth it",
        "gain sharing with a minimum savings rate",
        "upside only or two-sided risk, what does it pay",
        "model the ACO offer",
        "total cost of care target and our bonus",
        "what if the target is re-based every year, is it a race to the bottom",
        "how much of our shared savings is luck",
    ],
    examples=[
        "What would shared savings pay at a target of 410 and an actual of 395 PMPM"
        " for 2,000 members with a 50% share?",
    ],
    required=["target_pmpm", "actual_pmpm", "share"],
)
def model_shared_savings(
    practice: Practice,
    *,
    payer: str | None = None,
    target_pmpm: Decimal | None = None,
    actual_pmpm: Decimal | None = None,
    members: int | None = None,
    member_months: int | None = None,
    share: Decimal | None = None,
    minimum_savings_rate: Decimal | None = None,
    cap: Decimal | None = None,
    quality_factor: Decimal | None = None,
    years: int | None = None,
    rebasing: Decimal | None = None,
    trend: Decimal | None = None,
    reduction: Decimal | None = None,
    floor_pmpm: Decimal | None = None,
    spread: Decimal | None = None,
) -> Finding:
    """What a shared-savings contract pays: (target - actual) x member months x share x quality.

    Nothing is paid while savings / target stay below the minimum savings rate; from the
    first dollar once it is met. With a cap the contract is two-sided: a loss costs the
    smaller of share x loss and cap x target. Members come from the roster when not given.
    How much of the result luck decides is always told; years, re-basing or a floor of
    necessary care show whether the target races to the bottom (guide 2/3.3).
    """
    target, actual = needed(target_pmpm, "target_pmpm"), needed(actual_pmpm, "actual_pmpm")
    terms = Terms(
        share_of(needed(share, "share")),
        percent_or_none(minimum_savings_rate, "minimum_savings_rate") or Decimal(0),
        percent_or_none(cap, "cap"),
        quality_of(quality_factor),
    )
    months = contract_months(practice, payer, members, member_months)
    asked = Asked(years, rebasing, trend, reduction, floor_pmpm)
    later = over_years(asked, terms, target, actual, months) if asked.any else None
    luck = luck_of(terms, target, actual, months, spread)
    return _finding(practice, payer, target, actual, months, terms, luck, later)


def _finding(
    practice: Practice,
    payer: str | None,
    target: Decimal,
    actual: Decimal,
    months: Figure,
    terms: Terms,
    luck: list[Sentence],
    later: OverYears | None,
) -> Finding:
    whose = practice.payers.short_name(payer) if payer else "The contract"
    per_month = {
        name: Figure(f"{name} per member per month", value, "USD per member per month",
                     Basis(GIVEN), places=2)
        for name, value in (("Target", target), ("Actual", actual))
    }  # fmt: skip
    whole = {
        name: Figure(f"{name} in all", figure.number * months.number, "USD",
                     Basis("per member per month x member months", (figure, months)))
        for name, figure in per_month.items()
    }  # fmt: skip
    total, spent = whole["Target"], whole["Actual"]
    result = terms.earned(total.number, spent.number)
    gross = Figure("Savings before sharing", result.gross, "USD",
                   Basis("(target - actual) x member months", (total, spent)))  # fmt: skip
    rate = Figure("Savings rate", result.rate, "percent",
                  Basis("100 x savings / target", (gross, total)), places=2)  # fmt: skip
    parts = terms_as_figures(terms)
    earned = Figure(
        f"{whose}: earned", result.earned, "USD",
        Basis(formula_of(terms), (gross, *parts.values(), rate, total)),
    )  # fmt: skip
    month = Figure(
        f"{whose}: earned per member per month", result.earned / months.number,
        "USD per member per month", Basis("earned / member months", (earned, months)), places=2,
    )  # fmt: skip
    first = _headline(whose, result, earned, gross, rate, parts)
    return Finding(
        headline=later.sentences[0] if later else first,
        sentences=(
            *((first,) if later else ()),
            says(
                "Against a target of {target} the actual is {actual} over {months} member months:"
                " {gross}, {rate} of the target.",
                target=per_month["Target"],
                actual=per_month["Actual"],
                months=months,
                gross=gross,
                rate=rate,
            ),
            *(
                [says("That is {month} per member per month.", month=month)]
                if result.earned
                else []
            ),
            *_threshold(terms, total, result, parts),
            *luck,
            *(later.sentences[1:] if later else ()),
        ),
        figures=(earned, gross, rate, months),
        table=later.table if later else _table(terms, total, actual, months),
        caveats=(*(later.assumed if later else ()), *_caveats(terms, result, months)),
        next_steps=(
            "What if the target is re-based fully each year?",
            "What does the guide say about shared savings?",
            f"What does our {whose} contract say about quality measures?"
            if payer
            else "Which terms should a shared-savings contract have?",
            "How does a rate increase compare with this?",
        ),
        details={
            "payer": payer,
            "payers": [payer] if payer else [],
            "target_pmpm": str(target),
            "actual_pmpm": str(actual),
            "member_months": str(months.number),
            "share": str(terms.share),
            "minimum_savings_rate": str(terms.minimum),
            "cap": None if terms.cap is None else str(terms.cap),
            "quality_factor": str(terms.quality),
            "worth": earned.id,
            "gross": gross.id,
            "rate": rate.id,
            "inputs": _moved(target, actual, terms, months, later),
            "worksheet": shared_savings_sheet(
                whose, terms, (per_month["Target"], per_month["Actual"]), months,
                (gross, rate, earned), later,
            ).as_data(),
        },
        done=f"Modelled shared savings over {months.shown()} member months",
    )  # fmt: skip


def _moved(
    target: Decimal, actual: Decimal, terms: Terms, months: Figure, later: OverYears | None
) -> list[dict[str, Any]]:
    """The inputs that may be moved under the answer."""
    held = [
        movable("target_pmpm", "Target per member per month", target, "USD"),
        movable("actual_pmpm", "Actual cost per member per month", actual, "USD"),
        movable("share", "Share of savings", terms.share, "%"),
        movable("minimum_savings_rate", "Minimum savings rate", terms.minimum, "%"),
        movable("quality_factor", "Quality factor", terms.quality, ""),
        movable("members", "Members", round(months.number / 12), ""),
    ]
    if terms.cap is not None:
        held.insert(4, movable("cap", "Most we can owe, of the target", terms.cap, "%"))
    of_years = ("years", "rebasing", "trend", "reduction")
    return [*held, *(movables(later.inputs, of_years) if later else ())]


def _headline(
    whose: str,
    result: SharedSavings,
    earned: Figure,
    gross: Figure,
    rate: Figure,
    parts: dict[str, Figure],
) -> Sentence:
    if result.earned > 0:
        return says(
            "{whose} would pay you {earned}: {share} of {gross} saved.",
            whose=whose, earned=earned, share=parts["share"], gross=gross,
        )  # fmt: skip
    if result.earned < 0:
        return says(
            "{whose} would cost you {owed}, your part of a loss of {loss}.",
            whose=whose,
            owed=magnitude(earned, "Owed by you"),
            loss=magnitude(gross, "Loss against the target"),
        )
    if result.gross > 0:
        return says(
            "{whose} would pay nothing ({earned}): {rate} saved is below the minimum of {least}.",
            whose=whose, earned=earned, rate=rate, least=parts["minimum"],
        )  # fmt: skip
    return says(
        "{whose} would pay nothing ({earned}): the actual is not below the target.",
        whose=whose, earned=earned,
    )  # fmt: skip


def _threshold(
    terms: Terms, total: Figure, result: SharedSavings, parts: dict[str, Figure]
) -> list[Sentence]:
    if not terms.minimum:
        return []
    line = Figure(
        "Savings needed before any are shared", total.number * terms.minimum / 100, "USD",
        Basis("minimum savings rate x target", (parts["minimum"], total)),
    )  # fmt: skip
    state = "is met, so sharing starts at the first dollar" if result.met else "is not met"
    return [
        says(
            "The minimum of {rate} asks for savings of {line} first; it {state}.",
            rate=parts["minimum"],
            line=line,
            state=state,
        )
    ]


def _table(terms: Terms, total: Figure, actual: Decimal, months: Figure) -> Table:
    """The same contract at other levels of spending, so that its edges are seen."""
    rows = []
    levels = [Decimal(n) for n in (90, 95, 98, 100, 102, 105, 110)]
    for level in levels:
        spent = total.number * level / 100
        said = Figure("Actual, percent of target", level, "percent", Basis("a level to look at"),
                      places=0)  # fmt: skip
        per_member = Figure(
            f"Actual at {level}% of target", spent / months.number, "USD per member per month",
            Basis("target x the level / member months", (total, said, months)), places=2,
        )  # fmt: skip
        earned = Figure(
            f"Earned when actual is {level}% of target",
            terms.earned(total.number, spent).earned,
            "USD",
            Basis(formula_of(terms), (total, said)),
        )
        rows.append((said, per_member, earned))
    title = (
        "A loss costs you as well: the contract is two-sided"
        if terms.cap is not None
        else "Upside only: a loss costs you nothing"
    )
    columns = ("Actual, of target", "Actual (USD per member per month)", "You earn (USD)")
    return Table(title, columns, tuple(rows))


def _caveats(terms: Terms, result: SharedSavings, months: Figure) -> tuple[Sentence, ...]:
    made = []
    if months.basis.words != GIVEN:
        made.append(
            says("Member months: {words}.", words=months.basis.words)
            if months.basis.table is None
            else says("Member months are from the roster on file: {words}.",
                      words=months.basis.words)
        )  # fmt: skip
    if terms.cap is None and result.gross < 0:
        made.append(
            says("Read as upside only, because no cap on losses was given; a two-sided contract"
                 " would cost you a part of the loss.")
        )  # fmt: skip
    made.append(
        says("Ask how the target is set and re-based, how it is risk-adjusted and when it is"
             " reconciled.")
    )  # fmt: skip
    return tuple(made)
