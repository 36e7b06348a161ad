"""The page at a phone's width: one column, evidence as a sheet, nothing to scroll sideways."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

WIDTH = 390


@pytest.fixture
def phone(visit_to: Any, server: Any) -> Any:
    """A visit at 390 by 844."""
    made = visit_to(server, WIDTH, 844)
    made.open()
    return made


def too_wide(page: Any) -> list[str]:
    """Elements that reach beyond the screen, outside of boxes that scroll by themselves."""
    found: list[str] = page.evaluate(
        """width => [...document.querySelectorAll("#desk *")]
          .filter(e => !e.closest(".scrolls, #wires, #evidence, svg"))
          .filter(e => { const box = e.getBoundingClientRect();
                         return box.width > 0 && (box.right > width + 1 || box.left < -1); })
          .map(e => `${e.tagName}.${e.className}`)""",
        WIDTH,
    )
    return found


def test_no_room_scrolls_sideways(phone: Any) -> None:
    phone.ask("How do Juniper Mutual's rates compare with Medicare?")
    for room in ("chat", "drafts", "tracker", "data", "settings"):
        phone.page.locator(f".rooms [data-room={room}]").click()
        phone.page.wait_for_timeout(300)
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= WIDTH
        assert too_wide(phone.page) == [], room


def test_the_composer_stays_at_the_thumb(phone: Any) -> None:
    phone.ask("How do Juniper Mutual's rates compare with Medicare?")
    box = phone.page.locator("#send").bounding_box()
    assert box["y"] + box["height"] <= 844
    assert box["y"] > 844 * 0.75
    assert box["height"] >= 40


def test_a_number_opens_a_sheet_from_below_and_escape_closes_it(phone: Any) -> None:
    answer = phone.ask("How do Juniper Mutual's rates compare with Medicare?")
    sheet = phone.page.locator("#evidence")
    assert not sheet.is_visible()
    answer.locator("h2 .n").first.click()
    phone.page.locator("#panel-behind .card.on").wait_for()
    phone.page.wait_for_timeout(300)
    box = sheet.bounding_box()
    assert box["width"] == WIDTH
    assert box["y"] + box["height"] <= 845
    assert box["y"] > 100
    phone.page.keyboard.press("Escape")
    sheet.wait_for(state="hidden")


def test_past_conversations_are_a_room_of_their_own(phone: Any) -> None:
    answer = phone.ask("How do Juniper Mutual's rates compare with Medicare?")
    thread = answer.get_attribute("data-thread")
    phone.page.locator(".rooms [data-room=talks]").click()
    talk = phone.page.locator(f".talks [data-thread-open='{thread}']")
    talk.wait_for()
    assert too_wide(phone.page) == []
    talk.click()
    phone.page.locator("#feed .answer[data-turn]").wait_for()
