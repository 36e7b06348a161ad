"""What the user gave and what was assumed in its place, each listed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from knowledge.evidence import Basis, Figure, Sentence, Unit, says
from knowledge.problems import BadInput

GIVEN, OURS = "as you gave it", "our assumption"


@dataclass
class Inputs:
    """Inputs of one model in the order they were taken; `assumed` are those not given."""

    held: dict[str, Figure] = field(default_factory=dict)
    assumed: list[Sentence] = field(default_factory=list)

    def take(
        self,
        key: str,
        name: str,
        given: Decimal | int | None,
        fallback: Decimal | int | str,
        unit: Unit,
        why: str,
        least: int = 0,
        most: int | None = None,
    ) -> Decimal:
        """The given value within its bounds, else the fallback, listed as assumed.

        why: where the fallback comes from ("our assumption").
        """
        value = Decimal(str(fallback if given is None else given))
        if value < least or (most is not None and value > most):
            bounds = f"between {least} and {most}" if most is not None else f"{least} or more"
            raise BadInput(key, f"{name.lower()} must be {bounds}", "correct it")
        basis = Basis(GIVEN if given is not None else why)
        self.held[key] = Figure(name, value, unit, basis, places=_places(value, unit))
        if given is None:
            self.assumed.append(
                says("{what}: {value} ({why}).", what=name, value=self.held[key], why=why)
            )
        return value

    def listed(self) -> tuple[Sentence, ...]:
        """What was assumed, and how to change it; empty where everything was given."""
        if not self.assumed:
            return ()
        told = says("Assumed, because it was not given; to change any of it say so, in a word and"
                    " its number:")  # fmt: skip
        return told, *self.assumed

    def figures(self) -> tuple[Figure, ...]:
        """All inputs as figures."""
        return tuple(self.held.values())


def as_percent(value: Decimal | None) -> Decimal | None:
    """A share as a percent; one up to 1 is read as a fraction (0.5 is 50)."""
    if value is None:
        return None
    exact = Decimal(str(value))
    return exact * 100 if 0 < exact <= 1 else exact


def _places(value: Decimal, unit: Unit) -> int | None:
    if unit == "USD":
        return None
    if unit == "USD per member per month":
        return 2
    return max(0, -int(value.normalize().as_tuple().exponent))
