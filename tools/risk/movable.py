"""Which inputs of a model its reader may move, and how far: plain data for the answer's details.

The bounds are those of a slider, ours, and no limits of the model; a value that was given
outside them widens its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from knowledge.evidence import Figure

_FIXED: Mapping[str, tuple[str, str, str]] = {
    "share": ("5", "100", "5"),
    "loss_share": ("0", "100", "5"),
    "minimum_savings_rate": ("0", "10", "0.5"),
    "cap": ("0", "20", "1"),
    "gain_cap": ("0", "20", "1"),
    "trend": ("-5", "15", "0.5"),
    "rebasing": ("0", "100", "10"),
    "reduction": ("0", "10", "0.5"),
    "years": ("1", "10", "1"),
    "spread": ("0", "6", "0.5"),
    "quality_factor": ("0", "1", "0.05"),
    "withhold": ("0", "30", "1"),
    "load": ("0", "30", "1"),
    "prepaid": ("0", "100", "5"),
    "percent": ("-20", "30", "0.5"),
    "percent_of_medicare": ("60", "200", "1"),
    "sessions_a_week": ("1", "50", "1"),
    "no_show": ("0", "60", "1"),
    "ramp_months": ("1", "24", "1"),
}
_SIGNS = {"percent": "%", "USD": "USD", "USD per member per month": "USD"}
_STEPS = tuple(
    Decimal(each)
    for each in ("0.05", "0.1", "0.25", "0.5", "1", "5", "10", "50", "100", "500", "1000", "5000")
)


def movable(name: str, label: str, value: Decimal | int | str, unit: str) -> dict[str, Any]:
    """One input as plain data: name (the tool's argument), label, value, unit, least, most, step.

    Numbers are texts, so that no digit is lost. Amounts and counts without fixed bounds go
    from half to one and a half of their value.
    """
    held = Decimal(str(value))
    if name in _FIXED:
        least, most, step = (Decimal(each) for each in _FIXED[name])
    else:
        step = _step(held)
        least, most = _even(held / 2, step), _even(held * 3 / 2, step)
        least, most = max(least, step), max(most, step * 10)
    least, most = min(least, held), max(most, held)
    told = {"value": held, "least": least, "most": most, "step": step}
    return {"name": name, "label": label, "unit": unit,
            **{key: _plain(each) for key, each in told.items()}}  # fmt: skip


def _step(value: Decimal) -> Decimal:
    """The largest of our steps that cuts the value into a hundred parts at least."""
    fitting = [each for each in _STEPS if each * 100 <= value]
    return fitting[-1] if fitting else _STEPS[0]


def _even(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def movables(held: Mapping[str, Figure], names: Sequence[str]) -> list[dict[str, Any]]:
    """The named inputs among those a model took, in the order named."""
    return [
        movable(name, held[name].name, held[name].number, _SIGNS.get(held[name].unit, ""))
        for name in names
        if name in held
    ]
