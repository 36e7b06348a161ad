"""Published rates as figures: one row a code, its table, its chart and the headline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.evidence import Basis, Cell, Chart, Figure, Sentence, Table, says
from knowledge.money import percent_of
from tools.lines.claim_totals import CodeTotal
from tools.market.comparable import Market
from tools.market.percentiles import LEAST_GROUPS, MARKS, below_us, percentile
from tools.rates.benchmark import Benchmark
from tools.rates.rate_comparison import service

_NAMES = {10: "10th percentile", 25: "25th percentile", 50: "median", 75: "75th percentile",
          90: "90th percentile"}  # fmt: skip
_CHARTED = 6


@dataclass(frozen=True)
class CodeRates:
    """One code. marks: its percentiles in USD, empty below five groups. ours, medicare and
    place (percent of groups below us) are None where nothing tells; units: of our year."""

    code: str
    rates: tuple[Decimal, ...]
    groups: Figure
    marks: Mapping[int, Figure]
    ours: Figure | None
    units: Decimal
    medicare: Figure | None
    place: Figure | None

    @property
    def median(self) -> Figure | None:
        """The middle rate, where there are groups enough."""
        return self.marks.get(50)

    @property
    def short_of(self) -> Decimal:
        """USD by which a unit of ours lies below the median; 0 where it does not."""
        if self.median is None or self.ours is None:
            return Decimal(0)
        return max(Decimal(0), self.median.number - self.ours.number)


def code_rates(
    market: Market, totals: Sequence[CodeTotal], where: str, short: str, benchmark: Benchmark
) -> list[CodeRates]:
    """A row for each code, those we are allowed most on first."""
    held: dict[str, tuple[Decimal, Decimal, int]] = {}
    for each in totals:
        units, allowed, lines = held.get(each.code, (Decimal(0), Decimal(0), 0))
        held[each.code] = units + each.units, allowed + each.allowed, lines + each.lines
    made = [_row(code, rates, held.get(code), where, short, benchmark)
            for code, rates in market.rates.items()]  # fmt: skip
    worth = {code: allowed for code, (_, allowed, _) in held.items()}
    return sorted(made, key=lambda row: (-worth.get(row.code, Decimal(0)), -len(row.rates),
                                         row.code))  # fmt: skip


def _row(
    code: str,
    rates: tuple[Decimal, ...],
    own: tuple[Decimal, Decimal, int] | None,
    where: str,
    short: str,
    benchmark: Benchmark,
) -> CodeRates:
    from_file = f"{short}, {code}, office, like for like"
    basis = Basis("distinct tax ids, else group numbers, with a rate", (), "market_rates",
                  from_file, len(rates))  # fmt: skip
    groups = Figure(f"{short} {code}: groups with a published rate", Decimal(len(rates)), "count",
                    basis)  # fmt: skip
    marks: dict[int, Figure] = {}
    if len(rates) >= LEAST_GROUPS:
        for mark in MARKS:
            words = f"{_NAMES[mark]} over groups, each by the median of its own rates"
            marks[mark] = Figure(
                f"{short} {code}: {_NAMES[mark]} of published rates", percentile(rates, mark),
                "USD", Basis(words, (groups,), "market_rates", from_file), places=2,
            )  # fmt: skip
    ours = place = None
    units = own[0] if own else Decimal(0)
    if own and own[0]:
        ours = Figure(
            f"{short} {code}: allowed to us per unit", own[1] / own[0], "USD",
            Basis("effective rate: allowed / units, office", (), "claim_lines", where, own[2]),
            places=2,
        )  # fmt: skip
        if marks:
            place = Figure(
                f"{short} {code}: groups paid less than we", below_us(rates, ours.number),
                "percent", Basis("100 x groups below our rate / groups", (ours, groups)), places=0,
            )  # fmt: skip
    price = benchmark.price_figure(code, "office")
    return CodeRates(code, rates, groups, marks, ours, units, price, place)


def headline_of(rows: Sequence[CodeRates], short: str, benchmark: Benchmark) -> Sentence:
    """Where we stand on the code that weighs most, or what is published at all."""
    beside = [row for row in rows if row.place is not None]
    if beside:
        low = _count(sum(row.short_of > 0 for row in beside), f"{short}: codes below the median",
                     "codes compared whose median lies above ours")  # fmt: skip
        of = _count(len(beside), f"{short}: codes compared",
                    "codes with five groups or more that we bill too")  # fmt: skip
        first = beside[0]
        if len(beside) == 1:
            side = "below" if first.short_of else "at or above"
            return says(
                "{code} pays you {ours}, {side} the median of {median} among {groups} groups in"
                " {short}'s published rates.",
                code=first.code, ours=_sure(first.ours), side=side, median=_sure(first.median),
                groups=first.groups, short=short,
            )  # fmt: skip
        return says(
            "You are paid below the median of {short}'s published rates on {low} of {of} codes;"
            " {code} pays you {ours} against a median of {median} among {groups} groups.",
            short=short, low=low, of=of, code=first.code, ours=_sure(first.ours),
            median=_sure(first.median), groups=first.groups,
        )  # fmt: skip
    told = next((row for row in rows if row.median), None)
    if told is None:
        return says(
            "{short}'s file names too few groups to compare: {groups} on {code}, the most of any"
            " code.",
            short=short, groups=max(rows, key=lambda r: len(r.rates)).groups,
            code=max(rows, key=lambda r: len(r.rates)).code,
        )  # fmt: skip
    median = _sure(told.median)
    if told.medicare is None:
        return says("The median of {short}'s published rates for {code} is {median} among {groups}"
                    " groups.", short=short, code=told.code, median=median,
                    groups=told.groups)  # fmt: skip
    part = Figure(f"{short} {told.code}: median of Medicare",
                  percent_of(median.number, told.medicare.number), "percent",
                  Basis("100 x median / Medicare price", (median, told.medicare)))  # fmt: skip
    return says(
        "The median of {short}'s published rates for {code} is {median} among {groups} groups,"
        " {part} of {label}.",
        short=short, code=told.code, median=median, groups=told.groups, part=part,
        label=benchmark.label("office"),
    )  # fmt: skip


def table_of(rows: Sequence[CodeRates], short: str, benchmark: Benchmark) -> Table:
    """Ours and the median first, the other percentiles and Medicare after; no group is named."""
    others = tuple(mark for mark in MARKS if mark != 50)
    cells: list[tuple[Cell, ...]] = [
        (row.code, service(row.code), row.ours, row.median, row.place,
         *(row.marks.get(mark) for mark in others), row.medicare, row.groups)
        for row in rows
    ]  # fmt: skip
    columns = (
        "Code", "Service", "Ours (USD)", "Median (USD)", "Groups paid less than we",
        *(f"{mark}th (USD)" for mark in others), "Medicare (USD)", "Groups",
    )  # fmt: skip
    title = f"Ours beside what {short} publishes, and {benchmark.label('office')}"
    return Table(title, columns, tuple(cells))


def chart_of(rows: Sequence[CodeRates], short: str) -> Chart | None:
    """Ours, median and 75th percentile of the codes that weigh most; None without any."""
    shown = list(rows)[:_CHARTED]
    if not shown:
        return None
    series = {
        "ours": tuple(row.ours for row in shown),
        "median": tuple(row.median for row in shown),
        "75th percentile": tuple(row.marks[75] for row in shown),
    }
    if not any(series["ours"]):
        del series["ours"]
    labels = tuple(row.code for row in shown)
    return Chart("bar", f"{short}: ours beside what it publishes (USD a unit)", "USD", labels,
                 series)  # fmt: skip


def _count(number: int, name: str, words: str) -> Figure:
    return Figure(name, Decimal(number), "count", Basis(words))


def _sure(figure: Figure | None) -> Figure:
    assert figure is not None, "a row that is told has it"
    return figure
