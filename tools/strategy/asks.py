"""One thing to ask a payer for, what it is worth, and the order in which asks are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from knowledge.evidence import Citation, Figure, Sentence
from tools.strategy.rules import rule, trades

Kind = Literal["a year", "once", "exposed"]
Level = Figure | str
_SEVERITY = {"high": 0, "medium": 1, "low": 2, "none": 3}


@dataclass(frozen=True)
class Ask:
    """One ask: what, its three levels, its worth in USD and of which kind, and its proof.

    key: a position's name, or rates, underpayments, authorization and the like. proof: the
    figure or the words it stands on. trade: its table of trades.toml. worths: what opening,
    target and walk-away bring where each is priced. numbers: those that stand in its words.
    """

    key: str
    what: str
    opening: Level
    target: Level
    walk_away: Level
    proof: tuple[Sentence, ...]
    worth: Figure | None = None
    kind: Kind = "a year"
    severity: str = "medium"
    trade: str = "other"
    citation: Citation | None = None
    worths: tuple[Figure, ...] = ()
    numbers: tuple[Figure, ...] = ()

    @property
    def difficulty(self) -> int:
        """1 a matter of form, 2 a person must decide, 3 a committee must."""
        return int(trades()[self.trade]["difficulty"])

    @property
    def give(self) -> str:
        """What to offer for it."""
        return str(trades()[self.trade]["give"])

    @property
    def otherwise(self) -> str:
        """The best alternative where it is refused."""
        return str(trades()[self.trade]["otherwise"])

    @property
    def score(self) -> Decimal:
        """Its worth, weighed by kind, for each step of difficulty; 0 where it is not priced."""
        if self.worth is None:
            return Decimal(0)
        weight = rule("weight", self.kind.replace(" ", "_"))
        return self.worth.number * weight / self.difficulty

    def as_data(self) -> dict[str, Any]:
        """The ask as plain data; figures by id."""

        def plain_level(level: Level) -> str:
            return level.id if isinstance(level, Figure) else level

        return {
            "key": self.key,
            "what": self.what,
            "opening": plain_level(self.opening),
            "target": plain_level(self.target),
            "walk_away": plain_level(self.walk_away),
            "worth": self.worth.id if self.worth else None,
            "kind": self.kind if self.worth else None,
            "severity": self.severity,
            "difficulty": self.difficulty,
            "give": self.give,
            "otherwise": self.otherwise,
            "citation": self.citation.id if self.citation else None,
        }


def ranked(asks: Iterable[Ask], allowed: Decimal) -> list[Ask]:
    """Worth against difficulty: large priced asks, unpriced ones of high severity, the rest.

    allowed: USD the payer allows a year; below least_share percent of it a priced ask is small.
    """
    least = allowed * rule("weight", "least_share") / 100

    def place(ask: Ask) -> tuple[int, Decimal, int, int, str]:
        grave = _SEVERITY.get(ask.severity, 3)
        if ask.worth is not None and ask.score >= least:
            return 0, -ask.score, 0, ask.difficulty, ask.key
        return (1 if grave == 0 else 2), Decimal(0), grave, ask.difficulty, ask.key

    return sorted(asks, key=place)


@cache
def _table_of() -> Mapping[str, str]:
    return {
        position: name
        for name, table in trades().items()
        if isinstance(table, dict)
        for position in table.get("positions", ())
    }


def trade_of(position: str) -> str:
    """The table of trades.toml that a position of the review belongs to."""
    return _table_of().get(position, "other")
