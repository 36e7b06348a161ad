"""The kinds of document a practice asks for, told from the user's words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.problems import MoreNeeded


@dataclass(frozen=True)
class Kind:
    """One kind: its name in a draft, how the page calls it, the words that ask for it.

    internal: it stays in the practice, so several payers may stand in it. payer: whether it
    needs one. asks: whether it can hold an ask for rates.
    """

    name: str
    label: str
    words: str
    internal: bool = False
    payer: bool = True
    asks: bool = True


KINDS = (
    Kind("agenda", "meeting agenda",
         r"agenda|run sheet|meeting plan|order of (?:the )?meeting|plan (?:for )?the meeting"),
    Kind("memo", "memo", r"\bmemo\b|memorandum|cover note|internal note", internal=True),
    Kind("profile", "practice profile",
         r"profile|who we are|fact sheet|about us|in numbers|about our practice|our story",
         payer=False, asks=False),
    Kind("briefing", "briefing for the board",
         r"\bboard\b|briefing|brief (?:the|our)|\bpartners\b|shareholders|owners|directors",
         internal=True, payer=False),
    Kind("proposal", "proposal letter",
         r"propos|rate exhibit|exhibit of (?:the )?rates|formal (?:request|letter)|"
         r"letter with (?:a|an|the) (?:rate |code )?(?:exhibit|table)"),
    Kind("profile", "practice profile", r"one[- ]?pager|one[- ]page|overview of (?:our|the)",
         payer=False, asks=False),
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in reversed(KINDS)}
INTERNAL = tuple(name for name, kind in BY_NAME.items() if kind.internal)
LABELS = tuple(dict.fromkeys(kind.label for kind in KINDS))


def kind_of(purpose: str | None, topic: str | None, question: str) -> Kind:
    """The kind meant: named outright, else by the question's words, else by the others'.

    Raises MoreNeeded with the kinds to choose from where no words name one.
    """
    named = (purpose or "").strip().lower().replace("_", " ")
    for kind in KINDS:
        if named in (kind.name, kind.label):
            return kind
    for words in (question, purpose or "", topic or ""):
        for kind in KINDS:
            if re.search(kind.words, words, re.IGNORECASE):
                return kind
    raise MoreNeeded("document", "purpose", "Which document do you need?", LABELS)
