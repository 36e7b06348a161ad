"""The user's word on columns: shown after an import, corrected, and kept for the next file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

ROWS = """Visit Date,Zzq,Name,Insurer,Proc,Qty,Chrg,Alowd Amnt,Ins Pd,Pt Owes
10/05/2026,T1,Ann Example,Juniper Mutual,99213,1,150.00,80.00,60.00,20.00
10/06/2026,T2,Bob Example,Juniper Mutual,99214,1,220.00,112.00,92.00,20.00
10/08/2026,T4,Di Example,Juniper Mutual,99396,1,250.00,140.00,140.00,0.00
"""


def give(page: Any, file: Path) -> Any:
    """Add a file and wait for its row."""
    page.set_input_files("#composer-buttons input[type=file]", [file])
    row = page.locator("#intake tr", has_text=file.name).first
    row.wait_for(timeout=60_000)
    return row


def test_columns_are_shown_with_samples_corrected_and_remembered(
    visit: Any, tmp_path: Path
) -> None:
    page, file = visit.page, tmp_path / "odd.csv"
    file.write_text(ROWS)
    give(page, file)
    form = page.locator("#intake details.mapping")
    assert "1 to check" in form.locator("summary").inner_text()
    doubt = form.locator("tr.doubt")
    assert "112.00" in doubt.inner_text()
    assert doubt.locator("select").input_value() == "allowed"
    assert "Example" not in form.inner_text()  # no patient's name is a sample
    picked = form.locator("select[data-column=Zzq]")
    picked.focus()
    picked.select_option("claim_id")
    form.locator("[data-use-mapping]").press("Enter")
    again = page.locator("#intake select[data-column=Zzq][data-was=claim_id]")
    again.wait_for(state="attached", timeout=60_000)  # nothing is left to check: it stands closed
    assert page.locator("#intake tr.doubt").count() == 0
    assert "as you confirmed them" in form.locator("summary").inner_text()
    uploads = visit.server.workspace / ".uploads"
    assert not any(path.is_file() for path in uploads.rglob("*"))

    other = tmp_path / "odd_next_month.csv"
    other.write_text(ROWS.replace("10/", "11/"))
    give(page, other)
    picked = page.locator("#intake select[data-column=Zzq]")
    picked.wait_for(state="attached")
    assert picked.input_value() == "claim_id"
    assert "as you confirmed them" in form.locator("summary").inner_text()
    page.locator("#intake [data-dismiss]").click()
    for _ in range(50):  # the server removes the file after its answer
        if not any(path.is_file() for path in uploads.rglob("*")):
            break
        page.wait_for_timeout(200)
    assert not any(path.is_file() for path in uploads.rglob("*"))


def test_the_data_room_shows_the_columns_of_what_is_loaded(visit: Any) -> None:
    page = visit.page
    page.locator(".rooms [data-room=data]").click()
    form = page.locator("#sources details.mapping").first
    form.locator("summary").click()
    assert form.locator("select").count() > 5
