"""Each line of the consultant's checklist passes a sound letter and fails a planted fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from evals.scenarios.cases import Scenario, Step, criteria, scenarios
from evals.scenarios.gold import Gold
from evals.scenarios.letter_text import Text, days_in, meets, numbers_in
from evals.scenarios.mail_merge import merged
from evals.scenarios.play import Played
from evals.scenarios.reading import grade, syllables
from evals.scenarios.run import judge
from evals.scenarios.verdicts import verdict
from evals.scenarios.workdays import holidays, is_workday

TODAY = date(2026, 11, 23)
SOUND = """Good morning Robin,

Exhibit B has stood since July 2020. On the 649 of your members whom we see it pays 93.5% of Medicare. We ask for 8% on Exhibit B from March 1, 2027; at today's volume that is $12,808.

Their emergency visits ran at 142.6 per 1,000 against your own report's 188.3. Of your members with high blood pressure 77% are under control.

My letter of November 2 said the same. Section 11.2 lets either of us reopen Exhibit B on 90 days' notice. The director of contracting may want to see it. The whole agreement stays with counsel for review. Could we have half an hour on Wednesday, December 9?

Regards,

Practice manager
"""  # noqa: E501
# The sound letter holds words that one criterion wants and another forbids.
WITHOUT_COUNSEL = SOUND.replace(" The whole agreement stays with counsel for review.", "")
NO_GAIN = SOUND.replace("your members", "them").replace("your own report", "the report")
BEFORE = "Hello,\n\nWe ask for 8%. It has stood a while.\n\nRegards,"
TEXT = Text(
    kind="email",
    subject="Exhibit B: request for 8% from March 1, 2027 (Sagebrush)",
    body=SOUND,
    today=TODAY,
    payer="Granite Peak Health Plan",
    said=("Email Granite Peak asking for 8%.",),
    figures=tuple(
        {"exact": value, "shown": value, "name": "", "unit": unit}
        for value, unit in (
            ("649", "count"),
            ("93.4629", "percent"),
            ("12808.35", "USD"),
            ("142.6", "ratio"),
            ("188.3", "ratio"),
            ("77.027", "percent"),
            ("90", "days"),
            ("2020", "count"),
        )
    ),
    citations=(
        {"quote": "ninety (90) days' Written Notice", "section": "11.2", "label": "11.2"},
        {"quote": "takes effect on July 1, 2020", "section": "", "label": "agreement 2026-11-02"},
    ),
    before=(BEFORE,),
    papers=("Section 11.2 Renegotiation",),
    pieces=3,
)
SCENARIO = Scenario(
    id="sound",
    title="A sound letter",
    stage="opening",
    payer="Granite Peak Health Plan",
    evidence="full",
    kind="email",
    drafts=("email",),
    turns=(Step(TODAY, "Email Granite Peak asking for 8%."),),
    tool="draft_email",
    args={},
    words=(80, 200),
    ask=("8%",),
    worth={"value": 1},
    must={"ask": {"value": 8}},
    evidence_of={"gap": {"value": 1}},
    at_least=3,
    standing=(r"11\.2",),
    said_back=("March 1, 2027",),
    earlier=(date(2026, 11, 2),),
    parts=("Section", "Exhibit B"),
    absent=("diabetes",),
    also=tuple(c.name for c in criteria()),
)
GOLD = Gold(
    worth=(Decimal("12808.35"),),
    must=(("ask", Decimal(8)),),
    evidence=(
        ("gap", Decimal("93.4629")),
        ("emergency", Decimal("142.6")),
        ("pressure", Decimal("77.027")),
    ),
)


def _body(old: str, new: str) -> dict[str, Any]:
    assert old in SOUND
    return {"body": SOUND.replace(old, new)}


PLANTED: list[tuple[str, Mapping[str, Any], Mapping[str, Any]]] = [
    ("understood", {"routed": False}, {}),
    ("understood", {"wanted": False}, {}),
    ("ask_up_front", _body("We ask for 8% on", "It was 8% on"), {}),
    ("ask_up_front", {}, {"ask": ("a meeting",)}),
    ("one_ask", _body("We ask for 8%", "We ask for 8%, 9% or 10%"), {}),
    ("worth_in_dollars", _body("$12,808", "$13,808"), {}),
    ("worth_in_dollars", _body("; at today's volume that is $12,808", ""), {}),
    ("numbers_right", {"body": SOUND.replace("8%", "7%"), "subject": "Exhibit B"}, {}),
    ("evidence_fits", _body("142.6", "152.6"), {}),
    ("few_pieces", {"pieces": 5}, {}),
    (
        "few_pieces",
        {"pieces": None, "body": "It is 1%. It is 2%. It is $3. It is 4%. It is 5%."},
        {},
    ),
    ("standing_cited", _body("Section 11.2", "The agreement"), {}),
    ("next_step_dated", _body("Wednesday, December 9", "a day that suits you"), {}),
    ("next_step_dated", _body("Wednesday, December 9", "Saturday, December 12"), {}),
    ("next_step_dated", _body("Wednesday, December 9", "November 26"), {}),
    ("next_step_dated", {}, {"by": date(2026, 12, 1)}),
    ("dates_hold", _body("Wednesday, December 9", "Tuesday, December 9"), {}),
    ("dates_hold", _body("on Wednesday, December 9", "by December 25"), {}),
    ("dates_hold", _body("on Wednesday, December 9", "by November 20, 2026"), {}),
    ("length", {}, {"words": (150, 400)}),
    ("length", {}, {"words": (10, 60)}),
    ("tone", _body("Good morning Robin,", "I hope this message finds you well."), {}),
    ("tone", _body("Could we have", "We are truly sorry. Could we have"), {}),
    ("tone", _body("half an hour", "half an hour!"), {}),
    ("tone", _body("We ask for 8%", "We **ask** for **8%** and **nothing** else"), {}),
    ("nothing_unsupported", {"unsupported": ("61%",)}, {}),
    ("numbers_traced", _body("649", "748"), {}),
    ("numbers_traced", _body("Section 11.2", "Section 12.7"), {}),
    ("numbers_traced", _body("Section 11.2", "C.R.S. 25-99-104"), {}),
    ("numbers_traced", _body("November 2 ", "October 5 "), {}),
    ("no_promise", _body("Could we", "We will open on Sundays for it. Could we"), {}),
    ("no_promise", _body("Could we", "We agree to a two-year lock. Could we"), {}),
    ("no_promise", _body("Could we", "In return we keep our panel open. Could we"), {}),
    ("no_threat", _body("with counsel for review", "open to termination"), {}),
    ("no_threat", _body("with counsel for review", "before the Division of Insurance"), {}),
    ("no_other_payer", _body("8% on", "8%, as Wolf Creek pays, on"), {}),
    ("no_other_payer", {"subject": "Better than Kestrel"}, {}),
    ("reading_grade", {"body": "It is so. We do it. You see it. I am he. He is in."}, {}),
    (
        "reading_grade",
        {
            "body": "Notwithstanding administrative considerations regarding reimbursement "
            "methodology, participating organizations acknowledge contractual renegotiation "
            "obligations throughout the applicable jurisdictional territories."
        },
        {},
    ),
    ("one_yes", _body("Could we have half an hour on Wednesday, December 9?", "That is all."), {}),
    (
        "one_yes",
        _body("Could we have", "Please call. Please sign it. Can you tell me why? Could we have"),
        {},
    ),
    ("subject_specific", {"subject": "Rate request"}, {}),
    ("subject_specific", {"subject": ""}, {}),
    ("subject_specific", {"subject": "Exhibit B " * 12}, {}),
    ("addressed", _body("Good morning Robin,", "Good morning,"), {}),
    ("addressed", _body("Good morning Robin,", ""), {}),
    ("addressed", {}, {"payer": "Tarn Lake Insurance"}),
    ("nothing_to_clean", _body("Robin", "[Name]"), {}),
    ("nothing_to_clean", _body("half an hour", "half an hour ____"), {}),
    ("nothing_to_clean", _body("We ask", "We we ask"), {}),
    ("nothing_to_clean", _body("649", "{f_12ab34cd}"), {}),
    ("payer_gains", {"body": NO_GAIN.replace("Their", "The")}, {}),
    ("earlier_step", _body("My letter of November 2", "My letter"), {}),
    ("firmer", {"before": (SOUND,)}, {}),
    ("not_the_same", {"before": (SOUND,)}, {}),
    ("not_the_same", {"body": "We ask for eight percent on it now. " * 2}, {}),
    ("rounded", _body("$12,808", "$12,808.35"), {}),
    ("parts_present", {}, {"parts": ("voicemail",)}),
    ("for_counsel", _body("with counsel for review", "as it is"), {}),
    ("speakable", _body("Could we", "and " * 31 + "Could we"), {}),
    ("speakable", {"body": "| a | b |"}, {}),
    ("said_back", {}, {"said_back": ("Ridgeline",)}),
    ("to_the_point", {}, {"off_topic": ("emergency",)}),
    ("withheld_left_out", _body("high blood pressure", "diabetes"), {}),
]


@pytest.mark.parametrize("name", [c.name for c in criteria()])
def test_a_sound_letter_meets_every_line_of_the_checklist(name: str) -> None:
    text = replace(TEXT, body=WITHOUT_COUNSEL) if name == "no_threat" else TEXT
    given = verdict(name, text, SCENARIO, GOLD)
    assert given.ok, given.why


@pytest.mark.parametrize(
    ("name", "text", "scenario"), PLANTED, ids=[f"{i}-{p[0]}" for i, p in enumerate(PLANTED)]
)
def test_a_planted_fault_fails_its_line(
    name: str, text: Mapping[str, Any], scenario: Mapping[str, Any]
) -> None:
    given = verdict(name, replace(TEXT, **text), replace(SCENARIO, **scenario), GOLD)
    assert not given.ok


def test_every_line_of_the_checklist_has_a_planted_fault() -> None:
    assert {p[0] for p in PLANTED} == {c.name for c in criteria()}


def test_every_scenario_asks_known_criteria_and_at_least_ten() -> None:
    known = {c.name for c in criteria()}
    assert len(scenarios()) == 20
    for scenario in scenarios():
        assert {*scenario.also, *scenario.without} <= known
        assert len(scenario.criteria()) >= 10, scenario.id


def test_the_mail_merge_letter_loses_to_the_sound_one_on_the_same_lines() -> None:
    judged = judge(SCENARIO, Played(replace(TEXT, body=WITHOUT_COUNSEL)), GOLD)
    failed = {name for name, v in judged.form.items() if not v.ok}
    assert judged.outcome == "win"
    # By eye: no sum, no figure of the payer's, no clause, no day, two stock phrases.
    wanted = {"worth_in_dollars", "evidence_fits", "standing_cited", "next_step_dated", "tone"}
    assert wanted <= failed


def test_a_scenario_without_a_text_fails_every_line_and_loses() -> None:
    judged = judge(SCENARIO, Played(None, "nothing came"), GOLD)
    assert not any(v.ok for v in judged.verdicts.values())
    assert judged.outcome == "loss"


def test_the_form_letter_is_filled_in_with_the_users_percentage() -> None:
    assert "consider 8%" in merged(SCENARIO, TEXT).body


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # Worked by hand: 6 words, 6 syllables: 0.39 x 6 + 11.8 - 15.59 = -1.45.
        ("The cat sat on the mat.", -1.45),
        # The platypus sentence: 13 words, 24 syllables: 5.07 + 21.78 - 15.59 = 11.26.
        (
            "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.",
            11.26,
        ),
    ],
)
def test_the_reading_grade_meets_sentences_counted_by_hand(sentence: str, expected: float) -> None:
    assert abs(grade([sentence]) - expected) < 0.01


@pytest.mark.parametrize(
    ("word", "count"),
    [("schedule", 2), ("people", 2), ("radio", 3), ("asked", 1), ("medicine", 3), ("table", 2)],
)
def test_syllables_are_those_of_a_dictionary(word: str, count: int) -> None:
    assert syllables(word) == count


def test_holidays_are_those_kept_in_2026_and_2027() -> None:
    # U.S. Office of Personnel Management, federal holidays 2026 and 2027.
    assert date(2026, 11, 26) in holidays(2026)
    assert date(2026, 7, 3) in holidays(2026)
    assert date(2027, 7, 5) in holidays(2027)
    assert date(2027, 5, 31) in holidays(2027)
    assert not is_workday(date(2021, 12, 31))
    assert is_workday(date(2026, 11, 27))


def test_numbers_and_days_are_read_apart() -> None:
    text = "By March 1, 2027 we ask 8% of $12,800; see 99213.\n1. First, 2026-12-18."
    assert [n.words for n in numbers_in(text)] == ["8%", "$12,800", "99213"]
    assert [d.on for d in days_in(text, TODAY)] == [date(2027, 3, 1), date(2026, 12, 18)]
    rounded = numbers_in("$12,800")[0]
    assert meets(rounded, Decimal("12808.35"))
    assert not meets(rounded, Decimal("12861"))
    # Spoken, "about $1,600" will do for $1,553; written without "about" it will not.
    assert meets(numbers_in("about $1,600")[0], Decimal("1553"))
    assert not meets(numbers_in("It is $1,600")[0], Decimal("1553"))
