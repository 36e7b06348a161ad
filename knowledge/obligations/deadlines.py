"""By when: the span of time, the date or the rhythm that a stretch of a contract names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from knowledge.obligations.duty import Due, Kind
from knowledge.terms.family import MONTHS
from knowledge.terms.language.quantities import Duration, durations

_MONTH_NUMBER = {name: n for n, name in enumerate(MONTHS.split("|"), 1)}
_BEFORE = re.compile(
    r"(?:\b(?:within|no later than|not later than|no more than|not more than|not less than|no less"
    r" than|no fewer than|at least|upon|on|by|before|after|until|every|during|in|for|up to|not"
    r" fewer than|longer than|more than)\s+(?:a |the |an )?(?:period of |further |next |first"
    r" )?(?:at least |not less than |no less than )?)$",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(r"(?:more|less|fewer|older|other) than \W?$")
_NO_MORE_THAN = re.compile(r"(?:no|not) (?:more|less|fewer) than \W?$")
_AFTER = re.compile(r"(?:[^,;.:()]|\.(?=\d)){0,110}")
_STOP = re.compile(
    r"\s(?:and|or|but|unless|except|if|provided|whichever|so that|when|where|though|that it)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_ANCHORED = re.compile(
    r"^['’]?s?\s*(?:prior|advance|advanced|written|of|after|before|from|following|in advance"
    r"|ahead|notice"
    r"|warning|later|beforehand|until|once|each|every|past|since|thereafter|without|to (?:repay"
    r"|object"
    r"|answer|respond|contest|supply))\b",
    re.IGNORECASE,
)
_ORDINAL_WORDS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth"
    "|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first"
    "|twenty-second|twenty-third|twenty-fourth|twenty-fifth|twenty-sixth|twenty-seventh"
    "|twenty-eighth|twenty-ninth|thirtieth|last"
)
_ORDINALS = _ORDINAL_WORDS.split("|")
_DAY = re.compile(
    r"(?:(?:on or before|no later than|not later than|by|before|until|through|on|effective)\s+)"
    rf"(?P<month>{MONTHS})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    r"(?:,?\s+(?P<year>20\d\d))?(?P<each>\s+(?:of|in)\s+(?:each|every|the)\s+(?:calendar |contract"
    r" |year )?(?:year|before)\w*(?:\s+before)?)?",
    re.IGNORECASE,
)
_OF_MONTH = re.compile(
    r"(?:on or before|no later than|not later than|by|before|on)\s+the\s+(?:(?P<word>[a-z-]+)\s*"
    r"(?:\((?P<digits>\d{1,2})(?:st|nd|rd|th)?\)\s*)?|(?P<number>\d{1,2})(?:st|nd|rd|th)\s+)"
    r"(?P<business>business |working )?(?:calendar )?day\s+of\s+(?:each|every"
    r"|the)\s+(?:calendar |following )?"
    r"(?P<unit>month|quarter|year)",
    re.IGNORECASE,
)
_RHYTHM = re.compile(
    r"\b(?:annually|yearly|quarterly|monthly|weekly|daily|semi-?annually|(?:twice|once|(?:three"
    r"|four)"
    r" times) (?:a|each|every|per|in a|in each) (?:calendar )?(?:year|month|week|quarter)"
    r"|(?:at (?:the time of )?)?(?:each|every) (?:calendar |contract |fiscal )?"
    r"(?:year|quarter|month|week|day|visit|january|july|october)\b)",
    re.IGNORECASE,
)
_AN_AMOUNT = re.compile(  # "$2 each month", "a yearly fee", "for each day": no rhythm of a duty
    r"(?:[\d)%]|dollars?|cents?|percent|event(?: and)?[^,;]{0,40}|\ban?|\bthe|\bno|\bfor|\bof)\s*$",
    re.IGNORECASE,
)
_SOON = re.compile(
    r"\b(?:promptly|immediately|forthwith|at once|without (?:undue |unreasonable )?delay|as soon as"
    r" (?:\w+ ?){1,4}|(?:on |by )?the same (?:business |working )?day|the next (?:business |working"
    r" )?day|within (?:the|a) (?:reasonable )?(?:time|period)s?[^,;.:]{0,50})",
    re.IGNORECASE,
)


def due_in(text: str, at: int, first: int = 0, subject: int = 0) -> Due | None:
    """The deadline in a stretch of text that begins at `at` of its document.

    Of several the first after `first` (where the verb stands) is taken, a span of time or a
    date before a rhythm, a rhythm before "promptly"; else the last before it. subject: where
    the clause's subject begins; a deadline in front of it ends there.
    """
    parts = [(text[:subject], at), (text[subject:], at + subject)]
    exact = [due for each in parts for due in (*_spans(*each), *_dates(*each))]
    for found in (exact, [due for each in parts for due in _rhythms(*each)]):
        after = [due for due in found if due.end - at > first]
        if after:
            return min(after, key=lambda due: due.start)
        if found:
            return max(found, key=lambda due: due.start)
    return None


def _spans(text: str, at: int) -> Iterator[Due]:
    for each in durations(text):
        before = text[max(0, each.start - 16) : each.start]
        if each.blank or (_MORE_THAN.search(before) and not _NO_MORE_THAN.search(before)):
            continue
        lead = _BEFORE.search(text[max(0, each.start - 60) : each.start])
        tail = _AFTER.match(text, each.end)
        more = _STOP.sub("", tail[0] if tail else "").rstrip()
        end = each.end + (len(more) if _ANCHORED.match(more) else 0)
        start = each.start - (len(lead[0]) if lead else 0)
        kind = _kind(lead[0].lower() if lead else "", text[each.end : end].lower(), each)
        yield Due(" ".join(text[start:end].split()), kind, at + start, at + end,
                  each.count, each.unit)  # fmt: skip


def _kind(lead: str, tail: str, span: Duration) -> Kind:
    if lead.startswith("every"):
        return "recurring"
    lasts = lead.startswith("for") or (lead.startswith("at least") and "after" in tail)
    if lasts and (span.unit in ("month", "year") or not re.search("notice|warning", tail)):
        return "lasting"
    return "counted"


def _dates(text: str, at: int) -> Iterator[Due]:
    for match in _DAY.finditer(text):
        month, day = _MONTH_NUMBER[match["month"].lower()], int(match["day"])
        words = " ".join(match[0].split())
        if match["year"]:
            try:
                named = date(int(match["year"]), month, day)
            except ValueError:
                continue
            yield Due(words, "dated", at + match.start(), at + match.end(), day=named)
        elif 1 <= day <= 31:
            yield Due(words, "dated", at + match.start(), at + match.end(), month=month, on=day)
    for match in _OF_MONTH.finditer(text):
        number = match["digits"] or match["number"]
        if number is None and match["word"].lower() not in _ORDINALS[:-1]:
            continue
        on = int(number) if number else _ORDINALS.index(match["word"].lower()) + 1
        monthly = match["unit"].lower() == "month" and not match["business"]
        yield Due(" ".join(match[0].split()), "dated" if monthly else "recurring",
                  at + match.start(), at + match.end(), on=on if monthly else None)  # fmt: skip


def _rhythms(text: str, at: int) -> Iterator[Due]:
    found: tuple[tuple[re.Pattern[str], Kind], ...] = ((_RHYTHM, "recurring"), (_SOON, "soon"))
    for pattern, kind in found:
        for match in pattern.finditer(text):
            if kind == "recurring" and _AN_AMOUNT.search(text[: match.start()]):
                continue
            words = " ".join(match[0].split())
            yield Due(words, kind, at + match.start(), at + match.end())
