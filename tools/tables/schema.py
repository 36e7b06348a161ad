"""The canonical tables of a practice, as Arrow schemas; each row names its source.

Money is decimal(14,2) in USD, units decimal(12,3); nothing that is money is ever a
binary float. Text columns hold "" only where noted, otherwise null for "not given".
"""

from __future__ import annotations

import pyarrow as pa

MONEY = pa.decimal128(14, 2)
UNITS = pa.decimal128(12, 3)
RATE = pa.decimal128(14, 4)

# Row 1 is the file's first; `source_sheet` is null for a file without sheets.
_SOURCE = [
    ("source_id", pa.string()),
    ("source_sheet", pa.string()),
    ("source_row", pa.int64()),
]


def _schema(*columns: tuple[str, pa.DataType]) -> pa.Schema:
    return pa.schema([*_SOURCE, *columns])


SCHEMAS: dict[str, pa.Schema] = {
    # One row of a claims source after exact repeats are dropped. `status` is paid, denied,
    # reversal (a row that takes back) or unknown; `payer_order` primary or secondary;
    # `modifiers` and `reason_codes` are sorted and joined with one space, "" when none.
    "claim_lines": _schema(
        ("claim_id", pa.string()),
        ("line_number", pa.string()),
        ("service_date", pa.date32()),
        ("posting_date", pa.date32()),
        ("submitted_date", pa.date32()),
        ("paid_date", pa.date32()),
        ("payer", pa.string()),
        ("payer_as_given", pa.string()),
        ("product", pa.string()),
        ("line_of_business", pa.string()),
        ("payer_order", pa.string()),
        ("code", pa.string()),
        ("modifiers", pa.string()),
        ("units", UNITS),
        ("place_of_service", pa.string()),
        ("billed", MONEY),
        ("allowed", MONEY),
        ("paid", MONEY),
        ("patient_responsibility", MONEY),
        ("status", pa.string()),
        ("reason_codes", pa.string()),
        ("diagnoses", pa.string()),
        ("rendering_npi", pa.string()),
        ("member_key", pa.string()),
        ("row_hash", pa.string()),
    ),
    # A rate, or a rule ("percent of a Medicare year"): exactly one of rate and percent.
    "fee_schedules": _schema(
        ("payer", pa.string()),
        ("product", pa.string()),
        ("code", pa.string()),  # one code, a range "99202-99215", or "*" for all others
        ("modifier", pa.string()),
        ("setting", pa.string()),  # office, facility, or null for both
        ("rate", MONEY),
        ("percent_of_medicare", RATE),
        ("medicare_year", pa.int32()),  # null with percent set: then-current
        ("locality", pa.string()),
        ("effective_from", pa.date32()),
        ("effective_to", pa.date32()),
    ),
    # Either one row a member and month (member_key), or counts (members) where the payer
    # gives only those; month is its first day.
    "membership": _schema(
        ("payer", pa.string()),
        ("product", pa.string()),
        ("month", pa.date32()),
        ("member_key", pa.string()),
        ("members", pa.int64()),
        ("term_date", pa.date32()),
        ("risk_score", RATE),
    ),
    "quality": _schema(
        ("measure", pa.string()),  # eCQM id without version, e.g. CMS165, where known
        ("measure_as_given", pa.string()),
        ("payer", pa.string()),  # null: all payers
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("numerator", pa.int64()),
        ("denominator", pa.int64()),
    ),
    # One row a site and weekday part: what hours patients can be seen.
    "access": _schema(
        ("site", pa.string()),
        ("weekday", pa.string()),  # Monday ... Sunday
        ("opens", pa.string()),  # HH:MM, 24 hours
        ("closes", pa.string()),
        ("third_next_available_days", RATE),
    ),
    "utilization": _schema(
        ("payer", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("metric", pa.string()),
        ("practice_value", RATE),
        ("comparison_value", RATE),
        ("unit", pa.string()),
    ),
}
