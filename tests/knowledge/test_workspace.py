"""The folder of a practice: one writer, whole files, private to its user."""

import multiprocessing
import stat
from pathlib import Path

import pytest

from knowledge.problems import BadInput
from knowledge.workspace import open_workspace, write_whole


def _hold(
    root: str,
    ready: "multiprocessing.synchronize.Event",
    leave: "multiprocessing.synchronize.Event",
) -> None:
    with open_workspace(Path(root)).writing("the chat page"):
        ready.set()
        leave.wait(30)


def test_a_second_process_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    ready, leave = spawn.Event(), spawn.Event()
    other = spawn.Process(target=_hold, args=(str(tmp_path), ready, leave))
    other.start()
    try:
        assert ready.wait(30)
        with (
            pytest.raises(BadInput, match="in use by the chat page"),
            open_workspace(tmp_path).writing("me"),
        ):
            pass
    finally:
        leave.set()
        other.join()
    with open_workspace(tmp_path).writing("me"):
        pass


def test_a_killed_owner_leaves_nothing_to_clear(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    ready, leave = spawn.Event(), spawn.Event()
    other = spawn.Process(target=_hold, args=(str(tmp_path), ready, leave))
    other.start()
    assert ready.wait(30)
    other.kill()
    other.join()
    with open_workspace(tmp_path).writing("me"):
        pass


def test_files_and_folders_are_private(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "practice")
    workspace.write_json(workspace.manifest, {"sources": []})
    assert stat.S_IMODE(workspace.manifest.stat().st_mode) == 0o600
    assert stat.S_IMODE(workspace.tables.stat().st_mode) == 0o700


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept.json"
    write_whole(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path)
    workspace.manifest.write_text("{")
    with pytest.raises(BadInput, match=r"manifest\.json: this file of the workspace is damaged"):
        workspace.read_json(workspace.manifest, {})


def test_a_missing_workspace_is_not_made_where_none_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no workspace here"):
        open_workspace(tmp_path / "nowhere", create=False)
    assert not (tmp_path / "nowhere").exists()
