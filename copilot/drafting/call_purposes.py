"""What a call to a payer is for, told from the user's words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# An email's purpose that was named, as the call it would be.
OF_EMAIL = {
    "rate_increase": "first_call", "opening": "first_call", "meeting": "first_call",
    "proposal": "first_call", "follow_up": "after_silence", "escalation": "after_silence",
    "counter": "offer", "underpayment": "underpayment", "credentialing": "credentialing",
}  # fmt: skip
BEHAVIORAL = re.compile(r"behavio|mental|\bbh\b", re.IGNORECASE)


@dataclass(frozen=True)
class CallPurpose:
    """One kind of call; see calls.toml for the fields."""

    name: str
    label: str
    words: tuple[str, ...]
    ask: bool
    pieces: int
    questions: tuple[str, ...]
    objections: tuple[str, ...]
    trades: tuple[str, ...]
    record: tuple[str, ...]


@cache
def call_purposes() -> dict[str, CallPurpose]:
    """All kinds of calls by name, the first call first."""
    text = files("copilot.drafting").joinpath("calls.toml").read_text(encoding="utf-8")
    return {
        name: CallPurpose(
            name=name, label=row["label"], words=tuple(row["words"]), ask=row["ask"],
            pieces=row["pieces"], questions=tuple(row["questions"]),
            objections=tuple(row["objections"]), trades=tuple(row["trades"]),
            record=tuple(row["record"]),
        )
        for name, row in tomllib.loads(text).items()
    }  # fmt: skip


def call_meant(purpose: str | None, topic: str | None, question: str) -> CallPurpose:
    """The call meant: by its name, the words of the message, an email's purpose; else a first."""
    every = call_purposes()
    if purpose in every:
        return every[purpose]
    for words in (f"{purpose or ''} {topic or ''}", question):
        heard = _heard(words, every)
        if heard is not None:
            return heard
    return every[OF_EMAIL.get(purpose or "", "first_call")]


def _heard(words: str, every: dict[str, CallPurpose]) -> CallPurpose | None:
    """The kind of call whose longest phrase stands in the words; the weightier matter first."""
    said = f" {re.sub(r'[^a-z0-9-]+', ' ', words.lower().replace(chr(8217), chr(39)))} "
    hits = [
        (purpose.name != "first_call", len(phrase), purpose)
        for purpose in every.values()
        for phrase in purpose.words
        if f" {re.sub(r'[^a-z0-9-]+', ' ', phrase)} " in said
    ]
    return max(hits, key=lambda hit: hit[:2])[2] if hits else None
