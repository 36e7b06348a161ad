"""What is told is told apart from what is asked, by the form of the words alone."""

from __future__ import annotations

import pytest

from copilot.tracker.tells import belongs_to_log, tells_of_contact

TOLD = [
    "spoke with Aetna today, they promised a counter by Dec 15",
    "emailed Dana at Kestrel our proposal of 8% last Tuesday",
    "Granite Peak offered 4% from January",
    "left a voicemail",
    "Our rep at Kestrel is Dana Wu, dana@kestrel.example",
    "mark Kestrel as agreed",
    "They accepted our 8%",
    "Sent Granite Peak the proposal through the portal on Nov 2",
    "Can you log that Kestrel offered 4% and draft a reply?",
]
ASKED = [
    "they offered 4%, is that any good?",
    "Granite Peak offered 4%, what is that worth",
    "draft an email to Kestrel asking for 8%",
    "what did Kestrel offer?",
    "Kestrel offered 3%. Write the counter at 6%",
    "how many claims were refused last year",
    "What would 4% more from Granite Peak be worth?",
    "suppose they offered 4%",
    "set our target for Kestrel to 12%",
    "show me the log with Kestrel",
    "Wolf Creek mailed us a change notice, how long do we have to object",
]


@pytest.mark.parametrize("words", TOLD)
def test_what_happened_is_for_the_log(words: str) -> None:
    assert tells_of_contact(words)


@pytest.mark.parametrize("words", ASKED)
def test_what_is_asked_or_ordered_is_not(words: str) -> None:
    assert not tells_of_contact(words)


@pytest.mark.parametrize("words", ["yes, keep it", "no, Dec 16", "discard it", "make that 5%"])
def test_a_word_on_what_was_shown_is_for_the_log_only_right_after_it(words: str) -> None:
    assert belongs_to_log(words, after_log=True)
    assert not belongs_to_log(words, after_log=False)


@pytest.mark.parametrize("words", ["and for Cigna?", "thanks", "draft a reply", "make it shorter"])
def test_other_words_after_the_log_are_not_taken_for_it(words: str) -> None:
    assert not belongs_to_log(words, after_log=True)
