"""The measure of variety sees what two drafts share, and what only looks different."""

from __future__ import annotations

from evals.scenarios.variety import Situation, Written, form_of, report_of, situations

GRANITE, TARN = "Granite Peak Health Plan", "Tarn Lake Insurance"


def _draft(payer: str, body: str, *pieces: str, percent: int = 8) -> Written:
    return Written(
        Situation(payer, "rate_increase", "usual", percent=percent),
        body,
        tuple((piece, (payer,)) for piece in pieces),
    )


def test_there_are_more_than_fifty_situations_and_no_two_are_alike() -> None:
    found = situations()
    assert len(found) > 50
    assert len(set(found)) == len(found)


def test_a_shared_opening_and_a_shared_close_are_told() -> None:
    one = _draft(GRANITE, "Hello,\n\nWe ask for 8%. A.\n\nCould we talk?\n\nRegards,", "gap")
    two = _draft(TARN, "Hi,\n\nWe ask for 8%. B.\n\nB. Could we talk?\n\nThanks,", "access")
    report = report_of([one, two])
    assert report.measures["an opening of its own"].percent == 0
    assert report.measures["a close of its own"].percent == 0
    assert {f.case for f in report.failures} == {"shared opening", "shared close"}


def test_two_sentences_that_differ_in_a_number_alone_share_a_form() -> None:
    one = _draft(GRANITE, "Hello,\n\nGranite Peak pays 93.5% today.\n\nYes?", "gap")
    two = _draft(TARN, "Hello,\n\nTarn Lake pays 101% today.\n\nNo?", "gap")
    report = report_of([one, two])
    assert report.measures["an opening of its own"].percent == 100
    assert report.measures["an opening of its own form"].percent == 0
    assert report.measures["a close of its own form"].percent == 100
    assert form_of("By Wednesday, December 9, 2026, $1,200") == form_of(
        "By Friday, May 7, 2027, $9"
    )


def test_the_same_pieces_for_two_payers_count_as_the_same_evidence() -> None:
    bodies = ("Hello,\n\nOne 8%.", "Hello,\n\nTwo 8%.")
    same = report_of([_draft(GRANITE, bodies[0], "gap"), _draft(TARN, bodies[1], "gap")])
    assert same.measures["pairs of payers with other pieces"].percent == 0
    other = report_of([_draft(GRANITE, bodies[0], "gap"), _draft(TARN, bodies[1], "age")])
    assert other.measures["pairs of payers with other pieces"].percent == 100


def test_a_letter_that_asks_for_something_else_is_counted() -> None:
    report = report_of([_draft(GRANITE, "Hello,\n\nWe ask for 9%.", percent=8)])
    assert report.measures["letters that hold their own ask"].percent == 0
