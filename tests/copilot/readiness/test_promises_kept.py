"""Promises of a payer, written and spoken, held against the draft that comes after them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from copilot.core import Copilot
from copilot.readiness.readiness import readiness
from copilot.settings import changed
from copilot.tracker.entries import Entry, Offer, Promise
from copilot.tracker.log import Log
from copilot.tracker.promised_values import values_of
from copilot.tracker.promises_kept import promises_against
from copilot.turn import Turn
from knowledge.evidence import plain
from knowledge.problems import NotKnown
from tests.fixtures.mails import offer_mail, write_mail
from tests.fixtures.small_practice import JUNIPER, write_papers

ON = date(2026, 11, 17)
DRAFT = """# Second Amendment

This Amendment is effective as of February 1, 2027.

1. Timely Filing. Section 4.1 is replaced: Provider shall submit all claims to Plan within
{days} days after the date of service.

2. Payment. Plan shall pay the Provider one hundred four percent (104%) of the 2021 Medicare
fee schedule.

3. Prices. The following prices replace those of Exhibit A.

| Code | Rate |
|---|---|
| 99213 | $92.00 |
| 99214 | $128.00 |
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Copilot]:
    """Blue Juniper's contract (101% of 2021 Medicare) and its mail of November 17 in the log."""
    with Copilot(tmp_path / "ws", today=date(2026, 11, 23)) as copilot:
        profile = {"name": "Sagebrush Family Medicine", "email": "lee@sagebrushfm.example"}
        copilot.change_settings(changed(copilot.settings, profile))
        copilot.ingest(write_papers(tmp_path)[:1], JUNIPER)
        copilot.ingest([write_mail(tmp_path, offer_mail())], JUNIPER)
        log = Log(copilot.workspace)
        for each in log.pending():
            log.confirm(each.id)
        yield copilot


def draft(office: Copilot, folder: Path, days: str) -> None:
    """The amendment comes in, with this many days to file."""
    path = folder / f"Second amendment {days[:3]}.md"
    path.write_text(DRAFT.format(days=days), encoding="utf-8")
    office.ingest([path], JUNIPER)


def verdicts(office: Copilot) -> dict[str, str]:
    """Verdict by kind and name of what was promised."""
    turn = Turn(office, "which promises stand in the draft?", "t-promises")
    held = promises_against(turn._desk(turn._bench), JUNIPER).held
    return {f"{each.value.kind} {each.value.name}".strip(): each.verdict for each in held}


def test_a_promise_stands_in_the_draft_or_not(office: Copilot, tmp_path: Path) -> None:
    with pytest.raises(NotKnown, match="no draft"):
        verdicts(office)
    draft(office, tmp_path, "one hundred twenty (120)")
    # Promised: 180 days to file; 3% from January 1. The draft: 120 days; 104% after 101% of
    # 2021 Medicare, where 3% more is 104.03%; effective on February 1.
    assert verdicts(office) == {
        "term timely_filing_days": "differs",
        "percent": "differs",
        "start": "differs",
    }
    draft(office, tmp_path, "one hundred eighty (180)")
    assert verdicts(office)["term timely_filing_days"] == "stands"


def test_a_spoken_price_and_a_term_left_out_are_told_apart(office: Copilot, tmp_path: Path) -> None:
    log = Log(office.workspace)
    told = Entry(
        "", JUNIPER, date(2026, 11, 20), "call", "in", "Dana Ruiz", "call",
        promises=(
            Promise("", "payer", "limit recoupment to 12 months"),
            Promise("", "payer", "send the draft"),
        ),
        offers=(
            Offer("", "payer", words="they can pay $92 for 99213 and $131 for 99214"),
            Offer("", "payer", percent_of_medicare=Decimal(104), words="104% of 2021 Medicare"),
            Offer("", "payer", percent_of_medicare=Decimal(110), words="110% of 2025 Medicare"),
        ),
    )  # fmt: skip
    log.confirm(log.propose(told).id)
    draft(office, tmp_path, "one hundred eighty (180)")
    turn = Turn(office, "which promises stand in the draft?", "t-promises")
    found = readiness(turn._desk(turn._bench), payer=JUNIPER)
    by_words = {
        (each["what"], each["about"]): each["verdict"] for each in found.details["promises"]
    }
    assert by_words["limit recoupment to 12 months", "Recoupment look-back"] == "not found"
    price = "they can pay $92 for 99213 and $131 for 99214"
    assert by_words[price, "Price of 99213"] == "stands"
    assert by_words[price, "Price of 99214"] == "differs"
    assert by_words["104% of 2021 Medicare", "Percent of Medicare"] == "stands"
    assert by_words["110% of 2025 Medicare", "Percent of Medicare"] == "cannot be told"
    said = "\n".join(plain(each.text) for each in (*found.sentences, *found.caveats))
    assert "entire agreement" in said
    for each in found.all_citations():
        text = office.stored_text_of(each.source)
        assert text[each.start : each.end] == each.quote


WORDS = [
    ("extend timely filing to 180 days in the amendment", [("timely_filing_days", "180", "days")]),
    ("cut recoupment to 12 months and raise timely filing to 120 days",
     [("recoupment_lookback_months", "12", "months"), ("timely_filing_days", "120", "days")]),
    ("send you the draft", []),
    ("answer within two weeks", []),
]  # fmt: skip


@pytest.mark.parametrize(("words", "wanted"), WORDS)
def test_what_a_promise_names_is_read_from_its_words(
    words: str, wanted: list[tuple[str, str, str]]
) -> None:
    entry = Entry("e", JUNIPER, ON, "call", "in")
    found = values_of(entry, Promise("p", "payer", words))
    assert [(v.name, str(v.value), v.unit) for v in found] == wanted
