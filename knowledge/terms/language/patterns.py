"""Patterns over folded statements, written with short names for what contracts repeat."""

from __future__ import annotations

import re
from functools import cache

_NAMES = {
    "d": "⟨(?P<d>\\d+)⟩",  # the span of time that is asked for
    "x": "⟨\\d+⟩",  # some other span of time
    "p": "⟪(?P<p>\\d+)⟫",  # the percent that is asked for
    "y": "⟪\\d+⟫",
    "~": ".{0,60}?",
    "~~": ".{0,200}?",
    "either": (
        "(?:either (?:party|one|side|of (?:the (?:two )?(?:parties|signatories)|them|us))|"
        "each (?:party|side|of us)|both (?:parties|sides|of us)|any party|a party|one party|"
        "one of (?:us|the parties)|neither (?:party|side|of (?:us|the parties))|either may|"
        "(?:payer|provider) (?:or|and) (?:payer|provider)|the parties)"
    ),
    "notice": (
        "(?:(?:prior|advance|advanced|previous|written|formal|at least|in|days'?|calendar)[, ]+)*"
        "(?:notice|notification|warning)"
    ),
    "member": "(?:members?|enrollees?|patients?|subscribers?|covered persons?|insureds?|"
    "beneficiar(?:y|ies)|participants?|covered individuals?|customers?)",
    "claim": "(?:claims?|bills?|encounters?|statements? of charges|invoices?)",
    "contract": "(?:(?:this |the )?(?:agreement|contract|addendum|arrangement|instrument)"
    "|these terms\\b)",
    "end": "(?:terminat\\w*|cancel\\w*|end(?:s|ed|ing)?\\b|conclude\\w*|withdraw\\w*|leave\\b"
    "|discontinu\\w*|walk away|get out\\b|pull out|quit\\b)",
}


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern in which {name} stands for one of the named pieces; {2,5} stays a count."""

    def put(match: re.Match[str]) -> str:
        return _NAMES.get(match[1], match[0])

    return re.compile(re.sub(r"\{([a-z~]+)\}", put, pattern))


def says(pattern: str, text: str) -> re.Match[str] | None:
    """The first place where a folded text says it."""
    return compiled(pattern).search(text)


CLAUSE_ENDS = re.compile(
    r"; |, (?:such|or|and|but|except|unless|provided|however|subject)\b|\b(?:except|unless|provided"
    r"|however|whereas|while|otherwise|but)\b|\. "
)


def clause(text: str, at: int) -> str:
    """The part of a sentence around a place, cut at semicolons and at but, except, unless."""
    start, end = 0, len(text)
    for match in CLAUSE_ENDS.finditer(text):
        if match.end() <= at:
            start = match.end()
        elif match.start() > at:
            end = match.start()
            break
    return text[start:end]
