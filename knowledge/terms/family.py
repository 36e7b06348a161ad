"""The terms in force of one payer: the base contract, as its amendments change it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from knowledge.documents.document import Document
from knowledge.terms.names import TERM_NAMES
from knowledge.terms.readers import reader_of
from knowledge.terms.reading import Reader, paper_of, read
from knowledge.terms.term import Term

MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DATE = re.compile(rf"\b({MONTHS})\s+(\d{{1,2}}),?\s+(\d{{4}})", re.IGNORECASE)
_EFFECTIVE = re.compile(
    r"effective(?: date)?(?: as)?(?: of| on| is|:)?(?: this amendment)?[^.\n]{0,60}?", re.IGNORECASE
)


def effective_date(document: Document) -> date | None:
    """The first date that the document's opening pages call effective, or None."""
    text = document.text[:6000]
    for cue in _EFFECTIVE.finditer(text):
        near = _DATE.search(text, cue.start(), min(len(text), cue.end() + 90))
        if near:
            try:
                words = f"{near[1].title()} {near[2]} {near[3]}"
                return datetime.strptime(words, "%B %d %Y").date()
            except ValueError:
                continue
    return None


def terms_in_force(documents: Sequence[Document], names: Sequence[str] | None = None) -> list[Term]:
    """The terms of a payer's papers: an amendment's own statement replaces what stood before.

    Documents of kind amendment come after all others, by their effective date (those
    without a date last, in the order given). A replaced term's note says what it replaced.
    Without a document the list is empty.
    """
    wanted = TERM_NAMES if names is None else tuple(names)
    return in_force(documents, [reader_of(name) for name in wanted])


def read_in(document: Document) -> list[Term]:
    """The terms of one document by itself, in the order of the names."""
    return in_force([document], [reader_of(name) for name in TERM_NAMES])


def in_force(documents: Sequence[Document], readers: Sequence[Reader]) -> list[Term]:
    """What some readers find in a payer's papers, an amendment's statement over what stood."""
    base = [d for d in documents if d.kind != "amendment"]
    amendments = [d for d in documents if d.kind == "amendment"]
    amendments.sort(key=lambda d: effective_date(d) or date.max)
    held: dict[str, list[Term]] = {reader.name: [] for reader in readers}
    for document in [*base, *amendments]:
        paper = paper_of(document)
        for reader in readers:
            held[reader.name] = _joined(held[reader.name], read(reader, paper), document)
    return [term for reader in readers for term in held[reader.name]]


def _joined(held: list[Term], read: list[Term], document: Document) -> list[Term]:
    if not held:
        return read
    stated = [term for term in read if term.status != "not found"]
    if not stated:
        return held
    kept = [term for term in held if term.status != "not found"]
    for term in stated:
        old = next((t for t in kept if _same_entry(t, term)), None)
        if old is None:
            kept.append(term)
        elif document.kind == "amendment" or old.status == "unsure":
            kept[kept.index(old)] = _replacing(term, old, document)
        elif term.found and term.value != old.value:
            other = term.citation.label() if term.citation else document.name
            kept[kept.index(old)] = replace(
                old, found=False, value=None, confidence=0.5, note=f"{other} says otherwise"
            )
    return kept


def _same_entry(one: Term, other: Term) -> bool:
    sides = {one.party, other.party}
    return one.line_of_business == other.line_of_business and (
        not {"payer", "provider"} <= sides or one.party == other.party
    )


def _replacing(term: Term, old: Term, document: Document) -> Term:
    if not old.shown or old.shown == term.shown:
        return term
    day = effective_date(document)
    since = f" from {day:%B} {day.day}, {day.year}" if day else ""
    where = f" ({old.citation.label()})" if old.citation else ""
    said = f"replaced {old.shown}{where}{since}"
    return replace(term, note=f"{term.note}; {said}" if term.note else said)
