"""What became of a claim line: paid, denied, taken back or unknown; and whose turn it was.

Words of practice systems and the claim status codes of remittances (1, 2, 3, 4, 22) are
both understood. A line with nothing allowed, nothing paid and no patient share is denied
whatever its claim's status; nothing paid because of a deductible is no denial.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

_CODES = {
    "1": ("paid", "primary"),
    "2": ("paid", "secondary"),
    "3": ("paid", "secondary"),
    "4": ("denied", None),
    "19": ("paid", "primary"),
    "20": ("paid", "secondary"),
    "21": ("paid", "secondary"),
    "22": ("reversal", None),
}
_REVERSED = re.compile(
    r"\b(?:reversals?|reversed|reverse|rev|void(?:ed|s)?|take ?-?backs?|taken back|recoup\w*|"
    r"rescinded|refund(?:ed)?|retract\w*|clawed back|claw ?-?back)\b"
)
_DENIED = re.compile(r"\b(?:den(?:y|ied|ial)|not covered|non ?-?covered|disallowed|rejected)\b|^d$")
_NOT_DENIED = re.compile(r"\b(?:not|no|non|0|false) ?-?(?:denied|denial)\b")
_PAID = re.compile(
    r"\b(?:paid|pay|payment|processed|finali[sz]ed|final|closed|complete[d]?|approved|adjudicated|"
    r"corrected|adjusted|replacement|capitated|posted|accepted|settled|allowed)\b|^p$"
)
_OPEN = re.compile(r"\b(?:pending|pended|open|submitted|in process|unpaid|on hold|billed)\b")
_SECONDARY = re.compile(r"\b(?:secondary|tertiary|second|third|2nd|3rd|cob)\b")
_ORDERS = {
    "primary": re.compile(r"^(?:p|1|01|a|(?:1st|first|pri|prim|primary)\b.*)$"),
    "secondary": re.compile(
        r"^(?:s|t|2|3|02|03|b|c|"
        r"(?:2nd|3rd|second|third|sec|tert|ter|secondary|tertiary|supplement\w*)\b.*)$"
    ),
}


@lru_cache(maxsize=5_000)
def stated(text: str, header: str) -> tuple[str | None, str | None]:
    """(status, payer order) that a status cell states; None where it says nothing.

    `header` is the plain name of its column: under "denied", yes and 1 mean denied.
    """
    word = text.casefold().strip()
    if not word:
        return None, None
    if "denied" in header or "denial" in header:
        said = {"y": "denied", "yes": "denied", "true": "denied", "1": "denied"}
        return said.get(word), None
    if "frequency" in header:
        return ("reversal" if word == "8" else None), None
    if word in _CODES:
        return _CODES[word]
    order = "secondary" if _SECONDARY.search(word) else None
    if _REVERSED.search(word):
        return "reversal", order
    if _DENIED.search(word) and not _NOT_DENIED.search(word):
        return "denied", order
    if _OPEN.search(word):
        return "unknown", order
    if _PAID.search(word):
        return "paid", order
    return None, order


@lru_cache(maxsize=1_000)
def payer_order(text: str) -> str | None:
    """primary or secondary (which stands for all later payers); None when blank.

    Raises ValueError for words that tell neither.
    """
    word = re.sub(r"^\d\s*[-–:.)]+\s*(?=[a-z])", "", text.casefold().strip())
    if not word:
        return None
    for order, pattern in _ORDERS.items():
        if pattern.match(word):
            return order
    raise ValueError("it does not say primary or secondary")


def status_of(
    said: str | None, amounts: Mapping[str, Decimal | None], units: Decimal | None
) -> str:
    """paid, denied, reversal or unknown from what the status cell and the amounts say.

    A row is a reversal by word, or when its charge, allowed, paid amount or units stand
    below zero.
    """
    billed, allowed, paid, share = (
        amounts.get(name) for name in ("billed", "allowed", "paid", "patient_responsibility")
    )
    if said == "reversal" or any(v is not None and v < 0 for v in (billed, allowed, paid, units)):
        return "reversal"
    if said in ("denied", "unknown"):
        return said
    nothing = allowed == 0 or (allowed is None and share == 0)
    if paid == 0 and nothing and not share and billed:
        return "denied"
    if said == "paid" or (paid is not None or allowed is not None):
        return "paid"
    return "unknown"
