"""How a contract shares what a panel costs below or above its target.

All percents are numbers of a hundred: a share of 50 is half, a cap of 10 is a tenth of the
target. Three usual arrangements stand at the end; every one of their terms can be replaced.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Arrangement:
    """The sharing terms of one contract.

    gain_share, loss_share: the practice's part of what is saved and overspent (loss 0: upside
    only). least_gain, least_loss: percent of the target below which nothing is shared; once
    reached, sharing starts at the first dollar. most_gain, most_loss: caps on what the
    practice earns or owes, percent of the target (None: no cap). bands: corridors as (upper
    edge in percent of the target, the practice's share within the band), the last edge None;
    they replace both shares. discount: percent the payer takes off the target first.
    quality: factor on gains, 0 to 1.
    """

    name: str
    gain_share: float = 50.0
    loss_share: float = 0.0
    least_gain: float = 0.0
    least_loss: float = 0.0
    most_gain: float | None = None
    most_loss: float | None = None
    bands: tuple[tuple[float | None, float], ...] = ()
    discount: float = 0.0
    quality: float = 1.0

    @property
    def two_sided(self) -> bool:
        """Whether the practice can come to owe the payer."""
        return bool(self.loss_share or self.bands)
