"""The main job on the sample: ask once, get owned numbers and a finished email.

Expected amounts come from evals.independent: SQL over the Parquet files and the CMS values,
written apart from the tools.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest

from copilot.core import Copilot
from copilot.results import Answer
from evals.independent import amount, database

QUESTION = (
    "How do Granite Peak's rates compare with Medicare on our top 10 codes, "
    "and draft an email asking for 8%?"
)
GRANITE = "Granite Peak Health Plan"


@pytest.fixture(scope="module")
def answer(sample: Copilot) -> Answer:
    """The answer to the main question."""
    return sample.answer(QUESTION)


def _value(answer: Answer, unit: str, shown: str) -> bool:
    return any(f["unit"] == unit and f["shown"] == shown for f in answer.figures)


def test_both_tools_are_called_with_what_was_said(answer: Answer) -> None:
    calls = [(c.name, c.args) for c in answer.tool_calls]
    assert calls[0] == ("compare_rates", {"payers": [GRANITE], "top_n": 10})
    name, args = calls[1]
    assert name == "draft_email"
    assert (args["payer"], args["percent"]) == (GRANITE, 8)
    assert len(calls) == 2


def test_the_percent_of_medicare_meets_an_independent_query(
    sample: Copilot, answer: Answer
) -> None:
    db = database(sample.workspace.root)
    allowed, medicare = db.execute(f"""
        with top as (
          select code from lines where payer = '{GRANITE}'
            and office
          group by code order by sum(allowed) desc, code limit 10)
        select sum(l.allowed), sum(l.units * p.usd) from lines l join price p using (code)
        where l.payer = '{GRANITE}' and l.code in (select code from top)
          and l.office
    """).fetchone()
    percent = 100 * Decimal(str(allowed)) / Decimal(str(medicare))
    said = percent.quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert _value(answer, "percent", f"{said}%")
    assert f"{said}%" in answer.answer.split("\n")[0]
    assert any(Decimal(f["exact"]) == Decimal(str(allowed)) for f in answer.figures)


def test_the_worth_of_the_ask_meets_an_independent_query(sample: Copilot, answer: Answer) -> None:
    total = amount(
        database(sample.workspace.root), f"select sum(allowed) from lines where payer = '{GRANITE}'"
    )
    worth = total * Decimal("0.08")
    close = [
        f
        for f in answer.figures
        if f["unit"] == "USD" and abs(Decimal(f["exact"]) - worth) < Decimal("25")
    ]
    assert close, f"no figure near {worth}"


def test_every_number_of_the_answer_and_the_draft_is_owned(answer: Answer) -> None:
    assert answer.draft is not None
    assert answer.unsupported == []
    assert answer.draft.status == "verified"


def test_the_draft_is_an_email_a_representative_would_open(answer: Answer) -> None:
    draft = answer.draft
    assert draft is not None
    assert (draft.kind, draft.payer) == ("email", GRANITE)
    assert "8%" in draft.subject
    words = len(draft.body.split())
    assert 120 <= words <= 300, words
    for other in ("Kestrel", "Wolf Creek", "Alder Ridge", "Silver Heron", "Tarn Lake"):
        assert other not in draft.body
    assert draft.underneath


def test_each_citation_stands_word_for_word_in_its_source(sample: Copilot, answer: Answer) -> None:
    documents = [c for c in answer.citations if c["document"]]
    assert documents
    for cited in documents:
        text = sample.stored_text_of(cited["source"])
        assert text[cited["start"] : cited["end"]] == cited["quote"]
