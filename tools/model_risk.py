"""What taking risk with a payer may bring and cost: many futures of the same contract."""

from __future__ import annotations

from decimal import Decimal

from knowledge.evidence import Basis, Figure, Finding
from knowledge.problems import BadInput, MoreNeeded
from tools.measures.cost_per_visit import cost_per_visit
from tools.practice import Practice
from tools.registry import tool
from tools.risk.assumed import GIVEN, OURS, Inputs, as_percent
from tools.risk.members_covered import year_members
from tools.risk.programmes import named_arrangement, programme, usual
from tools.risk.risk_answer import Asked, risk_answer
from tools.risk.simulation import Contract
from tools.risk.target_rule import TargetRule

YEARS_AT_MOST = 10


@tool(
    label="Risk",
    needs=[],
    asks=[
        "should we take downside risk",
        "model two-sided risk",
        "what could we lose in a shared risk contract",
        "how likely is it that we owe the plan money",
        "how much reserve do we need to take risk",
        "upside only or two-sided, which is better for us",
        "global risk with this payer",
        "chance of a loss we can't bear",
        "what if we have a bad year under risk",
        "risk corridors and stop loss, what do they change",
        "is our panel big enough to take risk",
        "what would ACO REACH corridors do for us",
    ],
    examples=[
        "What could two-sided risk cost us at a target of 410 and an actual of 400 PMPM for"
        " 1,500 members?",
    ],
    required=["target_pmpm", "actual_pmpm"],
)
def model_risk(
    practice: Practice,
    *,
    payer: str | None = None,
    target_pmpm: Decimal | None = None,
    actual_pmpm: Decimal | None = None,
    members: int | None = None,
    member_months: int | None = None,
    arrangement: str | None = None,
    share: Decimal | None = None,
    loss_share: Decimal | None = None,
    minimum_savings_rate: Decimal | None = None,
    cap: Decimal | None = None,
    gain_cap: Decimal | None = None,
    quality_factor: Decimal | None = None,
    trend: Decimal | None = None,
    rebasing: Decimal | None = None,
    years: int | None = None,
    stop_loss: Decimal | None = None,
    spread: Decimal | None = None,
    bearable_loss: Decimal | None = None,
) -> Finding:
    """What a risk contract may bring or cost: expected, bad and good years, chance of owing,
    reserve, beside upside only and global risk.

    100,000 seeded draws of the panel's cost; the luck of a panel is the sum of its members'
    (tools/risk/panel_cost.py). Target and cost grow by the same trend; `rebasing` is the part
    of each new target taken from the practice's own spending. Whatever is not given is an
    assumption and listed.
    """
    if target_pmpm is None or actual_pmpm is None:
        missing = "target_pmpm" if target_pmpm is None else "actual_pmpm"
        words = "the target" if target_pmpm is None else "today's cost"
        raise MoreNeeded(missing, missing, f"What is {words} per member per month, in dollars?", ())
    inputs = Inputs()
    people = year_members(practice, payer, members, member_months)
    inputs.held["members"] = people
    target = inputs.take("target_pmpm", "Target per member per month", target_pmpm, 0,
                         "USD per member per month", "", least=1)  # fmt: skip
    actual = inputs.take("actual_pmpm", "Expected cost per member per month", actual_pmpm, 0,
                         "USD per member per month", "", least=1)  # fmt: skip
    kept = inputs.take("share", "Our share of savings", as_percent(share), 50, "percent", OURS,
                       most=100)  # fmt: skip
    owed = inputs.take("loss_share", "Our share of losses", as_percent(loss_share), kept,
                       "percent", "the same as of savings",
                       most=100)  # fmt: skip
    least = inputs.take("minimum_savings_rate", "Minimum before sharing", minimum_savings_rate, 0,
                        "percent", "none, first dollar",
                        most=50)  # fmt: skip
    span = inputs.take("years", "Years", years, 3, "count", OURS, least=1,
                       most=YEARS_AT_MOST)  # fmt: skip
    grows = inputs.take("trend", "Cost and target grow a year", trend, 5, "percent", OURS,
                        least=-20, most=30)  # fmt: skip
    own = inputs.take("rebasing", "Part of each new target from our own spending",
                      as_percent(rebasing), 0, "percent", "the target only grows",
                      most=100)  # fmt: skip
    wide = inputs.take("spread", "Spread of one member's yearly cost, times its mean", spread, 3,
                       "ratio", "our assumption for all ages and all care, wide because few"
                       " members carry most cost", most=20)  # fmt: skip
    quality = _quality(quality_factor, inputs)
    if cap is not None:
        inputs.take("cap", "Most we can owe, of the target", cap, 0, "percent", "", most=100)
    if gain_cap is not None:
        inputs.take("gain_cap", "Most we can earn, of the target", gain_cap, 0, "percent", "",
                    most=100)  # fmt: skip
    if stop_loss is not None:
        inputs.take("stop_loss", "A member's cost counts up to", stop_loss, 0, "USD", "",
                    least=1)  # fmt: skip
    contract = Contract(
        target=float(target), actual=float(actual), members=float(people.number), years=int(span),
        trend=float(grows), trend_doubt=1.5, spread=float(wide),
        cut=None if stop_loss is None else float(stop_loss),
        rule=TargetRule(growth=float(grows), own=float(own)),
    )  # fmt: skip
    terms = usual(kept, owed, least, gain_cap, cap, quality)
    wanted = named_arrangement(arrangement)
    public = programme(wanted)
    if public:
        terms[wanted] = public.arrangement
    return risk_answer(
        Asked(
            payer, practice.payers.short_name(payer) if payer else "this payer", contract, terms,
            wanted, public, inputs, _bearable(practice, bearable_loss),
        )
    )  # fmt: skip


def _quality(given: Decimal | None, inputs: Inputs) -> Decimal:
    """The quality factor on gains as a ratio; above 2 it is read as a percent."""
    value = None if given is None else Decimal(str(given))
    if value is not None and value > 2:
        value /= 100
    return inputs.take("quality_factor", "Quality factor on gains", value, 1, "ratio",
                       "full quality", most=1)  # fmt: skip


def _bearable(practice: Practice, given: Decimal | None) -> Figure | None:
    """The loss the practice can bear: as given, else a month of its own costs, else None."""
    if given is not None:
        if given <= 0:
            raise BadInput("bearable_loss", "a loss to bear is above zero", "correct it")
        return Figure("Loss we can bear", Decimal(str(given)), "USD", Basis(GIVEN))
    held = cost_per_visit(practice, None)
    if held is None or not held.total.number:
        return None
    months = Decimal(held.span.months)
    basis = Basis("practice costs / months they cover: a month of costs, our assumption",
                  (held.total,))  # fmt: skip
    return Figure("Loss we can bear", held.total.number / months, "USD", basis)
