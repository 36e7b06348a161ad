"""Whether a message tells what happened with a payer, rather than asks for something.

By the form of its words alone, so that it can be known before any payer is looked up: what
was done is told in the past ("called them", "they offered 4%"), not asked, wished or ordered.
"""

from __future__ import annotations

import re

from copilot.tracker.asked_view import asks
from copilot.tracker.corrections import drops, keeps, puts_right
from copilot.tracker.said_stages import marked_stage

_LED = re.compile(
    r"^\W*(?:please |can you |could you |quick |also |ok,? |hey,? )*"
    r"(?:log|record|note|jot|keep a (?:note|record)|make a note|write down|track|remember)\b"
    r"(?! (?:of|in) (?:all|every))",
    re.IGNORECASE,
)
_DID = re.compile(
    r"\b(?:spoke (?:with|to)|talked (?:with|to)|called (?!for)|phoned|rang|met with|e-?mailed|faxed"
    r"|mailed|left (?:a|another|her|him|them) |left (?:voice ?mail|vm)|heard (?:back )?from"
    r"|followed up with|reached out to|got (?:an?|the) (?:e-?mail|call|letter|counter|offer|reply)"
    r"|(?:got|received) (?:the|their|an?) (?:\w+ )?(?:amendment|counter|offer|reply|answer)"
    r"|had (?:a|another|our) (?:\w+ )?(?:call|meeting|zoom)|sent (?:them|her|him|over|it)"
    r"|wrote (?:to|back)|(?:got|called|wrote|came) back)\b",
    re.IGNORECASE,
)
_THEY_DID = re.compile(
    r"\b(?:offered|promised|countered|came back (?:with|at)|(?<!lines )(?<!claims )(?:refused"
    r"|declined)"
    r"|(?:now|still) says?|(?:needs|wants) until"
    r"|(?:pushed|postponed) (?:it|that|the \w+) (?:back |out )?to"
    r"|owes us|(?:moved|went) (?:up )?(?:from \S+ )?to \d|accepted|said (?:no|yes"
    r"|they|he|she)|agreed to|(?:it is|it's|we have|we've got|got) a deal|deal at \d"
    r"|said \d|proposed|replied|responded|raised (?:it|their)|wants us to"
    r"|(?:will|'ll) (?:get back|send|respond|answer|call)|emailed (?:us|me)|called (?:us|me))\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:we|i) (?:asked|countered|proposed|accepted|sent|promised|agreed|told|owe them)\b"
    r"|^\W*(?:(?:today|yesterday|this morning|just|also),? )*(?:sent|asked|got|left|met|heard"
    r"|had lunch"
    r"|received|faxed|submitted|uploaded|countered|voice ?mail (?:to|from)) ",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\b(?:rep|contact|manager|director)\b[^?]{0,40}\b(?:is|:)\s*(?:now )?[A-Z][a-z]+ [A-Z][a-z]+"
    r"|\b[\w.]{1,80}@[\w-]{1,80}\.\w+"
)
_ORDER = re.compile(
    r"^\W*(?:please |then |now |and |can you |could you |let's |help me )*(?:draft|write"
    r"|prepare|make"
    r"|compare|show|model|what|how|which|why|should|would|could|do|does|is|are|if|suppose|find|give"
    r"|tell|review|add|change|revise|redline|rehearse|script|set|pretend|act|explain|calculate)\b"
    r"(?! [a-z]+ as\b)",
    re.IGNORECASE,
)
_SO_WHAT = re.compile(
    r"\b(?:what (?:is|would|do|should|now|does)|is (?:it|that) (?:good|worth|fair|any)|worth it"
    r"|how (?:much|long|many|good|does)|should we|draft|write|answer them|reply to)\b[^.]*$",
    re.IGNORECASE,
)


def belongs_to_log(words: str, after_log: bool) -> bool:
    """Whether a message is for the log: it tells of a contact, or it is the user's word on what
    the turn before showed (after_log: that turn's last tool was the log)."""
    answers = keeps(words) or drops(words) or puts_right(words)
    return (after_log and answers) or tells_of_contact(words)


def tells_of_contact(words: str) -> bool:
    """Whether the message is one for the log. False for a question, an order, or a tale that
    ends in one ("they offered 4%, is that any good?")."""
    text = words.strip()
    if _LED.match(text) or marked_stage(text):
        return True
    if asks(text) or _ORDER.match(text) or _SO_WHAT.search(text):
        return False
    return any(p.search(text) for p in (_DID, _THEY_DID, _OURS, _CONTACT))
