"""The tool that writes an email to a payer."""

from __future__ import annotations

from decimal import Decimal

from copilot.desk import Desk
from copilot.drafting.asked import offered_in, other_percent
from copilot.drafting.facts import LENGTHS, Facts, facts_from
from copilot.drafting.finished import finished
from copilot.drafting.kept_paper import by_strategy, opening_of
from copilot.drafting.letter import write_email
from copilot.drafting.occasions import earlier_request
from copilot.drafting.purposes import Purpose, purpose_of, stage_of
from copilot.drafting.voices import voice_of
from knowledge.evidence import Finding
from knowledge.problems import MoreNeeded
from tools.registry import tool

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
    has_ask = percent is not None or percent_of_medicare is not None
    meant = purpose_of(purpose, desk.question, has_ask, topic)
    offered = None
    if meant.name == "counter" and percent is not None:
        offered = offered_in(desk.question)
        if offered == percent:
            percent = other_percent(desk.question, offered)
    planned = None
    if meant.ask == "needed" and percent is None and percent_of_medicare is None:
        percent = planned = opening_of(desk, to)
    if meant.ask == "needed" and percent is None and percent_of_medicare is None:
        raise MoreNeeded("email", "percent", "How much do you want to ask for?", ASKS)
    if meant.name == "follow_up" and not has_ask:
        percent, percent_of_medicare = _asked_before(desk, to)
    facts = Facts(
        kind="email",
        payer=to,
        purpose=meant.name,
        stage=stage_of(purpose or "", desk.question),
        percent=percent,
        percent_of_medicare=percent_of_medicare,
        offered=offered,
        codes=tuple(codes or ()),
        topic=_topic(topic, meant),
        length=length_meant(length),
        tone=desk.settings.tone,
        voice=voice_of(desk.practice, to),
    )
    made = finished(desk, write_email(desk, facts))
    return made if planned is None else by_strategy(made)


def _asked_before(desk: Desk, payer: str) -> tuple[Decimal | None, Decimal | None]:
    """The ask of the last request to this payer, so that a follow-up repeats it."""
    earlier = earlier_request(desk, payer)
    if earlier is None:
        return None, None
    facts = facts_from(earlier.facts)
    return facts.percent, facts.percent_of_medicare


def payer_meant(desk: Desk, payer: str | None) -> str:
    """The payer named, or the only insurer there is; MoreNeeded where it cannot be told."""
    book = desk.practice.payers
    if payer:
        return book.resolve(payer).name or payer
    known = [p for p in book.known() if book.line_of_business(p) != "self_pay"]
    if len(known) == 1:
        return known[0]
    raise MoreNeeded("draft", "payer", "Which payer is it for?", tuple(known))


def length_meant(length: str | None) -> str:
    """short, usual or long, from the words that ask for it."""
    said = (length or "").lower()
    if any(word in said for word in ("short", "brief", "quick", "small")):
        return "short"
    if any(word in said for word in ("long", "detail", "full", "board")):
        return "long"
    return said if said in LENGTHS else "usual"


def _topic(topic: str | None, meant: Purpose) -> str:
    return (topic or "").strip() if meant.name in ("term", "documents", "thanks") else ""
