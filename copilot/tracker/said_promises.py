"""What one side said it would do, and by when; a day nobody named stays empty."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from copilot.tracker.entries import Party, Promise
from copilot.tracker.said_days import SaidDay, days_said
from copilot.tracker.said_events import subject

_DOING = (
    r"(?:get back|come back|be back|be in touch|send|call|ring|e-?mail|reply|respond|answer|review"
    r"|check|look|let (?:us|me|them|him|her) know|provide|give|share|follow up|return|escalate"
    r"|forward|take (?:it|this|that)|talk|discuss|run|pass|schedule|set up|confirm|submit|update"
    r"|prepare|draft|make|put|counter|propose|revise|issue|fax|mail|get|deliver|upload|bring|meet"
    r"|have (?:a|an|the|it|our|their|something|that)|decide|work on|pull|find|write|fix|correct"
    r"|reprocess|load|add|sign|raise|present|circulate)"
)
_MAKES = re.compile(
    r"\b(?:(?P<vow>promised|pledged|committed|undertook|guaranteed)"
    r"(?: (?:us|me|them|him|her))?(?: that)?(?: (?:they|we|he|she|i|it)(?:'d|'ll| would| will))?"
    r"(?: to)? (?P<vowed>(?!today|yesterday|tomorrow)\w.*)"
    r"|(?:agreed|offered|(?:is|are) supposed|(?:is|are|was|were) due|(?:is|are) going|plans?"
    r"|intends?)"
    rf" to (?P<agreed>{_DOING}\b.*)"
    rf"|(?:will|would|'ll|'d|shall) (?:then |also |probably |try to |be able to )?"
    rf"(?P<will>{_DOING}\b.*)"
    rf"|(?P<must>(?:need|have|has|must|got) (?:to )?)(?P<needed>{_DOING}\b.*)"
    r"|owes? (?P<to>us|me|them|him|her) (?P<owed>.*))",
    re.IGNORECASE | re.DOTALL,
)
_ASKED_OF_US = re.compile(
    r"\b(?:wants?|needs?|expects?|asked for|asks for|is waiting for|are waiting for|waiting on)"
    r" (?:to have |to get |to see )?(?P<what>(?:our|an?|the|more|us to|some) [^.;!?]*)",
    re.IGNORECASE)  # fmt: skip
_MEETING = re.compile(
    r"\b(?:have|scheduled|set up|booked|got|set|arranged|there is|agreed on) (?:a |an |our "
    r"|another |the )*"
    r"(?P<what>(?:\w+ )?(?:call|meeting|follow-?up|zoom|check-?in|conversation)\b[^.;!?]*)",
    re.IGNORECASE)  # fmt: skip
_TO_FOLLOW = re.compile(
    r"\b(?P<what>(?:the |an? |their )?(?:signed |draft |new )?(?:amendment|contract|offer|counter"
    r"|redline|fee schedule|paper(?:s|work)?|answer|response|exhibit) (?:to follow|is coming|coming"
    r"|expected|is due|due)\b[^.;!?]*)", re.IGNORECASE)  # fmt: skip
_NEW_DAY = re.compile(
    r"\b(?:(?:now|still) (?:say|says|said|promised?|need|needs|want|wants)(?: until| it will be)?"
    r"|(?:pushed|moved|postponed|put) (?:it|that|this|the \w+|their \w+)(?: back| out| off)? (?:to"
    r"|until)|(?:needs?|asked for|wants?) until)(?P<what> [^.;!?]*)", re.IGNORECASE)  # fmt: skip
SAME = "an answer"  # what a new day alone ("they now say December 20") promises
_STOP = re.compile(
    r"[.;!?](?=\s|$)|\n|,? (?:and|but|so|then) (?=(?:we|i|they|he|she|it)\b)"
    r"|, (?=(?:we|i|they|he|she|it)\b)|,? but\b| because\b| since (?!the)| if (?=we|they|i\b)",
    re.IGNORECASE)  # fmt: skip
_LEFT_OPEN = re.compile(
    r"[\s,]*\b(?:by|before|on|until|till|no later than|not later than|at the latest(?: by)?|within"
    r"|in|for|around|about|sometime|at|the|or|latest|of)?[\s,]*$", re.IGNORECASE)  # fmt: skip
_NOT_A_PROMISE = re.compile(
    r"\b(?:won't|will not|would not|wouldn't|can't|cannot|could not|refuse[sd]? to|never)\b"
    r"|\b(?:if|whether|unless|asked (?:if|whether|them|her|him|that)|hope|hoping|wish)\b[^.;]*$",
    re.IGNORECASE,
)
MOST_WORDS = 140
MOST_PROMISES = 40  # of one contact


@dataclass(frozen=True)
class SaidPromises:
    """The promises found, and the stretches of the text that tell them."""

    promises: tuple[Promise, ...]
    places: tuple[tuple[int, int], ...]


def promises_said(text: str, today: date, base: date, payer_words: str) -> SaidPromises:
    """The promises in a text; days in them lie ahead of base, the day of the talk."""
    promises: list[Promise] = []
    places: list[tuple[int, int]] = []
    at = 0
    while len(places) < MOST_PROMISES and (match := _MAKES.search(text, at)):
        stop = _STOP.search(text, match.start() + 4)
        end = stop.start() if stop and stop.start() > match.start() else len(text)
        by = _by(text, match, payer_words)
        start = _start_of(match)
        before = text[max(0, match.start() - 60) : match.start() + 12]
        open_still = re.match(r",? (?:if|unless|provided|once)\b", text[end:], re.IGNORECASE)
        if by is None or start >= end or open_still or _NOT_A_PROMISE.search(before):
            at = match.end() if start >= end else min(start, end)
            at = max(at, match.start() + 3)
            continue
        days = [d for d in days_said(text[:end], today, ahead=True, base=base) if d.start >= start]
        must = bool(match["must"])
        if must and not days:
            at = end
            continue
        made = _apart(text, start, end, days, by)
        promises += [replace(each, what=_addressed(each.what, payer_words)) for each in made]
        places.append((match.start(), end))
        at = end
    for pattern in (_ASKED_OF_US, _MEETING, _TO_FOLLOW):
        promises += _with_a_day(pattern, text, today, base, payer_words, places)
    promises += _new_days(text, today, base, payer_words, places)
    return SaidPromises(tuple(_once(promises)), tuple(places))


def _new_days(
    text: str, today: date, base: date, payer_words: str, places: list[tuple[int, int]]
) -> list[Promise]:
    """A day that only takes the place of one promised before ("they now say December 20")."""
    made: list[Promise] = []
    for match in _NEW_DAY.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in places):
            continue
        if subject(text, match.start(), payer_words) != "payer":
            continue
        days = [d for d in days_said(text[: match.end()], today, ahead=True, base=base)
                if match.start("what") <= d.start and d.day >= base]  # fmt: skip
        if days and not re.search(r"\w", text[match.start("what") : days[0].start]):
            made.append(Promise("", "payer", SAME, days[0].day))
            places.append((match.start(), match.end()))
    return made


def _with_a_day(
    pattern: re.Pattern[str],
    text: str,
    today: date,
    base: date,
    payer_words: str,
    places: list[tuple[int, int]],
) -> list[Promise]:
    """What they want of us, a talk that is set, a paper to follow: only with a day by it."""
    made: list[Promise] = []
    for match in pattern.finditer(text):
        if any(start <= match.start() < end for start, end in places):
            continue
        wanted = pattern is _ASKED_OF_US
        if wanted and subject(text, match.start(), payer_words) == "practice":
            continue
        start = match.start("what")
        days = [d for d in days_said(text[: match.end()], today, ahead=True, base=base)
                if d.start >= start and d.day >= base]  # fmt: skip
        if not days:
            continue
        what = _trimmed(text[start : days[0].start])
        if wanted:
            what = re.sub(r"^us to ", "", what) + " (they asked for it)"
        by: Party = "payer" if pattern is _TO_FOLLOW else "practice"
        made.append(Promise("", by, what, days[0].day))
        places.append((match.start(), match.end()))
    return made


def _by(text: str, match: re.Match[str], payer_words: str) -> Party | None:
    if match["to"]:
        return "practice" if match["to"].lower() in ("them", "him", "her") else "payer"
    by = subject(text, match.start(), payer_words)
    if by is None and match["will"] is not None:
        by = subject(text, match.start(), payer_words, within="sentence")
    if by is not None:
        return by
    return "payer" if match["vow"] else None


def _start_of(match: re.Match[str]) -> int:
    return next(match.start(name) for name in ("vowed", "agreed", "will", "needed", "owed")
                if match[name] is not None)  # fmt: skip


def _apart(text: str, start: int, end: int, days: list[SaidDay], by: Party) -> list[Promise]:
    """One promise a day named; what follows the last day belongs to it."""
    if len(days) < 2:
        due = days[0].day if days else None
        said = text[start:end]
        if days:
            said = (
                text[start : days[0].start]
                if days[0].start - start > 2
                else text[days[0].end : end]
            )
        what = _trimmed(said)
        return [Promise("", by, what, due)] if what else []
    made, at = [], start
    for day in days:
        what = _trimmed(re.sub(r"^[\s,]*(?:and|then)\s+", "", text[at : day.start]))
        if what:
            made.append(Promise("", by, what, day.day))
        at = day.end
    return made


def _trimmed(words: str) -> str:
    """The words without what leads up to a day at their end."""
    what = " ".join(words.split()).strip(" ,:-")
    before = None
    while before != what:
        before, what = what, _LEFT_OPEN.sub("", what).strip(" ,:-")
    return what[:MOST_WORDS]


def _addressed(what: str, payer_words: str) -> str:
    """The words without whom it was promised to: "Wolf Creek we would send" is "send"."""
    if not payer_words:
        return what
    return re.sub(rf"^(?:{payer_words})\s+(?:that\s+)?(?:(?:we|i|they|he|she)(?:'d|'ll| would|"
    rf" will))?"
                  r"(?:\s?to\b)?\s*", "", what, flags=re.IGNORECASE) or what  # fmt: skip


def _once(promises: list[Promise]) -> list[Promise]:
    return list({(each.by, each.what.lower(), each.due): each for each in promises}.values())
