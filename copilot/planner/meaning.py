"""Which goals a stretch of text is likely to have, by likeness to the example phrases.

Regularised regression on likeness (kernel ridge): each phrase votes for its goal by how
alike the text is to it, and phrases that say the same thing share one vote. Likeness is
that of sentence vectors and of words together, or of words alone until the encoder has
loaded. Tools unknown to the phrase book take part with what they say users ask.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from copilot.planner.likeness import word_vectors
from copilot.planner.phrases import Example
from copilot.planner.vectors import stored_vectors

SHARPNESS = 2.0
WORD_SHARE = 0.25
RIDGE = 0.15
BALANCE = 0.4


class Encodes(Protocol):
    """The part of the sentence encoder that is used here."""

    @property
    def ready(self) -> bool: ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


@dataclass(frozen=True)
class _Fitted:
    weights: NDArray[np.float64]
    vectors: NDArray[np.float32] | None


class Meaning:
    """Scores texts against example phrases; `scores` says how, `goals` which."""

    def __init__(self, examples: Sequence[Example], encoder: Encodes | None) -> None:
        self.goals = tuple(sorted({example.goal for example in examples}))
        self._texts = [example.text for example in examples]
        index = {goal: at for at, goal in enumerate(self.goals)}
        self._owner = np.array([index[example.goal] for example in examples])
        self._encoder = encoder
        self._words: NDArray[np.float32] | None = None
        self._fits: dict[bool, _Fitted] = {}
        self._fitting = Lock()

    @property
    def sees_meaning(self) -> bool:
        """Whether sentence vectors take part yet."""
        return self._encoder is not None and self._encoder.ready

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """How much each goal fits each text, shape (texts, goals); about 0 to 1."""
        if not texts:
            return np.zeros((0, len(self.goals)))
        by_meaning = self.sees_meaning
        fitted = self._fitted(by_meaning)
        assert self._words is not None
        kernel = word_vectors(texts) @ self._words.T
        if by_meaning and self._encoder is not None and fitted.vectors is not None:
            like = self._encoder.encode(list(texts)) @ fitted.vectors.T
            kernel = _mixed(like, kernel)
        return np.asarray(kernel @ fitted.weights)

    def _fitted(self, by_meaning: bool) -> _Fitted:
        with self._fitting:
            if self._words is None:
                self._words = word_vectors(self._texts)
            if by_meaning not in self._fits:
                self._fits[by_meaning] = self._fit(by_meaning)
            return self._fits[by_meaning]

    def _fit(self, by_meaning: bool) -> _Fitted:
        assert self._words is not None
        kernel = self._words @ self._words.T
        vectors = None
        if by_meaning:
            vectors = self._sentence_vectors()
            kernel = _mixed(vectors @ vectors.T, kernel)
        size = np.bincount(self._owner, minlength=len(self.goals))[self._owner]
        pull = size.astype(float) ** BALANCE
        targets = np.eye(len(self.goals))[self._owner]
        ridge = np.diag(RIDGE * pull / pull.mean())
        return _Fitted(np.linalg.solve(kernel.astype(float) + ridge, targets), vectors)

    def _sentence_vectors(self) -> NDArray[np.float32]:
        _, stored = stored_vectors()
        missing = [text for text in dict.fromkeys(self._texts) if text not in stored]
        made: Mapping[str, NDArray[np.float32]] = {}
        if missing and self._encoder is not None:
            made = dict(zip(missing, self._encoder.encode(missing), strict=True))
        return np.stack([stored[text] if text in stored else made[text] for text in self._texts])


def _mixed(sentences: NDArray[np.float32], words: NDArray[np.float32]) -> NDArray[np.float32]:
    alike = np.exp(SHARPNESS * (sentences - 1))
    return np.asarray((1 - WORD_SHARE) * alike + WORD_SHARE * words, dtype=np.float32)
