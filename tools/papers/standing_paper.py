"""What a payer's own paper gives an ask: the clause to stand on, the exhibit, its age."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from knowledge.documents.document import Document
from knowledge.evidence import Basis, Citation, Figure
from knowledge.terms.language.statements import Statement, statements
from tools.practice import Practice

IN_FORCE = ("contract", "amendment")
MONEY = r"exhibit|attachment|schedule|fees?\b|rates?\b|prices?\b|compensation|payment"
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
DATED = re.compile(rf"\b({MONTH}) (\d{{1,2}}), (20\d\d)\b")
BEGINS = re.compile(
    r"\beffective\b|takes? effect|\b(?:begin|commence|start)s?\b|\b(?:opening|start) date",
    re.IGNORECASE,
)
NAMED_DAY = re.compile(
    r"\s*\([^)]{0,20}[\"“](?:opening|start|effective|commencement|inception) date", re.IGNORECASE
)
NEAR = 140
EXHIBIT = re.compile(r"^(?:exhibit|attachment|schedule|appendix|addendum)\b", re.IGNORECASE)
FEES = re.compile(r"compensation|payment|reimbursement|fee|price|rates?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Clause:
    """A clause that gives the practice standing.

    kind: renegotiation, amendment or no_cause. said: how a letter names it. notice: its
    days of notice as a figure, None where it asks for none.
    """

    kind: str
    said: str
    citation: Citation
    notice: Figure | None


@dataclass(frozen=True)
class Paper:
    """One payer's contract as a letter needs it; empty parts where the text is silent."""

    documents: tuple[Document, ...] = ()
    clauses: tuple[Clause, ...] = ()
    notices: Clause | None = None
    exhibit: str = "our fee schedule"
    begins: Figure | None = None
    begins_at: Citation | None = None
    amended: bool = False

    def standing(self) -> Clause | None:
        """The best clause to stand on: renegotiation, then amendment, then notice."""
        for kind in ("renegotiation", "amendment", "no_cause"):
            for clause in self.clauses:
                if clause.kind == kind:
                    return clause
        return None


def paper_of(practice: Practice, payer: str) -> Paper:
    """The payer's contract and amendments on file; an empty Paper where there are none."""
    held = tuple(d for d in practice.library.documents(payer) if d.kind in IN_FORCE)
    return _read(held) if held else Paper()


@lru_cache(maxsize=16)
def _read(held: tuple[Document, ...]) -> Paper:
    read = [(document, statements(document)) for document in held]
    begins, at = _begins(read)
    return Paper(
        documents=held,
        clauses=tuple(_clauses(read)),
        notices=_notices(read),
        exhibit=_exhibit(held),
        begins=begins,
        begins_at=at,
        amended=any(document.kind == "amendment" for document in held),
    )


def _clauses(read: Sequence[tuple[Document, tuple[Statement, ...]]]) -> Iterator[Clause]:
    for document, stated in read:
        for statement in stated:
            kind = _kind(statement)
            if kind and statement.scope in (None, "commercial"):
                yield _clause(kind, document, statement)


def _kind(statement: Statement) -> str:
    text = statement.full
    if re.search(r"\bclaims?\b|remittance|denial|reconsider|credentialing", text):
        return ""
    ours = re.search(r"either party|both parties|\bprovider may|\bprovider or payer", text)
    if ours and re.search(
        r"renegotiat|re-?open|ask to (?:talk|meet|speak|confer) about|review of", text
    ):
        return "renegotiation" if re.search(MONEY, text) else ""
    if re.search(r"amend|change", text) and re.search(
        r"both (?:parties )?sign|signed (?:by|for) both|each party signs", text
    ):
        return "amendment"
    if re.search(r"either party|both parties", text) and re.search(
        r"without (?:cause|a? ?reason)|for any reason|no reason|need not give a reason", text
    ):
        return "no_cause" if statement.durations and "terminat" in statement.about else ""
    return ""


def _clause(kind: str, document: Document, statement: Statement) -> Clause:
    citation = document.citation(statement.start, statement.end)
    notice = next(
        (d for d in statement.durations if "notice" in statement.full and not d.blank), None
    )
    figure = None
    if notice is not None:
        basis = Basis(
            f"days of notice in {citation.label()}", where=statement.raw[:200].replace("\n", " ")
        )
        figure = Figure(f"Notice, {citation.section}", Decimal(notice.days), "days", basis)
    return Clause(kind, said_section(document, statement), citation, figure)


def said_section(document: Document, statement: Statement) -> str:
    """How a letter names where a statement stands: Section 11.2, or the paragraph headed so."""
    section = document.section_at(statement.start)
    if section is None:
        return "our agreement"
    number = section.number.strip(" .")
    if not number:
        return f"the paragraph headed {section.heading.strip(' .')}"
    word = re.match(r"[A-Za-z]{4,}", number)
    if word:
        return number.capitalize() if number.isupper() else number
    return f"Section {number.removeprefix('§').strip()}"


def _notices(read: Sequence[tuple[Document, tuple[Statement, ...]]]) -> Clause | None:
    for document, stated in read:
        for statement in stated:
            if "notice" in statement.heading and re.search(
                r"certified mail|registered mail|courier|by hand|personally delivered",
                statement.full,
            ):
                return _clause("notices", document, statement)
    return None


def _exhibit(held: Sequence[Document]) -> str:
    for document in held:
        for section in document.sections:
            label = f"{section.number} {section.heading}".strip()
            named = EXHIBIT.match(label) or re.match(r"[A-Z]\w+ Attachment$", section.heading)
            if section.level == 1 and named and FEES.search(section.heading or label):
                number = section.number.strip(" .")
                return number.title() if number else f"the {section.heading.strip(' .')}"
    return "our fee schedule"


def _begins(
    read: Sequence[tuple[Document, tuple[Statement, ...]]],
) -> tuple[Figure | None, Citation | None]:
    for document, stated in read:
        if document.kind != "contract":
            continue
        for statement in stated:
            found = _first_day(statement.raw)
            if found and statement.scope in (None, "commercial"):
                day = datetime.strptime(" ".join(found.groups()), "%B %d %Y").date()
                citation = document.citation(statement.start, statement.end)
                words = f"the day it begins, in {citation.label()}"
                return Figure("Agreement begins", day, "date", Basis(words)), citation
    return None, None


def _first_day(words: str) -> re.Match[str] | None:
    """The date that a verb of beginning leads to, or that is named as such a date behind it."""
    for found in DATED.finditer(words):
        before = words[max(0, found.start() - NEAR) : found.start()]
        if BEGINS.search(before) or NAMED_DAY.match(words, found.end()):
            return found
    return None


def years_between(start: date, today: date) -> Decimal:
    """Whole years from a day to today."""
    return Decimal(today.year - start.year - ((today.month, today.day) < (start.month, start.day)))
