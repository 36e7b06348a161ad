"""What `copilot.planner.fit` stored: sentence vectors of the phrases, and the fitted weights.

The weights hold for one set of examples, named by its hash; with other examples (a tool
registered later, or one that asks otherwise) they are fitted anew when first needed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from copilot.planner.phrases import Example

STORED = Path(__file__).with_name("phrase_vectors.npz")


@dataclass(frozen=True)
class Weights:
    """How much each goal gains by a text: through its words, shape (cells, goals), and
    through its likeness to each example's sentence, shape (examples, goals), or None."""

    by_words: NDArray[np.float32]
    by_sentence: NDArray[np.float32] | None = None


@dataclass(frozen=True)
class Stored:
    """The contents of the file: vectors by text, and weights with their examples' hash."""

    book_hash: str
    vectors: Mapping[str, NDArray[np.float32]]
    examples_hash: str
    words_only: Weights
    full: Weights


def examples_hash(examples: Sequence[Example]) -> str:
    """SHA-256 over the texts and goals of the examples in order."""
    joined = "\n".join(f"{example.goal}\t{example.text}" for example in examples)
    return hashlib.sha256(joined.encode()).hexdigest()


@cache
def stored() -> Stored:
    """What the file holds, sentence vectors of unit length."""
    with np.load(STORED, allow_pickle=False) as held:
        rows = held["vectors"].astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        words_only, words, sentences = (
            held[name].astype(np.float32) for name in ("words_only", "full_words", "full_sentence")
        )
        return Stored(
            str(held["book_hash"]),
            dict(zip(held["texts"].tolist(), rows, strict=True)),
            str(held["examples_hash"]),
            Weights(words_only),
            Weights(words, sentences),
        )


def store(
    book_hash: str,
    vectors: Mapping[str, NDArray[np.float32]],
    examples: str,
    words_only: Weights,
    full: Weights,
) -> None:
    """Write the file, numbers as float16."""
    assert full.by_sentence is not None
    np.savez_compressed(
        STORED,
        book_hash=np.array(book_hash),
        texts=np.array(list(vectors)),
        vectors=np.stack(list(vectors.values())).astype(np.float16),
        examples_hash=np.array(examples),
        words_only=words_only.by_words.astype(np.float16),
        full_words=full.by_words.astype(np.float16),
        full_sentence=full.by_sentence.astype(np.float16),
    )
