"""What the practice's patients cost and use, what a visit costs, and whose patients they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.evidence import Finding
from knowledge.problems import NotKnown
from tools.measures.attribution import Attribution, attributions
from tools.measures.cost_answers import attribution_answer, cost_answer, story_answer, use_answer
from tools.measures.cost_per_visit import CostPerVisit, cost_per_visit
from tools.measures.member_month_answer import member_month_answer
from tools.measures.quality_rows import quality_rows
from tools.measures.story import story
from tools.measures.utilization_rows import Reported, reported
from tools.period import Period, period_of
from tools.practice import Practice
from tools.registry import tool

TOPICS = (
    ("member months", r"member[- ]months?"),
    ("story", r"story|better while|getting better|healthier|cut(?:ting)? costs?|cost falls?|sick"),
    ("attribution", r"attribut|assigned|panel|roster|not seen|never seen|empanel"),
    ("cost", r"^costs: |cost per visit|cost of a visit|cost a visit|overhead|expense|our costs?|"
             r"what (?:does|it) costs?|break ?even"),
    ("use", r"utili[sz]|\bed\b|\ber\b|emergency|admission|hospital|generic|imaging|readmi|"
            r"pmpm|cost of care|per 1,?000|report"),
)  # fmt: skip


@tool(
    label="Cost and utilization",
    needs=["utilization"],
    asks=[
        "how do our emergency visits compare with the payer's network",
        "our utilization against the benchmark",
        "hospital admissions and ED visits per thousand",
        "are we saving the health plan money",
        "what does a visit cost us",
        "cost per visit",
        "our overhead per visit",
        "which attributed patients have we never seen",
        "patients we see who are not attributed to us",
        "check the attribution list against our claims",
        "how many member months do we have with this payer",
        "are our sick patients getting better while cost goes down",
        "show the payer that we cut costs and quality rises",
        "generic prescribing rate compared to peers",
        "readmissions trend",
        "total cost of care per member per month against the market",
    ],
    examples=[
        "Are our patients getting better while cost falls?",
        "Which {payer} members are attributed to us but never seen?",
    ],
)
def cost_and_utilization(
    practice: Practice,
    *,
    payers: list[str] | None = None,
    period: str | None = None,
    topic: str | None = None,
) -> Finding:
    """Utilization beside its comparison, cost per visit, attribution, or the story of both.

    Topics: use (payers' reports, with each metric's direction), cost (practice costs /
    visits of the same months; "costs: rent" leads with that category), attribution (roster
    against patients seen), member months (of the period, from the rosters), story (quality
    and utilization by period in one view). Without a topic, what the files on hand tell.
    """
    span = period_of(period, practice) if period else None
    named = next((name for name, words in TOPICS if re.search(words, (topic or "").lower())), None)
    if named == "member months":
        return member_month_answer(practice, payers, span or period_of(None, practice))
    if named == "story":
        quality, use = quality_rows(practice, payers), reported(practice, payers, span)
        return story_answer(story(practice, quality, use))
    use = reported(practice, payers, span) if named in (None, "use") else []
    cost = cost_per_visit(practice, span) if named in (None, "cost") else None
    lists = attributions(practice, payers) if named in (None, "attribution") else []
    category = (topic or "").removeprefix("costs: ") if (topic or "").startswith("costs: ") else ""
    return _together(practice, named, span, use, cost, lists, category)


def _together(
    practice: Practice,
    named: str | None,
    span: Period | None,
    use: Sequence[Reported],
    cost: CostPerVisit | None,
    lists: Sequence[Attribution],
    category: str,
) -> Finding:
    parts = [
        *([use_answer(practice, use)] if use else []),
        *([cost_answer(cost, category)] if cost else []),
        *([attribution_answer(practice, lists)] if lists else []),
    ]
    if not parts:
        raise NotKnown(what=_LACKS[named][0], do=_LACKS[named][1])
    first, *others = parts
    return Finding(
        headline=first.headline,
        sentences=(*first.sentences, *(each.headline for each in others)),
        figures=tuple(f for each in parts for f in each.figures),
        table=first.table,
        chart=first.chart,
        caveats=tuple(c for each in parts for c in each.caveats),
        next_steps=first.next_steps,
        details={
            "topic": named,
            "period": span.label if span else None,
            **{key: value for each in parts for key, value in each.details.items()},
        },
        done=first.done,
    )


_LACKS: dict[str | None, tuple[str, str]] = {
    "use": (
        "no payer's report on use and cost is on file for this question",
        "add a utilization report (metric, practice, comparison, period)",
    ),
    "cost": (
        "no practice costs are on file for this period",
        "add your ledger or profit and loss sheet (category, amount, month)",
    ),
    "attribution": (
        "no attribution list with member ids is on file, or no claims with member ids",
        "add the payer's roster (member id, month) and a claims export with member ids",
    ),
    None: (
        "no utilization report, practice costs or attribution list is on file",
        "add a payer's utilization report, your ledger, or an attribution roster",
    ),
}
