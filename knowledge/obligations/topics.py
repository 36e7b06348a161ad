"""The matter of a duty: claims, records, payment and so on, by its words and its captions."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

OTHER = "Other"
_WEAK = ("Term and ending", "Notices and changes")  # what a duty says beside its own matter

ORDER = (
    "Claims", "Payment", "Overpayments", "Authorizations and review", "Charges to patients",
    "Credentialing and licences", "Notices and changes", "Access and patients",
    "Directory and eligibility", "Records and audits", "Quality and reports",
    "Insurance and indemnity", "Privacy and confidence", "Disputes", "Term and ending", OTHER,
)  # fmt: skip


@cache
def topics() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Each matter's label with the patterns of its words and of its captions, in order."""
    text = files("knowledge.obligations").joinpath("topics.toml").read_text(encoding="utf-8")
    return {
        row["label"]: (
            re.compile(row["does"], re.IGNORECASE),
            re.compile(row["under"], re.IGNORECASE),
        )
        for row in tomllib.loads(text).values()
    }


def topic_of(does: str, captions: str) -> str:
    """The label of the matter of a duty under its captions; OTHER where none is told."""
    own = next((label for label, (words, _) in topics().items() if words.search(does[:90])), OTHER)
    if own not in (*_WEAK, OTHER):
        return own
    for caption in reversed(captions.split(" | ")):
        for label, (_, under) in topics().items():
            if under.search(caption):
                return label
    return own


def topics_asked(text: str) -> tuple[str, ...]:
    """The matters that a user's words name, in order; () for none."""
    said = text.lower()
    named = [label for label in topics() if label.lower() in said]
    loose = [label for label, (words, under) in topics().items()
             if words.search(said) or under.search(said)]  # fmt: skip
    return tuple(named or loose)
