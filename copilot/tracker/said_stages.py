"""Words that say where a negotiation stands: told outright, or as news that settles it."""

from __future__ import annotations

import re

_MARKED: tuple[tuple[str, str], ...] = (
    ("in force", r"in force|in effect|live|effective|implemented|loaded"),
    (
        "amendment in hand",
        r"amendment in hand|amendment received|papered|in contract(?:ing)?|signed",
    ),
    ("agreed", r"agreed|won|closed|done|settled|accepted|deal"),
    ("countered", r"countered"),
    ("offer on the table", r"offer (?:on the table|received|in hand)|offered|has an offer"),
    ("waiting", r"waiting|pending|awaiting(?: an)? (?:answer|reply)"),
    ("asked", r"asked|sent|requested|opened"),
    ("preparing", r"preparing|in preparation|prep(?:ping)?|getting ready"),
    ("not begun", r"not (?:begun|started)|on hold|untouched|reset"),
)
_MARK = re.compile(
    r"\b(?:mark|set|move|put|change|update|flag|list)\b[^.;?!]{0,60}?\b(?:as|to|in|into"
    r"|:)\s+(?:the "
    r"stage )?[\"']?(?P<stage>[a-z ]{3,30})", re.IGNORECASE)  # fmt: skip
_NEWS: tuple[tuple[str, str], ...] = (
    ("in force", r"\b(?:new rates?|amendment|increase)\b[^.;?!]{0,40}\b(?:(?:is|are|now) (?:in"
    r" force|in"
     r" effect|live)|went (?:live|into effect)|took effect)\b"),
    ("amendment in hand", r"\b(?:got|received|have|sent (?:us|over|me)|forwarded|came with"
    r"|e-?mailed"
     r"(?: us)?)\b[^.;?!]{0,30}\b(?:the|an|their|our|a)\b(?: \w+){0,2} amendment\b|\bamendment"
     r" (?:arrived"
     r"|came|is (?:here|in))\b"),
    ("agreed", r"\b(?:accepted (?:our|their|the)\b|agreed (?:on|to) (?:\d|our|their|the"
    r" (?:rates?|offer"
     r"|proposal|increase|raise|counter))|we have a deal|deal is done|shook hands|reached an"
     r" agreement"
     r"|settled (?:on|at) \d|we(?:'ve| have)? accepted|signed off on (?:our|the))"),
)  # fmt: skip
_UNDONE = re.compile(
    r"\b(?:not|n't|never|hasn't|haven't|if|once|until|when|would|will|won't)\b", re.I
)


def marked_stage(text: str) -> str:
    """The stage that the user sets outright ("mark Kestrel as agreed"), "" for none."""
    said = _MARK.search(text)
    if said is None:
        return ""
    words = said["stage"].strip().lower()
    return next((stage for stage, pattern in _MARKED if re.match(rf"(?:{pattern})\b", words)), "")


def stage_said(text: str) -> str:
    """The stage that the news itself tells ("they accepted our 8%"), "" for none."""
    for stage, pattern in _NEWS:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            clause = re.split(r"[.;,!?\n]", text[: match.start()])[-1]
            if not _UNDONE.search(clause):
                return stage
    return ""
