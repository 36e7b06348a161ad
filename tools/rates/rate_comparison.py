"""One comparison as it was asked: period, benchmark, setting, codes; shared by its tools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from knowledge.evidence import Basis, Figure, Sentence, says
from knowledge.reference.codes import description
from knowledge.reference.settings_of_service import Setting, telehealth_rule
from knowledge.selection import COUNTS, Selection, Where, among, between
from tools.lines.business_lines import product_tests
from tools.lines.claim_totals import CodeTotal
from tools.lines.left_out import listed, period_where
from tools.lines.lines_read import GIVEN, in_setting
from tools.period import Period
from tools.practice import Practice
from tools.rates.benchmark import Benchmark, Compared


@dataclass(frozen=True)
class Comparison:
    """What was asked for; `codes` and `top_n` narrow it, None of both means all codes."""

    practice: Practice
    span: Period
    benchmark: Benchmark
    setting: Setting
    codes: Sequence[str] | None
    top_n: int | None
    product: str | None
    highest_first: bool = False

    def where(self, *payers: str) -> Where:
        """The filter on claim lines, in words and as tests of their columns."""
        product = f", product {self.product}" if self.product else ""
        narrowed = f", codes {listed(self.codes)}" if self.codes else ""
        largest = f", its {self.top_n} largest codes" if self.top_n and not self.codes else ""
        words = f"{', '.join(payers)}{product}{narrowed}{largest}, {self.setting}"
        return Where(f"{words}, {period_where(self.span)}", self._lines(payers))

    def _lines(self, payers: Sequence[str]) -> Selection:
        tests = [COUNTS, GIVEN, *between("service_date", self.span.start, self.span.end)]
        tests += [among("payer", payers)]
        tests += product_tests(self.product) if self.product else ()
        tests += [among("code", self.codes)] if self.codes else []
        tests += [in_setting(self.setting, self.benchmark.day)]
        return Selection("claim_lines", tuple(tests))

    def picked(self, rows: Sequence[Compared]) -> list[Compared]:
        """The rows asked for: named codes, else the top codes by allowed, else all."""
        if self.codes:
            return [row for row in rows if row.code in self.codes]
        return list(rows[: max(1, self.top_n)] if self.top_n else rows)

    def of_codes(self, totals: Iterable[CodeTotal], rows: Sequence[Compared]) -> list[CodeTotal]:
        """The totals that belong to the codes asked for, in both settings."""
        if not self.codes and not self.top_n:
            return list(totals)
        wanted = set(self.codes or (row.code for row in rows))
        return [total for total in totals if total.code in wanted]

    def missing(self, rows: Sequence[Compared], short: str) -> list[Sentence]:
        """A sentence on codes that were named and have no counting lines."""
        lost = [code for code in self.codes or () if code not in {row.code for row in rows}]
        if not lost:
            return []
        return [
            says(
                "{payer} has no {setting} lines of {codes} in {period}.",
                payer=short,
                setting=self.setting,
                codes=listed(lost),
                period=self.span.label,
            )
        ]

    def why_nothing(self, rows: Sequence[Compared]) -> str:
        """Why nothing could be compared: no lines, or the reason of the first code."""
        if not rows:
            return f"there are no {self.setting} lines of them in {self.span.label}"
        return self.benchmark.why_none(rows[0].code)

    def scope(self) -> str:
        """The end of a headline: on which codes."""
        if self.codes:
            return f" on {listed(self.codes)}"
        return f" on your {self.top_n} largest codes there" if self.top_n else ""

    def details(self, payers: Sequence[str], rows: Sequence[Compared]) -> dict[str, Any]:
        """The resolved arguments, for the next tool and for drafts."""
        return {
            "payers": list(payers),
            "codes": list(dict.fromkeys(row.code for row in rows)),
            "period": self.span.label,
            "period_start": self.span.start.isoformat(),
            "period_end": self.span.end.isoformat(),
            "year": self.benchmark.year,
            "locality": self.benchmark.locality,
            "setting": self.setting,
            "product": self.product,
            "benchmark": self.benchmark.label(self.setting),
            "telehealth_rule": telehealth_rule(self.benchmark.day),
        }


def service(code: str) -> str:
    """A code in a few words; "" where we have none."""
    return description(code)


def hundred() -> Figure:
    """Medicare itself, 100 percent, as the reference line of a chart."""
    basis = Basis("Medicare's own price is the reference of every percent of Medicare")
    return Figure("Medicare", Decimal(100), "percent", basis, places=0)
