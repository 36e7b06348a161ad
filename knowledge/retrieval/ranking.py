"""The order of passages for a question: words, meaning, concepts, and what fits.

The weights were fitted on questions over contracts written for the tests and on commercial
agreements with labelled clauses, never on the evaluation's own questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.retrieval.concepts import ConceptVectors, question_weights
from knowledge.retrieval.passage_index import Entry, PassageIndex, Vectors
from knowledge.retrieval.question import Question, defines, holds_answer, question_of, wanted_kind
from knowledge.retrieval.words import stems

Array = NDArray[np.float32]

WEIGHTS = {
    "words": 0.39,
    "phrases": 0.30,
    "passage": 0.20,
    "sentence": 0.90,
    "sentence_concept": 0.72,
    "passage_concept": 0.31,
}
LEXICAL_WEIGHTS = {"words": 0.6, "phrases": 1.0}
GUIDE_WEIGHTS = {"words": 0.5, "passage": 1.0, "sentence": 0.6}
_ANSWER = 1.05  # for a passage that holds the kind of answer asked for
_FRONT = -0.6  # title, table of contents, signatures
_DEFINITION = -0.8  # where no meaning is asked for
_LINE, _OTHER_LINE, _BASE = 1.8, -1.7, -0.9  # the line of business named; another; none named
_LETTER = -0.5  # a letter or offer beside the contract
_OWN_GUIDE = 3.0  # the user's own copy of the guide before the built-in edition
_FLOOR = 1e-3
_BEHIND = 4.0  # how far below the best a passage still takes part in the turns of payers


@dataclass(frozen=True)
class Selection:
    """Several indexes laid side by side: all that one search may return."""

    entries: tuple[Entry, ...]
    phrases: Array
    first_sentence: NDArray[np.int64]
    vectors: Vectors | None
    bm25: Any

    def places(self) -> dict[str, int]:
        """Where each entry stands, by its key."""
        return {entry.key: at for at, entry in enumerate(self.entries)}


def selection(
    indexes: Sequence[PassageIndex], vectors: Sequence[Vectors | None]
) -> Selection | None:
    """The indexes laid side by side, with vectors if all have them; None for no passage."""
    import bm25s

    entries = tuple(entry for index in indexes for entry in index.entries)
    if not entries:
        return None
    firsts, before = [], 0
    for index in indexes:
        firsts.append(index.first_sentence + before)
        before += sum(len(entry.sentences) for entry in index.entries)
    bm25 = bm25s.BM25()
    bm25.index([list(entry.stems) or ["∅"] for entry in entries], show_progress=False)
    whole = [each for each in vectors if each is not None]
    laid = None
    if len(whole) == len(indexes):
        laid = Vectors(
            *(
                np.concatenate([getattr(each, name) for each in whole])
                for name in Vectors.__dataclass_fields__
            )
        )
    return Selection(
        entries=entries,
        phrases=np.concatenate([index.phrases for index in indexes]),
        first_sentence=np.concatenate(firsts),
        vectors=laid,
        bm25=bm25,
    )


def scores(
    query: str, chosen: Selection, vector: Array | None, known: ConceptVectors | None, guide: bool
) -> Array:
    """One score a passage, higher is better; comparable within one search only.

    vector and known are None where the encoder is not ready: then words alone decide.
    guide: the passages are advice, not clauses, so the concepts of clauses do not apply.
    """
    question = question_of(query)
    told = chosen.vectors if vector is not None and known is not None else None
    about = question_weights(query, vector if told and not guide else None, known)
    parts: dict[str, Array] = {
        "words": _lexical(chosen, query),
        "phrases": _level(np.sqrt(chosen.phrases) @ about),
    }
    if told is not None and vector is not None:
        first = chosen.first_sentence
        parts["passage"] = _level(told.passages @ vector)
        parts["sentence"] = _level(np.maximum.reduceat(told.sentences @ vector, first))
        if not guide:
            most = np.maximum.reduceat(told.sentence_shares @ about, first)
            parts["sentence_concept"] = _level(np.log(most + _FLOOR))
            parts["passage_concept"] = _level(np.log(told.passage_shares @ about + _FLOOR))
    chosen_weights = LEXICAL_WEIGHTS if told is None else GUIDE_WEIGHTS if guide else WEIGHTS
    total = np.zeros(len(chosen.entries), dtype=np.float32)
    for name, weight in chosen_weights.items():
        total += weight * parts[name]
    return total + _fitness(question, about, chosen.entries, guide)


def in_turns(order: Sequence[int], scored: Array, payers: Sequence[str | None]) -> list[int]:
    """An order in which every payer's best passage comes before any payer's second.

    order: places of passages, best first. payers: whose each place is. Turns are taken by
    passages near the best one; what falls far behind follows by its score.
    """
    bar = scored[order[0]] - _BEHIND if len(order) else 0.0
    near = [at for at in order if scored[at] >= bar]
    turns: Counter[str | None] = Counter()
    turn = {}
    for at in near:
        turn[at] = turns[payers[at]]
        turns[payers[at]] += 1
    return [*sorted(near, key=lambda at: turn[at]), *order[len(near) :]]


def _fitness(question: Question, weights: Array, entries: Sequence[Entry], guide: bool) -> Array:
    """What a passage gains or loses by its kind, place and line of business."""
    if guide:
        return np.array([_OWN_GUIDE * (each.source == "guide") for each in entries], np.float32)
    kind = wanted_kind(question, weights)
    made = np.zeros(len(entries), dtype=np.float32)
    for at, entry in enumerate(entries):
        text = entry.passage.text
        if kind in ("time", "amount") and holds_answer(kind, text):
            made[at] += _ANSWER
        if entry.kind == "front":
            made[at] += _FRONT
        if kind != "meaning" and defines(text):
            made[at] += _DEFINITION
        if entry.source in ("letter", "offer"):
            made[at] += _LETTER
        made[at] += _line_fit(question.line, entry)
    return made


def _line_fit(asked: str | None, entry: Entry) -> float:
    """The gain or loss by line of business: that of the document itself counts as none."""
    of_all = (None, "commercial", entry.whole_line)
    if asked is None or asked == entry.whole_line:
        return 0.0 if entry.line in of_all else _BASE
    if entry.line == asked:
        return _LINE
    return 0.0 if entry.line is None else _OTHER_LINE


def _lexical(chosen: Selection, query: str) -> Array:
    words = [word for word in stems(query) if word in chosen.bm25.vocab_dict]
    if not words:
        return np.zeros(len(chosen.entries), dtype=np.float32)
    return _level(np.asarray(chosen.bm25.get_scores(words), dtype=np.float32))


def _level(values: Array) -> Array:
    """Values with mean 0 and deviation 1, so that weights mean the same for all."""
    spread = float(values.std())
    centred = values - values.mean()
    return np.asarray(centred / spread if spread > 1e-9 else centred, dtype=np.float32)


def shares_words(query: str, chosen: Selection) -> NDArray[np.bool_]:
    """Which passages share a word with a query, or a phrase with what it is about."""
    words = set(stems(query))
    weights = question_weights(query, None, None)
    shared = np.array([not words.isdisjoint(entry.stems) for entry in chosen.entries])
    return np.asarray(shared | ((chosen.phrases @ weights) > 0))
