"""The payer mix as a table and as a chart."""

from __future__ import annotations

from decimal import Decimal

from knowledge.evidence import Basis, Chart, Figure, Table
from tools.mix.mix import Mix
from tools.mix.mix_parts import BUSINESS, moved, no_insurer, short
from tools.mix.openings import paper_held, payers_with_rates
from tools.practice import Practice

MANY = Decimal(60)


def _by_stretch(practice: Practice, mix: Mix) -> Table:
    """What each part came to in every stretch, and all of them together."""
    unit = " (USD)" if mix.way.unit == "USD" else ""
    labels = [period.label for period in mix.trend.periods]
    together = [
        Figure(f"All: {mix.way.words}, {label}",
               sum((part.amount.number for part in parts.values()), Decimal(0)), mix.way.unit,
               Basis("sum of the parts", tuple(part.amount for part in parts.values())))
        for label, parts in zip(labels, mix.parts, strict=True)
    ]  # fmt: skip
    keys = list(dict.fromkeys(key for parts in reversed(mix.parts) for key in parts))
    rows = [
        (short(practice, key, mix.level),
         *(parts[key].amount if key in parts else None for parts in mix.parts))
        for key in keys
    ]  # fmt: skip
    first = {"payer": "Payer", "product": "Payer and product"}.get(mix.level, "Line of business")
    return Table(f"{mix.way.words.capitalize()} by stretch{unit}", (first, *labels),
                 (*rows, ("All", *together)), first_rows=12)  # fmt: skip


def mix_table(practice: Practice, mix: Mix) -> Table:
    if len(mix.trend.periods) > 2:
        return _by_stretch(practice, mix)
    unit = " (USD)" if mix.way.unit == "USD" else ""
    columns = [
        {"payer": "Payer", "product": "Payer and product"}.get(mix.level, "Line of business"),
        *(["Line of business"] if mix.level == "payer" else []),
        f"{mix.way.words.capitalize()}{unit}",
        "Share",
        *([f"Share, {mix.trend.first.label}", "Change"] if mix.then else []),
        *(["Contract on file"] if mix.level == "payer" else []),
    ]
    rows, rates = [], payers_with_rates(practice)
    for part in mix.now.values():
        own = mix.level != "line_of_business" and no_insurer(practice, part.payer)
        then = (moved(part, mix.then) or (None, None)) if mix.then else ()
        business = practice.payers.line_of_business(part.payer) or ""
        told = "" if not part.payer or own else paper_held(practice, part.payer, rates)
        rows.append((
            short(practice, part.key, mix.level),
            *([BUSINESS.get(business, "") if business else ""]
              if mix.level == "payer" else []),
            part.amount, part.share, *then, *([told] if mix.level == "payer" else []),
        ))  # fmt: skip
    three = sorted((part.share.number for part in mix.now.values()), reverse=True)[:3]
    what = {"payer": "payers", "product": "products"}.get(mix.level, "lines of business")
    title = (
        f"A few {what} carry most of your {mix.way.words}"
        if sum(three, Decimal(0)) > MANY
        else f"Your {mix.way.words} are spread over many {what}"
    )
    return Table(title, tuple(columns), tuple(rows), first_rows=12)


def mix_chart(practice: Practice, mix: Mix) -> Chart:
    title = f"Share of {mix.way.words} by {mix.level.replace('_', ' ')}"
    if len(mix.trend.periods) > 2:
        leading = list(mix.now)[:6]
        series = {
            short(practice, key, mix.level): tuple(
                parts[key].share if key in parts else None for parts in mix.parts
            )
            for key in leading
        }
        labels = tuple(period.label for period in mix.trend.periods)
        return Chart("line", title, "percent", labels, series)
    return Chart(
        "bar", title, "percent", tuple(short(practice, key, mix.level) for key in mix.now),
        {"Share": tuple(part.share for part in mix.now.values())},
    )  # fmt: skip
