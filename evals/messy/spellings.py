"""The ways a billing system writes one payer."""

from __future__ import annotations

import re
from collections.abc import Sequence

FIXED = {
    "MEDICARE": ("Medicare", "MEDICARE", "Medicare Part B", "MEDICARE PART B", "Medicare  Part B"),
    "SELF": ("Self Pay", "SELF-PAY", "Self-pay", "SELF PAY", "self pay"),
}
SHORT = {
    "Health": "HLTH",
    "Plan": "PLN",
    "Insurance": "INS",
    "Mutual": "MUT",
    "Company": "CO",
    "Benefits": "BNFTS",
    "Community": "COMM",
    "Assurance": "ASSUR",
}


def spellings_of(
    role: str, name: str, initials: bool, product: str = "", more: Sequence[str] = ()
) -> tuple[str, ...]:
    """Some ten spellings, the canonical one first; the initials last where they are used.

    more: further forms by name (code, product, colorado, dropped, doubled).
    """
    if role in FIXED:
        return FIXED[role]
    short = name
    for long, brief in SHORT.items():
        short = re.sub(rf"\b{long}\b", brief, short)
    spaced = "  ".join(name.split(" "))
    found = [name, name.upper(), name.lower(), f"{name}, Inc.", f" {spaced} ", short.upper()]
    if role != "P6":
        found += [f"{name.upper()} (84{len(name):03d})", _slipped(name), f"{name}."]
    found += [_further(form, name, product) for form in more]
    if initials and role in ("P1", "P2", "P3"):
        found.append("".join(word[0] for word in name.split()))
    return tuple(dict.fromkeys(found))


def _further(form: str, name: str, product: str) -> str:
    """One more way to write a payer: its code before it, the product behind it, and the like."""
    middle = len(name.split()[0]) // 2
    return {
        "code": f"{name[:3].upper()}01 - {name.upper()}",
        "product": f"{name} {product}".strip(),
        "colorado": f"{name} of Colorado",
        "dropped": name[:middle] + name[middle + 1 :],
        "doubled": name[:middle] + name[middle] + name[middle:],
    }[form]


def _slipped(name: str) -> str:
    """The name with two letters of its first word changed over, as a tired hand types it."""
    middle = len(name.split()[0]) // 2
    return name[:middle] + name[middle + 1] + name[middle] + name[middle + 2 :]
