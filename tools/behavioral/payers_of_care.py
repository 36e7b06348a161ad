"""What each payer would pay for a unit of behavioral care, and which of them send it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.evidence import Basis, Citation, Figure
from knowledge.money import to_cents
from knowledge.problems import NotKnown
from tools.behavioral.staffing import Staffing
from tools.lines.claim_totals import chosen, code_totals, insurers, records
from tools.lines.left_out import period_where
from tools.period import Period
from tools.practice import Practice
from tools.rates.benchmark import Benchmark
from tools.schedules.contract_rate import contract_rate, fee_schedules

_APART = re.compile(
    r"carv\w+[- ]out|separate(?:ly)? (?:administered|contracted|network)|delegat\w+ to"
    r"|(?:vendor|designee|subcontractor|specialty network)",
    re.IGNORECASE,
)
_HERE = re.compile(
    r"\b(?:no|not|never|without(?: an?)?) (?:\w+ ){0,2}(?:carv\w+|vendor|designee|subcontractor)"
    r"|\bitself\b|same (?:address|payer identifier|claims address)",
    re.IGNORECASE,
)
_BEHAVIORAL = re.compile(r"\b(?:behavioral|mental) health\b|\bsubstance use\b", re.IGNORECASE)
_QUERY = "behavioral health services administered by a separate vendor or carved out"
REGIONAL = (
    "therapy of Health First Colorado members is paid through the regional entity, not fee for"
    " service (rule of July 1, 2025; confirm with counsel)"
)


@dataclass(frozen=True)
class PayerOfCare:
    """One payer. visits: its part of all insured visits, percent. pay: USD a unit, None where
    nothing tells. source: "contract" where every code is priced by what is on file, else
    "estimate". apart: why its members' care may be paid elsewhere, "" where nothing says so."""

    payer: str
    short: str
    visits: Figure
    pay: Figure | None
    source: str
    apart: str
    citation: Citation | None


def payers_of_care(
    practice: Practice, span: Period, option: Staffing, benchmark: Benchmark
) -> list[PayerOfCare]:
    """The insurers of the period, most visits first."""
    lines = chosen(practice, span).filter(lambda t: t.counts)
    grouped = lines.select("payer", "visit").distinct().group_by("payer")
    counted = {
        str(row["payer"]): int(row["visits"])
        for row in records(practice, grouped.aggregate(visits=lambda t: t.count()))
        if row["payer"]
    }
    named = insurers(practice, counted)
    whole = sum(counted[name] for name in named)
    made = [_of(practice, name, counted[name], whole, span, option, benchmark) for name in named]
    return sorted(made, key=lambda each: (-each.visits.number, each.payer))


def _of(
    practice: Practice,
    payer: str,
    visits: int,
    whole: int,
    span: Period,
    option: Staffing,
    benchmark: Benchmark,
) -> PayerOfCare:
    short = practice.payers.short_name(payer)
    share = Figure(
        f"{short}: part of insured visits", Decimal(100 * visits) / whole, "percent",
        Basis("100 x visits of the payer / visits of all insurers", (), "claim_lines",
              f"{payer}, {period_where(span)}"),
    )  # fmt: skip
    pay, source = _pay(practice, payer, short, span, option, benchmark)
    apart, citation = _apart(practice, payer, option)
    return PayerOfCare(payer, short, share, pay, source, apart, citation)


def _pay(
    practice: Practice,
    payer: str,
    short: str,
    span: Period,
    option: Staffing,
    benchmark: Benchmark,
) -> tuple[Figure | None, str]:
    """USD a unit over the option's codes: contract rates, else the payer's percent of Medicare."""
    rows = fee_schedules(practice, [payer])
    prices = {code: benchmark.price(code, "office") for code in option.mix}
    agreed: dict[str, Decimal] = {}
    for code in option.mix:
        try:
            agreed[code] = contract_rate(
                rows, payer=payer, code=code, on=practice.today, locality=practice.locality,
                medicare=benchmark.book,
            ).amount  # fmt: skip
        except NotKnown:
            continue
    name = f"{short}: pay for a {option.unit}"
    if len(agreed) == len(option.mix):
        basis = Basis(f"contract rates of {_codes(option.mix)}, by how often each is billed")
        return Figure(name, _mixed(option, agreed), "USD", basis, places=2), "contract"
    percent = _percent(practice, payer, span, benchmark)
    known = {code: price for code, price in prices.items() if price is not None}
    if percent is None or len(known) < len(option.mix):
        return None, ""
    part = option.medicare_part / 100
    amounts = {
        code: agreed.get(code, to_cents(price * percent / 100 * part))
        for code, price in known.items()
    }
    basis = Basis(
        f"estimate: Medicare {benchmark.label('office')} price of {_codes(option.mix)} x what the"
        f" payer pays of Medicare today x {option.medicare_part.normalize():f}% for the licence",
        (Figure(f"{short}: percent of Medicare today", percent, "percent",
                Basis("100 x allowed / units x Medicare price, all priced codes")),),
    )  # fmt: skip
    return Figure(name, _mixed(option, amounts), "USD", basis, places=2), "estimate"


def _percent(practice: Practice, payer: str, span: Period, benchmark: Benchmark) -> Decimal | None:
    worth = allowed = Decimal(0)
    for row in code_totals(practice, span, payers=[payer], places_of=benchmark.day):
        price = benchmark.price(row.code, row.setting, row.component)
        if price is not None and row.setting == "office":
            worth += row.units * price
            allowed += row.allowed
    return 100 * allowed / worth if worth else None


def _mixed(option: Staffing, amounts: Mapping[str, Decimal]) -> Decimal:
    return to_cents(sum((option.mix[code] * amounts[code] for code in option.mix), Decimal(0)))


def _apart(practice: Practice, payer: str, option: Staffing) -> tuple[str, Citation | None]:
    """Why members' behavioral care may be paid elsewhere, with the contract's words."""
    if option.unit == "session" and practice.payers.line_of_business(payer) == "medicaid":
        return REGIONAL, None
    for hit in practice.library.search(_QUERY, [payer], k=4):
        text = hit.passage.text
        if _BEHAVIORAL.search(text) and _HERE.search(text):
            return "", hit.passage.citation
        if _BEHAVIORAL.search(text) and _APART.search(text):
            return "its contract speaks of another company or a carve-out", hit.passage.citation
    return "", None


def _codes(codes: Sequence[str] | Mapping[str, Decimal]) -> str:
    return ", ".join(codes)
