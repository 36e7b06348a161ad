"""What a mail holds in one sentence, and its messages proposed for the log."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.mail.read_thread import Read, read_mail
from copilot.mail.sides import Sides
from copilot.mail.to_log import propose
from copilot.settings import Profile
from copilot.tracker.entries import Offer
from copilot.tracker.log import Log
from knowledge.documents.document import Document
from knowledge.evidence import long_date
from tools.practice import Practice

ASK_WHOSE = "Say whose mail it is; then its messages are proposed for the log."
ONE_SIDED = "Who wrote some of its messages is not told, so they are not proposed for the log."


def found_in(practice: Practice, profile: Profile, document: Document) -> list[str]:
    """Sentences on a mail just read: what was found, and how many entries wait.

    Its messages are proposed for the log; nothing is kept there before the user's word.
    """
    reads = read_mail(document, practice, profile)
    said = [summary(reads, practice, document.payer)]
    if document.payer is None:
        return [*said, ASK_WHOSE]
    sides = Sides(document.payer, practice, profile)
    waiting = propose(Log(practice.workspace), reads, sides)
    if waiting:
        many = f"{len(waiting)} entries wait" if len(waiting) > 1 else "1 entry waits"
        said.append(f"{many} for your word in the log.")
    if any(read.by is None or read.on is None for read in reads):
        said.append(ONE_SIDED)
    return said


def summary(reads: Sequence[Read], practice: Practice, payer: str | None) -> str:
    """One sentence: how many messages, the last one's day and sender, what it says."""
    dated = [each for each in reads if each.on]
    last = max(dated, key=lambda r: (str(r.on), r.placed.message.at), default=None)
    count = f"{len(reads)} messages" if len(reads) != 1 else "1 message"
    whose = f" with {practice.payers.short_name(payer)}" if payer else ""
    if last is None or last.on is None:
        return f"{count}{whose}, without a day that can be read."
    who = last.placed.message.sender or "somebody not named"
    head = f"{count}{whose}, the last of {long_date(last.on)} from {who}"
    parts = _parts(last)
    return f"{head}: {'; '.join(parts)}." if parts else f"{head}."


def _parts(read: Read) -> list[str]:
    made = []
    if read.of("acceptance"):
        made.append("accepts")
    for offer in read.of("offer")[:2]:
        amount = amount_words(Offer("", read.by or "payer", offer.percent,
                                    offer.percent_of_medicare, offer.dollars))  # fmt: skip
        amount = amount or "; ".join(f"${value} for {code}" for code, value in offer.rates)
        starts = f" from {long_date(offer.starts)}" if offer.starts else ""
        verb = "asks for" if read.by == "practice" else "offers"
        made.append(f"{verb} {amount or 'a price in words'}{starts}")
    promises = read.of("promise")
    due = [each.due for each in promises if each.due]
    if promises:
        by = f", one by {long_date(min(due))}" if due else ""
        made.append(f"{len(promises)} promise{'s' if len(promises) > 1 else ''}{by}")
    for kind, word in (("refusal", "refusal"), ("question", "question")):
        count = len(read.of(kind))
        if count:
            made.append(f"{count} {word}{'s' if count > 1 else ''}")
    return made


def amount_words(offer: Offer) -> str:
    """3%, 105% of Medicare, $40,000 a year; "" where only words are kept."""
    if offer.percent is not None:
        return f"{offer.percent.normalize():f}%"
    if offer.percent_of_medicare is not None:
        return f"{offer.percent_of_medicare.normalize():f}% of Medicare"
    return f"${offer.dollars:,} a year" if offer.dollars is not None else ""
