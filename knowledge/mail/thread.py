"""A mail as a stored document, and the messages read back from it with their places.

The stored text holds each message whole: a few lines on who, when and about what, an empty
line, the body. Each message is a section, so that a quote opens on the words in their message;
text in a body cannot make a section of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.documents.document import Document, Section
from knowledge.mail.message import Mail, Message

KIND = "email"
_FROM, _DATE, _TO, _SUBJECT, _FILES = "From: ", "Date: ", "To: ", "Subject: ", "Attached: "
_QUOTED = "Known from: the message above, which quotes it"


@dataclass(frozen=True)
class Placed:
    """A message in a document: its words are document.text[body_start:end]."""

    message: Message
    start: int
    body_start: int
    end: int


def as_document(mail: Mail, id: str, name: str) -> Document:
    """The document of a mail, kind "email", without a payer."""
    pieces: list[str] = []
    sections: list[Section] = []
    at = 0
    for message in mail.messages:
        text = "\n".join(_head(message)) + "\n\n" + (message.body.strip("\n") or "(no text)")
        heading = _heading(message)
        sections.append(Section("", heading, (heading,), at, at + len(text), None, 1, None))
        pieces.append(text)
        at += len(text) + 2
    title = next((m.subject for m in mail.messages if m.subject), "") or name.rsplit(".", 1)[0]
    return Document(
        id=id,
        name=name,
        kind=KIND,
        payer=None,
        text="\n\n".join(pieces),
        page_starts=(),
        sections=tuple(sections),
        unread_pages=(),
        title=title,
        hidden=mail.hidden,
    )


def messages_of(document: Document) -> tuple[Placed, ...]:
    """The messages of a stored mail, the latest first as they stand; none for other papers."""
    if document.kind != KIND:
        return ()
    return tuple(_placed(document, each) for each in document.sections if each.level == 1)


def _head(message: Message) -> list[str]:
    who = message.sender or "not named"
    if message.address and message.address != who:
        who = f"{who} <{message.address}>"
    when = message.on.isoformat() if message.on else "not told"
    lines = [_FROM + who, _DATE + f"{when} {message.at}".strip()]
    lines += [_TO + "; ".join(message.to)] if message.to else []
    lines += [_SUBJECT + message.subject] if message.subject else []
    lines += [_FILES + "; ".join(message.attached)] if message.attached else []
    return [*lines, _QUOTED] if message.quoted else lines


def _heading(message: Message) -> str:
    day = f", {message.on:%B} {message.on.day}, {message.on.year}" if message.on else ""
    return f"{message.sender or 'a message'}{day}"


def _placed(document: Document, section: Section) -> Placed:
    whole = document.text[section.start : section.end]
    head, _, body = whole.partition("\n\n")
    told: dict[str, str] = {}
    quoted = False
    for line in head.split("\n"):
        quoted = quoted or line == _QUOTED
        for mark in (_FROM, _DATE, _TO, _SUBJECT, _FILES):
            if line.startswith(mark):
                told.setdefault(mark, line[len(mark) :])
    name, _, address = told.get(_FROM, "").partition(" <")
    day, _, time = told.get(_DATE, "").partition(" ")
    sender = "" if name == "not named" else name
    message = Message(
        sender=sender,
        address=address.rstrip(">") or (sender if "@" in sender else ""),
        to=tuple(filter(None, told.get(_TO, "").split("; "))),
        on=_day(day),
        at=time if day != "not" else "",
        subject=told.get(_SUBJECT, ""),
        body=body,
        attached=tuple(filter(None, told.get(_FILES, "").split("; "))),
        quoted=quoted,
    )
    return Placed(message, section.start, section.start + len(head) + 2, section.end)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
