"""A user's wish about a draft, in words, as changes to its facts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

VERBS = (
    r"make it|make the|sign|drop|remove|take out|leave out|cut|add|mention|include|shorten|"
    r"shorter|longer|warmer|firmer|friendlier|softer|turn it|change the|ask for|say|also|"
    r"in plain|as bullets|address it|reply by|set the|new ask|trim|tighten|"
    r"soften|use plain|start with|more about|swap|replace|lead with|go back|undo|put the|move the"
)
SPLIT = re.compile(rf"\s*(?:[,;]|\.\s|\band\b|\bthen\b|\bbut\b)\s*(?=(?:{VERBS})\b)", re.IGNORECASE)
ORDINALS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3,
    "fifth": 4, "5th": 4, "last": -1, "final": -1, "opening": 0,
}  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """One change: its kind and what it names.

    kinds: length (shorter, longer), limit (at most n words; "half" in words), tone (warmer,
    firmer), percent, percent_by (n points up or down), percent_of_medicare, drop (words),
    drop_point, drop_paragraph and drop_section (n), swap (words by `to`), add (a sentence),
    more (words), first (words), form (bullets, paragraphs), simple, signer, addressee,
    reply_on (words), subject, codes, reworded, ask_first, undo, redo, version (n), original;
    and those that change
    nothing: changes (what differs), why (this evidence).
    """

    kind: str
    words: str = ""
    number: Decimal | None = None
    to: str = ""


def wishes(change: str) -> list[Wish]:
    """Every change that a user's words ask for, in order; unknown words are left out."""
    return [wish for part in SPLIT.split(change.strip()) for wish in _wishes_in(part)]


def _wishes_in(part: str) -> Iterator[Wish]:
    said = part.strip().rstrip("!?.").replace("’", "'")
    for kind, pattern, words in _readings():
        found = pattern.search(said)
        if found is None:
            continue
        named = found.groupdict()
        words = (named.get("words") or words).strip()
        if kind == "drop":
            yield _drop(words)
        elif kind == "add":
            yield _add(words)
        else:
            number = Decimal(named["n"]) if named.get("n") else None
            yield Wish(kind, words, number, (named.get("to") or "").strip())
        return


@cache
def _readings() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    text = files("copilot.drafting").joinpath("change_words.toml").read_text(encoding="utf-8")
    return tuple(
        (row["kind"], re.compile(row["pattern"], re.IGNORECASE), row.get("words", ""))
        for row in tomllib.loads(text)["reading"]
    )


def place_named(what: str) -> tuple[str, int] | None:
    """A place named by its number: ("paragraph", "section" or "point", from 0, -1 the last)."""
    words = re.sub(r"^(?:the|our|that|my)\s+", "", what, flags=re.IGNORECASE)
    things = (
        r"(point|paragraph|bullet|argument|item|reason|question|piece|section|part|ask|one|proof)"
    )
    numbered = re.match(rf"({'|'.join(ORDINALS)})\s+(?:\w+ )?{things}", words, re.IGNORECASE)
    if numbered:
        kind, number = numbered[2].lower(), ORDINALS[numbered[1].lower()]
    elif counted := re.match(rf"{things}\s+(?:no\.?\s*|number\s+|#)?(\d+)", words, re.IGNORECASE):
        kind, number = counted[1].lower(), int(counted[2]) - 1
    else:
        return None
    whole = {"paragraph": "paragraph", "section": "section", "part": "section"}
    return whole.get(kind, "point"), number


def numbers_in(words: str) -> list[int]:
    """The version numbers in a user's words, in their order."""
    return [int(n) for n in re.findall(r"(?<![\d.])\d{1,3}(?![\d.%])", words)]


def _drop(what: str) -> Wish:
    """What is to go: a numbered point or paragraph, or what words name."""
    words = re.sub(r"^(?:the|our|that|any|all)\s+", "", what, flags=re.IGNORECASE)
    place = place_named(words)
    if place:
        return Wish(f"drop_{place[0]}", words, Decimal(place[1]))
    return Wish("drop", re.sub(
        r"^(?:part|point|paragraph|sentence|bit|line|piece|bullet)s?\s+(?:about|on|with|of)\s+"
        r"(?:the\s+|our\s+)?", "", words, flags=re.IGNORECASE,
    ))  # fmt: skip


def _add(words: str) -> Wish:
    """A sentence to be added, or a subject to say more on."""
    stated = re.sub(r"^(?:in\s+)?(?:the fact\s+)?that\s+", "", words, flags=re.IGNORECASE)
    sentence = re.match(
        r"(?:we|our|they|it|there|this|since|as|in|on|from|most|many|all|half|no|the|\w+ of)\b.*"
        r"\b(?:is|are|was|were|have|has|had|do|does|did|can|will|see|open|offer|keep|take|stay|"
        r"use|run|serve|accept|answer|work|speak|started|opened|added|hired|joined|built|[a-z]+ed)\b",
        stated, re.IGNORECASE,
    )  # fmt: skip
    we = re.match(r"(?:we|they|there|it)\b|we're|we've", stated, re.IGNORECASE)
    if we or (stated != words) or (sentence and not re.match(r"our\b", stated, re.IGNORECASE)):
        return Wish("add", stated)
    subject = re.sub(
        r"^(?:a|an|one|another|some)?\s*(?:line|sentence|word|paragraph|point|note)s?\s+"
        r"(?:about|on)\s+", "", stated, flags=re.IGNORECASE,
    )  # fmt: skip
    return Wish("add" if sentence else "more", re.sub(r"^(?:the|our)\s+", "", subject)
                if not sentence else stated)  # fmt: skip
