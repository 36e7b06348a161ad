"""Where all negotiations stand: a row a payer, with its stage, days and dollars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from copilot.tracker.due import Due, due_items
from copilot.tracker.entries import Entry
from copilot.tracker.offer_ledger import Line, lines_of, on_the_table, won
from copilot.tracker.stages import Stage, stage_of
from copilot.tracker.table_of_talks import Talks
from knowledge.evidence import Basis, Figure


@dataclass(frozen=True)
class Row:
    """One payer's negotiation; table and won in USD a year, None where nothing is priced."""

    payer: str
    short: str
    stage: Stage
    last: Entry | None
    next: Due | None
    lines: tuple[Line, ...]
    table: Figure | None
    won: Figure | None

    @property
    def begun(self) -> bool:
        """Whether anything was done yet."""
        return self.stage.name != "not begun"


@dataclass(frozen=True)
class Board:
    """All rows, those under way first, with the sums over them."""

    rows: tuple[Row, ...]
    table: Figure
    won: Figure
    due: tuple[Due, ...]


def board_of(talks: Talks) -> Board:
    """The board of every payer one negotiates with."""
    due = due_items(talks, talks.payers)
    rows = [_row(talks, payer, due) for payer in talks.payers]
    rows.sort(key=lambda row: (not row.begun, row.next.act.isoformat() if row.next else "9"))
    return Board(
        tuple(rows),
        _sum("On the table, all payers, a year", [row.table for row in rows]),
        _sum("Won, all payers, a year", [row.won for row in rows]),
        tuple(due),
    )


def _row(talks: Talks, payer: str, due: Sequence[Due]) -> Row:
    stage = stage_of(talks, payer)
    lines = lines_of(talks, payer)
    touched = [each for each in talks.of(payer) if each.is_contact]
    return Row(
        payer=payer,
        short=talks.short(payer),
        stage=stage,
        last=touched[-1] if touched else None,
        next=next((each for each in due if each.payer == payer), None),
        lines=tuple(lines),
        table=on_the_table(lines, stage),
        won=won(lines, stage, talks.of(payer)),
    )


def _sum(name: str, figures: Sequence[Figure | None]) -> Figure:
    inputs = tuple(figure for figure in figures if figure is not None)
    total = sum((figure.number for figure in inputs), Decimal(0))
    return Figure(name, total, "USD", Basis("sum over the payers", inputs))
