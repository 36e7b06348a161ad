"""Where a word of a folded statement stands in its own text."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from difflib import SequenceMatcher

from knowledge.terms.language.statements import Statement

_TOKEN = re.compile(r"[A-Za-z0-9$%]+|[^\sA-Za-z0-9]")


@dataclass(frozen=True)
class Aligned:
    """Starts of matching tokens in the folded words and, beside them, in the raw text; ends:
    where the raw token that follows each begins."""

    folded: tuple[int, ...]
    raw: tuple[int, ...]
    ends: tuple[int, ...]

    def raw_at(self, at: int) -> int:
        """The offset in the raw text of the token at a place; where the folded words have no
        match there (a party's name), that of what follows the last match before it."""
        n = bisect_left(self.folded, at)
        if n < len(self.raw) and self.folded[n] == at:
            return self.raw[n]
        return self.ends[n - 1] if n else 0


def aligned(statement: Statement) -> Aligned:
    """The alignment of a statement's `marked` words with its `raw` text."""
    mine = list(_TOKEN.finditer(statement.marked))
    theirs = list(_TOKEN.finditer(statement.raw))
    match = SequenceMatcher(
        None, [t[0] for t in mine], [t[0].lower() for t in theirs], autojunk=False
    )
    pairs = [
        (mine[block.a + n].start(), block.b + n)
        for block in match.get_matching_blocks()
        for n in range(block.size)
    ]
    begins = [*(t.start() for t in theirs), len(statement.raw)]
    return Aligned(
        tuple(a for a, _ in pairs),
        tuple(begins[b] for _, b in pairs),
        tuple(begins[b + 1] for _, b in pairs),
    )
