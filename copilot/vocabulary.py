"""The names that a practice's files give the planner to recognise."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.planner.vocabulary import Vocabulary, businesses
from knowledge.payer_names import PayerBook
from knowledge.reference.codes import names_of_groups
from tools.practice import Practice
from tools.tables.schema import SCHEMAS


def vocabulary_of(practice: Practice) -> Vocabulary:
    """The payers, codes, products and stores of a practice."""
    tables = practice.tables
    codes: set[str] = set()
    products: set[str] = set()
    for name in ("claim_lines", "fee_schedules"):
        if tables.has(name):
            table = tables.table(name)
            codes |= set(tables.frame(table.select("code").distinct())["code"].dropna())
            products |= set(tables.frame(table.select("product").distinct())["product"].dropna())
    has = {name for name in SCHEMAS if tables.has(name)}
    if practice.library.documents():
        has.add("contracts")
    return Vocabulary(
        payers=practice.payers.known(),
        aliases=practice.payers.aliases(),
        codes=frozenset(codes - {"*"}),
        products=tuple(sorted(products)),
        families=names_of_groups(),
        has=frozenset(has),
        businesses=businesses(practice),
    )


def vocabulary_for(payers: Sequence[str]) -> Vocabulary:
    """A vocabulary of payers alone, as if every kind of file were loaded."""
    book = PayerBook(also=dict.fromkeys(payers, ()))
    return Vocabulary(
        payers=tuple(payers),
        aliases=book.aliases(),
        families=names_of_groups(),
        has=frozenset({*SCHEMAS, "contracts"}),
    )
