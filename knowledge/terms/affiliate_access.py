"""Who besides the payer may use the rates: affiliates, leased networks, other payers."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.reading import Candidate, Paper, Reader

_ACCESS = (
    r"(?:access|use|used|using|avail|available|benefit|extend\w*|apply|applies|lease\w*|rent(?:al|ed|s)?\b"
    r"|sell\w*|sold|licen[cs]e\w*|grant\w*|share[sd]?\b|entitled to|make use)"
)
_RATES = (
    r"(?:rates?|discounts?|fee schedules?|compensation|pric(?:e|es|ing)|payment terms"
    r"|{contract}|network|services)"
)
_AFFILIATE = (
    r"(?:affiliat\w+|subsidiar\w+|related compan\w+|parent|sister compan\w+|corporate family)"
)
_LEASED = (
    r"(?:rental|leas(?:e|ed|es|ing)\b|rent(?:ed|s)?\b|sell\w*|sold|third[- ]part(?:y|ies)"
    r"|other payers?|other"
    r" payors?|alliance payors?|network (?:lessees?|clients?)|client payors?|brokers?|repric\w+"
    r"|other (?:entities|organizations|carriers|insurers|networks)|unaffiliated)"
)
_OTHER = (
    r"lower (?:rate|price)|favou?r|liab|insur(?:ance|ed) (?:cover|limit)|indemn|workers"
    r"|confidential|disclos|trademark|logo|names?\b{~}use"
    r"|records?\b|third[- ]party (?:administrator|beneficiar)|recover|subrogat|vendor|software"
)
_NAMED = (
    r"(?:only|solely|unless|except){~~}(?:list|named|consent|written|agree)|(?:written"
    r"|prior) consent"
    r"|named (?:in|on)|listed (?:in|on) (?:exhibit|schedule|attachment)"
)
_NEVER = (
    r"(?:shall|may|will|can)(?:not| not| never)(?: \w+){0,3}? (?:rent|lease|sell|assign"
    r"|grant|make available|give)"
    r"|no (?:rental|leas|third|other|affiliate){~~}(?:access|use|may)|(?:prohibit|forbid)\w*"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Clauses that open the rates to others, close them, or tie them to a list."""
    for statement in paper.about(rf"{_AFFILIATE}|{_LEASED}"):
        text = statement.full
        wide, near = says(_LEASED, text), says(_AFFILIATE, text)
        if not (wide or near) or not says(
            rf"{_ACCESS}{{~~}}{_RATES}|{_RATES}{{~~}}{_ACCESS}", text
        ):
            continue
        captioned = says(
            r"affiliat|access|rental|leas|other payers|who (?:may|can) use", statement.heading
        )
        if says(_OTHER, text) and not captioned:
            continue
        if says(r"\bmeans\b", text) and not captioned:
            continue
        strong = says(
            r"rates?\b|discount|fee schedule|pric(?:e|es|ing)\b|network|compensation", text
        )
        score = (0.7 if strong else 0.5) + (0.1 if captioned else 0.0)
        if says(_NEVER, text) and not says(r"without{~}(?:consent|written)", text):
            yield Candidate(statement, "not allowed", "", score)
        elif says(_NAMED, text) or says(r"without{~~}consent", text):
            yield Candidate(statement, "only those listed or agreed to in writing", "", score)
        elif wide and says(r"payer|may|shall|will", text):
            who = "affiliates and leased or other networks" if near else "leased or other networks"
            yield Candidate(statement, who, "", score + 0.02)
        elif near and says(r"may|shall|will|appl(?:y|ies)|extend", text):
            yield Candidate(statement, "affiliates", "", score)


READER = Reader("affiliate_access", "the sections on affiliates and network access", candidates)
