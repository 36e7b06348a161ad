"""Claim adjustment reason codes: what a payer says when it refuses a line, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from knowledge.reference.dated import read_toml

UNNAMED = "no reason given"


@dataclass(frozen=True)
class DenialReason:
    """A reason code: its number, its meaning ("" where we have no words), and its kind."""

    code: str
    words: str
    kind: str

    @property
    def label(self) -> str:
        """How a reader sees it: the number alone for a code that we have no words for."""
        return f"{self.code}, {self.words}" if self.words and self.code else self.code or UNNAMED


def denial_reason(code: str) -> DenialReason:
    """The reason that "CO-197", "CO197" or "197" names."""
    number = _number(code)
    kind, words = _table()["reasons"].get(number, ("", ""))
    return DenialReason(number, words, kind)


def chief_reason(codes: Iterable[str]) -> DenialReason:
    """The one code of a refused line that says most of why.

    Codes that only explain an amount (contract discount, patient's share) say nothing of a
    refusal; a general code gives way to any other. Of several, the lowest number.
    """
    numbers = sorted({_number(code) for code in codes if code}, key=_order)
    telling = [number for number in numbers if number not in _table()["not_a_denial"]]
    if not telling:
        return DenialReason("", UNNAMED, "")
    exact = [number for number in telling if number not in _table()["general"]]
    return denial_reason((exact or telling)[0])


def kind_words(kind: str) -> str:
    """What a kind of reasons is about, for a reader; "" for none."""
    return str(_table()["kinds"].get(kind, ""))


def source() -> str:
    """The code list that the numbers come from."""
    return str(_table()["source"])


def _number(code: str) -> str:
    bare = code.strip().upper().replace(" ", "")
    for group in ("CO", "PR", "OA", "PI", "CR"):
        if bare.startswith(group) and len(bare) > len(group):
            bare = bare.removeprefix(group).lstrip("-:")
            break
    return bare.lstrip("0") or bare


def _order(number: str) -> tuple[bool, int, str]:
    return (not number.isdigit(), int(number) if number.isdigit() else 0, number)


@cache
def _table() -> Mapping[str, Any]:
    return read_toml("denial_reasons.toml")
