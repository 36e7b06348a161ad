"""What the practice's own capacity file says of room for another clinician."""

from __future__ import annotations

from decimal import Decimal

from knowledge.evidence import Basis, Figure, Sentence, says
from tools.lines.claim_totals import exact, records
from tools.practice import Practice


def room_said(practice: Practice) -> list[Sentence]:
    """Rooms, sessions and visits that stand open, or that no file tells."""
    if not practice.tables.has("capacity"):
        return [
            says("Whether a room and hours are free is not known: add your capacity file (provider,"
                 " sessions, rooms).")
        ]  # fmt: skip
    rows = records(practice, practice.tables.table("capacity"))

    def total(column: str, name: str) -> Figure | None:
        held = [exact(row[column]) for row in rows if row[column] is not None]
        if not held:
            return None
        basis = Basis(f"sum of {column.replace('_', ' ')}", (), "capacity", "all rows", len(held))
        return Figure(name, sum(held, Decimal(0)), "count", basis)

    rooms, open_visits = (
        total("rooms", "Rooms on file"),
        total("open_visits_per_week", "Medical visits open a week"),
    )
    made = []
    if rooms is not None:
        made.append(says("Your capacity file counts {rooms} rooms; a therapist needs one for whole"
                         " sessions.", rooms=rooms))  # fmt: skip
    if open_visits is not None and open_visits.number:
        made.append(says("{visits} medical visits a week stand open, so the schedule has room for"
                         " warm hand-offs.", visits=open_visits))  # fmt: skip
    return made
