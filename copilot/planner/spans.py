"""Things spotted in a message, and the message with them masked.

Meaning is compared without names: "how bad is Cigna on 99214" and "how bad is Kestrel on
G0439" become one sentence. Each kind of thing has one stand-in, the same in the example
phrases, so that both sides are encoded alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

STAND_IN = {
    "payer": "the insurer",
    "payer2": "another insurer",
    "code": "99213",
    "percent": "5%",
    "medicare": "115% of medicare",
    "year": "2024",
    "period": "last year",
    "since": "since 2024",
    "both": "2024 vs 2025",
    "top": "top 10",
    "product": "PPO",
    "pmpm": "$400 pmpm",
    "members": "1000 members",
    "member_months": "1000 member months",
    "count": "5000",
    "money": "$5000",
    "number": "5",
}


@dataclass(frozen=True)
class Span:
    """One thing spotted: its kind (a key of STAND_IN), place in the text, and value."""

    kind: str
    start: int
    end: int
    value: Any


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """The spans in order of place; of overlapping ones the earlier given stays."""
    kept: list[Span] = []
    for span in spans:
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def masked(text: str, spans: Iterable[Span], start: int = 0, end: int | None = None) -> str:
    """A stretch of the text with every span in it replaced by its stand-in."""
    end = len(text) if end is None else end
    out, at, first = [], start, None
    for span in sorted(spans, key=lambda span: span.start):
        if span.start < at or span.end > end or span.kind not in STAND_IN:
            continue
        kind = span.kind
        if kind == "payer":
            first = span.value if first is None else first
            kind = "payer" if span.value == first else "payer2"
        out += [text[at : span.start], STAND_IN[kind]]
        at = span.end
    return " ".join("".join([*out, text[at:end]]).split()).strip(" ,;:-")


def filled(phrase: str) -> str:
    """An example phrase with its typed placeholders replaced by their stand-ins."""
    for kind, words in STAND_IN.items():
        phrase = phrase.replace("{" + kind + "}", words)
    return phrase
