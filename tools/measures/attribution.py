"""The payer's list of our patients held against the patients we saw.

A roster's members are those of its latest month who had not left before it. They are held
against the twelve months of claims that end with that month, of the same payer and of the
products the roster names. Only rosters with member ids can be held against claims.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.evidence import Basis, Figure
from knowledge.money import percent_of
from tools.lines.claim_totals import chosen, records
from tools.period import Period, month_end, months_before, named
from tools.practice import Practice


@dataclass(frozen=True)
class Attribution:
    """One payer's roster against the claims: counts, and the part of the roster not seen."""

    payer: str
    products: tuple[str, ...]
    month: Period
    seen_in: Period
    attributed: Figure
    seen: Figure
    not_seen: Figure
    not_attributed: Figure
    not_seen_share: Figure
    left: int


def attributions(practice: Practice, payers: Sequence[str] | None) -> list[Attribution]:
    """Each payer with a roster of member ids, in order of name."""
    if not (practice.tables.has("membership") and practice.tables.has("claim_lines")):
        return []
    rows = practice.tables.table("membership")
    rows = rows.filter(rows.member_key.notnull(), rows.payer.notnull())
    if payers is not None:
        rows = rows.filter(rows.payer.isin(list(payers)))
    latest = rows.group_by("payer").aggregate(month=rows.month.max())
    return [
        _attribution(practice, rows, row["payer"], row["month"])
        for row in sorted(records(practice, latest), key=lambda row: str(row["payer"]))
    ]


def _attribution(practice: Practice, rows: Any, payer: str, month: date) -> Attribution:
    roster = rows.filter(rows.payer == payer, rows.month == month)
    gone = (roster.term_date < roster.month).fill_null(False)
    named_products = records(practice, roster.select("product").distinct())
    products = tuple(sorted(str(r["product"]) for r in named_products if r["product"]))
    whole = any(not row["product"] for row in named_products)
    held = named(months_before(month, 11), month_end(month))
    lines = chosen(practice, held, payers=[payer])
    lines = lines.filter(lines.counts, lines.member_key.notnull())
    if products and not whole:
        lines = lines.filter(lines["product"].lower().isin([p.lower() for p in products]))
    ours = lines.select("member_key").distinct()
    ever = rows.filter(rows.payer == payer, rows.month.between(held.start, held.end))
    theirs = roster.filter(~gone).select("member_key").distinct()
    counts = {
        "attributed": _number(practice, theirs),
        "seen": _number(practice, ours),
        "not_seen": _number(practice, theirs.anti_join(ours, "member_key")),
        "not_attributed": _number(practice, ours.anti_join(ever, "member_key")),
        "left": _number(practice, roster.filter(gone).select("member_key").distinct()),
    }
    return _told(payer, products if not whole else (), named(month, month_end(month)), held, counts)


def _number(practice: Practice, people: Any) -> int:
    return int(records(practice, people.aggregate(people=people.count()))[0]["people"])


def _told(
    payer: str, products: tuple[str, ...], month: Period, held: Period, counts: dict[str, int]
) -> Attribution:
    what = payer + (f" {', '.join(products)}" if products else "")

    def made(name: str, key: str, words: str, table: str) -> Figure:
        where = f"{what}, roster of {month.label}, claims of {held.label}"
        return Figure(f"{what}: {name}", Decimal(counts[key]), "count",
                      Basis(words, (), table, where))  # fmt: skip

    attributed = made("attributed members", "attributed",
                      "distinct members on the latest roster, those who had left before left out",
                      "membership")  # fmt: skip
    seen = made("patients seen", "seen", "distinct patients with a counting line", "claim_lines")
    not_seen = made("attributed, not seen", "not_seen",
                    "members of the latest roster without a counting line",
                    "membership")  # fmt: skip
    not_attributed = made("seen, not attributed", "not_attributed",
                          "patients with a counting line on none of the rosters of those months",
                          "claim_lines")  # fmt: skip
    share = Figure(
        f"{what}: attributed, not seen, percent",
        percent_of(not_seen.number, attributed.number) if attributed.number else Decimal(0),
        "percent", Basis("100 x attributed, not seen / attributed", (not_seen, attributed)),
    )  # fmt: skip
    return Attribution(payer, products, month, held, attributed, seen, not_seen, not_attributed,
                       share, int(counts["left"]))  # fmt: skip
