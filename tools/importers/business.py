"""The line of business that a product's or a financial class's words tell."""

from __future__ import annotations

import re
from functools import lru_cache

_TOLD = (
    ("medicare_advantage", r"medicare advantage|mcr adv|medicare adv|mapd|\bma\b|part c|d-?snp"),
    ("other", r"supplement|medigap|tricare|champus|\bva\b|veteran|motor|auto\b|liability"),
    ("workers_comp", r"work(?:er|man)?'?s?'? comp|\bwc\b"),
    ("medicaid", r"medicaid|\bchp\b|chip\b|health first"),
    ("medicare", r"medicare|part b"),
    ("self_pay", r"self.?pay|private pay|uninsured|\bcash\b"),
    ("commercial", r"commercial|exchange|marketplace|individual|small group|large group|employer"),
)


@lru_cache(maxsize=5_000)
def line_of_business(text: str) -> str | None:
    """commercial, medicare, medicare_advantage, medicaid, self_pay, workers_comp, other or None."""
    word = text.casefold().replace("_", " ")
    for business, pattern in _TOLD:
        if re.search(pattern, word):
            return business
    return None
