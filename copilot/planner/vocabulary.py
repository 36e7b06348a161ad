"""The names that one workspace gives the planner to recognise."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.practice import Practice


STORES = ("claim_lines", "fee_schedules", "membership", "quality", "contracts")


@dataclass(frozen=True)
class Vocabulary:
    """Payers, codes and products of one workspace.

    payers: canonical names. aliases: folded alias to canonical name. codes: those in claims
    and schedules. families: what people call a group of codes, to its codes. has: the tables
    and stores that hold something. businesses: payer to its line of business, where known.
    """

    payers: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    products: tuple[str, ...] = ()
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    has: frozenset[str] = frozenset()
    businesses: Mapping[str, str] = field(default_factory=dict)


def folded(text: str) -> str:
    """A name as it is compared: lower case, words of letters and digits, single spaces."""
    plain = text.lower().replace("&", " and ").replace("'", "").replace("’", "")
    return " ".join(re.findall(r"[a-z0-9+]+", plain))


def vocabulary_of(practice: Practice) -> Vocabulary:
    """The names of a practice's payers, codes and products, and what its workspace holds."""
    tables = practice.tables
    codes: set[str] = set()
    products: set[str] = set()
    for name in ("claim_lines", "fee_schedules"):
        if tables.has(name):
            table = tables.table(name)
            rows = tables.frame(table.select("code", "product").distinct())
            codes.update(str(code).upper() for code in rows["code"].dropna())
            products.update(str(product).strip() for product in rows["product"].dropna())
    has = {name for name in STORES if name != "contracts" and tables.has(name)}
    if any(document.kind in ("contract", "amendment") for document in practice.library.documents()):
        has.add("contracts")
    payers = practice.payers.known()
    return Vocabulary(
        payers=payers,
        aliases=practice.payers.aliases(),
        codes=frozenset(codes),
        products=tuple(sorted(products - {""})),
        families=lay_codes(),
        has=frozenset(has),
        businesses=businesses(practice),
    )


def businesses(practice: Practice) -> dict[str, str]:
    """Each payer's line of business: as known, else as its own name tells it."""
    found = {
        payer: practice.payers.line_of_business(payer) or _told_by_name(payer)
        for payer in practice.payers.known()
    }
    return {payer: business for payer, business in found.items() if business}


def _told_by_name(payer: str) -> str:
    low = payer.lower()
    if "medicaid" in low:
        return "medicaid"
    if re.search(r"\b(?:medicare|senior)\b.*\b(?:advantage|plan|choice)\b|\badvantage\b", low):
        return "medicare_advantage"
    return "medicare" if low.startswith("medicare") else ""


@cache
def lay_codes() -> Mapping[str, tuple[str, ...]]:
    """The built-in names of code groups, from lay_codes.toml."""
    text = Path(__file__).with_name("lay_codes.toml").read_text(encoding="utf-8")
    return {name: tuple(codes) for name, codes in tomllib.loads(text).items()}
