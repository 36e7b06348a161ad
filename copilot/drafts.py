"""Drafts of one workspace: kept as versions, each whole; an older one is never changed."""

from __future__ import annotations

import re
import uuid
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from knowledge.problems import BadInput
from knowledge.workspace import Workspace

Status = Literal["draft", "verified", "vouched", "exported"]


@dataclass(frozen=True)
class Draft:
    """One version of a draft.

    body: Markdown with the tokens that link its figures and citations. plan: the pieces of
    evidence in order, each a plain dict with `what`, `why` and its figures' ids, so that
    the user sees why it stands there. facts: what a revision needs to word it anew
    (purpose, ask, length, tone, pieces left out or added).
    """

    id: str
    kind: str
    payer: str | None
    subject: str
    body: str
    thread: str
    status: Status = "draft"
    version: int = 1
    made: str = ""
    plan: tuple[dict[str, Any], ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    vouched: str = ""


class Drafts:
    """The drafts folder: drafts/<id>.json holds all versions, oldest first."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def fresh_id(self, kind: str) -> str:
        """An id for a new draft, telling its kind."""
        return f"{kind}-{uuid.uuid4().hex[:8]}"

    def keep(self, draft: Draft) -> Draft:
        """Add a version; gives it back with its number and time."""
        versions = self.versions(draft.id)
        kept = replace(
            draft,
            version=len(versions) + 1,
            made=datetime.now().isoformat(timespec="seconds"),
        )
        path = self._path(draft.id)
        self._workspace.write_json(path, [asdict(v) for v in [*versions, kept]])
        return kept

    def versions(self, key: str) -> list[Draft]:
        """All versions of a draft, oldest first; empty where there is none."""
        stored = self._workspace.read_json(self._path(key), [])
        return [Draft(**{**v, "plan": tuple(v["plan"])}) for v in stored]

    def latest(self, key: str) -> Draft:
        """The draft as it stands now; raises BadInput for an id that is not there."""
        versions = self.versions(key)
        if not versions:
            known = ", ".join(self.ids()) or "none yet"
            raise BadInput(f"draft {key}", "there is no such draft", f"choose one of: {known}")
        return versions[-1]

    def ids(self) -> list[str]:
        """The ids of all drafts, latest change first."""
        files = sorted(
            self._workspace.drafts.glob("*.json"), key=lambda f: f.stat().st_mtime, reverse=True
        )
        return [file.stem for file in files]

    def _path(self, key: str) -> Any:
        if not re.fullmatch(r"[a-z0-9_-]{1,60}", key):
            raise BadInput("draft", "this cannot be a draft's id", "copy the id from the answer")
        return self._workspace.drafts / f"{key}.json"
