"""How alike two short texts are by their letters and words, without any model.

A text becomes one unit vector: words and pairs of words in one block, runs of three to
five letters in another, each counted by a fixed hash, so that vectors are the same on
every machine.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

WORD_CELLS = 4096
LETTER_CELLS = 4096


def word_vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors, shape (len(texts), WORD_CELLS + LETTER_CELLS); blocks weigh the same."""
    made = np.zeros((len(texts), WORD_CELLS + LETTER_CELLS), dtype=np.float32)
    for row, text in enumerate(texts):
        words = re.findall(r"[a-z0-9%$']+", text.lower())
        _count(made[row, :WORD_CELLS], _words(words))
        _count(made[row, WORD_CELLS:], _letters(words))
    return made


def _count(block: NDArray[np.float32], features: Iterator[str]) -> None:
    for feature, times in Counter(features).items():
        block[zlib.crc32(feature.encode()) % len(block)] += (1 + np.log(times)) * _weight(feature)
    length = float(np.linalg.norm(block))
    if length:
        block /= length * np.sqrt(2)


_PLAIN = frozenset(
    ["a", "an", "the", "of", "to", "for", "in", "on", "is", "are", "do", "does", "did", "we", "our", "us", "i", "me", "my", "it", "that", "this", "with", "and", "at", "be"]
)


def _weight(feature: str) -> float:
    return 0.4 if feature in _PLAIN else 1.0


def _words(words: list[str]) -> Iterator[str]:
    yield from words
    yield from (f"{first} {second}" for first, second in zip(words, words[1:], strict=False))


def _letters(words: list[str]) -> Iterator[str]:
    for word in words:
        edged = f"<{word}>"
        for size in (3, 4, 5):
            for at in range(len(edged) - size + 1):
                yield edged[at : at + size]
