"""Passage vectors in Chroma, for the first choice of candidates.

Chroma is a cache: a stamp beside it says what it holds and how its files looked when the last
write was finished. No stamp, other weights or files, or an error, and it is built again, in a
new folder, from the vectors kept elsewhere. Only the process that holds the workspace writes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.retrieval.encoder import contract_name
from knowledge.workspace import write_whole

COLLECTION = "passages"
_PAGE = 500


class ChromaCache:
    """One collection of passage vectors: id, vector, owner (payer) and kind of source."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamp = folder / "chroma.json"
        self._lock = threading.RLock()
        self._collection: Any = None
        self._ids: frozenset[str] | None = None

    def ready(self, ids: frozenset[str]) -> bool:
        """Whether it holds exactly these ids and can be asked."""
        return self._collection is not None and self._ids == ids

    def synchronise(
        self,
        ids: Sequence[str],
        vectors: NDArray[np.float32],
        marks: Sequence[Mapping[str, str]],
    ) -> None:
        """Make it hold exactly these ids; what is already there is not written again."""
        with self._lock:
            wanted = frozenset(ids)
            if self.ready(wanted):
                return
            try:
                held = self._open()
                self._write(held, ids, vectors, marks)
            except Exception:
                self._start_over()  # derived data: whatever went wrong, it is made anew
                self._write(frozenset(), ids, vectors, marks)
            self._ids = wanted

    def nearest(
        self, vector: NDArray[np.float32], where: Mapping[str, Any], count: int
    ) -> list[str] | None:
        """The ids nearest to a vector, nearest first; None when it cannot be asked."""
        with self._lock:
            if self._collection is None:
                return None
            try:
                found = self._collection.query(
                    query_embeddings=[vector.tolist()],
                    n_results=count,
                    where=dict(where) or None,
                    include=["distances"],
                )
                return [str(id) for id in found["ids"][0]]
            except Exception:
                self._collection, self._ids = None, None
                self._stamp.unlink(missing_ok=True)
                return None

    def _open(self) -> frozenset[str]:
        """Open what the stamp names and return the ids held; start over where it is not sound."""
        if self._collection is None:
            stamp = self._read_stamp()
            home = self._folder / str(stamp.get("home"))
            known = stamp.get("weights") == contract_name() and home.is_dir()
            if not known or _looks(home) != stamp.get("looks"):
                self._start_over()
                return frozenset()
            self._connect(home)
        return self._held()

    def _held(self) -> frozenset[str]:
        ids: list[str] = []
        while True:
            page = self._collection.get(limit=_PAGE, offset=len(ids), include=[])["ids"]
            ids += page
            if len(page) < _PAGE:
                return frozenset(ids)

    def _write(
        self,
        held: frozenset[str],
        ids: Sequence[str],
        vectors: NDArray[np.float32],
        marks: Sequence[Mapping[str, str]],
    ) -> None:
        gone = sorted(held.difference(ids))
        new = [at for at, id in enumerate(ids) if id not in held]
        if gone or new:
            self._stamp.unlink(missing_ok=True)
        for start in range(0, len(gone), _PAGE):
            self._collection.delete(ids=gone[start : start + _PAGE])
        for start in range(0, len(new), _PAGE):
            part = new[start : start + _PAGE]
            self._collection.add(
                ids=[ids[at] for at in part],
                embeddings=vectors[part].tolist(),
                metadatas=[dict(marks[at]) for at in part],
            )
        if self._collection.count() != len(ids):
            raise OSError("Chroma does not hold what was written")
        stamp = {
            "home": self._home.name,
            "weights": contract_name(),
            "looks": _looks(self._home),
            "count": len(ids),
        }
        write_whole(self._stamp, json.dumps(stamp).encode())

    def _start_over(self) -> None:
        self._stamp.unlink(missing_ok=True)
        self._collection = None
        taken = [path for path in self._folder.glob("chroma-*") if path.is_dir()]
        number = 1 + max((int(path.name.split("-")[1]) for path in taken), default=0)
        for path in taken:
            shutil.rmtree(path, ignore_errors=True)
        home = self._folder / f"chroma-{number}"
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._connect(home)

    def _connect(self, home: Path) -> None:
        import chromadb
        from chromadb.config import Settings

        client = chromadb.PersistentClient(
            path=str(home), settings=Settings(anonymized_telemetry=False)
        )
        self._home = home
        self._collection = client.get_or_create_collection(
            COLLECTION, embedding_function=None, metadata={"hnsw:space": "cosine"}
        )

    def _read_stamp(self) -> dict[str, Any]:
        try:
            stamp = json.loads(self._stamp.read_text(encoding="utf-8"))
            return stamp if isinstance(stamp, dict) else {}
        except (OSError, ValueError):
            return {}


def _looks(home: Path) -> dict[str, str]:
    """The hash of each file of the database, by its path below the folder."""
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.endswith(("-journal", "-wal", "-shm"))
    }
