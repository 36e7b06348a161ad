"""How an email begins and ends: greeting by name or role, closing and signature.

The practice's own habits count first: where the user edited an earlier email's greeting,
closing or signature, the next one takes theirs over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from copilot.drafting.facts import Facts
from copilot.drafting.situations.addressee import greeted
from copilot.drafting.wording import Wording
from copilot.drafts import Draft, Drafts

LOOKED_AT = 20
SALUTATION = re.compile(r"(Dear|Hello|Hi|Good (?:morning|day|afternoon)|Greetings)\b,?(.*?),?$")


@dataclass(frozen=True)
class Habits:
    """What the user writes in place of ours; "" where nothing was changed.

    salutation: the first word or words of a greeting. closing: the words before the name.
    name: the line or lines of the signature above the practice's name, without any number.
    """

    salutation: str = ""
    closing: str = ""
    name: str = ""


def greeting(wording: Wording, facts: Facts, habits: Habits) -> str:
    """The first line: by the addressee's name or role, else to nobody in particular."""
    word = habits.salutation
    if facts.addressee:
        if greeted(facts.addressee):
            return f"{word or 'Dear'} {facts.addressee},"
        return f"To {facts.addressee[:1].lower()}{facts.addressee[1:]},"
    if word and word != "Dear":
        return f"{word},"
    said = wording.say("greeting")
    assert said is not None
    return said.text


def closing(wording: Wording, habits: Habits) -> str:
    """The words above the signature."""
    said = wording.say("closing")
    assert said is not None
    return habits.closing or said.text


def habits_of(drafts: Drafts) -> Habits:
    """What the user's latest own edit of an email shows; empty where none was edited."""
    for key in drafts.ids()[:LOOKED_AT]:
        versions = drafts.versions(key)
        if versions[-1].kind != "email":
            continue
        for before, after in reversed(list(pairwise(versions))):
            if before.facts == after.facts and before.body != after.body:
                return _learned(before, after)
    return Habits()


def _learned(before: Draft, after: Draft) -> Habits:
    was, now = _ends(before.body), _ends(after.body)
    salutation = ""
    if now[0] != was[0] and (found := SALUTATION.match(now[0])) and len(now[0].split()) < 6:
        salutation = found[1]
    closed = now[1] if now[1] != was[1] and re.fullmatch(r"[A-Z][A-Za-z ,]{2,40},", now[1]) else ""
    name = now[2] if now[2] != was[2] and not re.search(r"[\d⟦]", now[2]) else ""
    return Habits(salutation, closed, name)


def _ends(body: str) -> tuple[str, str, str]:
    """The greeting, the closing and the first line of the signature of a body."""
    paragraphs = [part.strip() for part in body.split("\n\n") if part.strip()]
    if len(paragraphs) < 3:
        return "", "", ""
    return paragraphs[0], paragraphs[-2], paragraphs[-1].split("\n")[0].strip()
