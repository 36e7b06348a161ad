"""Counted lines kept on disk: the same as worked out anew, and made again when they must be."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from copilot.doctor import examined
from knowledge.problems import BadInput
from tests.fixtures.told_lines import Told, store_of, told
from tools.tables import intact, stored_tables
from tools.tables.intact import Intact, damaged, digest
from tools.tables.store import TableStore

FIRST = Told("a.csv", "one", (told("1", product="PPO"), told("2", status="denied")))
SECOND = Told("b.835", "835", (told("1", reason_codes="CO-45"), told("3")))


def rows_of(held: TableStore) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = held.frame(held.table("claim_lines")).to_dict("records")
    return sorted(rows, key=str)


def kept_files(held: TableStore) -> list[Path]:
    return sorted((held._workspace.index / "lines").glob("lines-*/*.parquet"))


def kept_store(
    folder: Path, monkeypatch: pytest.MonkeyPatch, sources: Sequence[Told]
) -> TableStore:
    monkeypatch.setattr(stored_tables, "KEPT_FROM", 1)
    held = store_of(folder, sources)
    held.prepare()
    return held


def test_kept_lines_equal_those_worked_out_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = rows_of(store_of(tmp_path / "x", (FIRST, SECOND)))
    held = kept_store(tmp_path / "y", monkeypatch, (FIRST, SECOND))
    (file,) = kept_files(held)
    assert rows_of(held) == anew
    assert file.stat().st_mode & 0o077 == 0
    assert rows_of(TableStore(held._workspace)) == anew
    assert kept_files(held) == [file]


@pytest.mark.parametrize("how", ["bytes", "gone", "list", "cut"])
def test_damaged_kept_lines_are_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    held = kept_store(tmp_path, monkeypatch, (FIRST, SECOND))
    before = rows_of(held)
    (file,) = kept_files(held)
    if how == "gone":
        file.unlink()
    elif how == "list":
        next(file.parent.parent.glob("*.json")).write_bytes(b"\x00{")
    else:
        content = file.read_bytes()
        file.write_bytes(content[:40] if how == "cut" else content[:60] + b"?" + content[61:])
    assert rows_of(TableStore(held._workspace)) == before


def test_another_import_or_another_name_of_a_payer_makes_them_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = kept_store(tmp_path, monkeypatch, (FIRST,))
    first = kept_files(held)
    assert len(rows_of(held)) == 2
    again = store_of(tmp_path, (FIRST, SECOND))
    assert len(rows_of(again)) == 3
    second = kept_files(again)
    held._payers.learn("Granite Peak of Colorado", ["Granite Peak Health Plan"], settled=True)
    held.refresh()
    renamed = {row["payer"] for row in rows_of(held)}
    assert len({*first, *second, *kept_files(held)}) == 3
    assert (len(kept_files(held)), renamed) == (1, {"Granite Peak of Colorado"})


def test_a_damaged_part_is_named_though_its_lines_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intact, "SMALL", 0)
    held = kept_store(tmp_path, monkeypatch, (FIRST, SECOND))
    part = next((held._workspace.tables / "claim_lines").iterdir())
    content = part.read_bytes()
    part.write_bytes(content[:60] + b"?" + content[61:])
    with pytest.raises(BadInput, match="missing or damaged"):
        TableStore(held._workspace).table("claim_lines")
    assert damaged(held._workspace) == [part.relative_to(held._workspace.root).as_posix()]
    (line,) = [line for line in examined(held._workspace.root) if line.name == "tables"]
    assert not line.ok
    assert part.name in line.says


def test_a_large_file_is_read_in_full_when_new_when_touched_and_once_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intact, "SMALL", 0)
    workspace = store_of(tmp_path / "x", (FIRST,))._workspace
    part = next((workspace.tables / "claim_lines").iterdir())
    sha, read = digest(part), []
    monkeypatch.setattr(intact, "digest", lambda path: read.append(path) or digest(path))

    def holds(now: int) -> int:
        read.clear()
        assert Intact(workspace, lambda: now).holds(part, sha)
        return len(read)

    assert [holds(1_000_000), holds(1_000_060), holds(1_000_060 + 86_400)] == [1, 0, 1]
    os.utime(part, ns=(1, 1))
    assert [holds(1_100_000), holds(1_100_001)] == [1, 0]
    (workspace.index / "checked.json").write_text("[")
    assert holds(1_100_002) == 1
