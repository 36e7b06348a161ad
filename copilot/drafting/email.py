"""The tool that writes an email to a payer."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from copilot.desk import Desk
from copilot.drafting.asked import medicare_year_in, offered_in, only_percent, other_percent
from copilot.drafting.facts import LENGTHS, Facts
from copilot.drafting.finished import finished
from copilot.drafting.kept_paper import by_strategy, opening_of
from copilot.drafting.letter import write_apart
from copilot.drafting.purposes import Purpose, purpose_of, stage_said
from copilot.drafting.situations.addressee import addressee_of
from copilot.drafting.situations.answer_to_offer import condition_in, in_letter, tied_in
from copilot.drafting.situations.follow_up import next_stage
from copilot.drafting.situations.history import our_last_ask, read_history
from copilot.drafting.situations.offer_letter import offer_letter
from copilot.drafting.situations.said_points import agreed_in, also_in
from copilot.drafting.voices import voice_of
from copilot.mail.reply import replied
from knowledge.evidence import Finding
from knowledge.problems import MoreNeeded
from knowledge.reference.codes import OFFICE_VISITS
from tools.registry import tool

# Purposes that repeat the last request's ask, and those in which the user's topic is said.
AGAIN = ("follow_up", "escalation", "termination", "data_package")
TOPICAL = ("term", "documents", "policies", "thanks", "proposal", "credentialing")
ON_VISITS = re.compile(r"\b(?:on|for) (?:the |our |all )?office visits\b", re.IGNORECASE)
ASKS = ("5%", "8%", "10%", "100% of Medicare", "120% of Medicare")


@tool(
    label="Email to a payer",
    asks=[
        "draft an email to the payer",
        "write them an email asking for 8%",
        "email the rep about a rate increase",
        "write a letter requesting higher rates",
        "follow up with them, they never answered",
        "answer their offer in an email",
        "ask them for our full fee schedule",
        "request a meeting with the payer",
        "draft the objection to their notice of change",
        "write the objection letter",
        "accept their offer in an email, on conditions",
        "draft a notice of termination for counsel to read",
        "write to them for the summary disclosure and their policies",
        "escalate our request to their director of contracting",
    ],
    needs=[],
    examples=["Draft an email to {payer} asking for 8% more"],
    required=["payer"],
)
def draft_email(
    desk: Desk,
    *,
    payer: str | None = None,
    purpose: str | None = None,
    percent: Decimal | None = None,
    percent_of_medicare: Decimal | None = None,
    codes: list[str] | None = None,
    topic: str | None = None,
    length: str | None = None,
) -> Finding:
    """Write an email to a payer: a rate request, a follow-up, an objection to a notice and more.

    The evidence is this payer's alone; every number is a figure of the practice's data.
    Raises MoreNeeded where the payer or the ask is missing.
    """
    to = payer_meant(desk, payer)
    purpose = replied(desk, to, purpose)
    has_ask = percent is not None or percent_of_medicare is not None
    meant = purpose_of(purpose, desk.question, has_ask, topic)
    facts = Facts(
        kind="email",
        payer=to,
        purpose=meant.name,
        stage=_stage(desk, to, meant, purpose or ""),
        percent=percent,
        percent_of_medicare=percent_of_medicare,
        codes=_codes(desk, codes),
        topic=_topic(desk, topic, meant),
        length=length_meant(length),
        tone=desk.settings.tone,
        voice=voice_of(desk.practice, to),
        addressee=addressee_of(desk, to, meant.name),
    )
    facts, planned = _with_ask(desk, _with_past(desk, facts, meant), meant)
    made = finished(desk, write_apart(desk, facts))
    return by_strategy(made) if planned else made


def _with_past(desk: Desk, facts: Facts, meant: Purpose) -> Facts:
    """The facts with what the last request to this payer asked, where the new one repeats it."""
    repeats = meant.name not in ("rate_increase", "proposal") and meant.ask != "none"
    if not repeats:
        return facts
    past = read_history(desk, facts.payer)
    asked, ours = past.asked, our_last_ask(past.entries)
    has_ask = facts.percent is not None or facts.percent_of_medicare is not None
    if meant.name in AGAIN and not has_ask and meant.ask == "helps":
        if asked is not None:
            facts = replace(
                facts, percent=asked.percent, percent_of_medicare=asked.percent_of_medicare,
                codes=facts.codes or asked.codes,
            )  # fmt: skip
        elif ours is not None:
            facts = replace(
                facts, percent=ours.percent, percent_of_medicare=ours.percent_of_medicare
            )
        else:
            facts = replace(facts, percent=only_percent(desk.question))
    start = asked.start if asked else ""
    if not start and ours is not None and ours.starts is not None:
        start = ours.starts.isoformat()
    return replace(facts, start=start, used=past.pieces_used() if meant.name in AGAIN else ())


def _with_ask(desk: Desk, facts: Facts, meant: Purpose) -> tuple[Facts, bool]:
    """The facts with the ask and the offer told apart; whether a strategy gave the ask.

    Raises MoreNeeded where an ask is needed and nothing names one.
    """
    percent, offered = facts.percent, None
    if facts.percent_of_medicare is not None:
        year, national = _medicare(desk, facts, meant)
        facts = replace(facts, year=year, national=national)
    if meant.name in ("counter", "acceptance"):
        offered = offered_in(desk.question)
        if meant.name == "counter" and percent is not None and offered == percent:
            percent = other_percent(desk.question, offered)
        if meant.name == "counter" and offered is None:
            offer = read_history(desk, facts.payer).offer
            offered = offer[1].percent if offer else None
        if meant.name == "acceptance" and percent is None and facts.percent_of_medicare is None:
            offer = read_history(desk, facts.payer).offer
            letter = offer_letter(desk.practice, facts.payer)
            spoken = offer[1] if offer and not (letter and in_letter(letter, offer)) else None
            percent = offered or (spoken.percent if spoken else None)
            if percent is None and spoken is not None:
                facts = replace(facts, percent_of_medicare=spoken.percent_of_medicare)
            starts = spoken.starts if spoken else None
            if spoken is None and letter is not None and letter.starts is not None:
                starts = letter.starts.value if isinstance(letter.starts.value, date) else starts
            if starts is not None:
                facts = replace(facts, start=starts.isoformat())
            offered = None
    facts, planned = replace(facts, percent=percent, offered=offered), False
    if meant.ask == "needed" and percent is None and facts.percent_of_medicare is None:
        opening = opening_of(desk, facts.payer)
        if opening is None:
            raise MoreNeeded("email", "percent", "How much do you want to ask for?", ASKS)
        facts, planned = replace(facts, percent=opening), True
    return facts, planned


def _medicare(desk: Desk, facts: Facts, meant: Purpose) -> tuple[int | None, bool]:
    """The Medicare year of the ask, and whether its national amounts are meant.

    As the user says, in an answer to an offer else as the offer does.
    """
    said = [desk.question]
    if meant.name in ("counter", "acceptance"):
        letter = offer_letter(desk.practice, facts.payer)
        said += [citation.quote for _, citation in letter.points] if letter else []
    named = [(year, words) for words in said if (year := medicare_year_in(words))]
    if not named:
        return None, False
    same = " ".join(words for year, words in named if year == named[0][0])
    return named[0][0], bool(re.search(r"\bnational\b", same, re.IGNORECASE))


def _stage(desk: Desk, payer: str, meant: Purpose, purpose: str) -> int:
    """Which reminder it is: as the user says, else one more than went before."""
    if meant.name != "follow_up":
        return 1
    said = stage_said(purpose, desk.question)
    return said or next_stage(desk, payer)


def payer_meant(desk: Desk, payer: str | None) -> str:
    """The payer named, or the only insurer there is; MoreNeeded where it cannot be told."""
    book = desk.practice.payers
    if payer:
        return book.resolve(payer).name or payer
    known = [p for p in book.known() if book.line_of_business(p) != "self_pay"]
    if len(known) == 1:
        return known[0]
    raise MoreNeeded("draft", "payer", "Which payer is it for?", tuple(known))


def _codes(desk: Desk, codes: list[str] | None) -> tuple[str, ...]:
    """The codes asked about; the office visits where the words put the ask on them."""
    if codes:
        return tuple(codes)
    return tuple(sorted(OFFICE_VISITS)) if ON_VISITS.search(desk.question) else ()


def length_meant(length: str | None) -> str:
    """short, usual or long, from the words that ask for it."""
    said = (length or "").lower()
    if any(word in said for word in ("short", "brief", "quick", "small")):
        return "short"
    if any(word in said for word in ("long", "detail", "full", "board")):
        return "long"
    return said if said in LENGTHS else "usual"


def _topic(desk: Desk, topic: str | None, meant: Purpose) -> str:
    said = (topic or "").strip()
    if meant.name == "acceptance":
        return condition_in(desk.question) or said
    if meant.name == "counter":
        return tied_in(desk.question)
    if meant.name == "follow_up":
        return also_in(desk.question)
    if meant.name == "thanks":
        return agreed_in(desk.question) or said
    return said if meant.name in TOPICAL else ""
