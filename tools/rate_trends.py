"""What payers allow over time, with the mix taken out: a rise in the average is no raise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Chart, Figure, Finding, Sentence, Table, says
from knowledge.money import percent_of, to_cents
from knowledge.problems import NotKnown
from tools.lines.claim_totals import insurers
from tools.lines.left_out import listed
from tools.lines.waiting_lines import lines_waiting
from tools.practice import Practice
from tools.rates.rate_comparison import service
from tools.rates.rate_figures import count, magnitude
from tools.registry import tool
from tools.trends.figures import METHOD, PayerTrend, payer_trend
from tools.trends.office_rate import office_rates
from tools.trends.periods import Trend, trend_of
from tools.trends.price_and_mix import Sold
from tools.trends.sales import Item, Sales, sales
from tools.trends.visit_worth import a_visit_brought


@tool(
    label="Rate trends",
    needs=["claim_lines"],
    asks=[
        "how have our rates changed over time",
        "did this payer raise our rates",
        "are we paid more than last year for the same codes",
        "rate trend by payer",
        "average payment per visit over time",
        "reimbursement trend by quarter",
        "has our reimbursement gone up or down since last year",
        "when did they last give us an increase",
        "is the rise a raise or just coding mix",
        "price and mix effect",
        "our average allowed per visit this year vs last year",
        "how long have our rates been flat",
        "rates flat for years",
        "allowed per unit by year",
    ],
    examples=["Did {payer} raise our rates since last year?", "How have our rates changed?"],
)
def rate_trends(
    practice: Practice,
    *,
    payers: list[str] | None = None,
    codes: list[str] | None = None,
    period: str | None = None,
    product: str | None = None,
) -> Finding:
    """Average allowed per unit and per visit over time, split into price and mix.

    Price is what the older period's basket of codes costs more at newer rates (Laspeyres);
    mix is the rest: other codes, products or settings. Price + mix = change, to the cent.
    By date of service over counting lines; not adjusted for inflation.
    """
    trend = trend_of(period, practice)
    held = sales(practice, trend, payers=payers, codes=codes, product=product)
    which = (f", {product}" if product else "") + (f", codes {listed(codes)}" if codes else "")
    found = [
        made
        for payer in insurers(practice, held)
        if (made := payer_trend(payer, trend, held[payer], which))
    ]
    if not found:
        raise NotKnown(
            what="no payer has counting lines in both "
            f"{trend.first.label} and {trend.last.label} for this question",
            why="a trend needs the same payer's claims of two stretches",
            do="choose other stretches, or add older claims exports",
        )
    found.sort(key=lambda each: (-_raise(each), each.payer))
    missing = [p for p in payers or insurers(practice, held) if p not in {f.payer for f in found}]
    one = found[0] if len(found) == 1 else None
    return Finding(
        headline=_one_headline(practice, one, trend) if one else _headline(practice, found, trend),
        sentences=(
            *(_one_sentences(one, trend) if one else _sentences(practice, found)),
            *(office_rates(practice, one.payer, codes, trend, product) if one else ()),
            *(() if codes else
              a_visit_brought(practice, [each.payer for each in found], period, product)),
        ),
        figures=tuple(f for each in found[:3] for f in (each.change, each.price, each.mix)),
        table=_code_table(practice, one, trend, held) if one
        else _payer_table(practice, found, trend),
        chart=_chart(practice, found, trend),
        caveats=(
            *_caveats(practice, found, held, missing, trend),
            *lines_waiting(practice, trend.whole, payers),
        ),
        next_steps=_steps(practice, found),
        details={
            "payers": [each.payer for each in found],
            "payer": found[0].payer,
            "codes": list(codes or ()),
            "product": product,
            "periods": [each.label for each in trend.periods],
            "period_start": trend.first.start.isoformat(),
            "period_end": trend.last.end.isoformat(),
            "change": {each.payer: each.change.id for each in found},
            "price": {each.payer: each.price.id for each in found},
            "mix": {each.payer: each.mix.id for each in found},
            "same_codes": {each.payer: each.index.id for each in found if each.index},
            "unmoved": [each.payer for each in found if each.unmoved],
        },
        done=f"Compared {trend.first.label} with {trend.last.label}",
    )  # fmt: skip


def _raise(each: PayerTrend) -> Decimal:
    return each.index.number if each.index else Decimal(0)


def _one_headline(practice: Practice, one: PayerTrend, trend: Trend) -> Sentence:
    short = practice.payers.short_name(one.payer)
    common: dict[str, Figure | str] = {
        "payer": short, "first": trend.first.label, "last": trend.last.label,
        "before": one.before, "after": one.after,
    }  # fmt: skip
    if one.index is None:
        return says(
            "{payer} allowed {before} a unit in {first} and {after} in {last}, but no code was"
            " billed in both, so no rate can be compared.",
            **common,
        )
    if one.unmoved:
        return says(
            "{payer}'s rates did not rise: same codes, same price. The average moved from"
            " {before} a unit ({first}) to {after} ({last}) because of what you billed.",
            **common,
        )
    more = "more" if one.index.number > 0 else "less"
    return says(
        "{payer} pays {index} " + more + " for the same codes in {last} than in {first}; the"
        " average moved from {before} to {after} a unit.",
        index=magnitude(one.index, f"{one.payer}: the same codes pay {more} by"),
        **common,
    )


def _one_sentences(one: PayerTrend, trend: Trend) -> list[Sentence]:
    said = [
        says(
            "Of the change of {change} a unit, {price} is price (same codes, new rates) and {mix}"
            " is mix (other codes, products or places).",
            change=one.change,
            price=one.price,
            mix=one.mix,
        )
    ]
    last = len(trend.periods) - 1
    if 0 in one.visits and last in one.visits:
        said.append(
            says("A visit brought {before} then and {after} now.",
                 before=one.visits[0], after=one.visits[last])
        )  # fmt: skip
    return said


def _headline(practice: Practice, found: Sequence[PayerTrend], trend: Trend) -> Sentence:
    short = practice.payers.short_name
    known = [each for each in found if each.index is not None]
    if not known:
        return says("No payer has a code billed in both {first} and {last}.",
                    first=trend.first.label, last=trend.last.label)  # fmt: skip
    best, flat = known[0], [each for each in known if each.unmoved or _raise(each) <= 0]
    many = count(len(known), "Payers compared", "payers with a code billed in both stretches")
    still = count(len(flat), "Payers that did not raise",
                  "payers whose same-code change is below a twentieth of a percent")  # fmt: skip
    assert best.index is not None
    if len(flat) == len(known):
        return says("None of {many} payers pays more for the same codes in {last} than in {first}.",
                    many=many, first=trend.first.label, last=trend.last.label)  # fmt: skip
    return says(
        "For the same codes, {still} of {many} payers pay no more in {last} than in {first};"
        " {payer} pays most more, {index}.",
        still=still,
        many=many,
        first=trend.first.label,
        last=trend.last.label,
        payer=short(best.payer),
        index=best.index,
    )


def _sentences(practice: Practice, found: Sequence[PayerTrend]) -> list[Sentence]:
    """Payers whose average rose without a raise: what a reader would mistake for one."""
    fooled = [e for e in found if e.index is not None and e.split.price <= 0 < e.split.change]
    if not fooled:
        return []
    most = max(fooled, key=lambda each: each.split.change)
    return [
        says(
            "{payer}'s average rose by {change} a unit with no raise behind it: {mix} is mix and"
            " {price} price.",
            payer=practice.payers.short_name(most.payer),
            change=most.change,
            mix=most.mix,
            price=most.price,
        )
    ]


def _payer_table(practice: Practice, found: Sequence[PayerTrend], trend: Trend) -> Table:
    last = len(trend.periods) - 1
    return Table(
        f"Same codes, new price: {trend.first.label} against {trend.last.label}",
        ("Payer", "A unit then (USD)", "A unit now (USD)", "Change (USD)", "Price (USD)",
         "Mix (USD)", "Same codes", "A visit then (USD)", "A visit now (USD)"),
        tuple(
            (practice.payers.short_name(e.payer), e.before, e.after, e.change, e.price, e.mix,
             e.index, e.visits.get(0), e.visits.get(last))
            for e in found
        ),
        first_rows=12,
    )  # fmt: skip


def _code_table(
    practice: Practice, one: PayerTrend, trend: Trend, held: Mapping[str, Mapping[int, Sales]]
) -> Table:
    """The payer's codes billed in both stretches, those with most older dollars first."""
    last = len(trend.periods) - 1
    older, newer = held[one.payer][0].items, held[one.payer][last].items
    rows = []
    ranked = sorted(one.split.both, key=lambda item: (-older[item].allowed, item))
    for item in ranked[:20]:
        then = _price(one.payer, item, trend.first.label, older[item])
        now = _price(one.payer, item, trend.last.label, newer[item])
        if not then.number:
            continue
        change = Figure(
            f"{one.payer} {_said(item)}: change", percent_of(now.number - then.number, then.number),
            "percent", Basis("100 x (price now / price then - 1)", (now, then)),
        )  # fmt: skip
        units = Figure(f"{one.payer} {_said(item)}: units then", older[item].units, "count",
                       Basis("sum of units", (), "claim_lines", trend.first.label))  # fmt: skip
        rows.append((item.code, service(item.code), _said(item).removeprefix(item.code).strip(" ,"),
                     units, then, now, change))  # fmt: skip
    return Table(
        f"{practice.payers.short_name(one.payer)}: price a unit, {trend.first.label} and"
        f" {trend.last.label}",
        ("Code", "Service", "Product, modifier, place", "Units then", "Then (USD)", "Now (USD)",
         "Change"),
        tuple(rows),
    )  # fmt: skip


def _price(payer: str, item: Item, label: str, sold: Sold) -> Figure:
    return Figure(f"{payer} {_said(item)}: allowed a unit, {label}",
                  to_cents(sold.allowed / sold.units), "USD",
                  Basis("allowed / units, to the cent", (), "claim_lines", label))  # fmt: skip


def _said(item: Item) -> str:
    parts = [item.code, item.product, item.modifiers, "facility" if item.facility else ""]
    return ", ".join(part for part in parts if part)


def _chart(practice: Practice, found: Sequence[PayerTrend], trend: Trend) -> Chart:
    labels = tuple(period.label for period in trend.periods)
    if len(found) == 1 or len(labels) > 2:
        shown = found[:6]
        return Chart(
            "line", "Average allowed a unit (USD)", "USD", labels,
            {
                practice.payers.short_name(each.payer): tuple(
                    each.averages.get(at) for at in range(len(labels))
                )
                for each in shown
            },
        )  # fmt: skip
    known = [each for each in found if each.index is not None]
    return Chart(
        "bar", f"Same codes: change from {labels[0]} to {labels[-1]}", "percent",
        tuple(practice.payers.short_name(each.payer) for each in known),
        {"Same codes": tuple(each.index for each in known)},
    )  # fmt: skip


def _caveats(
    practice: Practice,
    found: Sequence[PayerTrend],
    held: Mapping[str, Mapping[int, Sales]],
    missing: Sequence[str],
    trend: Trend,
) -> list[Sentence]:
    said = [
        says("Method: {method}; the rest of the change is mix. Not adjusted for inflation.",
             method=METHOD)
    ]  # fmt: skip
    thin = [each for each in found if each.basket.number < 80]
    for each in thin[:3]:
        said.append(
            says(
                "Only {basket} of {payer}'s dollars of {first} stand in codes billed in both"
                " stretches; the rest is mix.",
                basket=each.basket,
                payer=practice.payers.short_name(each.payer),
                first=trend.first.label,
            )
        )
    blank = sum(s.blank_lines for by in held.values() for s in by.values())
    if blank:
        number = count(blank, "Lines without an allowed amount", "counting lines without an amount")
        said.append(says("Left out: {n} lines without an allowed amount.", n=number))
    if missing:
        said.append(
            says("Not compared, no counting lines in both stretches: {names}.",
                 names=", ".join(map(practice.payers.short_name, missing)))
        )  # fmt: skip
    return said


def _steps(practice: Practice, found: Sequence[PayerTrend]) -> tuple[str, ...]:
    flat = [each.payer for each in found if each.unmoved or _raise(each) <= 0] or [found[-1].payer]
    short = practice.payers.short_name(flat[0])
    return (
        f"How do {short}'s rates compare with Medicare?",
        f"Does our {short} contract have an escalator?",
        f"What if {short} paid 5% more?",
    )
