"""The line of business that a claim filing indicator tells by itself."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    told: dict[str, str] = tomllib.loads(text)["line_of_business"]
    return told


def line_of_business(indicator: str) -> str | None:
    """commercial, medicare, ... or None where the code names a plan type or nothing."""
    return _table().get(indicator.upper())
