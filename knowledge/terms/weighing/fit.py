"""Fits the weights of the marks: `python -m knowledge.terms.weighing.fit [CHECKOUT]`.

One logistic regression a term over the statements of the labelled clauses, one a term of time
over their spans. A clause that names no place is taken to state its term where the patterns
read it, else where the first fit finds it likeliest.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.terms.names import TERM_NAMES
from knowledge.terms.readers import reader_of
from knowledge.terms.reading import Paper
from knowledge.terms.weighing.labelled import Labelled, labelled, paper_of, whole_contracts
from knowledge.terms.weighing.marks import span_marks, statement_marks
from knowledge.terms.weighing.weights import SPANS, STATEMENTS, Weights, packed

TIMED = (
    "no_cause_termination_days",
    "initial_term",
    "non_renewal_notice_days",
    "breach_cure_days",
    "timely_filing_days",
    "clean_claim_days",
    "amendment_notice_days",
    "recoupment_lookback_months",
    "credentialing_days",
)
_IN_MONTHS = ("initial_term", "recoupment_lookback_months")
_SAID_TOGETHER = (
    {"renewal", "initial_term", "non_renewal_notice_days"},
    {"amendment", "amendment_notice_days"},
    {"fee_schedule_basis", "lesser_of"},
    {"clean_claim_days", "late_payment_interest"},
    {"no_cause_termination_days", "breach_cure_days"},
)
_STRENGTH = {STATEMENTS: 0.3, SPANS: 0.3}
_FOR_STATED = {STATEMENTS: 4.0, SPANS: 3.0}
_UNLABELLED = 0.3  # weight of a statement of another term's text


@dataclass(frozen=True, eq=False)
class Ground:
    """The labelled texts with their papers and marks."""

    cases: tuple[Labelled, ...]
    papers: dict[str, Paper]
    marks: dict[str, list[frozenset[str]]]
    read: dict[tuple[str, str], dict[int, float]]  # (term, text) -> statement -> pattern score
    wholes: tuple[str, ...]


def ground(root: Path) -> Ground:
    """Everything that is fitted on, cut and marked once."""
    cases = tuple(labelled(root))
    wholes = tuple(whole_contracts(root))
    papers = {text: paper_of(text) for text in dict.fromkeys([*(c.text for c in cases), *wholes])}
    marks, read = {}, {}
    for text, paper in papers.items():
        held = paper.statements
        marks[text] = [statement_marks(s, n) for s, n in zip(held, [*held[1:], None], strict=True)]
        at = {statement.start: n for n, statement in enumerate(held)}
        for term in TERM_NAMES:
            found: dict[int, float] = {}
            for each in reader_of(term).candidates(paper):
                n = at[each.statement.start]
                found[n] = max(found.get(n, 0.0), each.score)
            read[term, text] = found
    return Ground(cases, papers, marks, read, wholes)


Example = tuple[frozenset[str], int, float]


def statement_examples(
    ground: Ground, term: str, use: Callable[[str], bool], first: Weights | None
) -> list[Example]:
    """Marks, 1 or 0, and weight of the statements of the texts that may be used."""
    known: dict[tuple[str, int], int] = {}
    together = {t for group in _SAID_TOGETHER if term in group for t in group} | {term}
    terms_of: dict[str, set[str]] = {}
    for case in ground.cases:
        terms_of.setdefault(case.text, set()).add(case.term)
        if not use(case.text) or (case.term in together and case.term != term):
            continue
        stated = _stated(ground, case, first)
        count = len(ground.marks[case.text])
        if case.term == term:
            weaker = set(ground.read[term, case.text]) if case.source == "whole" else set()
            for n in range(count):
                if n in stated or not case.values or (stated and n not in weaker):
                    known[case.text, n] = max(known.get((case.text, n), 0), int(n in stated))
        else:
            for n in stated:
                known.setdefault((case.text, n), 0)
    for text in ground.wholes:
        found = ground.read[term, text]
        best = max(found.values(), default=0.0)
        for n in range(len(ground.marks[text])):
            if use(text) and (n not in found or found[n] >= best - 0.01):
                known[text, n] = int(n in found)
    rows = [(ground.marks[text][n], y, 1.0) for (text, n), y in known.items()]
    for text, held in ground.marks.items():
        if use(text) and not terms_of.get(text, together) & together:
            rows += [
                (marks, 0, _UNLABELLED)
                for n, marks in enumerate(held)
                if (text, n) not in known and n not in ground.read[term, text]
            ]
    return rows


def _stated(ground: Ground, case: Labelled, first: Weights | None) -> set[int]:
    """The statements of a text that state its term."""
    if not case.values:
        return set()
    held = ground.papers[case.text].statements
    if case.quotes:
        return {n for n, statement in enumerate(held) if case.is_quoted(statement.raw)}
    if len(held) == 1:
        return {0}
    read = ground.read[case.term, case.text]
    if read:
        return {n for n, score in read.items() if score >= max(read.values()) - 0.01}
    if first is None or case.source == "whole":
        return set()
    column = first.names.index(case.term)
    return {int(np.argmax([first.odds(marks)[column] for marks in ground.marks[case.text]]))}


def span_examples(ground: Ground, term: str, use: Callable[[str], bool]) -> list[Example]:
    """Marks, 1 or 0, and weight of the spans of time in the texts that may be used."""
    stated: dict[tuple[str, int, int], set[str]] = {}
    denied: dict[tuple[str, int, int], set[str]] = {}
    for case in ground.cases:
        for n, statement in enumerate(ground.papers[case.text].statements):
            if not use(case.text):
                break
            for which, span in enumerate(statement.durations):
                key = (case.text, n, which)
                value = span.months if case.term in _IN_MONTHS else span.days
                hit = case.term in TIMED and case.is_right(value)
                if hit and (not case.quotes or case.is_quoted(statement.raw)):
                    stated.setdefault(key, set()).add(case.term)
                elif not hit:
                    denied.setdefault(key, set()).add(case.term)
    keys = dict.fromkeys([*stated, *(k for k, terms in denied.items() if term in terms)])
    rows = []
    for text, n, which in keys:
        marks = span_marks(ground.papers[text].statements[n], which)
        rows.append((marks, int(term in stated.get((text, n, which), ())), 1.0))
    for text in ground.wholes:
        if use(text):
            rows += _whole_spans(ground, term, text)
    return rows


def _whole_spans(ground: Ground, term: str, text: str) -> list[Example]:
    paper = ground.papers[text]
    found = {(c.statement.start, c.at): c.score for c in reader_of(term).candidates(paper)}
    best = max((score for (_, at), score in found.items() if at is not None), default=0.0)
    rows = []
    for statement in paper.statements:
        for which, span in enumerate(statement.durations):
            score = found.get((statement.start, span.start))
            if score is None or score >= best - 0.01:
                rows.append((span_marks(statement, which), int(score is not None), 1.0))
    return rows


def fitted(examples: dict[str, list[Example]], kind: str) -> tuple[Weights, list[str]]:
    """The weights of the terms, one regression each, and the marks in the order of the rows."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(mark for rows in examples.values() for marks in {r[0] for r in rows}
                     for mark in marks)  # fmt: skip
    turn = DictVectorizer(dtype=np.float32)
    turn.fit([{mark: 1.0 for mark, n in counts.items() if n >= 2}])
    table, base = [], []
    for rows in examples.values():
        made = turn.transform([dict.fromkeys(marks, 1.0) for marks, _, _ in rows])
        stated = np.array([y for _, y, _ in rows])
        weight = np.array([w for _, _, w in rows]) * np.where(stated == 1, _FOR_STATED[kind], 1.0)
        model = LogisticRegression(C=_STRENGTH[kind], max_iter=1000)
        model.fit(made, stated, sample_weight=weight)
        table.append(model.coef_[0])
        base.append(model.intercept_[0])
    marks: list[str] = list(turn.get_feature_names_out())
    return (
        Weights(
            tuple(examples),
            {mark: row for row, mark in enumerate(marks)},
            _narrow(np.array(table).T),
            _narrow(np.array(base)),
        ),
        marks,
    )


def _narrow(values: NDArray[Any]) -> NDArray[np.float32]:
    return values.astype(np.float32)


def fit(
    ground: Ground, use: Callable[[str], bool], rounds: int = 2
) -> dict[str, tuple[Weights, list[str]]]:
    """The weights of statements and of spans from the texts that may be used.

    rounds: 1 leaves out the clauses whose place only a first fit tells.
    """
    first: Weights | None = None
    for _ in range(rounds):
        rows = {term: statement_examples(ground, term, use, first) for term in TERM_NAMES}
        whole = fitted(rows, STATEMENTS)
        first = whole[0]
    spans = {term: span_examples(ground, term, use) for term in TIMED}
    return {STATEMENTS: whole, SPANS: fitted(spans, SPANS)}


def main(arguments: Sequence[str]) -> None:
    """Fits on a checkout and writes the two files of weights beside this module."""
    root = Path(arguments[0]) if arguments else Path(__file__).parents[3]
    for kind, (made, marks) in fit(ground(root), lambda text: True).items():
        content = packed(made.names, marks, made.table, made.base)
        (Path(__file__).parent / f"{kind}.npz").write_bytes(content)
        print(f"{kind}: {len(marks)} marks, {len(content)} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
