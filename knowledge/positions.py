"""The playbook: our position on each term, and how a term that was read measures up to it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from knowledge.problems import NotKnown
from knowledge.terms.names import TERM_MODULES
from knowledge.terms.term import Term

Verdict = Literal["pass", "partial", "fail", "silent", "unsure"]
Severity = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class Statute:
    """A rule of law that touches the position: information, to be confirmed with counsel."""

    cite: str
    said: str
    dated: str

    @property
    def words(self) -> str:
        """The rule with its source, its date and the advice that goes with it."""
        return f"{self.cite} ({self.dated}): {self.said}; confirm with counsel"


@dataclass(frozen=True)
class Asked:
    """What to ask for: an opening, a target, and the point at which to stop; unit "" for words."""

    opening: str
    target: str
    walk_away: str
    unit: str

    @property
    def words(self) -> str:
        """The ask as one phrase."""
        unit = f" {self.unit}" if self.unit else ""
        steps = ("open at", self.opening), ("aim for", self.target), ("stop at", self.walk_away)
        if self.opening == self.target == self.walk_away:
            return f"ask for {self.target}{unit}"
        if unit:
            return ", ".join(f"{step} {ask}{unit}" for step, ask in steps)
        asks = dict.fromkeys((self.opening, self.target))
        return f"ask for {'; or '.join(asks)}; at the least {self.walk_away}"


@dataclass(frozen=True)
class WordRule:
    """A value in words that matches `says` has this status, for this reason."""

    says: re.Pattern[str]
    status: Verdict
    reason: str


@dataclass(frozen=True)
class Range:
    """Closed bounds in the position's unit; more_than is open."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None
    more_than: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether a value lies inside."""
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.at_most is None or value <= self.at_most)
            and (self.more_than is None or value > self.more_than)
        )


@dataclass(frozen=True)
class Judged:
    """How a term measures up, and why in a few words."""

    status: Verdict
    reason: str


@dataclass(frozen=True)
class Position:
    """One position of the playbook.

    term: the term it judges. needed: silence is a gap, because the position wants a clause;
    needed_with: only where another term's value says so. mutual: a right that one side alone
    has is not accepted in full. stale_after_years: a named year older than this is partial.
    model_language: the words to write by level, read by knowledge.redline.model_language.
    """

    term: str
    position: str
    severity: Severity
    guide: str
    needed: bool
    why: str
    ask: Asked
    language: str
    statute: Statute | None
    unit: str
    accept: Range | None
    partial: Range | None
    words: tuple[WordRule, ...]
    mutual: bool
    needed_with: tuple[str, re.Pattern[str]] | None = None
    stale_after_years: int | None = None
    model_language: Mapping[str, Any] = field(default_factory=dict)

    def judged(self, term: Term, today: date | None = None) -> Judged:
        """pass, partial or fail for what the text states; silent or unsure where it does not.

        today: a year named in the value is too old where the position says so.
        """
        if term.status == "unsure":
            return Judged("unsure", "the text is not clear")
        if term.status == "not found":
            gap = (
                "the contract does not say, and it should" if self.needed else "not in the contract"
            )
            return Judged("silent", gap)
        if isinstance(term.value, Decimal):
            return self._number(term.value, term)
        for rule in self.words:
            if match := rule.says.search(term.value or ""):
                year = re.search(r"20\d\d", match[0])
                if year and today and self.stale_after_years is not None:
                    age = today.year - int(year[0])
                    if age > self.stale_after_years:
                        return Judged("partial", f"the {year[0]} schedule has stood still since")
                return Judged(rule.status, rule.reason)
        return Judged("unsure", "the value fits no rule of the playbook")

    def needed_beside(self, terms: Sequence[Term]) -> bool:
        """Whether silence is a gap, given what the contract says on other terms."""
        if self.needed_with is None:
            return self.needed
        other, says = self.needed_with
        return any(t.name == other and t.found and says.search(t.shown) for t in terms)

    def _number(self, value: Decimal, term: Term) -> Judged:
        days = value * 7 / 5 if term.unit == "business days" else value
        if self.accept and self.accept.holds(days):
            if self.mutual and term.party in ("payer", "provider"):
                return Judged("partial", f"inside our range, but only the {term.party} has it")
            return Judged("pass", "inside our range")
        if self.partial and self.partial.holds(days):
            return Judged("partial", "near our range")
        return Judged("fail", "outside our range")


def position_of(term: str) -> Position:
    """The position on a term; raises NotKnown for a term without one."""
    try:
        return _all()[term]
    except KeyError:
        raise NotKnown(f"the playbook has no position on {term!r}") from None


def positions() -> tuple[Position, ...]:
    """Every position, in the order of the term names."""
    return tuple(_all().values())


@cache
def _all() -> dict[str, Position]:
    folder = files("knowledge").joinpath("playbook")
    held = {
        term: folder.joinpath(f"{module}.toml").read_text(encoding="utf-8")
        for term, module in TERM_MODULES.items()
    }
    return {term: position_from(tomllib.loads(text)) for term, text in held.items()}


def position_from(data: dict[str, Any]) -> Position:
    """The position that a playbook file states; raises KeyError, TypeError or re.error."""
    return Position(
        term=data["term"],
        position=data["position"],
        severity=data["severity"],
        guide=data["guide"],
        needed=data["needed"],
        why=data["why"],
        ask=Asked(**data["ask"]),
        language=data["language"],
        statute=Statute(**data["statute"]) if "statute" in data else None,
        unit=data.get("unit", ""),
        accept=_range(data.get("accept")),
        partial=_range(data.get("partial")),
        words=tuple(
            WordRule(re.compile(rule["says"]), rule["status"], rule["reason"])
            for rule in data.get("words", ())
        ),
        mutual=data.get("mutual", False),
        needed_with=(
            (data["needed_with"]["term"], re.compile(data["needed_with"]["says"]))
            if "needed_with" in data
            else None
        ),
        stale_after_years=data.get("stale_after_years"),
        model_language=data.get("model_language", {}),
    )


def _range(bounds: dict[str, int] | None) -> Range | None:
    return Range(**{name: Decimal(n) for name, n in bounds.items()}) if bounds else None
