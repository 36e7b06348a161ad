"""A paper by itself on a bench: reviewed and redlined as if it were the only contract on file.

The exercise must not stand among a practice's contracts, so it gets a workspace of its own
for as long as it is looked at. The product's own playbook is used, for the answer key is
written to it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from knowledge.documents.document import Document
from knowledge.exercise.paper import PAYER
from knowledge.payer_names import PayerBook
from knowledge.retrieval.library import Library
from knowledge.workspace import open_workspace
from tools.practice import Practice
from tools.tables.store import TableStore


@contextmanager
def on_the_bench(
    document: Document, today: date, name: str = "", content: bytes | None = None
) -> Iterator[Practice]:
    """A practice whose only contract is this document.

    name: the practice's own, which stands on the marks. content: its Word file, where a
    redline is to be written on it.
    """
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(Path(folder))
        library = Library(workspace)
        library.store(replace(document, kind="contract", payer=PAYER))
        source = {"id": document.id, "document": document.id, "payer": PAYER, "file": document.name}
        workspace.write_json(workspace.manifest, {"sources": [source]})
        if content is not None:
            home = workspace.originals / document.id
            home.mkdir(parents=True)
            (home / "exercise.docx").write_bytes(content)
        yield Practice(
            workspace=workspace,
            tables=TableStore(workspace),
            library=library,
            payers=PayerBook(workspace),
            today=today,
            name=name or "Your practice",
        )
