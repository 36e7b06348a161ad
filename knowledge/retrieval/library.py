"""The documents of a workspace and the guide, and the search over their passages."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.documents.document import Document, document_from
from knowledge.documents.passages import passages
from knowledge.evidence import Passage
from knowledge.problems import BadInput
from knowledge.retrieval.encoder import Encoder
from knowledge.workspace import Workspace

Sources = Literal["contracts", "guide", "all"]


@dataclass(frozen=True)
class Hit:
    """A passage that answers a query, and how well; scores compare within one search only."""

    passage: Passage
    score: float


class Library:
    """A workspace's documents, stored as texts/<id>.json and named by the manifest."""

    def __init__(self, workspace: Workspace, encoder: Encoder | None = None) -> None:
        self._workspace = workspace
        self._encoder = encoder

    def documents(self, payer: str | None = None) -> tuple[Document, ...]:
        """The documents that the manifest names, of one payer or of all, in its order."""
        manifest = self._workspace.read_json(self._workspace.manifest, {"sources": []})
        found = []
        for source in manifest["sources"]:
            if source.get("document"):
                document = self.document(source["document"])
                owner = source.get("payer") or document.payer
                if payer is None or owner == payer:
                    found.append(replace(document, payer=owner))
        return tuple(found)

    def document(self, id: str) -> Document:
        """A stored document by its id. Raises BadInput where it is missing or damaged."""
        path = self._workspace.texts / f"{id}.json"
        try:
            return document_from(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as broken:
            raise BadInput(
                where=f"texts/{id}.json",
                what="the stored text of a document is missing or damaged",
                do="load the document again",
            ) from broken

    def store(self, document: Document) -> None:
        """Write a document's text; it is visible once the manifest names it."""
        self._workspace.write_json(
            self._workspace.texts / f"{document.id}.json", document.as_data()
        )

    def update_index(self, say: Callable[[str, float], None] | None = None) -> None:
        """Bring the index up to date with the documents."""

    def search(
        self,
        query: str,
        payers: Sequence[str] = (),
        sources: Sources = "contracts",
        k: int = 10,
        wait: bool = False,
    ) -> list[Hit]:
        """The k passages that answer a query best, best first; payers () means all."""
        wanted = [
            Passage(document.citation(cut.start, cut.end), cut.path, document.payer, cut.scope)
            for document in self.documents()
            if not payers or document.payer in payers
            for cut in passages(document)
        ]
        words = Counter(word for p in wanted for word in set(_words(p.text)))
        asked = set(_words(query))
        hits = []
        for passage in wanted:
            counts = Counter(_words(passage.text))
            score = sum(
                math.log(1 + len(wanted) / words[w]) * counts[w] / (counts[w] + 1)
                for w in asked & counts.keys()
            )
            if score > 0:
                hits.append(Hit(passage, score))
        return sorted(hits, key=lambda hit: -hit.score)[:k]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())
