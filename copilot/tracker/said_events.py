"""What kind of contact a message tells of: by which channel, and who reached whom.

A verb without a subject is the user's own ("called Aetna"); one that only a payer does
("offered 4%", "refused") is the payer's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from copilot.tracker.entries import Channel, Direction, Party

_OURS = r"\b(?:we|i|we've|i've|we'd|we'll|i'll|our|my|us and)\b"
_THEIRS = (
    r"\b(?:they|he|she|they've|they'd|they'll|he'd|she'd|he'll|she'll|their|the (?:payer|plan"
    r"|insurer|rep(?:resentative)?|contract(?:ing|s)? (?:manager|rep|team|department)|director"
    r"|network (?:manager|director)|company)|nobody|no ?one|someone there)\b"
)
_CHANNELS: tuple[tuple[Channel, str], ...] = (
    ("voicemail", r"\bvoice ?mails?\b|\bvm\b|\bleft (?:her |him |them )?(?:a |another )?message\b"
     r"|\b(?:called|rang|phoned)[^.;]{0,40}\bno (?:answer|one picked up)\b"),
    ("email", r"\be-?mail(?:ed|s|ing)?\b|\bby mail merge\b|\binbox\b"),
    ("portal", r"\bportal\b|\bavaility\b|\bprovider site\b"),
    ("meeting", r"\bmet\b|\bmeeting\b|\bin person\b|\bzoom\b|\bteams call\b|\bvideo call\b"
     r"|\blunch\b|\bvisited\b|\bcame by\b"),
    ("letter", r"\bletters?\b|\bmailed\b|\bcertified mail\b|\bfax(?:ed)?\b|\bby post\b"
     r"|\bfedex\b|\bovernighted\b"),
    ("call", r"\bcall(?:ed|s|ing)?\b|\bphon(?:e|ed)\b|\brang\b|\bspoke\b|\bspoken\b|\btalk(?:ed"
    r"|ing)?"
     r"\b|\bconference line\b|\bdialed\b|\bhung up\b|\bchatted\b|\breached (?!out)\w+"),
)  # fmt: skip
_TOGETHER = re.compile(
    r"\b(?:spoke|spoken|talk(?:ed|ing)?|met|chatted|discussed|had (?:a|another|our) (?:\w+ )?"
    r"(?:call|meeting|talk|chat|conversation)|(?:call|meeting|conversation|zoom) with"
    r"|on the phone with|got (?:a )?hold of|reached (?!out)\w+)\b", re.IGNORECASE)  # fmt: skip
_REACHED = re.compile(
    r"\b(?:called|phoned|rang|dialed|e-?mailed|wrote|written|sent|mailed|faxed|texted|submitted"
    r"|uploaded|filed|followed up|reached out|chased|reminded|objected|replied|responded|answered"
    r"|countered|proposed|requested|asked|left (?:her |him |them )?(?:a |another )?"
    r"(?:voice ?mail|vm|message)|handed|delivered|forwarded|visited|tried|informed|notified|told"
    r"|overnighted|pushed back|turned (?:it|them|that) down|rejected)\b"
    r"|(?:^|[.;]\s)\W*(?:voice ?mail|vm|e-?mail|call|letter|message|fax) to\b",
    re.IGNORECASE)  # fmt: skip
_CAME = re.compile(
    r"\b(?:got|received|had|have|heard|heard back)\b[^.;]{0,50}?\bfrom\b"
    r"|\b(?:came|come|got|get|called|wrote|phoned) back\b|\boffer(?:ed|ing|s)\b|\bpromised\b"
    r"|\brefused\b|\bdeclined\b|\bsaid\b|\bsays\b|\btells us\b|\bagreed\b|\baccepted\b|\bapproved\b"
    r"|\bare offering\b|\bsent (?:us|me|over|back)\b|\b(?:e-?mailed|called|told|asked|wrote) (?:us"
    r"|me)\b|\bcommitted\b|\bquoted\b|\bour (?:e-?mail|letter|proposal|request) (?:was )?answered\b"
    r"|\b(?:letter|e-?mail|offer|counter|amendment|notice|proposal)"
    r"(?: from [^.,;]{2,30}?)? (?:came|arrived|is in)\b"
    r"|\b(?:wants|confirmed|acknowledged|denied|escalated|raised|improved|lowered|moved)\b"
    r"|(?:^|[.;]\s)\W*(?:voice ?mail|vm|e-?mail|call|letter|message|fax) from\b",
    re.IGNORECASE)  # fmt: skip


_CUTS = {
    "clause": re.compile(
        r"[.;:!?\n]|,| and then | then | but | and (?=(?:we|i|they|he|she)\b)", re.IGNORECASE
    ),
    "sentence": re.compile(r"[.;!?\n]"),
}
_OBJECT = re.compile(
    r"\b(?:with|to|from|at|of|for|called|told|e-?mailed|asked|reminded|and)\s+"
    r"(?:\w+ (?:at|from|of) )?$", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True)
class Happened:
    """How a stretch of words tells of a contact; channel None where none is named."""

    channel: Channel | None
    direction: Direction | None


def happened(text: str, payer_words: str) -> Happened:
    """The contact in a stretch; payer_words: a pattern of the payers' and persons' names."""
    channel = channel_named(text)
    ours = theirs = False
    for match in _REACHED.finditer(text):
        if _CAME.match(text, match.start()):
            continue
        by = subject(text, match.start(), payer_words) or "practice"
        ours, theirs = ours or by == "practice", theirs or by == "payer"
    for match in _CAME.finditer(text):
        from_us = subject(text, match.start(), payer_words) == "practice"
        took = re.search(r"\bfrom$|\bback\b", match.group(), re.I)
        if from_us and not took:
            ours = True
        else:
            theirs = True
    if _TOGETHER.search(text) or (ours and theirs):
        return Happened(channel, "both")
    return Happened(channel, "out" if ours else "in" if theirs else None)


def channel_named(text: str) -> Channel | None:
    """The channel that the words name, the narrowest first (a voicemail is no call)."""
    return next((name for name, pattern in _CHANNELS if re.search(pattern, text, re.I)), None)


def subject(
    text: str, at: int, payer_words: str, within: Literal["clause", "sentence"] = "clause"
) -> Party | None:
    """Who does what stands at a place: the nearest "we" or "they" before it in its clause, or
    in its whole sentence."""
    start = max((m.end() for m in _CUTS[within].finditer(text[:at])), default=0)
    clause = text[start:at]
    found = [(m.end(), "practice") for m in re.finditer(_OURS, clause, re.I)]
    found += [(m.end(), "payer") for m in re.finditer(_THEIRS, clause, re.I)]
    if payer_words:
        found += [(m.end(), "payer") for m in re.finditer(payer_words, clause, re.I)
                  if not _OBJECT.search(clause[: m.start()])]  # fmt: skip
    if not found:
        return None
    return "practice" if max(found)[1] == "practice" else "payer"
