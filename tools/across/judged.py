"""Each contract held to a test: yes, no, not found or not sure, with the words it stands on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from knowledge.documents.document import Document
from knowledge.playbook_files import Playbook
from knowledge.terms.family import in_force, terms_in_force
from knowledge.terms.names import TERM_NAMES
from knowledge.terms.term import Term
from tools.across.asked import Asked
from tools.papers.term_entries import Entry
from tools.practice import Practice

Answer = Literal["yes", "no", "not found", "not sure"]
ORDER: tuple[Answer, ...] = ("yes", "not sure", "no", "not found")
BOUNDLESS = ("no limit",)
NO_SUCH = ("none", "not allowed", "excluded")


@dataclass(frozen=True)
class Judged:
    """One payer's answer and the entry it stands on; others: entries of other lines that
    answer differently."""

    answer: Answer
    entry: Entry
    others: tuple[Entry, ...] = ()


def judged(
    practice: Practice, by_payer: Mapping[str, Sequence[Document]], asked: Asked, book: Playbook
) -> list[Judged]:
    """Every payer's answer, those with yes first."""
    found = [
        _of_payer(payer, practice.payers.short_name(payer), documents, asked, book)
        for payer, documents in by_payer.items()
    ]
    return sorted(found, key=lambda each: ORDER.index(each.answer))


def _of_payer(
    payer: str, short: str, documents: Sequence[Document], asked: Asked, book: Playbook
) -> Judged:
    if asked.term in TERM_NAMES:
        terms = terms_in_force(documents, [asked.term])
        named = None
    else:
        clause = book.clauses[asked.term]
        terms, named = in_force(documents, [clause.reader]), clause.label
    entries = [Entry(payer, short, term, named) for term in _of_side(terms, asked.side)]
    answers = [(_answer(each.term, asked), each) for each in entries]
    base = [each for each in answers if each[1].term.line_of_business in (None, "commercial")]
    answer, entry = min(base or answers, key=lambda each: _certainty(each[1].term))
    others = tuple(other for how, other in answers if other is not entry and how != answer)
    return Judged(answer, entry, others)


def _of_side(terms: Sequence[Term], side: str | None) -> list[Term]:
    """The terms that belong to the side asked about; all where none does."""
    other = {"provider": "payer", "payer": "provider"}.get(side or "")
    kept = [term for term in terms if term.party != other or other is None]
    return kept or list(terms)


def _certainty(term: Term) -> int:
    return ("found", "unsure", "not found").index(term.status)


def _answer(term: Term, asked: Asked) -> Answer:
    if term.status == "unsure":
        return "not sure"
    if term.status == "not found":
        return "not found"
    if asked.number is not None:
        return _of_number(term, asked)
    has = bool(re.search(asked.yes, term.shown)) and term.shown not in NO_SUCH
    return "yes" if has != asked.lacks else "no"


def _of_number(term: Term, asked: Asked) -> Answer:
    if isinstance(term.value, Decimal) and term.unit == asked.unit:
        return "yes" if asked.meets(term.value) else "no"
    if term.shown in BOUNDLESS:
        return "yes" if asked.way in ("more than", "at least") else "no"
    if term.shown in NO_SUCH:
        return "no"
    return "not sure"
