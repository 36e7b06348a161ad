"""Call scripts: different by what the call is for, read aloud, every number owned."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from copilot.drafting.aloud import aloud
from copilot.drafting.call_purposes import call_meant, call_purposes
from copilot.drafting.objections import objections
from copilot.drafting.wording import wordings
from knowledge.evidence import Basis, Figure, plain
from knowledge.problems import BadInput

LARKMOOR = "Larkmoor Health Plan"
BITTERROOT = "Bitterroot Mutual"
CALLS = [name for name in call_purposes() if name != "underpayment"]  # nothing is short there

SAID: list[Any] = [  # as said on the telephone
    pytest.param("63434.11", "USD", "$63,000", id="tens of thousands to the thousand"),
    pytest.param("483681", "USD", "$480,000", id="hundreds of thousands to ten thousand"),
    pytest.param("1287.40", "USD", "$1,300", id="thousands to the hundred"),
    pytest.param("930", "USD", "$930", id="hundreds without cents"),
    pytest.param("90.877", "percent", "91%", id="a percent to the half, 91"),
    pytest.param("93.46", "percent", "93.5%", id="a percent to the half, 93.5"),
    pytest.param("8", "percent", "8%", id="the ask stays"),
    pytest.param("171.9", "per 1,000", "172 per 1,000", id="a rate to the whole"),
    pytest.param("1467", "count", "1,500", id="visits to the hundred"),
    pytest.param("649", "count", "649", id="members stay"),
]


@pytest.mark.parametrize(("exact", "unit", "said"), SAID)
def test_a_number_is_said_round_and_keeps_its_exact_figure(
    exact: str, unit: Any, said: str
) -> None:
    figure = Figure("a number", Decimal(exact), unit, Basis("by hand"))
    spoken = aloud(figure)
    assert spoken.shown() == said
    assert figure in spoken.with_inputs()


def test_a_day_is_said_as_it_is() -> None:
    day = Figure("a day", date(2026, 12, 9), "date", Basis("by hand"))
    assert aloud(day) is day


def script(room: Any, purpose: str, payer: str = LARKMOOR, **more: Any) -> str:
    asks = {"percent": Decimal(8)} if call_purposes()[purpose].ask else {}
    finding = room.ask("draft_call_script", payer=payer, purpose=purpose, **asks, **more)
    assert room.loose(finding) == ()
    said: str = room.words(finding)
    return said


def section(said: str, title: str) -> str:
    found = re.search(rf"### {title}[^\n]*\n\n(.*?)(?=\n\n### |\Z)", said, re.DOTALL)
    return found[1] if found else ""


def test_a_first_call_has_its_sections_in_the_order_of_a_call(room: Any) -> None:
    said = script(room, "first_call")
    heads = re.findall(r"^### ([A-Z][a-z]+)", said, re.MULTILINE)
    assert heads == [
        "Opening", "Ask", "The", "If", "What", "Close", "Voicemail", "Write",
    ]  # fmt: skip
    assert "8% on Exhibit B, " in section(said, "The ask")
    assert "about 91% of 2025 Colorado Medicare" in section(said, "The ask")
    assert "$930 a year" in section(said, "The ask")  # 8% of 11,625.00
    assert "[larkmoor.txt 11.2]" in section(said, "The ask")


@pytest.mark.parametrize("payer", [LARKMOOR, BITTERROOT])
def test_a_voicemail_takes_about_25_seconds(room: Any, payer: str) -> None:
    for purpose in CALLS:
        message = section(script(room, purpose, payer), "Voicemail")
        assert 60 <= len(message.split()) <= 75, message
        assert message.count("970-555-0142") == 2, "the number is said twice"


def test_no_two_kinds_of_call_share_opening_questions_or_close(room: Any) -> None:
    scripts = [script(room, purpose) for purpose in CALLS]
    for title in ("Opening", "Ask first", "Close"):
        parts = [section(said, title) for said in scripts]
        assert len(set(parts)) == len(parts), title
    asked = [line for said in scripts for line in section(said, "Ask first").splitlines()]
    shared = {line for line in asked if asked.count(line) > 1}
    assert len(shared) <= 3, shared


def test_objections_fit_the_call_and_are_answered_from_the_data(room: Any) -> None:
    first, offer = script(room, "first_call"), script(room, "offer")
    said = {kind: set(re.findall(r"\*\*They:\*\* (.+)", text))
            for kind, text in (("first", first), ("offer", offer))}  # fmt: skip
    assert len(said["first"]) == len(said["offer"]) == 3
    assert not said["first"] & said["offer"]
    assert "91% of Medicare" in section(first, "If they say")


def test_a_longer_script_answers_more_and_a_short_one_less(room: Any) -> None:
    counts = [script(room, "first_call", length=n).count("**They:**") for n in
              ("short", "usual", "long")]  # fmt: skip
    assert counts == [2, 3, 6]


def test_an_offer_is_named_with_its_distance(room: Any) -> None:
    finding = room.ask("draft_call_script", "they offered 3%, script to call them, we want 8%",
                       payer=LARKMOOR, percent=Decimal(8))  # fmt: skip
    said = room.words(finding)
    assert room.loose(finding, "they offered 3%") == ()
    assert "call about the offer" in said
    # 8% is 930.00 and 3% is 348.75 of 11,625.00: 581.25 between them
    assert "At 3% we'd be about $580 a year short" in said


def test_a_voicemail_alone_is_a_voicemail(room: Any) -> None:
    finding = room.ask("draft_call_script", "voicemail script", payer=LARKMOOR,
                       percent=Decimal(8))  # fmt: skip
    assert re.findall(r"^### (.+)", room.words(finding), re.MULTILINE) == [
        "Voicemail", "Write down",
    ]  # fmt: skip


def test_a_changed_ask_changes_what_follows_from_it(room: Any) -> None:
    script(room, "first_call")
    room.ask("draft_call_script", payer=LARKMOOR, percent=Decimal(8))
    changed = room.ask("revise_draft", "make it 10%", change="make it 10%", percent=Decimal(10))
    said = room.words(changed)
    # 10% of 11,625.00 is 1,162.50, said 1,200
    assert "10% on Exhibit B" in said and "about $1,200 a year" in said


def test_nothing_short_is_nothing_to_call_about(room: Any) -> None:
    with pytest.raises(BadInput, match="no line of this payer"):
        room.ask("draft_call_script", payer=LARKMOOR, purpose="underpayment")


def test_without_data_the_script_stands_without_numbers(bare: Any) -> None:
    said = script(bare, "after_silence")
    assert "{" not in said
    assert "$" not in said


MEANT: list[Any] = [
    pytest.param("script for calling Larkmoor about 8%", "first_call", id="raise"),
    pytest.param("they never answered my emails, give me a script", "after_silence", id="silence"),
    pytest.param("script to call about their offer of 3%", "offer", id="offer"),
    pytest.param("what to say to get our new NP credentialed", "credentialing", id="credentialed"),
    pytest.param("phone script, they underpaid us", "underpayment", id="underpaid"),
    pytest.param("call script for adding mental health", "behavioral_health", id="behavioral"),
    pytest.param("phone script to find out who owns our contract", "who_decides", id="who"),
]


@pytest.mark.parametrize(("question", "purpose"), MEANT)
def test_the_kind_of_call_is_told_from_the_words(question: str, purpose: str) -> None:
    assert call_meant(None, None, question).name == purpose


def test_what_a_call_names_is_there() -> None:
    parts = wordings("call_script")
    for purpose in call_purposes().values():
        assert {*purpose.questions, *purpose.trades, *purpose.record} <= parts.keys()
        assert set(purpose.objections) <= objections().keys()
        for part in ("goal", "open", "ask", "close", "v"):
            assert f"{part}_{purpose.name}" in parts


def test_a_reply_is_said_first_with_the_practices_figures(room: Any) -> None:
    finding = room.ask("answer_objection", "they say we are at market, what do I answer",
                       payer=LARKMOOR)  # fmt: skip
    assert plain(finding.headline.text).startswith("Say: We are not privy")
    assert "90.9% of Medicare" in plain(finding.headline.text)
    assert {citation.section for citation in finding.all_citations()} == {"3/2.1"}
    text = "\n".join(s.text for s in (finding.headline, *finding.sentences, *finding.caveats))
    assert room.ledger.verify(text).unsupported == ()


def test_a_reply_without_a_payer_needs_no_figure(room: Any) -> None:
    finding = room.ask("answer_objection", "they say rates are non-negotiable, what do I say")
    assert "not negotiable with you" in plain(finding.headline.text)
    assert "Name the payer" in plain(finding.caveats[0].text)


def test_a_script_asked_for_with_an_objection_gives_the_reply(room: Any) -> None:
    finding = room.ask("draft_call_script", "they say the network is adequate, what do I answer",
                       payer=LARKMOOR)  # fmt: skip
    assert finding.details["objection"] == "network_adequate"
    assert "40 of your members" in plain(finding.headline.text)
