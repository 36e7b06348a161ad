"""What the marks of a statement weigh for each term: the log odds that it states the term.

The weights are fitted by `python -m knowledge.terms.weighing.fit` on clauses with known terms; a
statement no pattern foresaw still speaks of its matter by its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

STATEMENTS, SPANS = "statements", "spans"


@dataclass(frozen=True)
class Weights:
    """names: the terms, in the order of the columns; rows: mark to row of `table`; base: the
    log odds without any mark."""

    names: tuple[str, ...]
    rows: dict[str, int]
    table: NDArray[np.float32]
    base: NDArray[np.float32]

    def odds(self, marks: Iterable[str]) -> NDArray[np.float32]:
        """The log odds of each term, shape (len(names),)."""
        found = [row for mark in marks if (row := self.rows.get(mark)) is not None]
        made: NDArray[np.float32] = self.base + self.table[found].sum(axis=0)
        return made


@cache
def weights(of: str) -> Weights:
    """The weights of statements, or of spans of time, as they are shipped."""
    content = files("knowledge.terms.weighing").joinpath(f"{of}.npz").read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as held:
        marks = bytes(held["marks"]).decode().split("\n")
        return Weights(
            names=tuple(bytes(held["names"]).decode().split("\n")),
            rows={mark: row for row, mark in enumerate(marks)},
            table=held["table"].astype(np.float32),
            base=held["base"].astype(np.float32),
        )


def packed(names: Sequence[str], marks: Sequence[str], table: NDArray[np.float32],
           base: NDArray[np.float32], least: float = 0.02) -> bytes:  # fmt: skip
    """The bytes of a weights file; marks that weigh less than `least` everywhere are left out."""
    kept = np.flatnonzero(np.abs(table).max(axis=1) >= least)
    made = BytesIO()
    np.savez_compressed(
        made,
        names=np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        marks=np.frombuffer("\n".join(marks[int(row)] for row in kept).encode(), dtype=np.uint8),
        table=table[kept].astype(np.float16),
        base=base.astype(np.float32),
    )
    return made.getvalue()
