"""Prices named in a talk: whose they are, in percent, percent of Medicare or dollars a year.

An amount counts as an offer only where a word of offering or asking stands by it in the same
sentence. A range, or several amounts of one side, keeps its words and no number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import islice, pairwise

from copilot.numbers import MONTHS, ONES
from copilot.tracker.entries import Offer, Party
from copilot.tracker.said_days import SaidDay, days_said
from copilot.tracker.said_events import subject

_WORD = "|".join(word for word in ONES if word != "zero") + "|twenty"
_N = rf"(\d{{1,3}}(?:\.\d+)?|(?:{_WORD})(?: (?:and a half|point \w+))?)"
_RANGE = re.compile(
    rf"{_N}\s?(?:%|percent|pct)?\s?(?:-|–|to|or|and)\s?{_N}\s?(?:%|percent|pct)", re.I
)
_MEDICARE = re.compile(
    rf"{_N}\s?(?:%|percent|pct)?\s?of\s(?:the\s|current\s|then-current\s|today's\s|20\d\d\s)*"
    r"(?:medicare|mcr|mpfs|cms)|\b(?:medicare|mcr)\s?(plus|minus|\+|-)\s?"
    rf"{_N}\s?(?:%|percent|pct)?", re.IGNORECASE)  # fmt: skip
_PERCENT = re.compile(rf"(?<![\d.$/-]){_N}\s?(?:%|percent\b|pct\b)", re.IGNORECASE)
_DOLLARS = re.compile(
    r"\$\s?(\d[\d,]*(?:\.\d+)?)\s?(k|thousand|m|million)?\b(?=\s?(?:more |extra )?(?:a|per|each"
    r"|every|/)\s?(?:year|yr|annum)|\s?(?:annually|yearly))", re.IGNORECASE)  # fmt: skip
_OTHER_MONEY = re.compile(r"\$\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:pmpm|per member per month))?", re.I)
_OFFERING = re.compile(
    r"\boffer(?:ed|ing|s|)?\b|\bcounter(?:ed|offer(?:ed)?|ing|s|)?\b|\b(?:came|come|got|get) back"
    r" (?:with|at|to us (?:with|at))\b|\bpropos(?:ed|al|es|ing)\b|\b(?:can|could|will|would|'d|'ll"
    r"|able to|willing to|prepared to|ready to) (?:only |maybe |just )?(?:do|go|give|pay|live with"
    r"|accept|get)\b|\bon the table\b|\bdeal (?:with [^.;,]{1,40} )?(?:at|for|of|on)\b"
    r"|\bagreed\b|\baccepted\b|\bapproved\b|\bask(?:ed|ing|s)?(?:"
    r" for| of| is| was| them for)?\b|\brequest(?:ed)?\b|\bgave us\b|\bmoved (?:up )?to\b"
    r"|\bwent (?:up"
    r" )?to\b|\bwants? (?:to (?:cut|give|pay))?\b|\bwanted\b|\bsaid\b|\bnow says?\b|\bquoted\b"
    r"|\bsettled?"
    r" (?:on|at|for)"
    r"\b|\bincrease of\b|\b(?:back|answer|reply|response|wrote|written|us)\b[^.;:]{0,12}:"
    r"|\b(?:e-?mail(?:ed)?|letter|call(?:ed)?|voicemail|message|talked|spoke)\b[^.;:]{0,60}:"
    r"|\b(?:raised|improved|lowered|moved|went up)\b|\bbest and final\b|\bfinal offer\b",
    re.IGNORECASE)  # fmt: skip
_WEAK = re.compile(r"said|now|quoted|want", re.IGNORECASE)
_OUR_OWN = re.compile(r"request|propos|ask", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:from|instead of|rather than|than|not|over|up from|below|above|under|behind|versus|vs\.?"
    r"|about|costs? (?:rose|went up|are up)|up|inflation (?:of|at|is))\s*(?:the |their |our )?$",
    re.IGNORECASE,
)
_NO_OFFER_AFTER = re.compile(
    r"\s*(?:below|above|under|behind|of (?:our|the|their|all)|inflation|denial|of claims|of visits"
    r"|less than|more than|chance|sure)\b", re.IGNORECASE)  # fmt: skip
_CUT_AFTER = re.compile(r"\s*(?:rate )?(?:cut|reduction|decrease|less|lower)\b", re.IGNORECASE)
_CUT_BEFORE = re.compile(
    r"\b(?:cut|reduction|decrease|reduce|minus|lower)\w*(?: \w+){0,2} (?:of |by )?$", re.IGNORECASE
)
_STARTS = re.compile(
    r"\b(?:from|starting|start(?:s)?|effective|beginning|begins|as of|commencing)(?: on| in|"
    r" with)? "
    r"(?=[a-z0-9])", re.IGNORECASE)  # fmt: skip
_MONTH_ONLY = re.compile(
    r"(?:the (?:first|1st) of )?(" + "|".join(MONTHS) + r"|jan|feb|mar|apr|aug|sept?|oct|nov|dec)"
    r"\b\.?(?! \d{1,2}\b(?!\d))(?:,? (?:of )?(\d{4}))?(?: (?:1st|1)\b)?",
    re.IGNORECASE)  # fmt: skip
_UNTIL = re.compile(
    r"\b(?:good|valid|open|stands?|holds?|expir\w+|lapses?|off the table)\b[^.;,]{0,20}$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\b(?:ask(?:ed|ing)?(?: \w+){0,4} for|ask(?:ed)?(?: was| is)?|offer(?:ed|s)?(?: us| was| is)?"
    r"|said|says|counter(?:ed)?(?: with| at| was| is)?|(?:came|come|got|went|gone|moved)"
    r"(?: back| up| down)? (?:with|at|to)|gave us|proposed|wanted|(?:can|could|will|would) (?:do|go"
    r"|give)|accepted|agreed (?:to|on|at)|settled (?:at|on|for)|deal at)(?: only| just| maybe"
    r"| about)? (?:our |their )?(\d{1,2}(?:\.\d+)?)(?![\d%$/:-])(?=\s*(?:[.,;!?)](?!\d)|$"
    r"|(?:and|but|or) (?!\d)|(?:they|we|he|she|then|from|starting|effective|today|yesterday"
    r"|again)\b))", re.IGNORECASE)  # fmt: skip
MOST_BARE = 30  # a number above it is not taken for a percent
_IN_PERCENT = re.compile(r"\d\s?%|\bpercent|\bpct\b|\braises?\b|\bincreases?\b", re.IGNORECASE)
_MOST = 40  # amounts of one sentence: more of them are a list and no offer
_NEAR = 200  # signs before a number in which words tell what it is
_NEW_YEAR = re.compile(r"(?:next|the new|new) year", re.IGNORECASE)


@dataclass(frozen=True)
class SaidOffers:
    """The offers found, and where days that say when they start stand in the text."""

    offers: tuple[Offer, ...]
    starts: tuple[tuple[int, int], ...]
    doubtful: bool


@dataclass(frozen=True)
class _Amount:
    start: int
    end: int
    kind: str
    value: Decimal | None


def offers_said(
    text: str, today: date, base: date, payer_words: str, bare: bool = False
) -> SaidOffers:
    """The offers in a text; base: the day of the talk, from which a start is looked for.

    bare: whether the talk is in percent, so that a number alone ("they said 4") is one.
    """
    offers: list[Offer] = []
    starts: list[tuple[int, int]] = []
    doubtful = False
    for begin, end in _sentences(text):
        said = text[begin:end]
        day = _start(said, today, base)
        until = _until(said, today, base)
        made = _of_sentence(said, payer_words, day, bare)
        if not made and not offers:
            continue
        if day is not None:
            starts.append((begin + day[1], begin + day[2]))
        if until is not None:
            starts.append((begin + until[1], begin + until[2]))
            made = [replace(each, until=until[0]) if each.by == "payer" else each for each in made]
        if not made:
            if day is not None:
                offers = [each if each.starts else replace(each, starts=day[0]) for each in offers]
            if until is not None and offers:
                offers[-1] = replace(offers[-1], until=until[0])
            continue
        doubtful = doubtful or any(_empty(each) for each in made)
        offers += made
    return SaidOffers(tuple(_once(offers)), tuple(starts), doubtful)


def amounts_alone(words: str, bare: bool = False) -> list[tuple[str, Decimal]]:
    """The amounts in words that only put an offer right, each with its field of an Offer.

    bare: whether a number alone behind a word of offering is a percent.
    """
    return [(a.kind, a.value) for a in _amounts(words, bare) if a.value is not None]


def _of_sentence(
    said: str, payer_words: str, start: tuple[date, int, int] | None, bare: bool
) -> list[Offer]:
    """The offers of a sentence, one a side; a start belongs to the last amount before it."""
    by_party: dict[Party, list[_Amount]] = {}
    owner: Party | None = None
    for amount in _amounts(said, bare):
        by = _whose(said, amount, payer_words)
        if by is None:
            continue
        by_party.setdefault(by, []).append(amount)
        if start and (owner is None or amount.start < start[1]):
            owner = by
    made = [_offer(by, amounts, said) for by, amounts in by_party.items()]
    return [replace(o, starts=start[0]) if start and o.by == owner else o for o in made]


def _until(said: str, today: date, base: date) -> tuple[date, int, int] | None:
    """The last day on which an offer can be taken, with its place."""
    for day in days_said(said, today, ahead=True, base=base):
        if _UNTIL.search(said[: day.start]):
            return day.day, day.start, day.end
    return None


def _offer(by: Party, amounts: Sequence[_Amount], said: str) -> Offer:
    words = " ".join(said.split())[:300]
    values = {kind: [a.value for a in amounts if a.kind == kind]
              for kind in ("percent", "percent_of_medicare", "dollars")}  # fmt: skip
    if any(a.kind == "unclear" for a in amounts) or any(len(set(v)) > 1 for v in values.values()):
        return Offer("", by, words=words)
    one = {kind: found[0] if found else None for kind, found in values.items()}
    return Offer("", by, one["percent"], one["percent_of_medicare"], one["dollars"], None, words)


def _amounts(said: str, bare: bool = False) -> list[_Amount]:
    found: list[_Amount] = []

    def free(start: int, end: int) -> bool:
        return all(end <= a.start or a.end <= start for a in found)

    for match in islice(_RANGE.finditer(said), _MOST):
        if re.search(r"\b(?:from|asked for|wanted)\s*$", _before(said, match), re.IGNORECASE):
            continue
        found.append(_Amount(*match.span(), "unclear", None))
    for match in islice(_MEDICARE.finditer(said), _MOST):
        if match[2]:
            more = _number(match[3])
            value = 100 + more if match[2] in ("plus", "+") else 100 - more
        else:
            value = _number(match[1])
        if free(*match.span()) and value >= 20:
            found.append(_Amount(*match.span(), "percent_of_medicare", value))
    for match in islice(_PERCENT.finditer(said), _MOST):
        if not free(*match.span()) or _PAST.search(_before(said, match)):
            continue
        if _NO_OFFER_AFTER.match(said, match.end()):
            continue
        value = _number(match[1])
        if _CUT_AFTER.match(said, match.end()) or _CUT_BEFORE.search(_before(said, match)):
            value = -value
        found.append(_Amount(*match.span(), "percent", value))
    for match in islice(_DOLLARS.finditer(said), _MOST):
        times = {"k": 1000, "t": 1000, "m": 1_000_000}.get((match[2] or "")[:1].lower(), 1)
        found.append(_Amount(*match.span(), "dollars", Decimal(match[1].replace(",", "")) * times))
    for match in islice(_OTHER_MONEY.finditer(said), _MOST):
        if free(*match.span()):
            found.append(_Amount(*match.span(), "unclear", None))
    for match in islice(_BARE.finditer(said), _MOST if bare else 0):
        if free(*match.span(1)) and Decimal(match[1]) <= MOST_BARE:
            found.append(_Amount(*match.span(1), "percent", Decimal(match[1])))
    return sorted(found, key=lambda amount: amount.start)


def bare_numbers(words: str) -> list[Decimal]:
    """The numbers that stand alone behind a word of offering, as `bare` reads them."""
    found = islice(_BARE.finditer(words), _MOST)
    return [Decimal(m[1]) for m in found if Decimal(m[1]) <= MOST_BARE]


def in_percent(words: str) -> bool:
    """Whether words speak of a raise or of a percent on rates, not of Medicare's."""
    return bool(_IN_PERCENT.search(words)) and not _MEDICARE.search(words)


def _before(said: str, match: re.Match[str]) -> str:
    """The words that stand close before a number."""
    return said[max(0, match.start() - _NEAR) : match.start()]


def _whose(said: str, amount: _Amount, payer_words: str) -> Party | None:
    """Whose price an amount is; None where no word by it says that it is one."""
    near = re.search(r"\b(our|my|their|his|her|the (?:plan|payer)'s)\b[^,.;]{0,25}$",
                     said[max(0, amount.start - _NEAR) : amount.start], re.I)  # fmt: skip
    before = [m for m in _OFFERING.finditer(said) if m.start() < amount.start]
    after = [m for m in _OFFERING.finditer(said) if 0 <= m.start() - amount.end <= 25]
    word = before[-1] if before else after[0] if after else None
    if word is None:
        return None
    if (
        re.search(r"(?:\bnot|n't|\bnever) (?:yet )?$", said[: word.start()][-12:], re.I)
        and not near
    ):
        return None
    if near:
        return "practice" if near[1].lower() in ("our", "my") else "payer"
    owned = re.search(rf"(?:{payer_words})(?:'s?)? $", said[: amount.start], re.I)
    if payer_words and owned and "'" in owned[0]:
        return "payer"
    if _WEAK.match(word.group()) and subject(said, word.start(), payer_words) is None:
        return None
    by = subject(said, word.start(), payer_words)
    if by == "practice" and re.match(r"want", word.group(), re.IGNORECASE):
        return None
    if by is not None:
        return by
    if re.match(r"counter(?:ed)?\b|ask|request|propos", word.group(), re.IGNORECASE):
        return "practice"
    return "payer"


def _start(said: str, today: date, base: date) -> tuple[date, int, int] | None:
    """The day from which an offer would hold, with its place; a month means its first day."""
    named: tuple[SaidDay, ...] | None = None
    for match in _STARTS.finditer(said):
        rest = match.end()
        if new_year := _NEW_YEAR.match(said, rest):
            return date(today.year + 1, 1, 1), match.start(), new_year.end()
        if month := _MONTH_ONLY.match(said, rest):
            number = next(n for name, n in MONTHS.items() if name.startswith(month[1][:3].lower()))
            year = int(month[2]) if month[2] else base.year
            if not year:
                continue
            day = date(year, number, 1)
            if not month[2] and day <= base:
                day = date(year + 1, number, 1)
            return day, match.start(), month.end()
        named = days_said(said, today, ahead=True, base=base) if named is None else named
        days = [d for d in named if d.start <= rest + 1 < d.end and d.exact]
        if days:
            return days[0].day, match.start(), days[0].end
    return None


def _sentences(text: str) -> list[tuple[int, int]]:
    cuts = [m.end() for m in re.finditer(r"[.!?;](?=\s+[A-Za-z]|\s*$)|\n", text)
            if not re.search(r"\b(?:jan|feb|mar|apr|aug|sept?|oct|nov|dec|dr|mr|ms|mrs|vs)\.$",
                             text[max(0, m.end() - 8) : m.end()], re.IGNORECASE)]  # fmt: skip
    edges = [0, *cuts, len(text)]
    return [(a, b) for a, b in pairwise(edges) if text[a:b].strip()]


def _number(word: str) -> Decimal:
    low = word.lower().strip()
    if low[0].isdigit():
        return Decimal(low)
    first = low.split()[0]
    value = Decimal(20 if first == "twenty" else ONES[first])
    if "half" in low:
        return value + Decimal("0.5")
    if " point " in low:
        return value + Decimal(ONES.get(low.rsplit(" ", 1)[1], 0)) / 10
    return value


def _empty(offer: Offer) -> bool:
    return offer.percent is None and offer.percent_of_medicare is None and offer.dollars is None


def _once(offers: Sequence[Offer]) -> list[Offer]:
    """Each price once, however often it was said."""
    kept: list[Offer] = []
    for each in offers:
        key = (each.by, each.percent, each.percent_of_medicare, each.dollars)
        if key not in [(k.by, k.percent, k.percent_of_medicare, k.dollars) for k in kept]:
            kept.append(each)
    return kept
