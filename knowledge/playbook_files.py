"""The playbook as a practice holds it: our files, and the practice's own over them.

A file in the workspace's `playbook/` folder with the name of one of our terms takes its
place; one with a `recognised` table adds a position of the practice's own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from knowledge.positions import Position, position_from, positions
from knowledge.problems import BadInput
from knowledge.terms.reading import Reader
from knowledge.terms.recognised import reader_from, recognised

MOST_FILES = 200
MOST_BYTES = 64_000


@dataclass(frozen=True)
class ClausePosition:
    """A position on a clause that is no term: its label, its reader, and what we want."""

    label: str
    reader: Reader
    position: Position


@dataclass(frozen=True)
class Playbook:
    """terms: the position of each term; clauses: the positions on further clauses, by name;
    own: the names of those that the practice wrote itself."""

    terms: Mapping[str, Position]
    clauses: Mapping[str, ClausePosition]
    own: tuple[str, ...]

    def of(self, name: str) -> Position:
        """The position of a term or clause; raises KeyError for a name without one."""
        return self.terms[name] if name in self.terms else self.clauses[name].position

    def label(self, name: str) -> str | None:
        """The label of a clause position, None for a term (its words say it)."""
        return self.clauses[name].label if name in self.clauses else None


@cache
def built_in() -> Playbook:
    """The product's own playbook."""
    folder = files("knowledge").joinpath("playbook", "clauses")
    found = {}
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            clause = _clause(tomllib.loads(file.read_text(encoding="utf-8")))
            found[clause.position.term] = clause
    return Playbook({each.term: each for each in positions()}, found, ())


def playbook(folder: Path | None = None) -> Playbook:
    """The playbook with a practice's own files over it; `folder` may be absent.

    Raises BadInput that names the file and what is wrong with it.
    """
    ours = built_in()
    if folder is None or not folder.is_dir():
        return ours
    terms, clauses, own = dict(ours.terms), dict(ours.clauses), []
    for path in sorted(folder.glob("*.toml"))[:MOST_FILES]:
        data = _read(path)
        try:
            name = str(data["term"])
            if "recognised" in data or name in clauses:
                old = clauses.get(name)
                clauses[name] = _clause(data, old)
            elif name in terms:
                terms[name] = position_from(data)
            else:
                raise KeyError("recognised")
        except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError, re.error) as bad:
            what = f"{bad.args[0]} is missing" if isinstance(bad, KeyError) else f"{bad}"
            raise BadInput(
                f"playbook/{path.name}", what, "see docs/playbook.md for what a position says"
            ) from None
        own.append(name)
    return Playbook(terms, clauses, tuple(own))


def _clause(data: Mapping[str, Any], old: ClausePosition | None = None) -> ClausePosition:
    name = str(data["term"])
    held = dict(data)
    label = str(held.get("label") or (old.label if old else name.replace("_", " ").capitalize()))
    reader = (
        reader_from(name, recognised(held["recognised"]))
        if "recognised" in held or old is None
        else old.reader
    )
    return ClausePosition(label, reader, position_from(held))


def _read(path: Path) -> dict[str, Any]:
    where = f"playbook/{path.name}"
    if path.stat().st_size > MOST_BYTES:
        raise BadInput(where, "the file is too large for a position", "keep one position a file")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as bad:
        raise BadInput(
            where, f"it is not TOML: {bad}", "mend the line, or remove the file"
        ) from None
