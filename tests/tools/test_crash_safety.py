"""An import that dies at any write, runs out of room, or may not write: old state or new."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.intake import claim, fresh_practice, lines, one, write_csv
from tools.tables import stored_tables

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and signals"),
]
WRITES = frozenset(
    ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "os.link",
     "shutil.copyfile", "shutil.rmtree", "subprocess.Popen")
)  # fmt: skip
DONE, MOST = 7, 200


def begun(folder: Path) -> tuple[Path, Path]:
    """A workspace that holds claim 1, and a file with claim 2."""
    practice = fresh_practice(folder / "practice")
    one(practice, write_csv(folder / "a.csv", [claim("1")]))
    return practice.workspace.root, write_csv(folder / "b.csv", [claim("2")])


def in_process(work: Callable[[], Any]) -> int:
    """Run something in a forked process; its exit code, negative for the signal that ended it."""
    number = os.fork()
    if number == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def killed_at(step: int, root: Path, file: Path) -> int:
    """Import with a SIGKILL before the numbered write below the workspace; how it ended."""

    def work() -> None:
        seen = 0

        def hook(event: str, given: tuple[Any, ...]) -> None:
            nonlocal seen
            opened = event == "open" and isinstance(given[0], str) and _writes(given)
            if opened or event in WRITES:
                inside = event == "subprocess.Popen" or str(root) in str(given[:2])
                seen += inside
                if inside and seen == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        answer = one(fresh_practice(root), file)
        os._exit(DONE if answer["status"] == "imported" and seen < step else 1)

    return in_process(work)


def _writes(given: tuple[Any, ...]) -> bool:
    mode, flags = given[1], given[2]
    by_mode = isinstance(mode, str) and any(mark in mode for mark in "wax+")
    return by_mode or bool((flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def state_of(root: Path) -> list[str]:
    return [line["claim_id"] for line in lines(fresh_practice(root))]


@pytest.mark.parametrize("kept", [False, True], ids=["small", "with kept lines"])
def test_a_kill_at_any_write_leaves_the_old_state_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    if kept:
        monkeypatch.setattr(stored_tables, "KEPT_FROM", 1)
    root, file = begun(tmp_path)
    tried: list[Path] = []
    for step in range(1, MOST):
        copy = tmp_path / str(step)
        shutil.copytree(root, copy)
        ended = killed_at(step, copy, file)
        tried.append(copy)
        if ended == DONE:
            break
        assert ended == -signal.SIGKILL
    assert ended == DONE, "the import never came to its end"
    assert len(tried) > 15
    states = [state_of(copy) for copy in tried]
    assert all(state in (["1"], ["1", "2"]) for state in states)
    assert states == sorted(states), "a later kill showed an older state"
    assert {tuple(state) for state in states} == {("1",), ("1", "2")}
    # A sample of the stopped imports is taken up again: nothing doubled, nothing left behind.
    for copy in tried[:: max(1, len(tried) // 6)]:
        practice = fresh_practice(copy)
        one(practice, file)
        assert state_of(copy) == ["1", "2"]
        assert len(list(practice.workspace.tables.glob("*/*"))) == 2
        assert not list(practice.workspace.tables.glob(".*"))
        assert len(list(practice.workspace.originals.iterdir())) == 2


def test_no_room_at_any_size_leaves_the_old_state_or_the_new(tmp_path: Path) -> None:
    root, file = begun(tmp_path)
    told: dict[int, tuple[Path, int]] = {}
    for room in (0, 1, 60, 200, 500, 1_000, 2_000, 3_000, 4_000, 6_000, 10_000, 100_000):
        copy = tmp_path / str(room)
        shutil.copytree(root, copy)

        def work(room: int = room, copy: Path = copy) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
            answer = one(fresh_practice(copy), file)
            json.dumps(answer)
            os._exit({"imported": 2, "refused": 3}.get(answer["status"], 4))

        told[room] = copy, in_process(work)
    for copy, ended in told.values():
        assert ended in (2, 3)
        assert state_of(copy) == (["1", "2"] if ended == 2 else ["1"])
        assert not list((copy / "tables").glob(".*"))
    assert told[0][1] == 3
    assert told[100_000][1] == 2


READ_ONLY = """
import json, sys
from pathlib import Path
from tests.fixtures.intake import fresh_practice, one
answer = one(fresh_practice(Path(sys.argv[1])), Path(sys.argv[2]))
print(json.dumps(answer))
"""


@pytest.mark.namespace
def test_a_folder_that_may_not_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    root, file = begun(tmp_path)
    sealed = f'mount --bind "{root}" "{root}" && mount -o remount,ro,bind "{root}"'
    unshare = ["unshare", "-rm", "sh", "-c"]
    try:
        subprocess.run([*unshare, sealed], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine makes no mount namespace")
    done = subprocess.run(
        [*unshare, f'{sealed} && exec "$@"', "sh", sys.executable, "-W", "ignore", "-c",
         READ_ONLY, str(root), str(file)],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    answer = json.loads(done.stdout.splitlines()[-1])
    assert answer["status"] == "refused"
    assert "Read-only file system" in answer["problem"]
    assert state_of(root) == ["1"]
