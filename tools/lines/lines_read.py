"""The rows that a figure was read from, read again from its selection.

What names a person never stands among them; a claim's number does, for a line cannot be
disputed without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.problems import BadInput
from knowledge.reference.settings_of_service import Setting, facility_places
from knowledge.selection import ColumnTest, Selection, Where, among
from tools.practice import Practice

GIVEN = ColumnTest("allowed", "given")
MOST = 250_000
COLUMNS: dict[str, tuple[str, ...]] = {
    "claim_lines": (
        "service_date", "claim_id", "line_number", "payer", "product", "code", "modifiers",
        "units", "place_of_service", "billed", "allowed", "paid", "patient_responsibility",
        "status", "why_not", "reason_codes", "adjustments", "remark_codes", "submitted_date",
        "paid_date", "posting_date",
    ),
    "fee_schedules": (
        "payer", "product", "code", "modifier", "setting", "rate", "percent_of_medicare",
        "medicare_year", "locality", "effective_from", "effective_to",
    ),
    "quality": ("measure", "measure_as_given", "payer", "period_start", "period_end",
                "numerator", "denominator"),
    "utilization": ("payer", "period_start", "period_end", "metric", "practice_value",
                    "comparison_value", "unit"),
    "practice_costs": ("category", "amount", "period_start", "period_end", "site"),
}  # fmt: skip
SOURCE = ("source_file", "source_sheet", "source_row")


@dataclass(frozen=True)
class RowsRead:
    """Rows of one canonical table: its columns, and the cells in their order."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def rows_read(practice: Practice, select: Selection) -> RowsRead:
    """The rows of a selection in a fixed order, each with its file, sheet and row.

    Raises BadInput where the table is not one that leaves, or for more than MOST rows.
    """
    if select.table not in COLUMNS:
        raise BadInput(select.table, "its rows are not shown", "look into your own file")
    rows = passing(practice.tables.table(select.table), select)
    held = int(practice.tables.frame(rows.aggregate(n=rows.count()))["n"][0])
    if held > MOST:
        raise BadInput(
            "these rows",
            f"there are {held:,}, and {MOST:,} can be written at once",
            "ask about a shorter period, one payer or one code",
        )
    columns = [name for name in COLUMNS[select.table] if name in rows.columns]
    order = [name for name in ("service_date", "claim_id", "line_number") if name in columns]
    picked = rows.select(*columns, "source_id", "source_sheet", "source_row")
    frame = practice.tables.frame(picked.order_by([*order, "source_id", "source_row"]))
    names = {each["id"]: each["file"] for each in practice.tables.sources(select.table)}
    frame["source_file"] = [names.get(key, key) for key in frame.pop("source_id")]
    cells = frame[[*columns, *SOURCE]].itertuples(index=False, name=None)
    return RowsRead(select.table, (*columns, *SOURCE), tuple(cells))


def passing(rows: Any, select: Selection) -> Any:
    """The rows of a table (an Ibis table) that pass every test of a selection."""
    for test in select.tests:
        rows = rows.filter(_passes(rows[test.column], test))
    return rows


def _passes(cell: Any, test: ColumnTest) -> Any:
    if test.ask == "given":
        return cell.notnull()
    if test.ask == "is":
        return cell == (test.values == ("true",))
    if test.ask == "from":
        return cell >= date.fromisoformat(test.values[0])
    if test.ask == "to":
        return cell <= date.fromisoformat(test.values[0])
    import ibis  # slow to load; asked for only where rows are

    words = ibis.coalesce(cell, "")
    if test.column == "place_of_service":
        words = words.lpad(2, "0")
    if test.ask == "has":
        padded = ibis.literal(" ") + words + " "
        found: Any = ibis.literal(False)
        for value in test.values:
            found = found | padded.contains(f" {value} ")
        return found
    values = list(test.values)
    if test.column == "product":
        words, values = words.lower(), [value.lower() for value in values]
    inside = words.isin(values)
    return inside if test.ask == "in" else ~inside


def in_setting(setting: Setting, day: date) -> ColumnTest:
    """The line is of a setting, by the rule of a day on where telehealth belongs."""
    places = tuple(sorted(facility_places(day)))
    return ColumnTest("place_of_service", "in" if setting == "facility" else "not in", places)


def at_office(where: str, day: date) -> str:
    """A filter narrowed to the lines at the office rate."""
    if isinstance(where, Where):
        return where.narrowed("office", GIVEN, in_setting("office", day))
    return f"office, {where}"


def one_code(code: str, where: str) -> str:
    """A filter narrowed to one code, with its selection where it carries one."""
    if isinstance(where, Where):
        return where.narrowed(code, among("code", [code]))
    return f"{code}, {where}"
