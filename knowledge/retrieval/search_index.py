"""Everything that search needs in memory, made from documents and kept up to date.

Word counts are made from the texts at once; vectors come from the cache when all are there.
An index is kept by the content of its document, so that only what changed is made again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.documents.document import Document
from knowledge.retrieval.chroma_cache import ChromaCache
from knowledge.retrieval.concepts import ConceptVectors, concept_texts, concept_vectors
from knowledge.retrieval.encoder import Encoder, contract_name
from knowledge.retrieval.passage_index import PassageIndex, Vectors, document_index, guide_index
from knowledge.retrieval.ranking import Array, Selection, selection
from knowledge.retrieval.vector_cache import VectorCache

Say = Callable[[str, float], None]
Key = tuple[str, str | None, str]  # document id, payer, kind

GUIDE: Key = ("", None, "builtin")
CANDIDATES = 80  # passages that Chroma puts forward, and as many by all other signs
_SELECTIONS = 12  # filters whose passages stay laid out in memory


class SearchIndex:
    """Indexes of documents by their content, and selections of them by filter."""

    def __init__(self, folder: Path) -> None:
        self._advice = VectorCache(folder / "vectors.sqlite")
        self._clauses = VectorCache(folder / "vectors.sqlite", contract_name())
        self.known: ConceptVectors | None = None
        self._chroma = ChromaCache(folder)
        self._indexes: dict[Key, PassageIndex | None] = {}
        self._vectors: dict[Key, Vectors] = {}
        self._looked: dict[Key, int] = {}
        self._selections: OrderedDict[tuple[Key, ...], Selection | None] = OrderedDict()
        self._lock = threading.RLock()

    def chosen(self, documents: Sequence[Document], guide: bool) -> Selection | None:
        """The passages of some documents laid side by side; None where there are none."""
        keys = tuple(_key(document) for document in documents) + ((GUIDE,) if guide else ())
        with self._lock:
            held = self._selections.get(keys)
            if held is not None and (held.vectors is not None or not self._told(keys)):
                self._selections.move_to_end(keys)
                return held
            indexes = self._indexed(documents, guide)
            pairs = [(key, index) for key, index in indexes.items() if index is not None]
            vectors = [self._vectors_of(key, index) for key, index in pairs]
            made = selection([index for _, index in pairs], vectors)
            self._selections[keys] = made
            while len(self._selections) > _SELECTIONS:
                self._selections.popitem(last=False)
            return made

    def update(self, documents: Sequence[Document], encoder: Encoder, say: Say) -> None:
        """Encode what is new, forget what is gone, and bring Chroma to the same state."""
        indexes = self._indexed(documents, guide=True)
        clauses = [text for group in concept_texts() for text in group]
        advice: list[str] = []
        for key, index in indexes.items():
            (advice if _advises(key) else clauses).extend(index.texts() if index else ())
        self._advice.add(advice, encoder, lambda done: say("Reading advice", 0.1 * done))
        self._clauses.add(
            clauses, encoder.for_contracts(), lambda done: say("Reading for search", 0.9 * done)
        )
        with self._lock:
            for gone in [key for key in self._indexes if key not in indexes]:
                del self._indexes[gone]
                self._vectors.pop(gone, None)
        whole = self.chosen(documents, guide=True)
        say("Writing the index", 0.92)
        if whole is not None and whole.vectors is not None:
            self._chroma.synchronise(
                [entry.key for entry in whole.entries],
                whole.vectors.passages,
                [
                    {"payer": entry.passage.payer or "", "source": entry.source}
                    for entry in whole.entries
                ],
            )
        say("The index is up to date", 1.0)

    def candidates(
        self, chosen: Selection, vector: Array, scored: Array, payers: Sequence[str], guide: bool
    ) -> NDArray[np.bool_]:
        """Which passages are ranked to the end: Chroma's nearest, and the best by all signs.

        Where Chroma cannot be asked, all are.
        """
        owner = {"payer": {"$in": list(payers)}} if payers else None
        kinds = {"source": {"$in" if guide else "$nin": ["builtin", "guide"]}}
        where = {"$and": [kinds, owner]} if owner and not guide else kinds
        near = self._chroma.nearest(vector, where, CANDIDATES)
        kept = np.ones(len(chosen.entries), dtype=bool)
        if near is not None and len(chosen.entries) > 2 * CANDIDATES:
            places = chosen.places()
            kept[:] = False
            kept[[places[id] for id in near if id in places]] = True
            kept[np.argsort(-scored, kind="stable")[:CANDIDATES]] = True
        return kept

    def _indexed(
        self, documents: Sequence[Document], guide: bool
    ) -> dict[Key, PassageIndex | None]:
        found: dict[Key, PassageIndex | None] = {}
        with self._lock:
            for document in documents:
                key = _key(document)
                if key not in self._indexes:
                    self._indexes[key] = document_index(document)
                found[key] = self._indexes[key]
            if guide:
                if GUIDE not in self._indexes:
                    self._indexes[GUIDE] = guide_index()
                found[GUIDE] = self._indexes[GUIDE]
        return found

    def _vectors_of(self, key: Key, index: PassageIndex) -> Vectors | None:
        cache = self._advice if _advises(key) else self._clauses
        if key not in self._vectors and self._looked.get(key) != cache.additions:
            self._looked[key] = cache.additions
            self.known = self.known or concept_vectors(self._clauses)
            made = index.vectors(cache, None if _advises(key) else self.known)
            if made is not None and self.known is not None:
                self._vectors[key] = made
        return self._vectors.get(key)

    def _told(self, keys: Sequence[Key]) -> bool:
        """Whether vectors of all these have come in since their selection was made."""
        held = [(key, self._indexes.get(key)) for key in keys]
        return all(self._vectors_of(key, index) is not None for key, index in held if index)


def _advises(key: Key) -> bool:
    """Whether it is a guide, which the model's own weights encode."""
    return key[2] in ("builtin", "guide")


def _key(document: Document) -> Key:
    return (document.id, document.payer, document.kind)
