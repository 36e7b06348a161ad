"""The bank of questions for adding behavioral health, as the tool that asks them needs it.

A sign is a regular expression; {name} in it stands for a list of words of the bank.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

GROUPS = {
    "coverage_and_network": "Coverage and network",
    "codes_and_rates": "Codes and rates",
    "billing_and_credentialing": "Who may bill, and credentialing",
    "authorization": "Authorization",
    "claims_submission": "Sending claims",
    "telehealth": "Telehealth",
    "collaborative_care": "Collaborative care",
    "measurement_and_value": "Measures and payment for value",
}


LISTED = re.compile(r"\{([a-z_]+)\}")
Signs = tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Way:
    """One way of answering: about may stand in the words or above them, says in the words."""

    about: Signs
    says: Signs

    def answers(self, words: str, under: str) -> bool:
        """Whether words that stand under captions carry every sign."""
        whole = f"{under}\n{words}"
        return all(sign.search(words) for sign in self.says) and all(
            sign.search(whole) for sign in self.about
        )


@dataclass(frozen=True)
class Question:
    """One question; see knowledge/questions/behavioral_health.toml for the fields."""

    id: str
    group: str
    ask: str
    why: str
    contract_queries: tuple[str, ...]
    ways: tuple[Way, ...]
    guide: str
    data: str = ""

    def answered_by(self, words: str, under: str = "") -> bool:
        """Whether words carry every sign of an answer; under: captions they stand under."""
        return any(way.answers(words, under) for way in self.ways)

    def codes(self) -> tuple[str, ...]:
        """The procedure codes its data field names, ranges written out."""
        listed = self.data.partition(":")[2].split(",") if self.data else []
        return tuple(code for part in listed for code in _written_out(part))


def _written_out(part: str) -> list[str]:
    """The codes of "99492-99494" or "G0568-G0570", or the one code it is."""
    found = re.fullmatch(r"([A-Z]?)(\d+)-[A-Z]?(\d+)", part)
    if not found:
        return [part]
    letter, first, last = found.groups()
    return [f"{letter}{n:0{len(first)}d}" for n in range(int(first), int(last) + 1)]


@cache
def questions() -> tuple[Question, ...]:
    """All questions in the order of a call."""
    bank = _bank()
    return tuple(_question(row, bank["words"]) for row in bank["question"])


@cache
def behavioral() -> re.Pattern[str]:
    """The words by which behavioral services are known."""
    return _sign("{behavioral}", _bank()["words"])


@cache
def _bank() -> dict[str, Any]:
    text = files("knowledge").joinpath("questions/behavioral_health.toml")
    return tomllib.loads(text.read_text(encoding="utf-8"))


def _question(row: Mapping[str, Any], words: Mapping[str, str]) -> Question:
    ways = [{"about": [], "says": row["answer_signs"]}, *row.get("ways", [])]
    return Question(
        id=row["id"],
        group=row["group"],
        ask=row["ask"],
        why=row["why"],
        contract_queries=tuple(row["contract_queries"]),
        ways=tuple(Way(_signs(way["about"], words), _signs(way["says"], words)) for way in ways),
        guide=row["guide"],
        data=row.get("data", ""),
    )


def _signs(listed: list[str], words: Mapping[str, str]) -> Signs:
    return tuple(_sign(sign, words) for sign in listed)


def _sign(sign: str, words: Mapping[str, str]) -> re.Pattern[str]:
    """A sign with the lists it names written out, compiled."""
    return re.compile(LISTED.sub(lambda name: f"(?:{words[name[1]]})", sign), re.IGNORECASE)
