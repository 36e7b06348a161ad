"""Which payers a text names, and where: in full, or shortened as people shorten names."""

from __future__ import annotations

import re
from collections.abc import Sequence

GENERIC = frozenset(
    ["Health", "Plan", "Mutual", "Benefits", "Insurance", "Company", "Assurance", "National"]
)
BENCHMARK = re.compile(
    r"(\b(of|vs|to|than|against|above|below|from|\d{4})\s+)medicare|medicare(\s+(prices?|pays)|'s)",
    re.IGNORECASE,
)


def spoken(name: str, others: Sequence[str]) -> str:
    """The name without its last generic words, as long as it still means one payer."""
    parts = name.split()
    while len(parts) > 1 and parts[-1] in GENERIC:
        parts.pop()
    short = " ".join(parts)
    return name if any(o != name and o.startswith(short) for o in others) else short


def mentions(text: str, names: Sequence[str]) -> list[tuple[int, str]]:
    """Each place where a payer is named, in order.

    The longest run of a name's first words counts. Where two names share that run, it means
    the one whose other words are generic ("Cinder Cone" is Cinder Cone Health, not Cinder
    Cone Senior Advantage). "Medicare" as a yardstick is no payer.
    """
    yardsticks = [(m.start(), m.end()) for m in BENCHMARK.finditer(text)]
    found: dict[int, tuple[int, int, str]] = {}
    for name in names:
        words = name.split()
        pattern = re.escape(words[0]) + "".join(rf"(?:\s+{re.escape(w)}" for w in words[1:])
        pattern += ")?" * (len(words) - 1)
        cases = rf"\b(?:{pattern}|{pattern.upper().replace(chr(92) + 'S', chr(92) + 's')})(?!\w)"
        for match in re.finditer(cases, text, re.IGNORECASE if name == "Self-pay" else 0):
            if name == "Medicare" and any(a <= match.start() < b for a, b in yardsticks):
                continue
            length = len(match.group().split())
            generic = sum(word in GENERIC for word in words[length:])
            rest = generic - (len(words) - length)  # 0 where only generic words are left out
            best = found.get(match.start())
            if best is None or (length, rest) > best[:2]:
                found[match.start()] = (length, rest, name)
    places, end = [], -1
    for start in sorted(found):
        length, _, name = found[start]
        if start >= end:
            places.append((start, name))
            run = re.match(rf"(?:\S+\s+){{{length - 1}}}\S+", text[start:])
            end = start + (len(run.group()) if run else 0)
    return places
