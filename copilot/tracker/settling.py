"""Which open promises a new entry fulfils: what was promised is what now came or went out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from copilot.tracker.entries import Entry, Promise
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
