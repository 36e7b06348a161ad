"""What practices ask about contracts, and how contracts say it.

lexicon.toml holds the concepts; situations.toml further ways of asking, told as they happen.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.retrieval.words import phrase_pattern

_WORD = re.compile(r"[a-z0-9]+")
_PREFIX = 3


@dataclass(frozen=True)
class Concept:
    """One matter that contracts settle; the fields are those of lexicon.toml.

    situations: what happens in a practice when the matter comes up (situations.toml).
    """

    name: str
    asks: tuple[str, ...]
    cues: tuple[str, ...]
    heads: tuple[str, ...]
    says: tuple[str, ...]
    words: tuple[str, ...]
    wants: str | None
    situations: tuple[str, ...] = ()

    @cached_property
    def cue_patterns(self) -> tuple[re.Pattern[str], ...]:
        """One pattern a cue, for a question in lower case."""
        return tuple(phrase_pattern((cue,)) for cue in self.cues)

    @cached_property
    def word_patterns(self) -> tuple[re.Pattern[str], ...]:
        """One pattern a phrase, for a clause in lower case."""
        return tuple(phrase_pattern((word,)) for word in self.words)


@cache
def lexicon() -> tuple[Concept, ...]:
    """All concepts, in the file's order."""
    data, situations = _read("lexicon.toml"), _read("situations.toml")
    return tuple(
        Concept(
            name=each["name"],
            asks=tuple(each["asks"]),
            cues=tuple(each["cues"]),
            heads=tuple(each["heads"]),
            says=tuple(each["says"]),
            words=tuple(each["words"]),
            wants=each.get("wants"),
            situations=tuple(situations.get(each["name"], ())),
        )
        for each in data["concept"]
    )


def _read(name: str) -> dict[str, Any]:
    text = files("knowledge.retrieval").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)


class PhraseCounter:
    """Counts, for each concept, how many of its phrases stand in a text."""

    def __init__(self, phrases: Sequence[Sequence[str]]) -> None:
        self._size = len(phrases)
        self._whole: defaultdict[str, list[tuple[int, int, re.Pattern[str]]]] = defaultdict(list)
        self._begun: defaultdict[str, list[tuple[str, int, int, re.Pattern[str]]]]
        self._begun = defaultdict(list)
        number = 0
        for place, several in enumerate(phrases):
            for phrase in several:
                number += 1
                first = re.match(r"[^a-z0-9]*([a-z0-9]+)(\*?)", phrase.lower())
                if first is None:
                    continue
                pattern = phrase_pattern((phrase,))
                if first[2]:
                    key = first[1][:_PREFIX]
                    self._begun[key].append((first[1], place, number, pattern))
                else:
                    self._whole[first[1]].append((place, number, pattern))

    def counts(self, text: str) -> NDArray[np.float32]:
        """Distinct phrases found in a text, by concept; shape (number of concepts,)."""
        low = text.lower()
        found: set[tuple[int, int]] = set()
        for word in set(_WORD.findall(low)):
            for place, number, pattern in self._whole.get(word, ()):
                if pattern.search(low):
                    found.add((place, number))
            for size in range(1, _PREFIX + 1):
                for begin, place, number, pattern in self._begun.get(word[:size], ()):
                    if word.startswith(begin) and pattern.search(low):
                        found.add((place, number))
        made = np.zeros(self._size, dtype=np.float32)
        for place, _ in found:
            made[place] += 1
        return made


@cache
def clause_phrases() -> PhraseCounter:
    """Counts the phrases by which clauses are known."""
    return PhraseCounter([concept.words for concept in lexicon()])


@cache
def question_cues() -> PhraseCounter:
    """Counts the words by which questions are known."""
    return PhraseCounter([concept.cues for concept in lexicon()])
