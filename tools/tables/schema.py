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
    # `modifiers` and `reason_codes` are sorted and joined with one space, "" when none;
    # `adjustments` tells the same reasons with their USD, "CO-45:23.10 PR-3:20.00", where the
    # source does. `source_format` is export or 835.
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
        ("adjustments", pa.string()),
        ("remark_codes", pa.string()),
        ("source_format", pa.string()),
        ("diagnoses", pa.string()),
        ("rendering_npi", pa.string()),
        ("member_key", pa.string()),
        ("row_hash", pa.string()),
    ),
    # A rate or a rule: exactly one of rate, percent_of_medicare, percent_of_charges,
    # conversion_factor and cannot_price.
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
        # Rules that name no Medicare percent: of the billed charge, or USD per RVU.
        ("percent_of_charges", RATE),
        ("conversion_factor", RATE),
        ("lesser_of_charges", pa.bool_()),  # the lower of the charge and the rate is paid
        ("payment_cut", RATE),  # percent off the payment, not the allowed amount (sequestration)
        ("cannot_price", pa.string()),  # what the rule rests on that no table here holds
    ),
    # CMS's relative values as the practice loaded them, one row a code and modifier.
    "medicare_values": _schema(
        ("year", pa.int32()),
        ("release", pa.string()),
        ("code", pa.string()),
        ("modifier", pa.string()),
        ("status", pa.string()),
        ("work", RATE),
        ("office_pe", RATE),
        ("facility_pe", RATE),
        ("malpractice", RATE),
        ("bilateral", pa.string()),
        ("multiple", pa.string()),
        ("assistant", pa.string()),
        ("conversion_factor", RATE),
        ("qualifying_factor", RATE),
    ),
    # CMS's geographic indices as the practice loaded them, one row a locality.
    "medicare_localities": _schema(
        ("year", pa.int32()),
        ("number", pa.string()),
        ("state", pa.string()),
        ("name", pa.string()),
        ("work", RATE),
        ("practice", RATE),
        ("malpractice", RATE),
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
    # One row a submitted service line of an 837P: what was charged, never what was paid.
    # `frequency` is the claim's (1 original, 7 replaces, 8 voids); `replaced` says that a
    # later 7 or 8 of the same claim supersedes the line.
    "charges": _schema(
        ("claim_id", pa.string()),
        ("line_number", pa.string()),
        ("service_date", pa.date32()),
        ("submitted_date", pa.date32()),
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
        ("diagnoses", pa.string()),
        ("rendering_npi", pa.string()),
        ("frequency", pa.string()),
        ("replaced", pa.bool_()),
        ("member_key", pa.string()),
        ("row_hash", pa.string()),
    ),
    # One row an 835 payment (a transaction set): what the payer says it paid, and whether
    # the claims less the provider adjustments add up to it; `difference` is stated - added up.
    "remittances": _schema(
        ("payer", pa.string()),
        ("payer_as_given", pa.string()),
        ("trace_number", pa.string()),
        ("payment_date", pa.date32()),
        ("stated", MONEY),
        ("claims_paid", MONEY),
        ("provider_adjustments", MONEY),
        ("difference", MONEY),
    ),
    # One row a PLB adjustment of a remittance; a positive amount lowers the payment.
    "provider_adjustments": _schema(
        ("payer", pa.string()),
        ("trace_number", pa.string()),
        ("payment_date", pa.date32()),
        ("reason", pa.string()),
        ("amount", MONEY),
    ),
    # What the practice spends: one row a category and period; total rows are no costs.
    "practice_costs": _schema(
        ("category", pa.string()),
        ("amount", MONEY),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("site", pa.string()),
    ),
    # Who works when: one row a provider (or a role, with how many) of the practice.
    "capacity": _schema(
        ("provider", pa.string()),
        ("role", pa.string()),
        ("site", pa.string()),
        ("full_time_equivalent", RATE),
        ("sessions_per_week", RATE),
        ("visits_per_session", RATE),
        ("visits_per_week", RATE),
        ("open_visits_per_week", RATE),
        ("rooms", RATE),
    ),
    # One published rate of one billing code and provider group; what others are paid, never
    # ours. `rate` is USD, or the percent where negotiated_type is percentage. `modifiers`,
    # `place_of_service` and `npi` hold several joined with one space, "" (npi: null) for none.
    "market_rates": _schema(
        ("payer", pa.string()),
        ("product", pa.string()),
        ("code", pa.string()),
        ("code_type", pa.string()),
        ("modifiers", pa.string()),
        ("place_of_service", pa.string()),
        ("billing_class", pa.string()),  # professional, institutional or both
        ("setting", pa.string()),
        # negotiated, fee schedule, percentage, per diem, derived or case rate
        ("negotiated_type", pa.string()),
        ("arrangement", pa.string()),  # ffs, bundle or capitation
        ("rate", RATE),
        ("npi", pa.string()),
        ("tin", pa.string()),
        ("provider_group", pa.string()),
        ("specialty", pa.string()),
        ("expires_on", pa.date32()),
        ("updated_on", pa.date32()),
    ),
    # People and offices at the payers, as the practice wrote them down.
    "contacts": _schema(
        ("payer", pa.string()),
        ("payer_as_given", pa.string()),
        ("name", pa.string()),
        ("role", pa.string()),
        ("email", pa.string()),
        ("phone", pa.string()),
        ("channel", pa.string()),
        ("notes", pa.string()),
    ),
}
