"""Files in, drafts out, and what is still there after a restart."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

EMAIL = "Draft an email to Juniper Mutual asking for 8%"


def test_a_schedule_is_read_a_wrong_file_refused_and_both_are_said(
    visit: Any, tmp_path: Path
) -> None:
    fees = tmp_path / "new_prices.csv"
    prices = {"99212": "$50.10", "99213": "$81.50", "99215": "$150.00", "99214": "a lot"}
    rows = "".join(f"{code},Visit,{price},4/1/2025\n" for code, price in prices.items())
    fees.write_text("CODE,WHAT IT IS,PRICE,FROM\n" + rows)
    wrong = tmp_path / "notes.pdf"
    wrong.write_bytes(b"MZ this is no PDF")
    page = visit.page
    page.set_input_files("#composer-buttons input[type=file]", [fees, wrong])
    table = page.locator("#intake table.sources")
    table.wait_for(timeout=60_000)
    assert "1 of 2 files read" in page.locator("#intake").inner_text()
    assert "Refused." in table.locator("tr", has_text="notes.pdf").inner_text()
    row = table.locator("tr:not(.below)", has_text="new_prices.csv")
    assert "fee schedule" in row.inner_text()
    row.locator("summary", has_text="refused").click()
    assert "row 5" in row.inner_text()

    table.locator("[data-payer='Juniper Mutual']").click()
    row.locator("td", has_text=re.compile("^Juniper Mutual$")).wait_for(timeout=60_000)
    page.locator(".rooms [data-room=data]").click()
    sources = page.locator("#sources table")
    listed = sources.locator("tr", has_text="new_prices.csv")
    listed.filter(has_text="Juniper Mutual").wait_for(timeout=20_000)
    assert sources.locator("tr", has_text="notes.pdf").count() == 0
    uploads = visit.server.workspace / ".uploads"
    assert not any(path.is_file() for path in uploads.rglob("*"))


def test_a_file_dropped_anywhere_is_read(visit: Any) -> None:
    page = visit.page
    page.locator("body").evaluate(
        """body => {
          const held = new DataTransfer();
          const rows = "CODE,WHAT IT IS,PRICE,FROM\\n99215,Visit,$120.00,4/1/2025\\n";
          held.items.add(new File([rows], "more fees #2 (été).csv"));
          body.dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true }));
        }"""
    )
    row = page.locator("#intake tr:not(.below)", has_text="more fees")
    row.wait_for(timeout=60_000)
    assert "fee schedule" in row.inner_text()


def test_a_draft_opens_as_a_letter_and_downloads_as_word(visit: Any) -> None:
    visit.ask(EMAIL)
    page = visit.page
    draft = page.locator("#panel-draft .draft")
    draft.wait_for()
    assert "checked" in draft.locator(".chip-ok").inner_text()
    assert draft.locator(".letter .n").count() > 0
    with page.expect_download() as waiting:
        draft.locator("[data-export=docx]").click()
    assert waiting.value.suggested_filename.endswith(".docx")
    with zipfile.ZipFile(waiting.value.path()) as made:
        assert "word/document.xml" in made.namelist()


def test_an_unsupported_number_is_named_and_leaves_only_with_a_reason(visit: Any) -> None:
    visit.ask(EMAIL)
    page = visit.page
    draft = page.locator("#panel-draft .draft")
    draft.locator("[data-edit]").click()
    body = draft.locator("[name=body]")
    body.fill(body.input_value() + "\n\nOthers pay us 77.7% more.")
    draft.locator("[data-save]").click()
    page.locator("#panel-draft .amber-box", has_text="77.7%").wait_for()
    page.locator("#panel-draft [data-export=md]").click()
    dialog = page.locator("dialog.vouch")
    dialog.wait_for()
    assert "77.7%" in dialog.inner_text()
    dialog.locator("input").fill("I counted it myself")
    with page.expect_download() as waiting:
        dialog.locator("button.go").click()
    assert "77.7%" in waiting.value.path().read_text(encoding="utf-8")


def test_leaving_an_edit_keeps_the_draft_as_it_was(visit: Any) -> None:
    visit.ask(EMAIL)
    page = visit.page
    draft = page.locator("#panel-draft .draft")
    before = draft.locator(".letter").inner_text()
    draft.locator("[data-edit]").click()
    draft.locator("[name=body]").fill("Gone.")
    page.keyboard.press("Escape")
    draft.locator(".letter").wait_for()
    assert draft.locator(".letter").inner_text() == before


def test_the_drafts_room_lists_what_was_drafted(visit: Any) -> None:
    visit.ask(EMAIL)
    page = visit.page
    page.locator(".rooms [data-room=drafts]").click()
    card = page.locator("#drafts-list .draft-card").first
    card.wait_for()
    assert "Juniper Mutual" in card.inner_text()
    card.click()
    page.locator("#panel-draft .draft .letter").wait_for()


def test_conversations_and_answers_survive_a_restart(
    small_practice: Path, tmp_path: Path, start_server: Any, visit_to: Any
) -> None:
    workspace = tmp_path / "workspace"
    shutil.copytree(small_practice, workspace)
    first = start_server(workspace)
    before = visit_to(first)
    before.open()
    before.ask("How do Juniper Mutual's rates compare with Medicare?")
    before.page.goto("about:blank")
    first.stop()
    second = start_server(workspace)
    after = visit_to(second)
    after.open()
    talk = after.page.locator(".talks [data-thread-open]").first
    assert "Juniper Mutual" in (talk.get_attribute("title") or "")
    talk.click()
    answer = after.page.locator("#feed .answer[data-turn]")
    answer.wait_for()
    assert "87.9%" in answer.locator("h2").inner_text()
    assert f"c={answer.get_attribute('data-thread')}" in after.page.url
    answer.locator("h2 .n").first.click()
    after.page.locator("#panel-behind .card.on").wait_for()


def test_settings_are_kept_and_a_wrong_one_is_said(visit: Any) -> None:
    page = visit.page
    page.locator(".rooms [data-room=settings]").click()
    town = page.get_by_label("Town")
    town.fill("Juniper Flats")
    page.locator("#save-settings").click()
    page.locator("#settings-said .kept").wait_for()
    page.get_by_label("Last four digits of the tax ID").fill("12x4")
    page.locator("#save-settings").click()
    problem = page.locator("#settings-said .problem")
    problem.wait_for()
    assert "tin_ending" in problem.inner_text()
    page.reload()
    page.wait_for_selector("#question textarea")
    page.locator(".rooms [data-room=settings]").click()
    page.wait_for_timeout(500)
    assert page.get_by_label("Town").input_value() == "Juniper Flats"


def test_a_draft_leaves_in_each_format_that_its_buttons_name(visit: Any) -> None:
    visit.ask(EMAIL)
    page = visit.page
    page.locator("#panel-draft .draft").wait_for()
    starts = {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF-", "eml": b"", "ics": b"BEGIN:VCALENDAR"}
    offered = page.locator("#panel-draft [data-export]").evaluate_all(
        "found => found.map(each => each.dataset.export)"
    )
    assert {"docx", "xlsx", "eml", "ics", "md"} <= set(offered)
    for to in (each for each in offered if each in starts):
        with page.expect_download(timeout=120_000) as waiting:
            page.locator(f"#panel-draft [data-export={to}]").click()
        assert waiting.value.suggested_filename.endswith(f".{to}")
        assert waiting.value.path().read_bytes().startswith(starts[to])


def test_the_lines_behind_a_number_are_saved(visit: Any) -> None:
    answer = visit.ask("How do Juniper Mutual's rates compare with Medicare?")
    answer.locator("h2 .n").first.click()
    page = visit.page
    with page.expect_download() as waiting:
        page.locator("#panel-behind .card.on [data-download*='/rows/']").click()
    lines = waiting.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 25  # a head and 24 lines of 99213 (see the workspace's claims)
    assert "C00000" in lines[1]
    assert "Test Patient" not in "".join(lines)
