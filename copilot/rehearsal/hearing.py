"""What a line of a rehearsed call says: numbers, evidence with its proof, trades, tone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from copilot.numbers import Number, numbers_in
from copilot.rehearsal.ground import Ground
from copilot.rehearsal.numbers_said import is_range, percents_said, range_low
from copilot.verifier import reads_as
from knowledge.evidence import Figure

_FILLER = re.compile(
    r"^[\W_]*(?:(?:hm+|mm+|uh+|um+|oh|ok(?:ay)?|right|i see|sure|silence|pause|\(silence\)|wait|"
    r"waits?|nothing|i wait|say nothing|says nothing|well|aha|go on|yeah|yes)[\W_]*){0,3}$",
    re.IGNORECASE,
)
_NOT_MEANT = re.compile(
    r"\b(?:not|never|n't|without|no intention (?:of|to)|no wish to|rather not|instead of)\W+"
    r"(?:\w+\W+){0,3}$"
)
_WITH_WHOM_DECIDES = re.compile(
    r"\b(?:set up|schedule|arrange|have|propose|want|like) (?:\w+ ){0,2}?(?:call|meeting|minutes)"
    r" with (?:your |the )?(?:director|manager|supervisor|boss|committee|medical director|person)"
)
_UNITS = {
    "percent": {"percent"}, "points": {"percent"}, "money": {"USD", "USD per member per month"},
    "count": {"count", "per 1,000", "ratio"}, "duration": {"days", "months", "count"},
}  # fmt: skip
CHECKED = ("rates", "age", "emergency", "access", "quality", "volume", "denials", "cost")


@dataclass(frozen=True)
class Shown:
    """One kind of evidence in a line.

    proof: "own" where a figure of the practice's own data stands with it, "stated" where a
    number does that the data on file cannot settle, "wrong" where they say otherwise, "none".
    """

    kind: str
    proof: str


@dataclass(frozen=True)
class Heard:
    """One line of the user's, as the rep hears it.

    ask: the percent asked for, the lower end of a range; medicare: a percent of Medicare
    asked for; yearly: a yearly step. evidence: by kind. questions, trades and flags: the
    names in hearing.toml. condition: whether a trade is tied to a return.
    """

    text: str
    words: int
    ask: Decimal | None = None
    ranged: bool = False
    medicare: Decimal | None = None
    yearly: Decimal | None = None
    evidence: tuple[Shown, ...] = ()
    clause: bool = False
    benefit: bool = False
    questions: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()
    condition: bool = False
    flags: frozenset[str] = frozenset()
    silence: bool = False

    def proven(self) -> tuple[str, ...]:
        """The kinds of evidence that came with a figure."""
        return tuple(s.kind for s in self.evidence if s.proof in ("own", "stated"))


def hear(text: str, ground: Ground, offer: Decimal | None, expected: bool) -> Heard:
    """A line of the user's, read against the practice's own figures.

    offer: the rep's number on the table. expected: whether the rep just asked for a number.
    """
    said = " ".join(text.replace("’", "'").replace("‘", "'").split())
    low = said.lower()
    words = len(re.findall(r"\w+", low))
    if _FILLER.match(low) and not (words and re.match(r"^\W*(?:ok(?:ay)?|yes|yeah)\W*$", low)):
        return Heard(said, words, silence=True)
    spoken = _patterns()
    percents = percents_said(said, offer, expected)
    asks = [p.value for p in percents if p.role == "ask"]
    ranged = is_range(said) and range_low(said) is not None and bool(asks)
    low_end = range_low(said) if ranged else None
    medicare = next((p.value for p in percents if p.role == "medicare"), None)
    flags = {name for name, sign in spoken["flags"].items() if _meant(sign, low, name)}
    if "accept" in flags and ("refuse" in flags or _hedged(low)):
        flags.discard("accept")
    questions = _questions(low, spoken["questions"], bool(asks))
    trades = tuple(name for name, sign in spoken["trades"].items() if sign.search(low))
    if asks and "notice" in trades and not re.search(r"longer notice|give up", low):
        trades = tuple(name for name in trades if name != "notice")
    return Heard(
        text=said,
        words=words,
        ask=low_end.value if low_end else (asks[-1] if asks else None),
        ranged=ranged,
        medicare=medicare,
        yearly=next((p.value for p in percents if p.role == "yearly"), None),
        evidence=tuple(_evidence(said, ground, offer, asks, medicare)),
        clause=bool(spoken["clause"]["words"].search(low)),
        benefit=bool(spoken["benefit"]["words"].search(low)),
        questions=questions,
        trades=trades,
        condition=bool(spoken["condition"]["words"].search(low)),
        flags=frozenset(flags),
        silence=words == 0,
    )


@cache
def _patterns() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    text = files("copilot.rehearsal").joinpath("hearing.toml").read_text(encoding="utf-8")
    return {
        part: {name: re.compile(sign, re.IGNORECASE) for name, sign in rows.items()}
        for part, rows in tomllib.loads(text).items()
    }


def _meant(sign: re.Pattern[str], low: str, name: str) -> bool:
    """Whether a sign stands in the words and is not taken back by a "not" before it."""
    found = sign.search(low)
    if not found:
        return False
    return not (name in ("threat", "insult", "accept", "plead", "bottom") and
                _NOT_MEANT.search(low[: found.start()]))  # fmt: skip


def _hedged(low: str) -> bool:
    """Whether an acceptance is tied to something that is still open."""
    return bool(re.search(r"\b(?:if you|provided|as long as|only if|but only|unless)\b", low))


def _questions(
    low: str, signs: Mapping[str, re.Pattern[str]], asked_a_number: bool
) -> tuple[str, ...]:
    """The questions asked; words without a question mark count where they open one."""
    chat = _patterns()["flags"]["smalltalk"]
    parts = [p for p in re.split(r"(?<=[?.!])\s+", low) if p and not chat.search(p)]
    asking = [
        part for part in parts
        if part.rstrip().endswith("?")
        or re.match(r"^\W*(?:and |so |but |then |ok |okay )?(?:who|what|when|why|how|which|where|"
                    r"can you|could you|would you|may i|tell me|help me understand|i would like to"
                    r" (?:know|understand|speak)|i'd like to (?:know|understand|speak)|please"
                    r" (?:tell|explain)|ignore|reveal|print|show me|walk me)", part)
    ]  # fmt: skip
    found = [name for name, sign in signs.items() if any(sign.search(part) for part in asking)]
    if _WITH_WHOM_DECIDES.search(low) and "authority" not in found:
        found.append("authority")
    if not found and not asked_a_number and any(part.rstrip().endswith("?") for part in asking):
        found = ["other"]
    return tuple(found)


def _evidence(
    said: str,
    ground: Ground,
    offer: Decimal | None,
    asks: list[Decimal],
    medicare: Decimal | None,
) -> list[Shown]:
    """Each kind of evidence once, with the best proof it came with."""
    order = {"own": 3, "stated": 2, "wrong": 1, "none": 0}
    best: dict[str, str] = {}
    for part in re.split(r"(?<=[.;!?])\s+", said):
        kinds = [k for k, sign in _patterns()["evidence"].items() if sign.search(part.lower())]
        numbers = [n for n in numbers_in(part) if n.value != offer or n.kind not in ("percent",)]
        numbers = [n for n in numbers if not (n.kind == "percent" and n.value in asks)]
        if "rates" in kinds and any(n.value == medicare for n in numbers):
            kinds.remove("rates")  # a percent of Medicare that is asked for shows nothing
        own = [k for k in CHECKED if _owned(k, numbers, ground)]
        for kind in kinds:
            proof = _proof(kind, kinds, numbers, own, ground)
            if proof and order[proof] >= order.get(best.get(kind, ""), -1):
                best[kind] = proof
    if "age" in best and "rates" in best and best["rates"] == "none":
        del best["rates"]
    return [Shown(kind, proof) for kind, proof in best.items()]


def _proof(
    kind: str, kinds: list[str], numbers: list[Number], own: list[str], ground: Ground
) -> str:
    if kind == "costs_up":
        return "none"
    if kind in own:
        return "own"
    if kind in ("rates", "volume") and own:
        return ""  # "your members", "Medicare" beside another kind's own figure
    mine = [n for n in numbers if _fits(kind, n)]
    if not mine:
        return "none"
    if kind == "rates" and kind not in ground.facts and ground.paid is not None:
        return "none" if any(_reads(ground.paid, n) for n in mine) else "wrong"
    if kind not in ground.facts:
        return "stated"
    return "wrong" if len(kinds) == 1 or not own else "none"


def _fits(kind: str, number: Number) -> bool:
    """Whether a number is of a size that this kind of evidence comes in."""
    if kind == "age":
        return number.kind in ("year", "date", "month") or "year" in number.text.lower()
    if number.kind in ("year", "date", "month", "duration"):
        return False
    if kind in ("rates", "quality", "denials"):
        return number.kind in ("percent", "points")
    return number.kind in ("count", "percent", "money", "points")


def _owned(kind: str, numbers: list[Number], ground: Ground) -> bool:
    fact = ground.facts.get(kind)
    if fact is None:
        return False
    return any(_reads(f, n) for f in fact.figures.values() for n in numbers)


def _reads(figure: Figure, number: Number) -> bool:
    value = figure.value
    if isinstance(value, date):
        if number.kind == "year":
            return number.value == value.year
        day = number.day
        return day is not None and (day.year, day.month) == (value.year, value.month)
    if number.kind in ("year", "date", "month"):
        return False
    if figure.unit not in _UNITS.get(number.kind, set()):
        return False
    about = Number(number.start, number.end, number.text, number.kind, number.value,
                   number.places, about=True)  # fmt: skip
    return reads_as(abs(value), about)
