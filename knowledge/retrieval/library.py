"""The documents of a workspace and the guide, and the search over their passages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from knowledge.documents.document import Document
from knowledge.evidence import Passage
from knowledge.retrieval.encoder import Encoder
from knowledge.retrieval.ranking import in_turns, scores, shares_words
from knowledge.retrieval.search_index import SearchIndex
from knowledge.retrieval.shelf import Shelf
from knowledge.workspace import Workspace

Sources = Literal["contracts", "guide", "all"]

LONGEST_QUERY = 2000  # characters of a query that are read


@dataclass(frozen=True)
class Hit:
    """A passage that answers a query, and how well; scores compare within one search only."""

    passage: Passage
    score: float


class Library:
    """A workspace's documents, and search over them.

    Search works at once by words alone; by meaning as well once the encoder is ready and
    `update_index` has run. Everything below `index/` is derived from the documents.
    """

    def __init__(self, workspace: Workspace, encoder: Encoder | None = None) -> None:
        self._shelf = Shelf(workspace)
        self._index = SearchIndex(workspace.index)
        self._encoder = encoder
        self._updating = threading.Lock()
        self._mending: threading.Thread | None = None
        self._stopped = threading.Event()

    def documents(self, payer: str | None = None) -> tuple[Document, ...]:
        """The documents that the manifest names, of one payer or of all, in its order."""
        return self._shelf.documents(payer)

    def document(self, id: str) -> Document:
        """A stored document by its id. Raises BadInput where it is missing or damaged."""
        return self._shelf.document(id)

    def store(self, document: Document) -> None:
        """Write a document's text; it is visible once the manifest names it."""
        self._shelf.store(document)

    def update_index(self, say: Callable[[str, float], None] | None = None) -> None:
        """Bring the index up to date: encode what is new, drop what is gone, mend what is bad.

        Loads the encoder; without one there is nothing to do, for word counts are made when
        searching. say: told what is being done and how far it is, 0 to 1.
        """
        if self._encoder is None:
            return

        def told(words: str, done: float) -> None:
            if self._stopped.is_set():
                raise _Stopped
            if say is not None:
                say(words, done)

        with self._updating:
            self._index.update(self._shelf.documents(), self._encoder, told)

    def update_in_background(self) -> None:
        """The same as update_index, without waiting for it; search goes by words meanwhile."""
        if self._encoder is not None:
            self._mend()

    def stop(self) -> None:
        """Let an update under way end at its next step; what is encoded stays kept."""
        self._stopped.set()

    def search(
        self,
        query: str,
        payers: Sequence[str] = (),
        sources: Sources = "contracts",
        k: int = 10,
        wait: bool = False,
    ) -> list[Hit]:
        """The k passages that answer a query best, best first; payers () means all.

        Over several payers each one's best passage comes before any one's second, as long as
        it is not far behind.

        sources: "contracts" are all the workspace's documents but the user's own copy of a
        guide, which "guide" puts before the built-in one. Never waits for the encoder unless
        told to: until it is ready and the index is up to date, words alone decide.
        """
        query = " ".join(query.split())[:LONGEST_QUERY]
        if k < 1 or not any(letter.isalnum() for letter in query):
            return []
        if sources == "all":
            clauses = self.search(query, payers, "contracts", k, wait)
            advice = self.search(query, payers, "guide", k, wait)
            return sorted((*clauses, *advice), key=lambda hit: -hit.score)[:k]
        guide = sources == "guide"
        documents = [
            document
            for document in self._shelf.documents()
            if (document.kind == "guide") == guide
            and (guide or not payers or document.payer in payers)
        ]
        chosen = self._index.chosen(documents, guide)
        if chosen is None:
            return []
        if wait and self._encoder is not None:
            self._encoder.wait()
            if chosen.vectors is None:
                self.update_index()
                chosen = self._index.chosen(documents, guide) or chosen
        vector = None
        if self._encoder is not None and self._encoder.ready:
            if chosen.vectors is not None:
                reads = self._encoder if guide else self._encoder.for_contracts()
                vector = reads.encode([query])[0]
            else:
                self._mend()
        scored = scores(query, chosen, vector, self._index.known, guide)
        if vector is None:
            kept = shares_words(query, chosen)
        else:
            kept = self._index.candidates(chosen, vector, scored, payers, guide)
        order = [int(at) for at in np.argsort(-scored, kind="stable") if kept[at]]
        if not guide and len(payers) != 1:
            order = in_turns(order, scored, [entry.passage.payer for entry in chosen.entries])
        return [Hit(chosen.entries[at].passage, float(scored[at])) for at in order[:k]]

    def _mend(self) -> None:
        """Bring a stale index up to date in the background; once at a time."""
        if self._mending is None or not self._mending.is_alive():
            self._mending = threading.Thread(target=self._mend_quietly, name="index", daemon=True)
            self._mending.start()

    def _mend_quietly(self) -> None:
        try:
            self.update_index()
        except Exception:
            return  # search goes on by words; update_index itself tells why


class _Stopped(Exception):
    """The library was closed while its index was being brought up to date."""
