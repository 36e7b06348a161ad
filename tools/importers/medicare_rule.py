"""Rules of a fee schedule that speak of Medicare: "115% of 2024 Medicare, Colorado"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_RULE = re.compile(
    r"(\d{2,3}(?:\.\d+)?)\s*(?:%|percent|per cent)\s*(?:\(?%?\)?\s*)?(?:of|x|times)?\s*(?:the\s+)?"
    r"(.{0,60}?)\b(medicare|mpfs|rbrvs|cms)\b(.*)",
    re.I | re.S,
)
_NAMED = {
    r"LABS?\b|LABORATOR": ("lab",),
    r"VACCINES?\b(?!.{0,12}ADMIN)|IMMUNIZATIONS?\b(?!.{0,12}ADMIN)": ("vaccine",),
    r"DRUGS?\b|INJECTABLE|J.?CODES": ("drug",),
    r"SUPPLIES": ("supply",),
    r"E/M|E&M": ("99202-99205", "99211-99215"),
    "EVALUATION AND MANAGEMENT": ("99202-99205", "99211-99215"),
    "OFFICE VISIT": ("99202-99205", "99211-99215"),
    "PREVENTIVE": ("99381-99387", "99391-99397"),
}


@dataclass(frozen=True)
class MedicareRule:
    """A percent of a Medicare year's price (year None: then-current) in a locality."""

    percent: Decimal
    year: int | None
    locality: str | None


def medicare_rule(text: str) -> MedicareRule | None:
    """The rule a text states, or None."""
    found = _RULE.search(text)
    if not found:
        return None
    around = f"{found[2]} {found[3]} {found[4]}"
    years = {int(year) for year in re.findall(r"\b(20\d{2})\b", around)}
    place = re.search(r"\b(national|colorado)\b", around, re.I)
    return MedicareRule(
        Decimal(found[1]),
        min(years) if years else None,
        place[1].capitalize() if place else None,
    )


def codes_spoken_of(text: str) -> list[str]:
    """Codes and ranges named inside a rule's sentence; "*" for all other codes; else empty."""
    before = _RULE.sub("", text).upper() or text.upper()
    spans = [
        f"{first}-{last}" if last else first
        for first, last in re.findall(
            r"\b(\d{5}|[A-Z]\d{4})(?:\s*(?:-|–|TO|THROUGH)\s*(\d{5}|[A-Z]\d{4}))?\b", before
        )
    ]
    if spans:
        return spans
    named = [
        each
        for words, ranges in _NAMED.items()
        if re.search(rf"\b(?:{words})", before)
        and not re.search(rf"\bOTHER\b(?!\s+(?:{words}))", before)
        for each in ranges
    ]
    if named:
        return list(dict.fromkeys(named))
    return ["*"] if re.search(r"\b(?:ALL|OTHER|REMAINING|DEFAULT|EVERY)\b", before) else []
