"""Which objection of the library somebody's words are, and whether a reply to it is asked for."""

from __future__ import annotations

import re
from functools import cache

from copilot.drafting.objections import Objection, objections

_SAYS = re.compile(
    r"\b(?:they|rep|payer|plan|insurer|representative|manager|he|she|contracting|\w+)\s*"
    r"(?:just |always |keeps? |now |only |simply )?"
    r"(?:say(?:s|ing)?|said|tell(?:s|ing)?(?: me| us)?|told (?:me|us)|claim(?:s|ed|ing)?"
    r"|argue(?:s|d)?|insist(?:s|ed)?|answer(?:s|ed)?|repl(?:y|ies|ied)|respond(?:s|ed)?"
    r"|come back with|came back with|object(?:s|ed)?)\b"
    r"|\b(?:they|rep|payer|plan) (?:just )?(?:want|offer|claim|ask)\b"
    r"|\bif (?:they|the rep|the payer|he|she)\b|\bwhen (?:they|the rep|the payer)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:what|how) (?:do|should|would|can|could|might|to|shall) ?(?:i|we)? ?(?:\w+ )?"
    r"(?:answer|say|respond|reply|counter|tell|come back|push back|handle|react|do|rebut)\b"
    r"|\bwhat(?:'s| is) (?:a |the |our |my |your |best |good )*(?:answer|reply|response|comeback"
    r"|rebuttal|counter)\b"
    r"|\b(?:help me|how) (?:to )?(?:answer|respond|reply|rebut|push back|counter)\b"
    r"|\b(?:give|suggest|need|write|find) (?:me |us )?(?:a |an |the |some )*(?:good |best )?"
    r"(?:answer|reply|response|comeback|rebuttal|line)\b|\b(?:your|any) (?:answer|reply) to\b"
    r"|^\W*(?:answer|reply|response|respond|rebut\w*|push ?back|comeback)\b",
    re.IGNORECASE,
)


def objections_heard(words: str) -> list[Objection]:
    """The objections whose signs the words carry, the one with most of its words first."""
    said = " ".join(words.replace("’", "'").lower().split())
    scored = []
    for place, objection in enumerate(objections().values()):
        found = [match for sign in _signs(objection.id) if (match := sign.search(said))]
        if found:
            length = sum(len(match[0]) for match in found)
            scored.append((-length, place, objection))
    return [objection for _, _, objection in sorted(scored, key=lambda each: each[:2])]


def objection_heard(words: str) -> Objection | None:
    """The objection that fits the words best; None where none does."""
    return next(iter(objections_heard(words)), None)


def asks_for_answer(words: str) -> bool:
    """Whether a user asks what to say to something that a payer says.

    "they say we are at market, what do I answer": yes. "what did they say about filing": no.
    """
    told = _SAYS.search(words)
    asked = _ASKS.search(words)
    heard = objection_heard(_without(words, asked)) if asked else None
    if heard is None:
        return False
    return (
        bool(told)
        or heard.id == "silence"
        or bool(re.search(r"[\"“”']|\bto\b|:|\bobjection\b", words))
    )


def _without(words: str, asked: re.Match[str]) -> str:
    return f"{words[: asked.start()]} {words[asked.end() :]}"


@cache
def _signs(key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(sign, re.IGNORECASE) for sign in objections()[key].signs)
