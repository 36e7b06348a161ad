"""One answer of the payer mix: its stretches, the parts of each, and the wholes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.evidence import Figure
from tools.mix.mix_parts import Part
from tools.mix.payer_sums import Way
from tools.period import Period
from tools.trends.periods import Trend


@dataclass(frozen=True)
class Mix:
    """One answer's parts: the stretches, those of each, and what patients owe in the latest."""

    level: str
    name: str
    way: Way
    trend: Trend
    parts: Sequence[Mapping[tuple[str, ...], Part]]
    totals: Sequence[Figure]
    owed: Decimal
    openings: Sequence[str]
    without: Sequence[str] = ()

    @property
    def total(self) -> Figure:
        """The whole of the latest stretch."""
        return self.totals[-1]

    @property
    def span(self) -> Period:
        """The stretch that the answer is about: the latest."""
        return self.trend.last

    @property
    def now(self) -> Mapping[tuple[str, ...], Part]:
        """The parts of the latest stretch, largest first."""
        return self.parts[-1]

    @property
    def then(self) -> Mapping[tuple[str, ...], Part]:
        """The parts of the oldest stretch; {} where there is but one."""
        return self.parts[0] if len(self.parts) > 1 else {}
