"""What was read of an X12 file as Parquet parts: payers settled, repeats refused, told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tools.importers.parts import RawRows, database, spellings, write_part, write_repeats
from tools.importers.payer_column import Settlement, mentioned, near_notes, settle
from tools.importers.repeated import EarlierPart, repeats
from tools.importers.x12.payments import known_payments, new_rows
from tools.tables.schema import SCHEMAS

if TYPE_CHECKING:
    from tools.importers.x12.reading import X12Reading

LAYOUT = "835"


def written(reading: X12Reading, request: Mapping[str, Any]) -> dict[str, Any]:
    """Write the parts of a file that was read; the report for the parent process."""
    spill = reading.folder / "spill"
    con = database(reading.workspace.root, spill)
    counts = Counter(each.payer_as_given for each in reading.payments if each.payer_as_given)
    for raw in reading.raw.values():
        counts.update(spellings(con, raw.path))
    con.close()
    settlement = _settled(reading, counts, request["payer"])
    names = {each.name for each in settlement.names.values()}
    payer: str | None = request["payer"] or (next(iter(names)) if len(names) == 1 else None)
    if not names and payer is None:
        found = mentioned([Path(reading.where).stem], reading.payers)
        payer = found[0] if len(found) == 1 else None
    parts: dict[str, dict[str, Any]] = {}
    refused: list[dict[str, Any]] = [
        {"row": number, "reason": reason} for number, reason in reading.rejected
    ]
    met: set[int] = set()
    for table, raw in reading.raw.items():
        if table == "charges":
            _mark_originals(raw.path, reading.originals)
        con = database(reading.workspace.root, spill)
        earlier = _earlier(request, table)
        again = repeats(con, table, raw.path, earlier, settlement.names, payer)
        refused += [{"row": each["row"], "reason": each["reason"]} for each in again]
        if table == "claim_lines":
            exact = con.execute("SELECT source_row FROM repeated WHERE NOT likewise").fetchall()
            met = {row for (row,) in exact}
        parts |= _tables(con, reading.folder, table, raw, settlement, payer)
        con.close()
        raw.path.unlink()
    whole = _payments(reading, request, settlement, payer, met, parts)
    rows = sum(part["rows"] for part in parts.values())
    refused.sort(key=lambda each: each["row"])
    return {
        "kind": "remittance" if reading.payments else "charges",
        "payer": payer,
        "rows": rows,
        "parts": {name: part for name, part in parts.items() if part["entries"]},
        "rejected": refused,
        "learned": {name: sorted(also) for name, also in settlement.learned.items()},
        "unsure": {spelling: list(also) for spelling, also in settlement.unsure.items()},
        "unsure_rows": {s: counts[s] for s in settlement.unsure},
        "spellings": {
            s: each.name for s, each in settlement.names.items() if each.name and each.shown == s
        },
        "names_persons": reading.redaction.blanked > 0,
        "notes": [
            *near_notes(settlement),
            *_notes(reading, whole),
        ],
    }


def _settled(reading: X12Reading, counts: Counter[str], payer: str | None) -> Settlement:
    """The file's payers; the user's word over the one it names, or over those left open."""
    found = settle(counts, reading.payers)
    if payer is None:
        return found
    if len({each.name for each in found.names.values()}) <= 1:
        names = {s: replace(each, name=payer) for s, each in found.names.items()}
        return Settlement(names, {payer: set()}, {})
    names = {s: each if each.name else replace(each, name=payer) for s, each in found.names.items()}
    sure = {s: alike for s, alike in found.unsure.items() if found.names[s].name}
    return replace(found, names=names, unsure=sure)


def _earlier(request: Mapping[str, Any], table: str) -> list[EarlierPart]:
    if table != "claim_lines":
        return [EarlierPart(Path(e["path"]), e["file"], True) for e in request[table]]
    return [
        EarlierPart(Path(e["path"]), e["file"], e["signatures"] == [LAYOUT], e["again"])
        for e in request["earlier"]
    ]


def _tables(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    table: str,
    raw: RawRows,
    settlement: Settlement,
    payer: str | None,
) -> dict[str, dict[str, Any]]:
    part = folder / f"{table}.parquet"
    rows, entries = write_part(con, table, raw.path, part, settlement.names, payer)
    made = {table: {"file": part.name, "rows": rows, "entries": entries}}
    if table == "claim_lines":
        beside = folder / "line_repeats.parquet"
        entries = write_repeats(con, raw.path, beside, settlement.names, payer)
        made["line_repeats"] = {"file": beside.name, "rows": 0, "entries": entries}
    return made


def _mark_originals(raw: Path, originals: set[str]) -> None:
    """Mark the charges whose claim a replacement or void of this file names (REF*F8)."""
    if not originals:
        return
    held = pq.read_table(raw)
    named = pc.is_in(held.column("claim_id"), value_set=pa.array(sorted(originals), pa.string()))
    first = pc.equal(held.column("frequency"), "1")
    at = held.schema.get_field_index("replaced")
    told = held.set_column(at, held.schema.field(at), pc.and_kleene(named, first))
    pq.write_table(told, raw, compression="zstd")


def _payments(
    reading: X12Reading,
    request: Mapping[str, Any],
    settlement: Settlement,
    payer: str | None,
    met: set[int],
    parts: dict[str, dict[str, Any]],
) -> list[int]:
    """Write what is new of the payments; the segments of those that are in already."""
    renamed = reading.payers.renamed()
    known = known_payments(
        [Path(each["path"]) for each in request["remittances"]],
        [Path(each["path"]) for each in request["provider_adjustments"]],
        lambda name: renamed.get(name, name),
    )

    def payer_of(spelling: str) -> str | None:
        return settlement.names[spelling].name if spelling in settlement.names else payer

    remittances, adjustments, whole = new_rows(reading.payments, known, met, payer_of)
    for table, rows in (("remittances", remittances), ("provider_adjustments", adjustments)):
        part = reading.folder / f"{table}.parquet"
        made = pa.Table.from_pylist(
            [{"source_id": request["id"], **row} for row in rows], SCHEMAS[table]
        )
        pq.write_table(made, part, compression="zstd")
        parts[table] = {"file": part.name, "rows": 0, "entries": len(rows)}
    return whole


def _notes(reading: X12Reading, whole: list[int]) -> list[str]:
    notes = reading.findings.notes()
    if reading.envelope.bare:
        notes.append(
            "The file has no envelope (ISA to IEA): each payment in it is whole, but whether"
            " further payments are missing cannot be told."
        )
    if reading.envelope.test:
        notes.append("The file is marked as a test (ISA15 is T); it was loaded like any other.")
    if whole:
        what = "1 payment is" if len(whole) == 1 else f"{len(whole):,} payments are"
        notes.append(f"{what} here already, by trace number and day, and not counted again.")
    return notes
