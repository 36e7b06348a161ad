"""What an email is for, told from the user's words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

STAGES = (
    (3, ("third", "3rd", "last reminder", "final")),
    (2, ("second", "2nd", "another", "again")),
)


@dataclass(frozen=True)
class Purpose:
    """One purpose; see purposes.toml for the meaning of the fields."""

    name: str
    label: str
    words: tuple[str, ...]
    ask: str
    pieces: dict[str, int]
    subject: str
    frames: tuple[tuple[tuple[str, ...], ...], ...]

    def wanted(self, length: str) -> int:
        """How many pieces of evidence an email of this length holds."""
        return min(1, self.pieces["short"]) if length == "brief" else self.pieces[length]


@cache
def purposes() -> dict[str, Purpose]:
    """All purposes by name, the request for an increase first."""
    text = files("copilot.drafting").joinpath("purposes.toml").read_text(encoding="utf-8")
    return {
        name: Purpose(
            name=name,
            label=row["label"],
            words=tuple(row["words"]),
            ask=row["ask"],
            pieces=row["pieces"],
            subject=row["subject"],
            frames=tuple(tuple(tuple(parts) for parts in frame) for frame in row["frames"]),
        )
        for name, row in tomllib.loads(text).items()
    }


def purpose_of(purpose: str | None, question: str, has_ask: bool, topic: str | None) -> Purpose:
    """The purpose meant: by the purpose's own words, else by the question's, else by the ask.

    A named ask without other words is a request for an increase; a topic without an ask
    and without other words is a request about a clause.
    """
    every = purposes()
    if purpose and purpose in every:
        return every[purpose]
    for words in (purpose or "", question):
        found = _heard(words, every)
        if found is not None and not (has_ask and found.ask == "none"):
            return found
    if topic and not has_ask:
        return every["term"]
    return every["rate_increase"]


def stage_of(*words: str) -> int:
    """Which follow-up it is, first unless the words say second or third."""
    said = " ".join(words).lower()
    return next((n for n, names in STAGES if any(name in said for name in names)), 1)


def _heard(words: str, every: dict[str, Purpose]) -> Purpose | None:
    said = f" {re.sub(r'[^a-z0-9-]+', ' ', words.lower().replace(chr(8217), chr(39)))} "
    hits = [
        (len(phrase), -order, purpose)
        for order, purpose in enumerate(every.values())
        for phrase in purpose.words
        if f" {re.sub(r'[^a-z0-9-]+', ' ', phrase)} " in said
    ]
    return max(hits, key=lambda hit: hit[:2])[2] if hits else None
