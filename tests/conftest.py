"""What holds for every test: no socket but loopback, and a private environment."""

from __future__ import annotations

from copilot.secure_env import secure_env

secure_env()

import ipaddress  # noqa: E402
import shutil  # noqa: E402
import socket  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from typing import Any  # noqa: E402

import pytest  # noqa: E402


class Egress(AssertionError):
    """A test tried to reach something that is not this machine."""


def _is_loopback(host: object) -> bool:
    if host in ("", "localhost", None):
        return True
    try:
        return ipaddress.ip_address(str(host).split("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def no_socket_but_loopback() -> Iterator[None]:
    """Fail at once where Python code looks up or connects to anything outside."""
    connect, lookup = socket.socket.connect, socket.getaddrinfo

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise Egress(f"connection to {address[0]}")
        connect(self, address)

    def looked_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if not _is_loopback(name) and name not in ("0.0.0.0", "::"):
            raise Egress(f"look-up of {name}")
        return lookup(host, *args, **kwargs)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    patch.setattr(socket, "getaddrinfo", looked_up)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium; skips, saying so, where none is installed."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    program = next((found for name in names if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip(f"no Chromium found (looked for {', '.join(names)})")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running
        running.close()
