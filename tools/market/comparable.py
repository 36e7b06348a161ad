"""Which published rates may stand beside an office visit of ours, and one rate for each group.

Left out, with their number: our own, expired, institutional, percentages and other kinds that
are no price, bundles, modifiers, other places of service, other specialties, placeholders far
from Medicare's price, and rates of nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tools.lines.claim_totals import exact, records
from tools.market.percentiles import percentile
from tools.practice import Practice
from tools.rates.benchmark import Benchmark

_ONE_FILE = 45  # days within which dates belong to one month's publication
_READ = (
    "code", "modifiers", "place_of_service", "billing_class", "negotiated_type", "arrangement",
    "rate", "npi", "tin", "provider_group", "specialty", "expires_on", "updated_on",
)  # fmt: skip
# A rate below a fifth or above ten times Medicare's price is taken for a placeholder: bounds
# of ours, wide enough for any price that was negotiated.
_LOWEST, _HIGHEST = Decimal("0.2"), Decimal(10)
_PRICES = (None, "negotiated", "fee schedule")
_AS = {
    "percentage": "as a percentage", "per diem": "per diem", "derived": "derived by the payer",
    "case rate": "as a case rate",
}  # fmt: skip
_PRIMARY = re.compile(
    r"family|internal med|pediatric|general pract|geriatric|primary care|adolescent"
    r"|nurse pract|physician assist|multi-?specialty|^207Q|^207R00000X|^20800|^208D|^363[LA]"
    r"|^261Q|^193200000X",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Market:
    """What one payer's files tell. rates: USD by code, one for each group. left_out: rows by
    reason. blank_class, blank_specialty: rows kept that do not tell it. first, last: the days
    the files name for themselves, None where they name none. rows: all rows looked at."""

    rates: Mapping[str, tuple[Decimal, ...]]
    left_out: Mapping[str, int]
    blank_class: int
    blank_specialty: int
    first: date | None
    last: date | None
    rows: int


def payers_published(practice: Practice) -> list[str]:
    """The payers whose published rates are on file, in order of name."""
    held = practice.tables.table("market_rates").select("payer").distinct()
    return sorted(str(row["payer"]) for row in records(practice, held) if row["payer"])


def market_of(
    practice: Practice, payer: str, codes: Collection[str] | None, benchmark: Benchmark
) -> Market:
    """The payer's published office rates of the codes (None: of all), like for like."""
    table = practice.tables.table("market_rates")
    table = table.filter(table.payer == payer)
    if codes is not None:
        table = table.filter(table.code.isin(list(codes)))
    ours = _own_numbers(practice)
    out: Counter[str] = Counter()
    found: dict[str, dict[str, list[Decimal]]] = {}
    blank_class = blank_specialty = rows = 0
    frame = practice.tables.frame(table.select(*_READ))
    cells = zip(*(frame[name].tolist() for name in _READ), strict=True)
    held = [dict(zip(_READ, row, strict=True)) for row in cells]
    days = [row["updated_on"] for row in held if row["updated_on"] is not None]
    prices = {code: benchmark.price(code, "office") for code in {row["code"] for row in held}}
    since = max(days) - timedelta(days=_ONE_FILE) if days else date.min
    for row in held:
        rows += 1
        group = _group(row)
        reason = _why_not(row, group, ours, practice.today, since, prices)
        if reason:
            out[reason] += 1
            continue
        blank_class += row["billing_class"] is None
        blank_specialty += row["specialty"] is None
        found.setdefault(row["code"], {}).setdefault(group, []).append(exact(row["rate"]))
    rates = {
        code: tuple(sorted(percentile(each, 50) for each in groups.values()))
        for code, groups in sorted(found.items())
    }
    first, last = (min(days), max(days)) if days else (None, None)
    return Market(rates, dict(out.most_common()), blank_class, blank_specialty, first, last, rows)


def _why_not(
    row: Mapping[str, Any],
    group: str,
    ours: frozenset[str],
    today: date,
    since: date,
    prices: Mapping[str, Decimal | None],
) -> str:
    """Why a row is not like for like; "" where it is. since: first day of the latest file."""
    told = (
        ("of your own", bool(ours & set((row["npi"] or "").split()))),
        ("from an older file", (row["updated_on"] or since) < since),
        ("expired", row["expires_on"] is not None and row["expires_on"] < today),
        ("billed as institutional", row["billing_class"] == "institutional"),
        (_AS.get(row["negotiated_type"], ""), row["negotiated_type"] not in _PRICES),
        ("in bundles or capitation", row["arrangement"] not in (None, "ffs")),
        ("with a modifier", bool(row["modifiers"])),
        ("for other places than the office", _elsewhere(row["place_of_service"])),
        ("of other specialties", not _primary(row["specialty"])),
        ("of no named group", not group),
        ("far from any price (placeholders)", _placeholder(row, prices[row["code"]])),
    )
    return next((words for words, so in told if so), "")


def _elsewhere(places: str | None) -> bool:
    return bool(places) and "11" not in str(places).split()


def _primary(specialty: str | None) -> bool:
    return specialty is None or bool(_PRIMARY.search(specialty))


def _placeholder(row: Mapping[str, Any], price: Decimal | None) -> bool:
    rate = exact(row["rate"])
    return rate <= 1 if price is None else not price * _LOWEST <= rate <= price * _HIGHEST


def _group(row: Mapping[str, Any]) -> str:
    """Who is paid: the tax id, else the file's own number of the group, else the NPIs."""
    held: Sequence[str | None] = (row["tin"], row["provider_group"], row["npi"])
    return next((each for each in held if each), "")


def _own_numbers(practice: Practice) -> frozenset[str]:
    """The NPIs that our own claims name."""
    if not practice.tables.has("claim_lines"):
        return frozenset()
    lines = practice.tables.table("claim_lines")
    held = lines.select("rendering_npi").distinct()
    return frozenset(str(r["rendering_npi"]) for r in records(practice, held) if r["rendering_npi"])
