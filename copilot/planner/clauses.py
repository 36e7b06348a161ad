"""A message cut into its sentences, and a sentence into the requests it may join.

Cuts are only proposed here; whether the two sides are requests of their own is decided by
what they mean (intents.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from copilot.planner.followups import only_changes
from copilot.planner.habits import habits
from copilot.planner.reading import Reading

_STOP = re.compile(
    r"(?<!\bdr)(?<!\bmr)(?<!\bvs)(?<!\bms)(?<!mrs)(?<!\bno)(?<!\bst)(?<!\binc)[.!](?=\s|$)|\?+!*|;|\n",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"(?:\s*,)?\s+(?:and then|and also|then also|and|then|plus|also|as well as|&"
    r"|after that)\s+(?:(?:then|also|please)\s+)?|\s*,\s+(?!\d)|\s-{1,2}\s(?=\w)",
    re.IGNORECASE,
)
_APART = re.compile(r"\b(?:then|also|plus|after that)\b", re.IGNORECASE)
_SUPPOSING = re.compile(
    r"\W*(?:so |ok |and )*(?:suppose|imagine|say|let's say|assume|assuming|if|what if)\b",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"\?\W*$|\b(?:please|thoughts|ideas|confirm|right|true|worth it)\W*$", re.IGNORECASE
)
_ASKING = re.compile(
    r"\b(?:i|we|you)(?: all| just| really| also)? (?:need|want|would like|have to)\b"
    r"|\b(?:i|we)'d (?:like|love)\b"
    r"|\bhelp me\b|\btell me\b|\bshow me\b|\bgive me\b"
    r"|\b(?:what|how much|which|how long) (?:do|does|is|are|would|should|can)\b"
    r"|\bnot sure (?:what|how|if|which)\b|\bcan you\b|\bcould you\b|\blet's\b|\bplease\b",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"(?:in|for|during|over|since|between|from|by|across|among|of|against|versus|vs\.?|per|with|at"
    r"|as|on|within|through|looking at|considering|counting|based on|going by|relative to"
    r"|compared (?:to|with)|measured (?:by|in)|ranked by|last|this|past|year to date|so far)\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(  # what is left out of the question before it
    r"(?:ignor\w*|skip|leav(?:e|ing) out|disregard|exclud\w*|without|not counting|except|but not"
    r"|only (?:count\w*|those|lines|from|over|above))\b",
    re.IGNORECASE,
)
_WORTH = re.compile(  # what is wanted of the question before it
    r"(?:the |what's the |in )?(?:yearly |annual |dollar )?(?:worth|value|difference|gain|loss"
    r"|dollars|impact)(?: (?:a|per) year| in dollars| annually| yearly)?",
    re.IGNORECASE,
)
MOST_PIECES = 6


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence; opens: whether it begins as a request would; apart: whether
    "then", "also" or the like stands before it."""

    reading: Reading
    opens: bool
    apart: bool = False


def sentences(reading: Reading) -> list[Reading]:
    """The sentences of a message, without empty ones."""
    found: list[Reading] = []
    at = reading.start
    for stop in _STOP.finditer(reading.text, reading.start, reading.end):
        if any(span.start < stop.start() < span.end for span in reading.spans):
            continue
        found.append(reading.part(at, stop.end()))
        at = stop.end()
    found.append(reading.part(at, reading.end))
    return _held_together([part for part in found if re.search(r"\w", part.words)])


def _held_together(parts: list[Reading]) -> list[Reading]:
    """Sentences joined that only together ask something: "Suppose we sell. Would it follow?",
    "They offer 95% of Medicare. Cost to us?"."""
    found: list[Reading] = []
    for part in parts:
        last = found[-1] if found else None
        leads = last is not None and _SUPPOSING.match(last.words) and not last.words.endswith("?")
        trails = (
            last is not None
            and len(part.words.split()) <= 4
            and not (part.spans or part.terms or last.words.endswith("?"))
            and _TRAILING.search(part.words)
        )
        if last is not None and (leads or trails):
            found[-1] = part.part_of_whole(last.start, part.end, last)
        else:
            found.append(part)
    return found


def pieces(sentence: Reading) -> list[Piece]:
    """A sentence cut at every joint outside names and numbers, at most MOST_PIECES."""
    found: list[Piece] = []
    at, apart = sentence.start, False
    for joint in _JOINT.finditer(sentence.text, sentence.start, sentence.end):
        inside = any(s.start < joint.end() and joint.start() < s.end for s in sentence.spans)
        inside = inside or any(t.start < joint.start() < t.end for t in sentence.terms)
        left = sentence.text[at : joint.start()].strip()
        if inside or not left or len(found) >= MOST_PIECES - 1:
            continue
        found.append(Piece(sentence.part(at, joint.start()), _opens(left), apart))
        at, apart = joint.end(), bool(_APART.search(joint.group()))
    rest = sentence.text[at : sentence.end]
    found.append(Piece(sentence.part(at, sentence.end), _opens(rest), apart))
    return _framed([piece for piece in found if piece.reading.words])


def _framed(found: list[Piece]) -> list[Piece]:
    """The pieces, one that only frames a question ("In 2025," "By visits,") joined to it."""
    kept: list[Piece] = []
    for piece in found:
        if kept and (
            _is_frame(kept[-1]) or (piece.opens and len(kept) == 1 and _names_only(kept[-1]))
        ):
            before = kept.pop().reading
            whole = piece.reading.part_of_whole(before.start, piece.reading.end, before)
            piece = Piece(whole, True, False)
        kept.append(piece)
    if len(kept) > 1 and _is_frame(kept[-1]):
        last, asked = kept.pop().reading, kept.pop()
        whole = last.part_of_whole(asked.reading.start, last.end, asked.reading)
        kept.append(Piece(whole, asked.opens, asked.apart))
    return kept


def _names_only(piece: Piece) -> bool:
    """Whether a piece names payers or products and says nothing else ("Kestrel PPO and HMO")."""
    named = list(piece.reading.of("payer", "product"))
    return bool(named) and not piece.opens and only_changes(piece.reading)


def _is_frame(piece: Piece) -> bool:
    """Whether a piece only says when, for whom or by what: a preposition and no question."""
    words = habits().lead_in.sub("", piece.reading.words)
    if _LIMIT.match(words) or _WORTH.fullmatch(words.rstrip(" ?.!")):
        return True
    long = len(words.split()) > 10
    return bool(_FRAME.match(words)) and not (piece.opens or long or _ASKING.search(words))


class Manner(IntEnum):
    """How plainly a sentence asks: not at all, perhaps (a fragment), or outright."""

    TELLS = 0
    MAY_ASK = 1
    ASKS = 2


def manner(sentence: Reading) -> Manner:
    """How plainly a sentence asks for something, rather than telling the background."""
    words = sentence.words
    if words.rstrip(" !.").endswith("?") or _ASKING.search(words):
        return Manner.ASKS
    bare = habits().lead_in.sub("", words)
    first = re.match(r"[\w'-]+", bare)
    if first is None:
        return Manner.MAY_ASK
    word = first.group().lower()
    if word in habits().asks:
        return Manner.ASKS
    fragment = word in ("our", "the", "their", "my") and len(bare.split()) <= 5
    return Manner.MAY_ASK if fragment or word not in habits().tells else Manner.TELLS


def is_wish(sentence: Reading) -> bool:
    """Whether a sentence says what someone would like to do, which may only lead up to a
    question ("We want to add counseling. What do I ask them?")."""
    words = habits().lead_in.sub("", sentence.words)
    return not words.endswith("?") and bool(
        re.match(
            r"(?:we|i|they|he|she)(?:'d like| want| wants| would like| hope| plan"
            r"| are looking| am looking|'re looking"
            r"|'re trying| are trying| need)(?: to)? (?!(?:to )?(?:know|see|compare"
            r"|understand|find out|a |an |the |talking|you|your|help|some))",
            words,
            re.IGNORECASE,
        )
    )


def _opens(text: str) -> bool:
    bare = habits().lead_in.sub("", text.strip())
    first = re.match(r"[\w'-]+", bare)
    return bool(first) and first.group().lower() in habits().asks if first else False
