"""The user's own edits of a draft carried into its next version.

A draft is written anew for each change. What the user typed into it stands between the text
as it was written and the text as they left it: that difference is made again in the new
one, sentence by sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from knowledge.evidence import TOKEN

PARTS = re.compile(r"\n+|[^\n]+?(?:[.!?:](?=\s|$)[^\S\n]*|(?=\n)|$)")
Change = tuple[int, int, list[str]]


@dataclass(frozen=True)
class Carried:
    """The new text with the user's edits; kept: edits that stand in it, lost: those that
    gave way because a figure in them is another one now."""

    text: str
    kept: int
    lost: int


def carried(written: str, edited: str, anew: str) -> Carried:
    """`anew` with the edits that led from `written` to `edited`, all with their tokens."""
    base = PARTS.findall(written)
    mine, theirs = _changes(base, PARTS.findall(edited)), _changes(base, PARTS.findall(anew))
    out: list[str] = []
    at = kept = lost = 0
    while at < len(base) or mine or theirs:
        own = mine[0] if mine and mine[0][0] <= at else None
        new = theirs[0] if theirs and theirs[0][0] <= at else None
        if own is None and new is None:
            out.append(base[at])
            at += 1
            continue
        start = at
        end, own_words, new_words = _joined(base, start, mine, theirs, own, new)
        if own_words is None:
            out += new_words or []
        elif new_words is None or not _other_figures(base[start:end], new_words):
            out += own_words
            kept += 1
        else:
            out += new_words
            lost += 1
        at = end
    return Carried("".join(out), kept, lost)


def _changes(base: Sequence[str], other: Sequence[str]) -> list[Change]:
    codes = SequenceMatcher(None, base, other, autojunk=False).get_opcodes()
    return [(i, j, list(other[k:n])) for kind, i, j, k, n in codes if kind != "equal"]


def _joined(
    base: Sequence[str],
    start: int,
    mine: list[Change],
    theirs: list[Change],
    own: Change | None,
    new: Change | None,
) -> tuple[int, list[str] | None, list[str] | None]:
    """The stretch of the base that changes touch together, and each side's words for it.

    A side without a change there gives None. Changes that are taken are popped.
    """
    end = max(change[1] for change in (own, new) if change)
    taken: dict[str, list[Change]] = {"mine": [], "theirs": []}
    grew = True
    while grew:
        grew = False
        for name, changes in (("mine", mine), ("theirs", theirs)):
            while changes and (changes[0][0] < end or changes[0][0] == start):
                change = changes.pop(0)
                taken[name].append(change)
                end = max(end, change[1])
                grew = True
    own_words, new_words = (
        _side(base, start, end, taken[name]) if taken[name] else None for name in ("mine", "theirs")
    )
    return end, own_words, new_words


def _side(base: Sequence[str], start: int, end: int, changes: Sequence[Change]) -> list[str]:
    """One side's words for a stretch: its changes, and the base between them."""
    out: list[str] = []
    at = start
    for first, last, words in changes:
        out += [*base[at:first], *words]
        at = last
    return [*out, *base[at:end]]


def _other_figures(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a figure that stood there is replaced by another one."""
    old, new = (
        {m.group(2) for m in TOKEN.finditer("".join(parts)) if m.group(1) == "f"}
        for parts in (before, after)
    )
    return bool(old - new) and bool(new - old)
