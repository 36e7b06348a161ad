"""The answer of the risk model: which arrangement brings what, how often it owes, what to hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.evidence import Basis, Cell, Chart, Figure, Finding, Sentence, Table, Unit, says
from tools.rates.rate_figures import magnitude
from tools.risk.arrangement import Arrangement
from tools.risk.assumed import Inputs
from tools.risk.movable import movables
from tools.risk.outlook import RESERVES, Outlook, deepest, outlook
from tools.risk.panel_cost import PanelCost
from tools.risk.programmes import TWO_SIDED, UPSIDE, Programme
from tools.risk.risk_sheet import risk_sheet
from tools.risk.simulation import DRAWS, Contract, Courses, courses, results_of

LOADING = Decimal(35)
MOVED = (
    "target_pmpm", "actual_pmpm", "members", "share", "loss_share", "minimum_savings_rate", "cap",
    "years", "trend", "rebasing", "stop_loss",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One question: the contract, its arrangements by name, and which one leads."""

    payer: str | None
    short: str
    contract: Contract
    terms: Mapping[str, Arrangement]
    wanted: str
    programme: Programme | None
    inputs: Inputs
    bearable: Figure | None


@dataclass(frozen=True)
class Seen:
    """An arrangement's first year, all its years together, and each year."""

    name: str
    first: Outlook
    whole: Outlook
    hole: tuple[float, float, float]
    yearly: tuple[Outlook, ...]


def risk_answer(asked: Asked) -> Finding:
    """The finding: the asked arrangement beside the others, with chart, reserve and assumptions."""
    bearable = None if asked.bearable is None else float(asked.bearable.number)
    drawn = courses(asked.contract)
    seen = {name: _seen(drawn, terms, name, bearable) for name, terms in asked.terms.items()}
    lead = seen[asked.wanted]
    make = _Maker(asked)
    expected = make.dollars(f"{lead.name}: expected a year", _mean(lead), lead.whole.error)
    chance = make.percent(f"{lead.name}: chance to owe in the first year", lead.first.owes)
    reserve = make.dollars(f"{lead.name}: reserve for 95 of 100 courses", lead.hole[1])
    table = _table(seen, make)
    return Finding(
        headline=_headline(asked, lead, expected, chance, reserve),
        sentences=(
            *_luck(asked, make),
            *_reserves(lead, make),
            *_bearing(asked, lead, make),
            *_compared(asked, seen, make),
            *_stop_loss(asked, make),
            *_glide(asked, drawn, make),
        ),
        figures=(expected, chance, reserve, *asked.inputs.figures()),
        table=table,
        chart=_chart(lead, make),
        caveats=(*_programme(asked), *asked.inputs.listed(), *_method(asked, make)),
        next_steps=(
            "Assume a cap of 5 percent on losses",
            "What if the target is re-based by 50 percent a year?",
            "What does the guide say about taking risk?",
        ),
        details={
            "payer": asked.payer, "payers": [asked.payer] if asked.payer else [],
            "arrangement": asked.wanted, "expected": expected.id, "owes": chance.id,
            "reserve": reserve.id, "worth": expected.id,
            "inputs": movables(asked.inputs.held, MOVED),
            **{key: str(figure.value) for key, figure in asked.inputs.held.items()},
            "worksheet": risk_sheet(
                asked.short, asked.terms[asked.wanted], asked.inputs.held, table
            ).as_data(),
        },
        done=f"Drew {DRAWS:,} courses of {asked.contract.years} years",
    )  # fmt: skip


def _seen(drawn: Courses, terms: Arrangement, name: str, bearable: float | None) -> Seen:
    results = results_of(drawn, terms)
    yearly = tuple(outlook(results[:, year], bearable) for year in range(results.shape[1]))
    holes = outlook(deepest(results)).reserves
    return Seen(name, yearly[0], outlook(results.sum(axis=1), bearable), holes, yearly)


def _mean(seen: Seen) -> float:
    return seen.whole.expected / len(seen.yearly)


@dataclass(frozen=True)
class _Maker:
    """Figures out of draws: to the dollar, to the tenth of a percent, with their basis."""

    asked: Asked

    def dollars(self, name: str, value: float, error: float | None = None) -> Figure:
        return self._made(name, Decimal(str(round(value))), "USD", error, 0)

    def percent(self, name: str, value: float) -> Figure:
        return self._made(name, Decimal(str(round(value, 1))), "percent", None, 1)

    def _made(
        self, name: str, value: Decimal, unit: Unit, error: float | None, places: int
    ) -> Figure:
        words = f"from {DRAWS:,} seeded draws of the panel's cost, settled by the terms"
        if error is not None:
            words += f"; the estimate's own standard error is {round(error):,} USD"
        basis = Basis(words, self.asked.inputs.figures())
        return Figure(f"{self.asked.short}: {name}", value, unit, basis, places=places)


def _headline(
    asked: Asked, lead: Seen, expected: Figure, chance: Figure, reserve: Figure
) -> Sentence:
    side = "brings" if expected.number >= 0 else "costs"
    size = magnitude(expected, f"{asked.short}: {lead.name}: average loss a year")
    if not asked.terms[asked.wanted].two_sided:
        return says(
            "{name} with {short} {side} {size} a year on average and can cost you nothing.",
            name=_title(lead.name), short=asked.short, side=side, size=size,
        )  # fmt: skip
    return says(
        "{name} risk with {short} {side} {size} a year on average, but in {chance} of first years"
        " you would owe; hold {reserve} to last through ninety-five of a hundred courses.",
        name=_title(lead.name), short=asked.short, side=side, size=size, chance=chance,
        reserve=reserve,
    )  # fmt: skip


def _luck(asked: Asked, make: _Maker) -> list[Sentence]:
    """What chance alone does to a panel of this size."""
    held = asked.contract
    cut = held.cut / (held.actual * 12) if held.cut else None
    deviation = PanelCost(held.members, held.spread, cut).moments()[1] * 100
    swing = make.percent("cost swings by luck alone", deviation)
    even = replace(held, years=1, actual=held.target)
    saved = outlook(results_of(courses(even), Arrangement("all", 100, 100))[:, 0])
    return [
        says(
            "With {members} members luck alone moves the year's cost by {swing} either way (one"
            " standard deviation): with no true saving at all, {wins} of years would still show"
            " savings and {misses} a loss.",
            members=asked.inputs.held["members"], swing=swing,
            wins=make.percent("years that show savings by luck", saved.earns),
            misses=make.percent("years that show a loss by luck", saved.owes),
        )
    ]  # fmt: skip


def _reserves(lead: Seen, make: _Maker) -> list[Sentence]:
    if not lead.hole[2]:
        return []
    ninety, most, all_but_one = (
        make.dollars(f"{lead.name}: reserve for {RESERVES[n]} of 100 courses", held)
        for n, held in enumerate(lead.hole)
    )
    return [
        says(
            "Reserve for the deepest running loss: {a} covers ninety of a hundred courses, {b}"
            " ninety-five, {c} ninety-nine.",
            a=ninety, b=most, c=all_but_one,
        )
    ]  # fmt: skip


def _bearing(asked: Asked, lead: Seen, make: _Maker) -> list[Sentence]:
    if not asked.terms[asked.wanted].two_sided:
        return []
    if asked.bearable is None or lead.first.beyond is None:
        return [
            says("How large a loss the practice can bear is not known: say what you can bear, or"
                 " add your costs.")
        ]  # fmt: skip
    beyond = make.percent(f"{lead.name}: chance of a loss beyond what we can bear",
                          lead.first.beyond)  # fmt: skip
    return [
        says("A loss beyond {bearable} ({why}) comes in {beyond} of first years.",
             bearable=asked.bearable, why=asked.bearable.basis.words, beyond=beyond)
    ]  # fmt: skip


def _compared(asked: Asked, seen: Mapping[str, Seen], make: _Maker) -> list[Sentence]:
    if asked.wanted == UPSIDE or UPSIDE not in seen:
        return []
    lead, safe = seen[asked.wanted], seen[UPSIDE]
    apart = make.dollars("upside only less this arrangement, a year", _mean(safe) - _mean(lead))
    size = magnitude(apart, f"{asked.short}: the same, as a size")
    word = "more" if apart.number >= 0 else "less"
    return [
        says("Upside only at the same share would average {apart} a year {word}, and owes nothing:"
             " that difference is what the payer should pay you for taking losses, by a higher"
             " share, a lower minimum or a better target.", apart=size, word=word)
    ]  # fmt: skip


def _stop_loss(asked: Asked, make: _Maker) -> list[Sentence]:
    held = asked.contract
    if held.cut is None:
        return [
            says("No stop loss or outlier cut was given: a few very sick members can decide a"
                 " year. Ask for one, and say its amount here to see its effect.")
        ]  # fmt: skip
    yearly = held.actual * 12
    part = PanelCost(held.members, held.spread, held.cut / yearly).excess()
    above = make.dollars("cost above the stop loss, a year", part * yearly * held.members)
    loading = Figure("Loading of a reinsurance premium", LOADING, "percent",
                     Basis("our assumption; ask a broker"), places=0)  # fmt: skip
    premium = Figure(
        f"{asked.short}: what reinsurance above the stop loss may cost a year",
        (above.number * (100 + LOADING) / 100).quantize(Decimal(1)), "USD",
        Basis("expected cost above the stop loss x (100% + loading)", (above, loading)), places=0,
    )  # fmt: skip
    return [
        says("Members above the stop loss of {cut} carry an expected {above} a year; if you had to"
             " buy that cover, about {premium} at a loading of {loading}.",
             cut=asked.inputs.held["stop_loss"], above=above, premium=premium, loading=loading)
    ]  # fmt: skip


def _glide(asked: Asked, drawn: Courses, make: _Maker) -> list[Sentence]:
    """Losses phased in: none in year one, half the share in year two, then all of it."""
    terms = asked.terms[asked.wanted]
    if asked.wanted != TWO_SIDED or asked.contract.years < 3:
        return []
    path = (replace(terms, loss_share=0.0), replace(terms, loss_share=terms.loss_share / 2), terms)
    hole = outlook(deepest(results_of(drawn, path))).reserves[1]
    return [
        says("A glide path (no losses in the first year, half the share in the second, all of it"
             " from the third) lowers the reserve for ninety-five of a hundred to {hole}.",
             hole=make.dollars("reserve on a glide path", hole))
    ]  # fmt: skip


def _table(seen: Mapping[str, Seen], make: _Maker) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name, each in seen.items():
        rows.append(
            (
                _title(name),
                make.dollars(f"{name}: average a year", _mean(each)),
                make.dollars(f"{name}: a bad first year", each.first.low),
                make.dollars(f"{name}: a good first year", each.first.high),
                make.percent(f"{name}: first years that owe", each.first.owes),
                make.dollars(f"{name}: all years together", each.whole.expected),
                make.dollars(f"{name}: reserve", each.hole[1]),
            )
        )
    columns = (
        "Arrangement", "Average a year (USD)", "Bad first year, 1 in 20 (USD)",
        "Good first year, 1 in 20 (USD)", "First years that owe", "All years (USD)",
        "Reserve, 95 of 100 (USD)",
    )  # fmt: skip
    return Table("The same luck under each arrangement", columns, tuple(rows))


def _chart(lead: Seen, make: _Maker) -> Chart:
    years = [f"Year {n}" for n in range(1, len(lead.yearly) + 1)]

    def line(label: str, values: list[float]) -> tuple[Figure | None, ...]:
        return tuple(
            make.dollars(f"{lead.name}: {label}, {year}", value)
            for year, value in zip(years, values, strict=True)
        )

    return Chart(
        "line", f"{_title(lead.name)}: what each year brings (USD)", "USD", tuple(years),
        {
            "good year, 1 in 20": line("good", [each.high for each in lead.yearly]),
            "average": line("average", [each.expected for each in lead.yearly]),
            "bad year, 1 in 20": line("bad", [each.low for each in lead.yearly]),
        },
    )  # fmt: skip


def _programme(asked: Asked) -> list[Sentence]:
    if asked.programme is None:
        return []
    held = asked.programme
    return [says("Terms of {words}, {years}: {source}. Shares, caps and minimum given elsewhere"
                 " do not apply to it.", words=held.words, years=held.years,
                 source=held.source)]  # fmt: skip


def _method(asked: Asked, make: _Maker) -> list[Sentence]:
    draws = Figure("Draws", Decimal(DRAWS), "count", Basis("fixed, with a fixed seed"))
    doubt = Figure(
        "Doubt about the trend, a standard deviation",
        Decimal(str(asked.contract.trend_doubt)),
        "points",
        Basis("our assumption"),
    )
    made = [
        says("{draws} draws with a fixed seed; members' costs are independent and long-tailed,"
             " and the trend itself is uncertain by {doubt} a year.", draws=draws, doubt=doubt),
        says("Not in these numbers: a shift in how sick the members are that risk adjustment does"
             " not follow, patients joining and leaving, the cost of care management, and what is"
             " at stake besides money: outcomes and patients' satisfaction. Confirm reserve and"
             " stop-loss duties with counsel."),
    ]  # fmt: skip
    if asked.contract.years > 1 and not asked.contract.rule.own:
        made.append(
            says("The target is taken to grow with trend and not to follow your savings; ask how"
                 " it is re-based, for that decides later years.")
        )  # fmt: skip
    return made


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]
