"""Lines of business: which one a claim line belongs to, and which one words ask for.

A line's own line of business wins (as given, told by its product, or by its payer). Of the
rest, a line of a named payer is commercial: commercial is what is neither Medicare, Medicare
Advantage, Medicaid, self-pay nor another programme. A line without a payer has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import ibis

from knowledge.selection import ColumnTest, among

COMMERCIAL = "commercial"
_TAIL = r"(?: (?:insurance|insurers?|payers?|plans?|products?|business|lines?|coverage))?"
_ASKED = {
    COMMERCIAL: r"commercial|private insurance",
    "medicare_advantage": r"medicare advantage|medicare adv|ma|mapd|medicare part c|part c",
    "medicaid": r"medicaid|managed medicaid|medicaid managed care",
    "medicare": r"(?:traditional |original |straight |regular )?medicare(?: part b| ffs)?",
    "self_pay": r"self[- ]?pay|uninsured|cash",
    "workers_comp": r"workers'? comp(?:ensation)?",
}


def asked_business(words: str | None) -> str | None:
    """The line of business that a product's words name as a whole, or None.

    "Medicare Advantage" is one; "Medicare Advantage HMO" is a product of its own.
    """
    said = re.sub(r"[\s_]+", " ", (words or "").strip().lower())
    return next((b for b, known in _ASKED.items() if re.fullmatch(f"(?:{known}){_TAIL}", said)),
                None)  # fmt: skip


def business_of(lines: Any) -> Any:
    """The line of business of each claim line (an Ibis column), null where none is known."""
    told = lines.line_of_business.nullif("")
    return ibis.coalesce(told, lines.payer.notnull().ifelse(COMMERCIAL, ibis.null("string")))


def of_product(lines: Any, product: str) -> Any:
    """Whether each claim line is of a product or line of business (an Ibis column)."""
    business = asked_business(product)
    if business:
        return business_of(lines) == business
    return lines["product"].lower() == product.lower()


def left_in(lines: Any, without: Sequence[str]) -> Any:
    """Whether each claim line stays when payers or lines of business are left out (Ibis)."""
    out = {asked_business(name): name for name in without}
    businesses = [business for business in out if business]
    payers = [name for name in without if not asked_business(name)]
    kept = ~ibis.coalesce(lines.payer, "").isin(payers) if payers else ibis.literal(True)
    if businesses:
        kept = kept & ~ibis.coalesce(business_of(lines), "").isin(businesses)
    return kept


def product_tests(product: str) -> tuple[ColumnTest, ...]:
    """The tests of columns that say the same as `of_product`, for lines of named payers."""
    business = asked_business(product)
    return business_tests(business) if business else (among("product", [product]),)


def business_tests(business: str) -> tuple[ColumnTest, ...]:
    """The tests of columns that choose a line of business; "" for lines that have none."""
    if not business:
        return among("line_of_business", [""]), among("payer", [""])
    if business != COMMERCIAL:
        return (among("line_of_business", [business]),)
    return among("line_of_business", [COMMERCIAL, ""]), ColumnTest("payer", "given")
