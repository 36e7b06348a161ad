"""A whole journey in an empty network namespace, every connection of it watched.

A patched socket module sees Python's own traffic only; a namespace without any network and
the kernel's own list of connections see that of native libraries too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EMPTY_NETWORK = ["unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
WATCHED = "connect,sendto,sendmsg,sendmmsg"
WITHIN_THE_MACHINE = {"AF_UNIX", "AF_LOCAL", "AF_NETLINK", "AF_UNSPEC"}

_FAMILY = re.compile(r"(?:sa|sin6?)_family=(\w+)")
_ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')


def namespace_refused() -> str | None:
    """Why no empty network namespace can be had here, or None where it can."""
    for program in ("unshare", "ip"):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    tried = subprocess.run([*EMPTY_NETWORK, "true"], capture_output=True, text=True)
    return tried.stderr.strip() or "refused" if tried.returncode else None


def watching(trace: Path) -> list[str]:
    """The command that lists connections into a file; empty where it cannot be had."""
    if shutil.which("strace") is None:
        return []
    found = ["strace", "-f", "-qq", "-s", "256", "-e", f"trace={WATCHED}", "-o", str(trace)]
    return found if subprocess.run([*found, "true"], capture_output=True).returncode == 0 else []


def outside(lines: Sequence[str]) -> list[str]:
    """The lines of a trace that address anything but this machine."""
    found = []
    for line in lines:
        families = set(_FAMILY.findall(line))
        addresses = [ip_address(four or six) for four, six in _ADDRESS.findall(line)]
        inside = all(_is_loopback(address) for address in addresses)
        if not inside or (families - WITHIN_THE_MACHINE and not addresses):
            found.append(line)
    return found


def _is_loopback(address: Any) -> bool:
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


@dataclass(frozen=True)
class Journey:
    """What came out of the journey, and every connection it made (None: not watched)."""

    code: int
    said: str
    errors: str
    trace: list[str] | None


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """The journey, in an empty network and watched, as far as this system allows."""
    folder = tmp_path_factory.mktemp("journey")
    trace = folder / "trace"
    alone = [] if namespace_refused() else EMPTY_NETWORK
    watch = watching(trace)
    if not alone and not watch:
        pytest.skip(f"neither an empty network ({namespace_refused()}) nor strace is to be had")
    script = ROOT / "tests" / "journey" / "whole_journey.py"
    (folder / "work").mkdir()
    done = subprocess.run(
        [*alone, *watch, sys.executable, str(script), str(folder / "work")],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=folder,
        timeout=900,
    )
    lines = trace.read_text(errors="replace").splitlines() if watch else None
    return Journey(done.returncode, done.stdout, done.stderr, lines)


@pytest.mark.slow
@pytest.mark.namespace
def test_the_whole_journey_needs_no_network(journey: Journey) -> None:
    if reason := namespace_refused():
        pytest.skip(f"no empty network to be had: {reason}")
    assert journey.code == 0, journey.errors[-3000:]
    came = json.loads(journey.said)
    assert came["read"] == ["imported", "refused", "imported", "imported"]
    assert came["tools"] == ["compare_rates", "draft_email"]
    assert came["found"] > 0
    assert came["letter"] > 500
    assert came["page"] == 200


@pytest.mark.slow
@pytest.mark.namespace
def test_the_whole_journey_addresses_nothing_but_this_machine(journey: Journey) -> None:
    if journey.trace is None:
        pytest.skip("strace is not to be had")
    assert journey.code == 0, journey.errors[-3000:]
    assert any("127.0.0.1" in line for line in journey.trace), "the page's own request is missing"
    assert outside(journey.trace) == []


@pytest.mark.namespace
def test_the_watch_sees_a_connection_from_native_code_too(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    watch = watching(trace)
    if namespace_refused() or not watch:
        pytest.skip("an empty network and strace are both needed")
    attempt = (
        "import ctypes, socket;"
        "made = socket.socket(socket.AF_INET, socket.SOCK_STREAM);"
        "where = bytes([2, 0, 0, 80, 203, 0, 113, 7]) + bytes(8);"
        "ctypes.CDLL(None).connect(made.fileno(), where, 16)"
    )
    subprocess.run([*EMPTY_NETWORK, *watch, sys.executable, "-c", attempt], check=True)
    assert [line for line in outside(trace.read_text().splitlines()) if "203.0.113.7" in line]


@pytest.mark.parametrize(
    ("line", "leaves"),
    [
        pytest.param(
            '7 connect(5, {sa_family=AF_INET, sin_port=htons(443),'
            ' sin_addr=inet_addr("203.0.113.7")}, 16) = 0', True, id="a web server",
        ),
        pytest.param(
            '7 sendto(5, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53),'
            ' sin_addr=inet_addr("192.0.2.53")}, 16) = 1', True, id="a name server",
        ),
        pytest.param(
            '7 connect(5, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0),'
            ' inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 0', True,
            id="a web server by IPv6",
        ),
        pytest.param(
            '7 connect(5, {sa_family=AF_PACKET, sll_protocol=htons(ETH_P_IP)}, 20) = 0', True,
            id="a raw network card",
        ),
        pytest.param(
            '7 connect(5, {sa_family=AF_INET, sin_port=htons(7860),'
            ' sin_addr=inet_addr("127.0.0.1")}, 16) = 0', False, id="the page",
        ),
        pytest.param(
            '7 connect(5, {sa_family=AF_INET6, sin6_port=htons(7860), sin6_flowinfo=htonl(0),'
            ' inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = 0', False,
            id="the page by IPv6",
        ),
        pytest.param(
            '7 connect(3, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1', False,
            id="a socket of this machine",
        ),
        pytest.param('7 sendto(4, "x", 1, 0, NULL, 0) = 1', False, id="an open connection"),
    ],
)  # fmt: skip
def test_a_line_of_the_watch_is_read_right(line: str, leaves: bool) -> None:
    assert bool(outside([line])) is leaves
