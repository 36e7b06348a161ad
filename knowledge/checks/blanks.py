"""Blanks that nobody filled: lines to write on, brackets, "TBD", in the body of a contract."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.checks.slip import Slip
from knowledge.documents.document import Document
from knowledge.terms.language.statements import Statement

_BLANK = re.compile(
    r"_{3,}(?:\s*/\s*_{2,})*|\.{6,}|…{2,}|\[\s*(?:●|•|\*|_+|\s|x{1,4})?\s*\]"
    r"|\[(?:insert|enter|fill|date|name|number|amount|percent|rate|state"
    r"|county|to be|tbd)[^\]]{0,60}\]"
    r"|\bTBD\b|\bto be (?:determined|inserted|supplied)\b(?! by)|<<[^>]{1,40}>>",
    re.IGNORECASE,
)
# What people write by hand when they sign; empty until then, and no finding.
_SIGNING = re.compile(
    r"^\W*(?:by|name|print(?:ed)? name|title|its|date[d]?|signature|signed|witness|attest|npi|tin"
    r"|tax id(?:entification)?(?: number)?|address|telephone|phone|fax|e-?mail|license(?: no)?)"
    r"\b[^.]{0,40}$",
    re.IGNORECASE,
)
_SIGNATURE_PAGE = re.compile(
    r"in witness whereof|signature (?:page|block)|signed (?:by|below)|authorized (?:signature|"
    r"representative)|intending to be legally bound|signing page|signatures\b",
    re.IGNORECASE,
)
_WEIGHTY = re.compile(
    r"day|month|year|percent|%|\$|rate|fee|notice|effective|term\b|interest|limit", re.IGNORECASE
)


def blanks(document: Document, statements: tuple[Statement, ...]) -> Iterator[Slip]:
    """Each section of the body that holds unfilled blanks, its statements beside each other.

    A line to sign on, and the form fields around it, are no blanks.
    """
    by_section: dict[str, list[Statement]] = {}
    for statement in statements:
        if _BLANK.search(statement.raw) and not _for_signing(document, statement):
            by_section.setdefault(statement.section, []).append(statement)
    for section, found in by_section.items():
        weighty = [each for each in found if "|" not in each.raw and _WEIGHTY.search(each.raw)]
        first = (weighty or found)[0]
        rest = [each for each in found if each is not first]
        yield Slip(
            "blank",
            "fail" if weighty else "partial",
            "high" if weighty else "low",
            f"{section or 'the opening'}" + (f", in {len(found)} places" if rest else ""),
            "a blank was never filled in, so the clause says nothing until somebody writes in it",
            "have it filled in, and both sides initial it, before anything else is signed",
            document.citation(first.start, first.end),
            tuple(document.citation(each.start, each.end) for each in rest[:5]),
        )


def _for_signing(document: Document, statement: Statement) -> bool:
    around = _BLANK.sub(" ", statement.raw)
    if len(around.split()) <= 2 or _SIGNING.match(around.strip(" |:")):
        return True
    cells = [cell.strip() for cell in statement.raw.split("|") if cell.strip()]
    if "|" in statement.raw and any(_SIGNING.match(cell) for cell in cells[:1]):
        return True
    before = document.text[max(0, statement.start - 700) : statement.start]
    signing = _SIGNATURE_PAGE.search(before[-700:]) or _SIGNATURE_PAGE.search(statement.heading)
    last_part = statement.start > 0.6 * len(document.text)
    return bool(signing and last_part and len(statement.raw) < 200)
