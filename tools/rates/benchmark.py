"""Claims set against Medicare: totals per code with what Medicare would allow for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from knowledge.evidence import Basis, Figure
from knowledge.problems import BadInput, NotKnown
from knowledge.reference.medicare import benchmark_label
from knowledge.reference.medicare_book import SHIPPED, MedicareBook
from knowledge.reference.settings_of_service import SETTINGS, Setting
from tools.lines.claim_totals import CodeTotal
from tools.practice import Practice
from tools.schedules.medicare_on_file import medicare_of

PRICE_WORDS = (
    "(work RVU x work index + practice-expense RVU x its index + malpractice RVU x its index)"
    " x conversion factor, rounded to the cent"
)


@dataclass(frozen=True)
class Benchmark:
    """A Medicare year and locality that prices are taken from, and the book that holds them."""

    year: int
    locality: str
    book: MedicareBook = field(default=SHIPPED, repr=False, compare=False)

    @property
    def day(self) -> date:
        """The day whose tables and rules are used: the last of the year."""
        return date(self.year, 12, 31)

    def label(self, setting: Setting | None = None) -> str:
        """Year, locality and setting in words."""
        return benchmark_label(self.year, self.locality, setting)

    def price(self, code: str, setting: Setting, component: str = "") -> Decimal | None:
        """USD for one unit, or None where Medicare has no price."""
        try:
            return self.book.price(code, self.year, self.locality, setting, component)
        except NotKnown:
            return None

    def why_none(self, code: str) -> str:
        """Why a code has no price; "" for a code that has one."""
        try:
            self.book.rvus(code, self.day)
        except NotKnown as unknown:
            return unknown.why
        return ""

    def price_figure(self, code: str, setting: Setting) -> Figure | None:
        """The price of one unit as a figure."""
        price = self.price(code, setting)
        if price is None:
            return None
        source = self.book.source(self.year, self.locality)
        basis = Basis(words=PRICE_WORDS, where=f"{code}, {self.label(setting)}", source=source)
        return Figure(f"Medicare price of {code}", price, "USD", basis, places=2)


def benchmark_of(practice: Practice, year: int | None, locality: str | None) -> Benchmark:
    """The benchmark asked for, by default the latest year with the practice's indices.

    Raises BadInput for a locality without prices, NotKnown for a year without them.
    """
    book = medicare_of(practice)
    place = book.named(locality or practice.locality)
    made = Benchmark(year or book.latest_year(place), place, book)
    book.gpcis(place, made.day)
    book.rvus("99213", made.day)
    return made


def setting_asked(setting: str | None) -> Setting:
    """Office unless facility is asked for; BadInput for any other word."""
    word = (setting or "office").strip().lower()
    word = "office" if word in ("non-facility", "nonfacility", "non facility") else word
    for each in SETTINGS:
        if word == each:
            return each
    raise BadInput("setting", f"“{setting}” is no setting", "choose office or facility")


@dataclass(frozen=True)
class Compared:
    """One payer and code in one setting: what was allowed, and what Medicare would allow.

    `priced_units` and `priced_allowed` are of the lines Medicare prices; `worth` is those
    units at Medicare's price. All USD and units.
    """

    payer: str
    code: str
    units: Decimal
    allowed: Decimal
    priced_units: Decimal
    priced_allowed: Decimal
    worth: Decimal
    lines: int

    @property
    def priced(self) -> bool:
        """Whether Medicare prices the code at all."""
        return self.worth > 0

    @property
    def gap(self) -> Decimal:
        """What Medicare would allow beyond what was allowed, USD; negative above Medicare."""
        return self.worth - self.priced_allowed


def compared(
    totals: Iterable[CodeTotal], benchmark: Benchmark, setting: Setting | None = "office"
) -> list[Compared]:
    """By payer and code in one setting (None: each line in its own), largest allowed first."""
    groups: dict[tuple[str, str], list[CodeTotal]] = {}
    for total in totals:
        if setting in (None, total.setting):
            groups.setdefault((total.payer, total.code), []).append(total)
    made = [_compared(group, benchmark) for group in groups.values()]
    return sorted(made, key=lambda each: (-each.allowed, each.code, each.payer))


def together(rows: Sequence[Compared], payer: str, code: str = "") -> Compared:
    """Several comparisons added up: sums, never means."""
    return Compared(
        payer=payer,
        code=code,
        units=sum((r.units for r in rows), Decimal(0)),
        allowed=sum((r.allowed for r in rows), Decimal(0)),
        priced_units=sum((r.priced_units for r in rows), Decimal(0)),
        priced_allowed=sum((r.priced_allowed for r in rows), Decimal(0)),
        worth=sum((r.worth for r in rows), Decimal(0)),
        lines=sum(r.lines for r in rows),
    )


def _compared(group: Sequence[CodeTotal], benchmark: Benchmark) -> Compared:
    priced = [(t, benchmark.price(t.code, t.setting, t.component)) for t in group]
    held = [(t, price) for t, price in priced if price is not None]
    return Compared(
        payer=group[0].payer,
        code=group[0].code,
        units=sum((t.units for t in group), Decimal(0)),
        allowed=sum((t.allowed for t in group), Decimal(0)),
        priced_units=sum((t.units for t, _ in held), Decimal(0)),
        priced_allowed=sum((t.allowed for t, _ in held), Decimal(0)),
        worth=sum((t.units * price for t, price in held), Decimal(0)),
        lines=sum(t.lines for t in group),
    )
