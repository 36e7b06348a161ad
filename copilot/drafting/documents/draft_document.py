"""The tool that writes a document: profile, proposal letter, agenda, board briefing or memo."""

from __future__ import annotations

import re
from decimal import Decimal

from copilot.desk import Desk
from copilot.drafting.documents.kinds import Kind, kind_of
from copilot.drafting.documents.writers import WRITERS
from copilot.drafting.email import ASKS, length_meant, payer_meant
from copilot.drafting.facts import Facts
from copilot.drafting.finished import finished
from copilot.drafting.kept_paper import by_strategy, opening_of
from copilot.drafting.situations.addressee import addressee_of
from copilot.drafting.spoken_days import day_said
from copilot.drafting.voices import voice_of
from knowledge.evidence import Finding
from knowledge.problems import MoreNeeded
from tools.registry import tool

POINTED = re.compile(r"\b(?:they|them|their|this payer|that payer|this one)\b", re.IGNORECASE)


@tool(
    label="Document",
    asks=[
        "write a one-page profile of our practice",
        "who we are in numbers on one page",
        "a fact sheet about us for the payer",
        "write the proposal letter with a rate exhibit",
        "formal proposal for 8% with the code table",
        "rate exhibit with current and asked rates",
        "proposal letter asking a percent of Medicare on office visits with a code table",
        "make an agenda for the meeting with them",
        "prepare a briefing for our physicians' board",
        "brief the partners on where every payer stands",
        "a board paper on our contract negotiations",
        "write a memo on the contract findings",
        "summarize contract, money and next steps in a memo",
    ],
    needs=[],
    examples=[
        "Write a one-page profile of our practice for {payer}",
        "Write the proposal letter to {payer} for 8% with the rate exhibit",
        "Prepare a briefing for the physicians' board",
    ],
)
def draft_document(
    desk: Desk,
    *,
    payer: str | None = None,
    purpose: str | None = None,
    percent: Decimal | None = None,
    percent_of_medicare: Decimal | None = None,
    codes: list[str] | None = None,
    topic: str | None = None,
    length: str | None = None,
    period: str | None = None,
) -> Finding:
    """Write a document: practice profile, proposal letter with rate exhibit, meeting agenda,
    briefing for the board, or memo.

    purpose: profile, proposal, agenda, briefing or memo. A profile or letter to a payer holds
    that payer's data alone; briefing and memo stay in the practice. A proposal without a
    percent opens where the payer's strategy does. Raises MoreNeeded where the kind, the
    payer or the ask is missing.
    """
    kind = kind_of(purpose, topic, desk.question)
    if kind.name == "briefing" and not _speaks_of(desk, payer):
        payer = None  # carried over from the talk before: the board is told of all
    to = payer_meant(desk, payer) if payer or kind.payer else ""
    planned = None
    if kind.asks and to and percent is None and percent_of_medicare is None and not kind.internal:
        percent = planned = opening_of(desk, to)
    if kind.name == "proposal" and percent is None and percent_of_medicare is None:
        raise MoreNeeded("proposal letter", "percent", "How much do you want to ask for?", ASKS)
    facts = Facts(
        kind=kind.name,
        payer=to,
        purpose=kind.name,
        percent=percent if kind.asks else None,
        percent_of_medicare=percent_of_medicare if kind.asks else None,
        codes=tuple(codes or ()),
        topic=(topic or "").strip(),
        wanted=tuple((topic or "").lower().split()),
        length="usual" if length is None else length_meant(length),
        tone=desk.settings.tone,
        voice=voice_of(desk.practice, to) if to else 0,
        addressee=_addressee(desk, kind, to),
        reply_on=_meeting_day(desk, kind),
        period=period or "",
    )
    made = finished(desk, WRITERS[kind.name](desk, facts))
    return made if planned is None else by_strategy(made)


def _speaks_of(desk: Desk, payer: str | None) -> bool:
    """Whether the user's words name the payer, or point at it; true where there are none."""
    said = desk.question.lower()
    if not said or payer is None:
        return True
    book = desk.practice.payers
    spelled = (name for name, whose in book.aliases().items() if whose == payer)
    names = [payer.lower(), book.short_name(payer).lower(), *spelled]
    return bool(POINTED.search(said)) or any(
        re.search(rf"\b{re.escape(name)}\b", said) for name in names
    )


def _addressee(desk: Desk, kind: Kind, payer: str) -> str:
    """The person or role the letter or memo goes to; "" where nobody is known."""
    return addressee_of(desk, payer, kind.name) if kind.name == "proposal" else ""


def _meeting_day(desk: Desk, kind: Kind) -> str:
    """The day of the meeting where the user's words name one (ISO)."""
    if kind.name != "agenda":
        return ""
    day = day_said(desk.question, desk.practice.today)
    return day.isoformat() if day is not None and day > desk.practice.today else ""
