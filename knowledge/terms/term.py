"""What a reader of a contract gives back: a term, its value and the words that state it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from knowledge.evidence import Citation

Status = Literal["found", "unsure", "not found"]

Value = Decimal | str | None

SURE_FROM = 0.6
UNSURE_FROM = 0.42


@dataclass(frozen=True)
class Term:
    """One term of one contract, for one line of business.

    name: a term name such as timely_filing_days. value: a Decimal in `unit` (days, business
    days, months), an ISO date where unit is "date", or a short phrase of ours where unit is
    "". line_of_business: None for the base agreement, else the attachment's, such as
    medicare_advantage. found: the text states it and the reader is sure. confidence: 0 to 1.
    citation: the sentence that states it; where the reader is unsure, the one to read; None
    where nothing was found. party: either, payer or provider, where the term belongs to one.
    note: what else matters: an exception, what was replaced, where was looked in vain.
    """

    name: str
    value: Value
    unit: str
    line_of_business: str | None
    found: bool
    confidence: float
    citation: Citation | None
    party: str | None = None
    note: str = ""

    @property
    def status(self) -> Status:
        """found; unsure (a section is named to be read); or not found."""
        if self.found:
            return "found"
        return "unsure" if self.citation else "not found"

    @property
    def shown(self) -> str:
        """The value as a reader sees it: 90 days, 10 business days, evergreen; "" for none."""
        if isinstance(self.value, Decimal):
            number = format(self.value.normalize(), "f")
            unit = self.unit[:-1] if self.value == 1 and self.unit.endswith("s") else self.unit
            return f"{number} {unit}".strip()
        return self.value or ""
