"""The finding of a search for underpayments: what is owed, why, and what stands apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from knowledge.evidence import Basis, Cell, Chart, Figure, Finding, Sentence, Table, says
from tools.expected_rates import Expected
from tools.left_out import listed, period_where, short_claims
from tools.period import Period
from tools.practice import Practice
from tools.rate_comparison import service
from tools.rate_figures import words
from tools.schedule_conflicts import conflicts_said
from tools.schedule_row import ScheduleRow
from tools.underpaid_lines import Sums
from tools.underpayment_causes import Blamed
from tools.underpayment_list import line_list
from tools.underpayment_notes import excluded_lines, not_compared

COMPARED = "counting lines with a contract rate in force on their date of service"
_SHOWN_ROWS = 100


@dataclass(frozen=True)
class Compared:
    """What was asked and what came of it; `weights` are lines and allowed USD by kind."""

    practice: Practice
    span: Period
    payers: tuple[str, ...]
    codes: Sequence[str] | None
    product: str | None
    tolerance: Decimal
    expected: Sequence[Expected]
    weights: Sequence[tuple[int, Decimal]]
    sums: Mapping[int, Sums]
    short: Sequence[Blamed]
    rows: Sequence[ScheduleRow]

    @property
    def owed(self) -> list[Blamed]:
        """Groups below the rate without a stated reason."""
        return [each for each in self.short if not each.cause.explained]

    @property
    def explained(self) -> list[Blamed]:
        """Groups below the rate for a stated reason."""
        return [each for each in self.short if each.cause.explained]

    @cached_property
    def where(self) -> str:
        """The filter on claim lines in words."""
        product = f", product {self.product}" if self.product else ""
        narrowed = f", codes {listed(self.codes)}" if self.codes else ""
        return f"{', '.join(self.payers)}{product}{narrowed}, {period_where(self.span)}"

    def short_name(self, payer: str) -> str:
        """The payer as sentences say it."""
        return self.practice.payers.short_name(payer)

    @property
    def whose(self) -> str:
        """The payers as sentences say them."""
        names = [self.short_name(payer) for payer in self.payers]
        return names[0] if len(names) == 1 else "your payers"


def underpayment_finding(
    found: Compared, lines: Sequence[Mapping[str, Any]], chosen: Any
) -> Finding:
    """The finding; `lines` are the largest single lines, `chosen` all claim lines asked about."""
    shortfall = _usd("Underpaid", _sum(found.owed), found,
                     "contract rate x units - allowed, over the lines below it")  # fmt: skip
    count = _count("Lines underpaid", _lines(found.owed), found, "lines below the contract rate")
    compared = _count("Lines compared", sum(s.compared for s in found.sums.values()), found,
                      COMPARED)  # fmt: skip
    over = _usd("Paid above the rate", sum((s.over for s in found.sums.values()), Decimal(0)),
                found, "allowed - contract rate x units, over the lines above it")  # fmt: skip
    over_lines = _count("Lines above the rate", sum(s.over_lines for s in found.sums.values()),
                        found, "lines above the contract rate")  # fmt: skip
    apart = _usd("Below the rate for a stated reason", _sum(found.explained), found,
                 "contract rate x units - allowed, over lines with a reason")  # fmt: skip
    by_payer = {p: _usd(f"{found.short_name(p)}: underpaid", _sum(_of(found.owed, p)), found,
                        "the payer's part of what is underpaid") for p in found.payers}  # fmt: skip
    said: list[Sentence] = []
    if over_lines.number:
        said.append(
            says(
                "Paid above the rate, and not set against it: {over} on {n} {noun}.",
                over=over,
                n=over_lines,
                noun=words(over_lines, "line"),
            )
        )
    return Finding(
        headline=_headline(found, shortfall, count, compared, by_payer),
        sentences=(*_causes(found, count), *_where_most(found, by_payer, compared, count)),
        figures=(shortfall, count, compared, over, apart, *by_payer.values()),
        table=_table(found) if count.number else None,
        chart=_chart(found) if count.number else None,
        caveats=(
            *_apart(found, apart),
            *said,
            *conflicts_said(found.practice, found.rows, found.span.end),
            *_lowest(found),
            *not_compared(found.expected, found.weights, found.where),
            *excluded_lines(found.practice, chosen, found.where),
            *short_claims(found.practice, found.span),
        ),
        next_steps=_next(found, bool(count.number)),
        details={
            "payers": list(found.payers),
            **({"payer": found.payers[0]} if len(found.payers) == 1 else {}),
            "codes": list(found.codes or ()),
            "product": found.product,
            "tolerance": str(found.tolerance),
            "period": found.span.label,
            "period_start": found.span.start.isoformat(),
            "period_end": found.span.end.isoformat(),
            "shortfall": shortfall.id,
            "lines": count.id,
            "underpaid_lines": count.id,
            "compared": compared.id,
            "overpaid": over.id,
            "explained": apart.id,
            "by_payer": {payer: figure.id for payer, figure in by_payer.items()},
            "line_list": line_list(found.practice, lines, found.short, found.expected),
        },
        done=f"Compared {compared.shown()} lines with {found.whose}'s contract rates"
        if len(found.payers) == 1
        else f"Compared {compared.shown()} lines with the contract rates of {len(found.payers)}"
        " payers",
    )


def _headline(
    found: Compared,
    shortfall: Figure,
    count: Figure,
    compared: Figure,
    by_payer: Mapping[str, Figure],
) -> Sentence:
    scope = f" on {listed(found.codes)}" if found.codes else ""
    if not count.number:
        return says(
            "No underpayment found{scope}: {compared} {noun} of {whose} compared, each paid at the"
            " contract rate or above, or less for a stated reason.",
            scope=scope,
            compared=compared,
            noun=words(compared, "line"),
            whose=found.whose,
        )
    if len(found.payers) == 1:
        return says(
            "{payer} paid {n} {noun}{scope} below its contract: {short} short in all, {period}.",
            payer=found.whose,
            n=count,
            noun=words(count, "line"),
            scope=scope,
            short=shortfall,
            period=found.span.label,
        )
    most = max(by_payer, key=lambda payer: by_payer[payer].number)
    return says(
        "Your payers paid {n} {noun}{scope} below contract, {short} short in all, {period};"
        " {most} owes the most, {part}.",
        n=count,
        noun=words(count, "line"),
        scope=scope,
        short=shortfall,
        period=found.span.label,
        most=found.short_name(most),
        part=by_payer[most],
    )


def _causes(found: Compared, count: Figure) -> list[Sentence]:
    """The two largest causes with their dollars."""
    if not count.number:
        return []
    by_cause: dict[str, list[Blamed]] = {}
    for each in found.owed:
        by_cause.setdefault(each.cause.words, []).append(each)
    order = sorted(by_cause, key=lambda cause: (-_sum(by_cause[cause]), cause))
    made = []
    for cause in order[:3]:
        amount = _usd(f"Underpaid: {cause}", _sum(by_cause[cause]), found, f"lines with {cause}")
        lines = _count(f"Lines: {cause}", _lines(by_cause[cause]), found, f"lines with {cause}")
        made.append(
            says("{cause}: {amount} on {lines} {noun}.", cause=cause[0].upper() + cause[1:],
                 amount=amount, lines=lines, noun=words(lines, "line"))
        )  # fmt: skip
    return made


def _where_most(
    found: Compared, by_payer: Mapping[str, Figure], compared: Figure, count: Figure
) -> list[Sentence]:
    if not count.number:
        return []
    by_code: dict[str, list[Blamed]] = {}
    for each in found.owed:
        by_code.setdefault(each.expected.kind.code, []).append(each)
    code = max(by_code, key=lambda each: (_sum(by_code[each]), each))
    amount = _usd(f"Underpaid on {code}", _sum(by_code[code]), found, f"lines of {code}")
    return [
        says(
            "Of {compared} lines compared; {code}{what} makes up {amount} of it.",
            compared=compared,
            code=code,
            what=f" ({service(code)})" if service(code) else "",
            amount=amount,
        )
    ]


def _apart(found: Compared, apart: Figure) -> list[Sentence]:
    if not found.explained:
        return []
    by_cause: dict[str, int] = {}
    for each in found.explained:
        by_cause[each.cause.words] = by_cause.get(each.cause.words, 0) + each.group.lines
    lines = _count("Lines below the rate for a stated reason", _lines(found.explained), found,
                   "lines with a reason that the claim or the contract states")  # fmt: skip
    order = sorted(by_cause, key=lambda cause: (-by_cause[cause], cause))
    return [
        says(
            "Not counted, because a reason is stated: {amount} on {lines} {noun} ({causes}).",
            amount=apart,
            lines=lines,
            noun=words(lines, "line"),
            causes="; ".join(order[:4]),
        )
    ]


def _lowest(found: Compared) -> list[Sentence]:
    lines = sum(w[0] for w, e in zip(found.weights, found.expected, strict=True) if e.lowest)
    if not lines:
        return []
    count = _count("Lines without a product", lines, found, "lines whose product is not known")
    return [
        says(
            "{lines} {noun} no product; they were held against the lowest of its products' rates,"
            " so what they fall short is the least it can be.",
            lines=count,
            noun=words(count, "line names", "lines name"),
        )
    ]


def _table(found: Compared) -> Table:
    rows: dict[tuple[str, str, str], list[Blamed]] = {}
    for each in found.owed:
        kind = each.expected.kind
        rows.setdefault((kind.payer, kind.code, each.cause.words), []).append(each)
    order = sorted(rows, key=lambda key: (-_sum(rows[key]), key))[:_SHOWN_ROWS]
    several = len(found.payers) > 1
    cells: list[tuple[Cell, ...]] = []
    for payer, code, cause in order:
        held, name = rows[payer, code, cause], f"{found.short_name(payer)} {code}, {cause}"
        cells.append(
            (
                *([found.short_name(payer)] if several else []),
                code,
                service(code),
                cause,
                _count(f"{name}: lines", _lines(held), found, "lines below the rate"),
                _usd(f"{name}: short", _sum(held), found, "contract rate x units - allowed"),
            )
        )
    columns = ("Code", "Service", "Likely cause", "Lines", "Short (USD)")
    return Table(
        "What was paid below contract, largest first",
        (("Payer", *columns) if several else columns),
        tuple(cells),
    )


def _chart(found: Compared) -> Chart:
    by: dict[str, list[Blamed]] = {}
    for each in found.owed:
        kind = each.expected.kind
        label = found.short_name(kind.payer) if len(found.payers) > 1 else kind.code
        by.setdefault(label, []).append(each)
    order = sorted(by, key=lambda label: (-_sum(by[label]), label))[:10]
    figures = tuple(
        _usd(f"{label}: underpaid", _sum(by[label]), found, "part of what is underpaid")
        for label in order
    )
    return Chart("bar", "Paid below contract", "USD", tuple(order), {"Short": figures})


def _next(found: Compared, any_: bool) -> tuple[str, ...]:
    first = found.short_name(found.payers[0])
    if any_:
        owed = {p: _sum(_of(found.owed, p)) for p in found.payers}
        first = found.short_name(max(owed, key=lambda payer: owed[payer]))
        return (
            f"Draft a letter to {first} disputing these underpayments",
            f"What does our {first} contract say about disputes and underpayments?",
            f"How long do we have to appeal a payment with {first}?",
            f"Why does {first} deny our claims?",
        )
    return (
        f"How do {first}'s rates compare with Medicare?",
        f"Why does {first} deny our claims?",
        "Which codes lose us the most against Medicare?",
    )


def _of(groups: Iterable[Blamed], payer: str) -> list[Blamed]:
    return [each for each in groups if each.expected.kind.payer == payer]


def _sum(groups: Iterable[Blamed]) -> Decimal:
    return sum((each.group.short for each in groups), Decimal(0))


def _lines(groups: Iterable[Blamed]) -> int:
    return sum(each.group.lines for each in groups)


def _usd(name: str, amount: Decimal, found: Compared, formula: str) -> Figure:
    return Figure(name, amount, "USD", Basis(formula, (), "claim_lines", found.where))


def _count(name: str, number: int, found: Compared, formula: str) -> Figure:
    return Figure(name, Decimal(number), "count", Basis(formula, (), "claim_lines", found.where))
