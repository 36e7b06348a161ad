"""New rates named code by code in a user's words: "99213=95", "99214: $130.50"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from knowledge.problems import BadInput
from knowledge.reference.codes import codes_named

_PAIR = re.compile(
    r"^\s*(.+?)\s*(?:=|:|\bat\b|\bto\b|->|→)\s*\$?\s*(\d{1,6}(?:,\d{3})*(?:\.\d{1,2})?)\s*$"
)


def flat_rates(said: Sequence[str] | None) -> Mapping[str, Decimal]:
    """USD for one unit by code; a family's name gives the rate to each of its codes.

    Raises BadInput for a pair that names no code or no amount, or a code named twice.
    """
    found: dict[str, Decimal] = {}
    for pair in said or ():
        match = _PAIR.match(pair)
        codes = codes_named(match[1]) if match else []
        if not match or not codes:
            raise BadInput("rates", f"“{pair}” is no code with its rate",
                           "write pairs like 99213=95.00")  # fmt: skip
        amount = Decimal(match[2].replace(",", ""))
        if amount <= 0:
            raise BadInput("rates", f"the rate in “{pair}” is zero", "correct it")
        for code in codes:
            if found.setdefault(code, amount) != amount:
                raise BadInput("rates", f"{code} is given two rates", "name it once")
    return found


def codes_asked(said: Sequence[str] | None) -> list[str] | None:
    """Codes for codes and family names ("preventive visits"), in order; None for none."""
    found: list[str] = []
    for words in said or ():
        found += codes_named(words) or [words.upper()]
    return list(dict.fromkeys(found)) or None
