"""An objection is told in the words of people who heard it, not only in ours."""

from __future__ import annotations

from typing import Any

import pytest

from copilot.drafting.heard import asks_for_answer, objection_heard
from copilot.drafting.objections import objections

HEARD: list[Any] = [
    pytest.param("they say we are already at market, what do I answer", "you_are_at_market"),
    pytest.param("Kestrel says it must be budget neutral, what do I say?", "budget_neutral"),
    pytest.param("the rep told me rates are non-negotiable. how do I respond",
                 "rates_non_negotiable"),
    pytest.param("what do I say when they tell me all the practices get the standard fee schedule",
                 "same_schedule_for_all"),
    pytest.param("we'll revisit it at renewal, she said. What should I say?", "wait_for_renewal"),
    pytest.param('how do we answer "send us your data"', "send_more_data"),
    pytest.param("The network is adequate, they claim. what's a good reply", "network_adequate"),
    pytest.param("they haven't answered three emails, what should I say on the phone", "silence"),
    pytest.param("he said he can't make that decision, what do I say", "no_authority"),
    pytest.param("rep says there's no budget for increases, how do I push back",
                 "no_increases_now"),
    pytest.param("they told us we're too small to matter; what do we answer", "too_small"),
    pytest.param("if they say they only do value based contracts now what do I answer",
                 "take_pay_for_performance"),
    pytest.param("they say submit through the portal. what do I answer", "use_the_portal"),
    pytest.param("they said it's their best and final. how do I respond", "final_offer"),
    pytest.param("What do I answer if they say go ahead and terminate", "leave_then"),
    pytest.param("they want to meet in the middle, how should I respond", "meet_in_the_middle"),
    pytest.param("she asked what's the lowest we would accept, what do i say",
                 "what_is_your_least"),
    pytest.param("they claim our data doesn't match theirs, what do I say", "our_data_differ"),
    pytest.param("rep says the fee schedule is proprietary, what do I say", "fee_schedule_secret"),
    pytest.param("they say they'd have to do it for everyone, how to answer", "others_would_ask"),
    pytest.param("finance turned us down, how do I respond", "committee_refused"),
    pytest.param("they say their contract language can't be changed. what do we reply",
                 "standard_contract"),
    pytest.param("rep said to file individual appeals, what should I say", "appeal_each_claim"),
    pytest.param("they say behavioral health is handled by another company, how do I answer",
                 "behavioral_carved_out"),
    pytest.param("they say credentialing is still in process, what do I say",
                 "application_in_process"),
    pytest.param("they'd give more if we sign for three years, what do I say", "rate_for_term"),
    pytest.param("they say 8% is way too much, what do I answer", "too_much_at_once"),
]  # fmt: skip
OTHERS = [
    "what did they say about timely filing", "draft an email to Kestrel asking for 8%",
    "what does our contract say about renewal", "how do I calculate percent of Medicare",
    "they offered 3%, answer with 8%", "how do I respond to a material change notice",
    "what should we ask Kestrel for", "what do I do next with Kestrel",
]  # fmt: skip


@pytest.mark.parametrize(("words", "objection"), HEARD)
def test_an_objection_is_heard_and_a_reply_asked_for(words: str, objection: str) -> None:
    found = objection_heard(words)
    assert found is not None and found.id == objection
    assert asks_for_answer(words)


@pytest.mark.parametrize("words", OTHERS)
def test_another_question_asks_for_no_reply(words: str) -> None:
    assert not asks_for_answer(words)


@pytest.mark.parametrize("objection", objections().values(), ids=objections().keys())
def test_our_own_words_for_an_objection_carry_its_sign(objection: Any) -> None:
    found = objection_heard(objection.heard)
    assert found is not None and found.id == objection.id
