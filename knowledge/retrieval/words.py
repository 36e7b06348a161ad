"""Words of a text as the lexical index counts them: folded, stemmed, numbers unified."""

from __future__ import annotations

import re
import threading
from functools import cache
from typing import Any

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?|[$%§]")
_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "for",
        "and",
        "or",
        "by",
        "with",
        "at",
        "from",
        "as",
        "is",
        "are",
        "be",
        "been",
        "was",
        "were",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "any",
        "all",
        "such",
        "each",
        "other",
        "than",
        "if",
        "then",
        "so",
        "do",
        "does",
        "did",
        "can",
        "could",
        "would",
        "should",
        "we",
        "us",
        "our",
        "you",
        "your",
        "they",
        "them",
        "their",
        "he",
        "she",
        "i",
        "me",
        "my",
        "who",
        "whom",
        "which",
        "what",
        "when",
        "where",
        "how",
        "why",
        "there",
        "here",
        "not",
        "no",
        "shall",
        "will",
        "may",
        "must",
        "has",
        "have",
        "had",
        "but",
        "into",
        "under",
        "upon",
    ]
)
_local = threading.local()


def stems(text: str) -> list[str]:
    """The stemmed words of a text in order, without the most common ones."""
    return [_stem(word) for word in _WORD.findall(text.lower()) if word not in _STOP]


@cache
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word.replace("’", "'").removesuffix("'s")))


def _stemmer() -> Any:
    if not hasattr(_local, "stemmer"):
        import Stemmer

        _local.stemmer = Stemmer.Stemmer("english")
    return _local.stemmer


def phrase_pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds any of the phrases as whole words; `*` stands for any ending."""
    parts = [
        re.escape(phrase.lower()).replace(r"\*", r"[a-z]*").replace(r"\ ", r"[\s-]+")
        for phrase in phrases
    ]
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(parts)})(?![a-z0-9])") if parts else _NOTHING


_NOTHING = re.compile(r"(?!)")
