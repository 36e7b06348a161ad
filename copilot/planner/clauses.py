"""A message cut into its sentences, and a sentence into the requests it may join.

Cuts are only proposed here; whether the two sides are requests of their own is decided by
what they mean (intents.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from copilot.planner.habits import habits
from copilot.planner.reading import Reading

_STOP = re.compile(
    r"(?<!\bdr)(?<!\bmr)(?<!\bvs)(?<!\bms)(?<!mrs)(?<!\bno)(?<!\bst)(?<!\binc)[.!](?=\s|$)|\?+!*|;|\n|\s-{1,2}\s(?=\w)",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"(?:\s*,)?\s+(?:and then|and also|then also|and|then|plus|also|as well as|&|after that)\s+(?:(?:then|also|please)\s+)?|\s*,\s+(?!\d)",
    re.IGNORECASE,
)
MOST_PIECES = 6


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence; opens: whether it begins as a request would."""

    reading: Reading
    opens: bool


def sentences(reading: Reading) -> list[Reading]:
    """The sentences of a message, without empty ones."""
    found, at = [], reading.start
    for stop in _STOP.finditer(reading.text, reading.start, reading.end):
        if any(span.start < stop.start() < span.end for span in reading.spans):
            continue
        found.append(reading.part(at, stop.end()))
        at = stop.end()
    found.append(reading.part(at, reading.end))
    return [part for part in found if re.search(r"\w", part.words)]


def pieces(sentence: Reading) -> list[Piece]:
    """A sentence cut at every joint outside names and numbers, at most MOST_PIECES."""
    found, at = [], sentence.start
    for joint in _JOINT.finditer(sentence.text, sentence.start, sentence.end):
        inside = any(s.start < joint.end() and joint.start() < s.end for s in sentence.spans)
        inside = inside or any(t.start < joint.start() < t.end for t in sentence.terms)
        left = sentence.text[at : joint.start()].strip()
        if inside or not left or len(found) >= MOST_PIECES - 1:
            continue
        found.append(Piece(sentence.part(at, joint.start()), _opens(left)))
        at = joint.end()
    found.append(Piece(sentence.part(at, sentence.end), _opens(sentence.text[at : sentence.end])))
    return [piece for piece in found if piece.reading.words]


def is_request(sentence: Reading) -> bool:
    """Whether a sentence asks for something, rather than telling the background."""
    words = sentence.words
    bare = habits().lead_in.sub("", words)
    if words.rstrip(" !.").endswith("?") or re.search(
        r"\b(?:i|we|you)(?: all| just| really| also)? (?:need|want|would like|have to)\b|\b(?:i|we)'d (?:like|love)\b|\bhelp me\b"
        r"|\btell me\b|\bshow me\b|\bgive me\b|\b(?:what|how much|which|how long) (?:do|does|is|are|would|should|can)\b"
        r"|\bnot sure (?:what|how|if|which)\b|\bcan you\b|\bcould you\b|\blet's\b|\bplease\b",
        words,
        re.IGNORECASE,
    ):
        return True
    first = re.match(r"[\w'-]+", bare)
    if first is None:
        return True
    word = first.group().lower()
    return word in habits().asks or word not in habits().tells


def is_wish(sentence: Reading) -> bool:
    """Whether a sentence says what someone would like to do, which may only lead up to a
    question ("We want to add counseling. What do I ask them?")."""
    words = habits().lead_in.sub("", sentence.words)
    return not words.endswith("?") and bool(
        re.match(
            r"(?:we|i|they|he|she)(?:'d like| want| wants| would like| hope| plan| are looking| am looking|'re looking"
            r"|'re trying| are trying| need)(?: to)? (?!(?:to )?(?:know|see|compare|understand|find out|a |an |the |talking|you|your|help|some))",
            words,
            re.IGNORECASE,
        )
    )


def _opens(text: str) -> bool:
    bare = habits().lead_in.sub("", text.strip())
    first = re.match(r"[\w'-]+", bare)
    return bool(first) and first.group().lower() in habits().asks if first else False
