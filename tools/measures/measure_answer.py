"""The scorecard of a question that names its measures: these first, absent ones said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.evidence import Finding, Sentence, says
from knowledge.reference.quality_benchmarks import measure_words
from tools.measures.quality_marks import Score
from tools.measures.quality_rows import period_said


def asked_first(finding: Finding, scores: Sequence[Score], asked: Sequence[str]) -> Finding:
    """The finding with the asked measures' results in front, in its sentences and its table."""
    wanted = [score for label in asked for score in scores if score.row.label == label]
    missing = [label for label in asked if not any(s.row.label == label for s in scores)]
    absent = [
        says("No result of {measure} is on file.", measure=_named(label)) for label in missing
    ]
    told = [_told(score) for score in wanted]
    lead = [*told, *absent]
    labels = {score.row.label for score in wanted}
    table = finding.table
    if table is not None and labels:
        first = [row for row in table.rows if str(row[0]) in labels]
        rest = [row for row in table.rows if str(row[0]) not in labels]
        table = replace(table, rows=(*first, *rest))
    kept = finding.sentences if told else ()
    return replace(
        finding,
        headline=lead[0],
        sentences=(*lead[1:], *((finding.headline,) if told else ()), *kept),
        figures=(*(score.rate for score in wanted), *finding.figures),
        table=table,
    )


def _named(label: str) -> str:
    words = measure_words(label)
    return f"{words} ({label})" if words else label


def _told(score: Score) -> Sentence:
    """One result in a sentence: rate, period, median, and what the next decile takes."""
    named = _named(score.row.label)
    words = {"measure": named[:1].upper() + named[1:], "whose": score.whose,
             "period": period_said(score.row)}  # fmt: skip
    text = "{measure}, {whose}, {period}: {rate}"
    marks = score.marks
    if score.change is not None:
        text += " ({change} since the period before)"
    if marks is None:
        return says(text + "; no national benchmark of it is in the tables.", rate=score.rate,
                    **({"change": score.change} if score.change else {}), **words)  # fmt: skip
    values = {"rate": score.rate, "median": marks.median, "best": marks.best}
    text += " against a median of {median} and a best tenth of {best}"
    if score.change is not None:
        values["change"] = score.change
    if marks.next_points is not None and marks.next_patients is not None:
        text += "; {points} or {patients} patients to the next decile"
        values |= {"points": marks.next_points, "patients": marks.next_patients}
    return says(text + ".", **values, **words)
