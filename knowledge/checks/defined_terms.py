"""Capitalised terms that the contract uses as if defined, and never defines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from knowledge.checks.slip import Slip
from knowledge.documents.document import Document
from knowledge.terms.language.statements import Statement

FEWEST_DEFINITIONS = 5  # below this the paper does not define its terms at all
_WORD = r"[A-Z][a-z]+(?:-[A-Z]?[a-z]+)?"
_PHRASE = re.compile(rf"(?<![.?!:;|•\"“]\s)(?<!^)\b({_WORD}(?:\s(?:of\s)?{_WORD}){{1,3}})\b")
# A caption of a definitions article: "1.12 Prior Approval." followed by its meaning.
_CAPTION = re.compile(
    r"(?m)^\W*(?:\d+(?:\.\d+)+|[A-Z]\.|\([a-z]\))?\W*"
    rf"({_WORD}(?:[ -](?:of |or |and )?{_WORD}){{0,4}})\.\W"
)
_QUOTED = re.compile(r"[\"“]([A-Z][\w'’/& -]{1,60}?)[.,]?[\"”]")
_MEANS = re.compile(
    rf"(?:^|[|\n*.]|\b(?:the\s+)?)\s*\**({_WORD}(?:\s(?:of\s|or\s|and\s)?{_WORD}){{0,4}})\**[.:]?\**\s+"
    r"(?:shall\s+mean|means?|is\s+defined|has\s+the\s+meaning|refers\s+to)\b",
    re.MULTILINE,
)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# What a defined term of a provider contract is the name of. Other capitalised phrases are
# names of agencies, laws, places or documents, and nobody defines those.
_HEADS = _words(
    "Affiliate Allowance Amount Carrier Claim Client Clinician Company Compensation Customer Date"
    " Employer Enrollee Entity Fee Group Hospital Individual Insured Intermediary Member Network"
    " Participant Partner Patient Payer Payor Percentage Period Person Plan Policy Practice"
    " Practitioner Price Procedure Product Professional Program Protocol Provider Purchaser Rate"
    " Requirement Rule Schedule Screen Service Sponsor Standard Subscriber Tier Vendor"
)
# One use is enough for a word that says who may use the rates or carry the contract on.
_WIDENING = _words("Affiliate Entity Intermediary Payer Payor Purchaser Sponsor Vendor")
_NAMES = re.compile(
    r"\b(?:Medicare|Medicaid|Colorado|United|States|Federal|National|American|Department|Division"
    r"|Commissioner|Centers|Internal|Social|Public|Health First|Child Health|Current Procedural"
    r"|Physician Fee|Act|Code|Revised|Statutes|January|February|March|April|May|June|July|August"
    r"|September|October|November|December|Article|Section|Exhibit|Attachment|Schedule [A-Z\d]"
    r"|Appendix|Part|Chief|Director|Vice|President|Officer|Street|Avenue|Inc|Company|Corporation"
    r"|District|County|Court|Board|Bureau|Office of|Commission|University|Association|Academy"
    r"|Human Services|Insurance|Evidence|Drug|Standard Application)\b"
)


def undefined_terms(document: Document, statements: Sequence[Statement]) -> Iterator[Slip]:
    """Each phrase of two to four capitalised words, used twice or more, that is not defined.

    Only in a paper that defines at least five terms; names of agencies, laws, products in a
    table and captions are no terms. A plural counts as its singular.
    """
    text = document.text
    defined = {_single(found) for found in _definitions(text)}
    if len(defined) < FEWEST_DEFINITIONS:
        return
    captions = {_single(word) for s in document.sections for word in (s.heading, *s.path) if word}
    uses: Counter[str] = Counter()
    places: dict[str, list[Statement]] = {}
    for statement in statements:
        if "|" in statement.raw or _is_title(statement.raw):
            continue
        for match in _PHRASE.finditer(statement.raw):
            phrase = _without_lead(match[1])
            if len(phrase.split()) < 2 or phrase.split()[-1].removesuffix("s") not in _HEADS:
                continue
            name = _single(phrase)
            if name in defined or name in captions or _NAMES.search(phrase):
                continue
            if any(_ends_in(name, other) for other in defined):
                continue
            uses[name] += 1
            if statement not in places.setdefault(name, []):
                places[name].append(statement)
    for name, count in uses.items():
        if count < (1 if name.split()[-1] in _WIDENING else 2):
            continue
        first = places[name][0]
        yield Slip(
            "defined_term_missing",
            "fail",
            "medium",
            f"“{name}”",
            f"“{name}” is used like a defined term and defined nowhere in the papers on file",
            "ask for its definition in the contract, so that nobody can widen it later",
            document.citation(first.start, first.end),
            tuple(document.citation(p.start, p.end) for p in places[name][1:4]),
        )


def _definitions(text: str) -> Iterator[str]:
    for match in _QUOTED.finditer(text):
        yield match[1]
    for match in _MEANS.finditer(text):
        yield match[1]
    for match in _CAPTION.finditer(text):
        yield match[1]


def _single(phrase: str) -> str:
    words = re.sub(
        r"^(?:ARTICLE|Section|SECTION)?\s*[\dIVX.()a-z]*\s+(?=[A-Z])", "", phrase.strip()
    )
    return " ".join(re.sub(r"(?<=[a-z]{3})(?<!s)s$", "", word) for word in words.split())


def _without_lead(phrase: str) -> str:
    """Without a first word that is capitalised for standing first, or is an article."""
    return re.sub(
        r"^(?:The|A|An|Each|Any|All|No|Such|This|That|If|When|For|In|Every|Both)\s", "", phrase
    )


def _ends_in(name: str, other: str) -> bool:
    """A defined term with an adjective or a party before it: Plan Covered Service."""
    return name.endswith(f" {other}") or (name.startswith(f"{other} ") and len(other.split()) > 1)


def _is_title(raw: str) -> bool:
    words = [word for word in raw.split() if word[:1].isalpha()]
    return bool(words) and sum(word[0].isupper() for word in words) > 0.7 * len(words)
