"""The behavioral-health questions and the objections: complete, well formed, and in step."""

import re
import tomllib
from importlib.resources import files
from string import Formatter
from typing import Any

import pytest

from copilot.drafting.bank import questions
from knowledge.guide_entries import entry


def loaded(path: str) -> dict[str, Any]:
    return tomllib.loads(files("knowledge").joinpath(path).read_text(encoding="utf-8"))


BANK = loaded("questions/behavioral_health.toml")
QUESTIONS = BANK["question"]
OBJECTIONS = loaded("objections.toml")["objection"]

GROUPS = [
    "coverage_and_network",
    "codes_and_rates",
    "billing_and_credentialing",
    "authorization",
    "claims_submission",
    "telehealth",
    "collaborative_care",
    "measurement_and_value",
]
PLACEHOLDERS = {
    "payer",
    "percent_of_medicare",
    "ask_percent",
    "worth",
    "since",
    "years_flat",
    "visits",
    "members",
    "evening_share",
    "quality_measure",
    "quality_value",
    "quality_benchmark",
    "emergency_value",
    "emergency_comparison",
}
TOPICS = [  # what teams ask before they add behavioral health
    "99492",
    "G2214",
    "99484",
    "G0323",
    "90791",
    "96156",
    "self-funded",
    "cost share",
    "prior authorization",
    "consent",
    "minutes",
    "licenses",
    "supervision",
    "same day",
    "copay",
    "42 CFR Part 2",
    "telehealth",
    "Medicaid",
    "credential",
]

every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q["id"])
every_objection = pytest.mark.parametrize("objection", OBJECTIONS, ids=lambda o: o["id"])


def answers(question_id: str, passage: str, under: str = "") -> bool:
    question = next(q for q in questions() if q.id == question_id)
    return question.answered_by(passage, under)


def placeholders_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_bank_has_each_group_in_the_order_of_a_call() -> None:
    assert BANK["groups"] == GROUPS
    assert list(dict.fromkeys(q["group"] for q in QUESTIONS)) == GROUPS
    assert all(sum(q["group"] == group for q in QUESTIONS) >= 3 for group in GROUPS)


def test_the_bank_has_28_to_36_questions_with_ids_of_their_own() -> None:
    ids = [q["id"] for q in QUESTIONS]
    assert 28 <= len(ids) <= 36
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("topic", TOPICS)
def test_the_bank_asks_about(topic: str) -> None:
    assert any(topic in question["ask"] for question in QUESTIONS)


@every_question
def test_a_question_is_well_formed(question: dict[str, Any]) -> None:
    required = {"id", "group", "ask", "why", "contract_queries", "answer_signs", "guide"}
    assert required <= set(question) <= required | {"data", "ways"}
    assert re.fullmatch(r"[a-z][a-z0-9_]*", question["id"])
    assert len(question["ask"].split()) <= 30
    assert question["ask"].count("?") == 1
    assert question["ask"].endswith("?")
    assert 2 <= len(question["contract_queries"]) <= 4
    assert question["answer_signs"]
    assert not answers(question["id"], "", question["ask"]), "captions alone answer nothing"
    for way in next(q for q in questions() if q.id == question["id"]).ways:
        assert way.says
        for sign in (*way.about, *way.says):
            assert not sign.search(""), "a sign that any passage carries says nothing"
    assert re.fullmatch(r"(claims|fees):[A-Z0-9,-]+", question.get("data", "claims:99213"))


@every_question
def test_a_question_stands_in_the_resource_sheet_with_its_reason(
    question: dict[str, Any],
) -> None:
    assert f"- {question['ask']} {question['why']}" in entry(question["guide"]).text


def test_the_resource_sheet_asks_nothing_that_the_bank_lacks() -> None:
    listed = [line for n in range(1, 9) for line in entry(f"5/R.{n}").text.splitlines()]
    asked = [line for line in listed if line.startswith("- ")]
    assert asked == [f"- {q['ask']} {q['why']}" for q in QUESTIONS]


ANSWERED = [
    pytest.param(
        "collaborative_care_rates",
        "Codes 99492 through 99494 are reimbursed at 110% of the rates in Exhibit B.",
        id="collaborative care priced",
    ),
    pytest.param(
        "who_adjudicates",
        "Mental health and substance use claims are administered by the Plan's designee.",
        id="delegated to a designee",
    ),
    pytest.param(
        "credentialing_time",
        "Plan shall complete credentialing within sixty (60) calendar days of an application.",
        id="credentialing clock",
    ),
    pytest.param(
        "same_day_visits",
        "A behavioral health visit on the same date as a medical visit is separately payable.",
        id="same day paid",
    ),
    pytest.param(
        "self_funded_groups",
        "For self-insured customers, behavioral health coverage is set by the plan sponsor.",
        id="set by the sponsor",
    ),
    pytest.param(
        "prior_authorization_codes",
        "No prior authorization is required for outpatient mental health visits.",
        id="no authorization",
    ),
    pytest.param(
        "telehealth_parity",
        "Telehealth services are reimbursed at the same rate as services in the office.",
        id="telehealth at par",
    ),
]


UNDER = [  # the words, and the caption or opening line they stand under
    pytest.param("who_adjudicates", "Who looks after mental health?",
                 "We look after it ourselves.", id="the plan itself"),
    pytest.param("who_adjudicates", "Diagnoses Assigned Elsewhere",
                 "Claims whose principal diagnosis lies in F10 through F99 are adjudicated by"
                 " Lodestar Partners, Inc.", id="a company named by diagnosis"),
    pytest.param("same_day_visits", "Same day: counseling", "We pay both visits.",
                 id="same day in the caption"),
    pytest.param("one_copay_or_two", "Same day", "The member owes a single copayment.",
                 id="one copayment under same day"),
    pytest.param("prior_authorization_codes", "You never have to ask us before any of these:",
                 "counseling, however many visits;", id="a list that never needs it"),
    pytest.param("prior_authorization_codes", "Schedule D Services That Require Authorization",
                 "| Psychological testing | After eight hours |", id="a row of a schedule"),
    pytest.param("basis_of_behavioral_rates", "Counseling",
                 "These codes are priced by the rule of Attachment P.", id="by reference"),
    pytest.param("basis_of_behavioral_rates", "Mental health prices",
                 "They are not tied to what Medicare pays.", id="by denial"),
    pytest.param("credentialing_time", "Acceptance of new clinicians",
                 "The committee says yes or no within 75 days of a full file.", id="acceptance"),
    pytest.param("supervised_trainees", "People",
                 "A person who works toward a license is not paid for.", id="toward a license"),
    pytest.param("incident_to", "People",
                 "You bill the work under the colleague's number.", id="another's number"),
    pytest.param("telehealth_parity", "", "A visit by video is paid like a visit in the room.",
                 id="video"),
    pytest.param("audio_only", "Visits from a distance", "We pay for visits by sound alone.",
                 id="sound alone"),
]  # fmt: skip


@pytest.mark.parametrize(("question_id", "under", "passage"), UNDER)
def test_words_are_read_under_their_caption(question_id: str, under: str, passage: str) -> None:
    assert answers(question_id, passage, under)


@pytest.mark.parametrize(("question_id", "passage"), ANSWERED)
def test_a_clause_that_answers_is_recognised(question_id: str, passage: str) -> None:
    assert answers(question_id, passage)


NOT_ANSWERED = [
    pytest.param(
        "collaborative_care_rates",
        "Covered Services include behavioral health integration as described in the manual.",
        id="mentioned, not priced",
    ),
    pytest.param(
        "who_adjudicates",
        "Provider shall render medical services to Members in the manner of its profession.",
        id="another subject",
    ),
    pytest.param(
        "credentialing_time",
        "Provider shall comply with the credentialing policies of Plan at all times.",
        id="no clock named",
    ),
    pytest.param(
        "credentialing_time",
        "Claims must be received within ninety (90) days of the date of service.",
        id="a clock of something else",
    ),
    pytest.param(
        "prior_authorization_codes",
        "Provider shall obtain prior authorization for elective inpatient admissions.",
        id="authorization of other care",
    ),
    pytest.param(
        "telehealth_parity",
        "Provider may furnish telehealth where permitted by law.",
        id="allowed, price unsaid",
    ),
    pytest.param(
        "one_copay_or_two",
        "The practice collects one copayment from a member at each visit.",
        id="one a visit, of two visits unsaid",
    ),
    pytest.param(
        "supervised_trainees",
        "Interns work under a physician's supervision at all times.",
        id="supervised, billing unsaid",
    ),
    pytest.param(
        "licenses_accepted",
        "Licensed clinical social worker 1, North office, open to new patients.",
        id="one license of a directory",
    ),
    pytest.param(
        "one_copay_or_two",
        "Provider shall collect the copayment shown on the identification card.",
        id="collect, how many unsaid",
    ),
]


@pytest.mark.parametrize(("question_id", "passage"), NOT_ANSWERED)
def test_a_clause_that_only_comes_near_is_not_taken_for_an_answer(
    question_id: str, passage: str
) -> None:
    assert not answers(question_id, passage)


def test_there_are_30_to_45_objections_with_ids_of_their_own() -> None:
    ids = [o["id"] for o in OBJECTIONS]
    assert 30 <= len(ids) <= 45
    assert len(set(ids)) == len(ids)


@every_objection
def test_an_objection_is_well_formed(objection: dict[str, Any]) -> None:
    fields = {"id", "heard", "means", "reply", "needs", "reply_without_data", "guide", "signs"}
    assert set(objection) == fields
    assert objection["signs"]
    for sign in objection["signs"]:
        assert not re.search(sign, ""), "a sign that any words carry says nothing"
    assert entry(objection["guide"])
    assert len(objection["reply"].split()) <= 80, "too long to be said on the telephone"


@every_objection
def test_a_reply_uses_the_placeholders_it_names_and_no_others(
    objection: dict[str, Any],
) -> None:
    used = placeholders_in(objection["reply"])
    assert used == set(objection["needs"])
    assert used <= PLACEHOLDERS
    assert not placeholders_in(objection["reply_without_data"])


@every_objection
def test_a_reply_holds_no_figure_of_its_own(objection: dict[str, Any]) -> None:
    spoken = objection["heard"] + objection["reply"] + objection["reply_without_data"]
    assert not re.search(r"\d", spoken)
