"""A real server on a small workspace, and a real browser that may talk to nothing else."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-23"
PAYER = "Juniper Mutual"
HEAD = (
    "Claim #,Line,DOS,Patient,DOB,Member ID,Payer,Plan,Ins Order,Proc Code,Mods,Units,POS,Dx,"
    "Charge,Allowed,Ins Paid,Pt Resp,Adj Codes,Status,Rendering NPI,Date Filed,Date Posted"
)
CONTRACT = f"""PARTICIPATING PROVIDER AGREEMENT

between {PAYER} and Sagebrush Family Medicine, effective March 1, 2021.

1. DEFINITIONS
1.1 Covered Services. The services for which a Member has benefits under a Plan of {PAYER}.
1.2 Clean Claim. A claim that can be paid without further information.

4. CLAIMS AND PAYMENT
4.1 Submission. Provider shall submit each claim in the standard electronic format.
4.2 Timely Filing. Provider shall submit claims within one hundred twenty (120) days after the
date of service. A claim received later may be denied.
4.3 Payment. {PAYER} shall pay Clean Claims within thirty (30) days after receipt.

9. TERM AND TERMINATION
9.1 Term. This Agreement begins on the Effective Date and continues until terminated.
9.2 Termination without cause. Either party may terminate this Agreement upon ninety (90) days
prior written notice to the other party.
9.3 Renegotiation. Either party may request renegotiation of Exhibit B upon ninety (90) days
written notice.

EXHIBIT B. COMPENSATION
{PAYER} shall pay the rates of its fee schedule in effect on the Effective Date.
"""


def claims() -> str:
    """A year of one code: 24 units of 99213 in the office, each allowed $80.00."""
    lines = [HEAD]
    for at in range(24):
        month = 10 + at // 2  # November 2025 to October 2026
        year, number = 2025 + month // 12, month % 12 + 1
        day = date(year, number, monthrange(year, number)[1] if at % 2 else 5)
        lines.append(
            f"C{at:05},1,{day},Test Patient,1980-01-01,M{at % 7:03},{PAYER},PPO,P,99213,,1,11,"
            f"J06.9,150.00,80.00,60.00,20.00,CO-45,Paid,1000000005,{day},{day}"
        )
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def small_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a year of claims and one contract, read once."""
    from copilot.core import Copilot
    from copilot.settings import changed

    folder = tmp_path_factory.mktemp("small")
    (folder / "claims.csv").write_text(claims(), encoding="utf-8")
    (folder / "juniper_agreement.txt").write_text(CONTRACT, encoding="utf-8")
    with Copilot(folder / "workspace", date.fromisoformat(TODAY)) as copilot:
        read = copilot.ingest([folder / "claims.csv"])
        read += copilot.ingest([folder / "juniper_agreement.txt"], PAYER)
        assert [each.status for each in read] == ["imported", "imported"], read
        profile = {"name": "Sagebrush Family Medicine", "signature": "The practice manager"}
        copilot.change_settings(changed(copilot.settings, {**profile, "sample": True}))
    return folder / "workspace"


@dataclass
class Server:
    """The chat page as a process of its own."""

    workspace: Path
    process: subprocess.Popen[str]
    link: str
    cookies: list[dict[str, Any]] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return self.link.partition("/?")[0]

    def stop(self) -> None:
        """Stop it as Ctrl+C does."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(timeout=20) == 0


def start(workspace: Path) -> Server:
    """Start the page on a free port and wait for the line with its link."""
    command = [sys.executable, "-m", "ui.command_line", "serve", "--no-browser", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--workspace", str(workspace), "--today", TODAY],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+/\?open=\S+", line)
    assert found, line
    return Server(workspace, process, found.group(0))


@pytest.fixture
def start_server() -> Iterator[Any]:
    """Starts servers and stops those still running."""
    started: list[Server] = []

    def begin(workspace: Path) -> Server:
        started.append(start(workspace))
        return started[-1]

    yield begin
    for server in started:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture(scope="module")
def server(small_practice: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a copy of the small workspace, one for a module's tests."""
    workspace = tmp_path_factory.mktemp("served") / "workspace"
    shutil.copytree(small_practice, workspace)
    running = start(workspace)
    yield running
    if running.process.poll() is None:
        running.stop()


@dataclass
class Visit:
    """One browser context on a server, watched: every request, every error."""

    context: Any
    page: Any
    server: Server
    requests: list[str]
    errors: list[str]

    def open(self, path: str = "/") -> None:
        """Open the page and wait until it can be used."""
        if self.server.cookies:
            self.context.add_cookies(self.server.cookies)
            self.page.goto(self.server.origin + path)
        else:
            self.page.goto(self.server.link)
        self.page.wait_for_selector("#question textarea", timeout=60_000)
        self.page.wait_for_selector(".welcome, .answer", timeout=20_000)
        self.server.cookies = self.context.cookies()

    def ask(self, question: str) -> Any:
        """Ask and wait for the finished answer; gives its element."""
        answers = self.page.locator("#feed .answer[data-turn]")
        before = answers.count()
        self.page.fill("#question textarea", question)
        self.page.keyboard.press("Enter")
        return self.finished(before)

    def finished(self, before: int) -> Any:
        """The answer that follows the ones there were."""
        last = self.page.locator("#feed .answer[data-turn]").nth(before)
        last.wait_for(timeout=60_000)
        self.page.locator("#feed .answer.going").wait_for(state="detached", timeout=60_000)
        return last


@pytest.fixture
def visit_to(browser: Any) -> Iterator[Any]:
    """Opens watched visits; afterwards nothing left this computer and nothing was in error."""
    visits: list[Visit] = []

    def begin(server: Server, width: int = 1440, height: int = 900) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        made = Visit(context, page, server, [], [])
        page.on("request", lambda request: made.requests.append(request.url))
        page.on("pageerror", lambda error: made.errors.append(str(error)))
        page.on(
            "console",
            lambda line: made.errors.append(line.text) if is_error(line) else None,
        )
        visits.append(made)
        return made

    yield begin
    for made in visits:
        outside = [url for url in made.requests if not _own(url, made.server.origin)]
        made.context.close()
        assert made.requests, "no request was seen"
        assert outside == []
        assert made.errors == []


def is_error(line: Any) -> bool:
    """An error in the browser's console; a refusal that the page shows (409) is none."""
    return line.type == "error" and "409 (Conflict)" not in line.text


def _own(url: str, origin: str) -> bool:
    return url.startswith((f"{origin}/", f"blob:{origin}/", "data:"))


@pytest.fixture
def visit(visit_to: Any, server: Server) -> Visit:
    """A visit to the module's server, opened."""
    made: Visit = visit_to(server)
    made.open()
    return made
