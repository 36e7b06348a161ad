"""What a redline proposes: the smallest change at the level asked for, in the contract's names."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from knowledge.evidence import plain
from knowledge.playbook_files import playbook
from knowledge.problems import BadInput, MoreNeeded, NotKnown
from knowledge.redline.change import Change
from knowledge.redline.model_language import LEVELS, level_of, model_language
from knowledge.redline.party_names import party_names
from knowledge.redline.reworded import reworded_percent, reworded_span, spelled
from tests.fixtures.two_contracts import JUNIPER, MARMOT, WREN, two_contracts
from tests.fixtures.word_views import faults, lines, view
from tools.practice import Practice
from tools.redline_contract import redline_contract
from tools.redlining.additions import next_number
from tools.redlining.changes import proposal, proposed_changes
from tools.redlining.files import redline_files


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return two_contracts(tmp_path_factory.mktemp("practice"))


def one(practice: Practice, payer: str, position: str, level: str = "opening") -> Change:
    found = [c for c in proposed_changes(practice, payer, level) if c.position == position]
    assert len(found) == 1
    return found[0]


SPANS = [
    pytest.param("sixty (60) days", 180, "days", "one hundred eighty (180) days", id="both"),
    pytest.param("60-day", 180, "days", "180-day", id="hyphen"),
    pytest.param("Sixty (60) calendar days", 95, "days", "Ninety-five (95) calendar days",
                 id="a capital, calendar days"),
    pytest.param("forty-five (45) business days", 30, "days", "thirty (30) days",
                 id="business days become days"),
    pytest.param("three (3) years", 12, "months", "one (1) year", id="years kept, one"),
    pytest.param("18 months", 12, "months", "12 months", id="digits only"),
    pytest.param("three months", 180, "days", "six months", id="days that are whole months"),
    pytest.param("three months", 95, "days", "ninety-five days", id="days that are not"),
    pytest.param("90 [ninety] days'", 60, "days", "60 [sixty] days'", id="digits first"),
    pytest.param("one year's", 24, "months", "two years'", id="possessive of one"),
    pytest.param("THIRTY (30) DAYS", 90, "days", "NINETY (90) DAYS", id="capitals"),
    pytest.param("60", 180, "days", "180", id="a bare number of a column"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "count", "unit", "said"), SPANS)
def test_a_span_is_said_anew_in_its_own_manner(
    words: str, count: int, unit: str, said: str
) -> None:
    assert reworded_span(words, count, unit) == said


@pytest.mark.parametrize(
    ("words", "percent", "said"),
    [("eight percent (8%)", 10, "ten percent (10%)"), ("8%", 10, "10%"),
     ("six (6%) percent", 18, "eighteen (18%) percent"), ("6.5 percent", 10, "10 percent")],
)  # fmt: skip
def test_a_percent_is_said_anew_in_its_own_manner(words: str, percent: int, said: str) -> None:
    assert reworded_percent(words, Decimal(percent)) == said


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "zero"), (19, "nineteen"), (45, "forty-five"), (100, "one hundred"),
     (120, "one hundred twenty"), (999, "nine hundred ninety-nine")],
)  # fmt: skip
def test_numbers_are_spelled_as_contracts_spell_them(number: int, words: str) -> None:
    assert spelled(number) == words


LEVELS_ASKED = [
    pytest.param("opening", "one hundred eighty (180) days", id="opening 180"),
    pytest.param("target", "one hundred twenty (120) days", id="target 120"),
    pytest.param("walk_away", "ninety-five (95) days", id="walk-away 95"),
]


@pytest.mark.parametrize(("level", "new"), LEVELS_ASKED)
def test_a_number_is_replaced_in_place_at_the_level(
    practice: Practice, level: str, new: str
) -> None:
    filing = one(practice, WREN, "timely_filing_days", level)
    assert (filing.old, filing.new, filing.where) == ("sixty (60) days", new, "in place")


def test_a_clause_that_we_want_gone_is_reserved(practice: Practice) -> None:
    favored = one(practice, JUNIPER, "most_favored_nation")
    assert favored.old.startswith("If Provider accepts a lower rate")
    assert favored.new == "[Reserved.]"


def test_a_sentence_is_worded_anew(practice: Practice) -> None:
    amendment = one(practice, JUNIPER, "amendment")
    assert amendment.old == "Plan may amend this Agreement by posting the amendment on its website."
    assert amendment.new.endswith("only by a writing that both parties sign.")
    assert "C.R.S. 25-37-104 (2023 text)" in amendment.law
    assert amendment.law.endswith("confirm with counsel")


def test_an_old_medicare_year_becomes_this_one_and_nothing_else(practice: Practice) -> None:
    basis = one(practice, JUNIPER, "fee_schedule_basis")
    assert (basis.old, basis.new) == ("2021", "2026")


def test_a_missing_clause_joins_its_article_with_the_next_number(practice: Practice) -> None:
    cure = one(practice, JUNIPER, "breach_cure_days")
    assert (cure.where, cure.number, cure.heading) == (
        "new paragraph", "2.3", "Termination for Breach"
    )  # fmt: skip
    assert cure.citation.endswith("new in 2")
    general = [c.number for c in proposed_changes(practice, JUNIPER) if c.number.startswith("7.")]
    assert general == [f"7.{n}" for n in range(4, 4 + len(general))] and len(general) > 2


def test_a_change_that_settles_another_matter_is_not_said_twice(practice: Practice) -> None:
    made = proposal(practice, JUNIPER)
    assert "amendment_notice_days" not in {c.position for c in made.changes}
    assert ("Notice of an amendment", "the change on amendment covers it") in made.kept


def test_the_contract_names_its_own_parties() -> None:
    text = "The Practice shall file. Alder Ridge shall pay. Alder Ridge may audit. " * 9
    names = party_names(text, "Alder Ridge Benefit Company")
    said = names.put_into("Plan shall pay Provider. Provider may object to Plan's notice.")
    assert (
        said
        == "Alder Ridge shall pay the Practice. The Practice may object to Alder Ridge's notice."
    )


@pytest.mark.parametrize(
    ("number", "following"),
    [("4.7", "4.8"), ("Section 4.9", "Section 4.10"), ("§ 5.4", "§ 5.5"), ("(c)", "(d)"),
     ("B.", "C."), ("12", "13"), ("(i)", ""), ("", "")],
)  # fmt: skip
def test_the_next_number_follows(number: str, following: str) -> None:
    assert next_number(number) == following


@pytest.mark.parametrize(
    ("said", "level"),
    [(None, "opening"), ("Walk-away", "walk_away"), ("our target", "target"), ("open", "opening")],
)
def test_a_level_is_understood(said: str | None, level: str) -> None:
    assert level_of(said) == level


def test_an_unknown_level_or_term_is_refused(practice: Practice) -> None:
    with pytest.raises(BadInput, match="no such level"):
        proposed_changes(practice, WREN, "gentle")
    with pytest.raises(BadInput, match="no position goes by that name"):
        proposed_changes(practice, WREN, terms=["parking"])


def test_a_payer_with_an_offer_alone_has_no_contract_to_mark(practice: Practice) -> None:
    with pytest.raises(NotKnown, match="no contract"):
        proposed_changes(practice, MARMOT)


@pytest.mark.parametrize("name", sorted(playbook().terms) + sorted(playbook().clauses))
def test_every_position_has_words_for_a_contract(name: str) -> None:
    model = model_language(playbook().of(name))
    assert model.words and set(model.words) <= set(LEVELS)
    for words in model.words.values():
        assert words == "" or (words[0].isupper() and words.endswith("."))


@pytest.mark.parametrize("name", sorted(playbook().terms))
def test_model_words_say_the_number_that_is_asked_for(name: str) -> None:
    position = playbook().of(name)
    model = model_language(position)
    if position.ask.unit not in ("days", "months"):
        return
    for level in LEVELS:
        assert f"({getattr(position.ask, level)})" in model.words[level]


def test_the_answer_lists_each_change_with_its_words_reason_and_guide(practice: Practice) -> None:
    finding = redline_contract(practice, payer=JUNIPER, terms=["amendment", "most_favored_nation"])
    assert plain(finding.headline.text) == (
        "2 changes to Blue Juniper's contract are ready to be marked in Word at your opening; the"
        " first is amendment."
    )
    assert finding.table is not None and len(finding.table.rows) == 2
    row = finding.table.rows[0]
    assert row[0] == "Amendment" and "posting the amendment" in str(row[3])
    assert "both parties sign" in str(row[4]) and row[6] == "6/2"
    assert [p.citation.section for p in finding.passages] == ["7.1", "7.2"]
    assert finding.details["offer"]["level"] == "opening"
    assert "not a Word file" in plain(" ".join(s.text for s in finding.sentences))


def test_every_number_of_the_new_words_is_a_figure_of_the_playbook(practice: Practice) -> None:
    finding = redline_contract(practice, payer=WREN, terms=["timely_filing_days"], topic="target")
    (asked,) = finding.figures
    assert (asked.value, asked.unit) == (Decimal(120), "days")
    assert asked.basis.words == "playbook position on Timely filing, target"


def test_the_files_hold_the_changes_on_a_rendering_that_says_so(practice: Practice) -> None:
    made = proposal(practice, WREN, "target")
    (file,) = redline_files(practice, made, author="Jane Roe")
    assert file.rendered and file.left == () and faults(file.content) == []
    assert len(file.placed) == len(made.changes)
    assert any("one hundred twenty (120) days" in line for line in lines(view(file.content, "new")))
    assert any("sixty (60) days" in line for line in lines(view(file.content, "old")))
    comments = list(docx.Document(io.BytesIO(file.content)).comments)
    assert len(comments) == len(made.changes) + 1
    assert {c.author for c in comments} == {"Jane Roe"}


def test_the_users_own_words_are_written(practice: Practice) -> None:
    made = proposal(practice, WREN, "opening", ["timely filing"])
    (change,) = made.changes
    (file,) = redline_files(practice, made, [change.worded("one year")])
    assert any("within one year of" in line for line in lines(view(file.content, "new")))


def test_a_redline_without_a_change_is_refused(practice: Practice) -> None:
    with pytest.raises(BadInput, match="nothing to change"):
        redline_files(practice, proposal(practice, WREN), [])


def test_it_needs_a_payer() -> None:
    from tools.registry import registered

    assert registered()["redline_contract"].required == ("payer",)
    assert issubclass(MoreNeeded, BadInput)


def test_a_practices_own_position_is_written_too(tmp_path: Path) -> None:
    practice = two_contracts(tmp_path)
    folder = practice.workspace.root / "playbook"
    folder.mkdir()
    ours = Path(__file__).parents[2] / "knowledge" / "playbook" / "timely_filing.toml"
    words = ours.read_text(encoding="utf-8").replace('opening = "180"', 'opening = "150"')
    (folder / "timely_filing.toml").write_text(words, encoding="utf-8")
    assert one(practice, WREN, "timely_filing_days").new == "one hundred fifty (150) days"
