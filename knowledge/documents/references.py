"""Cross references of a document, "Section 4.2(b)", resolved to the section they point at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.documents.document import Document, Section

_PART = r"(?:Exhibit|Attachment|Schedule|Appendix|Addendum|Amendment|Annex)"
_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,3}(?:\s?\((?:[A-Za-z]{1,4}|\d{1,2})\))*"
_REFERENCE = re.compile(
    rf"(?P<section>(?:Sections?|Subsections?|Paragraphs?|Clauses?|Sec\.|§+)\s*(?P<number>{_NUMBER}))"
    rf"(?:\s+(?:of|to|in)\s+(?:the\s+|this\s+)?(?P<inside>{_PART}\s+[A-Z0-9][\w.-]{{0,5}}))?"
    r"|(?P<article>Articles?\s+(?:[IVXL]{1,6}|\d{1,2})\b)"
    rf"|(?P<part>{_PART}\s+(?:[A-Z]{{1,2}}|\d{{1,2}})(?:-\d{{1,2}})?\b)",
    re.IGNORECASE,
)  # fmt: skip
_ANOTHER_BOOK = re.compile(
    r"(?:C\.?\s?R\.?\s?S\.?|C\.?F\.?R\.?|U\.?S\.?C\.?|Regulation|Statutes?|Code)\s*,?\s*$", re.I
)
_OF_ANOTHER = re.compile(
    r"[\w().-]*\s*,?\s+of\s+(?:the\s+)?(?:[A-Z][\w’-]*\s+){0,5}(?:Act|Code|Statutes?|Regulations?"
    r"|Title|C\.?F\.?R|U\.?S\.?C)\b|[-:]\d"
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True)
class Reference:
    """A cross reference [start, end) as written, and its section: None where there is none."""

    start: int
    end: int
    words: str
    section: Section | None


def references(document: Document) -> tuple[Reference, ...]:
    """Every reference to a numbered part of the document itself, in order.

    Statutes and other books are passed over, and so are the headings themselves.
    """
    starts = {section.start for section in document.sections}
    found = []
    for match in _REFERENCE.finditer(document.text):
        before = document.text[max(0, match.start() - 30) : match.start()]
        if match.start() in starts or _ANOTHER_BOOK.search(before):
            continue
        if _OF_ANOTHER.match(document.text, match.end()):
            continue
        words = match.group(0)
        found.append(
            Reference(match.start(), match.end(), words, resolve(document, words, match.start()))
        )
    return tuple(found)


def resolve(document: Document, words: str, near: int | None = None) -> Section | None:
    """The section that a reference names ("Section 4.2(b)", "Article IV", "Exhibit B").

    near: where the reference stands; inside an exhibit its own numbers come first. A lettered
    part that is no section of its own gives the section that holds it. None where nothing
    bears the number.
    """
    match = _REFERENCE.search(words) or _REFERENCE.search(f"Section {words.strip()}")
    if match is None:
        return None
    if named := match["article"] or match["part"]:
        return _numbered(document, named) or _captioned(document, named)
    homes = [match["inside"]] if match["inside"] else [_home(document, near), ""]
    number = match["number"].replace(" ", "")
    while number:
        for home in homes:
            if found := _numbered(document, f"{home} {number}".strip() if home else number):
                return found
        shorter = re.sub(r"\([^()]*\)$", "", number)
        if shorter == number:
            return None if match["inside"] or "." in number else _numbered(
                document, f"Article {number}"
            )  # fmt: skip
        number = shorter
    return None


def _home(document: Document, near: int | None) -> str:
    """The exhibit in which a reference stands, as its sections are numbered; "" in the body."""
    section = None if near is None else document.section_at(near)
    match = re.match(rf"{_PART}\s+\S+", section.number, re.I) if section else None
    return match.group(0) if match else ""


def _numbered(document: Document, number: str) -> Section | None:
    wanted = _key(number)
    return next((s for s in document.sections if s.number and _key(s.number) == wanted), None)


def _captioned(document: Document, named: str) -> Section | None:
    """A part whose number stands in its caption alone ("Exhibit B - Rates")."""
    wanted = _key(named)
    return next(
        (s for s in document.sections
         if (_key(" ".join(f"{s.number} {s.heading}".split()[:2])) == wanted)), None
    )  # fmt: skip


def _key(number: str) -> str:
    """A number in one spelling: Article IV and ARTICLE 4 are one, so are 4.2. and 4.2."""
    words = re.sub(r"(?i)^articles?\s+", "article ", number.strip()).casefold().split()
    if len(words) == 2 and words[0] == "article" and re.fullmatch(r"[ivxlc]+", words[1]):
        words[1] = str(_from_roman(words[1]))
    return "".join(words).rstrip(".:")


def _from_roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))
