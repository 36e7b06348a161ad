"""Answers on use, cost per visit, attribution and the story, each a finding of its own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Chart, Figure, Finding, Sentence, Table, says
from knowledge.money import percent_of
from tools.measures.attribution import Attribution
from tools.measures.cost_per_visit import CostPerVisit
from tools.measures.story import Change, Story
from tools.measures.utilization_rows import Reported, period_words
from tools.practice import Practice
from tools.rates.rate_figures import magnitude, words


def use_answer(practice: Practice, every: Sequence[Reported]) -> Finding:
    """The latest of each metric beside its comparison, with the change since the first."""
    latest = {each.key: each for each in every}
    firsts = {each.key: each for each in reversed(every)}
    rows = sorted(latest.values(), key=lambda e: (e.better is not True, e.payer, e.name))
    judged = [each for each in rows if each.better is not None]
    ahead = [each for each in judged if each.better]
    better = _count(len(ahead), "Metrics better than the comparison",
                    "metrics whose value is on the better side of the comparison")  # fmt: skip
    of = _count(len(judged), "Metrics with a comparison and a direction", "metrics compared")
    short = practice.payers.short_name
    best = max(ahead, key=_lead, default=None)
    if judged:
        headline = says("You do better than the comparison on {better} of {of} {noun} of use and"
                        " cost.", better=better, of=of, noun=words(of, "metric"))  # fmt: skip
    else:
        headline = says("The reports on file give no comparison to judge your use and cost by.")
    sentences = []
    if best is not None and best.theirs is not None:
        sentences.append(
            says(
                "Strongest: {payer}'s {metric}, {ours} against {theirs} ({gap} apart).",
                payer=short(best.payer), metric=best.name, ours=best.ours, theirs=best.theirs,
                gap=_apart(best),
            )
        )  # fmt: skip
    behind = [each for each in judged if each.better is False and each.theirs is not None
              and each.ours.number != each.theirs.number]  # fmt: skip
    if behind:
        worst = max(behind, key=_lead)
        assert worst.theirs is not None
        sentences.append(
            says("Behind: {payer}'s {metric}, {ours} against {theirs}.", payer=short(worst.payer),
                 metric=worst.name, ours=worst.ours, theirs=worst.theirs)
        )  # fmt: skip
    unjudged = [each.name for each in rows if each.metric is None]
    return Finding(
        headline=headline,
        sentences=tuple(sentences),
        figures=(better, of),
        table=Table(
            "Use and cost beside the payer's comparison",
            ("Payer", "Metric", "Period", "Yours", "Comparison", "Better is", "You are",
             "First on file", "Change since"),
            tuple(
                (short(each.payer) if each.payer else "all payers", each.name,
                 period_words(each.start, each.end), each.ours, each.theirs,
                 each.metric.better if each.metric else "not judged",
                 {True: "better", False: "not better", None: ""}[each.better],
                 *_since(firsts[each.key], each))
                for each in rows
            ),
        ),
        chart=_use_chart(practice, rows),
        caveats=tuple(
            says("Shown, not judged, for their better direction is not known: {names}.",
                 names=", ".join(dict.fromkeys(unjudged)))
            for _ in unjudged[:1]
        ),
        next_steps=(
            "Are our patients getting better while cost falls?",
            f"Draft talking points for {short(rows[0].payer)} that use our utilization"
            if rows[0].payer else "How do our quality measures compare nationally?",
        ),
        details={
            "metrics": [each.name for each in rows],
            "better": [each.name for each in ahead],
            "payers": list(dict.fromkeys(each.payer for each in rows if each.payer)),
        },
        done=f"Read {len(rows)} metrics of use and cost",
    )  # fmt: skip


def _since(first: Reported, last: Reported) -> tuple[Figure | None, Figure | None]:
    """The first value on file and the change since, where the metric stands in two periods."""
    if first is last or first.ours.unit != last.ours.unit or first.end >= last.start:
        return None, None
    unit = "points" if last.ours.unit == "percent" else last.ours.unit
    since = period_words(first.start, first.end)
    moved = Figure(
        f"{last.name}, {last.payer}: change since {since}", last.ours.number - first.ours.number,
        unit, Basis("latest - first", (last.ours, first.ours)), places=last.ours.places,
    )  # fmt: skip
    return first.ours, moved


def _lead(each: Reported) -> Decimal:
    """How far apart practice and comparison are, as a share of the comparison."""
    assert each.theirs is not None
    base = abs(each.theirs.number) or Decimal(1)
    return abs(each.ours.number - each.theirs.number) / base


def _apart(each: Reported) -> Figure:
    assert each.theirs is not None
    if not each.theirs.number:
        return each.ours
    share = percent_of(abs(each.ours.number - each.theirs.number), abs(each.theirs.number))
    return Figure(f"{each.name}, {each.payer}: difference", share, "percent",
                  Basis("100 x difference / comparison", (each.ours, each.theirs)))  # fmt: skip


def _use_chart(practice: Practice, rows: Sequence[Reported]) -> Chart | None:
    held = [each for each in rows if each.theirs is not None]
    units = {each.ours.unit for each in held}
    if not held:
        return None
    unit = max(units, key=lambda u: (sum(e.ours.unit == u for e in held), u))
    drawn = [each for each in held if each.ours.unit == unit][:10]
    labels = tuple(f"{practice.payers.short_name(e.payer)}: {e.said}" for e in drawn)
    return Chart("bar", f"Use and cost beside the comparison ({unit})", unit, labels,
                 {"You": tuple(e.ours for e in drawn),
                  "Comparison": tuple(e.theirs for e in drawn)})  # fmt: skip


# What ledgers call a category that people ask about by another name.
_CALLED = {
    "rent": "rent lease occupancy facility",
    "salaries": "salar wage payroll staff personnel compensation",
    "supplies": "suppl",
    "malpractice": "malpractice liability",
    "billing": "billing",
    "software": "software ehr emr information technology",
    "vaccines": "vaccine drug immuni",
    "utilities": "utilit",
    "benefits": "benefit",
    "equipment": "equipment",
}


def asked_categories(held: CostPerVisit, category: str) -> list[tuple[str, Figure]]:
    """The categories of the ledger that a word names, the largest first, their sum before
    them where there are several; [] without a word or a match."""
    stems = _CALLED.get(category, category).split()
    found = [
        (name, amount)
        for name, amount in held.categories
        if any(word.startswith(stem) for stem in stems for word in name.lower().split())
    ]
    if len(found) < 2:
        return found
    parts = tuple(amount for _, amount in found)
    whole = Figure(f"Costs: {category}", sum((f.number for f in parts), Decimal(0)), "USD",
                   Basis("sum of the categories of that kind", parts))  # fmt: skip
    return [(category, whole), *found]


def cost_answer(held: CostPerVisit, category: str = "") -> Finding:
    """Costs, visits and cost per visit, with the categories; one asked about leads."""
    if held.per_visit is not None:
        headline = says(
            "A visit costs you {each} {period}: {total} of costs over {visits} visits.",
            each=held.per_visit, period=held.span.during, total=held.total, visits=held.visits,
        )  # fmt: skip
    else:
        headline = says("Your costs {period} are {total}; no visits of those months are on file.",
                        period=held.span.during, total=held.total)  # fmt: skip
    lead = asked_categories(held, category)
    if category and lead:
        headline = says(
            "You spent {amount} on {name} {period}, of {total} of costs.", amount=lead[0][1],
            name=lead[0][0].lower(), period=held.span.during, total=held.total,
        )  # fmt: skip
    rows = []
    for name, amount in held.categories:
        share = Figure(f"{name}: share of costs", _percent(amount, held.total), "percent",
                       Basis("100 x category / costs", (amount, held.total)))  # fmt: skip
        rows.append((name, amount, share))
    caveats = [
        says("Your costs on file have no category like {asked}: they are {held}.", asked=category,
             held=", ".join(name.lower() for name, _ in held.categories[:12]))
        for _ in ([] if lead or not category else [category])
    ] + [
        says("Costs count as the ledger names them; total rows are left out. Visits are distinct"
             " claims and days with a counting line, all payers and self-pay.")
    ]  # fmt: skip
    if held.left_out is not None:
        caveats.append(says("Left out: {amount} of costs whose period is not wholly within these"
                            " months.", amount=held.left_out))  # fmt: skip
    if held.doubled is not None:
        caveats.append(says("Told twice on file, by year and by month: {amount} of longer periods"
                            " left out.", amount=held.doubled))  # fmt: skip
    return Finding(
        headline=headline,
        figures=tuple(f for f in (held.per_visit, held.total, held.visits) if f is not None),
        table=Table("Where the money goes", ("Category", "Costs (USD)", "Share"), tuple(rows)),
        chart=Chart("bar", f"Practice costs by category, {held.span.label}", "USD",
                    tuple(name for name, _ in held.categories[:10]),
                    {"Costs": tuple(amount for _, amount in held.categories[:10])}),
        caveats=tuple(caveats),
        next_steps=(
            "What do payers allow for a visit on average?",
            "Which payers pay less than a visit costs us?",
        ),
        details={
            "cost_period": held.span.label,
            "cost_per_visit": held.per_visit.id if held.per_visit else None,
            "costs": held.total.id,
            "visits": held.visits.id,
        },
        done=f"Set costs of {held.total.shown()} against visits",
    )  # fmt: skip


def _percent(part: Figure, whole: Figure) -> Decimal:
    return percent_of(part.number, whole.number) if whole.number else Decimal(0)


def attribution_answer(practice: Practice, lists: Sequence[Attribution]) -> Finding:
    """Attributed and not seen, seen and not attributed, by payer."""
    short = practice.payers.short_name
    lead = max(lists, key=lambda each: (each.not_seen.number, each.payer))
    said = short(lead.payer) + (f" {', '.join(lead.products)}" if lead.products else "")
    left = sum(each.left for each in lists)
    caveats = [
        says("Members of {payer}'s list of {month} are held against patients with a counting line"
             " of that payer {period}.", payer=said, month=lead.month.label,
             period=lead.seen_in.during)
    ]  # fmt: skip
    if left:
        number = _count(left, "Members who had left",
                        "members whose term date lies before the month", "membership")  # fmt: skip
        caveats.append(says("Left out: {n} listed members whose coverage had ended before the"
                            " month.", n=number))  # fmt: skip
    return Finding(
        headline=says(
            "{payer} attributes {attributed} members to you; {unseen} of them ({share}) you have"
            " not seen, and {others} patients you saw are not on the list.",
            payer=said, attributed=lead.attributed, unseen=lead.not_seen,
            share=lead.not_seen_share, others=lead.not_attributed,
        ),
        figures=(lead.attributed, lead.seen, lead.not_seen, lead.not_attributed),
        table=Table(
            "Attribution held against patients seen",
            ("Payer", "Products", "Attributed", "Seen", "Attributed, not seen", "Of attributed",
             "Seen, not attributed"),
            tuple((short(e.payer), ", ".join(e.products), e.attributed, e.seen, e.not_seen,
                   e.not_seen_share, e.not_attributed) for e in lists),
        ),
        caveats=tuple(caveats),
        next_steps=(
            f"What does our {short(lead.payer)} contract say about attribution?",
            f"How many member months does {short(lead.payer)} give us?",
        ),
        details={
            "payer": lead.payer,
            "payers": [each.payer for each in lists],
            "attributed": {each.payer: each.attributed.id for each in lists},
            "not_seen": {each.payer: each.not_seen.id for each in lists},
            "not_attributed": {each.payer: each.not_attributed.id for each in lists},
        },
        done=f"Held the members of {len(lists)} payers against claims",
    )  # fmt: skip


def story_answer(told: Story) -> Finding:
    """The two halves in one table, and whether the data show the story."""
    quality = [change for change in told.changes if change.half == "quality"]
    use = [change for change in told.changes if change.half != "quality"]
    deciding = [change for change in use if change.half == "cost"] or use
    return Finding(
        headline=_verdict(told),
        sentences=(*_half("Quality", quality), *_half("Cost and use", deciding), *_proof(told)),
        figures=tuple(change.change for change in told.changes[:6]),
        table=Table(
            "Quality and cost, then and now",
            ("Half", "Measure", "Payer", "Period then", "Then", "Period now", "Now", "Change",
             "Direction"),
            tuple(
                (change.half, change.label, change.whose, change.then_period, change.then,
                 change.now_period, change.now, change.change,
                 {True: "better", False: "worse", None: "unchanged"}[change.better])
                for change in told.changes
            ),
        ) if told.changes else None,
        caveats=(
            says("A half holds where more of what stands in two periods improved than worsened;"
                 " for cost, metrics of cost decide where there are any, else those of use."),
        ),
        next_steps=(
            "How do our quality measures compare nationally?",
            "How do our emergency visits compare with the payer's network?",
            "Draft talking points that use our quality results",
        ),
        details={
            "topic": "story",
            "holds": told.holds,
            "healthier": told.healthier,
            "cheaper": told.cheaper,
        },
        done="Set quality and cost by period side by side",
    )  # fmt: skip


def _verdict(told: Story) -> Sentence:
    if told.holds and told.by_use:
        return says("Your data show patients getting better while they need less costly care; no"
                    " total cost of theirs is on file.")  # fmt: skip
    if told.holds:
        return says("Your data show it: patients are getting better while cost falls.")
    fails = []
    if told.healthier is None:
        fails.append("quality results stand in one period only, or in none")
    elif not told.healthier:
        fails.append("quality did not improve on most measures")
    if told.cheaper is None:
        fails.append("reports on cost and use stand in one period only, or in none")
    elif not told.cheaper:
        fails.append("cost and use did not fall on most metrics")
    if told.healthier and told.cheaper and not told.together:
        fails.append("the two were measured over different years")
    holds = "The quality half holds. " if told.healthier else ""
    holds += "The cost half holds. " if told.cheaper else ""
    return says("The data on file do not show patients getting better while cost falls: {why}."
                + (" " + holds.strip() if holds else ""), why="; ".join(fails))  # fmt: skip


def _half(name: str, changes: Sequence[Change]) -> list[Sentence]:
    if not changes:
        return []
    better = _count(
        sum(c.better is True for c in changes),
        f"{name}: improved",
        "values that moved the better way between the first and the latest period",
    )
    all_of = _count(
        len(changes), f"{name}: comparable over time", "values that stand in two periods"
    )
    return [says("{name}: {better} of {all_of} improved.", name=name, better=better, all_of=all_of)]


def _proof(told: Story) -> list[Sentence]:
    """The strongest change of each half that helps, in numbers."""
    said = []
    for half in ("quality", "cost", "use"):
        good = [c for c in told.changes if c.half == half and c.better]
        if good:
            best = max(good, key=lambda c: abs(c.change.number))
            said.append(
                says("{label}, {whose}: {then} ({first}) to {now} ({last}), a change of {size}.",
                     label=best.label, whose=best.whose, then=best.then, now=best.now,
                     first=best.then_period, last=best.now_period,
                     size=magnitude(best.change, f"{best.label}: size of the change"))
            )  # fmt: skip
    return said[:2]


def _count(number: int, name: str, formula: str, table: str = "utilization") -> Figure:
    return Figure(name, Decimal(number), "count", Basis(formula, (), table))
