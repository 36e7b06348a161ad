"""What the contracts on file pay, as rows of a fee schedule, each with its citation.

Two things are read: the rule in prose ("112% of the 2023 Medicare fee schedule"), by the
reader of the term, and the fee tables of the exhibits. A rule the reader is unsure of, or
whose year it does not find, is kept as a row that says what it cannot price.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from knowledge.documents.document import Document
from knowledge.problems import NotKnown
from knowledge.terms.family import effective_date
from knowledge.terms.readers import read_terms
from knowledge.terms.term import Term
from tools.papers.contract_papers import papers_of
from tools.practice import Practice
from tools.schedules.contract_table_rows import TableRow, fee_tables
from tools.schedules.schedule_row import ScheduleRow

MEDICARE_ADVANTAGE = "Medicare Advantage"
_LINES = {"medicare_advantage": MEDICARE_ADVANTAGE, "medicaid": "Medicaid", "chp_plus": "CHP+"}
_BASIS = re.compile(
    r"percent of Medicare(?: (?P<year>\d{4})|(?P<moves>, then-current))?, (?P<percent>[\d.]+)%"
)
_OF_CHARGES = re.compile(r"percent of billed charges, ([\d.]+)%")
_SEQUESTRATION = re.compile(
    r"sequest[^.]{0,160}?\b(\d(?:\.\d+)?)\s?(?:%|percent)"
    r"|\b(\d(?:\.\d+)?)\s?(?:%|percent)\)?[^.]{0,160}?sequest",
    re.I,
)


def contract_rows(practice: Practice, payers: Sequence[str] | None = None) -> list[ScheduleRow]:
    """The rows that the payers' contracts and amendments hold; [] where none has any."""
    try:
        papers = papers_of(practice, payers)
    except NotKnown:
        return []
    found: list[ScheduleRow] = []
    for payer, documents in papers.by_payer.items():
        base = next((day for d in documents if (day := effective_date(d))), None)
        for document in documents:
            if document.kind in ("contract", "amendment"):
                begins = effective_date(document) or base
                found += _rows_of(document, payer, begins)
    return found


@lru_cache(maxsize=64)
def _rows_of(document: Document, payer: str, begins: date | None) -> tuple[ScheduleRow, ...]:
    tables = fee_tables(document)
    cut = _sequestration(document.text)
    made = [_of_table(document, payer, begins, row, cut) for row in tables.rows]
    priced = {row.product for row in made if row.code == "*" and row.percent is not None}
    for term in read_terms(document, ["fee_schedule_basis"]):
        for row in _of_basis(document, payer, begins, term, cut):
            if row.product not in priced or row.percent is None:
                made.append(row)
    return tuple(made)


def _of_table(
    document: Document, payer: str, begins: date | None, row: TableRow, cut: Decimal | None
) -> ScheduleRow:
    section = document.section_at(row.start)
    unclear = row.percent is not None and row.year is None and not row.then_current
    return ScheduleRow(
        payer=payer,
        product=_LINES.get(section.scope or "") if section else None,
        code=row.code,
        modifier="",
        setting=None,
        rate=row.rate,
        percent=None if unclear else row.percent,
        medicare_year=row.year,
        locality=_locality(document.text[max(0, row.start - 3000) : row.end]),
        effective_from=begins,
        effective_to=None,
        percent_of_charges=row.of_charges,
        cannot_price=_no_year(row.percent) if unclear and row.percent else row.cannot_price,
        payment_cut=cut if row.percent is not None else None,
        origin="contract",
        source_id=document.id,
        citation=document.citation(row.start, row.end),
    )


def _of_basis(
    document: Document, payer: str, begins: date | None, term: Term, cut: Decimal | None
) -> Iterator[ScheduleRow]:
    """The rule of a term that was read for sure; a table's row is left to the table."""
    cited = term.citation
    if not term.found or cited is None or not isinstance(term.value, str) or "|" in cited.quote:
        return
    percent = year = charges = None
    unpriced: str | None = None
    if basis := _BASIS.fullmatch(term.value):
        percent, year = Decimal(basis["percent"]), basis["year"] and int(basis["year"])
        if not year and not basis["moves"]:
            percent, unpriced = None, _no_year(Decimal(basis["percent"]))
    elif share := _OF_CHARGES.fullmatch(term.value):
        charges = Decimal(share[1])
    elif "state Medicaid" in term.value:
        unpriced = term.value
    else:
        return
    yield ScheduleRow(
        payer=payer,
        product=_LINES.get(term.line_of_business or ""),
        code="*",
        modifier="",
        setting=None,
        rate=None,
        percent=percent,
        medicare_year=year or None,
        locality=_locality(document.text[cited.start : cited.end + 600]),
        effective_from=begins,
        effective_to=None,
        percent_of_charges=charges,
        cannot_price=unpriced,
        payment_cut=cut if percent is not None else None,
        origin="contract",
        source_id=document.id,
        citation=cited,
    )


def _no_year(percent: Decimal) -> str:
    return f"{percent.normalize():f}% of a Medicare year that the contract does not name"


def _locality(text: str) -> str | None:
    """The locality named last before or in the words; None where none is."""
    found = re.findall(r"\b(colorado|national)\b(?=[^.|]{0,40}?(?:localit|\(contractor|\||$)"
                       r"|(?:,? (?:locality|amounts?)))", text, re.I)  # fmt: skip
    return found[-1].lower().replace("colorado", "Colorado") if found else None


def _sequestration(text: str) -> Decimal | None:
    found = _SEQUESTRATION.search(text)
    return Decimal(found[1] or found[2]) if found else None
