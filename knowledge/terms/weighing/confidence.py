"""How likely a candidate is the term: its pattern and its words in one calibrated share.

The share comes from a logistic curve over the pattern's score and the log odds that the words
themselves give (`weights`); `confidence.toml` holds what was fitted, and how often each bar was
right on clauses that no pattern was written for.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from knowledge.terms.language.statements import Statement
from knowledge.terms.weighing.marks import span_marks, statement_marks
from knowledge.terms.weighing.weights import SPANS, STATEMENTS, Weights, weights

if TYPE_CHECKING:
    from knowledge.terms.reading import Candidate, Paper, Reader

LIMIT = 6.0  # log odds beyond this say no more
WORTH_A_LOOK = -1.5  # log odds below which words alone make no candidate


BY_SCORE = 3.0  # how the patterns' own order counts: set, for too few of them differ
USUAL_SCORE = 0.8
AGAINST = -1.0  # log odds of a span whose clause the patterns rule out
WHOLE_CONTRACT = -0.3  # a contract has fifty times the statements of the excerpts fitted on
DOUBTED = (
    0.5  # the most for what a pattern itself takes for another matter, or the paper leaves open
)
ROW = -0.2  # a row of a table, or a short "name: value", has few words of its own
SHORT = 120
SPEAKS = 1.5  # log odds of a statement that outweigh a pattern's own doubt
_STRUCK = re.compile(
    r"(?:\bis|\bare|\bwas|\bwere)(?: hereby)? (?:deleted|struck|repealed|removed|rescinded|replaced"
    r"|superseded)|\breplaced (?:by|with)\b"
)
_ANEW = re.compile(r"replaced|to read|reads|as follows|in its place")
NEW_WORDS = 60  # characters behind "replaced by" that hold the words in force
_RULED_OUT = ("most_favored_nation", "lesser_of")  # striking such a clause says it is excluded
_OLD = re.compile(r"\b(?:former|formerly|previous|previously|earlier|old)\b[^.;]{0,40}$")
_RECITAL = re.compile(r"^(?:\W|[a-z]\W)*whereas\b")


@dataclass(frozen=True)
class Curve:
    """A logistic curve: base + pattern's part + words' part."""

    base: float
    pattern: float
    statement: float
    span: float

    def share(self, candidate: Candidate, statement: float, span: float) -> float:
        """The calibrated share, 0 to 1."""
        odds = self.base + self.statement * clipped(statement) + self.span * clipped(span)
        odds += given(candidate)
        return told(odds + (self.pattern if candidate.score else 0.0))


def given(candidate: Candidate) -> float:
    """The log odds that are set and not fitted: the pattern's score, what speaks against."""
    if candidate.score:
        return BY_SCORE * (candidate.score - USUAL_SCORE)
    return AGAINST if candidate.against else 0.0


def told(odds: float) -> float:
    """The share for log odds, held back by what a whole contract adds of other matters."""
    return 1 / (1 + math.exp(-odds - WHOLE_CONTRACT))


@cache
def curves() -> dict[str, Curve]:
    """The curves of spans of time and of wordings, as they are shipped."""
    said = files("knowledge.terms.weighing").joinpath("confidence.toml").read_text("utf-8")
    return {name: Curve(**held) for name, held in tomllib.loads(said)["curve"].items()}


def statement_odds(paper: Paper, of: Weights) -> list[list[float]]:
    """The log odds of each term for each statement of a paper."""
    held = paper.statements
    return [
        of.odds(statement_marks(each, after)).tolist()
        for each, after in zip(held, [*held[1:], None], strict=True)
    ]


def span_odds(statement: Statement, which: int, of: Weights) -> dict[str, float]:
    """The log odds of each term of time for one span of a statement."""
    return dict(zip(of.names, of.odds(span_marks(statement, which)).tolist(), strict=True))


@dataclass(frozen=True)
class Seen:
    """A candidate with what speaks for it: log odds of its statement and of its span."""

    candidate: Candidate
    statement: float
    span: float | None

    def share(self, by: dict[str, Curve]) -> float:
        """How likely it is the term."""
        curve = by["wording" if self.span is None else "span"]
        share = curve.share(self.candidate, self.statement, self.span or 0.0)
        weak = 0 < self.candidate.score <= DOUBTED and self.statement < SPEAKS
        doubted = self.candidate.doubtful or weak
        return min(share, DOUBTED) if doubted else share


def seen(reader: Reader, paper: Paper) -> Iterator[Seen]:
    """The candidates of the patterns, and those that their words alone make likely."""
    column = weights(STATEMENTS).names.index(reader.name)
    timed = reader.name in weights(SPANS).names
    odds = paper.odds
    at = {statement.start: n for n, statement in enumerate(paper.statements)}
    taken: set[tuple[int, int | None]] = set()
    for each in reader.candidates(paper):
        n = at[each.statement.start]
        statement = paper.statements[n]
        which = _which(statement, each.at) if timed else None
        span = None if which is None else paper.span_odds(n, which)[reader.name]
        taken.add((n, which))
        if in_force(each):
            yield Seen(each, max(odds[n][column], _least(each)), span)
        elif reader.name in _RULED_OUT:
            yield Seen(replace(each, value="excluded"), odds[n][column], span)
    for n, statement in enumerate(paper.statements):
        if odds[n][column] < WORTH_A_LOOK:
            continue
        if timed and reader.spanned:
            for which, duration in enumerate(statement.durations):
                if (n, which) in taken:
                    continue
                span = paper.span_odds(n, which)[reader.name]
                made_of = reader.spanned(statement, duration) if span >= WORTH_A_LOOK else None
                if made_of and in_force(made_of):
                    yield Seen(replace(made_of, by_words=True), odds[n][column], span)
        elif reader.worded and (n, None) not in taken:
            for made in reader.worded(paper, statement):
                if in_force(made):
                    made = replace(made, score=0.0, by_words=True)
                    yield Seen(made, odds[n][column], None)


def _least(candidate: Candidate) -> float:
    """The least log odds that words of their own may give what a pattern took."""
    raw = candidate.statement.raw
    if "|" in raw or (":" in raw[:60] and len(raw) < SHORT):
        return ROW
    return -LIMIT


def judged(reader: Reader, paper: Paper) -> list[Candidate]:
    """The candidates of a reader, each scored by its calibrated share."""
    if reader.name not in weights(STATEMENTS).names:
        return list(reader.candidates(paper))
    return [replace(each.candidate, score=each.share(curves())) for each in seen(reader, paper)]


def in_force(candidate: Candidate) -> bool:
    """Whether its words still hold: not struck by the same sentence, not told as the past."""
    statement = candidate.statement
    at = 0
    if candidate.at is not None:
        which = _which(statement, candidate.at)
        at = max(0, statement.marked.find(f"⟨{which}⟩"))
    if _RECITAL.search(statement.marked) or (at and _OLD.search(statement.marked[:at])):
        return False
    struck = _STRUCK.search(statement.marked)
    if struck is None or at > struck.start():
        return True
    reads_anew = candidate.at is None and len(statement.marked) - struck.end() > NEW_WORDS
    return reads_anew and bool(_ANEW.search(statement.marked))


def _which(statement: Statement, at: int | None) -> int | None:
    found: Sequence[int] = [n for n, d in enumerate(statement.durations) if d.start == at]
    return found[0] if found and at is not None else None


def clipped(odds: float) -> float:
    return max(-LIMIT, min(LIMIT, odds))
