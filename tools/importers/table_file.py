"""One table file read from top to bottom, into Parquet parts and a copy that may be kept.

Runs in a child process: JSON in, JSON out, everything else through files of the given
folder. Nothing of the workspace is changed here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from knowledge.identifiers import name_key
from knowledge.payer_names import PayerBook
from knowledge.problems import BadInput
from knowledge.workspace import Workspace
from tools.importers.cell_values import clean
from tools.importers.columns import signature
from tools.importers.delimited import delimited_sheets
from tools.importers.head import Head, continued, find_head, names_a_person, what_lacks
from tools.importers.lines import read_lines
from tools.importers.market_json import is_json, rate_sheets
from tools.importers.parts import (
    EarlierPart,
    RawRows,
    database,
    repeats,
    spellings,
    write_part,
    write_repeats,
)
from tools.importers.payer_column import Settlement, mentioned, near_notes, settle
from tools.importers.row import Context, Ignored, Refused, Row
from tools.importers.row_hash import row_hasher
from tools.importers.sheet import Sheet
from tools.importers.shown_columns import columns_shown
from tools.importers.stored_copy import StoredCopy
from tools.importers.workbook import workbook_sheets

_MANY_PAYERS = 400
_OF_ANOTHER = re.compile(r"\brepeats? of rows? [\d, to]+ of (?!sheet )")


def read_table_file(request: dict[str, Any]) -> dict[str, Any]:
    """The report of one file; see `TableReading`. Raises BadInput where nothing can be used.

    request: path, name (for messages), workbook (bool), root (the workspace), folder (where
    to write), id, payer (canonical, or None), remembered (mappings by header), earlier
    (claims parts: path, file and header signatures).
    """
    import duckdb

    try:
        return TableReading(request).report()
    except (OSError, duckdb.IOException) as disk:
        raise BadInput(
            request["name"],
            "what was read could not be written to the workspace",
            "make room on the disk or check your rights to the folder, then send it again",
        ) from disk


class TableReading:
    """The reading of one file: rows out, refusals collected, payers settled at the end."""

    def __init__(self, request: dict[str, Any]) -> None:
        self._request = request
        self._where: str = request["name"]
        self._folder = Path(request["folder"])
        self._workspace = Workspace(Path(request["root"]))
        self._payers = PayerBook(self._workspace)
        self._secret = self._workspace.secret()
        self._raw: dict[str, RawRows] = {}
        self._rejected: list[dict[str, Any]] = []
        self._ignored: list[dict[str, Any]] = []
        self._heads: list[tuple[Sheet, Head]] = []
        self._accepted: Counter[str] = Counter()
        self._copies: list[StoredCopy] = []
        self._spelled: Counter[str] = Counter()
        self._here_already = 0

    def report(self) -> dict[str, Any]:
        """Read everything, write parts and copies, and say what was done."""
        path = Path(self._request["path"])
        sheets = _sheets(path, self._where, self._request["workbook"])
        order = {sheet.name: place for place, sheet in enumerate(sheets)}
        for sheet in sheets:
            earlier = [each for _, each in self._heads]
            head = (
                None
                if sheet.hidden
                else find_head(sheet, self._request["remembered"]) or continued(sheet, earlier)
            )
            if head and sheet.name and names_a_person(sheet.name, head):
                place = order[sheet.name]
                sheet = replace(sheet, name=f"sheet {place + 1}")
                order[sheet.name] = place
            if head is None:
                self._skip(sheet)
            else:
                self._heads.append((sheet, head))
        self._heads = _of_one_system(self._heads)
        if not self._heads:
            if all(not any(map(clean, row)) for sheet in sheets for row in sheet.rows()):
                raise BadInput(self._where, "it holds no rows", "send a file with data in it")
            raise BadInput(
                self._where, what_lacks(sheets), "name the columns in one row above the data"
            )
        payer = self._request["payer"] or self._told_payer()
        for sheet, head in self._heads:
            self._read(sheet, head, payer)
        for raw in self._raw.values():
            raw.close()
        self._refuse_if_empty()
        settlement, parts, payer = self._finish(payer)
        for listed in (self._rejected, self._ignored):
            listed.sort(key=lambda each: (order[each["sheet"]], each["row"]))
        main = max(self._heads, key=lambda each: self._accepted[each[1].importer.kind])[1]
        return {
            "kind": main.importer.kind,
            "payer": payer,
            "rows": sum(part["rows"] for part in parts.values()),
            "parts": {name: part for name, part in parts.items() if part["entries"]},
            "rejected": [_without_sheet(each) for each in self._rejected],
            "ignored": [_without_sheet(each) for each in self._ignored],
            "mapping": {k: v for _, head in self._heads for k, v in head.columns.mapping().items()},
            "columns": [
                shown for sheet, head in self._heads for shown in columns_shown(sheet, head)
            ],
            "confirmed": {
                signature(head.columns.header): {
                    "kind": head.importer.kind,
                    "columns": head.columns.mapping(),
                }
                for _, head in self._heads
            },
            "learned": {name: sorted(also) for name, also in settlement.learned.items()},
            "unsure": {spelling: list(names) for spelling, names in settlement.unsure.items()},
            "unsure_rows": {s: self._spelled[s] for s in settlement.unsure},
            "spellings": {
                s: each.name
                for s, each in settlement.names.items()
                if each.shown == s and each.name
            },
            "names_persons": any(copy.names_persons for copy in self._copies),
            "names": self._names(),
            "copies": [copy.path.name for copy in self._copies],
            "notes": [*self._notes(), *near_notes(settlement)],
        }

    def _skip(self, sheet: Sheet) -> None:
        reason = "hidden sheet" if sheet.hidden else "no table on this sheet"
        for number, cells in enumerate(sheet.rows(), start=1):
            self._note(self._ignored, sheet, number, reason if any(cells) else "blank row")

    def _note(self, where: list[dict[str, Any]], sheet: Sheet, number: int, reason: str) -> None:
        where.append({"sheet": sheet.name, "row": number, "reason": reason})

    def _told_payer(self) -> str | None:
        """The one payer that titles, sheet names or the file's name speak of."""
        texts = [title for _, head in self._heads for title in head.titles]
        texts += [sheet.name for sheet, _ in self._heads if sheet.name]
        texts.append(Path(self._where).stem)
        for text in texts:
            found = mentioned([text], self._payers)
            if len(found) == 1:
                return found[0]
        return None

    def _read(self, sheet: Sheet, head: Head, payer: str | None) -> None:
        titles = (*head.titles, *((sheet.name,) if sheet.name else ()), Path(self._where).stem)
        context = Context(
            payer=payer,
            titles=titles,
            above=head.above,
            below=head.below,
            columns=head.columns,
            sample=head.sample,
            payers=self._payers,
            secret=self._secret,
        )
        table = head.importer.table
        if table not in self._raw:
            self._raw[table] = RawRows(table, self._folder / f"{table}.raw.parquet")
        raw = self._raw[table]
        tag = table if "payer" in head.columns.fields else f"{table}\x1f{payer or ''}"
        hashed = row_hasher(head.columns, self._secret, tag)
        source = {"source_id": self._request["id"], "source_sheet": sheet.name}
        if table == "claim_lines":
            source["source_format"] = "export"
        copy = StoredCopy(self._folder / f"copy-{len(self._copies)}.csv", head)
        self._copies.append(copy)
        with copy:
            for item in read_lines(sheet, head, context):
                copy.add(item)
                if isinstance(item, Row):
                    self._accepted[head.importer.kind] += 1
                    digest = hashed(item.cells)
                    for entry in item.entries:
                        raw.add({**source, "source_row": item.number, **entry, "row_hash": digest})
                elif isinstance(item, Refused):
                    self._note(self._rejected, sheet, item.number, item.reason)
                elif isinstance(item, Ignored):
                    self._note(self._ignored, sheet, item.number, item.reason)

    def _refuse_if_empty(self) -> None:
        if sum(self._accepted.values()):
            return
        if not self._rejected:
            raise BadInput(
                self._where, "below its header there are no rows", "send a file with data in it"
            )
        first = self._rejected[0]
        raise BadInput(
            self._where,
            f"none of its {len(self._rejected):,} rows can be used; the first, row "
            f"{first['row']}: {first['reason']}",
            "mend that and send it again; nothing was stored",
        )

    def _finish(
        self, payer: str | None
    ) -> tuple[Settlement, dict[str, dict[str, Any]], str | None]:
        """Settle the payers over all tables, then write each table's part."""
        counts: Counter[str] = Counter()
        con = database(self._workspace.root, self._folder / "spill")
        for raw in self._raw.values():
            counts.update(spellings(con, raw.path))
        self._spelled = counts
        if len(counts) > _MANY_PAYERS:
            raise BadInput(
                self._where,
                f"the payer column holds {len(counts):,} different names",
                "check that it is the payer's and not the patient's column",
            )
        settlement = settle(counts, self._payers)
        named = {each.name for each in settlement.names.values()}
        if self._request["payer"] and None in named:
            settlement = _named(settlement, self._request["payer"])
            named = {each.name for each in settlement.names.values()}
        if self._request["payer"] and len(named) == 1:
            settlement = _renamed(settlement, self._request["payer"])
        elif len(named) == 1 and not self._request["payer"]:
            payer = next(iter(named))
        elif len(named) > 1:
            payer = None
        parts: dict[str, dict[str, Any]] = {}
        for table, raw in self._raw.items():
            own = database(self._workspace.root, self._folder / "spill")
            earlier = self._earlier() if table == "claim_lines" else []
            fill = self._request["payer"] or payer
            names = settlement.names
            repeated = repeats(own, table, raw.path, earlier, names, fill)
            self._rejected += repeated
            self._here_already += sum(
                each.get("rows", 1) for each in repeated if _OF_ANOTHER.search(each["reason"])
            )
            part = self._folder / f"{table}.parquet"
            rows, entries = write_part(own, table, raw.path, part, names, fill)
            parts[table] = {"file": part.name, "rows": rows, "entries": entries}
            if earlier:
                again = self._folder / "line_repeats.parquet"
                entries = write_repeats(own, raw.path, again, names, fill)
                parts["line_repeats"] = {"file": again.name, "rows": 0, "entries": entries}
            own.close()
            raw.path.unlink()
        con.close()
        return settlement, parts, payer

    def _earlier(self) -> list[EarlierPart]:
        own = {signature(head.columns.header) for _, head in self._heads}
        return [
            EarlierPart(
                Path(each["path"]), each["file"], own == set(each["signatures"]), each["again"]
            )
            for each in self._request["earlier"]
        ]

    def _names(self) -> list[str]:
        """Keys of the persons' names that the file holds: prose that names them is covered."""
        names = {name for copy in self._copies for name in copy.names}
        return sorted({key for name in names if (key := name_key(name, self._secret))})

    def _notes(self) -> list[str]:
        notes = []
        for _, head in self._heads:
            fields = head.columns.fields
            if head.importer.table == "claim_lines" and "units" not in fields:
                notes.append("No column holds units: each line counts as one unit.")
            if head.importer.table == "claim_lines" and "payer_order" not in fields:
                notes.append("No column says primary or secondary: lines count as primary.")
        if is_json(Path(self._request["path"])):
            notes.append("Rows are the file's rates in their order, one for each provider group.")
        if self._here_already:
            number = self._here_already
            notes.append(
                f"{number:,} {'row tells' if number == 1 else 'rows tell'} lines that are here"
                " already from another import: nothing is counted twice."
            )
        return list(dict.fromkeys(notes))


def _sheets(path: Path, where: str, workbook: bool) -> list[Sheet]:
    """The file as grids of text: a workbook's sheets, published rates as JSON, else a CSV."""
    if workbook:
        return workbook_sheets(path, where)
    return rate_sheets(path, where) if is_json(path) else delimited_sheets(path, where)


def _of_one_system(heads: list[tuple[Sheet, Head]]) -> list[tuple[Sheet, Head]]:
    """Sheets under one header read alike: as the sheet does whose lines tell most of it."""
    best: dict[str, Head] = {}
    for _, head in heads:
        known = best.get(signature(head.columns.header))
        if known is None or len(head.columns.hows) > len(known.columns.hows):
            best[signature(head.columns.header)] = head
    alike = []
    for sheet, head in heads:
        fullest = best[signature(head.columns.header)]
        if fullest is head or fullest.importer.kind != head.importer.kind:
            alike.append((sheet, head))
            continue
        persons = {*fullest.columns.identifiers, *head.columns.identifiers}
        named = {index for indexes in fullest.columns.fields.values() for index in indexes}
        members = set(fullest.columns.fields.get("member_id", ()))
        columns = replace(fullest.columns, identifiers=tuple(sorted(persons - (named - members))))
        alike.append((sheet, replace(head, columns=columns)))
    return alike


def _renamed(settlement: Settlement, payer: str) -> Settlement:
    """The user's word over the one payer that the file names."""
    names = {s: replace(each, name=payer) for s, each in settlement.names.items()}
    return Settlement(names, {payer: set()}, {})


def _named(settlement: Settlement, payer: str) -> Settlement:
    """The user's word where the file's own spelling left the payer open."""
    names = {
        s: each if each.name else replace(each, name=payer) for s, each in settlement.names.items()
    }
    sure = {s: alike for s, alike in settlement.unsure.items() if settlement.names[s].name}
    return replace(settlement, names=names, unsure=sure)


def _without_sheet(each: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in each.items() if k != "sheet" or v is not None}
