"""Claim lines in any number for measuring size: one CSV, the same bytes for the same seed.

Shaped like a large group's export: ten payers, forty codes, three years of service dates in
order, three lines a claim, a few denials, secondary lines, reversals with their corrections,
and exact repeats. Every value is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

PAYERS = (
    "Granite Peak Health Plan", "Kestrel Mutual", "Tarn Lake Insurance", "Blue Juniper Health",
    "Canyon Wren Mutual", "Marmot Plan", "Medicare", "Medicaid", "Self-pay", "Ptarmigan Health",
)  # fmt: skip
CODES = (
    "99213",
    "99214",
    "99203",
    "99204",
    "99212",
    "99215",
    "99395",
    "99396",
    "36415",
    "90471",
    "93000",
    "81002",
    "87880",
    "96127",
    "G2211",
    "99490",
    "20610",
    "17110",
    "69210",
    "94010",
)
_FIRST_DAY = np.datetime64("2023-11-01")
_DAYS = 1096
_BATCH = 250_000
_MEMBERS_PER_LINE = 1 / 24


@dataclass(frozen=True)
class MadeLines:
    """The file that was made, and how many of its rows repeat another row exactly."""

    path: Path
    rows: int
    repeats: int


def make_claim_lines(path: Path, rows: int, seed: int = 20261123) -> MadeLines:
    """Write a CSV of so many rows below its header; memory stays that of one batch."""
    repeats = 0
    with pacsv.CSVWriter(path, _schema(), write_options=_OPTIONS) as writer:
        for start in range(0, rows, _BATCH):
            count = min(_BATCH, rows - start)
            table, again = _batch(np.random.default_rng([seed, start]), start, count, rows)
            repeats += again
            writer.write_table(table)
    return MadeLines(path, rows, repeats)


_OPTIONS = pacsv.WriteOptions(quoting_style="none")
_COLUMNS = ("Claim ID", "Line", "Date of Service", "Payer", "Product", "CPT", "Modifier", "Units",
            "POS", "Billed", "Allowed", "Paid", "Patient Responsibility", "Status", "Payer Order",
            "Posting Date", "Member ID", "Rendering NPI")  # fmt: skip


def _schema() -> Any:
    return pa.schema([(name, pa.string()) for name in _COLUMNS])


def _batch(random: Any, start: int, count: int, rows: int) -> tuple[Any, int]:
    """One stretch of the file; reversals, corrections and repeats stay inside it."""
    place = np.arange(start, start + count)
    claim, line = place // 3, place % 3 + 1
    day = (claim * 3 * _DAYS) // max(rows, 1)
    code = np.minimum(random.geometric(0.18, count) - 1, len(CODES) - 1)
    payer = (claim * 7919 % 97) % len(PAYERS)
    billed = 4000 + code * 911 + random.integers(0, 500, count)
    allowed = billed * (55 + payer * 3) // 100
    share = np.where(random.random(count) < 0.3, allowed // 5, 0)
    luck = random.random(count)
    denied, secondary = luck < 0.05, (luck >= 0.05) & (luck < 0.08)
    allowed = np.where(denied, 0, allowed)
    paid, share = np.where(denied, 0, allowed - share), np.where(denied, 0, share)
    status = np.where(denied, "Denied", "Paid").astype(object)
    posted = day + 20 + random.integers(0, 9, count)
    sign = np.ones(count, dtype=np.int64)
    source = np.arange(count)
    # Every hundredth row takes back the row before it, the next one corrects it.
    back = np.flatnonzero(
        (place % 100 == 50) & (np.arange(count) > 0) & (np.arange(count) < count - 1)
    )
    for shift in (0, 1):
        source[back + shift] = back - 1
    again = np.flatnonzero((place % 1000 == 777) & (np.arange(count) > 0))
    source[again] = again - 1
    columns = [claim, line, day, code, payer, billed, allowed, paid, share, secondary, posted]
    claim, line, day, code, payer, billed, allowed, paid, share, secondary, posted = (
        each[source] for each in columns
    )
    status = status[source]
    sign[back] = -1
    posted[back] += 30
    posted[back + 1] += 31
    paid[back + 1] += 100
    allowed[back + 1] += 100
    member = claim % max(1, int(rows * _MEMBERS_PER_LINE))
    cells = [
        _text("C", claim + 10_000_000),
        _text("", line),
        _dates(day),
        pa.array(PAYERS).take(pa.array(payer)),
        pa.array(("PPO", "HMO", "")).take(pa.array(claim % 3)),
        pa.array(CODES).take(pa.array(code)),
        pa.array(("", "25", "95")).take(pa.array(np.where(code < 6, claim % 11 // 5, 0))),
        _text("", sign),
        pa.array(("11", "22")).take(pa.array((claim % 17 == 0).astype(np.int64))),
        *(_money(amount * sign) for amount in (billed, allowed, paid, share)),
        pa.array(status, pa.string()),
        pa.array(("Primary", "Secondary")).take(pa.array(secondary.astype(np.int64))),
        _dates(posted),
        _text("M", member + 5_000_000),
        _text("", 1_000_000_000 + claim % 120),
    ]
    return pa.table(cells, schema=_schema()), len(again)


def _text(mark: str, numbers: Any) -> Any:
    told = pa.array(numbers).cast(pa.string())
    return pc.binary_join_element_wise(mark, told, "") if mark else told


def _dates(days: Any) -> Any:
    return pa.array(_FIRST_DAY + days.astype("timedelta64[D]")).cast(pa.string())


def _money(cents: Any) -> Any:
    """Cents as dollars with two places, in whole numbers all the way."""
    size = np.abs(cents)
    whole = pa.array(size // 100).cast(pa.string())
    small = pc.utf8_lpad(pa.array(size % 100).cast(pa.string()), 2, "0")
    minus = pa.array(np.where(cents < 0, "-", ""), pa.string())
    return pc.binary_join_element_wise(minus, pc.binary_join_element_wise(whole, small, "."), "")
