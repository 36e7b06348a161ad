"""The wordings as data: no number of their own, no phrase we do not use, all of them reachable."""

import re
from itertools import pairwise
from typing import Any

import pytest

from copilot.drafting.objections import objections
from copilot.drafting.purposes import purpose_of, purposes
from copilot.drafting.wording import wordings

KINDS = ("email", "talking_points")
BANNED = [
    "finds you well", "dedicated", "high-quality", "today's landscape", "circle back",
    "earliest convenience", "going forward", "touch base", "leverage", "kindly", "esteemed",
    "!", "—", "–",
]  # fmt: skip
PARTS_MADE_HERE = {
    "propose_list", "package_list", "thanks_list", "accept_list", "under_table", "esc_promised",
    "follow_also",
    "esc_window", "term_why",
    "rates", "gains", "pieces", "clause", "documents_list", "follow", "follow_next",
}  # fmt: skip


def wordings_of(kind: str, part: str) -> list[str]:
    row = wordings(kind)[part]
    return [w for tone, held in row.items() if tone != "objections" for w in held]


every_part = pytest.mark.parametrize(
    ("kind", "part"), [(kind, part) for kind in KINDS for part in wordings(kind)]
)


@every_part
def test_a_wording_holds_no_number_of_its_own(kind: str, part: str) -> None:
    spelled = r"\b(?:ten|twenty|thirty|sixty|ninety|hundred|percent|dollars)\b|\d"
    for wording in wordings_of(kind, part):
        assert not re.search(spelled, re.sub(r"\{[a-z_]+\}", "", wording)), wording


@every_part
def test_a_wording_has_whole_names(kind: str, part: str) -> None:
    for wording in wordings_of(kind, part):
        assert not re.search(r"[{}]", re.sub(r"\{[a-z_]+\}", "", wording)), wording


@every_part
def test_a_wording_says_nothing_a_representative_parks(kind: str, part: str) -> None:
    for wording in wordings_of(kind, part):
        assert not [phrase for phrase in BANNED if phrase in wording.lower()], wording


@pytest.mark.parametrize("part", [p for p in wordings("email") if not p.startswith("subject")])
def test_a_sentence_of_an_email_does_not_begin_with_a_figure(part: str) -> None:
    counted = r"\{(?:now|years|members|visits|hours|weekend|value|rate|worth|lines)\}"
    assert not [w for w in wordings_of("email", part) if re.match(counted, w)]


def test_every_part_of_a_frame_has_wordings() -> None:
    held = wordings("email")
    for purpose in purposes().values():
        assert purpose.subject in held
        for frame in purpose.frames:
            for part in (part for paragraph in frame for part in paragraph):
                assert part in held or part in PARTS_MADE_HERE or f"{part}_first" in held, part


def test_every_objection_named_is_in_the_guide() -> None:
    for part, row in wordings("talking_points").items():
        assert row["objections"], part
        assert set(row["objections"]) <= objections().keys()


def test_variants_of_a_part_differ_in_more_than_a_word() -> None:
    for _, row in wordings("email").items():
        for one, other in pairwise(row.get("usual", [])):
            words = [set(re.findall(r"[a-z']+", w.lower())) for w in (one, other)]
            shared = len(words[0] & words[1]) / max(1, len(words[0] | words[1]))
            assert shared < 0.8, (one, other)


PURPOSES: list[Any] = [
    pytest.param("follow up", "", False, "follow_up", id="said"),
    pytest.param(None, "they never answered, write again", False, "follow_up", id="heard"),
    pytest.param(None, "message them for a copy of our full fee schedule", False, "documents",
                 id="documents"),
    pytest.param(None, "our fee schedule is old, ask for 8%", True, "rate_increase",
                 id="an ask is no request for documents"),
    pytest.param(None, "they offered 3%, answer with 8%", True, "counter", id="counter"),
    pytest.param(None, "tell them we want to renegotiate", False, "opening", id="renegotiate"),
    pytest.param(None, "set up a call with the rep", False, "meeting", id="meeting"),
    pytest.param(None, "thank them for the call", False, "thanks", id="thanks"),
    pytest.param(None, "they underpaid us, dispute it", False, "underpayment", id="underpaid"),
    pytest.param(None, "email them about it", False, "rate_increase", id="nothing said"),
    pytest.param(None, "write them", False, "rate_increase", id="by default"),
    pytest.param("rate_increase", "they never answered", True, "rate_increase", id="by name"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "question", "has_ask", "name"), PURPOSES)
def test_the_purpose_is_told_from_the_words(
    said: str | None, question: str, has_ask: bool, name: str
) -> None:
    assert purpose_of(said, question, has_ask, None).name == name


def test_a_topic_without_an_ask_is_a_request_about_a_clause() -> None:
    assert purpose_of(None, "write to them", False, "recoupment").name == "term"
