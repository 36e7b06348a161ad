"""Stopping a turn in a real browser, on a workspace of paper that takes its time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def running(paper: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Any]]:
    """A slow paper workspace behind a real server in this process; its link."""
    import tempfile

    import uvicorn

    from ui.opened import Opened
    from ui.page.page import build_application
    from ui.serving import free_socket, private_folders
    from ui.web.access import Access
    from ui.web.site import build_site

    monkeypatch.chdir(Path.cwd())
    monkeypatch.setenv("GRADIO_TEMP_DIR", "")
    monkeypatch.setattr(tempfile, "tempdir", None)
    paper.pause = 0.1
    opened, access = Opened(paper, private_folders(paper.root)), Access()
    with free_socket("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        site = build_site(opened, access, port, build_application)
        config = uvicorn.Config(site, log_level="warning", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield access.link(f"http://127.0.0.1:{port}"), paper
        finally:
            server.should_exit = True
            thread.join(timeout=20)


def test_a_stopped_turn_says_so_keeps_nothing_and_the_next_one_works(
    running: tuple[str, Any],
    browser: Any,
) -> None:
    link, paper = running
    kept = sum(len(turns) for turns in paper.kept.values())
    page = browser.new_page()
    page.goto(link)
    page.wait_for_selector("#question textarea", timeout=60_000)
    page.wait_for_selector(".welcome", timeout=20_000)
    page.fill("#question textarea", "slow")
    page.keyboard.press("Enter")
    page.locator(".answer.going .step", has_text="Rates against Medicare").wait_for()
    page.locator("#stop").click()
    page.locator(".answer", has_text="Stopped before").wait_for()
    assert page.locator(".answer.going").count() == 0
    time.sleep(5)  # longer than the slow turn would have taken
    assert sum(len(turns) for turns in paper.kept.values()) == kept
    assert page.locator(".answer[data-turn]").count() == 0
    page.fill("#question textarea", "compare")
    page.keyboard.press("Enter")
    page.locator(".answer[data-turn]").wait_for(timeout=20_000)
    page.close()
