"""The terms of a shared-savings contract as a user gives them, checked and read as percents."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from knowledge.evidence import Basis, Figure
from knowledge.problems import BadInput
from tools.risk.assumed import GIVEN
from tools.savings.shared_savings_formula import SharedSavings, shared_savings


@dataclass(frozen=True)
class Terms:
    """The contract's terms; percents but for the quality factor. cap None: upside only."""

    share: Decimal
    minimum: Decimal
    cap: Decimal | None
    quality: Decimal

    def earned(self, target: Decimal, actual: Decimal) -> SharedSavings:
        """What the terms give on total dollars of target and actual."""
        loss_share = None if self.cap is None else self.share
        return shared_savings(target, actual, self.share, self.quality, self.minimum,
                              loss_share=loss_share, loss_cap=self.cap)  # fmt: skip


def terms_as_figures(terms: Terms) -> dict[str, Figure]:
    """The terms by name: share, minimum, quality, and cap where the contract is two-sided."""
    made = {
        "share": Figure("Share of savings", terms.share, "percent", Basis(GIVEN), places=_places(
            terms.share)),
        "minimum": Figure("Minimum savings rate", terms.minimum, "percent", Basis(
            GIVEN if terms.minimum else "none given"), places=_places(terms.minimum)),
        "quality": Figure("Quality factor", terms.quality, "ratio", Basis(
            GIVEN if terms.quality != 1 else "full quality assumed, factor 1")),
    }  # fmt: skip
    if terms.cap is not None:
        made["cap"] = Figure("Cap on losses, of the target", terms.cap, "percent", Basis(GIVEN),
                             places=_places(terms.cap))  # fmt: skip
    return made


def formula_of(terms: Terms) -> str:
    """How earnings follow from the terms, in words."""
    upside = (
        "(target - actual) x member months x share x quality factor once savings / target reach"
        " the minimum savings rate, else nothing"
    )
    if terms.cap is None:
        return upside + "; losses are not shared"
    return upside + "; a loss costs the smaller of share x loss and cap x target"


def needed(value: Decimal | None, name: str) -> Decimal:
    """The value, above zero; BadInput naming what is missing or wrong."""
    words = {
        "target_pmpm": "the target per member per month",
        "actual_pmpm": "the actual cost per member per month",
        "share": "the share of savings you would keep",
    }[name]
    if value is None:
        raise BadInput(where=name, what=f"{words} is not given", do="say it in your question")
    if value <= 0:
        raise BadInput(where=name, what=f"{words} must be above zero", do="correct it")
    return Decimal(str(value))


def share_of(value: Decimal) -> Decimal:
    """A share in percent; one up to 1 is read as a fraction (0.5 is half)."""
    percent = value * 100 if value <= 1 else value
    if percent > 100:
        raise BadInput("share", "a share cannot be more than 100%", "correct it")
    return percent


def percent_or_none(value: Decimal | None, name: str) -> Decimal | None:
    """A percent between 0 and 100, or None where none was given."""
    if value is None:
        return None
    if not 0 <= value <= 100:
        raise BadInput(name, "it must lie between 0% and 100%", "correct it")
    return Decimal(str(value))


def quality_of(value: Decimal | None) -> Decimal:
    """A factor from 0 to 1; above that a percent (95 is 0.95)."""
    if value is None:
        return Decimal(1)
    factor = Decimal(str(value))
    factor = factor / 100 if factor > 2 else factor
    if not 0 <= factor <= 2:
        raise BadInput("quality_factor", "it must lie between 0 and 1", "correct it")
    return factor


def _places(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))
