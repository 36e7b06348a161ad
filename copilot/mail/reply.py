"""What a payer's last message asks to be answered with: a counter, an objection, an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from copilot.desk import Desk
from copilot.mail.read_thread import Read, read_thread
from copilot.settings import Profile
from knowledge.notices.notice import is_notice
from tools.practice import Practice

_ANSWERS = re.compile(
    r"\b(?:reply|replies|respond|response|answer|write back)\b.{0,40}\b(?:e-?mail|mail|message|it"
    r"|this|that)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:accept|counter|declin|object|thank|follow|escalat|terminat|remind|dispute|offer)",
    re.IGNORECASE,
)
_DATA = re.compile(
    r"\b(?:data|report|quality|volumes?|claims|roster|figures|numbers|utilization|how many)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reply:
    """The purpose an email in reply has, as draft_email names it; what was offered, in percent
    of today's rates, where it is one; topic: what the payer asks for, in its own words."""

    purpose: str
    read: Read
    offered: Decimal | None = None
    topic: str = ""


def reply_of(reads: tuple[Read, ...]) -> Reply | None:
    """The reply that the latest message of the payer calls for; None where it wrote none."""
    last = next((each for each in reads if each.by == "payer" and each.on), None)
    if last is None:
        return None
    if last.of("acceptance"):
        return Reply("thanks", last)
    offers = last.of("offer")
    if offers:
        percents = [each.percent for each in offers if each.percent is not None]
        return Reply("counter", last, percents[0] if len(percents) == 1 else None)
    if is_notice(last.document) and not last.of("refusal"):
        return Reply("objection", last)
    asked = last.of("question")
    if last.of("refusal"):
        return Reply("follow_up", last)
    if asked:
        data = any(_DATA.search(each.words) for each in asked)
        return Reply(
            "data_package" if data else "thanks",
            last,
            topic=" ".join(each.words for each in asked)[:400],
        )
    return Reply("thanks", last)


def replied(desk: Desk, payer: str, purpose: str | None) -> str | None:
    """The purpose of an answer to the payer's last mail, where the user's words ask for one and
    name no purpose of their own; else the purpose as it was given."""
    if not _ANSWERS.search(desk.question) or _NAMED.search(desk.question):
        return purpose
    found = reply_to(desk.practice, desk.settings.profile, payer)
    return found.purpose if found else purpose


def reply_to(practice: Practice, profile: Profile, payer: str) -> Reply | None:
    """The same, from all mails of a payer on file."""
    return reply_of(read_thread(practice, profile, payer))
