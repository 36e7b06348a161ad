"""Slips of drafting that turn a clause against its own purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.checks.slip import Slip
from knowledge.documents.document import Document
from knowledge.terms.language.patterns import says
from knowledge.terms.language.statements import Statement

_OBJECTS = (
    r"provider[^.]{0,80}(?:may|can|shall have|has|right|if)?[^.]{0,40}(?:object|dislike|reject"
    r"|do(?:es)? not like[^.]{0,60}write|disagree[^.]{0,60}writ)"
    r"|(?:objection|disagreement)[^.]{0,60}(?:from|by|of) provider|if (?:an|the) objection"
)
_YET = (
    r"(?:amendment|change|modification|revision|it)\b[^.]{0,80}(?:shall|will)?(?: nevertheless"
    r"| still| nonetheless| also| then)*[^.]{0,20}(?:takes? effect|becomes? effective"
    r"|apply|applies|begins?|starts?|stands?|binds?|remains? in effect|go(?:es)? into effect)"
)
_STOPS = (
    r"(?:not|never|no)\b[^.]{0,40}(?:take effect|become effective|apply|begin|start|bind|effect)"
    r"|(?:does|do|shall|will|is|are)(?: not| never)[^.]{0,60}(?:take effect|effective|apply|begin"
    r"|bind)"
    r"|block|unless[^.]{0,60}(?:agrees?\b|sign|object|reject)|stays? as it (?:is|was)|status quo"
    r"|until[^.]{0,60}(?:agree|resolved|decided)"
    r"|only (?:if|when|after|once)[^.]{0,60}(?:agree|sign)"
)


def slips(document: Document, statements: Sequence[Statement]) -> Iterator[Slip]:
    """An objection that stops nothing, and spans of time whose words and digits differ."""
    for index, statement in enumerate(statements):
        for span in statement.durations:
            if span.conflict:
                yield Slip(
                    "drafting_slip",
                    "fail",
                    "high",
                    f"{statement.section or 'a span of time'}: {span.words}",
                    "the number in words and the number in digits differ",
                    "have one number written in both places, the one that serves you",
                    document.citation(statement.start, statement.end),
                )
        if says(_OBJECTS, statement.full):
            yield from _objection(document, statements, index)


def _objection(document: Document, statements: Sequence[Statement], index: int) -> Iterator[Slip]:
    """The clause from an objection on, within its section: does the change come all the same?"""
    first = statements[index]
    if not says(
        r"(?:amend|chang|modif|revis)\w*", f"{first.heading} {first.before} {first.lead}"
    ) and not says(r"amendment|(?:the|a|any|such) (?:change|modification|revision)", first.marked):
        return
    clause = re.sub(r"(?:\.\d+|\([a-z]+\)|\s\(?[a-z0-9]+\)?)$", "", first.section)
    following = [first]
    for each in statements[index + 1 : index + 5]:
        if not each.section.startswith(clause) or each.start - first.end > 600:
            break
        following.append(each)
    words = " ".join(each.marked for each in following)
    told = re.split(r"\.\s|;\s", words)
    if any(says(_STOPS, part) for part in told):
        return
    yet = next((each for each in following if says(_YET, each.marked)), None)
    if yet is None:
        return
    end = max(each.end for each in following[: following.index(yet) + 1])
    yield Slip(
        "drafting_slip",
        "fail",
        "high",
        f"{first.section or 'the amendment clause'}: an objection without effect",
        "the practice may object to a change, and the change takes effect all the same",
        "have it say that an objection in time stops the change until both sides sign",
        document.citation(first.start, min(end, first.start + 600)),
    )


def hidden_text(document: Document) -> Iterator[Slip]:
    """Text that stands in the file and not before a reader's eye; one finding a document."""
    if document.hidden:
        many = len(document.hidden)
        places = "one place" if many == 1 else f"{many} places"
        yield Slip(
            "hidden_text",
            "fail",
            "high",
            document.name,
            f"the file holds text in {places} that a reader cannot see (white, tiny or marked"
            " hidden); it was left out of every answer",
            "ask the payer for a clean copy, and why it was there",
            None,
        )
