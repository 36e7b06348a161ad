"""The bank of questions for adding behavioral health, as the tool that asks them needs it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

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


@dataclass(frozen=True)
class Question:
    """One question; see knowledge/questions/behavioral_health.toml for the fields."""

    id: str
    group: str
    ask: str
    why: str
    contract_queries: tuple[str, ...]
    answer_signs: tuple[str, ...]
    guide: str
    data: str = ""

    def answered_by(self, text: str) -> bool:
        """Whether a text carries every sign of an answer."""
        return all(re.search(sign, text, re.IGNORECASE) for sign in self.answer_signs)

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
    text = files("knowledge").joinpath("questions/behavioral_health.toml")
    rows = tomllib.loads(text.read_text(encoding="utf-8"))["question"]
    return tuple(
        Question(
            **{
                **row,
                "contract_queries": tuple(row["contract_queries"]),
                "answer_signs": tuple(row["answer_signs"]),
            }
        )
        for row in rows
    )
