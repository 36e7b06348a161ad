"""Who works when: sessions, visits and rooms, one row a clinician or a role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from tools.importers.cell_values import number
from tools.importers.columns import Columns
from tools.importers.row import Context, Fields, Reader, Refusal

NUMBERS = (
    "full_time_equivalent", "sessions_per_week", "visits_per_session", "visits_per_week",
    "open_visits_per_week", "rooms",
)  # fmt: skip
_MOST = {"full_time_equivalent": 200, "sessions_per_week": 2_000, "visits_per_session": 200,
         "visits_per_week": 100_000, "open_visits_per_week": 100_000, "rooms": 5_000}  # fmt: skip
_TOTAL = re.compile(r"\b(?:sub-?\s?)?totals?\b|^average\b|^all (?:providers|sites)", re.I)
_PATIENTS = re.compile(r"patient (?:name|id)|member|birth|\bdob\b|mrn|ssn|subscriber", re.I)


class Capacity:
    """One row of the file is a clinician, a role or a site with what it can take on."""

    kind = "capacity"
    table = "capacity"
    keys = ("provider", "role", "site")
    personal = False

    def recognises(self, columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
        """A clinician, role or site with at least one number of sessions, visits or rooms."""
        fields = columns.fields.keys()
        if any(_PATIENTS.search(cell) for cell in columns.header):
            return False
        told = [name for name in NUMBERS if name in fields]
        return bool({"provider", "role", "site"} & fields) and (
            len(told) >= 2 or bool({"sessions_per_week", "full_time_equivalent"} & set(told))
            or (told == ["rooms"] and "site" in fields)
        )  # fmt: skip

    def rows(self, context: Context) -> Reader:
        """One entry a row; visits a week from sessions x visits a session where not given."""

        def entries(fields: Fields) -> Iterator[dict[str, Any]]:
            who = {name: fields.text(name) or None for name in ("provider", "role", "site")}
            if not any(who.values()):
                raise Refusal("no clinician, role or site")
            if any(text and _TOTAL.search(text) for text in who.values()):
                raise Refusal("total row, not a clinician")
            held = {name: _size(fields, name) for name in NUMBERS}
            if all(value is None for value in held.values()):
                raise Refusal("no sessions, visits or rooms")
            sessions, each = held["sessions_per_week"], held["visits_per_session"]
            if held["visits_per_week"] is None and sessions is not None and each is not None:
                held["visits_per_week"] = (sessions * each).quantize(Decimal("0.0001"))
            yield {**{name: text and text[:120] for name, text in who.items()}, **held}

        return entries


def _size(fields: Fields, name: str) -> Decimal | None:
    found = fields.read(name, number)
    if found is None:
        return None
    if not 0 <= found <= _MOST[name]:
        raise Refusal(f"column {fields.label(name)}: out of range")
    return found.quantize(Decimal("0.0001"))
