"""A written draft kept, and the finding that tells of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from copilot.desk import Desk
from copilot.drafting.letter import Written
from copilot.drafts import Draft
from knowledge.evidence import Figure, Finding, Sentence, says

NAMES = {
    "email": "The email to {payer} is ready",
    "talking_points": "The talking points for {payer} are ready",
    "bh_questions": "The behavioral health questions for {payer} are ready",
    "call_script": "The call script for {payer} is ready",
    "strategy": "The strategy for {payer} is ready",
    "proposal": "The proposal letter to {payer} is ready",
    "agenda": "The agenda for the meeting with {payer} is ready",
}
SUBJECTS = {
    "email": "it asks",
    "talking_points": "they ask",
    "bh_questions": "they ask",
    "call_script": "it asks",
    "strategy": "it asks",
    "proposal": "it asks",
    "agenda": "it puts the request",
}
DONE = {
    "email": "the email to",
    "talking_points": "the talking points for",
    "bh_questions": "the questions for",
    "call_script": "the call script for",
    "strategy": "the strategy for",
    "profile": "the practice profile for",
    "proposal": "the proposal letter to",
    "agenda": "the meeting agenda for",
    "briefing": "the board briefing on",
    "memo": "the memo on",
}


def finished(
    desk: Desk,
    written: Written,
    key: str | None = None,
    changed: Sequence[Sentence] = (),
    more: Mapping[str, Any] | None = None,
) -> Finding:
    """Keep the draft, as a new version where `key` names one, and say what it holds.

    more: what is kept with its facts besides them (where its text came from).
    """
    facts = written.facts
    draft = desk.drafts.keep(
        Draft(
            id=key or desk.drafts.fresh_id(facts.kind.replace("_", "-")),
            kind=facts.kind,
            payer=facts.payer or None,
            subject=written.subject,
            body=written.body,
            thread=desk.thread,
            plan=written.plan,
            facts={**facts.kept(), **(more or {})},
        )
    )
    short = desk.practice.payers.short_name(facts.payer) if facts.payer else "all payers"
    headline = changed[0] if changed else _headline(written, short)
    return Finding(
        headline=headline,
        sentences=(*changed[1:], *_stands_on(written)),
        figures=written.figures,
        passages=written.passages,
        table=written.table,
        caveats=(*written.notes, *_stronger(written)),
        next_steps=written.next_steps or _next_steps(written, short),
        details={
            "draft": draft.id,
            "kind": facts.kind,
            "payer": facts.payer or None,
            "purpose": facts.purpose,
            "percent": None if facts.percent is None else str(facts.percent),
            "version": draft.version,
        },
        done=f"{'Changed' if changed else 'Wrote'} {DONE[facts.kind]} {short}",
    )


def _headline(written: Written, short: str) -> Sentence:
    if written.headline is not None:
        return written.headline
    ask, ready = written.ask, NAMES[written.facts.kind]
    values: dict[str, Figure | str] = {"payer": short}
    if written.reply is not None and (ask is None or ask.amount is None):
        values["reply"] = written.reply
        return says(ready + "; it asks for an answer by {reply}.", **values)
    if ask is None or ask.amount is None:
        return says(ready + ".", **values)
    of = f" of {ask.of_medicare}" if ask.of_medicare else ""
    values |= {"ask": ask.amount, "of": of, "start": ask.start}
    words = f"{ready}: {SUBJECTS[written.facts.kind]} for {{ask}}{{of}} from {{start}}"
    if ask.worth is None:
        return says(words + ".", **values)
    return says(words + ", worth {worth} a year.", **values, worth=ask.worth)


def _stands_on(written: Written) -> tuple[Sentence, ...]:
    held = [str(entry["what"]) for entry in written.plan]
    if not held or written.facts.kind != "email":
        return ()
    return (Sentence(f"It stands on: {'; '.join(held)}."),)


def _stronger(written: Written) -> tuple[Sentence, ...]:
    if not written.missing:
        return ()
    return (Sentence(f"It would be stronger with {'; '.join(written.missing[:3])}."),)


def _next_steps(written: Written, short: str) -> tuple[str, ...]:
    if written.facts.kind == "bh_questions":
        return (f"What does our {short} contract say about behavioral health?",)
    steps = ["Shorter" if written.facts.length != "short" else "Longer"]
    percent = written.facts.percent
    if percent is not None:
        steps.append(f"Make it {(percent + 2).normalize():f}%")
    other = (
        "Draft talking points for the call" if written.facts.kind == "email" else "Draft the email"
    )
    steps += [f"{other} with {short}" if "call" in other else f"{other} to {short}"]
    steps += ["Firmer" if written.facts.tone != "firm" else "Warmer"]
    return tuple(steps)
