"""Words that say where a negotiation stands: told outright, or as news that settles it."""

from __future__ import annotations

import re

from copilot.numbers import ONES

_PRICE = (
    r"(?:an? (?:\w+ ){0,2}(?:of )?)?(?:\$\s?\d|\d+(?:\.\d+)?\s?(?:%|percent|pct)"
    r"|\d+(?:\.\d+)?(?=\s*(?:[.,;!?]|$|from\b|starting\b|effective\b))|(?:"
    + "|".join(ONES)
    + r")(?: and a half)? percent)"
)
_MARKED: tuple[tuple[str, str], ...] = (
    ("in force", r"in force|in effect|live|effective|implemented|loaded"),
    ("amendment in hand", r"amendment|papered|in contract(?:ing)?|signed"),
    ("agreed", r"agreed|won|closed|done|settled|accepted|deal"),
    ("countered", r"countered"),
    ("offer on the table", r"offer|offered|has an offer"),
    ("waiting", r"waiting|pending|awaiting"),
    ("asked", r"asked|sent|requested|opened"),
    ("preparing", r"preparing|in preparation|prep(?:ping)?|getting ready"),
    ("not begun", r"not (?:begun|started)|(?:on )?hold|untouched|reset"),
)
_MARK = re.compile(
    r"\b(?:mark|set|move|put|change|update|flag|list)\b[^.;?!]{0,60}?"
    r"\b(?:as|to|in|into|on(?= hold\b))\s+(?:the stage )?[\"']?(?P<stage>[a-z ]{3,30})",
    re.IGNORECASE,
)
_NEWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "in force",
        (
            r"\b(?:new rates?|amendment|increase)\b[^.;?!]{0,40}"
            r"\b(?:(?:is|are|now) (?:in force|in effect|live)|went (?:live|into effect)"
            r"|took effect)",
        ),
    ),
    (
        "amendment in hand",
        (
            r"\b(?:got|received|have|sent (?:us|over|me)|forwarded|e-?mailed(?: us)?)\b"
            r"[^.;?!]{0,30}"
            r"\b(?:the|an|their|our|a)\b(?: \w+){0,2} amendment\b",
            r"\bamendment(?: from [^.,;]{2,30}?)? (?:arrived|came|is (?:here|in))\b",
        ),
    ),
    (
        "agreed",
        (
            r"\baccepted (?:our|their|the)\b|\bwe(?:'ve| have)? accepted\b|\bsaid yes to\b",
            r"\bagreed (?:on|to) (?:our|their|the) (?:\d|rates?|offer|proposal|increase|raise)",
            rf"\b(?:accepted|agreed (?:on|to|at)|deal (?:at|for|of|on)|settled for) {_PRICE}",
            r"\b(?:it is|it's|we've got|we got|got) a deal\b(?![- ]?breaker)",
            r"\bwe have a deal\b(?![- ]breaker)",
            r"\bdeal is done\b|\bshook hands\b|\breached an agreement\b",
            r"\bsettled (?:on|at) \d|\bsigned off on (?:our|the)\b",
        ),
    ),
)
_UNDONE = re.compile(
    r"\b(?:not|n't|never|hasn't|haven't|if|once|until|when|would|will|won't)\b", re.IGNORECASE
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
    for stage, patterns in _NEWS:
        for match in re.finditer("|".join(patterns), text, re.IGNORECASE):
            clause = re.split(r"[.;,!?\n]", text[: match.start()])[-1]
            if not _UNDONE.search(clause):
                return stage
    return ""
