"""A mail's body parted into the message itself and the messages that it quotes or forwards.

A quoted message begins at a line such as "On ... wrote:", at a block of From, Sent, To and
Subject, or at ">" marks behind either; its own marks are taken away. Quoting without a word on
whose it is stays where it stands, with its marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from knowledge.mail.header_days import stamp_in
from knowledge.mail.message import (
    MOST_MESSAGES,
    Message,
    clean_body,
    one_line,
    recipients_in,
    sender_of,
    subject_of,
)

_FROM = "from|von|de|da|van|fra"
_DATE = (
    "sent|date|gesendet|datum|envoye|envoyé|enviado|enviada|enviado el|fecha|data|inviato|verzonden"
)
_TO = "to|an|à|a|para|aan"
_SUBJECT = "subject|betreff|objet|asunto|assunto|oggetto|onderwerp"
_OTHER = "cc|bcc|reply-to|importance|attachments|anlagen|kopie|copie"
_LABELS = {
    **dict.fromkeys(_FROM.split("|"), "from"),
    **dict.fromkeys(_DATE.split("|"), "date"),
    **dict.fromkeys(_TO.split("|"), "to"),
    **dict.fromkeys(_SUBJECT.split("|"), "subject"),
    **dict.fromkeys(_OTHER.split("|"), "other"),
}
_LABEL = re.compile(r"^\s*\*{0,2}([^\W\d_][\w -]{0,11}?)\s*:\*{0,2}\s?(.*)$")
_WROTE = re.compile(
    r"^\s*(?:On|Le|Am|El|Il giorno|Il|Em|Op)\b(?P<rest>.{8,300}?)\b"
    r"(?P<verb>wrote|a écrit|schrieb|escribió|ha scritto|escreveu|schreef)\b"
    r"(?P<tail>.{0,160}?)\s?:\s*$",
    re.IGNORECASE,
)
_STAMPED = re.compile(r"^\s*20\d\d-\d\d-\d\d .{3,60}<[^<>\s]{3,120}@[^<>\s]{3,120}>:\s*$")
_RULE = re.compile(
    r"^\s*(?:_{8,}|[-–—*\s]{0,20}(?:original message|forwarded message|begin forwarded message"
    r"|urspr(?:ü|u)ngliche nachricht|weitergeleitete nachricht|message d.origine|message original"
    r"|message transf(?:é|e)r(?:é|e)|mensaje original|mensaje reenviado|messaggio originale"
    r"|mensagem original|oorspronkelijk bericht)\s?:?[-–—*\s]{0,20})\s*$",
    re.IGNORECASE,
)
_MARKS = re.compile(r"^(?:\s{0,3}>)+ ?")
_LONGEST_HEAD = 600


@dataclass
class _Part:
    """A message on the way: its head and its lines."""

    head: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)


def messages_in(body: str, outer: Message | None = None) -> tuple[Message, ...]:
    """The messages of a body, the outermost first.

    outer: the message whose body it is; its words without what they quote come first. Without
    one, words before the first head are a message of nobody, left out where there are none.
    """
    parts = _parted(clean_body(body))
    made: list[Message] = []
    for place, part in enumerate(parts):
        text = clean_body("\n".join(part.lines))
        if place == 0 and outer is not None:
            made.append(_with_body(outer, text))
        elif part.head or text.strip():
            subject = made[-1].subject if made else ""
            made.append(_quoted(part.head, text, subject))
    return tuple(made[:MOST_MESSAGES])


def _with_body(message: Message, body: str) -> Message:
    return Message(**{**message.__dict__, "body": body})


def _quoted(head: dict[str, str], body: str, subject: str) -> Message:
    name, address = sender_of(head.get("from", ""))
    day_first = head.get("language", "") != "en"
    stamp = stamp_in(head.get("date", ""), day_first)
    return Message(
        sender=name,
        address=address,
        to=recipients_in(head.get("to", "")),
        on=stamp.day if stamp else None,
        at=stamp.time if stamp else "",
        subject=subject_of(head.get("subject", "")) or subject,
        body=body,
        quoted=True,
    )


def _parted(body: str) -> list[_Part]:
    lines = [_unmarked(line) for line in body.split("\n")]
    parts = [_Part()]
    stack: list[tuple[int, _Part]] = [(0, parts[0])]
    at = 0
    while at < len(lines):
        depth, text = lines[at]
        while len(stack) > 1 and stack[-1][0] > depth and text.strip():
            stack.pop()
        head, after = _head_at(lines, at) if len(parts) < MOST_MESSAGES else (None, at)
        if head is None:
            low, part = stack[-1]
            part.lines.append("> " * max(0, depth - low) + text)
            at += 1
            continue
        inside = next((d for d, t in lines[after : after + 4] if t.strip()), depth)
        part = _Part(head)
        parts.append(part)
        if inside > depth:
            stack.append((depth + 1, part))
        else:
            while len(stack) > 1 and stack[-1][0] >= depth:
                stack.pop()
            stack.append((depth, part))
        at = after
    return parts


def _unmarked(line: str) -> tuple[int, str]:
    """How many quote marks a line begins with, and the line without them."""
    marks = _MARKS.match(line)
    return (marks[0].count(">"), line[marks.end() :]) if marks else (0, line)


def _head_at(lines: list[tuple[int, str]], at: int) -> tuple[dict[str, str] | None, int]:
    """The head of a quoted message that begins at a line, and the line behind it."""
    text = lines[at][1]
    if not text.strip() or len(text) > _LONGEST_HEAD:
        return None, at
    if _RULE.match(text):
        for skip in range(1, 4):
            if at + skip < len(lines) and lines[at + skip][1].strip():
                return _block(lines, at + skip)
        return None, at
    if ":" not in text and not re.match(r"\s*(?:On|Le|Am|El|Il|Em|Op)\b", text, re.IGNORECASE):
        return None, at
    block, after = _block(lines, at)
    if block is not None:
        return block, after
    return _attribution(lines, at)


def _block(lines: list[tuple[int, str]], at: int) -> tuple[dict[str, str] | None, int]:
    """A block of From, Sent, To, Subject; at least a sender, a date and one more."""
    head: dict[str, str] = {}
    depth, last = lines[at][0], ""
    english = False
    for place in range(at, min(len(lines), at + 14)):
        own, text = lines[place]
        found = _LABEL.match(text) if own == depth else None
        label = _LABELS.get(found[1].strip().casefold()) if found else None
        if place == at and label != "from":
            return None, at
        if found and label:
            english = english or found[1].strip().casefold() in ("from", "sent", "date", "to")
            last = label
            head.setdefault(label, one_line(found[2], 2000))
        elif not text.strip() or own != depth:
            break
        elif last in ("to", "other") and len(text) < 300:
            head[last] = f"{head[last]} {text.strip()}"[:4000]
        else:
            break
    else:
        place = min(len(lines), at + 14)
    if not head.get("from") or "date" not in head or not {"to", "subject"} & head.keys():
        return None, at
    if stamp_in(head["date"]) is None and "subject" not in head:
        return None, at
    head["language"] = "en" if english and lines[at][1].strip(" *").casefold()[:4] == "from" else ""
    return head, place


def _attribution(lines: list[tuple[int, str]], at: int) -> tuple[dict[str, str] | None, int]:
    """A line "On ... wrote:", which may be broken over up to three lines."""
    depth, words = lines[at][0], ""
    for place in range(at, min(len(lines), at + 3)):
        own, text = lines[place]
        if own != depth or not text.strip():
            break
        words = f"{words} {text.strip()}".strip()
        found = _WROTE.match(words) if len(words) < _LONGEST_HEAD else None
        stamped = _STAMPED.match(words) if found is None else None
        if found is None and stamped is None:
            continue
        rest = found["rest"] if found else words.rstrip(": ")
        stamp = stamp_in(rest)
        if stamp is None:
            return None, at
        who = found["tail"] if found and found["tail"].strip() else rest[stamp.end :]
        who = re.sub(r"^[\s,:]*(?:(?:GMT|UTC)?[+-]\d\d:?\d\d)?[\s,:]*", "", who)
        english = bool(found and found["verb"].casefold() == "wrote")
        return (
            {"from": who, "date": rest, "language": "en" if english or stamped else ""},
            place + 1,
        )
    return None, at
