"""A user's whole journey as one process: read files in, ask, draft, export, open the page.

Run with an empty folder: `python tests/journey/whole_journey.py FOLDER`. It prints one JSON
object of what came out; the test that starts it watches what it connects to.
"""

from __future__ import annotations

from copilot.secure_env import secure_env

secure_env()

import http.client  # noqa: E402  (the process is made safe before anything else is imported)
import json  # noqa: E402
import re  # noqa: E402
import signal  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from datetime import date  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402
from urllib.parse import urlsplit  # noqa: E402

from copilot.core import Copilot  # noqa: E402
from copilot.export import export  # noqa: E402
from tests.fixtures.small_practice import (  # noqa: E402
    TODAY,
    write_broken,
    write_claims,
    write_papers,
)

PAGE_WITHIN = 180.0


def desk_work(folder: Path) -> dict[str, Any]:
    """What the core does for a user, from files to an exported letter."""
    files = [write_claims(folder / "claims.csv"), write_broken(folder / "broken.pdf")]
    files += write_papers(folder)
    with Copilot(folder / "practice", date.fromisoformat(TODAY), "the journey") as copilot:
        read = copilot.ingest(files, "Blue Juniper Health Plan")
        copilot.wait_until_warm()
        answer = copilot.answer("How do Blue Juniper's rates compare with Medicare?")
        found = copilot.search("days to file a claim")
        drafted = copilot.answer("Draft an email to Blue Juniper asking for 8%")
        assert drafted.draft is not None
        letter = export(copilot, drafted.draft.id, "md", folder / "letter.md")
    return {
        "read": [result.status for result in read],
        "tools": [call.name for call in (*answer.tool_calls, *drafted.tool_calls)],
        "found": len(found),
        "letter": len(letter.read_text(encoding="utf-8")),
    }


def page_status(folder: Path) -> int:
    """The HTTP status of the page, opened by its sign-in link in a process of its own."""
    command = ["-m", "ui.command_line", "serve", "--workspace", str(folder / "practice")]
    served = subprocess.Popen(
        [sys.executable, *command, "--no-browser", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert served.stdout is not None
        said = served.stdout.readline()
        link = urlsplit(re.search(r"http://\S+", said)[0])  # type: ignore[index]
        assert link.hostname and link.port
        page = http.client.HTTPConnection(link.hostname, link.port, timeout=PAGE_WITHIN)
        page.request("GET", f"{link.path}?{link.query}")
        opened = page.getresponse()
        cookie = str(opened.getheader("Set-Cookie")).split(";")[0]
        opened.read()
        until = time.monotonic() + PAGE_WITHIN
        while time.monotonic() < until:
            page.request("GET", "/state/ready", headers={"Cookie": cookie})
            state = json.loads(page.getresponse().read())
            assert not state["problem"], state
            if state["ready"]:
                break
            time.sleep(0.2)
        page.request("GET", "/", headers={"Cookie": cookie})
        shown = page.getresponse()
        assert b"gradio" in shown.read().lower()
        return shown.status
    finally:
        served.send_signal(signal.SIGINT)
        served.wait(30)


if __name__ == "__main__":
    where = Path(sys.argv[1])
    print(json.dumps({**desk_work(where), "page": page_status(where)}))
