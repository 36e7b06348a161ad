"""Ordinary words, and the mending of misspelt ones.

Known are the words of our example phrases, of the guide, some everyday ones, and those that
the sentence encoder's word list holds. A longer
word that is neither known nor a form of a known one, and that is one slip away from a word
of the phrases (two in a long word), is read as that word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein

from copilot.planner.phrases import phrase_book
from knowledge.retrieval.english_words import english_words

_WORD = re.compile(r"[a-z]+")
_ENDINGS = (
    "s", "es", "d", "ed", "ing", "er", "ers", "ly", "al", "y", "ies", "r", "n", "ment",
    "est", "als",
)  # fmt: skip


@cache
def known_words() -> frozenset[str]:
    """Words taken as rightly spelt, in lower case."""
    return plain_words() | english_words()


@cache
def plain_words() -> frozenset[str]:
    """The known words of our own field, which a payer's misspelt name is told from."""
    guide = files("knowledge") / "guide"
    texts = [
        part.read_text(encoding="utf-8") for part in guide.iterdir() if part.name[-3:] == ".md"
    ]
    everyday = Path(__file__).with_name("everyday_words.txt").read_text(encoding="utf-8")
    words = set(everyday.split())
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
