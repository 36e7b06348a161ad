"""The exercise as a read document, and whether another file is a copy of it."""

from __future__ import annotations

import io
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from knowledge.documents.document import Document
from knowledge.documents.docx_package import Package
from knowledge.documents.reader import read_document
from knowledge.exercise.paper import NAME, PAYER, PROPERTY, exercise_paper
from knowledge.problems import BadInput

LARGEST = 8 << 20  # bytes; a marked copy takes well below one megabyte
_CUSTOM = "docProps/custom.xml"


@cache
def exercise_document() -> Document:
    """The sample contract as our own reader reads it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        path.write_bytes(exercise_paper())
        return read_document(path, NAME)


def marked_document(path: Path) -> Document:
    """A marked copy of the exercise, read; its text is the accepted view of its changes.

    Raises BadInput, in one sentence, for a file that cannot be read or is another paper.
    """
    from knowledge.comparing.versions import are_versions  # brings all term readers

    document = read_document(path, path.name)
    if not are_versions(exercise_document(), document):
        raise BadInput(
            path.name,
            "this is not the exercise: hardly a sentence of the sample contract stands in it",
            "take a fresh copy (`payer-copilot exercise OUT.docx`), mark it up and give it back",
        )
    return document


def looks_like_exercise(path: Path) -> bool:
    """Whether a file is a copy of the exercise, by its own property or by the plan's name.

    Told of Word, OpenDocument, RTF and text files, without reading them whole, so that an
    import is not held up by it.
    """
    try:
        if path.stat().st_size > LARGEST:
            return False
        content = path.read_bytes()
        if not zipfile.is_zipfile(io.BytesIO(content)):
            return any(PAYER.encode(code) in content for code in ("utf-8", "utf-16-le"))
        package = Package(content, path.name)
        told = package.part(_CUSTOM)
        if told is not None and any(each.get("name") == PROPERTY for each in told):
            return True
        for name in ("word/document.xml", "content.xml"):
            body = package.part(name)
            if body is not None:
                return PAYER in "".join(body.itertext())
    except (BadInput, OSError):
        return False  # the import says what is wrong with it
    return False
