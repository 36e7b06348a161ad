"""A read document with its patients covered: same length, same offsets, same sections."""

from __future__ import annotations

from dataclasses import replace

from knowledge.documents.document import Document
from knowledge.identifiers import Found, identifiers_in, without_identifiers
from knowledge.workspace import Workspace

_KEPT = 100_000


def covered(document: Document, workspace: Workspace) -> tuple[Document, tuple[Found, ...]]:
    """The document without what names or reaches a patient, and what was found."""
    found = identifiers_in(document.text, workspace.secret(), known_names(workspace))
    if not found:
        return document, ()
    hidden = sorted({document.text[f.start : f.end] for f in found}, key=len, reverse=True)

    def clear(words: str) -> str:
        for each in hidden:
            if each in words:
                words = words.replace(each, without_identifiers(each, [Found(0, len(each), "")]))
        return words

    return (
        replace(
            document,
            text=without_identifiers(document.text, found),
            title=clear(document.title),
            sections=tuple(
                replace(s, heading=clear(s.heading), path=tuple(map(clear, s.path)))
                for s in document.sections
            ),
        ),
        found,
    )


def known_names(workspace: Workspace) -> frozenset[str]:
    """Keys of the names that the practice's files hold in columns of persons."""
    return frozenset(workspace.read_json(workspace.settings / "names.json", []))


def learn_names(workspace: Workspace, keys: list[str]) -> None:
    """Keep more keys of names, up to 100,000 of them; the names themselves are not kept."""
    held = known_names(workspace)
    more = [key for key in keys if key not in held][: max(0, _KEPT - len(held))]
    if more:
        workspace.write_json(workspace.settings / "names.json", sorted(held | set(more)))
