"""What a draft is made from, besides the practice's data: kept with it, so that a change works.

A revision changes a fact and writes the draft anew with the same tools; the text itself is
never edited. Everything here is a plain value, because it lives in the draft's file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any

LENGTHS = ("brief", "short", "usual", "long")
TONES = ("warm", "plain", "firm")


@dataclass(frozen=True)
class Facts:
    """The purpose of a draft and how it is to be written.

    percent, percent_of_medicare: the ask, "8" meaning 8%; offered: what the payer offered;
    year, national: the Medicare year, and whether its national amounts, as the user's words
    or the payer's offer name them.
    stage: first to fourth follow-up. voice: which of the wordings this draft speaks
    in; kept, so that a change of one point leaves the other sentences standing. chosen:
    ids of the pieces of evidence it stands on; dropped and wanted: ids taken out and asked
    for; added: the user's own statements, word for word. language: "usual" or "simple".
    signer, addressee, subject, reply_on (ISO date): where the user set them. frame: the
    order of parts, where it was chosen. start: the first day of the new rates as first named
    (ISO), kept while it lies ahead. written_on: the practice's day of writing; sent_on: the day
    an application went (both ISO). used: pieces that an earlier request stood on. said: keys of
    the sentences it holds, in order, so that other drafts are worded apart from it. period: in
    the user's words, the latest twelve months where none was named. swapped: ids among
    `dropped` in whose place another piece stands; first: the id or kind of the piece to come
    first. points and paragraphs: what stood where in the last
    version, so that "the second point" can be found.
    """

    kind: str
    payer: str
    purpose: str = ""
    stage: int = 1
    percent: Decimal | None = None
    percent_of_medicare: Decimal | None = None
    offered: Decimal | None = None
    year: int | None = None
    national: bool = False
    codes: tuple[str, ...] = ()
    topic: str = ""
    length: str = "usual"
    tone: str = "plain"
    form: str = "paragraphs"
    language: str = "usual"
    voice: int = 0
    chosen: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    signer: str = ""
    addressee: str = ""
    subject: str = ""
    reply_on: str = ""
    frame: int | None = None
    swapped: tuple[str, ...] = ()
    first: str = ""
    points: tuple[str, ...] = ()
    paragraphs: tuple[tuple[str, ...], ...] = ()
    period: str = ""
    start: str = ""
    written_on: str = ""
    sent_on: str = ""
    used: tuple[str, ...] = ()
    said: tuple[str, ...] = ()

    def kept(self) -> dict[str, Any]:
        """The facts as plain values for the draft's file."""
        return {
            name: str(value) if isinstance(value, Decimal) else list(value)
            if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }  # fmt: skip


def facts_from(kept: Mapping[str, Any]) -> Facts:
    """The facts of a draft's file."""
    made: dict[str, Any] = {}
    for each in fields(Facts):
        if each.name not in kept:
            continue
        value = kept[each.name]
        if each.name in ("percent", "percent_of_medicare", "offered"):
            made[each.name] = None if value is None else Decimal(str(value))
        else:
            made[each.name] = _tuples(value)
    return Facts(**made)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list) else value
