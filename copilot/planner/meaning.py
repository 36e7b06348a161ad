"""Which goals a stretch of text is likely to have, by likeness to the example phrases.

Regularised regression on likeness (kernel ridge): each phrase votes for its goal by how
alike the text is to it, and phrases that say the same thing share one vote. Likeness is
that of sentence vectors and of words together, or of words alone until the encoder has
loaded. Tools unknown to the phrase book take part with what they say users ask.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from copilot.planner.likeness import word_vectors
from copilot.planner.phrases import Example
from copilot.planner.vectors import Weights, examples_hash, stored

SHARPNESS = 2.0
WORD_SHARE = 0.25
RIDGE = 0.15
BALANCE = 0.4


class Encodes(Protocol):
    """The part of the sentence encoder that is used here."""

    @property
    def ready(self) -> bool: ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...

    def __hash__(self) -> int: ...


@lru_cache(maxsize=4)
def meaning_of(examples: tuple[Example, ...], encoder: Encodes | None) -> Meaning:
    """The scores of these examples, fitted once a process however often tables change."""
    return Meaning(examples, encoder)


class Meaning:
    """Scores texts against example phrases; `scores` says how, `goals` which."""

    def __init__(self, examples: Sequence[Example], encoder: Encodes | None) -> None:
        self.goals = tuple(sorted({example.goal for example in examples}))
        self._examples = tuple(examples)
        self._encoder = encoder
        self._vectors: NDArray[np.float32] | None = None
        self._weights: dict[bool, Weights] = {}
        self._fitting = Lock()

    @property
    def sees_meaning(self) -> bool:
        """Whether sentence vectors take part yet."""
        return self._encoder is not None and self._encoder.ready

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """How much each goal fits each text, shape (texts, goals); about 0 to 1."""
        if not texts:
            return np.zeros((0, len(self.goals)))
        weights = self.weights(self.sees_meaning)
        found = word_vectors(texts) @ weights.by_words
        if weights.by_sentence is not None and self._encoder is not None:
            alike = _alike(self._encoder.encode(list(texts)) @ self.sentence_vectors().T)
            found = found + alike @ weights.by_sentence
        return np.asarray(found, dtype=float)

    def weights(self, by_meaning: bool) -> Weights:
        """The stored weights where they hold for these examples, else fitted once."""
        with self._fitting:
            if by_meaning not in self._weights:
                held = stored()
                if held.examples_hash == examples_hash(self._examples):
                    self._weights[by_meaning] = held.full if by_meaning else held.words_only
                else:
                    vectors = self.sentence_vectors() if by_meaning else None
                    self._weights[by_meaning] = fitted(self._examples, self.goals, vectors)
            return self._weights[by_meaning]

    def sentence_vectors(self) -> NDArray[np.float32]:
        """The examples' sentence vectors, shape (examples, 384): stored, the rest encoded."""
        if self._vectors is None:
            held, texts = stored().vectors, [example.text for example in self._examples]
            missing = [text for text in dict.fromkeys(texts) if text not in held]
            made: Mapping[str, NDArray[np.float32]] = {}
            if missing and self._encoder is not None:
                made = dict(zip(missing, self._encoder.encode(missing), strict=True))
            self._vectors = np.stack([held[t] if t in held else made[t] for t in texts])
        return self._vectors


def fitted(
    examples: Sequence[Example], goals: Sequence[str], vectors: NDArray[np.float32] | None
) -> Weights:
    """Kernel ridge over the examples, goals with few examples pulled less to zero."""
    words = word_vectors([example.text for example in examples])
    kernel = words @ words.T
    if vectors is not None:
        kernel = (1 - WORD_SHARE) * _alike(vectors @ vectors.T) + WORD_SHARE * kernel
    owner = np.array([goals.index(example.goal) for example in examples])
    size = np.bincount(owner, minlength=len(goals))[owner]
    pull = (size.astype(float) ** BALANCE).astype(np.float32)
    targets = np.eye(len(goals), dtype=np.float32)[owner]
    weights = np.linalg.solve(kernel + np.diag(RIDGE * pull / pull.mean()), targets)
    if vectors is None:
        return Weights(words.T @ weights)
    by_sentence = np.asarray((1 - WORD_SHARE) * weights, dtype=np.float32)
    return Weights(np.asarray(WORD_SHARE * (words.T @ weights), dtype=np.float32), by_sentence)


def _alike(sentences: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.exp(SHARPNESS * (sentences - 1)), dtype=np.float32)
