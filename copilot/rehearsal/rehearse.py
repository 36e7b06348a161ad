"""The tool that rehearses a call: the copilot plays the payer's rep, line by line."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from copilot.desk import Desk
from copilot.drafting.email import payer_meant
from copilot.drafting.kept_paper import opening_of
from copilot.ledger import citation_from, figure_from
from copilot.rehearsal.acts import Act
from copilot.rehearsal.debrief import debrief, hint
from copilot.rehearsal.ground import Ground, ground_for, ground_from, kept
from copilot.rehearsal.hearing import hear
from copilot.rehearsal.limits import reserve, seed_of
from copilot.rehearsal.moves import reply_to
from copilot.rehearsal.running import is_running, wish_of
from copilot.rehearsal.speaking import spoken
from copilot.rehearsal.state import Call, call_from
from copilot.rehearsal.temper import Temper, temper_named, tempers
from knowledge.evidence import Citation, Finding, Passage, Sentence
from knowledge.problems import BadInput
from tools.registry import tool

SHORT = 4
PAINS = ("emergency", "quality", "access", "volume", "cost", "denials", "age", "rates")
NOTE = (
    "A rehearsal: the rep, its numbers and its days are invented, and nothing in it is known of"
    " {payer}."
)
HOW = "Answer as you would on the telephone. Say hint for a line, or stop to hear how it went."
_ROUND = re.compile(r"\bround (\d{1,3})\b", re.IGNORECASE)


@tool(
    label="Rehearsal of a call",
    asks=[
        "let's rehearse the call with them",
        "play the rep and push back",
        "practice the negotiation with me",
        "role play a tough contracting rep",
        "I want to train for the phone call",
        "be the payer's negotiator and I answer",
        "mock call with a friendly staller",
        "spar with me before I call the insurer",
        "simulate the conversation with their contracting person",
        "act as a data-minded rep who does not want to give us a raise",
    ],
    needs=[],
    examples=["Rehearse the call with {payer}, a tough rep"],
)
def rehearse(
    desk: Desk,
    *,
    payer: str | None = None,
    topic: str | None = None,
    percent: Decimal | None = None,
    said: str | None = None,
) -> Finding:
    """Rehearse a call with a payer: the rep answers what the user says, then a debrief.

    payer and topic (the rep's temperament) start one; said is the user's next line, or stop,
    hint or how did I do. percent: the raise the user means to ask for. Raises MoreNeeded for
    the payer, BadInput for a line where no call is being rehearsed.
    """
    call = call_from(desk.state.get("rehearsal") or {})
    line = said if said is not None else desk.question if is_running(desk.state) else ""
    wish = wish_of(line)
    if call is not None and wish == "again":
        return _start(desk, call.payer, tempers()[call.temper], call.goal)
    if call is not None and wish in ("stop", "debrief"):
        return _ended(desk, call)
    if call is not None and wish == "hint" and is_running(desk.state):
        return _hint(desk, call)
    if said is not None and not wish:
        if call is None or not is_running(desk.state):
            over = "this call is over" if call is not None else "no call is being rehearsed"
            raise BadInput(
                "the rehearsal", over,
                "say once more, or with whom: rehearse with a tough rep of the payer",
            )  # fmt: skip
        return _turn(desk, call, said)
    named = temper_named(topic or "", desk.question)
    if named is not None:
        desk.state["rehearsal_temper"] = named.name  # kept where the payer is asked back for
    to = payer_meant(desk, payer)
    kept_name = desk.state.pop("rehearsal_temper", None)
    return _start(desk, to, tempers()[kept_name] if kept_name else _usual(desk), percent)


def _usual(desk: Desk) -> Temper:
    """Another temperament at each rehearsal, where none was named."""
    every = list(tempers().values())
    return every[int(desk.state.get("rehearsals") or 0) % len(every)]


def _start(desk: Desk, payer: str, temper: Temper, goal: Decimal | None) -> Finding:
    before = int(desk.state.get("rehearsals") or 0)
    asked = _ROUND.search(desk.question)
    rounds = int(asked[1]) if asked else before + 1
    seed = seed_of(payer, temper.name, rounds)
    goal = goal if goal is not None else opening_of(desk, payer)
    ground = ground_for(desk, payer, goal)
    opening, limit = reserve(ground, temper, seed)
    pains = [kind for kind in PAINS if kind in ground.facts] or ["volume"]
    call = Call(
        payer=payer, temper=temper.name, seed=seed, opening=opening, limit=limit,
        ground=kept(ground), pain=pains[seed % min(3, len(pains))], patience=temper.patience,
        goal=goal, rounds=rounds,
    )  # fmt: skip
    short = desk.practice.payers.short_name(payer)
    call, words = spoken(call, (Act("greet"),), ground, desk.practice.today, short)
    desk.state["rehearsal"] = call.kept()
    desk.state["rehearsals"] = before + 1
    held = "; ".join(
        fact.what
        for kind, fact in ground.facts.items()
        if kind != "age" or "rates" not in ground.facts
    )
    use = (Sentence(f"You could use: {held}."),) if held else ()
    return Finding(
        headline=Sentence(f"You are calling {short} and reach {temper.label}."),
        sentences=(*use, Sentence(HOW), _apart(_line(words))),
        figures=tuple(ground.figures()),
        passages=(Passage(ground.citation, payer=payer),) if ground.citation else (),
        caveats=(Sentence(NOTE.replace("{payer}", short)),),
        next_steps=("Hint", "Stop"),
        details={"payer": payer, "temperament": temper.name, "rehearsal": "running"},
        done=f"Began a rehearsal with {temper.label}",
    )


def _turn(desk: Desk, call: Call, said: str) -> Finding:
    ground = _ground(desk, call)
    heard = hear(said, ground, call.offer, call.expects == "number" or len(said.split()) <= SHORT)
    reply = reply_to(call, heard, tempers()[call.temper], ground)
    short = desk.practice.payers.short_name(call.payer)
    after, words = spoken(reply.call, reply.acts, ground, desk.practice.today, short)
    desk.state["rehearsal"] = after.kept()
    over = after.steps == 2
    line = _line(words)
    if over:
        told = debrief(after, ground, short)
        return replace(
            told, headline=line, sentences=(_heading(told.headline), *told.sentences),
            details={**told.details, "rehearsal": "over"},
        )  # fmt: skip
    return Finding(
        headline=line,
        next_steps=("Hint", "How did I do?"),
        details={"payer": call.payer, "temperament": call.temper, "rehearsal": "running"},
        done="The rep answered",
    )


def _ended(desk: Desk, call: Call) -> Finding:
    if call.steps < 2:
        call = replace(call, steps=2, ended=call.ended or "stopped")
        desk.state["rehearsal"] = call.kept()
    ground = _ground(desk, call)
    return debrief(call, ground, desk.practice.payers.short_name(call.payer))


def _hint(desk: Desk, call: Call) -> Finding:
    return Finding(
        headline=hint(call, _ground(desk, call)),
        next_steps=("Stop",),
        details={"payer": call.payer, "temperament": call.temper, "rehearsal": "running"},
        done="Gave a line to say",
    )


def _ground(desk: Desk, call: Call) -> Ground:
    known = {figure["id"]: figure for figure in desk.ledger.figures()}
    wanted = _ids(call)
    figures = {key: figure_from(known[key], known) for key in wanted if key in known}
    citations: dict[str, Citation] = {
        row["id"]: citation_from(row) for row in desk.ledger.citations() if row["id"] in wanted
    }
    return ground_from(call.ground, figures, citations)


def _ids(call: Call) -> set[str]:
    data = call.ground
    ids = {key for fact in data["facts"] for key in fact["figures"].values()}
    ids |= {
        str(each.get("figure") or each.get("citation") or "") for each in data["values"].values()
    }
    return ids | {data["notice"], data["citation"], data["paid"]}


def _line(words: tuple[Sentence, ...]) -> Sentence:
    """The rep's sentences as one line under its name."""
    figures = tuple(figure for sentence in words for figure in sentence.figures)
    citations = tuple(citation for sentence in words for citation in sentence.citations)
    return Sentence("Rep: " + " ".join(sentence.text for sentence in words), figures, citations)


def _apart(line: Sentence) -> Sentence:
    return Sentence(f"\n\n{line.text}", line.figures, line.citations)


def _heading(sentence: Sentence) -> Sentence:
    return Sentence(f"The call is over. {sentence.text}", sentence.figures, sentence.citations)
