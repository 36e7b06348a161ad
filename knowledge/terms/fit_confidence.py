"""Fits the confidence of the readers: `python -m knowledge.terms.fit_confidence [CHECKOUT]`.

The labelled clauses that no pattern was written for are read in four parts, each by weights that
were fitted without it. A logistic curve over pattern score and log odds then tells how often a
candidate is right, and the printed table how often each bar was. Run after `weighing.fit`; it
writes `weighing/confidence.toml`.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.terms.readers import reader_of
from knowledge.terms.reading import Paper, read
from knowledge.terms.weighing.confidence import (
    Curve,
    Seen,
    clipped,
    curves,
    given,
    seen,
    statement_odds,
)
from knowledge.terms.weighing.confidence import span_odds as odds_of_span
from knowledge.terms.weighing.fit import Ground, fit, ground
from knowledge.terms.weighing.labelled import FRESH, Labelled
from knowledge.terms.weighing.weights import SPANS, STATEMENTS, Weights

PARTS = 4
BARS = ((0.9, 1.01), (0.75, 0.9), (0.6, 0.75), (0.45, 0.6), (0.3, 0.45))
_HOLD = 0.02  # how strongly the curve is held to small slopes


def part_of(text: str) -> int:
    """Which part a text belongs to, the same on every machine."""
    return zlib.crc32(text.encode()) % PARTS


def weighed(paper: Paper, of: dict[str, Weights]) -> Paper:
    """A copy of the paper that is read by other weights."""
    made = replace(paper)
    made.__dict__["odds"] = statement_odds(paper, of[STATEMENTS])
    made.__dict__["_spans"] = {
        (n, which): odds_of_span(statement, which, of[SPANS])
        for n, statement in enumerate(paper.statements)
        for which in range(len(statement.durations))
    }
    return made


def unseen(held: Ground) -> Iterator[tuple[Labelled, Paper]]:
    """The fresh cases, each with its paper as weights fitted without it read it."""
    for part in range(PARTS):
        made = fit(held, lambda text, part=part: part_of(text) != part)  # type: ignore[misc]
        of = {kind: weights for kind, (weights, _) in made.items()}
        papers: dict[str, Paper] = {}
        for case in held.cases:
            if case.source in FRESH and part_of(case.text) == part:
                if case.text not in papers:
                    papers[case.text] = weighed(held.papers[case.text], of)
                yield case, papers[case.text]


def right(case: Labelled, each: Seen) -> bool:
    """Whether a candidate has the value of its case, in the words that state it."""
    quoted = not case.quotes or case.is_quoted(each.candidate.statement.raw)
    return quoted and case.is_right(each.candidate.value)


def curve_of(found: Sequence[tuple[Seen, bool]]) -> Curve:
    """The logistic curve through candidates of which is known whether they are right."""
    rows = np.array([_row(each) for each, _ in found])
    wanted = np.array([float(good) for _, good in found])
    set_odds = np.array([given(each.candidate) for each, _ in found])
    at = np.zeros(rows.shape[1])
    hold = np.diag([0.0] + [_HOLD * len(found) / 10] * (rows.shape[1] - 1))
    for _ in range(30):
        share = 1 / (1 + np.exp(-(rows @ at) - set_odds))
        slope = rows.T @ (wanted - share) - hold @ at
        bend = (rows * (share * (1 - share))[:, None]).T @ rows + hold
        at = at + np.linalg.solve(bend + 1e-6 * np.eye(len(at)), slope)
    base, pattern, statement, span = (round(float(each), 3) for each in at)
    return Curve(base, pattern, statement, span)


def _row(each: Seen) -> list[float]:
    score = each.candidate.score
    return [1.0, float(bool(score)), clipped(each.statement), clipped(each.span or 0.0)]


def table(shares: NDArray[np.float64], good: NDArray[np.bool_]) -> str:
    """How often each bar was right, as rows of Markdown."""
    lines = ["| confidence | candidates | right |", "|---|---|---|"]
    for low, high in BARS:
        inside = (shares >= low) & (shares < high)
        if inside.any():
            shown = f"{low:.2f} to {min(high, 1.0):.2f}"
            lines.append(f"| {shown} | {inside.sum()} | {100 * good[inside].mean():.0f} |")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Fits the curves on a checkout, writes them and prints how often each bar is right."""
    root = Path(arguments[0]) if arguments[:1] not in ([], ["-v"]) else Path(__file__).parents[2]
    cases = list(unseen(ground(root)))
    found: dict[str, list[tuple[Seen, bool]]] = {"span": [], "wording": []}
    for case, paper in cases:
        for each in seen(reader_of(case.term), paper):
            kind = "wording" if each.span is None else "span"
            found[kind].append((each, right(case, each)))
    made = {kind: curve_of(held) for kind, held in found.items()}
    lines = [
        "# Fitted by `python -m knowledge.terms.fit_confidence`; see weighing/confidence.py.\n"
    ]
    for kind, curve in made.items():
        lines += [f"\n[curve.{kind}]\n"]
        lines += [f"{name} = {value}\n" for name, value in vars(curve).items()]
    Path(__file__).parent.joinpath("weighing", "confidence.toml").write_text(
        "".join(lines), encoding="utf-8"
    )
    curves.cache_clear()
    every = [(each.share(made), good) for held in found.values() for each, good in held]
    print(table(np.array([s for s, _ in every]), np.array([good for _, good in every])))
    told: dict[str, int] = {}
    for case, paper in cases:
        terms = read(reader_of(case.term), paper)
        sure = [term for term in terms if term.found]
        if not case.values:
            said = "absent, said so" if not sure else "absent, yet found"
        elif sure:
            said = "right" if any(case.is_right(term.value) for term in sure) else "wrong"
        else:
            said = "unsure" if any(term.citation for term in terms) else "missed"
        said = f"{case.source}: {said}"
        told[said] = told.get(said, 0) + 1
        if "-v" in arguments and not said.endswith(("right", "said so")):
            print(said, case.term, case.values, case.quotes[:1], "|", case.text[:80].strip())
            for term in terms:
                if term.citation:
                    print("    ", term.shown, term.status, term.confidence, term.citation.quote)
    print(told)


if __name__ == "__main__":
    main(sys.argv[1:])
