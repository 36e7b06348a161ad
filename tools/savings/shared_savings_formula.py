"""The arithmetic of a shared-savings contract, apart from where its inputs come from.

(target - actual) x share x quality factor; nothing while savings / target stay below the
minimum rate; first dollar once it is met. A loss is shared only when the contract is
two-sided: the smaller of share x loss and cap x target.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from knowledge.money import to_cents


@dataclass(frozen=True)
class SharedSavings:
    """gross: target minus actual, USD. rate: gross / target in percent. met: the minimum is
    reached. earned: USD the practice receives, negative where it pays."""

    gross: Decimal
    rate: Decimal
    met: bool
    earned: Decimal


def shared_savings(
    target: Decimal,
    actual: Decimal,
    share: Decimal,
    quality: Decimal = Decimal(1),
    minimum_rate: Decimal = Decimal(0),
    *,
    loss_share: Decimal | None = None,
    loss_cap: Decimal | None = None,
    withheld: Decimal = Decimal(0),
) -> SharedSavings:
    """What a year earns or costs, in USD to the cent.

    target and actual are total dollars. Percents throughout: share 50 means half, minimum
    rate 2 means 2% of the target, `withheld` 2 takes 2% off what is earned (sequestration).
    quality is a factor, 0 to 1. `loss_share` makes it two-sided; `loss_cap` is a percent of
    the target. Losses too stay unshared below the minimum rate.
    """
    gross = target - actual
    rate = 100 * gross / target
    met = abs(rate) >= minimum_rate
    earned = Decimal(0)
    if met and gross > 0:
        earned = gross * share / 100 * quality * (100 - withheld) / 100
    elif met and gross < 0 and loss_share is not None:
        owed = -gross * loss_share / 100
        earned = -(owed if loss_cap is None else min(owed, target * loss_cap / 100))
    return SharedSavings(gross, rate, met, to_cents(earned))
