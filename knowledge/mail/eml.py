"""A mail in the form it travels in (.eml), read with the standard library.

Bodies are plain text, or HTML where there is none or where the two name different numbers:
then the formatted one counts, for that is what mail programs show. Nothing is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email import policy
from email.message import Message as AnyMessage
from email.parser import BytesParser
from typing import Any

from knowledge.mail.header_days import stamp_in
from knowledge.mail.html_text import html_text
from knowledge.mail.message import (
    MOST_MESSAGES,
    Attachment,
    Mail,
    Message,
    clean_body,
    file_name,
    one_line,
    recipients_in,
    sender_of,
    subject_of,
)
from knowledge.mail.quoted import messages_in
from knowledge.problems import BadInput

MOST_BYTES = 60 << 20
MOST_PARTS = 400
DEEPEST = 12
MOST_FILES = 40
A_WORD_BEFORE = 25
OTHER_NUMBERS = (
    "The plain text and the formatted text of a message name different numbers; the formatted"
    " one, which mail programs show, is read."
)
_FOLDED = re.compile(rb"^\s*\d{1,9}\s*\n(?=[A-Za-z-]{2,40}:)")
_MBOX = re.compile(rb"^From \S+ [^\n]{10,80}\n")


@dataclass
class _Found:
    """What the parts of a mail hold, as they are come by."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    inner: list[AnyMessage[Any, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    parts: int = 0


def read_eml(content: bytes, name: str) -> Mail:
    """The messages and files of a mail; BadInput, in one sentence, for one that is not read."""
    if len(content) > MOST_BYTES:
        raise BadInput(
            name,
            f"the mail is larger than {MOST_BYTES >> 20} MB",
            "save its attachments and send them by themselves",
        )
    content = _MBOX.sub(b"", _FOLDED.sub(b"", content.removeprefix(b"\xef\xbb\xbf")))
    try:
        mail = _mail(BytesParser(policy=policy.default).parsebytes(content), name, 0)
    except RecursionError:
        raise _too_deep(name) from None
    if not any(message.body.strip() or message.sender for message in mail.messages):
        raise BadInput(name, "it holds no message", "save the mail from your program again")
    return mail


def _mail(parsed: AnyMessage[Any, Any], name: str, depth: int) -> Mail:
    if depth > 4:
        raise _too_deep(name)
    found = _Found()
    _walk(parsed, found, name, 0)
    body, hidden, notes = _body(found)
    head = _head(parsed)
    head = Message(
        **{**head.__dict__, "attached": tuple(f.name for f in found.files if not f.inline)}
    )
    messages = list(messages_in(body, head))
    if len(messages) > 1 and not head.sender and len(messages[0].body.split()) <= A_WORD_BEFORE:
        # A pasted thread in a wrapping of ours, behind a word of the user's to us.
        messages = [Message(**{**messages[1].__dict__, "quoted": False}), *messages[2:]]
    files = list(found.files)
    unseen, remarks = list(hidden), [*notes, *found.notes]
    for each in found.inner:
        inside = _mail(each, name, depth + 1)
        messages += [Message(**{**m.__dict__, "quoted": True}) for m in inside.messages]
        files += inside.attachments
        unseen += inside.hidden
        remarks += inside.notes
    return Mail(
        tuple(messages[:MOST_MESSAGES]),
        tuple(files),
        tuple(unseen),
        tuple(dict.fromkeys(remarks)),
    )


def _walk(part: AnyMessage[Any, Any], found: _Found, name: str, depth: int) -> None:
    found.parts += 1
    if depth > DEEPEST:
        raise _too_deep(name)
    if found.parts > MOST_PARTS:
        raise BadInput(
            name, f"the mail has more than {MOST_PARTS} parts", "send its files by themselves"
        )
    kind = part.get_content_type()
    if kind == "message/rfc822" and part.is_multipart():
        found.inner += [each for each in part.get_payload() if isinstance(each, AnyMessage)][:10]
        return
    if part.is_multipart():
        for each in part.get_payload():
            if isinstance(each, AnyMessage):
                _walk(each, found, name, depth + 1)
        return
    shown = _file_name(part)
    placed = _disposition(part)
    if kind in ("text/plain", "text/html") and placed != "attachment" and not shown:
        (found.plain if kind == "text/plain" else found.html).append(_text(part))
        return
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or not content or kind.startswith("multipart/"):
        return
    if kind in ("application/pkcs7-signature", "application/pgp-signature"):
        return
    if kind == "text/calendar":
        found.notes.append("A calendar invitation in it is left aside.")
        return
    if len(found.files) >= MOST_FILES:
        raise BadInput(
            name, f"the mail holds more than {MOST_FILES} files", "send them by themselves"
        )
    logo = kind.startswith("image/") and (placed == "inline" or bool(part.get("Content-ID")))
    found.files.append(Attachment(file_name(shown or f"file.{_ending(kind)}"), content, logo))


def _body(found: _Found) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The body's text, what in it nobody sees, and a remark where its two forms differ."""
    plain = clean_body("\n\n".join(found.plain))
    made = [html_text(each) for each in found.html]
    shown = clean_body("\n\n".join(text for text, _ in made))
    hidden = tuple(each for _, unseen in made for each in unseen)
    if not plain or not shown:
        return plain or shown, hidden, ()
    if _numbers(plain) == _numbers(shown):
        return plain, hidden, ()
    unlike = not _numbers(shown) <= _numbers(plain)
    return shown, hidden, (OTHER_NUMBERS,) if unlike else ()


def _numbers(text: str) -> set[str]:
    """The numbers of a text without its web addresses."""
    plain = re.sub(r"https?://\S+|\bcid:\S+", " ", text)
    return set(re.findall(r"\d+(?:[.,]\d+)*", plain))


def _head(parsed: AnyMessage[Any, Any]) -> Message:
    name, address = sender_of(_header(parsed, "From"))
    stamp = stamp_in(_header(parsed, "Date") or _header(parsed, "Sent"))
    to = "; ".join(filter(None, (_header(parsed, "To"), _header(parsed, "Cc"))))
    return Message(
        sender=name,
        address=address,
        to=recipients_in(to),
        on=stamp.day if stamp else None,
        at=stamp.time if stamp else "",
        subject=subject_of(_header(parsed, "Subject")),
        body="",
    )


def _header(parsed: AnyMessage[Any, Any], name: str) -> str:
    """A head's text on one line; a broken one gives what can be read of it."""
    try:
        return one_line(parsed.get(name, "") or "", 4000)
    except Exception:  # the standard library raises many kinds on broken heads
        raw = next((v for k, v in parsed.raw_items() if k.lower() == name.lower()), "")
        return one_line(raw, 4000)


def _file_name(part: AnyMessage[Any, Any]) -> str:
    try:
        return str(part.get_filename() or "")
    except Exception:
        return "file"


def _disposition(part: AnyMessage[Any, Any]) -> str:
    try:
        return str(part.get_content_disposition() or "")
    except Exception:
        return ""


def _text(part: AnyMessage[Any, Any]) -> str:
    """A text part decoded by its own word, else as UTF-8, else as Windows-1252."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return str(content or "")
    for charset in (part.get_content_charset() or "", "utf-8"):
        try:
            return content.decode(charset) if charset else content.decode("utf-8")
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return content.decode("cp1252", errors="replace")


def _ending(kind: str) -> str:
    return {"application/pdf": "pdf", "text/csv": "csv", "text/html": "html"}.get(kind, "txt")


def _too_deep(name: str) -> BadInput:
    return BadInput(
        name, "its parts are nested too deep", "save the message you need by itself and send that"
    )
