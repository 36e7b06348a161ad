"""The stored documents of a workspace: texts/<id>.json, named by the manifest."""

from __future__ import annotations

import json
import threading
from dataclasses import replace

from knowledge.documents.document import Document, document_from
from knowledge.problems import BadInput
from knowledge.workspace import Workspace


class Shelf:
    """Reads and writes documents; keeps in memory what it has read until the file changes."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._read: dict[str, tuple[tuple[int, int], Document]] = {}
        self._lock = threading.Lock()

    def documents(self, payer: str | None = None) -> tuple[Document, ...]:
        """The documents that the manifest names, of one payer or of all, in its order."""
        manifest = self._workspace.read_json(self._workspace.manifest, {"sources": []})
        found = []
        for source in manifest["sources"]:
            if source.get("document"):
                document = self.document(source["document"])
                owner = source.get("payer") or document.payer
                if payer is None or owner == payer:
                    same = owner == document.payer
                    found.append(document if same else replace(document, payer=owner))
        return tuple(found)

    def document(self, id: str) -> Document:
        """A stored document by its id. Raises BadInput where it is missing or damaged."""
        path = self._workspace.texts / f"{id}.json"
        try:
            state = path.stat()
            looks = (state.st_mtime_ns, state.st_size)
            with self._lock:
                known = self._read.get(id)
            if known is None or known[0] != looks:
                document = document_from(json.loads(path.read_text(encoding="utf-8")))
                known = (looks, document)
                with self._lock:
                    self._read[id] = known
            return known[1]
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
