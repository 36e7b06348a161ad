"""Defined terms of a document, each linked to the words that define it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledge.documents.document import Document
from knowledge.documents.sentences import sentences
from knowledge.evidence import Citation

LONGEST = 700  # characters of a definition that are cited
_MEANS = (
    r"(?:shall\s+(?:mean|have\s+the\s+meaning)|means?\b|has\s+the\s+meaning|is\s+defined"
    r"|refers\s+to)"
)
_QUOTED = re.compile(
    r"[\"“](?P<name>[A-Z][^\"“”\n]{1,60}?)[\"”](?:\s*(?:,|or|and)\s*[\"“](?P<also>[A-Z][^\"“”\n]{1,60}?)"
    rf"[\"”])?(?:\s*\([^)\n]{{1,60}}\))?\s*,?\s*(?:{_MEANS}|[:–—-]\s)"
)  # fmt: skip
_BARE = re.compile(
    rf"^(?:\(?[\w.]{{1,6}}\)?\s+)?(?P<name>[A-Z][\w’'/-]*(?:\s(?:of|and|or|for|[A-Z][\w’'/-]*)){{0,6}})"
    rf"(?:\s*\([^)\n]{{1,40}}\))?\.?\s+{_MEANS}",
    re.MULTILINE,
)  # fmt: skip
_IN_PASSING = re.compile(
    r"\((?:the|this|each,?(?:\s+an?)?|an?|collectively,?(?:\s+the)?|together,?(?:\s+the)?"
    r"|hereinafter(?:\s+(?:the|referred\s+to\s+as|called))?|hereafter)?[\s,]*"
    r"[\"“](?P<name>[A-Z][^\"“”\n]{1,60}?)[\"”]"
    r"(?:\s*(?:,|or|and)\s*(?:the\s+)?[\"“](?P<also>[A-Z][^\"“”\n]{1,60}?)[\"”])?\s*\)"
)
_NO_NAME = frozenset(["this", "it", "that", "which", "section", "article", "what"])


@dataclass(frozen=True)
class Definition:
    """A defined term and where it is defined.

    in_passing: it is named in brackets after what it stands for, as in (the "Plan").
    """

    name: str
    citation: Citation
    in_passing: bool = False


def definitions(document: Document) -> dict[str, Definition]:
    """The defined terms by their name as written, in the order in which they are defined.

    A term defined twice keeps its first definition; one in so many words ("means") comes
    before one in passing.
    """
    found: dict[str, Definition] = {}
    text = document.text
    for pattern in (_QUOTED, _BARE):
        for match in pattern.finditer(text):
            end = _end_of_paragraph(text, match.start())
            for name in _names(match.groupdict()):
                cited = document.citation(match.start(), min(end, match.start() + LONGEST))
                found.setdefault(name, Definition(name, cited))
    for match in _IN_PASSING.finditer(text):
        low, high = _sentence(text, match.start(), match.end())
        for name in _names(match.groupdict()):
            found.setdefault(name, Definition(name, document.citation(low, high), True))
    return dict(sorted(found.items(), key=lambda each: each[1].citation.start))


def definition_of(term: str, known: Mapping[str, Definition]) -> Definition | None:
    """The definition of a term, whatever its case and number (claims, Claim); None without one."""
    wanted = _key(term)
    return next((each for name, each in known.items() if _key(name) == wanted), None)


def _names(groups: Mapping[str, str | None]) -> Iterator[str]:
    for raw in (groups.get("name"), groups.get("also")):
        name = " ".join((raw or "").split()).strip(" ,.;")
        if name and name.casefold() not in _NO_NAME:
            yield name


def _end_of_paragraph(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _sentence(text: str, low: int, high: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, low) + 1
    for first, last in sentences(text, start, _end_of_paragraph(text, high)):
        if first <= low and last >= high:
            return max(first, high - LONGEST), last if last - first <= LONGEST else high
    return low, high


def _key(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", name.casefold())
    return " ".join(w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w
                    for w in words)  # fmt: skip
