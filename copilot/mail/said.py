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

from copilot.mail.prices import Prices, prices_in
from copilot.mail.wordings import (
    ACCEPTS,
    COMMITS,
    JOINT,
    NO_PROMISE,
    NO_REFUSAL,
    OFFERS,
    REFUSES,
    REQUESTS,
    STARTS,
    UNSURE,
    UNTIL,
)
from copilot.tracker.said_days import SaidDay, days_said
from knowledge.mail.own_words import own_words

Kind = Literal["offer", "acceptance", "promise", "refusal", "question"]
MOST = 40
LONGEST_SENTENCE = 4_000
FEW = 5  # words of a row that a list of prices may have between them


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


def said_in(body: str, on: date) -> tuple[Said, ...]:
    """All that a message's own words say, in their order; on: the day of the message."""
    found: list[Said] = []
    listing = False
    for start, end in own_words(body).sentences:
        sentence = body[start : min(end, start + LONGEST_SENTENCE)]
        made = list(_of_sentence(sentence, start, on, listing))
        if not made and (until := _until(sentence, on)):
            found = _with_until(found, until)
        found += made
        goes_on = _is_item(body, start) or bool(made) or len(sentence.split()) <= FEW
        listing = sentence.rstrip().endswith(":") or (listing and goes_on)
    return tuple(found[:MOST])


def _until(sentence: str, on: date) -> date | None:
    days = days_said(sentence, on, ahead=True, base=on)
    return next((d.day for d in days if UNTIL.search(sentence[: d.start])), None)


def _with_until(found: list[Said], until: date) -> list[Said]:
    """What was said, the last offer in it with the day until which it can be taken."""
    last = next((n for n in reversed(range(len(found))) if found[n].kind == "offer"), None)
    return [replace(s, until=until) if n == last else s for n, s in enumerate(found)]


def _is_item(body: str, start: int) -> bool:
    line = body[body.rfind("\n", 0, start) + 1 : start]
    return bool(re.fullmatch(r"\s*(?:[-•*]|\d+[.)])\s*", line))


def _of_sentence(sentence: str, at: int, on: date, listing: bool) -> Iterator[Said]:
    asked = sentence.rstrip('"” )').endswith("?") or bool(REQUESTS.search(sentence))
    days = days_said(sentence, on, ahead=True, base=on)
    priced = promised = refused = False
    for low, high in _clauses(sentence):
        clause = sentence[low:high]
        amounts = prices_in(clause)
        inside = [d for d in days if low <= d.start < high]
        if REFUSES.search(clause) and not NO_REFUSAL.search(sentence):
            if not refused:
                yield _said("refusal", sentence, at)
            refused = True
        elif (
            not asked
            and (yes := ACCEPTS.search(clause))
            and not UNSURE.search(clause[: yes.start()])
        ):
            yield _offered(prices_in(clause, theirs=True), sentence, at, days, "acceptance")
        elif amounts.any and (OFFERS.search(clause) or listing or priced):
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


def _offered(
    amounts: Prices, sentence: str, at: int, days: tuple[SaidDay, ...], kind: Kind = "offer"
) -> Said:
    starts = next((d.day for d in days if STARTS.search(sentence[: d.start])), None)
    until = next((d.day for d in days if UNTIL.search(sentence[: d.start])), None)
    return Said(
        kind, at, at + len(sentence), " ".join(sentence.split()),
        percent=amounts.percent, percent_of_medicare=amounts.medicare, rates=amounts.rates,
        pmpm=amounts.pmpm, dollars=amounts.dollars, starts=starts, until=until,
    )  # fmt: skip


def _clauses(sentence: str) -> Iterator[tuple[int, int]]:
    at = 0
    for joint in JOINT.finditer(sentence):
        yield at, joint.start()
        at = joint.end()
    yield at, len(sentence)


def _commits(clause: str) -> str | None:
    """How a clause commits its writer: "will", or "can" (a promise only with a day)."""
    for match in COMMITS.finditer(clause):
        rest = clause[match.start("verb") :] if match["verb"] else ""
        if rest and NO_PROMISE.match(rest):
            continue
        if re.search(r"\bif\b[^,]*$", clause[: match.start()], re.IGNORECASE):
            continue
        return "can" if match["can"] else "will"
    return None


def _due(sentence: str, days: tuple[SaidDay, ...] | list[SaidDay]) -> date | None:
    """The first day that is no start of a price: by it something is promised or asked."""
    return next((d.day for d in days if not STARTS.search(sentence[: d.start])), None)
