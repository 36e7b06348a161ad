"""A payer's papers held against the playbook: terms, clauses, the paper itself, and the law."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from knowledge.checks.blanks import blanks
from knowledge.checks.contradictions import contradictions
from knowledge.checks.defined_terms import undefined_terms
from knowledge.checks.drafting import hidden_text, slips
from knowledge.checks.exhibits import missing_exhibits, missing_sections
from knowledge.checks.law import law_notes
from knowledge.checks.slip import Slip
from knowledge.documents.document import Document
from knowledge.playbook_files import Playbook
from knowledge.positions import Asked, Judged, Position, Severity, Statute
from knowledge.terms.family import in_force
from knowledge.terms.reading import Paper
from knowledge.terms.term import Term
from tools.papers.term_entries import Entry
from tools.practice import Practice
from tools.reviewing.issue import Issue

_MOST_OF_A_KIND = 6


def term_issues(
    entries: Sequence[Entry], playbook: Playbook, practice: Practice
) -> Iterator[Issue]:
    """Each entry against the position of its term."""
    terms = [each.term for each in entries]
    for entry in entries:
        yield _judged(entry, playbook.of(entry.term.name), terms, practice)


def clause_issues(
    payer: str,
    documents: Sequence[Document],
    terms: Sequence[Term],
    playbook: Playbook,
    practice: Practice,
) -> Iterator[Issue]:
    """Each clause position against what the papers say, as their amendments change it."""
    short = practice.payers.short_name(payer)
    readers = [clause.reader for clause in playbook.clauses.values()]
    for term in in_force(documents, readers):
        clause = playbook.clauses[term.name]
        entry = Entry(payer, short, term, named=clause.label)
        yield _judged(entry, clause.position, terms, practice)


def paper_issues(payer: str, documents: Sequence[Document], practice: Practice) -> Iterator[Issue]:
    """What the papers themselves get wrong; at most six of a kind a document."""
    short = practice.payers.short_name(payer)
    for document in documents:
        paper = Paper(document)
        found: list[Slip] = [*hidden_text(document)]
        if document.kind in ("contract", "amendment"):
            found += [*blanks(document, paper.statements), *contradictions(paper)]
            found += [*slips(document, paper.statements)]
        if document.kind == "contract":
            found += missing_exhibits(
                document, paper.statements, [d for d in documents if d is not document]
            )
            found += missing_sections(document, paper.statements)
            found += undefined_terms(document, paper.statements)
        seen: dict[str, int] = {}
        for slip in found:
            seen[slip.position] = seen.get(slip.position, 0) + 1
            if seen[slip.position] <= _MOST_OF_A_KIND:
                yield _from_slip(payer, short, slip)


def law_issues(
    payer: str, terms: Sequence[Term], line_of_business: str | None, practice: Practice
) -> Iterator[Issue]:
    """What the law says where the contract falls short of it or is silent."""
    short = practice.payers.short_name(payer)
    for note in law_notes(terms, line_of_business):
        entry = Entry(payer, short, note.term)
        said = f"{entry.label[0].lower()}{entry.label[1:]}"
        ask = "cite the statute in the ask, after counsel has confirmed it"
        statute = Statute(note.rule.cite, note.rule.gives, note.rule.dated)
        position = _position(
            "statute", f"{_words()['statute']['label']}: {said}", ask, "medium", statute
        )
        named = Entry(payer, short, note.term, named=f"Law: {said}")
        severity = "medium" if note.status == "fail" else "none"
        yield Issue(named, position, Judged(note.status, note.reason), severity, "statute")


def _judged(entry: Entry, position: Position, terms: Sequence[Term], practice: Practice) -> Issue:
    judged = position.judged(entry.term, practice.today)
    severity: str = position.severity
    if judged.status == "silent" and not position.needed_beside(terms):
        judged, severity = Judged("silent", "not in the contract, and not needed there"), "none"
    if judged.status == "pass":
        severity = "none"
    return Issue(entry, position, judged, severity, position.term)


def _from_slip(payer: str, short: str, slip: Slip) -> Issue:
    words = _words()[slip.position]
    term = Term(slip.position, slip.subject, "", None, True, 1.0, slip.citation, None, slip.reason)
    entry = Entry(payer, short, term, named=f"{words['label']}: {slip.subject}")
    position = _position(slip.position, words["label"], slip.ask, slip.severity)
    return Issue(
        entry, position, Judged(slip.status, slip.reason), slip.severity, slip.position,
        beside=slip.beside,
    )  # fmt: skip


def _position(
    name: str, wanted: str, ask: str, severity: Severity, statute: Statute | None = None
) -> Position:
    words = _words()[name]
    return Position(
        term=name,
        position=wanted,
        severity=severity,
        guide=words["guide"],
        needed=False,
        why=words["why"],
        ask=Asked(ask, ask, ask, ""),
        language="",
        statute=statute,
        unit="",
        accept=None,
        partial=None,
        words=(),
        mutual=False,
    )


@cache
def _words() -> Mapping[str, Mapping[str, Any]]:
    folder = files("knowledge").joinpath("playbook", "paper", "slips.toml")
    return tomllib.loads(folder.read_text(encoding="utf-8"))
