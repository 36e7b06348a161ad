"""The retrieval labels are sound: answers stand in their contracts, questions do not copy them."""

import re
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

from evals.scoring import cases

FOLDERS = {"sample": "sample_practice", "heldout": "heldout"}
LEAST_CASES = 12
LONGEST_QUOTE = 350
COPIED_RUN = 4
CASES = cases("retrieval")
SETS = sorted({case["set"] for case in CASES})
EACH = pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])


def _contracts(which: str) -> dict[str, str]:
    """The contracts of a set by name, letters left out; empty where there is no such folder."""
    folder = files("evals").joinpath(FOLDERS[which], "contracts")
    if not folder.is_dir():
        return {}
    return {
        name: file.read_text(encoding="utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".txt")
        and not (name := file.name.removesuffix(".txt")).endswith("_letter")
    }


def _plain(text: str) -> str:
    """A text as a reader sees it: markup marks gone, white space folded."""
    lines = (re.sub(r"^(#+ |>+ ?|={3,}\s*$)", "", line) for line in text.splitlines())
    return " ".join("\n".join(lines).replace("**", "").split())


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+(?:[.'][a-z0-9]+)*", text.lower().replace("\u2019", "'"))
    return {tuple(words[at : at + COPIED_RUN]) for at in range(len(words) - COPIED_RUN + 1)}


TEXTS = {which: {n: _plain(t) for n, t in _contracts(which).items()} for which in FOLDERS}


def test_the_markup_is_read_as_a_reader_sees_it() -> None:
    text = "## Pay\n\n**Late.** Paid at\n1%.\n\n>> (a) each  month\n\n===\n\nEnd"
    assert _plain(text) == "Pay Late. Paid at 1%. (a) each month End"


def test_four_words_in_a_row_are_a_copied_run() -> None:
    assert _runs("Can they pay within thirty DAYS?") & _runs("shall pay within thirty days.")
    assert not _runs("pay within thirty") & _runs("pay within thirty days")


@EACH
def test_a_case_is_whole(case: dict[str, Any]) -> None:
    assert set(case) == {"id", "set", "contract", "payer", "query", "quotes"}
    assert case["id"].startswith(f"{case['contract']}-")
    assert case["query"].strip() and case["payer"].strip()
    assert 1 <= len(case["quotes"]) <= 3
    assert all(0 < len(quote) <= LONGEST_QUOTE for quote in case["quotes"])


@EACH
def test_every_quote_stands_once_in_its_contract(case: dict[str, Any]) -> None:
    text = TEXTS[case["set"]][case["contract"]]
    counts = {quote: text.count(" ".join(quote.split())) for quote in case["quotes"]}
    assert {quote: count for quote, count in counts.items() if count != 1} == {}


@EACH
def test_a_question_copies_no_four_words_of_its_answer(case: dict[str, Any]) -> None:
    copied = [run for quote in case["quotes"] for run in _runs(quote) & _runs(case["query"])]
    assert not copied


def test_ids_and_questions_are_unique() -> None:
    for key in ("id", "query"):
        counts = Counter(" ".join(case[key].lower().split()) for case in CASES)
        assert [value for value, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("which", SETS)
def test_every_contract_of_a_labelled_set_has_enough_questions(which: str) -> None:
    counts = Counter(case["contract"] for case in CASES if case["set"] == which)
    assert TEXTS[which]
    assert {name: counts[name] for name in TEXTS[which] if counts[name] < LEAST_CASES} == {}


def test_a_contract_has_one_payer_and_the_sample_is_labelled() -> None:
    payers = {(case["set"], case["contract"], case["payer"]) for case in CASES}
    assert len(payers) == len({row[:2] for row in payers})
    assert "sample" in SETS
