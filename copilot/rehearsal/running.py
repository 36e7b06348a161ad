"""Whether a call is being rehearsed, and whether a message is meant for its rep.

For the planner: `if for_rehearsal(text, state): Call("rehearse", {"said": text})`. Words to the
coach ("stop", "hint", "how did I do", "once more") go to the same tool, which tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

Wish = Literal["stop", "hint", "debrief", "again"]

_STOP = re.compile(
    r"^\W*(?:(?:please|ok|okay|let's|let us|can we|i want to|i'd like to)\W+)*(?:stop|quit|end|"
    r"finish|enough|cancel|exit|abort)(?:\W+(?:the|this|it|now|here|please|rehears\w+|"
    r"role ?play\w*|call|practice|practicing|exercise|simulation|session|playing|there|"
    r"for now))*\W*$"
    r"|^\W*(?:that(?:'s| is) enough|let's stop|stop\b.{0,12}rehears\w+"
    r"|end of (?:the )?rehears\w+)\W*$",
    re.IGNORECASE,
)
_DEBRIEF = re.compile(
    r"\bhow (?:did|do|am|was) i (?:do|doing|did)?\b|\bde-?brief\b|\b(?:my|the) (?:score|grade"
    r"|feedback|result)\b|\b(?:score|grade|rate|evaluate|judge) me\b|\bhow was (?:that|it|my)\b"
    r"|\bgive me (?:some )?feedback\b|\bwhat did i (?:do wrong|miss)\b",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"^\W*(?:a |give me a |i need a |any )?(?:hint|tip|help|clue|coach)s?(?:\W+(?:please|me))*\W*$"
    r"|\bwhat (?:should|do|would|can|could) i (?:say|answer|reply|respond)(?: now| here| next| to"
    r" that)?\W*$|\bi(?:'m| am) stuck\b|\bhelp me (?:out|answer|here)\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"^\W*(?:(?:let's |can we |please |ok |okay )*)(?:again|once more|one more time|start over"
    r"|restart|try (?:it |that )?again|from the (?:top|beginning|start)|same (?:rep|call|again)"
    r"|another round|replay)(?:\W+(?:please|now|with the same rep))*\W*$",
    re.IGNORECASE,
)
_COPILOT = re.compile(
    r"^\W*(?:please |ok |okay |now |can you |could you |then |and )*"
    r"(?:(?:draft|write|compose|prepare|make|create) (?:me |us )?(?:a |an |the |my |our |some )*"
    r"(?:\w+ ){0,3}?(?:e-?mail|letter|talking|script|agenda|briefing|memo|profile|proposal|list|"
    r"questions|strategy|chart|table|plan|summary of)"
    r"|(?:compare|redline|export|log|import|ingest|upload|plot|chart|rehearse|role ?play|"
    r"search|look up|open the|review (?:the|our|their)|calculate|compute)\b"
    r"|(?:show|list|tell|give) (?:me |us )?(?:the |our |all |my )*(?:\w+ )?(?:rates|payer mix|top|"
    r"codes|contracts?|underpa\w+|denials|chart|table|strategy|draft)"
    r"|model (?:a|an|the|our|what)\b|what if we\b|run (?:the|a|our)\b)"
    r"|^\W*(?:copilot|coach|out of character|ooc|pause)\b|^\W*/"
    r"|\bwhat does (?:the guide|our contract|the contract|medicare)\b"
    r"|\b(?:what|how much) (?:do|does|did) (?:they|it|[A-Z]\w+) (?:pay|allow|reimburse)\b"
    r"|\bwhat (?:is|are|was|were) our (?:\w+ ){0,3}(?:with|at|from|payer mix"
    r"|percent of medicare)\b",
    re.IGNORECASE,
)


def is_running(state: Mapping[str, Any]) -> bool:
    """Whether a rehearsal waits for the user's next line in this thread."""
    held = state.get("rehearsal") or {}
    return bool(held) and int(held.get("steps", 2)) < 2


def for_rehearsal(text: str, state: Mapping[str, Any]) -> bool:
    """Whether a message goes to the rehearsal: a line of the call, or a word on it afterwards."""
    if is_running(state):
        return not leaves(text)
    return bool(state.get("rehearsal")) and wish_of(text) in ("again", "debrief")


def leaves(text: str) -> bool:
    """Whether a message is meant for the copilot and neither for the rep nor for the coach.

    "draft the email to Kestrel": yes. "could you put that in writing": no. "stop": no, the
    rehearsal itself ends and tells how it went.
    """
    if wish_of(text) is not None:
        return False
    return bool(_COPILOT.search(text))


def wish_of(text: str) -> Wish | None:
    """What the user wants of the coach: stop, hint, debrief or again; None for a line."""
    said = text.replace("’", "'")
    short = len(said.split()) <= 12
    if _STOP.search(said):
        return "stop"
    if _AGAIN.search(said):
        return "again"
    if short and _DEBRIEF.search(said):
        return "debrief"
    if short and _HINT.search(said):
        return "hint"
    return None
