"""A payer's offer in writing: its day, its last day, its points and what it asks in return.

Only what stands in the letter is taken, in its own words with their places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from copilot.drafting.occasion import first_sentences
from knowledge.documents.document import Document
from knowledge.evidence import Basis, Citation, Figure
from tools.papers.standing_paper import DATED
from tools.practice import Practice

UNTIL = re.compile(rf"\b(?:by|until|before|no later than) {DATED.pattern}")
STARTS = re.compile(
    rf"(?:start|starts|effective|begin|begins|from|as of)\b[^\n.;]{{0,40}}?{DATED.pattern}",
    re.IGNORECASE,
)
IN_RETURN = re.compile(
    r"\b(?:in return|in exchange|on (?:the )?condition|conditioned (?:on|upon)|provided that|"
    r"subject to your|requires? (?:you|the practice) to)\b",
    re.IGNORECASE,
)
PRICE = re.compile(r"\d\s?%|\bpercent\b|\$\s?\d")
MOST_POINTS = 2


@dataclass(frozen=True)
class OfferLetter:
    """dated, until, starts: days as figures; points: (what for, its price) in the letter's words;
    in_return: the sentence that says what it asks for; citations: all places."""

    dated: Figure | None
    until: Figure | None
    starts: Figure | None
    points: tuple[tuple[str, Citation], ...]
    in_return: Citation | None
    citations: tuple[Citation, ...]


def offer_letter(practice: Practice, payer: str) -> OfferLetter | None:
    """The latest offer of a payer on file; None where there is none."""
    held = [d for d in practice.library.documents(payer) if d.kind == "offer"]
    return _read(held[-1], practice.today) if held else None


def _read(letter: Document, today: date) -> OfferLetter:
    cited: list[Citation] = []

    def day(name: str, pattern: re.Pattern[str]) -> Figure | None:
        found = pattern.search(letter.text)
        if found is None:
            return None
        value = datetime.strptime(" ".join(found.groups()[-3:]), "%B %d %Y").date()
        citation = letter.citation(*found.span())
        cited.append(citation)
        return Figure(name, value, "date", Basis(f"as it stands in {citation.label()}"))

    dated, until = day("Offer dated", DATED), day("Offer stands until", UNTIL)
    starts = day("Offer starts", STARTS)
    if until is not None and isinstance(until.value, date) and until.value < today:
        until = None
    points = tuple(_points(letter))
    asks = _in_return(letter)
    cited += [citation for _, citation in points] + ([asks] if asks else [])
    return OfferLetter(dated, until, starts, points, asks, tuple(cited))


def _points(letter: Document) -> list[tuple[str, Citation]]:
    """The first prices of the letter: rows of its table, else its sentences with a price."""
    made: list[tuple[str, Citation]] = []
    for found in re.finditer(r"[^\n]+", letter.text):
        cells = [cell.strip() for cell in found[0].split("|")]
        if len(cells) < 2 or not PRICE.search(cells[1]) or not re.search("[a-z]", cells[0]):
            continue
        start = letter.text.index(cells[1], found.start() + len(cells[0]))
        made.append((cells[0], letter.citation(start, start + len(cells[1]))))
    if made:
        return made[:MOST_POINTS]
    for found in re.finditer(r"[^\n.]*(?:\d\.\d[^\n.]*)*\.", letter.text):
        if PRICE.search(found[0]) and re.search(r"\b(?:offer|propose|increase|pay)", found[0]):
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            made.append(("", letter.citation(start, found.end())))
    return made[:1]


def _in_return(letter: Document) -> Citation | None:
    """What the letter asks for in return: that sentence and those after it in its paragraph."""
    found = IN_RETURN.search(letter.text)
    if found is None:
        return None
    start = max(
        letter.text.rfind("\n", 0, found.start()), letter.text.rfind(". ", 0, found.start())
    )
    end = letter.text.find("\n", found.end())
    text = letter.text[start + 1 : end if end > 0 else len(letter.text)]
    begin = start + 1 + len(text) - len(text.lstrip())
    return first_sentences(letter.citation(begin, start + 1 + len(text.rstrip())))
