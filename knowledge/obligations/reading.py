"""The duties of a contract: every sentence that says what someone must or must not do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from knowledge.documents.document import Document
from knowledge.obligations.aligned import aligned
from knowledge.obligations.deadlines import due_in
from knowledge.obligations.duty import Duty, Said
from knowledge.obligations.found import said
from knowledge.obligations.phrases import CONDITION
from knowledge.obligations.subjects import Subject, opening
from knowledge.obligations.topics import topic_of
from knowledge.terms.language.statements import Statement, statements
from knowledge.terms.reading import quoted

LONGEST = 180
_NO_STATEMENT = re.compile(r"\?\s*$|\||^(?:\S+\s+){0,7}_{4,}\s*$")
_DEFINES = re.compile(
    r"^\W*[\"“][^\"”]{2,60}[\"”]\s*(?:,|\([^)]*\))?\s*(?:means|shall mean|has the|is|are|includes)"
)
_SUBCONTRACTOR = re.compile(r"[\"“]Subcontractor[\"”]")
_NEXT_CLAUSE = re.compile(
    r"; |, (?:and|but|or) (?:the )?(?:provider|payer|either party|a party)\b(?= (?:may|has|is"
    r"|can|shall"
    r"|will|must))"
)
_TRAILING = re.compile(
    r"[\s,;:.]*(?:\b(?:and|or|but|however|nor|in no event|under no circumstances?|the|that|each"
    r"|then|to)\b[\s,;:.]*)*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def duties(document: Document) -> tuple[Duty, ...]:
    """Every duty of a document, in the order of its text."""
    return tuple(_read(document))


def duties_in_force(documents: Sequence[Document]) -> tuple[Duty, ...]:
    """The duties of a payer's papers; a section that an amendment replaces drops out."""
    gone = [number for each in documents if each.kind == "amendment" for number in _replaced(each)]
    found: list[Duty] = []
    for document in documents:
        for duty in duties(document):
            section = duty.citation.section.lower()
            over = document.kind != "amendment" and any(
                section == number or section.startswith((f"{number}(", f"{number}."))
                for number in gone
            )
            if not over:
                found.append(duty)
    return tuple(found)


def _replaced(amendment: Document) -> list[str]:
    """The sections that an amendment says it replaces or deletes."""
    text = amendment.text.lower()
    pattern = (
        r"(?:section|paragraph|article)\s+([\d.]+\d|[\d]+)(?:\([a-z]\))?[^.\n]{0,90}?\b(?:is|are)"
        r"\s+(?:hereby\s+)?(?:deleted|replaced|restated|amended and restated|struck)"
    )
    return [match[1] for match in re.finditer(pattern, text)]


def _read(document: Document) -> Iterator[Duty]:
    before: Subject | None = None
    section = ""
    for statement in _statements(document):
        if statement.section != section:
            section, before = statement.section, None
        if _NO_STATEMENT.search(statement.raw) or _DEFINES.match(statement.raw):
            continue
        plain = statement.parties.plain_english
        found = said(statement.marked, statement.lead, statement.heading, plain, before)
        opens = opening(statement.marked)
        before = opens or before
        if found:
            before = opens or Subject(found[-1].who, True)
            yield from _made(document, statement, found)


def _statements(document: Document) -> Iterator[Statement]:
    """The statements of a document; a practice that is called Subcontractor is the provider."""
    found = statements(document)
    if not found or not _SUBCONTRACTOR.search(document.text[:8000]):
        yield from found
        return
    known = found[0].parties
    named = re.compile(rf"{known.provider.pattern}|\b(?:the )?subcontractor\b(?!-)")
    parties = replace(known, provider=named)
    for each in found:
        yield replace(each, parties=parties, lead=parties.named(each.lead))


def _made(document: Document, statement: Statement, found: Sequence[Said]) -> Iterator[Duty]:
    places = aligned(statement)
    raw = statement.raw
    starts = [0, *(places.raw_at(each.start) for each in found[1:]), len(raw)]
    for n, each in enumerate(found):
        low, high = starts[n], max(starts[n + 1], starts[n])
        if clause := _NEXT_CLAUSE.search(statement.marked, each.verb):
            high = max(low, min(high, places.raw_at(clause.start())))
        verb = min(places.raw_at(each.verb), high)
        does = _TRAILING.sub("", " ".join(raw[verb:high].split()))
        if len(does) < 3:
            continue
        if len(does) > LONGEST:
            does = does[: does.rfind(" ", 0, LONGEST)] + " …"
        subject = min(max(places.raw_at(each.start), low), verb)
        of = "" if each.named else " ".join(raw[subject:verb].split())
        due = due_in(raw[low:high], statement.start + low, verb - low, subject - low)
        yield Duty(
            who=each.who,
            does=does,
            forbids=each.forbids,
            due=due,
            condition=_condition(statement, low, high),
            topic=topic_of(f"{of} {does}", statement.heading),
            line_of_business=statement.scope,
            citation=quoted(document, statement, verb),
            of=of,
        )


def _condition(statement: Statement, low: int, high: int) -> str:
    """The words of a condition in a stretch of a statement, up to the next comma."""
    part = statement.raw[low:high]
    match = CONDITION.search(part.lower())
    if not match:
        return ""
    words = re.split(r"[,;.]\s|[.;]$", part[match.start() :])[0]
    return " ".join(words.split())[:140]
