"""A piece of evidence that a draft may stand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from knowledge.evidence import Citation, Figure

Value = Figure | str


@dataclass(frozen=True)
class Piece:
    """One fact that speaks for the practice, with the figures and words a sentence needs.

    id: its name; a name with a colon ("quality:CMS165") is worded by the
    part before it.
    pain: what it relieves on the payer's side (access, emergency, quality, administration)
    or the reason it gives (rates). strength: 0 to 1, with the reason in `because`. values:
    what the wordings may name. topics: words by which a user would ask for it.
    """

    id: str
    what: str
    pain: str
    strength: Decimal
    because: str
    values: Mapping[str, Value]
    citations: tuple[Citation, ...] = ()
    topics: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[str, ...]:
        """The wordings it may be said in, the fullest first."""
        part = self.id.partition(":")[0]
        if self.values.get("better") == "low":
            return (f"{part}_low",)
        if "codes" in self.values:
            return (f"{part}_codes", f"{part}_codes_short")
        return (f"{part}_aged", f"{part}_since", part, f"{part}_short")

    def figures(self) -> tuple[Figure, ...]:
        """The figures among its values."""
        return tuple(value for value in self.values.values() if isinstance(value, Figure))


def bounded(value: Decimal) -> Decimal:
    """A strength held between 0 and 1, to two places."""
    return min(Decimal(1), max(Decimal(0), value)).quantize(Decimal("0.01"))
