"""What a user is told of the pages of a document that are pictures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

READ_BY_EYE = 0.80  # mean sureness below which a page is named to be checked


def picture_sentences(
    ocr_pages: Sequence[tuple[int, float]], unread: Sequence[int], why_unread: str = ""
) -> list[str]:
    """Which pages were read by OCR and how sure, which to read by eye, which were not read.

    why_unread: the clause that ends the sentence on unread pages.
    """
    told: list[str] = []
    read = [(page, sure) for page, sure in ocr_pages if sure > 0]
    if read:
        mean = sum(sure for _, sure in read) / len(read)
        told.append(
            f"{_pages([p for p, _ in read])} read from pictures by OCR, on average "
            f"{mean:.0%} sure of a word; compare numbers with the paper."
        )
    doubtful = [f"{page} ({sure:.0%} sure)" for page, sure in read if sure < READ_BY_EYE]
    if doubtful:
        noun = "page" if len(doubtful) == 1 else "pages"
        told.append(f"Read by eye: {noun} {', '.join(doubtful)}.")
    empty = [page for page, sure in ocr_pages if sure == 0]
    if empty:
        told.append(f"{_pages(empty)} looked at, but no word was found there; read by eye.")
    if unread:
        verb = "is a picture" if len(unread) == 1 else "are pictures"
        why = why_unread or "and not read"
        told.append(f"{_subject(unread)} {verb} {why}.")
    return told


def listed(pages: Sequence[int]) -> str:
    """Page numbers with runs drawn together: 2, 5-9, 14."""
    ordered = sorted(set(pages))
    breaks = [0, *(at + 1 for at, (a, b) in enumerate(pairwise(ordered)) if b != a + 1)]
    runs = [ordered[low:high] for low, high in pairwise([*breaks, len(ordered)])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs if run)


def _subject(pages: Sequence[int]) -> str:
    return f"{'Page' if len(pages) == 1 else 'Pages'} {listed(pages)}"


def _pages(pages: Sequence[int]) -> str:
    return f"{_subject(pages)} {'was' if len(pages) == 1 else 'were'}"
