"""A message about what happened, read into entries for the log; nothing doubtful is filled in.

An entry begins where another payer, another day or another kind of contact is told of. Only
the user's own words are kept; patients named in them are covered.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from copilot.tracker.agreed import taken_last
from copilot.tracker.entries import CHANNELS, Channel, Contact, Entry
from copilot.tracker.said_amounts import in_percent, offers_said
from copilot.tracker.said_days import days_said
from copilot.tracker.said_events import happened
from copilot.tracker.said_people import Person, person_in
from copilot.tracker.said_promises import promises_said
from copilot.tracker.said_stages import marked_stage, stage_said
from copilot.tracker.statements import TALK, PayerSpans, has_day, in_a_row, statements
from knowledge.identifiers import identifiers_in, without_identifiers

_CONTACT_IS = re.compile(
    r"\b(?:rep(?:resentative)?|contact|person|manager|director|lead|specialist"
    r"|supervisor)\b[^.;?!]{0,60}"
    r"\b(?:is|are|will be|changed to)\b|\bcontact (?:for|at)\b[^.;?!]{0,40}:|\bnew (?:rep"
    r"|contact)\b", re.IGNORECASE)  # fmt: skip
_PLANNED = re.compile(
    r"\b(?:have|scheduled|booked|set up|arranged|got|there is) (?:a|an|our|another|the) "
    r"(?:\w+ )?(?:call|meeting|zoom|check-?in|follow-?up)\b", re.IGNORECASE)  # fmt: skip
_PATIENT = re.compile(
    r"\b(?:patients?|subscribers?|enrollees?|insured|dob|born|claimants?|mrn)\b", re.IGNORECASE
)
MOST_BEHIND = 600  # signs of an entry's words so far that a further statement is held against


@dataclass
class _Group:
    """Statements that tell of one contact."""

    payer: str
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(self.parts)


def told(
    words: str,
    today: date,
    payer_spans: PayerSpans,
    given: str | None = None,
    percents: Collection[str] = (),
) -> list[Entry]:
    """The entries that a message tells, in its order; without ids.

    given: the payer that is meant where the message names none; an entry of a payer nobody
    named has payer "". A message that tells nothing of a payer gives none. percents: the payers
    with whom prices were named in percent so far, so that a number alone is one.
    """
    groups: list[_Group] = []
    for part in statements(_covered(words), payer_spans):
        spans = payer_spans(part)
        named = [str(span.value) for span in spans]
        if len(listed := in_a_row(part, spans)) > 1:
            groups += [_Group(each, [part]) for each in listed]
            continue
        payer = named[0] if named else ""
        if not groups or _is_another(groups[-1], part, payer, today):
            groups.append(_Group(payer or (groups[-1].payer if groups else ""), [part]))
            continue
        groups[-1].parts.append(part)
        groups[-1].payer = groups[-1].payer or payer
    return [
        entry
        for group in groups
        if (entry := _entry(group.text, group.payer or given or "", today, payer_spans, percents))
    ]


def _covered(words: str) -> str:
    """The words in plain quotes, with patients' names and numbers covered.

    A name counts as a patient's only where the message speaks of one: the others are the
    payer's people, whom the log is for.
    """
    text = words.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    found = identifiers_in(text)
    if not _PATIENT.search(text):
        found = tuple(each for each in found if each.kind != "name")
    return without_identifiers(text, found)


def _is_another(group: _Group, part: str, payer: str, today: date) -> bool:
    """Whether a statement begins another entry than the one that goes on."""
    if payer and group.payer and payer != group.payer:
        return True
    behind = group.text[-MOST_BEHIND:]
    if marked_stage(part) or marked_stage(behind):
        return True
    if not TALK.search(part) or not TALK.search(behind):
        return False
    now, before = happened(part, "").channel, happened(behind, "").channel
    if has_day(part) and has_day(behind):
        return not re.search(r"\b(?:will|would|promised|'ll)\b", part)
    if "voicemail" in (now, before) and {now, before} <= {"voicemail", "call", None}:
        return False
    return now is not None and before is not None and now != before


def _entry(
    text: str, payer: str, today: date, payer_spans: PayerSpans, percents: Collection[str]
) -> Entry | None:
    """One entry from its words, or None where they tell of nothing that can be kept."""
    spans = [(span.start, span.end) for span in payer_spans(text)]
    person = person_in(text, tuple(spans))
    names = [re.escape(text[start:end]) for start, end in spans]
    names += [re.escape(person.name)] if person.name else []
    payer_words = "|".join(rf"\b{name}\b" for name in names)
    on, _, _ = _day_of(text, today, payer_words)
    bare = payer in percents or in_percent(text)
    offers = offers_said(text, today, on, payer_words, bare)
    promises = promises_said(text, today, on, payer_words)
    mark = marked_stage(text)
    how = happened(text, payer_words)
    is_contact = (how.direction is not None or bool(offers.offers)) and not mark
    if (_CONTACT_IS.search(text) or _PLANNED.search(text)) and not TALK.search(text):
        is_contact = False
    contacts = (_contact(person, payer),) if person.name or person.email else ()
    stage = mark or stage_said(text)
    if stage == "agreed" and not mark:
        offers = replace(offers, offers=taken_last(offers.offers, text, bare))
    if not (is_contact or stage or contacts or promises.promises or offers.offers):
        return None
    said_by = {offer.by for offer in offers.offers} | {each.by for each in promises.promises}
    direction = how.direction
    if direction is None:
        direction = "out" if said_by == {"practice"} else "in" if said_by == {"payer"} else "both"
    elif direction == "out" and any(each.by == "payer" for each in promises.promises):
        direction = "both"
    channel: Channel = how.channel or ("other" if mark or not is_contact else _channel(text))
    return Entry(
        id="", payer=payer, on=on, channel=channel, direction=direction, who=person.shown,
        words=" ".join(text.split())[:2000], promises=promises.promises, offers=offers.offers,
        contacts=contacts, stage=stage, is_contact=is_contact,
    )  # fmt: skip


def _channel(text: str) -> Channel:
    assert "other" in CHANNELS
    return "call" if re.search(r"\b(?:conversation|hold of)\b", text, re.I) else "other"


def _day_of(text: str, today: date, payer_words: str) -> tuple[date, bool, bool]:
    """The day of the contact: (day, whether it was said, whether it was said exactly).

    A day inside a promise or behind "from" is none; a day ahead of today is none either.
    """
    apart = promises_said(text, today, today, payer_words).places
    apart += offers_said(text, today, today, payer_words).starts
    for each in days_said(text, today, ahead=False):
        inside = any(start <= each.start < end for start, end in apart)
        due = re.search(
            r"\b(?:by|before|until|till|due|through|for|(?<!letter )(?<!mail )(?<!offer )from"
            r"|starting|effective|as of)\W*$", text[: each.start], re.I)  # fmt: skip
        leads = re.match(r"(?:by|before|until|for)\b", text[each.start : each.end], re.I)
        if inside or due or leads or each.day > today:
            continue
        return each.day, True, each.exact
    return today, False, True


def day_was_said(entry: Entry, today: date) -> tuple[bool, bool]:
    """Whether the entry's words name its day, and whether they name it exactly."""
    _, said, exact = _day_of(entry.words, today, "")
    return said, exact


def _contact(person: Person, payer: str) -> Contact:
    return Contact("", payer, person.name or person.email, person.role, person.email, person.phone)


def for_payer(entries: Sequence[Entry], payer: str | None) -> list[Entry]:
    """The entries of a payer and those of none, which are taken to be its own."""
    if payer is None:
        return list(entries)
    return [
        replace(each, payer=payer, contacts=tuple(replace(c, payer=payer) for c in each.contacts))
        for each in entries
        if each.payer in ("", payer)
    ]
