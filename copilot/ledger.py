"""The figures, citations and findings of one thread, kept in SQLite by id.

Checkpoints hold ids and plain strings only; what an answer or a draft stands on is here.
One file a workspace; rows are added, never changed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from copilot.verifier import Checked, Grounds, check
from knowledge.evidence import Basis, Citation, Figure, Finding, Unit, plain
from knowledge.selection import selection_from

REHEARSAL = "rehearse"
INVENTED = "the rehearsal's rep; invented for practice, said by no payer"

_SCHEMA = """
create table if not exists figures (
  thread text, id text, data text not null, primary key (thread, id));
create table if not exists citations (
  thread text, id text, data text not null, primary key (thread, id));
create table if not exists findings (
  thread text, id text, turn integer, tool text, args text, data text not null,
  primary key (thread, id));
create table if not exists turns (
  thread text, turn integer, question text, answer text, state text, at text,
  primary key (thread, turn));
"""


class Store:
    """The SQLite file below the threads of one workspace."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with closing(self.connect()) as db, db:
            db.executescript(_SCHEMA)

    def connect(self) -> sqlite3.Connection:
        """A connection of the calling thread's own."""
        db = sqlite3.connect(self._path, timeout=30)
        db.row_factory = sqlite3.Row
        return db

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """The rows of a query."""
        with closing(self.connect()) as db:
            return db.execute(sql, values).fetchall()

    def write(self, statements: Sequence[tuple[str, Sequence[object]]]) -> None:
        """Run statements in one transaction."""
        with closing(self.connect()) as db, db:
            for sql, values in statements:
                db.execute(sql, values)


class Ledger:
    """The evidence of one thread."""

    def __init__(self, store: Store, thread: str, today: date) -> None:
        self._store = store
        self.thread = thread
        self._today = today

    def add(self, finding: Finding, tool: str, args: Mapping[str, Any], turn: int) -> str:
        """Keep a finding with all it stands on; gives its id within the thread."""
        data = finding.as_data()
        count = self._store.rows("select count(*) n from findings where thread = ?", self.thread)
        key = f"r{count[0]['n'] + 1}"
        keep = "insert or replace into {} values (?, ?, ?)"
        self._store.write(
            [
                *(
                    (keep.format("figures"), (self.thread, f["id"], json.dumps(f)))
                    for f in data["figures"]
                ),
                *(
                    (keep.format("citations"), (self.thread, c["id"], json.dumps(c)))
                    for c in data["citations"]
                ),
                (
                    "insert into findings values (?, ?, ?, ?, ?, ?)",
                    (self.thread, key, turn, tool, _json(args), _json(data)),
                ),
            ]
        )
        return key

    def finding(self, key: str) -> dict[str, Any]:
        """One finding as plain data, with its `tool` and `args`."""
        row = self._store.rows(
            "select * from findings where thread = ? and id = ?", self.thread, key
        )[0]
        return {
            **json.loads(row["data"]),
            "tool": row["tool"],
            "args": json.loads(row["args"]),
            "id": key,
        }

    def findings(self, turn: int | None = None) -> list[dict[str, Any]]:
        """The thread's findings in order, those of one turn if named."""
        rows = self._store.rows(
            "select id from findings where thread = ? and (? is null or turn = ?) order by rowid",
            self.thread,
            turn,
            turn,
        )
        return [self.finding(row["id"]) for row in rows]

    def used(self, tool: str) -> list[dict[str, Any]]:
        """What every call of a tool was about, over all threads of the workspace: its details."""
        rows = self._store.rows("select data from findings where tool = ? order by rowid", tool)
        return [json.loads(row["data"])["details"] for row in rows]

    def figures(self) -> list[dict[str, Any]]:
        """All figures of the thread as plain data."""
        return self._data("figures")

    def citations(self) -> list[dict[str, Any]]:
        """All citations of the thread as plain data."""
        return self._data("citations")

    def figure(self, key: str) -> Figure:
        """One figure again as a Figure; raises KeyError for an id the thread does not hold."""
        known = {f["id"]: f for f in self.figures()}
        return figure_from(known[key], known)

    def grounds(
        self, user: Sequence[str] = (), words: Sequence[str] = (), rehearsed: bool = True
    ) -> Grounds:
        """What may own a number in this thread: its evidence, the user's messages, tools' words.

        rehearsed: whether what a rehearsal's rep invented counts; in a draft it does not.
        """
        said = [
            row["question"]
            for row in self._store.rows(
                "select question from turns where thread = ? order by turn", self.thread
            )
        ]
        figures = [f for f in self.figures() if rehearsed or f["basis"]["words"] != INVENTED]
        tool = [
            words
            for finding in self.findings()
            if rehearsed or finding["tool"] != REHEARSAL
            for words in (
                plain(finding["headline"]),
                *map(plain, finding["sentences"]),
                *map(plain, finding["caveats"]),
                finding["done"],
                *(column for column in (finding["table"] or {}).get("columns", ())),
                (finding["table"] or {}).get("title", ""),
            )
        ]
        tool += [str(f["name"]) for f in figures] + [str(f["basis"]["where"]) for f in figures]
        tool += [str(f["basis"]["words"]) for f in figures]
        return Grounds(
            figures=figures,
            citations=self.citations(),
            user=list(dict.fromkeys([*said, *user])),
            tool=list(dict.fromkeys([*tool, *words])),
            dates=[self._today],
        )

    def verify(
        self,
        text: str,
        user: Sequence[str] = (),
        words: Sequence[str] = (),
        rehearsed: bool = True,
    ) -> Checked:
        """The check of a text against everything this thread owns."""
        return check(text, self.grounds(user, words, rehearsed))

    def _data(self, table: str) -> list[dict[str, Any]]:
        rows = self._store.rows(
            f"select data from {table} where thread = ? order by rowid",
            self.thread,
        )
        return [json.loads(row["data"]) for row in rows]


def figure_from(data: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> Figure:
    """A Figure from its plain data; `known` holds the data of its inputs by id."""
    basis = data["basis"]
    value: Decimal | date = (
        date.fromisoformat(data["exact"]) if data["unit"] == "date" else Decimal(data["exact"])
    )
    return Figure(
        name=data["name"],
        value=value,
        unit=cast(Unit, data["unit"]),
        basis=Basis(
            words=basis["words"],
            inputs=tuple(figure_from(known[i], known) for i in basis["inputs"] if i in known),
            table=basis["table"],
            where=basis["where"],
            rows=basis["rows"],
            source=basis["source"],
            select=selection_from(basis.get("select")),
        ),
        as_of=date.fromisoformat(data["as_of"]) if data["as_of"] else None,
        places=data["places"],
        id=data["id"],
    )


def citation_from(data: Mapping[str, Any]) -> Citation:
    """A Citation from its plain data."""
    return Citation(
        source=data["source"],
        section=data["section"],
        page=data["page"],
        start=data["start"],
        end=data["end"],
        quote=data["quote"],
        document=data["document"],
        id=data["id"],
    )


def _json(value: Any) -> str:
    return json.dumps(value, default=jsonable)


def jsonable(value: Any) -> Any:
    """A JSON value for what tools' arguments hold besides the plain types."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")
