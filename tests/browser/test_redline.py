"""A redline in the page: changes ticked and worded by the user, and the Word file they make."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

ASKED = "Redline the Juniper Mutual contract."


def test_a_redline_is_worded_ticked_and_saved_by_keyboard(visit: Any) -> None:
    form = visit.ask(ASKED).locator(".redline")
    page = visit.page
    boxes = form.locator("[name=in]")
    assert boxes.count() == form.locator("[name=in]:checked").count() > 1
    target = form.locator("[data-redline-level=target]")
    target.focus()
    page.keyboard.press("Enter")
    page.locator(".redline[data-level=target]").wait_for(timeout=60_000)
    assert target.evaluate("each => each === document.activeElement")

    left = form.locator(".change").first
    title = left.locator("strong").inner_text()
    left.locator("[name=in]").focus()
    page.keyboard.press("Space")
    second = form.locator(".change").nth(1).locator("[name=new]")
    second.focus()
    second.fill("words of my own <b>& no other</b>")
    form.locator("[data-redline-level=walk_away]").click()
    page.locator(".redline[data-level=walk_away]").wait_for(timeout=60_000)
    form.locator("[data-redline-level=target]").click()
    assert second.input_value() == "words of my own <b>& no other</b>"  # kept while away
    form.locator("[name=author]").fill("Jo Example")
    form.locator("[name=day]").fill("2026-12-01")
    form.locator("[data-write-redline]").press("Enter")
    files = form.locator("[data-download]")
    files.first.wait_for(timeout=120_000)
    with page.expect_download() as waiting:
        files.first.press("Enter")
    assert waiting.value.suggested_filename == "Juniper redline.docx"
    paper = zipfile.ZipFile(Path(waiting.value.path()))
    body = paper.read("word/document.xml").decode()
    comments = paper.read("word/comments.xml").decode()
    assert "words of my own &lt;b&gt;&amp; no other&lt;/b&gt;" in body
    assert 'w:author="Jo Example"' in body
    assert 'w:date="2026-12-01' in body
    assert f">{title}<" not in comments
    with page.expect_download() as waiting:
        files.last.click()
    assert waiting.value.suggested_filename == "Juniper redline memo.docx"


def test_on_a_phone_the_form_stands_in_one_column_and_says_what_is_missing(
    visit_to: Any, server: Any
) -> None:
    visit = visit_to(server, 390, 844)
    visit.open()
    form = visit.ask(ASKED).locator(".redline")
    assert form.evaluate("each => each.scrollWidth <= each.clientWidth")
    pair = form.locator(".pair").first.locator("> div")
    first, second = pair.nth(0).bounding_box(), pair.nth(1).bounding_box()
    assert second["y"] >= first["y"] + first["height"]
    for box in form.locator("[name=in]").all():
        box.uncheck()
    form.locator("[data-write-redline]").click()
    assert form.locator(".made").inner_text().strip() == "Tick at least one change."
