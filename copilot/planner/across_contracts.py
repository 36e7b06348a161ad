"""Questions that hold every contract to a test: "which let them recoup over a year back?",
"which contracts renew by themselves?"."""

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
_PICKS = re.compile(  # those that do are to be picked out, by what their papers say
    r"^\W*(?:which|do any|does any\w*|are any|is any\w*|can any\w*|may any\w*)\b.*?"
    r"\b(?:contracts?|agreements?|(?:payers?|plans?|insurers?|carriers?|them|any(?:one|body)?)\b"
    r".*?\b(?:can|may|lets?|allows?|forces?|makes?|binds?|rents?|leases?|renews?|use|uses))\b",
    re.IGNORECASE,
)


def across_contracts(part: Reading) -> bool:
    """Whether no single payer is named and a term is tested in each contract.

    By a number, or by words where the contracts are to be picked out by them.
    """
    return len(part.values("payer")) != 1 and _tested(part.words)


@lru_cache(maxsize=1024)
def _tested(words: str) -> bool:
    if not _EVERY.search(words):
        return False
    asked = asked_across(words)
    if asked is None:
        return False
    if asked.way is None:  # "below Medicare" is a matter of rates paid, not of the clause
        return bool(_PICKS.search(words)) and asked.yes != "percent of Medicare"
    return asked.term != "clean_claim_days" or bool(_BOUND.search(words))
