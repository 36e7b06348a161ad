"""A message cut into statements, one for each thing told; what only asks or orders is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from copilot.planner.spans import Span
from copilot.tracker.said_days import days_said

PayerSpans = Callable[[str], Sequence[Span]]

_LEAD = re.compile(
    r"^\W*(?:(?:please|can you|could you|quick|just|also|ok|okay|hey|for the record)[,:]?\s+)*"
    r"(?:(?:log|record|note(?: down)?|jot down|write down|make a note|keep a (?:note|record)|track"
    r"|save|add(?: to (?:the|our) log)?|remember|put (?:it |this )?(?:in|on) (?:the|our) (?:log"
    r"|record))\b"
    r"(?: (?:in|to|on|for) (?:the|our) (?:log|file|record|tracker))?(?: (?:it|this|that|down))?"
    r"(?: that)?[,:]?\s+)", re.IGNORECASE)  # fmt: skip
_TAIL = re.compile(
    r"[,;.]?\s*(?:please )?(?:and )?(?:log|record|note|save|keep)(?: (?:it|this|that|a (?:note"
    r"|record)))"
    r"(?: (?:in|to|for) (?:the|our) (?:log|file|record|tracker))?(?: please| down| of it)?\W*$",
    re.IGNORECASE)  # fmt: skip
_REQUEST = re.compile(
    r"^\W*(?:(?:and|then|now|also|please|can you|could you)[,]?\s+)*(?:draft|write (?:an?|the"
    r"|them|back)"
    r"|prepare|remind me|what|how|when|which|who|where|why|show|compare|give me|tell me|should"
    r"|do we"
    r"|can we|is (?:it|that|this)|are (?:they|we)|help)\b", re.IGNORECASE)  # fmt: skip
_AND_DO = re.compile(
    r"[,;]?\s+(?:and|then|and then)\s+(?:please\s+)?(?:draft|write|prepare|remind me|tell me"
    r"|show me"
    r"|give me|compare|what|how much|put it)\b[^.]*$", re.IGNORECASE)  # fmt: skip
_SILENT = re.compile(
    r"\b(?:(?:has|have|had|did|does)(?:n't| not| never)(?: \w+)?|never|not|no|without|still no)\s+"
    r"(?:heard|answer\w*|repl\w+|respon\w+|word|called back|got(?:ten)? back|come back|written)\b"
    r"[^.;]*|\bsilen(?:ce|t)\b[^.;]*|\bghosting\b[^.;]*", re.IGNORECASE)  # fmt: skip
_ABBREVIATED = re.compile(
    r"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|dr|mr|ms|mrs|vs|inc|co|approx|no|ext)\.$",
    re.IGNORECASE,
)
_JOINT = re.compile(r",? (?:and then|then|and|while) |, (?!and |then )|; ", re.IGNORECASE)
ACT = re.compile(
    r"\b(?:spoke|talked|called|phoned|rang|met|e-?mailed|wrote|sent|mailed|faxed|left|heard|got"
    r"|received|offered|countered|came back|submitted|uploaded|followed up|reached|chatted"
    r"|replied|responded|promised|proposed|refused|declined|accepted|agreed|asked|texted|filed"
    r"|requested|had a (?:call|meeting)|said)\b", re.IGNORECASE)  # fmt: skip
TALK = re.compile(
    r"\b(?:spoke|talked|called|phoned|rang|met|e-?mailed|wrote|mailed|faxed|left|texted|submitted"
    r"|uploaded|followed up|had a (?:call|meeting)|voice ?mail|vm)\b", re.IGNORECASE)  # fmt: skip


def statements(text: str, payer_spans: PayerSpans) -> list[str]:
    """The sentences that tell something, cut again where another payer's news begins."""
    led_in = bool(_LEAD.match(text.strip()))
    text = _TAIL.sub("", _LEAD.sub("", text.strip()))
    kept: list[str] = []
    every = _sentences(text)
    first = every[0] if every else ""
    for sentence in every:
        led = sentence is first and led_in
        bare = _AND_DO.sub("", _LEAD.sub("", sentence).strip())
        asks = bare.endswith("?") and not led and bare == _LEAD.sub("", sentence).strip()
        if not bare or asks or (_REQUEST.match(bare) and not ACT.search(bare[:24])):
            continue
        if _SILENT.search(bare) and not TALK.search(_SILENT.sub("", bare)):
            continue
        kept += _cut(bare, payer_spans)
    return kept


def _sentences(text: str) -> list[str]:
    found, at = [], 0
    for stop in re.finditer(r"[.!?;](?=\s)|\n+", text):
        if text[stop.start()] == "." and _ABBREVIATED.search(
            text[max(0, stop.end() - 12) : stop.end()]
        ):
            continue
        found.append(text[at : stop.end()].strip())
        at = stop.end()
    return [each for each in [*found, text[at:].strip()] if re.search(r"\w", each)]


def _cut(sentence: str, payer_spans: PayerSpans) -> list[str]:
    """A sentence cut where both sides act and name payers of their own, or talk on days of
    their own ("called Monday and emailed Wednesday")."""
    parts, at = [], 0
    for joint in _JOINT.finditer(sentence):
        left, right = sentence[at : joint.start()], sentence[joint.end() :]
        ahead = re.split(r",? and (?=\w)|[,;]", right, maxsplit=1)[0]
        ours = {str(span.value) for span in payer_spans(left)}
        theirs = [str(span.value) for span in payer_spans(ahead)]
        other = bool(ours and theirs and theirs[0] not in ours)
        apart = TALK.match(_subjectless(ahead)) and TALK.search(left) and has_day(ahead) and (
            has_day(left))  # fmt: skip
        if (other and ACT.search(ahead) and ACT.search(left)) or apart:
            parts.append(left)
            at = joint.end()
    return [each.strip() for each in [*parts, sentence[at:]] if each.strip()]


def _subjectless(words: str) -> str:
    return re.sub(r"^(?:we|i|then|also|they)\s+(?:have |had |also |then )?", "", words, flags=re.I)


def has_day(words: str) -> bool:
    """Whether the words name a day at all."""
    return bool(days_said(words, date(2026, 6, 17), ahead=False))


def in_a_row(part: str, spans: Sequence[Span]) -> list[str]:
    """The payers that one statement names in a row ("emailed Kestrel, Tarn Lake and Aetna")."""
    row = [str(spans[0].value)] if spans else []
    for before, after in pairwise(spans):
        between = part[before.end : after.start].strip().lower()
        if between not in (",", "and", "&", ", and", "plus", "/"):
            break
        row.append(str(after.value))
    return list(dict.fromkeys(row)) if TALK.search(part) or ACT.search(part) else []
