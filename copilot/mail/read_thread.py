"""The messages exchanged with a payer, from all mails on file: each once, with what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from copilot.mail.said import Said, said_in
from copilot.mail.sides import Sides
from copilot.settings import Profile
from copilot.tracker.entries import Party
from knowledge.documents.document import Document
from knowledge.evidence import Citation
from knowledge.mail.message import Message
from knowledge.mail.own_words import own_words
from knowledge.mail.thread import KIND, Placed, messages_of
from tools.practice import Practice


@dataclass(frozen=True)
class Read:
    """A message with its document, its side (None: not told) and what it says."""

    document: Document
    placed: Placed
    by: Party | None
    said: tuple[Said, ...]

    @property
    def on(self) -> date | None:
        """The day it was written."""
        return self.placed.message.on

    @property
    def key(self) -> str:
        """The same for the same words of the same day, in whichever mail they stand."""
        return key_of(self.placed)

    def citation(self, said: Said) -> Citation:
        """The words of one thing said, in the stored mail."""
        start = self.placed.body_start
        return self.document.citation(start + said.start, start + said.end)

    def opening(self) -> Citation | None:
        """The writer's first sentences, up to two; None for an empty message."""
        sentences = own_words(self.placed.message.body).sentences
        if not sentences:
            return None
        start = self.placed.body_start
        return self.document.citation(start + sentences[0][0], start + sentences[:2][-1][1])

    def of(self, kind: str) -> tuple[Said, ...]:
        """What it says of one kind."""
        return tuple(each for each in self.said if each.kind == kind)


def key_of(placed: Placed) -> str:
    """16 hex digits over the day and the writer's own words, spacing and marks aside."""
    body = placed.message.body
    words = " ".join(body[low:high] for low, high in own_words(body).sentences)
    plain = "".join(c for c in words.casefold() if c.isalnum())[:4000]
    told = f"{placed.message.on}|{plain}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def mails_of(practice: Practice, payer: str | None = None) -> tuple[Document, ...]:
    """The mails on file, of one payer or of all."""
    return tuple(d for d in practice.library.documents(payer) if d.kind == KIND)


def read_mail(document: Document, practice: Practice, profile: Profile) -> tuple[Read, ...]:
    """The messages of one mail, as they stand in it."""
    sides = Sides(document.payer or "", practice, profile)
    messages = messages_of(document)
    told = [sides.side(each.message) if document.payer else None for each in messages]
    return tuple(
        Read(
            document,
            placed,
            by or _answered(placed.message, messages, told),
            said_in(placed.message.body, placed.message.on or practice.today),
        )
        for placed, by in zip(messages, told, strict=True)
    )


def _answered(
    message: Message, thread: Sequence[Placed], told: Sequence[Party | None]
) -> Party | None:
    """The side of a sender whom the other side writes to in the same thread; else None."""
    sides = {
        side
        for placed, side in zip(thread, told, strict=True)
        for to in placed.message.to
        if side and message.address and message.address in to.lower()
    }
    if len(sides) != 1:
        return None
    return "practice" if sides == {"payer"} else "payer"


def read_thread(
    practice: Practice, profile: Profile, payer: str, documents: Iterable[Document] | None = None
) -> tuple[Read, ...]:
    """All messages with a payer, each once, the latest first; those without a day last.

    A message known whole is taken before the same one as another quotes it.
    """
    held: dict[str, Read] = {}
    for document in mails_of(practice, payer) if documents is None else documents:
        for each in read_mail(document, practice, profile):
            known = held.get(each.key)
            if known is None or (known.placed.message.quoted and not each.placed.message.quoted):
                held[each.key] = each
    return tuple(
        sorted(
            held.values(),
            key=lambda r: (r.on or date.min, r.placed.message.at),
            reverse=True,
        )
    )
