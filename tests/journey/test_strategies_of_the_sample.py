"""Strategies on the sample practice: the payer that slid behind, a fair one, the whole book."""

from __future__ import annotations

from typing import Any

from knowledge.evidence import plain
from tools.set_strategy import set_strategy

GRANITE, ALDER = "Granite Peak Health Plan", "Alder Ridge Benefit Company"


def test_the_payer_that_slid_behind_is_asked_for_a_raise_and_a_fair_one_is_not(
    sample: Any,
) -> None:
    behind = set_strategy(sample.practice, payer=GRANITE)
    fair = set_strategy(sample.practice, payer=ALDER)
    asks = [[ask["key"] for ask in found.details["asks"]] for found in (behind, fair)]
    assert asks[0][0] == "rates"
    assert "rates" not in asks[1]
    assert asks[0] != asks[1]
    # Granite Peak takes back 24 months (5.9); Alder Ridge 12, which is our position
    assert "recoupment_lookback_months" in asks[0]
    assert "recoupment_lookback_months" not in asks[1]
    # 90 days' notice (8.2) from November 23, 2026
    assert "February 21, 2027" in " ".join(plain(s.text) for s in behind.sentences)


def test_the_ask_goes_out_in_time_for_the_notice_that_reopening_wants(sample: Any) -> None:
    # 11.2 wants 90 days; 90 days after November 23, 2026 is February 21, 2027, so rates change on
    # March 1, 2027; 90 days before that is December 1, 2026, a Tuesday
    found = set_strategy(sample.practice, payer=GRANITE)
    said = " ".join(plain(s.text) for s in found.sentences)
    assert "send the ask by December 1, 2026 for rates from March 1, 2027" in said
    asked = next(day for day in found.details["calendar"] if "Send the ask" in day["label"])
    assert asked["date"] == "2026-12-01"


def test_a_contract_that_renews_gives_the_last_day_to_stop_it(sample: Any) -> None:
    # Wolf Creek began on April 1, 2022 for two years and renews each April 1; 120 days before
    # March 31, 2027 is December 1, 2026, a Tuesday
    found = set_strategy(sample.practice, payer="Wolf Creek Mutual")
    said = " ".join(plain(s.text) for s in found.sentences)
    assert "It renews on April 1, 2027" in said
    assert "The last working day to stop the renewal is December 1, 2026" in said
    assert "rules out leaving" in said
    days = [day["date"] for day in found.details["calendar"]]
    assert days == sorted(days)


def test_the_book_puts_the_payer_that_slid_behind_first(sample: Any) -> None:
    found = set_strategy(sample.practice)
    assert found.details["payers"][0] == GRANITE
    assert "Medicare" not in found.details["payers"]
    assert found.details["calendar"]
