"""How the rep takes up what was just said, before it makes a move of its own."""

from __future__ import annotations

from decimal import Decimal

from copilot.rehearsal.acts import Act
from copilot.rehearsal.ground import Ground
from copilot.rehearsal.hearing import Heard
from copilot.rehearsal.state import Call
from copilot.rehearsal.temper import Temper

AT_MOST = 2


def reactions(
    before: Call, call: Call, heard: Heard, temper: Temper, ground: Ground
) -> tuple[Act, ...]:
    """At most two acts: one on tone, evidence or trade, one that answers a question."""
    taken = _on_what_was_said(before, call, heard, ground)
    answer = _on_question(call, heard)
    made = [act for act in (taken, answer) if act is not None]
    if not made and call.turn == 1 and call.ask is None:
        made = [Act("greeted")]
    return tuple(made[:AT_MOST])


def _on_what_was_said(before: Call, call: Call, heard: Heard, ground: Ground) -> Act | None:
    flags = heard.flags
    if "insult" in flags:
        return Act("insult")
    if "threat" in flags:
        return Act("threat" if call.count("threat") > before.count("threat") else "measured")
    if call.count("bid_down") > before.count("bid_down") and call.ask is not None:
        return Act("bid_down", {"ask": call.ask})
    paid = ground.number_paid()
    if heard.medicare is not None and paid is not None and heard.medicare <= paid:
        return Act("above_already")
    if call.count("lowered") > before.count("lowered") and not heard.trades:
        return Act("lowered", {"ask": call.ask})
    wrong = [s.kind for s in heard.evidence if s.proof == "wrong"]
    fresh = [kind for kind in call.shown if kind not in before.shown]
    if fresh:
        strongest = max(fresh, key=lambda k: (k == call.pain, _strength(ground, k)))
        checked = any(s.kind == strongest and s.proof == "own" for s in heard.evidence)
        return Act(f"shown_{strongest}" if checked else "shown_stated", {}, strongest)
    if wrong:
        return Act("wrong", {}, wrong[0])
    if call.clause and not before.clause:
        return Act("clause")
    traded = _on_trade(before, call)
    if traded is not None:
        return traded
    if heard.silence:
        return Act("silence_again" if call.silences > 1 else "silence")
    again = [kind for kind in heard.proven() if kind in before.shown]
    if again:
        return Act("again", {}, again[0])
    bare = [s.kind for s in heard.evidence if s.proof == "none"]
    if "costs_up" in bare:
        return Act("costs_up")
    if bare:
        return Act("unproven", {}, bare[0])
    if "plead" in flags:
        return Act("plead")
    if "hedge" in flags and not heard.questions:
        return Act("hedge")
    if heard.yearly is not None:
        return Act("yearly")
    if "refuse" in flags and heard.ask is None:
        return Act("refused")
    if heard.ranged and heard.ask is not None:
        return Act("range", {"ask": heard.ask})
    return None


def _on_trade(before: Call, call: Call) -> Act | None:
    for what, act in (("trade", "trade"), ("gave", "pocket")):
        if call.count(what) > before.count(what):
            return Act(act, {}, str(call.of(what)[-1]["kind"]))
    return None


def _on_question(call: Call, heard: Heard) -> Act | None:
    asked = heard.questions
    if "limit" in asked:
        return Act("limit")
    if "authority" in asked:
        return Act("authority")
    if "need" in asked:
        return Act(f"need_{call.pain}")
    if "process" in asked or ("dated" in heard.flags and asked):
        return Act("process", {"day": None})
    if "reason" in asked:
        return Act("reason")
    if "name" in heard.flags and asked:
        return Act("name")
    if heard.flags & {"dated", "writing"} and not heard.condition:
        return Act("promised", {"day": None})
    if asked == ("other",):
        return Act("other_question")
    return None


def _strength(ground: Ground, kind: str) -> Decimal:
    fact = ground.facts.get(kind)
    return fact.strength if fact else Decimal(0)
