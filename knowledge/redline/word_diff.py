"""The smallest change in words that makes one sentence into another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIKE = 0.5  # share of words kept, below which a sentence is replaced as a whole
SHORT = 16  # words, spaces and signs; a phrase is always changed word by word
_TOKEN = re.compile(r"\w+(?:[.,’'-]\w+)*|\s+|[^\w\s]")


@dataclass(frozen=True)
class Edit:
    """old[start:end] becomes `new`; start == end adds, new == "" takes out."""

    start: int
    end: int
    new: str


def edits(old: str, new: str) -> tuple[Edit, ...]:
    """The edits that make old into new, in order, whole words each.

    Sentences with little in common are replaced as one, since a patchwork of single words
    cannot be read.
    """
    if old == new:
        return ()
    tokens, wanted = _TOKEN.findall(old), _TOKEN.findall(new)
    if not tokens or not wanted:
        return (Edit(0, len(old), new),)
    matcher = SequenceMatcher(None, tokens, wanted, autojunk=False)
    if len(tokens) > SHORT and _kept(matcher, tokens, wanted) < ALIKE:
        return (Edit(0, len(old), new),)
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    found = [
        Edit(starts[low], starts[high], "".join(wanted[at:till]))
        for kind, low, high, at, till in matcher.get_opcodes()
        if kind != "equal"
    ]
    return tuple(_joined(found, old))


def _kept(matcher: SequenceMatcher[str], old: list[str], new: list[str]) -> float:
    """The share of the shorter side's words that stand on both sides, weighed by the longer."""
    same = sum(
        token.strip() != "" and token[0].isalnum()
        for block in matcher.get_matching_blocks()
        for token in old[block.a : block.a + block.size]
    )
    words = [sum(bool(t.strip()) and t[0].isalnum() for t in side) for side in (old, new)]
    return 2 * same / max(1, sum(words))


def _joined(found: list[Edit], old: str) -> Iterator[Edit]:
    """Edits with nothing but space between them as one."""
    held: Edit | None = None
    for each in found:
        if held is not None and not old[held.end : each.start].strip():
            between = old[held.end : each.start]
            held = Edit(held.start, each.end, held.new + between + each.new)
        else:
            if held is not None:
                yield held
            held = each
    if held is not None:
        yield held
