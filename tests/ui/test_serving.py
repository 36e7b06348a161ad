"""Starting the page: on this computer only, on a free port, with one owner a workspace."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from copilot.problems import BadInput
from ui.serving import checked_host, free_socket


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "payer.example", ""])
def test_it_never_listens_beyond_this_computer(host: str) -> None:
    with pytest.raises(BadInput, match="this computer only"):
        checked_host(host)


def test_a_taken_port_leads_to_the_next_free_one() -> None:
    with free_socket("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with free_socket("127.0.0.1", port) as next_one:
            assert port < next_one.getsockname()[1] < port + 40


def test_the_socket_is_bound_to_loopback() -> None:
    with free_socket("127.0.0.1", 0) as made:
        assert made.getsockname()[0] == "127.0.0.1"
        assert made.family == socket.AF_INET


def _serve(workspace: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ui.command_line", "serve", "--no-browser"]
    return subprocess.run(
        [*command, "--workspace", str(workspace), *more],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )


def test_a_foreign_host_is_bad_use_in_one_line(tmp_path: Path) -> None:
    done = _serve(tmp_path / "w", "--host", "0.0.0.0")
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_workspace_in_use_names_its_owner_in_one_line(tmp_path: Path) -> None:
    from copilot.core import Copilot

    with Copilot(tmp_path / "w", who="the first one"):
        done = _serve(tmp_path / "w")
    assert done.returncode == 2
    assert "in use by the first one" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
