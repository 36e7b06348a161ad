"""Drafts worded apart: no two share their opening, their closing, or more than they must.

A sentence is known by its words without figures, dates and names, so that two letters do not
begin alike with another number in the same place. The keys stand in each draft's facts.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from copilot.drafting.facts import Facts, facts_from
from copilot.drafting.shared_values import Value
from copilot.drafts import Draft, Drafts
from knowledge.evidence import TOKEN

TRIED = 28
LATEST = 120
ENDS = re.compile(r"(?<=[.?:])\s+(?=[A-Z“⟦])")
WORTH = 100


def sentence_keys(paragraphs: Iterable[str], values: Mapping[str, Value]) -> tuple[str, ...]:
    """A key for each sentence of running text, in order; lists and tables are left out."""
    names = sorted({v for v in values.values() if isinstance(v, str) and len(v) > 3}, key=len)
    keys = []
    for paragraph in paragraphs:
        running = " ".join(
            line for line in paragraph.split("\n") if line and not re.match(r"- |\|", line)
        )
        for sentence in ENDS.split(running):
            masked = TOKEN.sub("#", sentence)
            for name in reversed(names):
                masked = masked.replace(name, "#")
            masked = re.sub(r"[\d.,]*\d", "#", masked).lower().strip()
            if masked:
                keys.append(f"{zlib.crc32(masked.encode()):08x}")
    return tuple(keys)


def earlier_emails(drafts: Drafts) -> list[tuple[Draft, Facts]]:
    """The latest emails of the workspace with their facts, newest first."""
    held = []
    for key in drafts.ids()[:LATEST]:
        draft = drafts.latest(key)
        if draft.kind == "email":
            held.append((draft, facts_from(draft.facts)))
    return held


def same_situation(one: Facts, other: Facts) -> bool:
    """Whether two drafts are written for one situation at one length, whatever their tone."""
    names = ("payer", "purpose", "stage", "percent", "percent_of_medicare", "codes", "topic",
             "length")  # fmt: skip
    return all(getattr(one, name) == getattr(other, name) for name in names)


def shared(said: Sequence[str], others: Sequence[Facts]) -> int:
    """How much a text shares with others: an opening or a closing weighs most."""
    if not said:
        return 0
    openings = Counter(each.said[0] for each in others if each.said)
    closings = Counter(each.said[-1] for each in others if each.said)
    every = Counter(key for each in others for key in set(each.said))
    ends = openings[said[0]] + closings[said[-1]]
    return WORTH * ends + sum(every[key] for key in said)
