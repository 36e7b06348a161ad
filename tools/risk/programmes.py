"""Arrangements by name: the three usual ones with the user's terms, and public programmes'."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from knowledge.problems import BadInput
from knowledge.reference.dated import read_toml
from tools.risk.arrangement import Arrangement

UPSIDE, TWO_SIDED, GLOBAL = "upside only", "two-sided", "global"
_SAID = {
    "upside": UPSIDE, "upside only": UPSIDE, "one-sided": UPSIDE, "shared savings": UPSIDE,
    "two-sided": TWO_SIDED, "two sided": TWO_SIDED, "downside": TWO_SIDED, "shared risk": TWO_SIDED,
    "global": GLOBAL, "full risk": GLOBAL, "global risk": GLOBAL, "full": GLOBAL,
}  # fmt: skip


@dataclass(frozen=True)
class Programme:
    """A public arrangement with the years it stands for and where they were read."""

    arrangement: Arrangement
    words: str
    years: str
    source: str


def usual(
    share: Decimal,
    loss_share: Decimal,
    least: Decimal,
    most_gain: Decimal | None,
    most_loss: Decimal | None,
    quality: Decimal,
) -> dict[str, Arrangement]:
    """Upside only, two-sided and global (all of gain and loss) with the same other terms."""
    two = Arrangement(
        TWO_SIDED, float(share), float(loss_share), float(least), float(least),
        None if most_gain is None else float(most_gain),
        None if most_loss is None else float(most_loss), (), 0.0, float(quality),
    )  # fmt: skip
    upside = replace(two, name=UPSIDE, loss_share=0.0)
    every = replace(two, name=GLOBAL, gain_share=100.0, loss_share=100.0)
    return {UPSIDE: upside, TWO_SIDED: two, GLOBAL: every}


def programme(said: str) -> Programme | None:
    """The public programme of a name, or None."""
    return _programmes().get(_key(said))


def named_arrangement(said: str | None) -> str:
    """Which usual arrangement, or which programme, is meant; BadInput names the choices."""
    if said is None:
        return TWO_SIDED
    key = _key(said)
    if key in _programmes():
        return key
    if key not in _SAID:
        choices = ", ".join((UPSIDE, TWO_SIDED, GLOBAL, *_programmes()))
        raise BadInput("arrangement", f"“{said}” is no arrangement known here", f"say {choices}")
    return _SAID[key]


def _key(said: str) -> str:
    return " ".join(said.lower().replace("_", " ").split())


@cache
def _programmes() -> dict[str, Programme]:
    made = {}
    for row in read_toml("risk_programmes.toml")["programme"]:
        bands = tuple((float(edge) or None, float(share)) for edge, share in row["bands"])
        terms = Arrangement(row["name"], bands=bands, discount=float(row["discount"]))
        years = f"{row['from'].year} to {row['to'].year}"
        made[row["name"]] = Programme(terms, row["words"], years, row["source"])
    return made
