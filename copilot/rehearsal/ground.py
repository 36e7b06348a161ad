"""What the practice can say to this payer: its own figures by kind, kept by id for the call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from copilot.desk import Desk
from copilot.drafting.asked import ask_of
from copilot.drafting.evidence import gather
from copilot.drafting.facts import Facts
from copilot.drafting.looked_up import LookedUp, figure_named
from copilot.drafting.objections import reply_values
from copilot.drafting.pieces.piece import Piece
from copilot.drafting.shared_values import Value, shared_values
from copilot.drafting.voices import voice_of
from copilot.drafting.working_days import reply_day
from knowledge.evidence import Citation, Figure

KINDS = ("rates", "age", "emergency", "access", "quality", "volume", "denials", "cost")
_OF_PIECE = {
    "rate_gap": "rates", "age": "age", "base": "age", "age_of_rates": "age", "access": "access",
    "emergency": "emergency", "quality": "quality", "denials": "denials", "utilization": "cost",
    "volume": "volume",
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One kind of evidence: how it is told, its figures, and the words a line may use.

    figures: name to figure, e.g. {"value": ..., "comparison": ...}. words: name to text.
    """

    kind: str
    what: str
    strength: Decimal
    figures: Mapping[str, Figure]
    words: Mapping[str, str]


@dataclass(frozen=True)
class Ground:
    """Everything a rehearsal may say as true: facts by kind, the clause, the replies' values.

    paid: the percent of Medicare paid now, also where it speaks for no raise.
    """

    facts: Mapping[str, Fact]
    clause: str
    notice: Figure | None
    citation: Citation | None
    values: Mapping[str, Value]
    paid: Figure | None = None

    def figures(self) -> list[Figure]:
        """Every figure it stands on, once each."""
        every = [figure for fact in self.facts.values() for figure in fact.figures.values()]
        every += [value for value in self.values.values() if isinstance(value, Figure)]
        every += [each for each in (self.notice, self.paid) if each]
        return list({figure.id: figure for figure in every}.values())

    def number_paid(self) -> Decimal | None:
        """The percent of Medicare paid now; None where claims or rates do not tell it."""
        return self.paid.number if self.paid is not None else None

    def number(self, kind: str, name: str) -> Decimal | None:
        """One figure's number; None where it is not known."""
        fact = self.facts.get(kind)
        held = fact.figures.get(name) if fact else None
        return held.value if held is not None and isinstance(held.value, Decimal) else None


def ground_for(
    desk: Desk, payer: str, percent: Decimal | None = None, medicare: Decimal | None = None
) -> Ground:
    """The practice's own evidence toward one payer, from that payer's data alone."""
    looked = LookedUp(desk)
    facts = Facts(kind="talking_points", payer=payer, purpose="call", percent=percent,
                  percent_of_medicare=medicare, voice=voice_of(desk.practice, payer))  # fmt: skip
    evidence = gather(looked, facts)
    ask = ask_of(looked, facts, evidence.paper)
    shared = shared_values(desk, facts, evidence, ask, reply_day(desk.practice.today))
    held: dict[str, Fact] = {}
    pieces: Sequence[Piece] = (*evidence.pieces, *([evidence.volume] if evidence.volume else []))
    for piece in pieces:
        for fact in _facts(piece):
            held.setdefault(fact.kind, fact)
    clause = evidence.paper.standing()
    return Ground(
        facts=held,
        clause=clause.said if clause else "",
        notice=clause.notice if clause else None,
        citation=clause.citation if clause else None,
        values={**shared, **reply_values(shared, evidence, ask)},
        paid=_paid(looked, payer),
    )


def _paid(looked: LookedUp, payer: str) -> Figure | None:
    found = looked.finding("compare_rates", payers=[payer], codes=None)
    return figure_named(found, "percent_of_medicare") if found else None


def _facts(piece: Piece) -> list[Fact]:
    """The facts of a piece; rates with their age are two, an agreement's age is none."""
    name = piece.id.partition(":")[0]
    kind = _OF_PIECE.get(name)
    if kind is None:
        return []
    figures = {k: v for k, v in piece.values.items() if isinstance(v, Figure)}
    words = {k: v for k, v in piece.values.items() if isinstance(v, str)}
    made = [Fact(kind, piece.what, piece.strength, figures, words)]
    if kind == "rates" and "years" in figures and "agreed" not in piece.values:
        aged = {k: f for k, f in figures.items() if k in ("years", "began")}
        made.append(Fact("age", f"rates unchanged for {figures['years'].shown()} years",
                         piece.strength, aged, words))  # fmt: skip
    return made


def kept(ground: Ground) -> dict[str, Any]:
    """The ground as plain data: figures and the citation by id, which the ledger holds."""

    def value(each: Value) -> dict[str, str]:
        if isinstance(each, Figure):
            return {"figure": each.id}
        return {"citation": each.id} if isinstance(each, Citation) else {"text": each}

    return {
        "facts": [
            {
                "kind": fact.kind, "what": fact.what, "strength": str(fact.strength),
                "figures": {name: figure.id for name, figure in fact.figures.items()},
                "words": dict(fact.words),
            }
            for fact in ground.facts.values()
        ],
        "clause": ground.clause,
        "notice": ground.notice.id if ground.notice else "",
        "citation": ground.citation.id if ground.citation else "",
        "paid": ground.paid.id if ground.paid else "",
        "values": {name: value(each) for name, each in ground.values.items()},
    }  # fmt: skip


def ground_from(
    data: Mapping[str, Any], figures: Mapping[str, Figure], citations: Mapping[str, Citation]
) -> Ground:
    """The ground again; what the ledger no longer holds is left out."""
    facts = {
        row["kind"]: Fact(
            row["kind"], row["what"], Decimal(row["strength"]),
            {name: figures[key] for name, key in row["figures"].items() if key in figures},
            row["words"],
        )
        for row in data["facts"]
    }  # fmt: skip
    values: dict[str, Value] = {}
    for name, each in data["values"].items():
        if "text" in each:
            values[name] = each["text"]
        elif each.get("figure") in figures:
            values[name] = figures[each["figure"]]
        elif each.get("citation") in citations:
            values[name] = citations[each["citation"]]
    return Ground(
        facts=facts,
        clause=data["clause"],
        notice=figures.get(data["notice"]),
        citation=citations.get(data["citation"]),
        values=values,
        paid=figures.get(data["paid"]),
    )
