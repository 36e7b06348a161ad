"""The stored sentence vectors of the example phrases, made by `copilot.planner.fit`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

STORED = Path(__file__).with_name("phrase_vectors.npz")


@cache
def stored_vectors() -> tuple[str, Mapping[str, NDArray[np.float32]]]:
    """The hash of the phrase book they were made from, and a unit vector for each text."""
    with np.load(STORED, allow_pickle=False) as held:
        rows = held["vectors"].astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        texts = held["texts"].tolist()
        return str(held["hash"]), dict(zip(texts, rows, strict=True))


def store_vectors(texts: list[str], vectors: NDArray[np.float32], book_hash: str) -> None:
    """Write the vectors as float16 with their texts and the phrase book's hash."""
    np.savez_compressed(
        STORED, vectors=vectors.astype(np.float16), texts=np.array(texts), hash=np.array(book_hash)
    )
