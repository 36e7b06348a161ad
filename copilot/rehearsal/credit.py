"""What a line earns with a rep: evidence with its figure, trades, questions; and what it costs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

from copilot.rehearsal.ground import Ground
from copilot.rehearsal.hearing import Heard
from copilot.rehearsal.state import Call
from copilot.rehearsal.temper import Temper

NONE = Decimal(0)
UNCHECKED = Decimal("0.6")
ITS_PAIN = Decimal("1.5")
WRONG = Decimal("-0.3")
NO_CLAUSE_ON_FILE = Decimal("0.4")
OF_QUESTIONS = ("authority", "process", "need", "reason")
CLOSINGS = ("dated", "writing")


@dataclass(frozen=True)
class Earned:
    """The call with its new credit, and for what it came, the weightiest first."""

    call: Call
    gain: Decimal
    reasons: tuple[str, ...]


def earned(call: Call, heard: Heard, temper: Temper, ground: Ground) -> Earned:
    """What a line earns; each kind of evidence, question and trade counts once in a call."""
    gains: list[tuple[Decimal, str]] = []
    call = _evidence(call, heard, temper, ground, gains)
    call = _standing(call, heard, temper, ground, gains)
    call = _asked(call, heard, temper, gains)
    call = _traded(call, heard, temper, gains)
    call = _answered(call, heard, temper, gains)
    call = _tone(call, heard, temper, gains)
    gain = sum((each for each, _ in gains), NONE)
    best = sorted((g for g in gains if g[0] > 0), key=lambda each: -each[0])
    call = replace(call, credit=max(NONE, call.credit + gain))
    return Earned(call, gain, tuple(reason for _, reason in best))


def _evidence(
    call: Call, heard: Heard, temper: Temper, ground: Ground, gains: list[tuple[Decimal, str]]
) -> Call:
    for shown in heard.evidence:
        kind, fact = shown.kind, ground.facts.get(shown.kind)
        strength = fact.strength if fact else Decimal("0.4")
        worth = temper.weights["evidence"] * (1 + strength) / 2
        worth *= ITS_PAIN if kind == call.pain else 1
        if kind in call.shown:
            continue
        if shown.proof in ("own", "stated"):
            gains.append((worth * (1 if shown.proof == "own" else UNCHECKED), kind))
            call = replace(call, shown=(*call.shown, kind))
            call = call.with_event("evidence", kind=kind, proof=shown.proof, benefit=heard.benefit)
            if heard.benefit:
                gains.append((temper.weights["benefit"], kind))
        elif shown.proof == "wrong":
            gains.append((WRONG, kind))
            call = call.with_event("wrong", kind=kind, said=heard.text[:160])
        elif kind not in call.told:
            if kind != "costs_up":
                gains.append((worth * temper.least / 2, kind))
            call = replace(call, told=(*call.told, kind)).with_event("unproven", kind=kind)
    return call


def _standing(
    call: Call, heard: Heard, temper: Temper, ground: Ground, gains: list[tuple[Decimal, str]]
) -> Call:
    if not heard.clause or call.clause:
        return call
    gains.append((temper.weights["clause"] * (1 if ground.clause else NO_CLAUSE_ON_FILE), "clause"))
    return replace(call, clause=True).with_event("clause")


def _asked(call: Call, heard: Heard, temper: Temper, gains: list[tuple[Decimal, str]]) -> Call:
    before = {event["kind"] for event in call.of("question")}
    for kind in heard.questions:
        if kind in OF_QUESTIONS and kind not in before:
            gains.append((temper.weights["question"], f"question:{kind}"))
        call = call.with_event("question", kind=kind)
    if "authority" in heard.questions:
        call = replace(call, authority=True)
    if "need" in heard.questions:
        call = replace(call, found=True)
    for kind in CLOSINGS:
        if kind in heard.flags and not call.count(kind):
            gains.append((temper.weights["closing"] / 2, kind))
            call = call.with_event(kind)
    if "process" in heard.questions or "authority" in heard.questions or "dated" in heard.flags:
        call = replace(call, dated=True)
    return replace(call, written=call.written or "writing" in heard.flags)


def _traded(call: Call, heard: Heard, temper: Temper, gains: list[tuple[Decimal, str]]) -> Call:
    before = {event["kind"] for event in (*call.of("trade"), *call.of("gave"))}
    yes = call.expects == "term" and "yes" in heard.flags and "refuse" not in heard.flags
    said = heard.trades or (("term",) if yes else ())
    for kind in said:
        if kind in before:
            continue
        if heard.condition:
            gains.append((temper.weights["trade"], f"trade:{kind}"))
            call = call.with_event("trade", kind=kind)
        else:
            call = call.with_event("gave", kind=kind)
    return call


def _answered(call: Call, heard: Heard, temper: Temper, gains: list[tuple[Decimal, str]]) -> Call:
    """Whether the objection that stood was answered, by what answers it."""
    if not call.objection or heard.silence:
        return call
    held = call.objection == "what_is_your_least" and heard.ask == call.first_ask
    if held or tags_of(heard) & set(answers()[call.objection]):
        gains.append((temper.weights["answer"], f"answer:{call.objection}"))
        call = call.with_event("answered", objection=call.objection)
    else:
        call = call.with_event("unanswered", objection=call.objection)
    return replace(call, objection="")


def _tone(call: Call, heard: Heard, temper: Temper, gains: list[tuple[Decimal, str]]) -> Call:
    flags = heard.flags
    if "insult" in flags:
        gains.append((temper.weights["insult"], "insult"))
        call = call.with_event("insult")
    if "threat" in flags:
        measured = "measured" in flags or (heard.clause and not flags & {"insult"})
        if not measured:
            gains.append((temper.weights["threat"], "threat"))
            call = call.with_event("threat", said=heard.text[:160])
        elif not call.count("measured"):
            gains.append((temper.weights["measured"], "measured"))
            call = call.with_event("measured")
    for kind in ("plead", "hedge", "bottom"):
        if kind in flags and not (kind == "hedge" and heard.proven()):
            call = call.with_event(kind, said=heard.text[:160])
    if heard.silence and call.expects in ("offer", "objection") and call.silences < 2:
        gains.append((temper.weights["silence"], "silence"))
        call = call.with_event("silence")
    return call


def tags_of(heard: Heard) -> set[str]:
    """What a line holds, by the names that answers.toml uses."""
    tags = set(heard.proven()) | {f"question:{kind}" for kind in heard.questions}
    tags |= {f"trade:{kind}" for kind in heard.trades} | set(heard.flags)
    tags |= {"trade"} if heard.trades else set()
    tags |= {"clause"} if heard.clause else set()
    return tags | ({"benefit"} if heard.benefit and heard.proven() else set())


@cache
def answers() -> Mapping[str, list[str]]:
    """What answers each objection of a rehearsal."""
    text = files("copilot.rehearsal").joinpath("answers.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
