"""Each occasion to write has its own plan: its ask, its worth, its clause, its day, no one else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from copilot.drafting.situations.past_days import past_day, sent_day, working_days_since
from copilot.tracker.entries import Contact, Entry, Offer, Promise
from copilot.tracker.log import Log
from knowledge.business_days import is_business_day
from knowledge.evidence import plain
from knowledge.problems import BadInput
from tests.fixtures.two_contracts import paper

LARKMOOR = "Larkmoor Health Plan"
TODAY = date(2026, 11, 23)
OFFER = """Larkmoor Health Plan

November 9, 2026

We offer an increase of 3% on all services, to start on February 1, 2027. In return we ask that the practice join our narrow network. Please answer by December 4, 2026.

Sincerely, Network Contracting
"""  # noqa: E501

# question, further arguments, what must stand in it
OCCASIONS: list[Any] = [
    pytest.param("opening email to renegotiate", {}, ["Exhibit B", "Section 11.2", "$116.25"],
                 id="a request to renegotiate prices one point"),  # 1% of 11,625.00
    pytest.param("our proposal: 8% and 3% a year after", {"percent": Decimal(8)},
                 ["8% more", "$930.00", "3% on each anniversary"], id="a proposal in points"),
    pytest.param("the data package", {}, ["90.9%", "148 per 1,000", "75%"],
                 id="the cover lists what goes along"),
    pytest.param("ask for the summary disclosure", {}, ["C.R.S. 25-37-103", "confirm with counsel",
                 "how each side may end it"], id="the disclosure"),
    pytest.param("request their payment policies", {}, ["14 days", "C.R.S. 25-37-103",
                 "December 7, 2026"], id="policies within fourteen days of November 23"),
    pytest.param("credentialing of Dr. Jane Lee, application sent September 1", {},
                 ["Dr. Jane Lee", "September 1, 2026", "83 days", "October 31, 2026",
                  "C.R.S. 10-16-705.7"], id="credentialing counts its days"),
    pytest.param("escalate to the director, we wrote on October 12", {"percent": Decimal(8)},
                 ["To the director,", "October 12, 2026", "$930.00"], id="escalation"),
    pytest.param("accept their 3% offer if the notice stays as it is", {"percent": Decimal(3)},
                 ["The notice stays as it is.", "$348.75"], id="an acceptance on a condition"),
    pytest.param("draft a notice of termination", {"percent": Decimal(8)},
                 ["FOR COUNSEL", "Section 8.2", "90 days", "February 21, 2027"],
                 id="a notice for counsel"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "more", "held"), OCCASIONS)
def test_an_occasion_has_its_facts_one_working_day_and_no_other_payer(
    room: Any, question: str, more: dict[str, Any], held: list[str]
) -> None:
    finding = room.ask("draft_email", question, payer=LARKMOOR, **more)
    said = room.words(finding)
    assert [words for words in held if words not in said] == []
    assert "Bitterroot" not in said
    assert room.loose(finding, question) == ()
    asked = re.findall(r"(\w+day), (\w+ \d+, \d{4})", said)
    days = {datetime.strptime(day, "%B %d, %Y").date() for _, day in asked}
    assert len(days) == 1
    assert all(is_business_day(day) and day > TODAY for day in days)


def test_a_notice_of_termination_is_marked_in_subject_and_body_and_counts_what_is_lost(
    room: Any,
) -> None:
    finding = room.ask("draft_email", "draft a notice of termination", payer=LARKMOOR)
    draft = room.draft(finding)
    assert plain(draft.subject).startswith("FOR COUNSEL")
    assert plain(draft.body).startswith("**FOR COUNSEL")
    assert "Either party may terminate this agreement without cause" in plain(draft.body)
    notes = " ".join(plain(each.text) for each in finding.caveats)
    # 11,625.00 of 13,605.00 allowed in the twelve months is 85.4%.
    assert "85.4%" in notes


def test_without_a_way_out_no_notice_is_drafted(bare: Any) -> None:
    with pytest.raises(BadInput, match="no clause"):
        bare.ask("draft_email", "draft a notice of termination", payer=LARKMOOR)


def test_an_acceptance_of_nothing_is_refused(room: Any) -> None:
    with pytest.raises(BadInput, match="no offer"):
        room.ask("draft_email", "accept their offer", payer=LARKMOOR)


@pytest.fixture
def offered(room: Any) -> Any:
    """The practice with Larkmoor's offer letter of November 9, 2026."""
    letter = paper(LARKMOOR, "offer", "larkmoor offer.md", OFFER)
    library, workspace = room.practice.library, room.practice.workspace
    library.store(letter)
    held = workspace.read_json(workspace.manifest, {})
    held["sources"].append(
        {"id": letter.id, "file": letter.name, "kind": "offer", "payer": LARKMOOR,
         "document": letter.id, "parts": {}}
    )  # fmt: skip
    workspace.write_json(workspace.manifest, held)
    return room


def test_a_counter_answers_before_the_offers_last_day_and_leaves_its_terms_open(
    offered: Any,
) -> None:
    question = "they offered 3%, counter at 8%"
    finding = offered.ask("draft_email", question, payer=LARKMOOR, percent=Decimal(8))
    said = offered.words(finding)
    assert "November 9, 2026" in said
    assert "$581.25" in said  # 930.00 - 348.75
    days = [datetime.strptime(day, "%B %d, %Y").date()
            for _, day in re.findall(r"(\w+day), (\w+ \d+, \d{4})", said)]  # fmt: skip
    assert days and max(days) <= date(2026, 12, 4)
    assert "narrow network" not in said
    assert "in return" in " ".join(plain(each.text) for each in finding.caveats)


def test_an_acceptance_starts_when_the_letter_says(offered: Any) -> None:
    finding = offered.ask("draft_email", "accept their offer", payer=LARKMOOR)
    said = offered.words(finding)
    assert "February 1, 2027" in said
    assert "What your letter asks in return is not part of this acceptance." in said
    assert "counsel" in " ".join(plain(each.text) for each in finding.caveats)


def test_a_number_said_on_the_telephone_is_not_the_letters(offered: Any) -> None:
    log = Log(offered.practice.workspace)
    offer = Offer("", "payer", percent=Decimal(5))
    spoken = Entry("", LARKMOOR, date(2026, 11, 19), "call", "in", offers=(offer,))
    log.confirm(log.propose(spoken).id)
    said = offered.words(offered.ask("draft_email", "accept their offer", payer=LARKMOOR))
    assert "5%" in said
    assert "November 19, 2026" in said
    assert "November 9, 2026" not in said  # the day of the letter on file


def kept(room: Any, **more: Any) -> Entry:
    log = Log(room.practice.workspace)
    entry = Entry("", LARKMOOR, date(2026, 11, 12), "call", "both", who="Robin Vale", **more)
    return log.confirm(log.propose(entry).id)


PROMISE = Promise("", "payer", "a counter in writing", date(2026, 11, 20))


def test_a_reminder_holds_the_payer_to_its_promise_and_counts_the_days(room: Any) -> None:
    kept(room, promises=(PROMISE,))
    words = "follow up, we wrote on November 2"
    said = room.words(room.ask("draft_email", words, payer=LARKMOOR))
    assert "November 2, 2026" in said
    assert "a counter in writing" in said
    assert "November 20, 2026" in said
    assert "November 12, 2026" in said


def test_reminders_climb_by_the_days_on_which_they_went(room: Any) -> None:
    log = Log(room.practice.workspace)
    ask = Offer("", "practice", percent=Decimal(8), starts=date(2027, 4, 1))
    for day, offers in ((5, (ask,)), (13, ()), (19, ())):
        entry = Entry("", LARKMOOR, date(2026, 11, day), "email", "out", offers=offers)
        log.confirm(log.propose(entry).id)
    finding = room.ask("draft_email", "follow up", payer=LARKMOOR)
    draft = room.draft(finding)
    assert draft.facts["stage"] == 3
    assert draft.facts["percent"] == "8"
    said = room.words(finding)
    assert "November 5, 2026" in said
    assert "$930.00" in said


def test_thanks_hold_what_the_log_has_of_the_call(room: Any) -> None:
    kept(room, promises=(PROMISE, Promise("", "practice", "the code table")))
    finding = room.ask("draft_email", "thank them for the call", payer=LARKMOOR)
    said = room.words(finding)
    assert "You: a counter in writing, by November 20, 2026." in said
    assert "We: the code table." in said
    assert "November 12, 2026" in said
    assert room.loose(finding) == ()


def test_what_waits_for_the_users_word_is_not_said(room: Any) -> None:
    log = Log(room.practice.workspace)
    log.propose(Entry("", LARKMOOR, date(2026, 11, 12), "call", "both", promises=(PROMISE,)))
    said = room.words(room.ask("draft_email", "thank them for the call", payer=LARKMOOR))
    assert "a counter in writing" not in said


ADDRESSED = [
    pytest.param("email them about 8%", "Dear Robin Vale,", id="the contact for contracting"),
    pytest.param("email to Ms. Ada Quill at Larkmoor", "Dear Ms. Ada Quill,", id="a name said"),
    pytest.param("write the medical director", "Dear Robin Vale,", id="a role only after to"),
    pytest.param("address it to the network director", "To the ", id="a role said"),
    pytest.param("email to Larkmoor asking for 8%", "Dear Robin Vale,", id="a payer is no person"),
]


@pytest.mark.parametrize(("question", "greeting"), ADDRESSED)
def test_a_letter_goes_to_the_person_named_or_known(
    room: Any, question: str, greeting: str
) -> None:
    contact = Contact("", LARKMOOR, "Robin Vale", "Network manager, contracting")
    Log(room.practice.workspace).keep_contact(contact)
    finding = room.ask("draft_email", question, payer=LARKMOOR, percent=Decimal(8))
    assert plain(room.draft(finding).body).startswith(greeting)


def test_a_greeting_and_a_name_the_user_wrote_are_taken_over(room: Any) -> None:
    draft = room.draft(room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8)))
    parts = draft.body.split("\n\n")
    parts[0], parts[-2] = "Hi,", "All the best,"
    parts[-1] = parts[-1].replace("Dana Ruiz, practice manager", "Dana R., for the physicians")
    room.drafts.keep(replace(draft, body="\n\n".join(parts)))
    after = plain(room.draft(room.ask("draft_email", "set up a meeting", payer=LARKMOOR)).body)
    assert after.startswith("Hi,")
    assert "All the best,\n\nDana R., for the physicians" in after


def test_letters_of_one_practice_share_neither_opening_nor_closing(room: Any) -> None:
    asked = ["", "renegotiate", "follow up", "second follow up", "set up a meeting",
             "ask for our full fee schedule", "request their policies", "the data package",
             "escalate it", "thank them for the call"]  # fmt: skip
    said = []
    for payer in (LARKMOOR, "Bitterroot Mutual"):
        for question in asked:
            percent = None if question else Decimal(8)
            draft = room.draft(room.ask("draft_email", question, payer=payer, percent=percent))
            said.append(draft.facts["said"])
    assert len({keys[0] for keys in said}) == len(said)
    assert len({keys[-1] for keys in said}) == len(said)


PAST = [
    pytest.param("we wrote on October 12", date(2026, 10, 12), id="month and day"),
    pytest.param("I sent it 11/3 and heard nothing", date(2026, 11, 3), id="figures"),
    pytest.param("our request of December 20 is open", date(2025, 12, 20), id="a year back"),
    pytest.param("they promised an answer by December 1", None, id="a day to come"),
]


@pytest.mark.parametrize(("words", "day"), PAST)
def test_the_day_something_was_sent_is_read_from_the_words(words: str, day: date | None) -> None:
    assert sent_day(words, TODAY) == day


def test_working_days_leave_out_weekends_and_holidays() -> None:
    # November 9 to 23, 2026: ten weekdays, of which the 11th is Veterans Day.
    gone = working_days_since(date(2026, 11, 9), TODAY)
    assert gone is not None
    assert gone.number == 9
    assert past_day("last Friday", TODAY) == date(2026, 11, 20)
