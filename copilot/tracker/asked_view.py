"""Which side of the log a question is after, and up to which day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from copilot.tracker.said_days import days_said

View = Literal["due", "unanswered", "board", "offers", "contacts", "promises", "log"]
HORIZON = 120
_ASKING = re.compile(
    r"(?:please |can you |could you )?(?:show|list|what|who|when|where|which|how|give me|tell me"
    r"|open|display|pull up|print)\b",
    re.IGNORECASE,
)
_ASKED: tuple[tuple[View, str], ...] = (
    ("board", r"\bwon\b|\bon the table\b.*\b(?:all|total|together)\b"),
    (
        "unanswered",
        r"\b(?:not|never|n't)(?: yet)? (?:answered|replied|responded|heard|called back)\b"
        r"|\bunanswered\b|\bwaiting (?:on|for)\b|\bsilent\b|\bno (?:answer|reply|response)\b",
    ),
    ("contacts", r"\bcontacts?\b(?! by)|\bwho (?:is|do|did|should|can|'s)\b(?!.*\b(?:owe|due"
    r"|next|first)\b)"
     r"|\bwhose (?:email|number)\b|\bphone number\b|\bour rep\b"),
    ("promises", r"\bpromis\w+\b|\bcommitments?\b|\bowe[sd]?\b|\bwhat did (?:they|\w+) (?:say"
    r"|agree)\b"),
    ("offers", r"\boffers?\b|\boffered\b|\bcounter\w*\b|\basked (?:\w+ )?for\b|\bour asks?\b"
     r"|\bledger\b|\bhow far apart\b|\bon the table\b(?!.*\ball\b)"),
    ("log", r"\b(?:the|our|negotiation|contact|show|whole) (?:\w+ )?(?:log|history|record|thread)\b"
     r"|\blog of\b|\bwhat happened\b|\bwhen did we last\b|\blast (?:contact|spoke|talked)\b"),
    ("board", r"\ball (?:the |our |of our )?(?:negotiations?|payers|talks|deals)\b|\beach payer\b"
     r"|\bevery (?:payer|negotiation)\b|\bboard\b|\bpipeline\b|\bnegotiations? stand\b|\bstages?\b"
     r"|\bstatus of (?:our|the|all)\b|\boverview\b|\bwhere do (?:we|things|our|the"
     r"|they)\b[^?]*\bstand\b"),
)  # fmt: skip


def view_asked(words: str, topic: str | None) -> View:
    """The view that a topic names, else the question's words; what is due where they name none."""
    for text in (topic or "", words):
        low = text.lower()
        if re.search(r"\bdue\b|\bto do\b|\bdeadlines?\b|\bnext\b", low) and not (
            re.search(r"\bpromis|\bcontact", low)
        ):
            return "due"
        for view, pattern in _ASKED:
            if re.search(pattern, low):
                return view
    return "due"


def asks(words: str) -> bool:
    """Whether a message asks to be shown something rather than tells what happened."""
    return bool(_ASKING.match(words.strip())) or words.strip().endswith("?")


def points_back(words: str) -> bool:
    """Whether a message points to a payer without naming it ("what did they promise")."""
    return bool(re.search(r"\b(?:they|them|their|he|she|him|her|it|that payer)\b", words, re.I))


def up_to(words: str, period: str | None, today: date) -> date:
    """The last day asked about; HORIZON days ahead where none is named."""
    for text in (words, period or ""):
        ahead = [d.day for d in days_said(text, today, ahead=True) if d.day >= today]
        if ahead:
            return max(ahead)
        if found := re.search(r"\b(?:next|coming) (\d{1,3}) (day|week|month)s?\b", text, re.I):
            size = {"day": 1, "week": 7, "month": 31}[found[2].lower()]
            return today + timedelta(int(found[1]) * size)
        if found := re.fullmatch(r"(?:\d{4}-\d{2}\.\.)?(\d{4})-(\d{2})", text.strip()):
            first = date(int(found[1]), int(found[2]), 1)
            last = (first + timedelta(31)).replace(day=1) - timedelta(1)
            if last >= today:
                return last
    return today + timedelta(HORIZON)
