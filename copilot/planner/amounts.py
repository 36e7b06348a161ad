"""Percents, percents of Medicare, money a member, counts and "top" numbers in a message.

A percent is signed by its verb: "cut us 3%" is -3. "10% above Medicare" is 110% of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from copilot.planner.numbers_said import numbers_in
from copilot.planner.spans import Span

_PERCENT = re.compile(
    r"\s*-?(?:%|percentage points?\b|per ?cents?\b|pct\b|prcnt\b|perc\b|pts?\b|points?\b)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?:(?:\s*(?:,|-|to|or|and))+\s*\d+(?:\.\d+)?)+\s*(?:%|percent\b|pct\b|pts?\b|points?\b)"
    r"(?!\s*of)",
    re.IGNORECASE,
)
_YARDSTICK = (
    r"(?:the |what |our |current |then-current |today's |this year's |latest )*"
    r"(?:20\d\d )?(?:colorado |national |cms )?(?:medicare|cms|mpfs|rbrvs|mcr)\b"
)
_OF_MEDICARE = re.compile(
    rf"\s*(?:of |x |times )?{_YARDSTICK}(?: (?:rates?|fee schedule|pays))?", re.IGNORECASE
)
_ABOVE = re.compile(
    rf"\s*(?:over|above|more than|better than|on top of|higher than)\s+{_YARDSTICK}", re.IGNORECASE
)
_BELOW = re.compile(
    rf"\s*(?:below|under|less than|lower than|beneath)\s+{_YARDSTICK}", re.IGNORECASE
)
_PLUS = re.compile(
    r"\b(?:medicare|mcr|cms)(?: 20\d\d)?(?: rates?)? ?(plus|minus|\+|-|at|@|x|times) ?(?:a )?$",
    re.IGNORECASE,
)
_PARITY = re.compile(
    r"\b(?:match(?:es|ed|ing)?|pa(?:id|ys|y)|go(?:es)? to|went to|move[sd]? to|parity with"
    r"|equal to|same as|up to|get to"
    r"|brought? (?:us )?(?:up )?to|raised? (?:us )?to)\s+(?:us )?"
    r"(?:(?:full|straight|plain|regular|flat|whole|exactly) )?"
    rf"{_YARDSTICK}(?: rates?| levels?)?(?!\s*(?:plus|minus|\+|\w* ?\d{{1,3}}\b))",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:cuts?|cutting|decreas\w*|drop(?:s|ped|ping)?|lower(?:s|ed|ing)?|reduc\w*|slash\w*|lose|loses"
    r"|losing|down|less|minus|haircut|declin\w*|shav\w*|trim\w*|dock\w*|takes? away"
    r"|take back|knock\w* off|pay ?cut)\b",
    re.IGNORECASE,
)
_UP = re.compile(r"\b(?:increas\w*|rais\w*|more|bump\w*|up|higher|gain\w*|better)\b", re.IGNORECASE)
_PMPM = re.compile(
    r"\s*(?:dollars? |bucks )?(?:pmpm\b|p\.?m\.?p\.?m\.?"
    r"|per member(?:,? per month)?\b|a member a month|/ ?member(?: ?/ ?month)?"
    r"|per head)",
    re.IGNORECASE,
)
_MONTHS = re.compile(r"\s*(?:k )?(?:member[- ]months?|mm)\b", re.IGNORECASE)
_MEMBERS = re.compile(
    r"\s*(?:k )?(?:attributed |assigned |covered |of their |of our "
    r"|enrolled )*(?:members?|lives|patients?|kids|children|adults|seniors|enrollees"
    r"|people|attributed|beneficiaries)\b",
    re.IGNORECASE,
)
_BIGGEST = (
    r"(?:biggest|largest|most|top|heaviest|main|highest|busiest|worst|best|lowest|leading|common)"
)
_TOP_AFTER = re.compile(
    rf"\s*(?:of (?:our|the) )?(?:{_BIGGEST}\b|(?:cpt |procedure |billing )?(?:codes?"
    rf"|cpts?|procedures?|services?)\b)",
    re.IGNORECASE,
)
_DOLLARS = re.compile(r"\s?(?:dollars?|bucks|usd)\b(?! (?:per|a|each) )", re.IGNORECASE)
_PER = re.compile(r"\bper\s+$", re.IGNORECASE)
_SCALE = re.compile(r"\s?(k|thousand|m|million|mil)\b", re.IGNORECASE)
_NOT_A_NUMBER = re.compile(
    r"\s*(?:-?(?:days?|months?|years?|yrs?|weeks?|minutes?|min|hours?|hrs?|quarters?"
    r"|sites?|doctors?|docs?|times|pages?|providers?|physicians?|clinics?|reps?"
    r"|paragraphs?|sentences?|lines?|words?|points? (?:i|to|for)|am|pm|st|nd|rd"
    r"|th))\b",
    re.IGNORECASE,
)


def amount_spans(text: str) -> list[Span]:
    """Spans of kind medicare, percent, pmpm, members, member_months, top, money, number."""
    found = list(_parity(text))
    for start, end, value in numbers_in(text):
        found.append(_read(text, start, end, value))
    return [span for span in found if span.kind != "none"]


def _read(text: str, start: int, end: int, value: Decimal) -> Span:
    before, after = text[:start], text[end:]
    if _PER.search(before) and value >= 100:  # "admissions per 1,000" names a rate
        return Span("none", start, end, value)
    if value < 60 and _RANGE.match(after):
        return Span("percent", start, end, _signed(text, start, end, value))
    if percent := _PERCENT.match(after):
        return _percent(text, start, end + percent.end(), value)
    if value < 60 and (above := _ABOVE.match(after)):
        return Span("medicare", start, end + above.end(), 100 + value)
    if value < 60 and (below := _BELOW.match(after)):
        return Span("medicare", start, end + below.end(), 100 - value)
    plus = _PLUS.search(before)
    if plus and plus.group(1).lower() in ("plus", "minus", "+", "-") and abs(value) < 100:
        signed = -abs(value) if plus.group(1).lower() in ("minus", "-") else value
        return Span("medicare", plus.start(), end, 100 + signed)
    if of := _OF_MEDICARE.match(after):
        times = "times" in of.group() or " x " in of.group()
        if times or (Decimal(50) <= value <= 400 and " of " in f" {of.group().strip()} "):
            return Span("medicare", start, end + of.end(), value * 100 if value < 5 else value)
    dollar = "$" in text[start:end]
    scale = _SCALE.match(after)
    if scale and (dollar or value < 1000) and not re.match(r"\s?m\b(?!illion)", scale.group()):
        value, end = (
            value * (1000 if scale.group(1)[0].lower() in "kt" else 1_000_000),
            end + scale.end(),
        )
        after = text[end:]
    for kind, pattern in (("pmpm", _PMPM), ("member_months", _MONTHS), ("members", _MEMBERS)):
        if match := pattern.match(after):
            return Span(kind, start, end + match.end(), value)
    said = None if dollar else _DOLLARS.match(after)
    if dollar or said:
        return Span("money", start, end + (said.end() if said else 0), value)
    if _is_top(before, after, value):
        head = re.search(r"\b(?:our |the |your )?(?:top|first)\s+$", before, re.IGNORECASE)
        return Span("top", head.start() if head else start, end, int(value))
    if _NOT_A_NUMBER.match(after) or text[start:end].lower() in ("one", "zero"):
        return Span("none", start, end, value)
    return Span("number", start, end, value)


def _is_top(before: str, after: str, value: Decimal) -> bool:
    if value != value.to_integral() or not 1 < value <= 200:
        return False
    near = re.search(
        r"\b(?:top|first|best|worst|bottom|biggest|largest|heaviest)\s+(?:our |the )?$",
        before,
        re.IGNORECASE,
    )
    return bool(near or _TOP_AFTER.match(after))


def _percent(text: str, start: int, end: int, value: Decimal) -> Span:
    after = text[end:]
    if above := _ABOVE.match(after):
        return Span("medicare", start, end + above.end(), 100 + value)
    if below := _BELOW.match(after):
        return Span("medicare", start, end + below.end(), 100 - value)
    if of := _OF_MEDICARE.match(after):
        return Span("medicare", start, end + of.end(), value)
    plus = _PLUS.search(text[:start])
    if plus:
        word = plus.group(1).lower()
        of_it = value if word in ("at", "@", "x", "times") or value >= 50 else 100 + value
        if word in ("minus", "-"):
            of_it = 100 - value
        return Span("medicare", plus.start(), end, of_it)
    return Span("percent", start, end, _signed(text, start, end, value))


def _signed(text: str, start: int, end: int, value: Decimal) -> Decimal:
    """Minus where the nearest verb of its clause takes away."""
    if value < 0:
        return value
    clause_start = max(
        (match.end() for match in re.finditer(r"[.?!;,]\s|\b(?:and|but|then)\b", text[:start])),
        default=0,
    )
    tail = re.split(r"[.?!;,]\s|\b(?:and|but|then)\b", text[end:], maxsplit=1)[0][:30]
    down = [match.end() for match in _DOWN.finditer(text, clause_start, start)]
    up = [match.end() for match in _UP.finditer(text, clause_start, start)]
    if down or up:
        return -value if max(down, default=-1) > max(up, default=-1) else value
    first_down, first_up = _DOWN.search(tail), _UP.search(tail)
    if first_down and (not first_up or first_down.start() < first_up.start()):
        return -value
    return value


def _parity(text: str) -> Iterator[Span]:
    """'if they paid Medicare rates' in a question of what-if: 100% of Medicare."""
    for match in _PARITY.finditer(text):
        if re.search(
            r"\b(?:if|suppose|say|was|were|model|worth|going|value|simulate|scenario|matched|would)\b",
            text[: match.start() + 8],
            re.IGNORECASE,
        ):
            yield Span("medicare", match.start(), match.end(), Decimal(100))
