"""A payer's notice of a change, read: its title, its days, and the words that change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from knowledge.documents.document import Document
from knowledge.evidence import Citation
from knowledge.terms.family import MONTHS, effective_date
from knowledge.terms.language.statements import Statement, statements

_DAY = re.compile(
    rf"\b(?:(?P<name>{MONTHS})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>20\d\d)"
    r"|(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>20\d\d)|(?P<iso>20\d\d-\d\d-\d\d))\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"notice of (?:a |an )?(?:\w+ ){0,3}(?:change|amendment|modification|update)|material change"
    r"|(?:will|shall) (?:change|amend|update|revise|reduce|increase|replace)\b"
    r"|(?:are|is) (?:changing|amending|updating|revising|reducing)"
    r"|(?:change|amendment|update)s? (?:to|of|in) (?:your|the|our) (?:\w+ ){0,4}"
    r"(?:agreement|contract|fee schedule|rates?|reimbursement|polic|network)",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"notice of (?:a |an )?(?:\w+ ){0,3}(?:change|amendment|modification|update)|material change",
    re.IGNORECASE,
)
_AMENDS = re.compile(r"\W*(?:[a-z0-9]+\W+){0,2}(?:amendment|addendum)\b", re.IGNORECASE)
_TITLED = re.compile(r"notice\s+of\s+(?:a\s+)?material\s+change", re.IGNORECASE)
_CHANGES = re.compile(
    r"\b(?:change|amend|revis|updat|replac|reduc|increas|lower|rais|delet|add|adjust|eliminat"
    r"|require|limit|no longer|instead of|will be paid|will pay|new rate|percent)\w*",
    re.IGNORECASE,
)
_EFFECTIVE_CUE = re.compile(
    r"\beffective\b|\btakes? effect|\bbegin(?:s|ning)?\b|\bstarting\b|\bas of\b|\bon and after\b",
    re.IGNORECASE,
)
_BY_PERCENT = re.compile(
    r"(?P<way>reduc\w*|lower\w*|decreas\w*|cut\w*|increas\w*|rais\w*)[^.]{0,60}?\bby\s+(?:\w+\s+"
    r"(?:percent\s+)?\()?(?P<percent>\d{1,2}(?:\.\d+)?)\s*(?:%|percent)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Notice:
    """What a notice says. dated: the first date of its opening; effective: the day the change
    begins; both None where it names none. titled: its title calls it a material change, as
    C.R.S. 25-37-104 asks. changes: the sentences that change something. percent: the rates'
    change in percent where it names one, negative for a cut, with its sentence."""

    document: Document
    dated: date | None
    effective: date | None
    effective_words: Citation | None
    titled: bool
    changes: tuple[Citation, ...]
    percent: tuple[Decimal, Citation] | None


def is_notice(document: Document) -> bool:
    """Whether a paper reads like a payer's letter that announces a change."""
    if document.kind in ("contract", "guide") or len(document.text) > 60_000:
        return False
    if document.kind == "email":  # an offer speaks of changes too: a mail must call itself one
        return bool(_CALLED.search(f"{document.title}\n{document.text[:4000]}"))
    opening = f"{document.title}\n{document.text[:4000]}"
    if _AMENDS.match(document.title) and not _CALLED.search(opening):
        return False  # "First Amendment to the Agreement" makes a change and announces none
    return bool(_NOTICE.search(opening))


def read(document: Document) -> Notice:
    """The notice's days and changes; nothing is assumed that it does not say."""
    told = statements(document)
    effective = next(iter(_effective(told)), None)
    changes = tuple(
        document.citation(each.start, each.end)
        for each in told
        if _CHANGES.search(each.raw) and len(each.raw.split()) >= 6
    )
    return Notice(
        document=document,
        dated=_first_day(document.text[:1500]),
        effective=effective[0] if effective else effective_date(document),
        effective_words=document.citation(effective[1].start, effective[1].end)
        if effective
        else None,
        titled=bool(_TITLED.search(f"{document.title}\n{document.text[:600]}")),
        changes=changes[:12],
        percent=next(iter(_percent(document, told)), None),
    )


def days_in(text: str) -> list[date]:
    """Every whole date in a text, in its order; a date that cannot be is left out."""
    return [day for match in _DAY.finditer(text) if (day := _day_of(match))]


def _effective(told: tuple[Statement, ...]) -> Iterator[tuple[date, Statement]]:
    for each in told:
        cue = _EFFECTIVE_CUE.search(each.raw)
        if cue:
            match = _DAY.search(each.raw, cue.start())
            if match and (day := _day_of(match)):
                yield day, each


def _percent(document: Document, told: tuple[Statement, ...]) -> Iterator[tuple[Decimal, Citation]]:
    for each in told:
        found = _BY_PERCENT.search(each.raw)
        if found and re.search(r"rate|fee|pay|reimburs|schedule|allow", each.raw, re.IGNORECASE):
            sign = -1 if re.match(r"reduc|lower|decreas|cut", found["way"], re.IGNORECASE) else 1
            yield sign * Decimal(found["percent"]), document.citation(each.start, each.end)


def _first_day(text: str) -> date | None:
    return next(iter(days_in(text)), None)


def _day_of(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["m"]:
            return date(int(match["y"]), int(match["m"]), int(match["d"]))
        words = f"{match['name'].title()} {match['day']} {match['year']}"
        return datetime.strptime(words, "%B %d %Y").date()
    except ValueError:
        return None
