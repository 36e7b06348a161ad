"""One row of a fee schedule: a rate, or a rule, with what it is for and when it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from knowledge.evidence import Citation
from knowledge.reference.codes import families, family_of

Origin = Literal["file", "contract"]


@dataclass(frozen=True)
class ScheduleRow:
    """A rate in USD per unit, or a rule.

    percent: of Medicare's price of a year (None: then-current) and locality.
    percent_of_charges: of the billed charge. conversion_factor: USD per relative value unit.
    cannot_price: words of a rule that rests on a table the product does not hold.
    lesser_of_charges: the lower of charge and rate is paid. payment_cut: percent off the
    payment (sequestration), which leaves the allowed amount as it is. origin: a schedule
    file, or the contract's own words, then with its citation.
    """

    payer: str
    product: str | None
    code: str
    modifier: str
    setting: str | None
    rate: Decimal | None
    percent: Decimal | None
    medicare_year: int | None
    locality: str | None
    effective_from: date | None
    effective_to: date | None
    percent_of_charges: Decimal | None = None
    conversion_factor: Decimal | None = None
    cannot_price: str | None = None
    lesser_of_charges: bool = False
    payment_cut: Decimal | None = None
    origin: Origin = "file"
    source_id: str = ""
    citation: Citation | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on a day; open ends hold for ever."""
        return (self.effective_from or day) <= day <= (self.effective_to or day)

    def covers(self, code: str) -> bool:
        """Whether the row is for a code: itself, in its range or family, or all others."""
        if self.code in (code, "*"):
            return True
        first, dash, last = self.code.partition("-")
        if dash:
            return len(first) == len(last) == len(code) and first <= code <= last
        return self.code in families() and family_of(code) == self.code

    def closeness(self) -> tuple[int, int, int, int, int]:
        """How narrowly the row is drawn; the greatest wins.

        A percent of charges for all other codes comes last: it prices what nothing else does.
        """
        code = 0 if self.code == "*" else 3
        code = 2 if "-" in self.code else 1 if self.code in families() else code
        last = code == 0 and self.percent_of_charges is not None
        return (
            code,
            self.product is not None,
            bool(self.modifier),
            self.setting is not None,
            not last,
        )


_EVERY = re.compile(
    r"(?:all|any|every|each|\*|various)(?: (?:other )?(?:products?|plans?"
    r"|lines? of business|lobs?|networks?|members?))?(?: (?:types?|offered))?",
    re.IGNORECASE,
)


def _named_product(said: str | None) -> str | None:
    """The product that a row is for; "All products" and the like mean none in particular."""
    words = (said or "").strip().rstrip(".")
    return None if not words or _EVERY.fullmatch(words) else words


class Schedule:
    """Rows of one or several payers, found by payer and code."""

    def __init__(self, rows: Iterable[ScheduleRow]) -> None:
        self.rows: tuple[ScheduleRow, ...] = tuple(rows)

    @cached_property
    def _found(self) -> Mapping[str, tuple[dict[str, list[ScheduleRow]], list[ScheduleRow]]]:
        found: dict[str, tuple[dict[str, list[ScheduleRow]], list[ScheduleRow]]] = {}
        for row in self.rows:
            exact, wide = found.setdefault(row.payer, ({}, []))
            narrow = row.code != "*" and "-" not in row.code and row.code not in families()
            (exact.setdefault(row.code, []) if narrow else wide).append(row)
        return found

    def of(self, payer: str, code: str) -> Sequence[ScheduleRow]:
        """The payer's rows that cover a code."""
        exact, wide = self._found.get(payer, ({}, []))
        return [*exact.get(code, ()), *(row for row in wide if row.covers(code))]

    def payers(self) -> set[str]:
        """The payers that have a row."""
        return set(self._found)


def row_of(row: Mapping[Any, Any]) -> ScheduleRow:
    """A row of the canonical table as a schedule row."""

    def given(name: str) -> Any:
        value = row.get(name)
        return None if value is None or value != value else value

    year = given("medicare_year")
    return ScheduleRow(
        payer=given("payer") or "",
        product=_named_product(given("product")),
        code=given("code") or "*",
        modifier=given("modifier") or "",
        setting=given("setting") or None,
        rate=given("rate"),
        percent=given("percent_of_medicare"),
        medicare_year=None if year is None else int(year),
        locality=given("locality") or None,
        effective_from=given("effective_from"),
        effective_to=given("effective_to"),
        percent_of_charges=given("percent_of_charges"),
        conversion_factor=given("conversion_factor"),
        cannot_price=given("cannot_price"),
        lesser_of_charges=bool(given("lesser_of_charges")),
        payment_cut=given("payment_cut"),
        source_id=given("source_id") or "",
    )
