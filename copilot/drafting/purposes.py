"""What an email is for, told from the user's words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from copilot.drafting.facts import LENGTHS

FILES = ("asking", "answering", "papers")
STAGES = (
    (4, ("fourth", "4th", "last reminder", "final reminder", "last time", "final")),
    (3, ("third", "3rd")),
    (2, ("second", "2nd", "another", "again")),
    (1, ("first", "1st")),
)
# A purpose told in general words, and those that the whole question may mean by it.
NARROWER = {
    "follow_up": ("escalation", "credentialing", "underpayment"),
    "counter": ("acceptance", "termination"),
    "documents": ("disclosure", "policies"),
    "meeting": ("opening", "escalation"),
}


@dataclass(frozen=True)
class Purpose:
    """One purpose; see email_purposes/asking.toml for the meaning of the fields."""

    name: str
    label: str
    words: tuple[str, ...]
    ask: str
    pieces: dict[str, int]
    answer: tuple[int, ...]
    subject: str
    frames: tuple[tuple[tuple[str, ...], ...], ...]
    from_length: Mapping[str, str] = field(default_factory=dict)
    pains: tuple[str, ...] = ()
    leans: Mapping[str, str] = field(default_factory=dict)

    def wanted(self, length: str) -> int:
        """How many pieces of evidence an email of this length holds."""
        return min(1, self.pieces["short"]) if length == "brief" else self.pieces[length]

    def says(self, part: str, length: str) -> bool:
        """Whether a part is said in an email of this length."""
        return LENGTHS.index(length) >= LENGTHS.index(self.from_length.get(part, LENGTHS[0]))

    def answer_after(self, stage: int) -> int:
        """Working days until the day it asks an answer by."""
        return self.answer[min(stage, len(self.answer)) - 1]


@cache
def purposes() -> dict[str, Purpose]:
    """All purposes by name, the request for an increase first."""
    folder = files("copilot.drafting").joinpath("email_purposes")
    rows = {
        name: row
        for each in FILES
        for name, row in tomllib.loads(
            folder.joinpath(f"{each}.toml").read_text(encoding="utf-8")
        ).items()
    }
    return {
        name: Purpose(
            name=name,
            label=row["label"],
            words=tuple(row["words"]),
            ask=row["ask"],
            pieces=row["pieces"],
            answer=tuple(row["answer"]),
            subject=row["subject"],
            frames=tuple(tuple(tuple(parts) for parts in frame) for frame in row["frames"]),
            from_length=row.get("from_length", {}),
            pains=tuple(row.get("pains", ())),
            leans=row.get("leans", {}),
        )
        for name, row in rows.items()
    }


def purpose_of(purpose: str | None, question: str, has_ask: bool, topic: str | None) -> Purpose:
    """The purpose meant: by the purpose's own words, else by the question's, else by the ask.

    A purpose in general words gives way to a narrower one that the question names. A named
    ask without other words is a request for an increase; a topic without an ask and without
    other words is a request about a clause.
    """
    every = purposes()
    if purpose and purpose in every:
        heard = _heard(question, every)
        return heard if heard and heard.name in NARROWER.get(purpose, ()) else every[purpose]
    for words in (purpose or "", question):
        found = _heard(words, every)
        if found is not None and not (has_ask and found.ask == "none"):
            return found
    if topic and not has_ask:
        return every["term"]
    return every["rate_increase"]


def stage_said(*words: str) -> int | None:
    """Which follow-up it is by the user's words; None where they do not say."""
    said = " ".join(words).lower()
    return next((n for n, names in STAGES if any(name in said for name in names)), None)


def _heard(words: str, every: dict[str, Purpose]) -> Purpose | None:
    said = f" {re.sub(r'[^a-z0-9-]+', ' ', words.lower().replace(chr(8217), chr(39)))} "
    hits = [
        (len(phrase), -order, purpose)
        for order, purpose in enumerate(every.values())
        for phrase in purpose.words
        if f" {re.sub(r'[^a-z0-9-]+', ' ', phrase)} " in said
    ]
    return max(hits, key=lambda hit: hit[:2])[2] if hits else None
