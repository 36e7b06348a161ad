"""What each percent in a spoken line is: an ask, evidence, the other's number, a yearly step."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from copilot.numbers import ONES, TENS, Number, numbers_in

Role = Literal["ask", "medicare", "yearly", "theirs", "evidence"]

HIGHEST_ASK = Decimal(60)
_ASKS = re.compile(
    r"\b(?:ask\w*|want|wants|need|needs|look\w* for|request\w*|propos\w*|increase|raise|bump|"
    r"accept|take|do|go|come|get|settle|make it|how about|what about|give|counter\w*|offer|like|"
    r"live with|meet|agree\w*|move|drop|down|up|at|for|say|fine with|say yes|instead|then|to|"
    r"deal|sign|reach|target|somewhere|ok|okay|yes|happy|work)\b",
    re.IGNORECASE,
)
_FIRM_ASK = re.compile(
    r"\b(?:ask\w*|want|need|look\w* for|request\w*|propos\w*|increase of|raise of|accept|settle|"
    r"make it|how about|what about|give us|counter\w*|live with|agree\w* (?:to|on)|down to|up to|"
    r"come to|get to|go to|do)\W*(?:\w+\W+){0,4}$",
    re.IGNORECASE,
)
_NOUNS = re.compile(
    r"\b(?:costs?|wages?|rent|inflation|cpi|salar\w+|denied|denials?|denial rate|control\w*|a1c|"
    r"blood|screen\w*|visits?|members?|emergency|er|admission\w*|readmi\w*|weekends?|saturdays?|"
    r"evenings?|of your|of our (?:lines|claims)|median|benchmark|compared|stands? at|stood at|"
    r"generics?|imaging|depression|vaccin\w*|patients|payroll|overhead|staff\w*|quality)\b",
    re.IGNORECASE,
)
_MEDICARE = re.compile(
    r"^\W*(?:of|above|below|over|under)\W+(?:\w+\W+){0,3}?(?:medicare|cms)", re.I
)
_STANDS = re.compile(
    r"\b(?:you pay|pays?|paid|paying|we(?:'re| are)|we stand|stands?|stood|sits?|is (?:now )?at|at"
    r" only|currently|now|today|is|rates are|schedule is)\W*(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_THEIRS = re.compile(
    r"\b(?:your|you(?:'ve| have)? (?:offered|said|named|proposed)|that|the)\W+$", re.I
)
_THEIRS_AFTER = re.compile(
    r"^\W*(?:offer|you (?:offered|named|said)|is(?:n't| not)|does(?:n't| not)|won't|falls?"
    r"|leaves?)\b",
    re.I,
)
_YEARLY = re.compile(
    r"^\W*(?:a|per|each|every)\W+year\b|^\W*(?:yearly|annual\w*|escalator|after that)", re.I
)
_YEARLY_BEFORE = re.compile(
    r"\b(?:escalator|annual\w*|yearly|each year|every year)\b[^.;]{0,24}$", re.I
)
_NOT = re.compile(r"\bnot\W+(?:\w+\W+){0,1}$", re.I)
_RANGE = re.compile(
    r"\b(\d+(?:\.\d+)?)\s*(?:%|percent)?\s*(?:to|-|–|or|and)\s*(\d+(?:\.\d+)?)\s*(?:%|percent)",
    re.I,
)
_WORDS = "|".join(sorted([*ONES, *TENS], key=len, reverse=True))
_BARE = re.compile(
    rf"\b(?:ask(?:ing)? for|want|need|look(?:ing)? for|do|how about|what about|give us|make it|"
    rf"accept|take|down to|up to|come to|get to|go to|at|then)\s+"
    rf"(?P<n>\d{{1,2}}(?:\.\d)?|{_WORDS})\b(?!\s*(?:%|percent|\w*year|day|week|month|code|o'?clock|"
    rf"of |more|or |am\b|pm\b|minutes|hours|steps?|things?|questions?|points? )|[\d,.]*\d)",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"^\W*(?:\w+\W+){{0,2}}?(?P<n>\d{{1,2}}(?:\.\d)?|{_WORDS})(?:\W+(?:then|please|ok|okay))?\W*$",
    re.IGNORECASE,
)


_LEAD = re.compile(
    r"^\W*(?:ok|okay|fine|all ?right|then|well|so|and)\W+(?P<n>\d{1,2}(?:\.\d)?)"
    r"(?=\s+(?:and|then|now|but|plus|if|with)\b|\W*$)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Percent:
    """One percent that was said: its size, its place in the text and what it is."""

    value: Decimal
    start: int
    role: Role


def percents_said(text: str, offer: Decimal | None, expected: bool) -> list[Percent]:
    """Every percent of a line with its role, in order.

    offer: the other side's number on the table. expected: whether a number was asked for, so
    that a bare "eight" is one.
    """
    found = [
        Percent(number.value, number.start, _role(text, number, offer))
        for number in numbers_in(text)
        if number.kind in ("percent", "points")
    ]
    if not any(percent.role == "ask" for percent in found):
        bare = (
            _BARE.search(text) or _LEAD.search(text) or (_ALONE.search(text) if expected else None)
        )
        if bare:
            found.append(Percent(_value(bare["n"]), bare.start("n"), "ask"))
    return [p for p in found if p.role != "ask" or Decimal(0) < p.value <= HIGHEST_ASK]


def is_range(text: str) -> bool:
    """Whether two percents are named as the ends of a range: "6 to 8 percent"."""
    return bool(_RANGE.search(text))


def range_low(text: str) -> Percent | None:
    """The lower end of a range, which is the only end that counts."""
    found = _RANGE.search(text)
    if not found:
        return None
    low = min(Decimal(found[1]), Decimal(found[2]))
    return Percent(low, found.start(), "ask") if 0 < low <= HIGHEST_ASK else None


def _role(text: str, number: Number, offer: Decimal | None) -> Role:
    clause = re.split(r"[.;!?]\s|[,:]\s(?=(?:and|but|we|i|so|you|our)\b)", text[: number.start])[-1]
    after = re.split(r"[.;!?](?:\s|$)", text[number.end :])[0]
    if _MEDICARE.search(after):
        stands = _STANDS.search(clause)
        asked = _FIRM_ASK.search(clause) or (_ASKS.search(clause) and not stands)
        under = re.match(r"\W*(?:below|under)", after)
        return "medicare" if asked and not under and number.value >= 60 else "evidence"
    if _YEARLY.search(after) or _YEARLY_BEFORE.search(clause):
        return "yearly"
    if _NOT.search(clause):
        return "theirs"
    if number.value == offer and (_THEIRS.search(clause) or _THEIRS_AFTER.search(after)):
        return "theirs"
    if _FIRM_ASK.search(clause):
        return "ask"
    if _NOUNS.search(clause[-60:]) or _NOUNS.search(after[:30]):
        return "evidence"
    if _THEIRS.search(clause) and _THEIRS_AFTER.search(after):
        return "theirs"
    return "ask"


def _value(word: str) -> Decimal:
    low = word.lower()
    known = ONES.get(low) if low in ONES else TENS.get(low)
    return Decimal(known) if known is not None else Decimal(word)
