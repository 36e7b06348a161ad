"""A change of a draft: its facts change, the rest stands, what follows is computed again."""

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.core import Copilot
from copilot.drafting.change_words import wishes
from copilot.drafting.differences import stretches
from copilot.drafting.own_wording import carried
from knowledge.evidence import plain
from knowledge.problems import BadInput

LARKMOOR, BITTERROOT = "Larkmoor Health Plan", "Bitterroot Mutual"


@pytest.fixture
def written(room: Any) -> Any:
    """A room in which an email to Larkmoor asking for 8% was just written."""
    room.ask("draft_email", payer=LARKMOOR, percent=Decimal(8))
    return room


def change(room: Any, words: str, **more: Any) -> Any:
    return room.ask("revise_draft", words, change=words, **more)


def test_shorter_is_shorter_and_keeps_the_ask_the_clause_and_the_date(written: Any) -> None:
    before = written.words(written.ask("draft_email", payer=LARKMOOR, percent=Decimal(8)))
    after = written.words(change(written, "shorter"))
    assert len(after.split()) < len(before.split())
    for kept in ("8%", "$930.00", "Section 11.2", "December 9, 2026"):
        assert kept in after


def test_another_percent_is_priced_anew_and_everything_else_stands(written: Any) -> None:
    before = written.words(written.ask("draft_email", payer=LARKMOOR, percent=Decimal(8)))
    finding = change(written, "make it 10")
    after = written.words(finding)
    # 10% of 11,625.00 is 1,162.50, shown as $1,163.
    assert after == before.replace("8%", "10%").replace("$930.00", "$1,163")
    assert "worth $1,163 a year" in plain(finding.headline.text)


def test_the_argument_decides_the_percent(written: Any) -> None:
    assert "12%" in written.words(change(written, "make it ten", percent=Decimal(12)))


def test_a_percent_of_medicare_takes_the_place_of_the_percent(written: Any) -> None:
    after = written.words(change(written, "ask for 100% of medicare instead"))
    assert "100% of 2025 Colorado Medicare" in after
    assert "8%" not in after.replace("98%", "")


def test_firmer_changes_the_words_and_no_figure(written: Any) -> None:
    before = written.draft(written.ask("draft_email", payer=LARKMOOR, percent=Decimal(8)))
    after = written.draft(change(written, "firmer"))
    assert plain(before.body) != plain(after.body)
    shown = re.compile(r"⟦f:\w+\|([^⟧]*)")
    assert set(shown.findall(before.body)) == set(shown.findall(after.body))


def test_a_dropped_point_is_gone_and_not_replaced(written: Any) -> None:
    before = [p["id"] for p in written.draft(change(written, "warmer")).plan]
    finding = change(written, "drop the second point")
    after = [p["id"] for p in written.draft(finding).plan]
    assert after == [each for each in before if each != before[1]]


def test_a_point_is_dropped_by_its_subject(written: Any) -> None:
    assert "emergency" in written.words(change(written, "warmer"))
    assert "emergency" not in written.words(change(written, "take out the part about ER visits"))


def test_the_ask_itself_cannot_be_dropped(written: Any) -> None:
    draft = written.draft(change(written, "start with the ask"))
    first = draft.facts["paragraphs"][0]
    assert "ask" in first
    after = written.words(change(written, "drop the first paragraph"))
    assert "8%" in after


def test_added_words_stand_as_the_practice_said_them(written: Any) -> None:
    words = "add that we see 12 new patients a week on Saturdays"
    finding = change(written, words)
    assert "We see 12 new patients a week on Saturdays." in written.words(finding)
    assert written.loose(finding) == ()
    assert "own statement" in plain(finding.headline.text)


def test_an_addition_that_names_another_payer_is_refused(written: Any) -> None:
    with pytest.raises(BadInput, match="Bitterroot Mutual"):
        change(written, "add that Bitterroot pays us 120%")


def test_more_about_diabetes_brings_that_measure(written: Any) -> None:
    finding = change(written, "more about diabetes")
    # 22 of 100 patients; the median of the 2025 benchmark is 32.915.
    assert re.search(r"diabetes out of control.*22%.*33%", written.words(finding))
    assert written.draft(finding).plan[0]["id"] == "rate_gap"


def test_a_subject_without_data_is_said_to_have_none(written: Any) -> None:
    with pytest.raises(BadInput, match="no data"):
        change(written, "add something about dermatology")


def test_bullets_hold_the_evidence_and_leave_the_ask_in_a_sentence(written: Any) -> None:
    body = plain(written.draft(change(written, "as bullets")).body)
    listed = [line for line in body.splitlines() if line.startswith("- ")]
    assert len(listed) >= 3
    assert not any("8%" in line for line in listed)
    assert written.loose(change(written, "warmer")) == ()


def test_plain_words_own_their_numbers(written: Any) -> None:
    finding = change(written, "plain words")
    assert "We ask you to pay us 8% more" in written.words(finding)
    assert written.loose(finding) == ()


def test_the_signer_and_the_day_are_the_users(written: Any) -> None:
    finding = change(written, "sign it from Dr. Patel and reply by December 4")
    assert "Dr. Patel" in written.words(finding)
    assert "Friday, December 4, 2026" in written.words(finding)
    assert "Dana Ruiz" not in written.words(finding)


def test_each_version_is_kept_and_undo_brings_the_last_one_back(written: Any) -> None:
    first = change(written, "warmer")
    words = written.words(first)
    change(written, "make it 10")
    back = change(written, "undo")
    assert written.words(back) == words
    assert len(written.drafts.versions(back.details["draft"])) == 4


def test_for_another_payer_a_draft_of_its_own_is_written(written: Any) -> None:
    first = written.state["draft"]["id"]
    finding = change(written, "now for Bitterroot", payer=BITTERROOT)
    assert finding.details["draft"] != first
    said = written.words(finding)
    assert "Larkmoor" not in said
    assert "11.2" not in said
    assert "20 of your members" in said or "for 20 visits" in said
    # 8% of 20 visits at 99.00.
    assert "$158.40" in said
    assert written.drafts.latest(first).payer == LARKMOOR
    assert written.loose(finding) == ()


def test_several_changes_are_made_at_once(written: Any) -> None:
    finding = change(written, "shorter, warmer and make it 10%")
    draft = written.draft(finding)
    assert (draft.facts["length"], draft.facts["tone"]) == ("short", "warm")
    assert "10%" in written.words(finding)


def test_words_that_ask_for_no_change_say_what_is_understood(written: Any) -> None:
    with pytest.raises(BadInput, match="shorter, longer"):
        change(written, "purple elephants")


@pytest.mark.parametrize("words", ["export it as docx", "Save that as an email file"])
def test_a_word_on_a_file_is_told_where_files_are_taken_out(written: Any, words: str) -> None:
    with pytest.raises(BadInput, match=r"by your own click.*buttons under the draft.*--to docx"):
        change(written, words)


def test_a_change_without_a_draft_says_so(room: Any) -> None:
    with pytest.raises(BadInput, match="no draft"):
        change(room, "shorter")


def test_talking_points_lose_the_point_that_is_named_by_its_place(room: Any) -> None:
    before = room.words(room.ask("draft_talking_points", payer=LARKMOOR, percent=Decimal(8)))
    after = room.words(change(room, "drop the second point"))
    titles = [re.findall(r"^### (.+)$", text, re.MULTILINE) for text in (before, after)]
    assert titles[1] == [title for title in titles[0] if title != titles[0][1]]


WISHES: list[Any] = [
    pytest.param("make it shorter please", [("length", "shorter")], id="shorter"),
    pytest.param("too pushy, tone it down", [("tone", "warmer")], id="tone"),
    pytest.param("new ask: 12", [("percent", "")], id="ask"),
    pytest.param("change the ask to 11 percent", [("percent", "")], id="percent"),
    pytest.param("remove the second paragraph", [("drop_paragraph", "second paragraph")],
                 id="paragraph"),
    pytest.param("mention our diabetes scores and sign it from Dr. Patel",
                 [("more", "diabetes scores"), ("signer", "Dr. Patel")], id="two"),
    pytest.param("mention that we're open until 7:30 two evenings a week",
                 [("add", "we're open until 7:30 two evenings a week")], id="statement"),
    pytest.param("turn it into bullet points", [("form", "bullets")], id="bullets"),
    pytest.param("use plain language", [("simple", "")], id="plain"),
    pytest.param("address it to the network manager", [("addressee", "the network manager")],
                 id="addressee"),
    pytest.param("only for 99214", [("codes", "only for 99214")], id="codes"),
    pytest.param("good morning", [], id="nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), WISHES)
def test_wishes_are_read(words: str, expected: list[tuple[str, str]]) -> None:
    assert [(wish.kind, wish.words) for wish in wishes(words)] == expected


def test_a_change_carried_over_to_another_payer_is_not_made_again(written: Any) -> None:
    change(written, "drop the second point")
    finding = written.ask(
        "revise_draft", "now for Bitterroot", change="drop the second point", payer=BITTERROOT
    )
    draft = written.draft(finding)
    assert draft.payer == BITTERROOT
    assert draft.facts["dropped"] == []


def test_the_questions_take_no_percent(room: Any) -> None:
    room.ask("draft_bh_questions", payer=LARKMOOR)
    with pytest.raises(BadInput, match="no rate"):
        change(room, "make it 10%")


def body(room: Any, finding: Any) -> str:
    return plain(room.draft(finding).body)


def test_a_number_of_words_is_held_and_the_ask_stays(written: Any) -> None:
    after = body(written, change(written, "cut it to 100 words"))
    assert len(after.split()) <= 100
    for kept in ("8%", "$930.00", "December 9, 2026"):
        assert kept in after


def test_a_number_of_words_out_of_reach_is_said_so(written: Any) -> None:
    finding = change(written, "cut it to 20 words")
    assert "does not get shorter" in plain(finding.headline.text)
    assert "8%" in body(written, finding)


def test_ten_instead_of_twelve_is_ten_whatever_was_read_as_the_percent(written: Any) -> None:
    finding = change(written, "make it 10 instead of 12", percent=Decimal(12))
    # 10% of 11,625.00 is 1,162.50, shown as $1,163
    assert "worth $1,163 a year" in plain(finding.headline.text)


def test_undo_goes_back_further_each_time_and_redo_comes_back(written: Any) -> None:
    texts = [written.draft(change(written, words)).body for words in ("warmer", "make it 10")]
    assert written.draft(change(written, "undo")).body == texts[0]
    change(written, "undo")
    with pytest.raises(BadInput, match="first version"):
        change(written, "undo")
    assert written.draft(change(written, "redo")).body == texts[1]
    assert written.draft(change(written, "go back to version 2")).body == texts[0]
    assert written.draft(change(written, "undo")).body == texts[1]
    with pytest.raises(BadInput, match="no version 40"):
        change(written, "go back to version 40")


def test_what_changed_is_told_and_no_version_is_made(written: Any) -> None:
    key = change(written, "make it 10").details["draft"]
    finding = change(written, "show what changed")
    assert len(written.drafts.versions(key)) == 2
    cells = [str(cell) for row in finding.table.rows for cell in row]
    assert any("8%" in cell for cell in cells) and any("10%" in cell for cell in cells)
    assert "Version 2 differs from version 1" in plain(finding.headline.text)


def test_why_tells_each_piece_with_its_reason_and_what_else_is_on_file(written: Any) -> None:
    plan = written.draft(change(written, "warmer")).plan
    finding = change(written, "why this evidence?")
    assert [row[0] for row in finding.table.rows] == [each["what"] for each in plan]
    assert "evening" in " ".join(plain(s.text) for s in finding.sentences)


def test_a_piece_is_swapped_and_as_many_stand_there_as_before(written: Any) -> None:
    before = written.draft(change(written, "warmer")).facts["chosen"]
    after = written.draft(change(written, "swap the second piece of evidence for access"))
    chosen = after.facts["chosen"]
    assert before[1] not in chosen and "access" in chosen
    assert len(chosen) == len(before)


def test_what_is_to_come_first_comes_before_the_other_evidence(written: Any) -> None:
    said = body(written, change(written, "mention the evening hours first"))
    assert said.index("evening") < said.index("Medicare")


def test_a_wish_that_changes_nothing_is_not_called_done(room: Any) -> None:
    key = room.ask("draft_talking_points", payer=LARKMOOR, percent=Decimal(8)).details["draft"]
    with pytest.raises(BadInput, match="no tone"):
        change(room, "make it warmer")
    assert len(room.drafts.versions(key)) == 1


def test_a_question_goes_by_its_place_and_another_is_added(room: Any) -> None:
    before = body(room, room.ask("draft_bh_questions", payer=LARKMOOR))
    after = body(room, change(room, "drop the third question"))
    gone = [line for line in before.splitlines() if line.startswith("- **")][2]
    assert gone not in after
    assert "interns?**" in body(room, change(room, "add a question about interns"))


def test_the_users_own_wording_outlives_a_change(written: Any, tmp_path: Any) -> None:
    key = change(written, "warmer").details["draft"]
    last = written.drafts.latest(key)
    edited = plain(last.body).replace("Dana Ruiz", "Dana M. Ruiz, MPA")
    root = written.practice.workspace.root
    with Copilot(root, written.practice.today) as copilot:
        copilot.save_edit(key, plain(last.subject), edited + "\n\nPS: coffee is on us.")
    finding = change(written, "make it 10")
    said = body(written, finding)
    assert "PS: coffee is on us." in said and "MPA" in said
    assert "10%" in said and "8%" not in said
    assert "Your own wording stands" in " ".join(plain(s.text) for s in finding.sentences)
    assert "PS: coffee is on us." in body(written, change(written, "make it 12"))


PARAGRAPHS = st.lists(st.sampled_from(["One.", "Two here.", "Three? Four!", "Five"]), max_size=5)


@given(PARAGRAPHS, PARAGRAPHS)
def test_an_edit_of_an_unchanged_text_is_the_edit(before: list[str], after: list[str]) -> None:
    written, edited = "\n\n".join(before), "\n\n".join(after)
    assert carried(written, edited, written).text == edited
    assert carried(written, written, edited).text == edited


@given(PARAGRAPHS, PARAGRAPHS)
def test_nothing_is_lost_between_two_versions(before: list[str], after: list[str]) -> None:
    old, new = "\n\n".join(before), "\n\n".join(after)
    made = stretches(old, new)
    assert "".join(s.text for s in made if s.kind != "in") == old
    assert "".join(s.text for s in made if s.kind != "out") == new
