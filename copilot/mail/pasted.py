"""A thread pasted into the chat: kept as a mail of its own, so that its quotes open."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

from copilot.desk import Desk
from knowledge.documents.document import Document
from knowledge.documents.reader import document_id
from knowledge.mail.message import clean_body
from knowledge.mail.recognised import reads_as_thread
from knowledge.problems import BadInput
from tools.ingestion import ingest

_WRAPPING = "From:\nDate:\nTo:\nSubject:\nContent-Type: text/plain; charset=utf-8\n\n"


def is_pasted_thread(words: str) -> bool:
    """Whether a chat message holds a mail or a thread of mails."""
    return "\n" in words.strip() and reads_as_thread(words)


def taken_in(desk: Desk, words: str, payer: str | None) -> Document:
    """The stored mail of a pasted thread; the same text again is the same mail.

    Raises BadInput where it cannot be read.
    """
    content = (_WRAPPING + clean_body(words) + "\n").encode()
    mark = hashlib.sha256(content).hexdigest()[:4]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"Pasted email {desk.practice.today.isoformat()} {mark}.eml"
        path.write_bytes(content)
        answer = ingest(desk.practice, [path], payer)[0]
    if answer["status"] == "refused":
        raise BadInput("the pasted email", str(answer["problem"]), "paste it whole, with its heads")
    return desk.practice.library.document(document_id(content))
