"""What a line says is heard: the ask among other percents, evidence with its proof, tone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from copilot.rehearsal.hearing import hear

ASKS: list[Any] = [
    pytest.param("We ask for 8% on Exhibit B", "8", id="plain"),
    pytest.param("eight percent is what we need", "8", id="in words"),
    pytest.param("You pay 90.9% of Medicare; we want 7.5 percent", "7.5", id="beside evidence"),
    pytest.param("How about 6?", "6", id="bare"),
    pytest.param("Your 2% is too low", None, id="their number"),
    pytest.param("2% doesn't cover it", None, id="their number, bare"),
    pytest.param("6 to 9 percent", "6", id="of a range the lower end"),
    pytest.param("our wages rose 12% last year", None, id="costs are no ask"),
    pytest.param("75% of your patients with high blood pressure are controlled", None,
                 id="quality is no ask"),
    pytest.param("We could come down to 6% if you add 3% a year after that", "6",
                 id="beside a yearly step"),
    pytest.param("We are looking for an increase of 10 percent", "10", id="increase of"),
    pytest.param("Can you do 5%?", "5", id="as a question"),
    pytest.param("not 2%, but 6%", "6", id="not this but that"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask"), ASKS)
def test_the_ask_is_heard(by_hand: Any, line: str, ask: str | None) -> None:
    heard = hear(line, by_hand.ground(), Decimal(2), False)
    assert heard.ask == (None if ask is None else Decimal(ask))


def test_a_percent_of_medicare_can_be_the_ask(by_hand: Any) -> None:
    asked = hear("We ask for 105% of Medicare", by_hand.ground(), None, False)
    told = hear("You pay us 90.9% of Medicare", by_hand.ground(), None, False)
    assert (asked.medicare, asked.ask) == (Decimal(105), None)
    assert (told.medicare, told.ask) == (None, None)


PROOFS = [
    pytest.param("You pay us 90.9% of Medicare", {"rates": "own"}, id="own figure"),
    pytest.param("We are at about 91 percent of Medicare", {"rates": "own"}, id="rounded"),
    pytest.param("You pay us 80% of Medicare", {"rates": "wrong"}, id="not what the data say"),
    pytest.param("You pay us well below Medicare", {"rates": "none"}, id="no figure"),
    pytest.param("The exhibit is unchanged since July 2020", {"age": "own"}, id="by year"),
    pytest.param("no increase in six years", {"age": "own"}, id="by years"),
    pytest.param("ER visits stand at 148 against 191", {"emergency": "own"}, id="their report"),
    pytest.param("we keep people out of the emergency room", {"emergency": "none"}, id="a claim"),
    pytest.param("We had 40 of your members here", {"volume": "own"}, id="members"),
    pytest.param("78% of our diabetics are controlled", {"quality": "stated"},
                 id="not on file, so it cannot be checked"),
    pytest.param("wages went up 9%", {"costs_up": "none"}, id="own costs prove nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "evidence"), PROOFS)
def test_evidence_is_heard_with_its_proof(
    by_hand: Any, line: str, evidence: dict[str, str]
) -> None:
    heard = hear(line, by_hand.ground(), None, False)
    assert {shown.kind: shown.proof for shown in heard.evidence} == evidence


FLAGS: list[Any] = [
    pytest.param("I am not threatening to leave the network", set(), {"threat"}, id="no threat"),
    pytest.param("We will terminate the contract", {"threat"}, set(), id="threat"),
    pytest.param("We would rather stay, but could terminate without cause", {"threat", "measured"},
                 set(), id="measured"),
    pytest.param("That works, send it in writing", {"accept", "writing"}, set(), id="accepted"),
    pytest.param("We can't accept that", {"refuse"}, {"accept"}, id="refused"),
    pytest.param("We'll take it if you add a yearly step", set(), {"accept"}, id="if"),
    pytest.param("Let's split the difference", {"split"}, set(), id="split"),
    pytest.param("The least we could live with is 3%", {"bottom"}, set(), id="bottom line"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "there", "not_there"), FLAGS)
def test_tone_is_heard(by_hand: Any, line: str, there: set[str], not_there: set[str]) -> None:
    flags = hear(line, by_hand.ground(), Decimal(2), False).flags
    assert there <= flags
    assert not not_there & flags


def test_a_trade_is_told_from_a_gift(by_hand: Any) -> None:
    gift = hear("We could sign for three years", by_hand.ground(), None, False)
    trade = hear("If you move on rates, we could sign for three years", by_hand.ground(), None,
                 False)  # fmt: skip
    assert gift.trades == trade.trades == ("term",)
    assert (gift.condition, trade.condition) == (False, True)


@pytest.mark.parametrize("line", ["...", "", "hm", "(silence)", "I see."])
def test_silence_is_heard(by_hand: Any, line: str) -> None:
    assert hear(line, by_hand.ground(), None, False).silence


QUESTIONS = [
    pytest.param("Who signs an exception?", "authority", id="who"),
    pytest.param("Is that your decision?", "authority", id="yours"),
    pytest.param("When does the committee meet?", "process", id="when"),
    pytest.param("What would your director need to see?", "need", id="need"),
    pytest.param("Why is that?", "reason", id="why"),
    pytest.param("What is the most you can do?", "limit", id="limit"),
    pytest.param("What can you offer?", "offer", id="offer"),
]


@pytest.mark.parametrize(("line", "kind"), QUESTIONS)
def test_a_question_is_heard(by_hand: Any, line: str, kind: str) -> None:
    assert kind in hear(line, by_hand.ground(), None, False).questions
