"""Which open promises a new entry fulfils: what was promised is what now came or went out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from copilot.tracker.entries import Entry, Promise
from copilot.tracker.said_promises import SAME
from knowledge.retrieval.words import stems

_ANSWER = frozenset(stems(
    "counter counteroffer offer answer response reply respond proposal number word back decision"
    " call review check"
))  # fmt: skip
_PLAIN = frozenset(
    stems("send give get have make provide us them the our their by to from with it")
)
_SENT = re.compile(
    r"\b(?:sent|e-?mailed|mailed|faxed|got|received|came|arrived|uploaded|delivered|submitted|gave"
    r"|forwarded|provided|returned|shared|here is)\b", re.IGNORECASE)  # fmt: skip


def renewed_by(entry: Entry, open_promises: Iterable[tuple[Entry, Promise]]) -> Entry:
    """The entry with the ids of the open promises that it gives another day.

    The same side must promise the same: most of the words, or an answer for an answer. A bare
    new day ("they now say December 20") is that of their latest open promise.
    """
    held = [(e, p) for e, p in open_promises if e.payer == entry.payer and e.on <= entry.on]
    renews: list[str] = []
    promises = []
    for new in entry.promises:
        older = [p for _, p in held if p.by == new.by and p.id not in renews]
        if new.what == SAME and older:
            new = replace(new, what=older[-1].what)
            same = [p for p in older if p.what == new.what]
        else:
            same = [p for p in older if _is_same(p.what, new.what)]
        if new.due is not None:
            renews += [p.id for p in same]
        promises.append(new)
    return replace(entry, promises=tuple(promises), renews=tuple(renews))


def _is_same(one: str, other: str) -> bool:
    """Whether two promises are of the same thing, or both of no more than an answer."""
    a, b = (set(stems(what)) - _PLAIN for what in (one, other))
    if a <= _ANSWER and b <= _ANSWER:
        return bool(a and b)
    a, b = a - _ANSWER, b - _ANSWER
    return len(a & b) * 2 > min(len(a), len(b)) > 0


def settled_by(entry: Entry, open_promises: Iterable[tuple[Entry, Promise]]) -> tuple[str, ...]:
    """The ids of the promises that the entry fulfils.

    Their promise of an answer by their offer; a promised paper by word that it was sent or
    came. A talk in which the same is promised anew fulfils nothing.
    """
    if not entry.is_contact or entry.stage == "not begun":
        return ()
    said = set(stems(entry.words))
    offered = any(offer.by == "payer" for offer in entry.offers)
    done = []
    for made, promise in open_promises:
        if made.payer != entry.payer or entry.on < made.on:
            continue
        wanted = set(stems(promise.what)) - _PLAIN
        if any(wanted & (set(stems(p.what)) - _PLAIN) for p in entry.promises):
            continue
        answers = promise.by == "payer" and offered and bool(wanted & _ANSWER)
        things = wanted - _ANSWER
        moved = {"payer": ("in", "both"), "practice": ("out", "both")}[promise.by]
        came = bool(_SENT.search(entry.words)) and entry.direction in moved and bool(
            things and len(things & said) * 2 >= len(things))  # fmt: skip
        if answers or came:
            done.append(promise.id)
    return tuple(done)
