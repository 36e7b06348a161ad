"""Ordinary words, and the mending of misspelt ones.

Known are the words of our example phrases and of the guide. A longer word that is neither
known nor a form of a known one, and that is one slip away from a word of the phrases (two
in a long word), is read as that word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import DamerauLevenshtein

from copilot.planner.phrases import phrase_book

_WORD = re.compile(r"[a-z]+")
_ENDINGS = ("s", "es", "d", "ed", "ing", "er", "ers", "ly", "al", "y", "ies", "r", "n", "ment")
_EVERYDAY = [
    "able",
    "across",
    "afraid",
    "again",
    "already",
    "always",
    "amid",
    "anybody",
    "anyhow",
    "aside",
    "asked",
    "bright",
    "broken",
    "bring",
    "called",
    "chance",
    "change",
    "changes",
    "chief",
    "choose",
    "click",
    "close",
    "color",
    "cover",
    "course",
    "daily",
    "dealt",
    "deals",
    "dear",
    "decent",
    "each",
    "early",
    "easy",
    "either",
    "else",
    "enough",
    "ever",
    "every",
    "exact",
    "except",
    "fancy",
    "feels",
    "final",
    "find",
    "fine",
    "first",
    "focus",
    "forward",
    "found",
    "front",
    "further",
    "given",
    "glance",
    "going",
    "grand",
    "great",
    "guess",
    "half",
    "happy",
    "hard",
    "hence",
    "hours",
    "house",
    "human",
    "ideal",
    "input",
    "issue",
    "items",
    "joint",
    "keeps",
    "kinds",
    "known",
    "large",
    "laugh",
    "least",
    "leave",
    "lease",
    "level",
    "light",
    "likes",
    "limit",
    "lists",
    "lives",
    "local",
    "loose",
    "lower",
    "lucky",
    "magic",
    "maybe",
    "means",
    "meant",
    "mental",
    "messy",
    "metal",
    "might",
    "minor",
    "mixed",
    "model",
    "money",
    "month",
    "moral",
    "motor",
    "moved",
    "music",
    "naked",
    "nasty",
    "needs",
    "nerve",
    "never",
    "newer",
    "night",
    "noise",
    "north",
    "notch",
    "noted",
    "novel",
    "occur",
    "ocean",
    "older",
    "other",
    "ought",
    "owned",
    "owner",
    "paint",
    "paper",
    "party",
    "pause",
    "peace",
    "phase",
    "phone",
    "piece",
    "place",
    "plain",
    "plane",
    "plant",
    "plate",
    "point",
    "pound",
    "press",
    "price",
    "pride",
    "prime",
    "print",
    "prior",
    "prize",
    "proof",
    "proud",
    "prove",
    "queen",
    "quick",
    "quiet",
    "quite",
    "quote",
    "radio",
    "raise",
    "range",
    "rapid",
    "ratio",
    "reach",
    "react",
    "ready",
    "refer",
    "right",
    "rough",
    "round",
    "route",
    "royal",
    "rural",
    "scale",
    "scene",
    "scope",
    "score",
    "sense",
    "serve",
    "seven",
    "shade",
    "shape",
    "share",
    "sharp",
    "sheet",
    "shift",
    "shirt",
    "shock",
    "shore",
    "short",
    "shown",
    "sight",
    "signal",
    "since",
    "sixth",
    "sized",
    "skill",
    "sleep",
    "slide",
    "small",
    "smart",
    "smile",
    "smoke",
    "solid",
    "solve",
    "sorry",
    "sound",
    "south",
    "space",
    "spare",
    "speak",
    "speed",
    "spend",
    "split",
    "spoke",
    "sport",
    "staff",
    "stage",
    "stake",
    "stand",
    "start",
    "state",
    "steam",
    "steel",
    "stick",
    "still",
    "stock",
    "stone",
    "stood",
    "store",
    "storm",
    "story",
    "strip",
    "study",
    "stuff",
    "style",
    "sugar",
    "suite",
    "sunny",
    "super",
    "sweet",
    "table",
    "taken",
    "taste",
    "taxes",
    "teach",
    "terms",
    "thank",
    "their",
    "theme",
    "there",
    "these",
    "thick",
    "thing",
    "think",
    "third",
    "those",
    "three",
    "threw",
    "throw",
    "tight",
    "times",
    "title",
    "today",
    "topic",
    "total",
    "touch",
    "tough",
    "tower",
    "track",
    "trade",
    "train",
    "treat",
    "trend",
    "trial",
    "tribe",
    "trick",
    "tried",
    "truck",
    "truly",
    "trust",
    "truth",
    "twice",
    "under",
    "union",
    "unity",
    "until",
    "upper",
    "upset",
    "urban",
    "usage",
    "usual",
    "valid",
    "value",
    "video",
    "visit",
    "vital",
    "voice",
    "waste",
    "watch",
    "water",
    "wheel",
    "where",
    "which",
    "while",
    "white",
    "whole",
    "whose",
    "woman",
    "world",
    "worry",
    "worse",
    "worst",
    "worth",
    "would",
    "wound",
    "write",
    "wrong",
    "wrote",
    "yield",
    "young",
]


@cache
def known_words() -> frozenset[str]:
    """Words taken as rightly spelt, in lower case."""
    guide = files("knowledge") / "guide"
    texts = [
        part.read_text(encoding="utf-8") for part in guide.iterdir() if part.name[-3:] == ".md"
    ]
    words = set(_EVERYDAY)
    for text in texts:
        words.update(_WORD.findall(text.lower()))
    return frozenset(words | phrase_words())


@cache
def phrase_words() -> frozenset[str]:
    """The words of the example phrases, in lower case."""
    found: set[str] = set()
    for example in phrase_book().examples:
        found.update(_WORD.findall(example.text.lower()))
    return frozenset(found)


def mended(text: str, keep: Iterable[str] = ()) -> str:
    """The text with clear slips of the pen mended; words of `keep` (lower case) stay."""
    kept = frozenset(keep)

    def mend(match: re.Match[str]) -> str:
        word = match.group()
        return word if word.lower() in kept else _mended_word(word)

    return re.sub(r"(?<![\w$@/.'-])[A-Za-z]{4,}(?![\w@/'-])", mend, text)


@cache
def _mended_word(word: str) -> str:
    low = word.lower()
    if len(low) < 5 or low in known_words() or _is_form(low):
        return word
    allowed = 2 if len(low) >= 8 else 1
    best, distance = word, allowed + 1
    for candidate in sorted(phrase_words()):
        if len(candidate) < 4 or abs(len(candidate) - len(low)) > allowed:
            continue
        away = DamerauLevenshtein.distance(low, candidate, score_cutoff=allowed)
        if away < distance and (away == 1 or candidate[0] == low[0]):
            best, distance = candidate, away
    return best


def _is_form(word: str) -> bool:
    known = known_words()
    return any(
        word.endswith(ending)
        and (
            word[: -len(ending)] in known
            or word[: -len(ending)] + "e" in known
            or word[: -len(ending)] + "y" in known
        )
        for ending in _ENDINGS
    )
