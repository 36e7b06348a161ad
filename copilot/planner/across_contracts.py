"""Questions that hold every contract to a number: "which let them recoup over a year back?"."""

from __future__ import annotations

import re
from functools import lru_cache

from copilot.planner.reading import Reading
from tools.across.asked import asked_across

_EVERY = re.compile(
    r"\b(?:which|who|whose|where|any(?:one|body)?|how many|all|every\w*)\b", re.IGNORECASE
)
_BOUND = re.compile(  # else how fast they pay in fact is asked, which claims tell
    r"\b(?:must|have to|has to|clean|contract\w*|agree\w*|promise\w*|obliged)\b", re.IGNORECASE
)


def across_contracts(part: Reading) -> bool:
    """Whether no single payer is named and a term's number is tested in each contract."""
    return len(part.values("payer")) != 1 and _tested(part.words)


@lru_cache(maxsize=1024)
def _tested(words: str) -> bool:
    if not _EVERY.search(words):
        return False
    asked = asked_across(words)
    if asked is None or asked.way is None:
        return False
    return asked.term != "clean_claim_days" or bool(_BOUND.search(words))
