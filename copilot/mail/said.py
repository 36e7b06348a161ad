"""What a message says to the other side: prices, promises, refusals, and what it asks.

Each is one sentence of the message with its place, so that it opens on its words. A number is
an offer only beside a word of offering or asking and outside a refusal; days are counted from
the day of the message; nothing is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from copilot.numbers import ONES
from copilot.tracker.said_days import SaidDay, days_said
from knowledge.mail.own_words import own_words

Kind = Literal["offer", "promise", "refusal", "question"]
MOST = 40

_WORD = "|".join(word for word in ONES if word != "zero")
_N = rf"(\d{{1,3}}(?:\.\d{{1,2}})?|(?:{_WORD})\b)"
_PC = r"\s?(?:%|percent\b|pct\b)"
_RANGE = re.compile(rf"{_N}(?:{_PC})?\s?(?:-|–|to|or)\s?{_N}{_PC}", re.IGNORECASE)
_MEDICARE = re.compile(
    rf"(?<![\d.$])(?:{_N}{_PC}\s(?:of|over|above)\s(?:[\w'.-]+\s){{0,5}}?(?:medicare|cms|mpfs"
    rf"|rbrvs)\b"
    rf"|(?:medicare|mpfs|rbrvs)\s?(plus|minus|\+|-)\s?{_N}(?:{_PC})?)", re.IGNORECASE)  # fmt: skip
_PERCENT = re.compile(rf"(?<![\d.$/-]){_N}{_PC}", re.IGNORECASE)
_CODE = r"(\d{5}|[A-Z]\d{4}|\d{4}[A-Z])"
_MONEY = r"\$\s?(\d{1,3}(?:,\d{3})*(?:\.\d\d)?|\d+(?:\.\d\d)?)"
_FOR_CODE = re.compile(rf"{_MONEY}\s?(?:for|on|per|to)\s(?:a\s|each\s|cpt\s|code\s)*{_CODE}\b")
_CODE_AT = re.compile(rf"\b{_CODE}\s?(?:at|to|=|:|is|-|–|will be|would be)\s?{_MONEY}")
_PMPM = re.compile(rf"{_MONEY}\s?(?:pmpm|per[- ]member[- ]per[- ]month)", re.IGNORECASE)
_YEARLY = re.compile(
    rf"{_MONEY}\s?(k)?\s?(?:a|per|each|/)\s?(?:year|annum)|{_MONEY}\s?(k)?\s?annually",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"\boffer|\bpropos|\bcounter|\b(?:can|could|would|will|to)\s(?:only\s|also\s|then\s)?(?:do"
    r"|go|agree|get"
    r"|support|approve|move|come|meet|pay|raise|increase|reimburse|adjust|accept|consider|give"
    r"|extend)\b"
    r"|\b(?:we|i)'(?:ll|d)\s(?:do|go|agree|pay|raise|increase)\b"
    r"|\bable to\b|\bwilling\b|\bprepared to\b|\bposition to\b|\bagree|\bapproved\b"
    r"|\bauthori[sz]ed\b"
    r"|\b(?:increase|adjustment|raise) (?:of|to)\b|\bwould .{0,20}work\b|\b(?:ask|asking|request\w*"
    r"|seek\w*|looking) (?:for|of)?\b|\brequest\w*\b|\bwould like\b|\bwant\b"
    r"|\bat\b.{0,20}\beffective\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:unable|not (?:able|prepared|willing|authori[sz]ed|in a position)|cannot|can't|can not"
    r"|won't"
    r"|will not|would not|wouldn't|do(?:es)? not (?:negotiate|offer|agree|accept|allow|make"
    r"|have)|don't"
    r" (?:negotiate|offer|agree|have)|declin(?:e|es|ed|ing)|(?:non-?|not )negotiable"
    r"|no (?:increase|"
    r"adjustment|room|flexibility|exceptions?)|not (?:possible|feasible|approved|available|approve)"
    r"|did not approve|reject(?:ed|s)?|turned down|regret|your (?:\w+ ){0,2}(?:request"
    r"|proposal)[^.;]{0,60}denied"
    r")\b", re.IGNORECASE)  # fmt: skip
_NO_REFUSAL = re.compile(
    r"(?:do not|don't) hesitate|can(?:not|'t) (?:wait|thank)|\bif (?:you|we|i|this|that"
    r"|they)\b[^,]{0,40}"
    r"(?:cannot|can't|unable)|no room for (?:doubt|error)|(?:will|would) not be (?:affected"
    r"|charged)",
    re.IGNORECASE,
)
_THEIRS = re.compile(
    r"(?:your (?:\w+ )?(?:request|proposal|ask|counter\w*|letter|e-?mail)|you (?:asked|requested"
    r"|proposed"
    r"|sought|wanted|offered)|requested|current(?:ly)?|today's|instead of|rather than|\bfrom"
    r"|up from|than"
    r"|denial\w*|interest|score\w*|compliance|inflation"
    r"|costs?\s\w+)\b[^.;%$]{0,40}$", re.IGNORECASE)  # fmt: skip
_NOT_RATES = re.compile(
    r"^\s*(?:of (?:our |your |the |all )?(?:patients?|members?|claims?|visits?|charges?|billed|time"
    r"|shared|savings|practices|network|providers)|share|penalty|interest|denial|score|compliance)",
    re.IGNORECASE,
)
_COMMITS = re.compile(
    r"\b(?:i|we|our [\w-]+(?: [\w-]+)?|my [\w-]+|the (?:[\w-]+ )?(?:committee|team|plan|group|board"
    r"|department)|legal|he|she|they|[A-Z][a-z]+)\s?(?:'ll|’ll|\s(?:will|shall|am going to"
    r"|are going to|plan"
    r" to|expect to|intend to|promise to|commit to))\s(?P<verb>\w+)"
    r"|\byou (?:will|should|can expect to)\s(?P<have>receive|have|hear|get|see)\b"
    r"|\blet me (?P<let>check|get|see|take|talk|run|find|confirm)\b"
    r"|\b(?:committee|board|team|group)\s(?:meets|is meeting|will meet|reviews)\b"
    r"|\b(?:i|we) can (?P<can>\w+)", re.IGNORECASE)  # fmt: skip
_NO_PROMISE = re.compile(
    r"^(?:not|never|be (?:out|away|on)|need|require|have to|only|miss|wait|see|want|like|love"
    r"|ask|assume"
    r"|depend|vary|apply|be (?:unable|required))\b|^no\b", re.IGNORECASE)  # fmt: skip
_REQUESTS = re.compile(
    r"\b(?:please|kindly)\s(?:\w+ly\s)?(?!note|see|find|be advised|accept our|do not|don't|feel"
    r"|contact me"
    r"|call me|let me know if)\w+|\b(?:could|can|would|will) you\b|\bwe(?:'ll| will| would"
    r"| do)? need"
    r" (?:you|your|a|an|the|copies|to see)\b|\bwe require\b|\blet (?:me|us) know (?!if you have)"
    r"|\bare you (?:able|available|open|willing)\b", re.IGNORECASE)  # fmt: skip
_JOINT = re.compile(
    r",? (?:but|however|although|though|yet|while|whereas) |; (?:however, )?|, and (?=(?:we|i"
    r"|our|the|you)\b)"
    r"|,? and (?=(?:i|we)(?:'ll| will| can| am| are)\b)", re.IGNORECASE)  # fmt: skip
_STARTS = re.compile(
    r"\b(?:effective|starting|beginning|from|as of|commencing|start|begin)(?: date)?(?: on| of"
    r"| is)?\W*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:good|valid|open|stands|holds|expires?)\b[^.;]{0,20}$", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """One thing a message says, at body[start:end].

    percent: a change of today's rates, 3 for 3%. percent_of_medicare: 105. rates: code and
    dollars. pmpm: dollars per member and month. dollars: a year. All None where a range or
    several numbers leave it open. starts: when it would hold; until: how long it can be taken;
    due: by when it is promised or asked.
    """

    kind: Kind
    start: int
    end: int
    words: str
    percent: Decimal | None = None
    percent_of_medicare: Decimal | None = None
    rates: tuple[tuple[str, Decimal], ...] = ()
    pmpm: Decimal | None = None
    dollars: Decimal | None = None
    starts: date | None = None
    until: date | None = None
    due: date | None = None


@dataclass(frozen=True)
class _Amounts:
    percent: Decimal | None = None
    medicare: Decimal | None = None
    rates: tuple[tuple[str, Decimal], ...] = ()
    pmpm: Decimal | None = None
    dollars: Decimal | None = None
    any: bool = False


def said_in(body: str, on: date) -> tuple[Said, ...]:
    """All that a message's own words say, in their order; on: the day of the message."""
    found: list[Said] = []
    listing = False
    for start, end in own_words(body).sentences:
        sentence = body[start:end]
        made = list(_of_sentence(sentence, start, on, listing))
        if not made and (until := _until(sentence, on)):
            found = _with_until(found, until)
        found += made
        listing = sentence.rstrip().endswith(":") or (listing and _is_item(body, start))
    return tuple(found[:MOST])


def _until(sentence: str, on: date) -> date | None:
    days = days_said(sentence, on, ahead=True, base=on)
    return next((d.day for d in days if _UNTIL.search(sentence[: d.start])), None)


def _with_until(found: list[Said], until: date) -> list[Said]:
    """What was said, the last offer in it with the day until which it can be taken."""
    last = next((n for n in reversed(range(len(found))) if found[n].kind == "offer"), None)
    return [replace(s, until=until) if n == last else s for n, s in enumerate(found)]


def _is_item(body: str, start: int) -> bool:
    line = body[body.rfind("\n", 0, start) + 1 : start]
    return bool(re.fullmatch(r"\s*(?:[-•*]|\d+[.)])\s*", line))


def _of_sentence(sentence: str, at: int, on: date, listing: bool) -> Iterator[Said]:
    asked = sentence.rstrip('"” )').endswith("?") or bool(_REQUESTS.search(sentence))
    days = days_said(sentence, on, ahead=True, base=on)
    priced = promised = refused = False
    for low, high in _clauses(sentence):
        clause = sentence[low:high]
        amounts = _amounts(clause)
        inside = [d for d in days if low <= d.start < high]
        if _REFUSES.search(clause) and not _NO_REFUSAL.search(sentence):
            if not refused:
                yield _said("refusal", sentence, at)
            refused = True
        elif amounts.any and (_OFFERS.search(clause) or listing or priced):
            yield _offered(amounts, sentence, at, days)
            priced = True
        elif not asked and not promised and (commit := _commits(clause)) is not None:
            due = _due(sentence, inside or days)
            if commit != "can" or due:
                yield _said("promise", sentence, at, due)
                promised = True
    if asked:
        yield _said("question", sentence, at, _due(sentence, days))


def _said(kind: Kind, sentence: str, at: int, due: date | None = None) -> Said:
    return Said(kind, at, at + len(sentence), " ".join(sentence.split()), due=due)


def _offered(amounts: _Amounts, sentence: str, at: int, days: tuple[SaidDay, ...]) -> Said:
    starts = next((d.day for d in days if _STARTS.search(sentence[: d.start])), None)
    until = next((d.day for d in days if _UNTIL.search(sentence[: d.start])), None)
    return Said(
        "offer", at, at + len(sentence), " ".join(sentence.split()),
        percent=amounts.percent, percent_of_medicare=amounts.medicare, rates=amounts.rates,
        pmpm=amounts.pmpm, dollars=amounts.dollars, starts=starts, until=until,
    )  # fmt: skip


def _clauses(sentence: str) -> Iterator[tuple[int, int]]:
    at = 0
    for joint in _JOINT.finditer(sentence):
        yield at, joint.start()
        at = joint.end()
    yield at, len(sentence)


def _commits(clause: str) -> str | None:
    """How a clause commits its writer: "will", or "can" (a promise only with a day)."""
    for match in _COMMITS.finditer(clause):
        rest = clause[match.start("verb") :] if match["verb"] else ""
        if rest and _NO_PROMISE.match(rest):
            continue
        if re.search(r"\bif\b[^,]*$", clause[: match.start()], re.IGNORECASE):
            continue
        return "can" if match["can"] else "will"
    return None


def _due(sentence: str, days: tuple[SaidDay, ...] | list[SaidDay]) -> date | None:
    """The first day that is no start of a price: by it something is promised or asked."""
    return next((d.day for d in days if not _STARTS.search(sentence[: d.start])), None)


def _amounts(clause: str) -> _Amounts:
    """The prices of a clause; a kind with more than one value keeps none of them."""
    rates = [(m[2], _money(m[1])) for m in _FOR_CODE.finditer(clause)]
    rates += [(m[1], _money(m[2])) for m in _CODE_AT.finditer(clause)]
    pmpm = [_money(m[1]) for m in _PMPM.finditer(clause)]
    yearly = [
        _money(m[1] or m[3]) * (1000 if m[2] or m[4] else 1) for m in _YEARLY.finditer(clause)
    ]
    ranged = bool(_RANGE.search(clause))
    medicare, places = [], []
    for m in _MEDICARE.finditer(clause):
        if not _THEIRS.search(clause[: m.start()]):
            medicare.append(_of_medicare(m))
        places.append(m.span())
    percent = [
        _number(m[1])
        for m in _PERCENT.finditer(clause)
        if not any(low <= m.start() < high for low, high in places)
        and not _THEIRS.search(clause[: m.start()])
        and not _NOT_RATES.match(clause[m.end() :])
    ]
    return _Amounts(
        percent=percent[0] if len(percent) == 1 and not ranged else None,
        medicare=medicare[0] if len(medicare) == 1 and not ranged else None,
        rates=tuple(dict(rates).items()),
        pmpm=pmpm[0] if len(pmpm) == 1 else None,
        dollars=yearly[0] if len(yearly) == 1 else None,
        any=bool(rates or pmpm or yearly or medicare or percent or ranged),
    )


def _of_medicare(found: re.Match[str]) -> Decimal:
    if found[1]:
        value = _number(found[1])
        over = re.search(r"\b(?:over|above)\b", found[0], re.IGNORECASE)
        return 100 + value if over and value < 60 else value
    value = _number(found[3])
    return 100 - value if found[2] in ("minus", "-") else 100 + value


def _number(words: str) -> Decimal:
    low = words.lower()
    return Decimal(ONES[low]) if low in ONES else Decimal(words)


def _money(words: str) -> Decimal:
    return Decimal(words.replace(",", ""))
