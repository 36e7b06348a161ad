"""The counted lines of a large practice, worked out once and kept below `index/`.

Derived, never truth: its name is a hash of all that it was made from, its files' hashes stand
in a list beside it, and whatever is missing, damaged or of another state is made anew.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from knowledge.workspace import Workspace, sync_folder
from tools.tables.engine import Engine
from tools.tables.intact import Intact, digest

# Raised whenever lines are paired, united, counted or numbered in another way.
RULES = 2


class DerivedLines:
    """The one kept table of a workspace, for one engine."""

    def __init__(self, workspace: Workspace, engine: Engine, intact: Intact) -> None:
        self._workspace = workspace
        self._engine = engine
        self._intact = intact

    def name_of(self, made_from: Mapping[str, Any]) -> str:
        """The name under which lines made from this state are kept."""
        told = json.dumps({"rules": RULES, **made_from}, sort_keys=True, default=str)
        return hashlib.sha256(told.encode()).hexdigest()[:24]

    def table(self, name: str) -> Any | None:
        """The kept lines of this name as a table; None where they are not there whole."""
        held = self._listed(name)
        place = self._place(name)
        if not held or not all(self._intact.holds(place / file, sha) for file, sha in held.items()):
            return None
        return self._engine.parts([place / file for file in held])

    def keep(self, name: str, expr: Any) -> Any:
        """Write the rows of an expression under a name, drop older ones, and give the table."""
        home = self._home()
        fresh = home / f".new-{name}{self._engine.suffix}"
        _remove(fresh)
        self._engine.write(expr, fresh)
        found = [fresh] if fresh.is_file() else sorted(fresh.glob("*.parquet"))
        hashes = {
            path.relative_to(fresh).as_posix() if fresh.is_dir() else f"lines{path.suffix}": digest(
                path
            )
            for path in found
        }
        for old in home.iterdir():
            if old != fresh and old.name.startswith((".new-", "lines-")) and self._own(old):
                _remove(old)
        place = self._place(name)
        if fresh.is_dir():
            fresh.replace(place)
        else:
            place.mkdir(mode=0o700)
            fresh.chmod(0o600)
            fresh.replace(place / "lines.parquet")
            sync_folder(place)
        self._workspace.write_json(self._list(name), hashes)
        table = self.table(name)
        assert table is not None, "the lines just written cannot be read back"
        return table

    def _home(self) -> Path:
        home = self._workspace.index / "lines"
        home.mkdir(exist_ok=True, mode=0o700)
        return home

    def _place(self, name: str) -> Path:
        return self._workspace.index / "lines" / f"lines-{name}{self._engine.suffix}"

    def _list(self, name: str) -> Path:
        return self._place(name).with_suffix(self._engine.suffix + ".json")

    def _own(self, path: Path) -> bool:
        return self._engine.suffix in path.name

    def _listed(self, name: str) -> dict[str, str]:
        try:
            held = self._workspace.read_json(self._list(name), {})
        except Exception:  # a damaged list vouches for nothing
            return {}
        return held if isinstance(held, dict) else {}


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
