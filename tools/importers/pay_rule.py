"""What a schedule's cell sets when it is no amount: a percent of Medicare or of charges, USD
per relative value unit, or a price by a table that is not held here.

"100% of then-current Medicare less 2% sequestration", "60% of billed charges", "$38.50 per
RVU", "labs 60% of CLFS", "not covered". A rule is kept as it is; nothing is worked out here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from tools.importers.medicare_rule import medicare_rule

_OTHER_TABLE = re.compile(
    r"\bclfs\b|laborator|\blab fee|\basp\b|average sales|\bawp\b|wholesale|\bwac\b|dmepos|\bdme\b"
    r"|medicaid|state fee|invoice|acquisition cost|list price|\basc\b|\bopps\b|\bdrg\b|anesthesia"
    r"|workers'? comp|\bcdc\b|private sector",
    re.I,
)
_SHARE = re.compile(
    r"(\d{1,3}(?:\.\d+)?)\s*(?:%|percent)\s*(?:\(\d+%\)\s*)?(?:of\s+)?(?:the\s+)?"
    r"(?:(?:covered|billed|submitted|usual|customary|total|reasonable|eligible|and|provider'?s?|"
    r"practice'?s?|clinic'?s?|gross)\s+){0,4}(?:charges?|billed)\b",
    re.I,
)
_OFF = re.compile(
    r"(\d{1,2}(?:\.\d+)?)\s*(?:%|percent)\s*(?:discount|off|reduction)\b.{0,30}?(?:charges?|billed)",
    re.I,
)
_PER_UNIT = re.compile(
    r"\$\s?(\d{2,3}(?:\.\d{1,4})?)\s*(?:per|/|x|times|a)\s*(?:total\s+)?(?:rvus?\b|relative value)"
    r"|(?:conversion factor|\bcf\b)\s*(?:of|is|=|:|-)?\s*\$?\s?(\d{2,3}\.\d{1,4})",
    re.I,
)
_CUT = re.compile(
    r"(?:less|minus|reduced by|net of)\s+(?:the\s+)?(\d(?:\.\d+)?)\s*(?:%|percent)\s*"
    r"(?:medicare\s+)?sequest"
    r"|sequest\w*\s+(?:of|at|reduction of)\s+(\d(?:\.\d+)?)\s*(?:%|percent)",
    re.I,
)
_LESSER = re.compile(r"(?:lesser|lower|less) of\b.{0,60}?(?:charge|billed)|not (?:to )?exceed"
                     r".{0,30}?(?:charge|billed)", re.I)  # fmt: skip
_WORDS = re.compile(
    r"(?:not covered|non-?covered|n/?c|not payable|not paid(?: separately)?|bundled|included|"
    r"no separate payment|by report|b\.?r\.?|i\.?c\.?|individual consideration|carrier priced|"
    r"manual(?:ly)? priced|not applicable)\.?",
    re.I,
)


@dataclass(frozen=True)
class PayRule:
    """One rule; exactly one of the first four is set.

    percent: of a Medicare year (None: then-current) and locality. of_charges: percent of the
    billed charge. per_unit: USD per relative value unit. cannot_price: the rule's own words.
    """

    percent: Decimal | None = None
    of_charges: Decimal | None = None
    per_unit: Decimal | None = None
    cannot_price: str | None = None
    year: int | None = None
    locality: str | None = None
    lesser: bool = False
    cut: Decimal | None = None

    def as_entry(self) -> dict[str, Any]:
        """The columns of the canonical table; raises ValueError for a percent out of bounds."""
        if self.percent is not None and not 10 <= self.percent <= 1000:
            raise ValueError("the percent of Medicare is below 10 or above 1,000")
        if self.of_charges is not None and not 1 <= self.of_charges <= 100:
            raise ValueError("the percent of charges is below 1 or above 100")
        four = Decimal("0.0001")
        told = {
            "percent_of_medicare": self.percent,
            "percent_of_charges": self.of_charges,
            "conversion_factor": self.per_unit,
            "payment_cut": self.cut,
        }
        return {
            **{key: value and value.quantize(four) for key, value in told.items()},
            "cannot_price": self.cannot_price,
            "medicare_year": self.year,
            "locality": self.locality,
            "lesser_of_charges": self.lesser or None,
        }


@lru_cache(maxsize=20_000)
def pay_rule(text: str) -> PayRule | None:
    """The rule that a text states, or None."""
    text = " ".join(text.split())
    if not text:
        return None
    lesser, cut = bool(_LESSER.search(text)), _CUT.search(text)
    more: dict[str, Any] = {"lesser": lesser, "cut": Decimal(cut[1] or cut[2]) if cut else None}
    if _WORDS.fullmatch(text):
        return PayRule(cannot_price=f"“{text}”")
    years = {int(year) for year in re.findall(r"\b(20\d{2})\b", text)}
    place = re.search(r"\b(national|colorado)\b", text, re.I)
    if per_unit := _PER_UNIT.search(text):
        return PayRule(
            per_unit=Decimal(per_unit[1] or per_unit[2]), year=min(years) if years else None,
            locality=place[1].lower().replace("colorado", "Colorado") if place else None, **more,
        )  # fmt: skip
    if _OTHER_TABLE.search(text) and re.search(
        r"\d\s*(?:%|percent)|\+|plus|minus|cost", text, re.I
    ):
        return PayRule(cannot_price=f"“{text[:120]}”")
    if off := _OFF.search(text):
        return PayRule(of_charges=100 - Decimal(off[1]), **more)
    if share := _SHARE.search(text):
        return PayRule(of_charges=Decimal(share[1]), **more)
    if rule := medicare_rule(text):
        return PayRule(rule.percent, year=rule.year, locality=rule.locality, **more)
    return None
