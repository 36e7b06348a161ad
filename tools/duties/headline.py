"""The register's finding in one sentence, with the counts that it names."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from knowledge.evidence import Basis, Figure, Sentence, says
from tools.duties.asked import Side
from tools.duties.owed import Owed
from tools.papers.contract_papers import Papers
from tools.practice import Practice

KINDS = {
    "dated": "that fall on a day or come again",
    "counted": "counted in days from an event",
    "any": "with a deadline",
}


def of_party(rows: Sequence[Owed], who: str) -> list[Owed]:
    """The duties of the practice, of the payer, or of both."""
    return [each for each in rows if (each.duty.who or "both") == who]


def counts_of(rows: Sequence[Owed]) -> list[Figure]:
    """How many duties are the practice's, the payer's, both's, and how many have a deadline."""
    names = (("practice", "Duties of the practice"), ("payer", "Duties of the payer"),
             ("both", "Duties of both"))  # fmt: skip
    basis = Basis("sentences of the contracts in force that put a duty, one a verb")
    made = [Figure(name, Decimal(len(of_party(rows, who))), "count", basis) for who, name in names]
    timed = sum(1 for each in rows if each.duty.due and not each.duty.forbids)
    return [*made, Figure("Duties with a deadline", Decimal(timed), "count", basis)]


def headline(
    rows: Sequence[Owed],
    papers: Papers,
    practice: Practice,
    side: Side | None,
    topic: str | None,
    due: str | None,
) -> Sentence:
    """How many duties the contracts put on whom, as they were asked for."""
    one = len(papers.payers) == 1
    short = practice.payers.short_name(papers.payers[0])
    whose = f"{short}'s contract" if one else "the contracts on file"
    on = f" {KINDS[due]}" if due else ""
    on += f" about {topic}" if topic else ""
    if not rows:
        return says("Our reading found no such duty{on} in {whose}.", on=on, whose=whose)
    ours, theirs, _, timed = counts_of(rows)
    them = short if one else "the payers"
    values: dict[str, Any] = {
        "whose": whose[0].upper() + whose[1:],
        "ours": ours, "theirs": theirs, "them": them, "timed": timed, "on": on,
    }  # fmt: skip
    verb = "puts" if one else "put"
    if side is None:
        words = "{whose} {verb} {ours} duties on you and {theirs} on {them}{on}"
        tail = "." if due else "; {timed} have a deadline."
        return says(words + tail, verb=verb, **values)
    values |= {"many": ours if side == "practice" else theirs}
    values |= {"whom": "you" if side == "practice" else them}
    tail = "." if due else "; {timed} of those listed have a deadline."
    return says("{whose} {verb} {many} duties on {whom}{on}" + tail, verb=verb, **values)
