"""How much a question, and each passage, is about each concept of the lexicon.

By meaning where vectors are at hand, by words alone where they are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from knowledge.retrieval.lexicon import lexicon, question_cues
from knowledge.retrieval.vector_cache import VectorCache

Array = NDArray[np.float32]

_CUE = 0.15  # what a cue adds to the likeness of a question and a concept
_READ = 0.5  # what the reading learned from all ways of asking adds
_KEPT = 8  # concepts that a question may be about
_SHARP = 0.08  # temperature over concepts for a question
_PASSAGE_SHARP = 0.1  # and for a passage
_HEAD, _ASKED, _PHRASE = 0.25, 0.25, 0.07  # shares of caption, question and phrases


@dataclass(frozen=True)
class ConceptVectors:
    """The lexicon's sentences as vectors, with the concept each belongs to."""

    asks: Array
    asks_of: NDArray[np.int64]
    says: Array
    says_of: NDArray[np.int64]
    heads: Array
    heads_of: NDArray[np.int64]
    situations: Array
    situations_of: NDArray[np.int64]
    reading: Array  # (384, concepts): a question's vector times this says what it is about


@cache
def concept_texts() -> tuple[tuple[str, ...], ...]:
    """All questions, clauses, captions and situations of the lexicon, to be encoded."""
    concepts = lexicon()
    return (
        tuple(ask for each in concepts for ask in each.asks),
        tuple(said for each in concepts for said in each.says),
        tuple(head for each in concepts for head in each.heads),
        tuple(told for each in concepts for told in each.situations),
    )


def concept_vectors(cache: VectorCache) -> ConceptVectors | None:
    """The lexicon's vectors from the cache, None while any is missing."""
    held = [cache.held(texts) for texts in concept_texts()]
    asks, says, heads, situations = held
    if asks is None or says is None or heads is None or situations is None:
        return None
    concepts = lexicon()
    asks_of = _owners([len(each.asks) for each in concepts])
    situations_of = _owners([len(each.situations) for each in concepts])
    return ConceptVectors(
        asks, asks_of,
        says, _owners([len(each.says) for each in concepts]),
        heads, _owners([len(each.heads) for each in concepts]),
        situations, situations_of,
        _reading(
            np.concatenate([asks, situations]), np.concatenate([asks_of, situations_of])
        ),
    )  # fmt: skip


def question_weights(query: str, vector: Array | None, known: ConceptVectors | None) -> Array:
    """How much a question is about each concept; not negative, sums to 1, or all 0.

    Without vectors by cues alone, and all 0 when no cue is found.
    """
    cues = np.sqrt(np.minimum(question_cues().counts(query), 2.0))
    if vector is None or known is None:
        total = float(cues.sum())
        return np.asarray(cues / total if total else cues, dtype=np.float32)
    like = np.full(len(cues), -1.0, dtype=np.float32)
    np.maximum.at(like, known.asks_of, known.asks @ vector)
    np.maximum.at(like, known.situations_of, known.situations @ vector)
    score = like + _CUE * cues + _READ * (vector @ known.reading)
    weights = np.exp((score - score.max()) / _SHARP)
    weights[np.argsort(-weights, kind="stable")[_KEPT:]] = 0.0
    return np.asarray(weights / weights.sum(), dtype=np.float32)


def said_likeness(vectors: Array, known: ConceptVectors) -> Array:
    """How like each vector is to what clauses of each concept say, (vectors, concepts)."""
    return _grouped(vectors @ known.says.T, known.says_of)


def asked_likeness(vectors: Array, known: ConceptVectors) -> Array:
    """How like each vector is to what is asked about each concept, (vectors, concepts)."""
    return _grouped(vectors @ known.asks.T, known.asks_of)


def caption_likeness(vectors: Array, known: ConceptVectors) -> Array:
    """How like each caption's vector is to the captions of each concept, (vectors, concepts)."""
    return _grouped(vectors @ known.heads.T, known.heads_of)


def shares(said: Array, asked: Array, caption: Array, phrases: Array) -> Array:
    """What share of a text is about each concept, rows summing to 1.

    Shares rather than likeness, so that a passage which resembles every question a little
    does not win them all.
    """
    mixed = said + _HEAD * caption + 2 * _ASKED * asked + _PHRASE * np.sqrt(phrases)
    grown = np.exp((mixed - mixed.max(axis=1, keepdims=True)) / _PASSAGE_SHARP)
    return np.asarray(grown / grown.sum(axis=1, keepdims=True), dtype=np.float32)


def _reading(vectors: Array, owners: NDArray[np.int64]) -> Array:
    """Ridge regression from vectors of questions, (n, 384), to the concept of each.

    Solves (A'A + I) W = A'Y with Y one where the owner is. Unlike the nearest example it weighs
    what tells the concepts apart.
    """
    told = np.eye(int(owners.max()) + 1)[owners]
    grown = vectors.astype(np.float64)
    solved = np.linalg.solve(grown.T @ grown + np.eye(grown.shape[1]), grown.T @ told)
    return np.asarray(solved, dtype=np.float32)


def _grouped(likeness: Array, owners: NDArray[np.int64]) -> Array:
    return np.asarray(np.maximum.reduceat(likeness, _starts(owners), axis=1), dtype=np.float32)


def _owners(counts: list[int]) -> NDArray[np.int64]:
    return np.repeat(np.arange(len(counts)), counts)


def _starts(owners: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.flatnonzero(np.diff(owners, prepend=-1))
