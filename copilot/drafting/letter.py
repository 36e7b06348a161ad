"""An email from its facts: evidence planned, then worded, with every number owned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from copilot.desk import Desk
from copilot.drafting.apart import (
    TRIED,
    earlier_emails,
    same_situation,
    sentence_keys,
    shared,
)
from copilot.drafting.asked import Ask, ask_of
from copilot.drafting.evidence import Evidence, gather
from copilot.drafting.facts import Facts
from copilot.drafting.frame import Frame
from copilot.drafting.greeting import Habits, closing, greeting, habits_of
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.occasions import occasion
from copilot.drafting.pieces.piece import Piece
from copilot.drafting.pieces.standing import stands_on, with_their_change
from copilot.drafting.plan import as_plan, chosen
from copilot.drafting.purposes import Purpose, purposes
from copilot.drafting.shared_values import Value, shared_values
from copilot.drafting.signature import signature
from copilot.drafting.subject import subject_of
from copilot.drafting.wording import Wording
from copilot.drafting.working_days import reply_day
from knowledge.evidence import Figure, Passage, Sentence, Table

CLAUSES = {
    "no_cause": "either side may leave on notice",
    "payer_change": "the payer changes the rates by its own notice",
}


@dataclass(frozen=True)
class Written:
    """A draft's text and what stands behind it.

    facts: with the pieces that were chosen. figures and passages: all that the text names,
    for the ledger. notes: what the user should know before it goes out. missing: which
    files would make it stronger. reply: the day asked for an answer. headline: where the
    usual one does not say what was found. table: one of the draft's own, for its exhibit.
    next_steps: where the usual ones do not fit.
    """

    subject: str
    body: str
    facts: Facts
    plan: tuple[dict[str, Any], ...]
    figures: tuple[Figure, ...]
    passages: tuple[Passage, ...]
    notes: tuple[Sentence, ...] = ()
    missing: tuple[str, ...] = ()
    ask: Ask | None = None
    reply: Figure | None = None
    headline: Sentence | None = None
    table: Table | None = None
    next_steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prepared:
    """What one email stands on, gathered once: every wording of it is made from this."""

    looked: LookedUp
    purpose: Purpose
    evidence: Evidence
    ask: Ask
    pieces: tuple[Piece, ...]
    shared: Mapping[str, Value]
    habits: Habits


def write_email(desk: Desk, facts: Facts) -> Written:
    """The email of these facts, from this payer's data alone, in the facts' own voice."""
    return _worded(desk, facts, _prepared(desk, facts))


def write_apart(desk: Desk, facts: Facts) -> Written:
    """A new email, worded apart from the other emails of the workspace.

    One written before for the same situation lends its voice, so that the same request gives
    the same text.
    """
    earlier = earlier_emails(desk.drafts)
    ready = _prepared(desk, facts)
    for _, held in earlier:
        if held.said and same_situation(held, facts):
            return _worded(desk, replace(facts, voice=held.voice), ready)
    others = [held for _, held in earlier if held.said]
    best: tuple[int, Written] | None = None
    for step in range(TRIED):
        made = _worded(desk, replace(facts, voice=facts.voice + step), ready)
        alike = shared(made.facts.said, others)
        if best is None or alike < best[0]:
            best = alike, made
        if not alike:
            break
    assert best is not None
    return best[1]


def _prepared(desk: Desk, facts: Facts) -> Prepared:
    looked = LookedUp(desk)
    evidence = gather(looked, facts)
    paper = with_their_change(looked, evidence.paper, facts.payer)
    evidence = replace(evidence, paper=paper)
    purpose = purposes()[facts.purpose]
    ask = ask_of(looked, facts, evidence.paper)
    line = desk.practice.payers.line_of_business(facts.payer)
    pieces = chosen(evidence, facts, line, purpose.wanted(facts.length), purpose.pains)
    after = purpose.answer_after(facts.stage)
    reply = reply_day(desk.practice.today, after, on=facts.reply_on)
    values = shared_values(desk, facts, evidence, ask, reply)
    return Prepared(looked, purpose, evidence, ask, pieces, values, habits_of(desk.drafts))


def _worded(desk: Desk, facts: Facts, ready: Prepared) -> Written:
    evidence, ask, pieces, purpose = ready.evidence, ready.ask, ready.pieces, ready.purpose
    happened = occasion(ready.looked, Wording("email", facts, ready.shared), evidence, ask)
    values = {**ready.shared, **happened.values}
    wording = Wording("email", facts, values)
    frame = Frame(wording, purpose, evidence, ask, pieces, happened.parts)
    paragraphs = frame.paragraphs()
    subject = subject_of(wording, purpose)
    mark = [f"**{happened.mark}**"] if happened.mark else []
    begins = greeting(wording, facts, ready.habits)
    signed = signature(desk.settings.profile, facts.signer or ready.habits.name)
    ends = f"{closing(wording, ready.habits)}\n\n{signed}"
    notes = (*_notice(frame, evidence), *happened.notes, *_stale(facts, desk))
    citations = {c.id: c for c in (*frame.cited, *happened.citations)}
    reply, start = values["reply"], ask.start.value
    return Written(
        subject=facts.subject or subject.text,
        body="\n\n".join([*mark, begins, *paragraphs, ends]),
        facts=replace(
            facts,
            chosen=tuple(piece.id for piece in pieces),
            points=tuple(piece.id for piece in pieces),
            paragraphs=tuple(frame.keys),
            start=start.isoformat() if ask.amount and isinstance(start, date) else facts.start,
            written_on=desk.practice.today.isoformat(),
            said=sentence_keys(paragraphs, values),
        ),
        plan=(*as_plan(pieces), *_standing(frame, evidence)),
        figures=_figures(values, [*frame.figures, *subject.figures]),
        passages=tuple(Passage(c, payer=facts.payer) for c in citations.values()),
        notes=notes,
        missing=evidence.missing,
        ask=ask,
        reply=reply if isinstance(reply, Figure) else None,
        headline=happened.headline,
    )


def _stale(facts: Facts, desk: Desk) -> tuple[Sentence, ...]:
    """That the first day moved, where the one named before is past."""
    if not facts.start or date.fromisoformat(facts.start) > desk.practice.today:
        return ()
    return (Sentence("The first day named before is past; a new one stands in its place."),)


def _figures(values: Mapping[str, Value], said: list[Figure]) -> tuple[Figure, ...]:
    """Every figure that is said or may be said, once each, those said first."""
    every = [*said, *(value for value in values.values() if isinstance(value, Figure))]
    return tuple({figure.id: figure for figure in every}.values())


def _standing(frame: Frame, evidence: Evidence) -> tuple[dict[str, Any], ...]:
    """The clause as an entry of the plan, so that its words stand underneath the draft."""
    clause = stands_on(evidence.paper)
    if clause is None or clause.citation not in frame.cited:
        return ()
    return (
        {
            "id": "clause",
            "what": f"{clause.said}: {CLAUSES.get(clause.kind, clause.kind)}",
            "why": "the agreement itself gives the way to it",
            "figures": [clause.notice.id] if clause.notice else [],
            "citations": [clause.citation.id],
        },
    )


def _notice(frame: Frame, evidence: Evidence) -> tuple[Sentence, ...]:
    """A note on how formal notice is delivered, where the letter claims to be one."""
    clause, notices = evidence.paper.standing(), evidence.paper.notices
    if clause is None or notices is None or clause.kind != "renegotiation":
        return ()
    if clause.citation not in frame.cited:
        return ()
    frame.cited.append(notices.citation)
    words = (
        f"An email alone may not count as formal notice: {notices.said} says how one is"
        f" delivered {notices.citation.token()}; confirm with counsel."
    )
    return (Sentence(words, (), (notices.citation,)),)
