"""Nine months with three payers, in three processes: nothing is lost and every day is right.

The days are worked by hand below each name: working days are Monday to Friday without the
federal holidays and the Friday after Thanksgiving; a contract's days are calendar days.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
GRANITE, WOLF = "Granite Peak Health Plan", "Wolf Creek Mutual"
ALDER = "Alder Ridge Benefit Company"

# March 31, 2027 less 120 days: 30 to March 1, 28 to February 1, 31 to January 1, 31 to
# December 1. A year later February has 29 days: March 31, 2028 less 120 is December 2, 2027.
LAST_NOTICE, NEXT_NOTICE = "2026-12-01", "2027-12-02"
# November 17, 2026 (Tuesday) and ten working days: 18 19 20 23 24 25, 30, December 1 2 3.
FIRST_FOLLOW_UP = "2026-12-03"
# December 3 (Thursday) and five: 4 7 8 9 10.
SECOND_FOLLOW_UP = "2026-12-10"


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each part of the nine months saw, each in a process of its own."""
    folder = tmp_path_factory.mktemp("nine")
    found: dict[str, Any] = {}
    for part in ("first", "second", "third"):
        ran = subprocess.run(
            [sys.executable, "-m", "tests.journey.nine_months", part, str(folder)],
            cwd=ROOT, capture_output=True, text=True, timeout=400, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr[-2000:]
        found[part] = json.loads(ran.stdout)
    return found


def _days(items: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(each["day"], each["act"]) for each in items]


def test_the_papers_come_in_and_the_first_window_is_told(seen: dict[str, Any]) -> None:
    first = seen["first"]
    assert set(first["read"]) == {"imported"}
    assert first["strategy"]
    (wolf,) = first["renewals"]
    assert wolf["payer"] == WOLF
    assert _days([wolf]) == [(LAST_NOTICE, LAST_NOTICE)]


def test_six_mails_go_to_their_own_payer_owned_and_logged(seen: dict[str, Any]) -> None:
    mails = {
        "opening": GRANITE, "papers_asked": WOLF, "follow_up": GRANITE, "counter": ALDER,
        "acceptance": ALDER, "reminder": WOLF,
    }  # fmt: skip
    found = {name: mail for part in seen.values() for name, mail in part.items() if name in mails}
    assert set(found) == set(mails)
    names = {GRANITE: "Granite Peak", WOLF: "Wolf Creek", ALDER: "Alder Ridge"}
    for name, payer in mails.items():
        mail = found[name]
        assert mail["payer"] == payer
        assert mail["unsupported"] == [], name
        assert mail["logged"] and mail["size"] > 500, name
        for other in set(names) - {payer}:
            assert names[other] not in mail["text"], name
    assert "8%" in found["opening"]["text"] and "8%" in found["follow_up"]["text"]
    assert "122%" in found["counter"]["text"]
    assert len({mail["text"] for mail in found.values()}) == 6


def test_silence_is_counted_in_working_days_over_thanksgiving(seen: dict[str, Any]) -> None:
    told = [d for d in seen["first"]["after_opening"] if d["kind"] == "follow-up"]
    assert _days(told) == [(FIRST_FOLLOW_UP, FIRST_FOLLOW_UP)]
    assert _days(seen["second"]["silent"]) == [(FIRST_FOLLOW_UP, FIRST_FOLLOW_UP)]
    assert _days(seen["second"]["after_follow_up"]) == [(SECOND_FOLLOW_UP, SECOND_FOLLOW_UP)]


def test_promises_on_month_ends_and_weekends_keep_their_day(seen: dict[str, Any]) -> None:
    kept = {tuple(p) for p in seen["third"]["kept"]["promises"]}
    days = {(payer, due) for payer, by, _, due in kept if by == "payer"}
    # January 31 and February 28, 2027 are Sundays; December 31, 2026 is a Thursday.
    assert {(WOLF, "2027-01-31"), (WOLF, "2027-02-28"), (ALDER, "2026-12-31")} <= days
    (late,) = [d for d in seen["third"]["wolf_overdue"] if d["day"] == "2027-01-31"]
    assert late["overdue"] and late["act"] == "2027-02-01"
    again = [d for d in seen["third"]["wolf_again"] if d["day"] == "2027-02-28"]
    assert [(d["overdue"], d["act"]) for d in again] == [(True, "2027-03-01")]


def test_the_offer_is_read_and_its_last_day_told(seen: dict[str, Any]) -> None:
    second = seen["second"]
    assert second["offer_read"] == ["imported", "offer"]
    assert [d["day"] for d in second["offer_due"]] == ["2026-12-18"]
    offers = [tuple(o) for o in seen["third"]["kept"]["offers"] if o[0] == ALDER]
    assert [(by, medicare) for _, by, _, medicare in offers][:3] == [
        ("payer", "116"),
        ("practice", "122"),
        ("payer", "119"),
    ]


def test_the_amendment_is_reviewed_held_against_what_was_agreed_and_redlined(
    seen: dict[str, Any],
) -> None:
    third = seen["third"]
    assert third["amendment"][0] == "imported"
    assert [d["day"] for d in third["overdue"] if d["kind"] == "their promise"] == ["2026-12-31"]
    assert [d for d in third["after_amendment"] if d["kind"] == "their promise"] == []
    terms = " ".join(third["terms"])
    # The amendment's own numbers are those in force: 120 days, 24 months.
    assert "120" in terms and "24" in terms
    assert third["redline"] and all(there and changes > 0 for there, changes, _ in third["redline"])


def test_nothing_is_lost_between_the_processes(seen: dict[str, Any]) -> None:
    first, second, third = seen["first"], seen["second"], seen["third"]
    assert second["found_again"] == first["kept"]
    assert third["found_again"] == second["kept"]
    end = third["kept"]
    for name in ("entries", "promises", "offers"):
        assert [e for e in second["kept"][name] if e not in end[name]] == [], name
    assert set(second["kept"]["drafts"]) <= set(end["drafts"])
    assert len(end["papers"]) == 5 and end["pending"] == 0
    days = [entry[1] for entry in end["entries"]]
    assert days == sorted(days) and days[0] == "2026-11-17" and days[-1] == "2027-04-15"


def test_the_board_and_the_calendar_stand_on_the_last_day(seen: dict[str, Any]) -> None:
    third = seen["third"]
    rows = {str(row[0]): " ".join(map(str, row)) for row in third["board"]["rows"]}
    assert {"Granite Peak", "Wolf Creek", "Alder Ridge"} <= set(rows)
    assert "agreed" in rows["Granite Peak"] and "amendment in hand" in rows["Alder Ridge"]
    wolf = [d for d in third["renewals"] if d["payer"] == WOLF]
    assert _days(wolf) == [(NEXT_NOTICE, NEXT_NOTICE)]
    calendar = third["calendar"]
    assert calendar.startswith("BEGIN:VCALENDAR") and "BEGIN:VALARM" in calendar
    assert f"DTSTART;VALUE=DATE:{NEXT_NOTICE.replace('-', '')}" in calendar
