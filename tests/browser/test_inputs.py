"""Inputs of a model in the page: moved under the answer, which follows."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

ASKED = ("What would shared savings with Juniper Mutual pay at a target of 410 and an actual of 395"
         " PMPM for 2,000 members with a 50% share?")  # fmt: skip


def test_a_moved_input_moves_the_answer_and_the_next_question(visit: Any) -> None:
    # 15 x 24,000 = 360,000 saved: half is 180,000, 60% is 216,000; at a target of 420 60% of
    # 600,000 are 360,000.
    answer = visit.ask(ASKED)
    page = visit.page
    assert "$180,000" in answer.locator("h2").inner_text()
    as_drawn = answer.evaluate("each => each.outerHTML")
    number = answer.locator("input[type=number][name=share]")
    assert number.get_attribute("aria-label").startswith("Share of savings")
    number.fill("60")
    page.locator("#feed .answer h2", has_text="$216,000").wait_for(timeout=20_000)
    moved = page.locator("#feed .answer[data-turn]").last
    assert moved.locator("input[type=range][name=share]").input_value() == "60"
    assert moved.locator(".was").inner_text() == "was 50"
    assert moved.locator("input[type=number][name=share]").evaluate(
        "each => each === document.activeElement"
    )
    # a late drawing of the feed brings back what stood before the move
    page.locator("#feed .answer[data-turn]").evaluate(
        "(each, old) => each.outerHTML = old", as_drawn
    )
    page.locator("#feed .answer h2", has_text="$216,000").wait_for(timeout=20_000)
    after = visit.ask("What if the target is 420?")
    assert "$360,000" in after.locator("h2").inner_text()
    # the answer before it stands as it was moved, and goes back at one click
    first = page.locator("#feed .answer[data-turn]").first
    assert page.locator("#feed .answer[data-turn]").count() == 2
    assert "$216,000" in first.locator("h2").inner_text()
    first.locator("[data-first-inputs]").click()
    page.locator("#feed .answer h2", has_text="$180,000").wait_for(timeout=20_000)


def test_two_inputs_moved_at_once_both_count(visit: Any) -> None:
    # 60% of (420 - 395) x 24,000 = 600,000 is 360,000
    visit.page.goto(visit.server.origin + "/")
    visit.page.wait_for_selector("#question textarea", timeout=60_000)
    form = visit.ask(ASKED).locator(".inputs")
    form.evaluate(
        """form => {
          for (const [name, value] of [["share", "60"], ["target_pmpm", "420"]]) {
            const field = form.querySelector(`input[type=number][name=${name}]`);
            field.value = value;
            field.dispatchEvent(new Event("change", { bubbles: true }));
          }
        }"""
    )
    visit.page.locator("#feed .answer h2", has_text="$360,000").wait_for(timeout=20_000)


def test_on_a_phone_the_sliders_fit_and_work_by_key(visit_to: Any, server: Any) -> None:
    visit = visit_to(server, 390, 844)
    visit.open()
    answer = visit.ask(ASKED)
    form = answer.locator(".inputs")
    assert form.evaluate("each => each.scrollWidth <= each.clientWidth")
    slider = form.locator("input[type=range][name=share]")
    slider.focus()
    visit.page.keyboard.press("ArrowRight")
    visit.page.locator("#feed .answer h2", has_text="$198,000").wait_for(timeout=20_000)
    form.locator("input[type=number][name=share]").fill("400")
    told = visit.page.locator("#feed .answer .inputs .said-here")
    told.filter(has_text="more than 100").wait_for(timeout=20_000)
