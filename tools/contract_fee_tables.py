"""Fee tables inside contracts, as rows of a fee schedule."""

from __future__ import annotations

from collections.abc import Sequence

from tools.practice import Practice
from tools.schedule_row import ScheduleRow


def contract_rows(practice: Practice, payers: Sequence[str] | None) -> list[ScheduleRow]:
    """The rows that the payers' contracts hold."""
    return []
