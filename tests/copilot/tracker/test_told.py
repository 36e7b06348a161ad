"""What users tell, as they type it, and the entries that must come of it; worked by hand."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from copilot.planner.named_payers import PayerNames
from copilot.planner.spans import Span
from copilot.tracker.entries import Entry
from copilot.tracker.told import told
from copilot.vocabulary import vocabulary_for

TODAY = date(2026, 11, 24)
NAMES = PayerNames(
    vocabulary_for(
        ["Kestrel National Health", "Granite Peak Health Plan", "Wolf Creek Mutual", "Aetna"]
    )
)


def spans(text: str) -> Sequence[Span]:
    return NAMES.spans(text)


def one(words: str) -> Entry:
    (entry,) = told(words, TODAY, spans)
    return entry


def short(entry: Entry) -> tuple[str, str, str, str, str]:
    payer = entry.payer.split()[0] if entry.payer else ""
    return payer, entry.on.isoformat(), entry.channel, entry.direction, entry.who


HAPPENED = [
    ("spoke with Aetna today, they promised a counter by Dec 15",
     ("Aetna", "2026-11-24", "call", "both", "")),
    ("emailed Dana at Kestrel our proposal of 8% last Tuesday",
     ("Kestrel", "2026-11-17", "email", "out", "Dana")),
    ("emailed dana at kestrel on the 12th with our ask of ten percent",
     ("Kestrel", "2026-11-12", "email", "out", "Dana")),
    ("Granite Peak offered 4% from January",
     ("Granite", "2026-11-24", "other", "in", "")),
    ("left a voicemail", ("", "2026-11-24", "voicemail", "out", "")),
    ("log that I called Wolf Creek yesterday and left a message for the contracting manager",
     ("Wolf", "2026-11-23", "voicemail", "out", "contracting manager")),
    ("Got the amendment from Granite Peak this morning",
     ("Granite", "2026-11-24", "other", "in", "")),
    ("Sent Granite Peak the proposal through the portal on Nov 2",
     ("Granite", "2026-11-02", "portal", "out", "")),
    ("sent kestrel a certified letter 11/2 objecting to the notice",
     ("Kestrel", "2026-11-02", "letter", "out", "")),
    ("Had a call with Maria Lopez, network manager at Wolf Creek, two days ago",
     ("Wolf", "2026-11-22", "call", "both", "Maria Lopez, network manager")),
    ("Dr. Patel met with the medical director of Aetna last Thursday",
     ("Aetna", "2026-11-19", "meeting", "both", "medical director")),
    ("Aetna rep Tom Hughes called back this morning",
     ("Aetna", "2026-11-24", "call", "in", "Tom Hughes, rep")),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), HAPPENED)
def test_who_when_and_by_which_way(words: str, expected: tuple[str, ...]) -> None:
    assert short(one(words)) == expected


PROMISED = [
    ("spoke with Aetna today, they promised a counter by Dec 15",
     [("payer", "a counter", "2026-12-15")]),
    ("I told Dana at Kestrel we'd send our quality data by Friday",
     [("practice", "send our quality data", "2026-11-27")]),
    ("On Oct 1 Kestrel promised a counter within two weeks",
     [("payer", "a counter", "2026-10-15")]),
    ("Called Aetna. They will send the fee schedule next week and get back to us on the list by the"
     " 15th.", [("payer", "send the fee schedule", "2026-12-04"),
                ("payer", "get back to us on the list", "2026-12-15")]),
    ("Kestrel owes us the summary disclosure by December 4th and we owe them the panel report by"
     " the 1st", [("payer", "the summary disclosure", "2026-12-04"),
              ("practice", "the panel report", "2026-12-01")]),
    ("Aetna rep called, wants our top 20 codes by Monday",
     [("practice", "our top 20 codes (they asked for it)", "2026-11-30")]),
    ("We have a meeting with Aetna on December 3",
     [("practice", "meeting with Aetna", "2026-12-03")]),
    ("Spoke with Aetna, they will get back to us", [("payer", "get back to us", None)]),
    ("Spoke with Aetna, they won't send a counter", []),
    ("Aetna said they would not go above 3%", []),
    ("Talked to Kestrel. They'd send a counter if we sign for two years.", []),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), PROMISED)
def test_who_promised_what_by_when(words: str, expected: list[tuple[str, str, str | None]]) -> None:
    made = [
        (each.by, each.what, each.due.isoformat() if each.due else None)
        for each in one(words).promises
    ]
    assert made == expected


OFFERED = [
    ("Granite Peak offered 4% from January", [("payer", "4", None, None, "2027-01-01")]),
    ("We asked Kestrel for 6% and they offered 3.5% starting 2/1",
     [("practice", "6", None, None, None), ("payer", "3.5", None, None, "2027-02-01")]),
    ("Aetna came back with 112% of Medicare effective March 1, 2027",
     [("payer", None, "112", None, "2027-03-01")]),
    ("Aetna emailed us back: medicare plus 12 from April 1",
     [("payer", None, "112", None, "2027-04-01")]),
    ("Kestrel's offer of $24,000 a year is good until Dec 31",
     [("payer", None, None, "24000", None)]),
    ("note that Granite Peak offered a 2% cut", [("payer", "-2", None, None, None)]),
    ("We accepted Granite Peak's 6%", [("payer", "6", None, None, None)]),
    ("Kestrel moved from 4% to 5.5%", [("payer", "5.5", None, None, None)]),
    ("Aetna offered between 2 and 3 percent", [("payer", None, None, None, None)]),
    ("Aetna offered 4% in 2027 and 2% in 2028", [("payer", None, None, None, None)]),
    ("Called Kestrel, which pays us 92% of Medicare", []),
    ("Spoke with Kestrel, our costs rose 6% this year", []),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), OFFERED)
def test_who_named_which_price(words: str, expected: list[tuple[str | None, ...]]) -> None:
    def said(value: Decimal | date | None) -> str | None:
        return None if value is None else str(value)

    assert [
        (o.by, said(o.percent), said(o.percent_of_medicare), said(o.dollars), said(o.starts))
        for o in one(words).offers
    ] == expected


def test_several_contacts_in_one_message_are_several_entries() -> None:
    made = told("Called Kestrel on Monday and emailed Granite Peak on Wednesday", TODAY, spans)
    assert [short(each)[:4] for each in made] == [
        ("Kestrel", "2026-11-23", "call", "out"),
        ("Granite", "2026-11-18", "email", "out"),
    ]
    made = told("emailed Kestrel, Granite Peak and Aetna today for their schedules", TODAY, spans)
    assert [each.payer.split()[0] for each in made] == ["Kestrel", "Granite", "Aetna"]
    made = told("Kestrel promised a counter by Dec 4. Wolf Creek refused.", TODAY, spans)
    assert [(each.payer.split()[0], len(each.promises)) for each in made] == [
        ("Kestrel", 1), ("Wolf", 0),
    ]  # fmt: skip


def test_a_contact_told_of_is_kept_with_what_was_said_and_nothing_more() -> None:
    entry = one("Our rep at Kestrel is Dana Wu, dana.wu@kestrel.example, 303-555-0142")
    (person,) = entry.contacts
    assert (person.name, person.email, person.phone) == (
        "Dana Wu", "dana.wu@kestrel.example", "303-555-0142",
    )  # fmt: skip
    assert not entry.is_contact
    assert one("called the rep at Kestrel").contacts == ()


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("mark Kestrel as agreed", "agreed"),
        ("put Granite Peak on hold", "not begun"),
        ("Kestrel accepted our 8%", "agreed"),
        ("Kestrel has not accepted our 8%, spoke with them today", ""),
        ("the amendment from Aetna arrived", "amendment in hand"),
    ],
)
def test_news_and_outright_words_set_the_stage(words: str, stage: str) -> None:
    assert one(words).stage == stage


@pytest.mark.parametrize(
    "words",
    ["no response from Kestrel yet", "Wolf Creek hasn't answered in three weeks",
     "following up with Aetna on Friday", "what did Kestrel offer?", "Kestrel pays 92%"],
)  # fmt: skip
def test_what_tells_of_no_contact_is_no_entry(words: str) -> None:
    assert told(words, TODAY, spans) == []


def test_a_patient_named_in_the_message_is_not_kept() -> None:
    entry = one("patient John Smith DOB 1/2/1960 wrote to Kestrel; I called them today")
    assert "Smith" not in entry.words and "1960" not in entry.words and entry.who == ""


@pytest.mark.parametrize(
    "pump", ["a, ", "1.", "1%", "we will send, ", "from 3% to ", "they offered 3%, "]
)
def test_a_tale_made_to_hold_the_reader_up_is_read_soon(pump: str) -> None:
    # Each of these took minutes at this length while every number looked at all words before it.
    words = (pump * 20_000)[:20_000]
    begun = time.process_time()
    told(words, date(2026, 11, 24), lambda _: [])
    assert time.process_time() - begun < 5.0


def test_a_start_in_a_year_that_is_none_gives_no_day() -> None:
    (entry,) = told("They offered 4% starting January 0000.", date(2026, 11, 24), lambda _: [], "X")
    assert (entry.offers[0].percent, entry.offers[0].starts) == (Decimal(4), None)
