"""What Colorado law says whatever the contract says, held against the terms that were read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal

from knowledge.terms.term import Term

# Lines of business that the state's insurance and contracting rules are not first about.
_OTHER_RULES = ("medicare_advantage", "medicaid", "chp_plus", "tricare", "workers_comp")


@dataclass(frozen=True)
class Rule:
    """One statute on one term. at_least, at_most: the number the law sets, in days;
    bad_words: a value in words that falls short; mutual: each party must have the right."""

    term: str
    cite: str
    dated: str
    breaks: str
    gives: str
    at_least: int | None = None
    at_most: int | None = None
    bad_words: str = "(?!)"
    mutual: bool = False

    def words(self, said: str) -> str:
        """The rule with its statute, its date and the advice that goes with it."""
        return f"{said} ({self.cite}, {self.dated}; confirm with counsel)"


@dataclass(frozen=True)
class LawNote:
    """A rule held against one term. fail: the contract falls short of it; silent: the
    contract does not say, and the law does."""

    rule: Rule
    term: Term
    status: Literal["fail", "silent"]
    reason: str


@cache
def rules() -> tuple[Rule, ...]:
    """The rules on file, in the order of their file."""
    text = files("knowledge").joinpath("playbook", "paper", "law.toml").read_text(encoding="utf-8")
    return tuple(Rule(**each) for each in tomllib.loads(text)["rule"])


def law_notes(terms: Sequence[Term], line_of_business: str | None) -> Iterator[LawNote]:
    """Each rule that the base terms fall short of, or are silent on.

    Nothing for a contract whose own line of business goes by federal or programme rules,
    nor for its attachments on such a line.
    """
    if line_of_business in _OTHER_RULES:
        return
    for rule in rules():
        base = [t for t in terms if t.name == rule.term and t.line_of_business is None]
        for term in base[:1]:
            status = _status(rule, term, base)
            if status:
                said = rule.breaks if status == "fail" else rule.gives
                yield LawNote(rule, term, status, rule.words(said))


def _status(rule: Rule, term: Term, base: Sequence[Term]) -> Literal["fail", "silent"] | None:
    if term.status == "unsure":
        return None
    if not term.found:
        return "silent"
    if isinstance(term.value, Decimal):
        short = rule.at_least is not None and term.value < rule.at_least
        long = rule.at_most is not None and term.value > rule.at_most
        if short or long:
            return "fail"
    elif term.value and re.search(rule.bad_words, term.value):
        return "fail"
    if rule.mutual and term.party in ("payer", "provider"):
        sides = {each.party for each in base}
        return None if {"payer", "provider"} <= sides else "fail"
    return None
