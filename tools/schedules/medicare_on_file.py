"""The Medicare prices a practice works with: the releases it loaded, over the shipped tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from knowledge.reference.medicare import Gpcis, Rvus
from knowledge.reference.medicare_book import SHIPPED, Indicators, MedicareBook, Place, Release
from tools.practice import Practice

VALUES, PLACES = "medicare_values", "medicare_localities"
_KEPT: dict[tuple[str, ...], MedicareBook] = {}
_MOST_KEPT = 4


def medicare_of(practice: Practice) -> MedicareBook:
    """The book of the practice's workspace; the shipped one where it loaded no release."""
    sources = [*practice.tables.sources(VALUES), *practice.tables.sources(PLACES)]
    if not sources:
        return SHIPPED
    key = (str(practice.workspace.root), *sorted(entry["sha256"] for entry in sources))
    if key not in _KEPT:
        while len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[key] = MedicareBook(_releases(practice), _places(practice))
    return _KEPT[key]


def _rows(practice: Practice, table: str) -> list[dict[str, Any]]:
    found = practice.tables.frame(practice.tables.table(table)).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in found]


def _releases(practice: Practice) -> dict[int, Release]:
    by_release: dict[tuple[int, str], list[Mapping[str, Any]]] = {}
    for row in _rows(practice, VALUES):
        by_release.setdefault((int(row["year"]), row["release"]), []).append(row)
    latest: dict[int, str] = {}
    for year, label in by_release:
        latest[year] = max(label, latest.get(year, ""), key=_quarter)
    return {year: _release(year, label, by_release[year, label]) for year, label in latest.items()}


def _quarter(label: str) -> tuple[int, str]:
    """Where in its year a release stands: January first, October last."""
    words = label.lower()
    quarters = (("jan", "a"), ("apr", "b"), ("jul", "c"), ("oct", "d"))
    found = [n for n, (month, _) in enumerate(quarters, start=1) if month in words]
    return (found[-1] if found else 0, label)


def _release(year: int, label: str, rows: Iterable[Mapping[str, Any]]) -> Release:
    rows = list(rows)
    values, letters = {}, {}
    for row in rows:
        key = (row["code"], row["modifier"] or "")
        values[key] = Rvus(
            row["status"] or "",
            row["work"],
            {"office": row["office_pe"], "facility": row["facility_pe"]},
            row["malpractice"],
        )
        letters[key] = Indicators(
            row["bilateral"] or "", row["multiple"] or "", row["assistant"] or ""
        )
    first = rows[0]
    qualifying = first["qualifying_factor"]
    known = isinstance(qualifying, Decimal)
    return Release(
        year, label, values, letters, first["conversion_factor"], qualifying if known else None
    )


def _places(practice: Practice) -> dict[int, tuple[Place, ...]]:
    found: dict[int, dict[str, Place]] = {}
    for row in _rows(practice, PLACES):
        found.setdefault(int(row["year"]), {})[row["number"]] = Place(
            row["number"],
            row["name"],
            row["state"] or "",
            Gpcis(row["work"], row["practice"], row["malpractice"]),
        )
    return {year: tuple(places.values()) for year, places in found.items()}
