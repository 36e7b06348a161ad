"""Which other payers a text names: a letter to one never tells of another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.payer_spelling import folded
from tools.practice import Practice

# Public programs are no payer's secret: every comparison names Medicare.
PUBLIC = frozenset(
    ["Medicare", "Medicaid", "CHP+", "TRICARE", "Veterans Affairs Community Care",
     "Workers' compensation", "Self-pay"]
)  # fmt: skip
# Spellings of carriers that are also everyday words; they count only with more words.
EVERYDAY = frozenset(
    ["friday", "united", "clover", "devoted", "surest", "bind", "elevate", "umr", "va", "none",
     "self", "patient", "cash", "sp", "wc", "nhp", "kp", "mcr", "fep", "ccha"]
)  # fmt: skip
WORD = re.compile(r"[A-Za-z0-9][\w&+'’.-]*")
LONGEST = 7


def payers_named(practice: Practice, text: str, besides: str | None, own: str = "") -> list[str]:
    """Canonical names of payers in the text besides one, in the order in which they stand.

    The workspace's payers count in any spelling it knows, well-known carriers where they
    are written with a capital. own: the practice's own words (its name), which count for
    nothing.
    """
    found = [
        name for name in _names(practice, text.replace(own, " ") if own else text)
        if name != besides and name not in PUBLIC
    ]  # fmt: skip
    return list(dict.fromkeys(found))


def _names(practice: Practice, text: str) -> Iterator[str]:
    aliases, known = practice.payers.aliases(), set(practice.payers.known())
    words = list(WORD.finditer(text))
    at = 0
    while at < len(words):
        for size in range(min(LONGEST, len(words) - at), 0, -1):
            raw = text[words[at].start() : words[at + size - 1].end()]
            spelled = folded(re.sub(r"['’]s$", "", raw.rstrip(".,")))
            name = aliases.get(spelled)
            if name is None or "\n\n" in raw:
                continue
            if spelled in EVERYDAY or not (raw[:1].isupper() or (name in known and " " in spelled)):
                continue
            yield name
            at += size - 1
            break
        at += 1
