"""The parts of a document as a written draft: what was taken out left out, own words added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from copilot.drafting.asked import Ask
from copilot.drafting.documents.parts import Part, joined, listed, part
from copilot.drafting.facts import Facts
from copilot.drafting.letter import Written
from copilot.drafting.pieces.piece import Piece
from copilot.drafting.plan import as_plan
from copilot.drafting.wording import capital
from knowledge.evidence import Figure, Passage, Sentence, Table

# What frames a paper: no point that could be taken out of it.
FRAME = frozenset(["greeting", "closing", "contact", "head", "mark", "inner", "sources", "when",
                   "own_words"])  # fmt: skip


def assembled(
    facts: Facts,
    subject: Sentence,
    parts: Sequence[Part | None],
    *,
    last: Sequence[Part | None] = (),
    notes: Sequence[Sentence] = (),
    missing: Sequence[str] = (),
    headline: Sentence | None = None,
    ask: Ask | None = None,
    reply: Figure | None = None,
    table: Table | None = None,
    next_steps: Sequence[str] = (),
    pieces: Sequence[Piece] = (),
    figures: Sequence[Figure] = (),
    own: str = "From us",
) -> Written:
    """The draft of these parts; the user's own statements stand before the last ones.

    figures: further ones that the headline or the notes name. own: the heading over the
    user's own statements, "" for a paragraph without one.
    """
    words = [Sentence(f"{capital(each.rstrip('. '))}.") for each in facts.added]
    added = part("own_words", own, listed(words) if own else joined(words))
    every = [*_kept(parts, facts), *([added] if added else []), *_kept(last, facts)]
    told = {f.id: f for each in every for f in each.figures}
    told |= {f.id: f for f in (*subject.figures, *figures)}
    cited = {c.id: c for each in every for c in each.citations}
    keys = tuple(each.key for each in every if each.key not in FRAME)
    day = ask.start.value if ask is not None and ask.amount is not None else None
    return Written(
        subject=facts.subject or subject.text,
        body="\n\n".join(each.text for each in every),
        facts=replace(
            facts,
            chosen=tuple(piece.id for piece in pieces),
            points=keys,
            paragraphs=tuple((key,) for key in keys),
            start=day.isoformat() if isinstance(day, date) else facts.start,
        ),
        plan=as_plan(pieces),
        figures=tuple(told.values()),
        passages=tuple(Passage(c, payer=facts.payer or None) for c in cited.values()),
        notes=tuple(notes),
        missing=tuple(missing),
        ask=ask,
        reply=reply,
        headline=headline,
        table=table,
        next_steps=tuple(next_steps),
    )


def _kept(parts: Sequence[Part | None], facts: Facts) -> list[Part]:
    return [each for each in parts if each is not None and each.key not in facts.dropped]
