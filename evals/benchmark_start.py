"""How soon the chat page can be seen after its command is started."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil

WAIT = 300.0


@dataclass(frozen=True)
class Started:
    """Seconds from the start of the process.

    link: the sign-in link is printed. seen: the link was taken and a page that a browser can
    paint has come with status 200. ready: the chat page itself is built. cpu: processor
    seconds of the server until the page was seen.
    """

    link: float
    seen: float
    ready: float
    cpu: float


def started(workspace: Path) -> Started:
    """One start of `payer-copilot serve` on a workspace, stopped again."""
    began = time.monotonic()
    command = ["-m", "ui.command_line", "serve", "--workspace", str(workspace), "--no-browser"]
    server = subprocess.Popen(
        [sys.executable, *command, "--port", "0"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        said = re.search(r"http://\S+", server.stdout.readline())
        assert said is not None, "the server printed no link"
        link = time.monotonic() - began
        where = urlsplit(said[0])
        page = http.client.HTTPConnection(str(where.hostname), where.port, timeout=WAIT)
        page.request("GET", f"{where.path}?{where.query}")
        opened = page.getresponse()
        cookie = {"Cookie": str(opened.getheader("Set-Cookie")).split(";")[0]}
        opened.read()
        assert _got(page, "/", cookie)
        seen = time.monotonic() - began
        cpu = sum(psutil.Process(server.pid).cpu_times()[:2])
        while not json.loads(_got(page, "/state/ready", cookie))["ready"]:
            assert time.monotonic() - began < WAIT, "the page was never built"
            time.sleep(0.05)
        return Started(link, seen, time.monotonic() - began, cpu)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


def _got(page: http.client.HTTPConnection, path: str, cookie: dict[str, str]) -> bytes:
    page.request("GET", path, headers=cookie)
    answer = page.getresponse()
    body = answer.read()
    assert answer.status == 200, f"{path} answered {answer.status}"
    return body
