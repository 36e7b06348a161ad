"""A reader that is data: how a playbook file says its clause is recognised.

The clause positions (offset, all products, a practice's own) need no code: the file lists
what a statement must be about and, most telling first, what it may say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from knowledge.terms.language.patterns import compiled, says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader

NEVER = "(?!)"


@dataclass(frozen=True)
class State:
    """One thing a clause may say. says: the pattern; value: our words for it; score 0 to 1;
    unless, needs: patterns that the statement must not, must also say."""

    says: str
    value: str
    score: float
    unless: str = NEVER
    needs: str = ""


@dataclass(frozen=True)
class Recognised:
    """How a clause is recognised.

    topic: captions, lead or words must say it. need: the words themselves must say this
    (the topic where it is empty). unless: a statement that says this is about another
    matter. whole_clause: the patterns look at the whole clause around a statement.
    """

    looked: str
    topic: str
    states: tuple[State, ...]
    need: str = ""
    unless: str = NEVER
    whole_clause: bool = False


def recognised(data: Mapping[str, Any]) -> Recognised:
    """What a playbook file's table states; raises KeyError, TypeError or re.error for others."""
    rule = Recognised(
        looked=data["looked"],
        topic=data["topic"],
        states=tuple(State(**state) for state in data["states"]),
        need=data.get("need", ""),
        unless=data.get("unless", NEVER),
        whole_clause=data.get("whole_clause", False),
    )
    for pattern in (rule.topic, rule.need, rule.unless):
        compiled(pattern)
    for state in rule.states:
        for pattern in (state.says, state.unless, state.needs):
            compiled(pattern)
    return rule


def reader_from(name: str, rule: Recognised) -> Reader:
    """The reader of a clause by its rule; it reads like every other reader."""
    return Reader(name, rule.looked, partial(_candidates, rule))


def _candidates(rule: Recognised, paper: Paper) -> Iterator[Candidate]:
    """At most one candidate a statement: the first state that it says."""
    for statement in paper.about(rule.topic):
        words = statement.full
        if says(rule.unless, words) or not says(rule.need or rule.topic, words):
            continue
        around = _around(paper, statement) if rule.whole_clause else words
        for state in rule.states:
            if not says(state.says, around) or says(state.unless, around):
                continue
            if state.needs and not says(state.needs, f"{statement.heading} {around}"):
                continue
            captioned = bool(says(rule.topic, _own_caption(statement)))
            score = min(0.95, state.score + (0.08 if captioned else 0.0))
            yield Candidate(statement, state.value, "", score)
            break


def _around(paper: Paper, statement: Statement) -> str:
    return " ".join(each.full for each in paper.around(statement))


def _own_caption(statement: Statement) -> str:
    """The innermost caption above a statement."""
    parts = [part.strip() for part in re.split(r"\|", statement.heading) if part.strip()]
    return parts[-1] if parts else ""
