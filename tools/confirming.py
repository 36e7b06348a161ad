"""What only the user can say of an import: whose a spelling is, and what a column holds.

A spelling that is settled takes effect at once on all rows that carry it, for tables name
their payers when they are read. A confirmed mapping is remembered under the file's header;
the file is read again from the stored original, or from the user's own file where only a
redacted copy was kept.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from knowledge.payer_spelling import product_apart
from knowledge.problems import BadInput
from tools.importers.columns import fields_of
from tools.importers.payer_column import as_named
from tools.importers.remembered import mappings_of, remember
from tools.ingestion import ingest, unsure_payers
from tools.practice import Practice
from tools.tables.manifest import sources_of


def open_payers(practice: Practice) -> list[dict[str, Any]]:
    """Spellings over all files that wait for the user's word, those on most rows first.

    Each has spelling, rows, payer (what it stands for now, None: none), candidates.
    """
    found: dict[str, dict[str, Any]] = {}
    for entry in sources_of(practice.workspace):
        for each in unsure_payers(practice, entry):
            held = found.setdefault(each["spelling"], {**each, "rows": 0})
            held["rows"] += each["rows"]
            held["candidates"] = list(dict.fromkeys([*held["candidates"], *each["candidates"]]))
    return sorted(found.values(), key=lambda each: (-each["rows"], each["spelling"]))


def settle_payer(practice: Practice, spelling: str, payer: str) -> dict[str, Any]:
    """The user's word that a spelling means `payer`, a known payer or a new one by that name.

    Gives spelling, payer (canonical) and rows that carry the spelling. To say that a spelling
    is a payer of its own, give it again as `payer`. Raises BadInput for a spelling that does
    not wait for an answer, and for a blank name.
    """
    waiting = {each["spelling"]: each for each in open_payers(practice)}
    if spelling not in waiting:
        known = ", ".join(waiting) or "none is"
        raise BadInput(
            "the payer's spelling",
            "no row waits for a payer under this spelling",
            f"choose one that does ({known})",
        )
    if not as_named(payer):
        raise BadInput("the payer's name", "it is blank", "say whose rows these are")
    own = payer.strip() == spelling.strip()
    name = as_named(payer) if own else practice.payers.resolve(payer).name or as_named(payer)
    apart, product, _ = product_apart(spelling)
    aliases = [] if own else [spelling, *([apart] if product else [])]
    practice.payers.learn(name, [each for each in aliases if each != name], settled=True)
    practice.tables.refresh()
    return {"spelling": spelling, "payer": name, "rows": waiting[spelling]["rows"]}


def mapping_choices(kind: str) -> tuple[str, ...]:
    """The fields that a column of a file of this kind may hold; () for kinds without columns."""
    return fields_of(kind)


def confirm_mapping(
    practice: Practice,
    source_id: str,
    columns: Mapping[str, str | None],
    file: Path | None = None,
) -> dict[str, Any]:
    """Keep the user's column mapping of a source and read the source again with it.

    columns: header (as in `columns` of the answer) -> field, None for a column not to be
    read; headers left out stay as they are. file: the user's own file, needed where the
    workspace keeps a redacted copy only. Gives the answer of `ingest` (or, where the file is
    needed, the earlier one with status "unchanged") and `send_again`, True where the mapping
    is kept but waits for the file. Raises BadInput for a source or field there is not.
    """
    entry = next((e for e in sources_of(practice.workspace) if e["id"] == source_id), None)
    if entry is None or not entry.get("signatures"):
        raise BadInput("the source", "there is no table file of this id", "choose one of the list")
    _check(entry, columns)
    held = mappings_of(practice.workspace)
    for signature in entry["signatures"]:
        kept = dict(held.get(signature, {}).get("columns", entry["mapping"]))
        changed = {**kept, **{h: field for h, field in columns.items() if h in kept}}
        kind = held.get(signature, {}).get("kind", entry["kind"])
        remember(practice.workspace, {signature: {"kind": kind, "columns": changed}}, True)
    original = _original(practice, entry)
    if file is not None:
        (answer,) = ingest(practice, [file])
    elif original is not None:
        with TemporaryDirectory() as folder:
            shutil.copyfile(original, copied := Path(folder) / Path(entry["file"]).name)
            (answer,) = ingest(practice, [copied])
    else:
        answer = {**entry, "status": "unchanged"}
    return {**answer, "send_again": file is None and original is None}


def _check(entry: Mapping[str, Any], columns: Mapping[str, str | None]) -> None:
    """Raise BadInput for a header or a field that the source does not have."""
    allowed = fields_of(entry["kind"])
    for header, field in columns.items():
        if header not in entry["mapping"]:
            raise BadInput("the mapping", "the file has no such column", "name one of its columns")
        if field is not None and field not in allowed:
            raise BadInput(
                "the mapping", f"there is no field {field}", f"choose one of {', '.join(allowed)}"
            )


def _original(practice: Practice, entry: Mapping[str, Any]) -> Path | None:
    """The stored file where it was kept whole."""
    if entry.get("redacted"):
        return None
    files = list((practice.workspace.originals / entry["id"]).glob("*"))
    return files[0] if len(files) == 1 else None
