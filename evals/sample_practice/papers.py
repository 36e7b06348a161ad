"""How each sample contract looks on paper: payer, format, fonts, margins."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Paper:
    """size and leading in points, margin in inches; kind is contract or offer."""

    slug: str
    payer: str
    kind: str
    format: str
    file: str
    running_title: str
    font: str
    size: float = 11
    leading: float = 15
    margin: float = 1.1
    justified: bool = False
    centred_headings: bool = False
    line_numbers: bool = False

    def text(self) -> str:
        """The contract's source text in the markup of `markup.py`."""
        return (HERE / "contracts" / f"{self.slug}.txt").read_text(encoding="utf-8")


def papers() -> tuple[Paper, ...]:
    """All contracts and letters of the sample practice, in the order of papers.toml."""
    table = tomllib.loads((HERE / "papers.toml").read_text(encoding="utf-8"))
    return tuple(Paper(slug=slug, **look) for slug, look in table.items())
