"""Sentence vectors kept by the hash of their text, so that nothing is encoded twice.

One SQLite file in the workspace's index folder; derived, thrown away when damaged, or when
the weights that contracts are encoded with have changed.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.retrieval.built_in_vectors import built_in_vectors
from knowledge.retrieval.encoder import DIMENSIONS, NAME, Encoder, contract_name

Vectors = NDArray[np.float32]
_BATCH = 256
_BYTES = 2 * DIMENSIONS  # kept as 16-bit floats


class VectorCache:
    """Vectors by text, in one file. Safe to call from several threads of one process.

    name: the weights whose vectors these are. Caches of several names may share a file.
    """

    def __init__(self, path: Path, name: str = NAME) -> None:
        self._path = path
        self._name = name
        self._lock = threading.RLock()
        self._memory: dict[bytes, bytes] = dict(built_in_vectors())
        self.additions = 0  # how many times something was added; tells when to look again

    def held(self, texts: Sequence[str]) -> Vectors | None:
        """The vectors of all texts, shape (len(texts), 384), or None when any is missing."""
        keys = [text_key(text, self._name) for text in texts]
        with self._lock:
            self._fetch([key for key in keys if key not in self._memory])
            try:
                raw = b"".join([self._memory[key] for key in keys])
            except KeyError:
                return None
        made = np.frombuffer(raw, dtype=np.float16).reshape(len(keys), DIMENSIONS)
        return made.astype(np.float32)

    def add(
        self,
        texts: Sequence[str],
        encoder: Encoder,
        say: Callable[[float], None] | None = None,
    ) -> int:
        """Encode and keep those texts that are missing; how many there were."""
        unique = dict(zip((text_key(text, self._name) for text in texts), texts, strict=True))
        with self._lock:
            self._fetch([key for key in unique if key not in self._memory])
            missing = [(key, text) for key, text in unique.items() if key not in self._memory]
        missing.sort(key=lambda pair: len(pair[1]))  # alike lengths encode fastest together
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            made = encoder.encode([text for _, text in batch]).astype(np.float16)
            rows = [(key, vector.tobytes()) for (key, _), vector in zip(batch, made, strict=True)]
            with self._lock:
                self._memory.update(rows)
                self._write(rows)
                self.additions += 1
            if say is not None:
                say((start + len(batch)) / len(missing))
        return len(missing)

    def _fetch(self, keys: Sequence[bytes]) -> None:
        """Bring vectors from the file into memory; a damaged file is removed."""
        if not keys or not self._path.exists():
            return
        try:
            with self._opened() as file:
                for start in range(0, len(keys), 500):
                    part = keys[start : start + 500]
                    marks = ",".join("?" * len(part))
                    found = file.execute(
                        f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part
                    )
                    self._memory.update(
                        (key, vector) for key, vector in found if len(vector) == _BYTES
                    )
        except sqlite3.DatabaseError:
            self._discard()

    def _write(self, rows: Sequence[tuple[bytes, bytes]]) -> None:
        for _ in range(2):
            try:
                with self._opened() as file:
                    file.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
                return
            except sqlite3.DatabaseError:
                self._discard()

    def _opened(self) -> _Closing:
        return _Closing(self._path)

    def _discard(self) -> None:
        for suffix in ("", "-journal", "-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)


class _Closing:
    """A connection that commits and closes at the end of a `with`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> sqlite3.Connection:
        self._file = sqlite3.connect(self._path, timeout=30)
        (held,) = self._file.execute("PRAGMA user_version").fetchone()
        if held != _generation():
            self._file.execute("DROP TABLE IF EXISTS vectors")
            self._file.execute(f"PRAGMA user_version = {_generation()}")
        self._file.execute(
            "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)"
            " WITHOUT ROWID"
        )
        return self._file

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._file.commit()
        finally:
            self._file.close()


def text_key(text: str, name: str = NAME) -> bytes:
    """The key of a text: the weights' name and the words, hashed to sixteen bytes."""
    return hashlib.sha256(f"{name}\x1f{text}".encode()).digest()[:16]


def _generation() -> int:
    """Which weights a file was written for; SQLite keeps this number in the file's head."""
    return zlib.crc32(contract_name().encode()) >> 1
