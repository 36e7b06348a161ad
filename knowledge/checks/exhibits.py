"""Exhibits that the contract refers to and does not hold, and sections that do not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.checks.slip import Slip
from knowledge.documents.document import Document
from knowledge.terms.language.statements import Statement

_KINDS = r"Exhibit|Attachment|Schedule|Appendix|Annex|Addendum"
_NAMED = re.compile(
    rf"\b(?P<kind>{_KINDS}|{_KINDS.upper()})s?\s+(?P<mark>[A-Z]{{1,2}}(?:-?\d{{1,2}})?|\d{{1,2}}"
    r"(?:-[A-Z\d])?|[IVX]{1,4})(?![\w'])"
)
_MORE = re.compile(r"(?:,|and|or|through|to|-|–)\s+([A-Z]|\d{1,2})\b(?!\w)")
_SECTION = re.compile(r"\b(?:[Ss]ection|§)\s?(?P<number>\d{1,2}(?:\.\d{1,2}){1,2})(?!\d)")
_ATTACHED = re.compile(
    r"attach|set (?:out|forth) in|in accordance with|listed (?:in|on)|stated in|shown (?:in|on)"
)
# A section of somebody else's paper: a statute, a regulation, another agreement.
_ELSEWHERE = re.compile(
    r"C\.?R\.?S|C\.?F\.?R|U\.?S\.?C|\bAct\b|\bCode\b|[Rr]egulation|\bRule\b|\b[Tt]itle \d|statute"
    r"|of the (?:plan|manual|handbook|policy|base agreement|original|underlying|existing)"
    r"|[Mm]anual|[Hh]andbook|Public Law"
)


def missing_exhibits(
    document: Document, statements: Sequence[Statement], others: Sequence[Document] = ()
) -> Iterator[Slip]:
    """Each exhibit, attachment or schedule that is referred to and not in the papers.

    others: the payer's further papers, in which it may stand. Only where the paper holds
    at least one exhibit, or refers to the missing one twice, or says that it is attached: a
    lone mention may be another paper's.
    """
    held = {_key(match) for paper in (document, *others) for match in _headings(paper)}
    named = " ".join(f"{paper.name} {paper.title}" for paper in others)
    held |= {_key(match) for match in _NAMED.finditer(named.replace("_", " ").title())}
    wanted: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements:
        for match in _NAMED.finditer(statement.raw):
            if not _ELSEWHERE.search(statement.raw[match.end() : match.end() + 40]):
                places = wanted.setdefault(_key(match), [])
                if statement not in places:
                    places.append(statement)
    kinds = {kind for kind, _ in held}
    for (kind, mark), places in wanted.items():
        if (kind, mark) in held or (mark in {m for _, m in held} and kind not in kinds):
            continue
        said = next((p for p in places if _attached(p)), places[0])
        if not held and len(places) < 2 and not _attached(said):
            continue
        yield Slip(
            "exhibit_missing",
            "fail",
            "high",
            f"{kind.capitalize()} {mark}",
            f"{kind.capitalize()} {mark} is referred to and not in the papers on file",
            "ask for it in writing, and sign nothing before it is in hand",
            document.citation(said.start, said.end),
            tuple(document.citation(p.start, p.end) for p in places if p is not said)[:3],
        )


def missing_sections(document: Document, statements: Sequence[Statement]) -> Iterator[Slip]:
    """Each reference to a numbered section that the contract does not have.

    Looked at only where the contract numbers its sections that way (1.1, 1.2, …).
    """
    numbers = {n for s in document.sections if (n := _number(s.number))}
    if len(numbers) < 12:
        return
    chapters = {number.split(".")[0] for number in numbers}
    told: set[str] = set()
    for statement in statements:
        if statement.kind == "exhibit" or _ELSEWHERE.search(statement.raw):
            continue
        for match in _SECTION.finditer(statement.raw):
            number = _plain(match["number"])
            if (
                number in told
                or number in numbers
                or any(n.startswith(f"{number}.") for n in numbers)
            ):
                continue
            if ".".join(number.split(".")[:2]) in numbers and number.count(".") == 2:
                continue
            told.add(number)
            where = "" if number.split(".")[0] in chapters else ", nor such a chapter"
            yield Slip(
                "drafting_slip",
                "partial",
                "medium",
                f"Section {match['number']}",
                f"it refers to Section {match['number']}, and there is no such section{where}",
                "ask which section is meant, and have the reference corrected",
                document.citation(statement.start, statement.end),
            )


def _headings(document: Document) -> Iterator[re.Match[str]]:
    for section in document.sections:
        caption = f"{section.number} {section.heading}".strip()
        if match := _NAMED.match(caption):
            yield match
    # A caption that stands alone on its line, also where no section was made of it.
    for line in document.text.splitlines():
        bare = line.strip().lstrip("#*").strip()
        if len(bare) < 120 and (match := _NAMED.match(bare)):
            after = bare[match.end() :].strip(" *")
            if not after or after[0] in ".:-–—(" or after[0].isupper():
                yield match


def _key(match: re.Match[str]) -> tuple[str, str]:
    return match["kind"].lower(), match["mark"]


def _attached(statement: Statement) -> bool:
    return bool(_ATTACHED.search(statement.raw))


def _number(text: str) -> str:
    found = re.search(r"\d{1,2}(?:\.\d{1,2}){1,2}", text)
    return _plain(found[0]) if found else ""


def _plain(number: str) -> str:
    """1.01 and 1.1 are one number."""
    return ".".join(str(int(part)) for part in number.split("."))
