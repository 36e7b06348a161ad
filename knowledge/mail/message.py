"""An email message as it was read: who wrote to whom, when, about what, and its words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from email.utils import parseaddr

from knowledge.long_runs import without_long_runs

MOST_MESSAGES = 120
LONGEST_BODY = 200_000
LONGEST_LINE = 300
MOST_RECIPIENTS = 40

_ADDRESS = re.compile(r"[\w.+'-]{1,80}@[\w-]{1,80}(?:\.[\w-]{1,60}){1,6}")
_IN_BRACKETS = re.compile(rf"<\s*({_ADDRESS.pattern})\s*>")
_REPLY = re.compile(
    r"^\s*(?:(?:re|fwd?|aw|wg|tr|rv|enc|i|r|antw|sv|vs)(?:\[\d+\])?\s*:\s*|\[(?:external|ext|secure)"
    r"\]\s*)+",
    re.IGNORECASE,
)
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


@dataclass(frozen=True)
class Message:
    """One message of a thread.

    sender: the name shown, else the address; address: "" where none stands. to: recipients as
    shown. on: the day by the sender's own clock, None where no date could be read; at: "09:14"
    or "". quoted: known only as another message quotes it, so only as good as that one's word.
    attached: names of files, made safe to show. body, with its signature and all.
    """

    sender: str
    address: str
    to: tuple[str, ...]
    on: date | None
    at: str
    subject: str
    body: str
    attached: tuple[str, ...] = ()
    quoted: bool = False


@dataclass(frozen=True)
class Attachment:
    """A file inside a message. inline: a picture of the layout, such as a logo."""

    name: str
    content: bytes
    inline: bool = False


@dataclass(frozen=True)
class Mail:
    """What one mail file holds: its messages, the latest first as they stand, the files in it,
    text that stands in it but not before a reader's eye, and remarks on its reading."""

    messages: tuple[Message, ...]
    attachments: tuple[Attachment, ...] = ()
    hidden: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def one_line(text: object, most: int = LONGEST_LINE) -> str:
    """Text from outside on one line, without control or direction characters, cut at a length."""
    shown = "".join(
        " " if c.isspace() else c for c in str(text) if c.isspace() or not _is_unseen(c)
    )
    shown = " ".join(shown.split())
    return shown if len(shown) <= most else shown[: most - 1].rstrip() + "…"


def clean_body(text: str) -> str:
    """A body with plain line ends, without control or direction characters, cut at a length;
    of one sign repeated without end as much stays as a reader needs."""
    text = text[: LONGEST_BODY * 2].replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"[\u2028\u2029\x0b\x0c\x85]", "\n", text).replace("\t", " ").replace("\xa0", " ")
    text = without_long_runs("".join(c for c in text if c == "\n" or not _is_unseen(c)))
    text = re.sub(r"[ ]+\n", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")[:LONGEST_BODY]


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN


def sender_of(words: str) -> tuple[str, str]:
    """Name and address of a sender as written: 'Dana Ruiz <dana@x.org>', '[mailto:...]'.

    The address is the last one in brackets: any before it is part of the name, which its
    writer chooses freely ('"dana@payer.org" <x@y.org>').
    """
    words = one_line(words).replace("[mailto:", "<").replace("]", ">")
    words = re.sub(r"\(\s*<|>\s*\)", lambda m: m[0].strip("() "), words)
    bracketed = _IN_BRACKETS.findall(words)
    found = _ADDRESS.search(words)
    address = (bracketed[-1] if bracketed else found[0] if found else "").lower()
    name, _ = parseaddr(words) if found else (words, "")
    name = (name or re.sub(r"<.*", "", words)).strip(" \"'<>*,;()")
    if "@" in name or not name:
        name = address or name
    return one_line(name, 120), address


def recipients_in(words: str) -> tuple[str, ...]:
    """Recipients as shown, at most MOST_RECIPIENTS."""
    parts = re.split(r";\s*|(?<=>),\s*|(?<=\w),\s+(?=[^,<]*@)", one_line(words, 4000))
    return tuple(one_line(p.strip(" ,"), 160) for p in parts if p.strip(" ,"))[:MOST_RECIPIENTS]


def subject_of(words: str) -> str:
    """A subject without the marks of replies and forwards."""
    return _REPLY.sub("", one_line(words, 200)).strip()


def file_name(words: str) -> str:
    """A file's name without folders, control or direction characters; "file" where none is left."""
    name = re.split(r"[\\/]", one_line(words, 1000))[-1].strip(" .")
    name = re.sub(r'[<>:"|?*;\x00]', "_", name)
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 8:
        return f"{stem[:100].strip()}.{ending}" if stem.strip() else f"file.{ending}"
    return name[:110] or "file"
