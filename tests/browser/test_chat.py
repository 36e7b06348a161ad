"""The chat in a real browser: an answer, what is behind it, and the words it cites."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

pytestmark = pytest.mark.browser

RATES = "How do Juniper Mutual's rates compare with Medicare?"
# 24 units of 99213 at $80.00; Medicare 2025, Colorado, office, pays $91.04: 87.9%.
SHARE = "87.9%"


def test_an_answer_leads_with_its_number_and_the_number_opens(visit: Any) -> None:
    answer = visit.ask(RATES)
    assert SHARE in answer.locator("h2").inner_text()
    number = answer.locator("h2 .n", has_text=SHARE)
    number.click()
    card = visit.page.locator("#panel-behind .card").first
    card.wait_for()
    assert SHARE in card.inner_text()
    assert "$1,920" in card.inner_text()  # 24 x $80.00
    assert "24 claim lines" in card.inner_text()


def test_the_inputs_of_a_figure_open_in_turn_and_lead_back(visit: Any) -> None:
    answer = visit.ask(RATES)
    answer.locator("h2 .n", has_text=SHARE).click()
    panel = visit.page.locator("#panel-behind")
    panel.locator(".inputs .n", has_text="$1,920").first.click()
    panel.locator(".big", has_text="$1,920").wait_for()
    panel.locator("[data-back]").click()
    panel.locator(".big", has_text=SHARE).wait_for()


def test_the_step_line_opens_to_what_was_asked_of_the_tool(visit: Any) -> None:
    answer = visit.ask(RATES)
    answer.locator("details.steps summary").click()
    assert "Juniper Mutual" in answer.locator(".did").inner_text()


def test_a_citation_opens_the_contract_on_its_words(visit: Any) -> None:
    answer = visit.ask("What is our timely filing limit with Juniper Mutual?")
    assert "120 days" in answer.inner_text()
    answer.locator(".cite").first.click()
    source = visit.page.locator("#panel-sources .quote.whole")
    source.wait_for()
    marked = " ".join(source.locator("mark").inner_text().split())
    assert "one hundred twenty (120) days" in marked
    assert "4.3 Payment" in source.inner_text()  # its surroundings, not the words alone


def test_a_next_step_is_asked_by_a_click(visit: Any) -> None:
    visit.ask(RATES)
    before = visit.page.locator("#feed .answer[data-turn]").count()
    chip = visit.page.locator("#feed .answer .chip").last
    words = chip.inner_text()
    chip.click()
    visit.finished(before)
    assert visit.page.locator("#feed .me").last.inner_text() == words


def test_the_suggestions_of_an_empty_chat_can_be_asked(visit: Any) -> None:
    first = visit.page.locator(".suggestion").first
    words = first.inner_text()
    first.click()
    visit.finished(0)
    assert visit.page.locator("#feed .me").inner_text() == words


def test_the_table_of_an_answer_is_saved_as_csv(visit: Any) -> None:
    answer = visit.ask(RATES)
    with visit.page.expect_download() as waiting:
        answer.locator("[data-download]").first.click()
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    row = next(csv.DictReader(io.StringIO(text)))
    assert (row["Code"], row["Units"], row["Of Medicare"]) == ("99213", "24", "87.873462")
    assert row["Paid per unit (USD)"] == "80.00"


def test_markup_in_a_question_stays_words(visit: Any) -> None:
    words = "<img src=x onerror=alert(1)> **and** $x$ how do we compare?"
    visit.page.fill("#question textarea", words)
    visit.page.keyboard.press("Enter")
    mine = visit.page.locator("#feed .me").last
    mine.wait_for()
    assert mine.inner_text() == words
    assert visit.page.locator("#feed img").count() == 0
    visit.finished(0)


def test_by_keyboard_alone_a_question_is_asked_and_its_number_opened(visit: Any) -> None:
    page = visit.page
    page.locator("#question textarea").focus()
    page.keyboard.type("How do Juniper Mutual's rates")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("compare with Medicare?")
    assert "\n" in page.locator("#question textarea").input_value()
    page.keyboard.press("Enter")
    visit.finished(0)
    page.locator("#question textarea").focus()
    for _ in range(200):
        page.keyboard.press("Shift+Tab")
        if page.locator("h2 .n:focus").count():
            break
    assert page.locator("h2 .n:focus").inner_text() == SHARE
    page.keyboard.press("Enter")
    page.locator("#panel-behind .card.on:focus").wait_for()
    page.keyboard.press("Escape")
    page.locator("h2 .n:focus").wait_for()


def test_what_has_left_the_computer_is_said_and_opens(visit: Any) -> None:
    corner = visit.page.locator(".corner")
    assert "Nothing has left this computer." in corner.inner_text()
    corner.click()
    card = visit.page.locator("#panel-behind .card", has_text="What has left this computer")
    card.wait_for()
    assert "without a language model" in card.inner_text()


def test_two_windows_do_not_mix_their_conversations(visit: Any, visit_to: Any) -> None:
    other = visit_to(visit.server)
    other.open()
    visit.page.fill("#question textarea", RATES)
    other.page.fill("#question textarea", "What is our timely filing limit with Juniper Mutual?")
    visit.page.keyboard.press("Enter")
    other.page.keyboard.press("Enter")
    assert SHARE in visit.finished(0).inner_text()
    assert "120 days" in other.finished(0).inner_text()
    assert visit.page.locator("#feed .me").count() == 1
    assert other.page.locator("#feed .me").count() == 1
