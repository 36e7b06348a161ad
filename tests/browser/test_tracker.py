"""What is told in the chat waits for a click, and stands in the tracker once it is kept."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser


def test_a_call_told_in_the_chat_is_kept_by_a_click_and_found_in_the_tracker(
    visit_to: Any, server: Any
) -> None:
    visit = visit_to(server, 1280, 860)
    visit.open()
    answer = visit.ask("log that I emailed Juniper Mutual on November 2")
    card = answer.locator(".entry-card")
    assert "Email to Juniper" in card.inner_text()
    card.locator("[data-entry-do=keep]").click()
    visit.page.locator("#feed .entry-card.done").wait_for()
    visit.page.locator(".rooms [data-room=tracker]").click()
    board = visit.page.locator("table.board")
    board.wait_for()
    row = board.locator("tr", has_text="Juniper").inner_text()
    assert "preparing" in row and "November 2, 2026" in row
    due = visit.page.locator("ul.due").inner_text()
    assert "Send Juniper the first follow-up" in due
    visit.page.locator(".payer-log summary").first.click()
    visit.page.locator(".payer-log [data-entry-do=strike]").click()
    visit.page.locator(".payer-log [data-entry-do=strike]").click()
    visit.page.locator(".payer-log").wait_for(state="detached")
    assert "not begun" in visit.page.locator("table.board").inner_text()
