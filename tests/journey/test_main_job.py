"""The main job on the sample: ask once, get owned numbers and a finished email.

Expected amounts come from SQL over the Parquet files and the CMS values, written here
apart from the tools: the counting rule, the Medicare formula and the sums are all worked
again.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from copilot.core import Copilot
from copilot.results import Answer

QUESTION = (
    "How do Granite Peak's rates compare with Medicare on our top 10 codes, "
    "and draft an email asking for 8%?"
)
GRANITE = "Granite Peak Health Plan"
FACILITY = "('02','19','21','22','23','24','26','31','34','51','52','53','56','61')"


def _db(copilot: Copilot) -> Any:
    """Counting lines of the twelve months and 2025 Colorado office prices, in plain SQL."""
    root, here = copilot.workspace.root, Path(__file__).parents[2]
    db = duckdb.connect()
    db.execute(f"""
        create view raw as
          select * from read_parquet('{root}/tables/claim_lines/*.parquet', union_by_name=true);
        create view back as  -- originals and their reversals: neither counts
          select distinct claim_id, line_number, code from raw where status = 'reversal';
        create view lines as
          select r.* from raw r
          where payer_order = 'primary' and status not in ('denied', 'reversal') and units > 0
            and service_date between date '2025-11-01' and date '2026-10-31'
            and not exists (
              select 1 from back b where b.claim_id = r.claim_id and b.code = r.code
                and coalesce(b.line_number, '') = coalesce(r.line_number, '')
                and r.posting_date <= (select max(x.posting_date) from raw x
                  where x.status = 'reversal' and x.claim_id = r.claim_id and x.code = r.code));
        create view price as
          select m.code, round(cast(
            (m.work * g.work + m.office_pe * g.pe + m.malpractice * g.malpractice)
            * 32.3465 as decimal(18, 8)), 2) usd
          from read_csv('{here}/knowledge/reference/mpfs.csv') m,
               read_csv('{here}/knowledge/reference/gpci_colorado.csv') g
          where m.year = 2025 and g."from" = date '2025-01-01' and m.status in ('A', 'R', 'T', 'N')
            and m.modifier is null and m.work + m.office_pe + m.malpractice > 0;
    """)
    return db


def _one(db: Any, sql: str) -> Decimal:
    row = db.execute(sql).fetchone()
    return Decimal(str(row[0]))


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
    db = _db(sample)
    allowed, medicare = db.execute(f"""
        with top as (
          select code from lines where payer = '{GRANITE}'
            and coalesce(place_of_service, '11') not in {FACILITY}
          group by code order by sum(allowed) desc, code limit 10)
        select sum(l.allowed), sum(l.units * p.usd) from lines l join price p using (code)
        where l.payer = '{GRANITE}' and l.code in (select code from top)
          and coalesce(l.place_of_service, '11') not in {FACILITY}
    """).fetchone()
    percent = 100 * Decimal(str(allowed)) / Decimal(str(medicare))
    said = percent.quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert _value(answer, "percent", f"{said}%")
    assert f"{said}%" in answer.answer.split("\n")[0]
    assert any(Decimal(f["exact"]) == Decimal(str(allowed)) for f in answer.figures)


def test_the_worth_of_the_ask_meets_an_independent_query(sample: Copilot, answer: Answer) -> None:
    total = _one(_db(sample), f"select sum(allowed) from lines where payer = '{GRANITE}'")
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
