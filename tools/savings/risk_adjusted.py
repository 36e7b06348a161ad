"""What the members' risk scores make of a fixed payment, and what is settled at year's end.

A rate set for a score and adjusted pays rate x members' average score / that score. The
average weighs each member and month of the payer's list alike; its standard error says how
far so many members can be trusted.
"""

from __future__ import annotations

from decimal import Decimal

from knowledge.evidence import Basis, Figure, Sentence, says
from knowledge.problems import BadInput
from tools.lines.claim_totals import exact, records
from tools.period import Period
from tools.practice import Practice
from tools.risk.assumed import GIVEN, OURS


def scores_of(practice: Practice, payer: str, span: Period, short: str) -> tuple[Figure, ...]:
    """Average score, its standard error and the members scored; () where no list holds any."""
    if not practice.tables.has("membership"):
        return ()
    rows = practice.tables.table("membership")
    rows = rows.filter(rows.payer == payer, rows.month.between(span.start, span.end),
                       rows.risk_score.notnull(), rows.member_key.notnull())  # fmt: skip
    people = rows.group_by("member_key").aggregate(total=rows.risk_score.sum(), months=rows.count())
    held = [(exact(r["total"]), int(r["months"])) for r in records(practice, people)]
    months = sum(n for _, n in held)
    if not months:
        return ()
    mean = sum((total for total, _ in held), Decimal(0)) / months
    where = f"{payer}, months {span.start.isoformat()} to {span.end.isoformat()}"
    basis = Basis("distinct members with a score", (), "membership", where, months)
    scored = Figure(f"{short}: members with a risk score", Decimal(len(held)), "count", basis)
    average = Figure(f"{short}: average risk score", mean, "ratio",
                     Basis("mean over members and months of the payer's list", (scored,),
                           "membership", where, months), places=3)  # fmt: skip
    if len(held) < 2:
        return average, scored
    spread = sum(((total / n - mean) ** 2 for total, n in held), Decimal(0)) / (len(held) - 1)
    error = Figure(f"{short}: standard error of the average score",
                   (spread / len(held)).sqrt(), "ratio",
                   Basis("root of (variance of members' scores / members)", (scored,)),
                   places=3)  # fmt: skip
    return average, scored, error


def adjustment_said(
    scores: tuple[Figure, ...], base: Decimal | None, rate: Figure, months: Figure, short: str
) -> list[Sentence]:
    """The rate adjusted to the members' score, and what a year's reconciliation would move.

    base: the score that the rate is set for; None: 1, our assumption. rate and months: USD per
    member per month as offered (or break-even), and member months of the period.
    """
    if not scores and base is None:
        return []
    if not scores:
        return [says("No risk scores are on file, so what an adjustment would pay is not known: ask"
                     " for them with the attribution list.")]  # fmt: skip
    if base is not None and not Decimal("0.1") <= base <= 10:
        raise BadInput("risk_score", "a score lies between 0.1 and 10", "correct it")
    average = scores[0]
    held = Figure("Risk score the rate is set for", base or Decimal(1), "ratio",
                  Basis(GIVEN if base else OURS), places=2)  # fmt: skip
    adjusted = Figure(
        f"{short}: rate adjusted to the members' score", rate.number * average.number / held.number,
        "USD per member per month",
        Basis("rate x average score / score it is set for", (rate, average, held)), places=2,
    )  # fmt: skip
    apart = Figure(
        f"{short}: settled at reconciliation", abs(adjusted.number - rate.number) * months.number,
        "USD", Basis("|adjusted - paid| x member months of the period", (adjusted, rate, months)),
    )  # fmt: skip
    more = adjusted.number >= rate.number
    made = [
        says("The list gives your members an average risk score of {average} ({scored} members); a"
             " rate set for a score of {base} ({why}) and adjusted would pay {adjusted}.",
             average=average, scored=scores[1], base=held, why=held.basis.words,
             adjusted=adjusted),
        says("Paid unadjusted and settled afterwards, {apart} would come {way} at reconciliation;"
             " without one it {stays}.",
             apart=apart, way="to you" if more else "due from you",
             stays="is lost to you" if more else "stays yours"),
    ]  # fmt: skip
    if len(scores) > 2 and 2 * scores[2].number > abs(average.number / held.number - 1):
        made.append(says("So few members leave the average uncertain by {error} either way: it is"
                         " not clearly different from the score the rate is set for.",
                         error=scores[2]))  # fmt: skip
    return made
