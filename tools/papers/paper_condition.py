"""How contract papers were read, as caveats: pictures read by OCR or not at all, open changes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from knowledge.documents.document import Document
from knowledge.documents.ocr.said import READ_BY_EYE
from knowledge.evidence import Basis, Figure, Sentence, says


def paper_condition(documents: Iterable[Document]) -> tuple[Sentence, ...]:
    """What an answer from these papers must be told with; () where all is plain text."""
    return tuple(sentence for document in documents for sentence in _condition(document))


def _condition(document: Document) -> list[Sentence]:
    told: list[Sentence] = []
    name = document.name
    if document.unread_pages:
        told.append(
            says(
                "{pages} of the pages of {name} are pictures that are not read; what stands there "
                "is not in this answer.",
                pages=_count(document, "Pages not read", len(document.unread_pages)),
                name=name,
            )
        )
    doubtful = [page for page, sure in document.ocr_pages if sure < READ_BY_EYE]
    if document.ocr_pages:
        told.append(
            says(
                "{pages} of the pages of {name} were read from pictures by OCR: compare numbers "
                "with the paper.",
                pages=_count(document, "Pages read by OCR", len(document.ocr_pages)),
                name=name,
            )
        )
    if doubtful:
        told.append(
            says(
                "On {pages} of them the reading is unsure: read {name} there by eye.",
                pages=_count(document, "Pages read unsurely", len(doubtful)),
                name=name,
            )
        )
    authors = sorted({each.author or "an unnamed author" for each in document.changes})
    if authors:
        inserted = sum(1 for each in document.changes if each.kind == "ins")
        told.append(
            says(
                "{name} holds tracked changes by {authors} that nobody has accepted yet: {added} "
                "insertions are read as accepted, {gone} deletions are left out.",
                name=name,
                authors=", ".join(authors[:4]),
                added=_count(document, "Insertions read as accepted", inserted),
                gone=_count(document, "Deletions left out", len(document.changes) - inserted),
            )
        )
    return told


def _count(document: Document, what: str, amount: int) -> Figure:
    return Figure(
        what, Decimal(amount), "count", Basis("counted in the paper", source=document.name)
    )
