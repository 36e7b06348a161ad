"""A mail as Outlook keeps it (.msg), read with python-oxmsg (MIT)."""

from __future__ import annotations

import re
import struct
from datetime import UTC, datetime
from typing import Any

from knowledge.mail.eml import DEEPEST, MOST_BYTES, MOST_FILES, MOST_PARTS, OTHER_NUMBERS
from knowledge.mail.header_days import Stamp, stamp_in
from knowledge.mail.html_text import html_text
from knowledge.mail.message import (
    Attachment,
    Mail,
    Message,
    clean_body,
    file_name,
    recipients_in,
    sender_of,
    subject_of,
)
from knowledge.mail.quoted import messages_in
from knowledge.problems import BadInput

MARK = "__substg1.0_".encode("utf-16-le")
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")
NOT_READ = (
    "An item inside it (a mail or an object, not a file) was not read: save it by itself and"
    " send that."
)
_SMTP, _CONTENT_ID, _DELIVERED = 0x5D01, 0x3712, 0x0E06


def read_msg(content: bytes, name: str) -> Mail:
    """The messages and files of an Outlook mail; BadInput for one that is damaged."""
    if len(content) > MOST_BYTES:
        raise BadInput(
            name,
            f"the mail is larger than {MOST_BYTES >> 20} MB",
            "save its attachments and send them by themselves",
        )
    from olefile.olefile import OleFileError
    from oxmsg import Message as Outlook

    try:
        _check_folders(content, name)
        return _mail(Outlook.load(content), name)
    except (OleFileError, OSError, ValueError, KeyError, IndexError, AssertionError,
            struct.error, TypeError, LookupError, OverflowError, AttributeError,
            RecursionError):  # fmt: skip
        raise BadInput(
            name, "the Outlook message is damaged or cut short", "save it from Outlook again"
        ) from None


def _check_folders(content: bytes, name: str) -> None:
    """Refuse a file whose folders are too many or nested too deep, before they are all read."""
    from olefile import OleFileIO

    with OleFileIO(content) as ole:
        entries = ole.listdir(streams=True, storages=True)
        if len(entries) > MOST_PARTS * 100 or any(len(each) > DEEPEST for each in entries):
            raise BadInput(
                name, "its parts are nested too deep or too many", "save the message by itself"
            )


def _mail(outlook: Any, name: str) -> Mail:
    body, hidden, notes = _body(outlook)
    files: list[Attachment] = []
    for each in outlook.attachments:
        content = each.file_bytes
        if content is None:
            notes = tuple(dict.fromkeys((*notes, NOT_READ)))
            continue
        if not content:
            continue
        if len(files) >= MOST_FILES:
            raise BadInput(
                name, f"the mail holds more than {MOST_FILES} files", "send them by themselves"
            )
        picture = str(each.mime_type or "").startswith("image/")
        logo = picture and bool(each.properties.str_prop_value(_CONTENT_ID))
        files.append(Attachment(file_name(each.file_name or "file"), content, logo))
    sender, address = sender_of(outlook.sender or "")
    if not address:
        address = sender_of(outlook.properties.str_prop_value(_SMTP) or "")[1]
    stamp = _sent(outlook)
    to = "; ".join(f"{r.name} <{r.email_address}>" if r.email_address else r.name
                   for r in outlook.recipients)  # fmt: skip
    head = Message(
        sender=sender,
        address=address,
        to=recipients_in(to),
        on=stamp.day if stamp else None,
        at=stamp.time if stamp else "",
        subject=subject_of(outlook.subject),
        body="",
        attached=tuple(each.name for each in files if not each.inline),
    )
    return Mail(messages_in(body, head), tuple(files), hidden, notes)


def _body(outlook: Any) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    plain = clean_body(outlook.body or "")
    try:
        formatted = outlook.html_body
    except (UnicodeDecodeError, LookupError):
        raw = outlook.properties.binary_prop_value(0x1013) or b""
        formatted = raw.decode("cp1252", errors="replace")
    shown, hidden = html_text(formatted) if formatted else ("", ())
    shown = clean_body(shown)
    if not plain or not shown:
        return plain or shown, hidden, ()
    ours, theirs = set(_NUMBERS.findall(plain)), set(_NUMBERS.findall(shown))
    if theirs <= ours:
        return plain, hidden, ()
    return shown, hidden, (OTHER_NUMBERS,)


def _sent(outlook: Any) -> Stamp | None:
    """The day in the mail's own heads, else as Outlook kept it, which is in world time."""
    found = stamp_in(str(outlook.message_headers.get("Date", "")))
    if found:
        return found
    kept: datetime | None = outlook.sent_date or outlook.properties.date_prop_value(_DELIVERED)
    if kept is None:
        return None
    kept = kept.astimezone(UTC)
    return Stamp(kept.date(), f"{kept:%H:%M}", 0)
