"""A mail file read, in whichever form it was saved; and the files in it, for the child process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from knowledge.documents.file_type import file_type
from knowledge.mail.eml import read_eml
from knowledge.mail.message import Mail
from knowledge.mail.msg import read_msg
from knowledge.problems import BadInput

MOST_UNPACKED = 200 << 20


def read_mail(content: bytes, name: str) -> Mail:
    """The mail in the bytes of an .eml or .msg file. Raises BadInput for others."""
    kind = file_type(content, name)
    if kind == "outlook":
        return read_msg(content, name)
    if kind == "mail":
        return read_eml(content, name)
    raise BadInput(name, "this is no mail", "save the mail from your program as .eml or .msg")


def unpacked(path: str, name: str, folder: str) -> dict[str, Any]:
    """Write a mail's files into a folder, named by their number alone.

    Gives {"files": [{"name", "at"}], "logos": how many pictures of the layout were left
    aside, "notes": remarks on the reading}. name: what the user calls the mail.
    """
    mail = read_mail(Path(path).read_bytes(), name)
    kept = [each for each in mail.attachments if not each.inline]
    if sum(len(each.content) for each in kept) > MOST_UNPACKED:
        raise BadInput(
            name,
            f"its files are larger than {MOST_UNPACKED >> 20} MB together",
            "save them and send them by themselves",
        )
    files = []
    for number, each in enumerate(kept):
        at = Path(folder) / str(number)
        at.write_bytes(each.content)
        files.append({"name": each.name, "at": str(at)})
    return {
        "files": files,
        "logos": len(mail.attachments) - len(kept),
        "notes": list(mail.notes),
    }
