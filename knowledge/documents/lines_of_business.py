"""Which line of business an attachment or section is about, told by its caption."""

from __future__ import annotations

import re

# first match wins: a heading that names two programs belongs to the first of them
_NAMES = (
    (
        "medicare_advantage",
        r"medicare[ -]+advantage|medicare part c|dual[- ]eligible|medicare program require"
        r"|medicare member|\bMAPD?\b|\bM\.?A\.? (?:plan|product|program|attachment|addendum|exhibit"
        r"|member|regulatory)",
    ),
    ("chp_plus", r"child health plan|\bCHP ?\+|children['’]s health insurance|\bCHIP\b"),
    ("medicaid", r"medicaid|health first colorado|medical assistance program|state[- ]sponsored"),
    ("workers_comp", r"workers['’]? comp"),
    ("tricare", r"\btricare\b|\bVA community|veterans"),
    ("commercial", r"commercial|marketplace|exchange plans?|individual and group"),
)
_PATTERNS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _NAMES)

NAMES = tuple(name for name, _ in _NAMES)


def line_of_business(words: str) -> str | None:
    """The line of business that words name, None when they name none."""
    first: tuple[int, str] | None = None
    for name, pattern in _PATTERNS:
        match = pattern.search(words)
        if match and (first is None or match.start() < first[0]):
            first = (match.start(), name)
    return first[1] if first else None
