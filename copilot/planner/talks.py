"""Messages that belong to the negotiation itself: a line of a rehearsed call, a mail pasted in,
what happened with a payer, and a word that puts right what was just told.

They are not weighed against example phrases: a line to the rep may sound like any job, and
what is told of a call may name rates and codes. Only the user's own message is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from copilot.drafting.heard import asks_for_answer
from copilot.mail.pasted import is_pasted_thread
from copilot.planner.plan import Call
from copilot.rehearsal.running import for_rehearsal
from copilot.tracker.corrections import corrected, drops, keeps
from copilot.tracker.entries import Entry
from copilot.tracker.told import PayerSpans, told

LOG, REHEARSAL, MAIL = "log_interaction", "rehearse", "read_email"
OBJECTION = "answer_objection"
_BEGIN = (
    r"^\W*(?:(?:so|ok|okay|well|hey|hi|fyi|update|news|good news|bad news|just|also)\b[,:.!]?\s+)*"
)
_WHO = (
    r"(?:(?:i|we|they|he|she|it|our \w+(?: \w+)?"
    r"|the (?:\w+ ){0,3}?(?:rep|manager|director|insurer|plan|payer|carrier|office|team|person)"
    r"|my \w+|\w+ (?:at|from) PAYER|PAYER(?:'s \w+)?"
    r"|[A-Z]\w+(?: [A-Z]\w+)?(?: (?:at|from) PAYER)?)\s+)"
)
_SMALL = r"(?:(?:have|has|had|just|also|then|finally|already|again|only|now|verbally)\s+)*"
_DID = (
    r"(?:spoke|talked|called|phoned|rang|met\b|e-?mailed|wrote|sent|mailed|faxed"
    r"|left (?:a|them|him|her|word)|reached|texted|chatted|heard (?:back )?from"
    r"|got (?:an? |the |their |our )?(?:\w+ )?(?:e-?mail|call|voicemail|letter|answer|reply"
    r"|response|offer|counter\w*)|received|offered|countered|came back"
    r"|replied|responded|answered|promised|refused|declined|rejected|accepted|agreed|proposed"
    r"|submitted|uploaded|followed up|had (?:a|our|my|another|the) (?:\w+ )?(?:call|meeting|talk"
    r"|conversation|zoom)|said\b|told (?:us|me)|turned (?:us|it|that) down|called (?:us|me) back"
    r"|never (?:answered|replied|called)|signed|committed)"
)
_TOLD = re.compile(_BEGIN + rf"(?:{_WHO})?{_SMALL}{_DID}\b", re.IGNORECASE)
_SAYS_SO = re.compile(
    r"^\W*(?:(?:please|can you|could you|also|quick|hey)[,]?\s+)*"
    r"(?:log\b(?! ?in)|record (?:that|it|this|my|our|the)|note (?:that|down|it|this)"
    r"|make a note|jot"
    r"|keep a (?:note|record)|write down that|put (?:it|this) (?:in|on) the (?:log|record)"
    r"|mark (?:PAYER|them|it|this|the \w+) (?:as |down as )?(?!up\b)"
    r"|add (?:a |the |this )?(?:contact|note)\b"
    r"|save this to the log)"
    r"|^\W*(?:our|the|my) (?:new )?(?:rep|contact|contracting \w+|network \w+|account \w+"
    r"|person)(?: \w+)? (?:at|with|for|there|from)?\s?(?:PAYER)? ?is"
    r" (?-i:[A-Z])\w",
    re.IGNORECASE,
)
_ASKS_TOO = re.compile(
    r"\?|(?:^|[.;!:,]\s*|\b(?:and|so|then|but)\s+)(?:please |now |also |can you |could you )*"
    r"(?:what|how|when|where|who|which|why|is (?:it|that|this)|are (?:they|we|those)"
    r"|can (?:we|they|i)|should (?:we|i)|do (?:we|i|they)|does|did (?:we|they)|draft"
    r"|write (?:an?|the|them|back|to|up)|prepare|compare|show|give me|tell me|help|need\b|feed"
    r"|brief|arm me|make (?:me|a|the)|points to|calculate|model|review|redline|explain|remind me"
    r"|rehearse)\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"\b(?:notice of|notice|amend(?:ed|ing) our|changing our contract)\b", re.I)
_DATA = re.compile(
    r"^\W*(?:payments?|claims?|charges?|money|revenue|collections?|visits?|denials?)\b",
    re.IGNORECASE,
)


def talk_call(
    words: str, state: Mapping[str, Any], today: date, payers: PayerSpans, known: Mapping[str, Any]
) -> Call | None:
    """The call for such a message; None where it is one of the ordinary kind.

    known: the tools there are, by name.
    """
    text = words.strip()
    if REHEARSAL in known and for_rehearsal(text, state):
        return Call(REHEARSAL, {"said": text})
    if MAIL in known and is_pasted_thread(text):
        return Call(MAIL, {})
    if OBJECTION in known and asks_for_answer(text):
        named = [str(span.value) for span in payers(text)]
        return Call(OBJECTION, {"topic": text, **({"payer": named[0]} if named else {})})
    if LOG in known and (
        _is_told(text, today, payers) or _mends_the_last(text, state, today, payers)
    ):
        return Call(LOG, {"words": text})
    return None


def _is_told(text: str, today: date, payers: PayerSpans) -> bool:
    """Whether a message tells what happened, or says that something is to be kept."""
    shown = _with_placeholders(text, payers)
    if _SAYS_SO.search(shown):
        return not _ASKS_TOO.search(re.sub(_SAYS_SO, "", shown))
    if not _TOLD.search(shown) or _ASKS_TOO.search(shown) or _DATA.search(shown):
        return False
    if _NOTICE.search(shown):
        return False
    return bool(told(text, today, payers))


def _with_placeholders(text: str, payers: PayerSpans) -> str:
    """The text with PAYER where one is named."""
    out, at = [], 0
    for span in sorted(payers(text), key=lambda span: span.start):
        if span.start >= at:
            out += [text[at : span.start], "PAYER"]
            at = span.end
    return "".join([*out, text[at:]])


def _mends_the_last(text: str, state: Mapping[str, Any], today: date, payers: PayerSpans) -> bool:
    """Whether a short word right after something was told keeps, drops or corrects it."""
    turns: Sequence[Any] = [turn for turn in state.get("calls") or () if turn]
    if not turns or str(turns[-1][-1]["name"]) != LOG or "?" in text:
        return False
    if keeps(text) or drops(text):
        return True
    blank = Entry(id="", payer="", on=today, channel="other", direction="both", who="", words="",
                  promises=(), offers=(), draft="", file="", made="")  # fmt: skip
    return corrected(blank, text, today, payers) is not None
