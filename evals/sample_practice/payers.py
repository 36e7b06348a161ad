"""The payers of the sample practice, as payers.toml describes them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class SamplePayer:
    """One payer, or one line of business of it with rules of its own; see payers.toml."""

    key: str
    name: str
    line_of_business: str
    spellings: tuple[str, ...]
    prefix: str
    claims: int
    people: int
    products: dict[str, float]
    rule: dict[str, str | int]
    vaccines: int
    same_day: int
    video: tuple[str, ...]
    denied: dict[str, float]
    days: tuple[int, int]
    fixed: dict[str, Decimal] = field(default_factory=dict)
    not_paid: tuple[str, ...] = ()
    since: date | None = None
    sequestration: int = 0
    with_procedure: int = 100
    hospital: bool = False
    underpaid: float = 0

    @property
    def senior(self) -> bool:
        """Whether its patients have Medicare, original or Advantage."""
        return self.line_of_business.startswith("medicare")


@cache
def payers() -> dict[str, SamplePayer]:
    """All payers by their key, in the order of payers.toml."""
    text = (Path(__file__).parent / "payers.toml").read_text(encoding="utf-8")
    return {key: _payer(key, entry) for key, entry in tomllib.loads(text).items()}


def _payer(key: str, entry: dict[str, object]) -> SamplePayer:
    made = SamplePayer(key=key, **entry)  # type: ignore[arg-type]
    prices = {code: Decimal(price) for code, price in made.fixed.items()}
    object.__setattr__(made, "fixed", prices)
    return made
