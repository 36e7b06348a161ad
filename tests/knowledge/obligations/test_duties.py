"""Duties of labelled excerpts and articles: found with their bearer, their words and their day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.sample_practice.generate import write_sample
from knowledge.documents.reader import read_document
from knowledge.obligations.deadlines import due_in
from knowledge.obligations.duty import Duty
from knowledge.obligations.reading import duties, duties_in_force
from tests.knowledge.obligations.scored import cases, document_of, scored_articles, scored_excerpts
from tests.knowledge.obligations.scored import score as scored_case

OPEN = [
    pytest.param(preamble, case, id=f"{style}-{case['text'][:24]!r}")
    for style, preamble, case in cases("open.toml")
]
FORMAL = (
    'This Agreement is made between Ouray Basin Health Plan, Inc. ("Health Plan") and Cottonwood'
    ' Medical Group, P.C. ("Provider").\n\n'
)


@pytest.mark.parametrize(("preamble", "case"), OPEN)
def test_an_excerpt_gives_the_duties_it_was_labelled_with(preamble: str, case: dict) -> None:  # type: ignore[type-arg]
    found = scored_case(preamble, case)
    assert not found.told, found.told


def test_on_excerpts_kept_aside_four_in_five_duties_are_right() -> None:
    kept = scored_excerpts("kept.toml")
    assert kept.precision >= 0.8 and kept.recall >= 0.8, kept.told


def test_two_articles_of_sample_contracts_are_read(tmp_path: Path) -> None:
    slugs = ("silver_heron", "alder_ridge")
    papers = {
        slug: replace(read_document(file.path, file.path.name), kind="contract", payer=file.payer)
        for file in write_sample(tmp_path)
        for slug in slugs
        if file.kind == "contract" and file.path.stem.startswith(slug)
    }
    read = scored_articles(papers)
    assert read.precision >= 0.8 and read.recall >= 0.8, read.told


VOCABULARY = """Provider Plan shall must not will the claim within thirty (30) days of receipt , ;
: (a) and it party either neither If when submit pay keep January 31 2027 each year ____ $5 …
“quoted” you we | . ? to be responsible for by"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n\n"])


@given(st.lists(WORDS, min_size=1, max_size=40))
@settings(max_examples=150, deadline=None)
def test_whatever_the_words_a_duty_is_quoted_and_never_a_failure(words: list[str]) -> None:
    document = document_of(FORMAL + " ".join(words) + " end")
    for duty in duties(document):
        cited = duty.citation
        assert document.text[cited.start : cited.end] == cited.quote
        assert duty.does
        if duty.due:
            assert document.text[duty.due.start : duty.due.end].split() == duty.due.words.split()


def _one(text: str) -> Duty:
    found = duties(document_of(FORMAL + text))
    assert len(found) == 1, found
    return found[0]


def test_a_duty_is_quoted_verbatim_at_its_place() -> None:
    document = document_of(FORMAL + "4.1 Provider shall keep records for six (6) years.")
    cited = duties(document)[0].citation
    assert document.text[cited.start : cited.end] == cited.quote
    assert "shall keep records" in cited.quote


def test_a_condition_is_kept_in_its_words() -> None:
    duty = _one(
        "5.1 If a claim is denied, Health Plan shall state the reason within ten (10) days."
    )
    assert duty.condition == "If a claim is denied"
    assert duty.who == "payer"


# Hand-counted: from November 23, 2026.
DAYS = [
    pytest.param("by January 31 of each year", date(2027, 1, 31), id="yearly, next year"),
    pytest.param("on or before December 1 of each year", date(2026, 12, 1), id="yearly, this year"),
    pytest.param("by the fifth day of each month", date(2026, 12, 5), id="monthly"),
    pytest.param("no later than March 1, 2027", date(2027, 3, 1), id="one day"),
    pytest.param("by March 1, 2026", None, id="a day that is past"),
    pytest.param("within thirty (30) days after receipt", None, id="counted, no day"),
    pytest.param(
        "by the fifth business day of each month", None, id="business days are not guessed"
    ),
]


@pytest.mark.parametrize(("words", "day"), DAYS)
def test_the_next_day_of_a_deadline(words: str, day: date | None) -> None:
    due = due_in(f"Provider shall send the report {words}.", 0, 9)
    assert due is not None and due.words == words
    assert due.next_day(date(2026, 11, 23)) == day


def test_an_amount_by_the_year_is_no_rhythm() -> None:
    duty = _one("9.1 Provider shall carry insurance of $3,000,000 each year in the aggregate.")
    assert duty.due is None


def test_a_section_that_an_amendment_replaces_drops_out() -> None:
    base = document_of(FORMAL + "4.1 Provider shall submit claims within ninety (90) days.\n\n"
                       "4.2 Provider shall keep records for seven (7) years.")  # fmt: skip
    change = document_of(
        "Amendment\n\nSection 4.1 is deleted and replaced as follows: Provider shall submit claims"
        " within one hundred twenty (120) days.",
        "amendment.md",
    )
    force = duties_in_force([base, replace(change, kind="amendment", id="1" * 16)])
    said = [each.does for each in force]
    assert not any("ninety" in each for each in said)
    assert any("one hundred twenty" in each for each in said)
    assert any("seven (7) years" in each for each in said)
