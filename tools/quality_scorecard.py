"""The practice's quality measures against the national marks of their performance year."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Chart, Figure, Finding, Sentence, Table, says
from knowledge.problems import NotKnown
from knowledge.reference.quality_benchmarks import quality_benchmark
from tools.measures.asked_measures import labels_asked
from tools.measures.measure_answer import asked_first
from tools.measures.quality_marks import SOURCE, Score, score
from tools.measures.quality_rows import QualityRow, period_said, quality_rows
from tools.practice import Practice
from tools.registry import tool


@tool(
    label="Quality scorecard",
    needs=["quality"],
    asks=[
        "how good is our quality",
        "quality scores against the national benchmark",
        "how do our measures compare",
        "are we above the median on quality",
        "which quality measures are we behind on",
        "how many patients short of the target are we",
        "our HEDIS and MIPS measures",
        "quality scorecard",
        "can we prove our quality to the payer",
        "blood pressure and diabetes results against others",
        "where would a quality bonus come from",
        "patient satisfaction scores",
        "how far are we from the next decile",
        "did our quality improve since last year",
    ],
    examples=["How do our quality measures compare nationally?"],
)
def quality_scorecard(
    practice: Practice,
    *,
    payers: list[str] | None = None,
    year: int | None = None,
    topic: str | None = None,
) -> Finding:
    """Quality rates against the national percentiles of their performance year.

    Rate is numerator / denominator in percent; for inverse measures lower is better. The
    gap to the next decile is told in points and in patients, the smallest whole number that
    reaches it, and the rate of the period before stands beside. Measures without a
    benchmark of that year, satisfaction among them, are shown and not judged. A topic that
    names measures puts these first, and says which of them no file holds.
    """
    every = quality_rows(practice)
    if not every:
        raise NotKnown(
            what="no quality results are on file",
            why="measures cannot be compared without numerator and denominator",
            do="add your quality report (measure, period, numerator, denominator)",
        )
    asked = [row for row in every if row.payer in (payers or ())]
    rows = asked if payers and asked else every
    if payers and not asked:
        rows = [row for row in every if not row.payer] or every
    scores = [_scored(practice, pair, year) for pair in _latest(rows, year)]
    if not scores:
        raise NotKnown(what=f"no quality results of {year} are on file",
                       do="name a year that your report covers")  # fmt: skip
    absent = [payer for payer in payers or () if not any(row.payer == payer for row in every)]
    finding = _finding(practice, scores, absent)
    asked_for = labels_asked(topic or "", every)
    return asked_first(finding, scores, asked_for) if asked_for else finding


def _latest(
    rows: Sequence[QualityRow], year: int | None
) -> list[tuple[QualityRow, QualityRow | None]]:
    """The latest result of each measure and payer (of a year), with the one before it."""
    held: dict[tuple[str, str], list[QualityRow]] = {}
    for row in rows:
        if year is None or row.end.year <= year:
            held.setdefault(row.key, []).append(row)
    found = []
    for results in held.values():
        last = results[-1]
        if year is not None and last.end.year != year:
            continue
        before = [row for row in results if row.end < last.start]
        found.append((last, before[-1] if before else None))
    return found


def _scored(
    practice: Practice, pair: tuple[QualityRow, QualityRow | None], year: int | None
) -> Score:
    row, before = pair
    whose = practice.payers.short_name(row.payer) if row.payer else "all payers"
    try:
        mark = quality_benchmark(row.measure, year or row.end.year)
    except NotKnown:
        mark = None
    return score(row, before, whose, mark)


def _finding(practice: Practice, scores: Sequence[Score], absent: Sequence[str]) -> Finding:
    judged = sorted((s for s in scores if s.marks), key=_nearest_first)
    unjudged = sorted((s for s in scores if not s.marks), key=lambda s: (s.row.label, s.whose))
    ahead = [each for each in judged if each.ahead]
    some = _count(len(ahead), "Measures at the national median or better",
                  "measures whose rate reaches the median, inverse ones turned")  # fmt: skip
    all_of = _count(len(judged), "Measures compared", "measures with a benchmark of their year")
    if judged:
        headline = says(
            "You are at the national median or better on {ahead} of {judged} quality measures.",
            ahead=some, judged=all_of,
        )  # fmt: skip
    else:
        first = unjudged[0]
        headline = says("{name}, {whose}: {rate} ({period}); no national benchmark of it is in the"
                        " tables.", name=first.row.name, whose=first.whose, rate=first.rate,
                        period=period_said(first.row))  # fmt: skip
    ends = [each.row.end for each in scores]
    return Finding(
        headline=headline,
        sentences=(*_nearest(judged), *_strongest(judged), *_moves(scores)),
        figures=(some, all_of) if judged else (unjudged[0].rate,),
        table=_table([*judged, *unjudged]),
        chart=_chart(judged),
        caveats=(*_unjudged(unjudged), *_method(judged), *_absent(practice, absent)),
        next_steps=(
            "What does the guide say about using quality results in a negotiation?",
            "Are our patients getting better while cost falls?",
            "Draft talking points that use our quality results",
        ),
        details={
            "measures": [each.row.label for each in judged],
            "unjudged": [each.row.label for each in unjudged],
            "period_end": max(ends).isoformat(),
            "rates": {each.row.label: each.rate.id for each in judged},
            "medians": {e.row.label: e.marks.median.id for e in judged if e.marks},
            "ahead": [each.row.label for each in ahead],
        },
        done=f"Compared {len(judged)} quality measures",
    )


def _nearest_first(each: Score) -> tuple[bool, Decimal, str, str]:
    gap = each.marks.next_points if each.marks else None
    return (gap is None, gap.number if gap else Decimal(0), each.row.label, each.whose)


def _table(scores: Sequence[Score]) -> Table:
    return Table(
        "Quality measures against the nation, nearest decile first",
        ("Measure", "About", "Payer", "Period", "Your rate", "Change", "Reaches percentile",
         "Median", "Best tenth", "Next decile at", "Points to it", "Patients to it",
         "Points from the median", "Points to the best tenth", "Patients to the best tenth"),
        tuple(
            (each.row.label, each.row.about if each.row.about != each.row.label else "",
             each.whose, period_said(each.row), each.rate, each.change,
             *((m.reached, m.median, m.best, m.next_mark or "all reached", m.next_points,
                m.next_patients, m.from_median, m.best_points, m.best_patients)
               if (m := each.marks) else
               ("not judged", None, None, None, None, None, None, None, None)))
            for each in scores
        ),
    )  # fmt: skip


def _nearest(judged: Sequence[Score]) -> list[Sentence]:
    """The measure below the median that needs the fewest points to reach it."""
    behind = [
        (gap.number, each.row.label, each.whose, each, each.marks)
        for each in judged
        if each.marks and (gap := each.marks.median_points) is not None
    ]
    if not behind:
        return []
    *_, near, marks = min(behind, key=lambda found: found[:3])
    assert marks.median_points is not None and marks.median_patients is not None
    return [
        says(
            "The nearest to win is {measure} ({about}, {whose}): {rate} against a median of"
            " {median}, {points} or {patients} patients away.",
            measure=near.row.label, about=near.row.about, whose=near.whose, rate=near.rate,
            median=marks.median, points=marks.median_points, patients=marks.median_patients,
        )
    ]  # fmt: skip


def _strongest(judged: Sequence[Score]) -> list[Sentence]:
    ahead = [(each, each.marks) for each in judged if each.marks and each.ahead]
    if not ahead:
        return []
    best, marks = max(
        ahead, key=lambda pair: (pair[1].reached.number, abs(pair[0].rate.number
                                                             - pair[1].median.number))
    )  # fmt: skip
    return [
        says(
            "The strongest to show a payer is {measure} ({about}, {whose}): {rate} against a"
            " median of {median}, at percentile {reached}.",
            measure=best.row.label, about=best.row.about, whose=best.whose, rate=best.rate,
            median=marks.median, reached=marks.reached,
        )
    ]  # fmt: skip


def _moves(scores: Sequence[Score]) -> list[Sentence]:
    """How many results improved since the period before."""
    known = [each for each in scores if each.change is not None]
    if not known:
        return []
    better = _count(sum(each.improved for each in known), "Results that improved",
                    "rates that moved the better way since the period before")  # fmt: skip
    every = _count(len(known), "Results with a period before", "results that stand in two periods")
    return [says("Since the period before, {better} of {every} results improved.",
                 better=better, every=every)]  # fmt: skip


def _chart(judged: Sequence[Score]) -> Chart | None:
    drawn = [(each, each.marks) for each in judged if each.marks][:10]
    if not drawn:
        return None
    one = len({each.whose for each, _ in drawn}) == 1
    return Chart(
        "bar", "Quality rates beside the national median", "percent",
        tuple(each.row.label if one else f"{each.row.label} {each.whose}" for each, _ in drawn),
        {"You": tuple(each.rate for each, _ in drawn),
         "National median": tuple(marks.median for _, marks in drawn)},
    )  # fmt: skip


def _unjudged(unjudged: Sequence[Score]) -> list[Sentence]:
    names = ", ".join(dict.fromkeys(each.row.label for each in unjudged))
    return [
        says("Shown, not judged, no benchmark of that year in the tables: {names}.", names=names)
        for _ in unjudged[:1]
    ]


def _method(judged: Sequence[Score]) -> list[Sentence]:
    return [says("Marks: {source}, of the performance year of each result; they are those of all"
                 " clinicians who submitted, not of one payer.", source=SOURCE)
            for _ in judged[:1]]  # fmt: skip


def _absent(practice: Practice, absent: Sequence[str]) -> list[Sentence]:
    return [
        says("No quality results of {payer} alone are on file; those of all payers are shown.",
             payer=practice.payers.short_name(payer))
        for payer in absent
    ]  # fmt: skip


def _count(number: int, name: str, formula: str) -> Figure:
    return Figure(name, Decimal(number), "count", Basis(formula, (), "quality"))
