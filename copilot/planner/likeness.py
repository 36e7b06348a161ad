"""How alike two short texts are by their letters and words, without any model.

A text becomes one unit vector: words and pairs of words in one block, runs of three to
five letters in another, each counted by a fixed hash, so that vectors are the same on
every machine.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

WORD_CELLS = 2048
LETTER_CELLS = 2048
_SMALL = "a an the of to for in on is are do does did we our us i me my it that this with and at be"
_PLAIN = frozenset(_SMALL.split())
_PLAIN_WEIGHT = 0.4


def word_vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors, shape (len(texts), WORD_CELLS + LETTER_CELLS); blocks weigh the same."""
    made = np.zeros((len(texts), WORD_CELLS + LETTER_CELLS), dtype=np.float32)
    for row, text in enumerate(texts):
        words = re.findall(r"[a-z0-9%$']+", text.lower())
        for start, cells, features in (
            (0, WORD_CELLS, _words(words)),
            (WORD_CELLS, LETTER_CELLS, _letters(words)),
        ):
            block = _counted(features, cells)
            length = math.sqrt(2 * sum(value * value for value in block.values()))
            for cell, value in block.items():
                made[row, start + cell] = value / length
    return made


def _counted(features: Iterator[str], cells: int) -> dict[int, float]:
    block: dict[int, float] = {}
    for feature, times in Counter(features).items():
        cell = zlib.crc32(feature.encode()) % cells
        weight = _PLAIN_WEIGHT if feature in _PLAIN else 1.0
        block[cell] = block.get(cell, 0.0) + (1 + math.log(times)) * weight
    return block


def _words(words: list[str]) -> Iterator[str]:
    yield from words
    yield from (f"{first} {second}" for first, second in pairwise(words))


def _letters(words: list[str]) -> Iterator[str]:
    for word in words:
        edged = f"<{word}>"
        for size in (3, 4, 5):
            for at in range(len(edged) - size + 1):
                yield edged[at : at + size]
