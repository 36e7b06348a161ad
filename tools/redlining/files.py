"""A redline as files: the payer's own Word files marked, else a Word rendering of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.documents.document import Document
from knowledge.problems import BadInput
from knowledge.redline.change import Change
from knowledge.redline.clean_paper import clean_paper, rendering_note
from knowledge.redline.redline import write_redline
from tools.practice import Practice
from tools.redlining.changes import Proposal, numbered


@dataclass(frozen=True)
class RedlineFile:
    """One marked paper. rendered: made from the text, for the payer's file is not in Word.

    placed: the changes in it; left: those that are not, and why.
    """

    document: Document
    content: bytes
    rendered: bool
    placed: tuple[Change, ...]
    left: tuple[tuple[Change, str], ...]


def redline_files(
    practice: Practice,
    proposal: Proposal,
    changes: Sequence[Change] | None = None,
    author: str | None = None,
    day: date | None = None,
) -> list[RedlineFile]:
    """One file a paper that changes, the agreement before its amendments.

    changes: those the user kept, with the user's own words; all by default. author and day
    stand on each mark, by default the practice and today. Raises BadInput for a paper that
    cannot be marked, and where nothing is to be changed.
    """
    chosen = numbered(proposal.changes if changes is None else changes)
    made = []
    for document in sorted(proposal.documents.values(), key=lambda d: d.kind == "amendment"):
        own = [change for change in chosen if change.document == document.id]
        if own:
            made.append(_file(practice, document, own, author or practice.name, day))
    if not made:
        raise BadInput(
            "redline", "there is nothing to change at this level", "choose another level or term"
        )
    return made


def original_of(practice: Practice, document: Document) -> bytes | None:
    """The Word file that a document was read from, None where it came in another format."""
    home = practice.workspace.originals / document.id
    for path in sorted(home.glob("*")) if home.is_dir() else ():
        content = path.read_bytes()
        if content.startswith(b"PK") and b"word/document.xml" in content:
            return content
    return None


def _file(
    practice: Practice, document: Document, own: list[Change], author: str, day: date | None
) -> RedlineFile:
    original = original_of(practice, document)
    note = () if original is not None else rendering_note(document)
    done = write_redline(
        original if original is not None else clean_paper(document),
        document.text,
        own,
        author,
        day or practice.today,
        document.name,
        note,
    )
    by_id = {change.id: change for change in own}
    return RedlineFile(
        document,
        done.content,
        original is None,
        tuple(by_id[id] for id in done.placed),
        tuple((by_id[id], why) for id, why in done.left),
    )
