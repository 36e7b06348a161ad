"""An answer's table: figures that open, tabular and right-aligned, the rest behind a button."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from ui.views.clean import words
from ui.views.marks import figure_mark

_CODE = re.compile(r"^(\d{5}|[A-Z]\d{4})[ ,:]+(\S.*)$")
_BAR = 92
_WORDY = 48  # characters: a column with a longer cell stands under its row, in a wide table
_WIDE = 5  # columns


def answer_table(
    table: Mapping[str, Any], figures: Mapping[str, Mapping[str, Any]], download: str
) -> str:
    """The table of a block as HTML.

    figures: the answer's figures by id, for the bars. download: where its CSV is.
    """
    columns, rows = _joined(table["columns"], table["rows"])
    right = [at > 0 and _is_numeric(rows, at) for at in range(len(columns))]
    scales = [_scale(name, rows, at, figures) for at, name in enumerate(columns)]
    under = _under(columns, rows)
    head = "".join(
        f'<th scope="col"{_class(right[at])}>{words(name)}</th>'
        for at, name in enumerate(columns)
        if at not in under
    )
    first = int(table["first_rows"])
    body = "".join(
        _row(row, right, scales, figures, under, hidden=at >= first) for at, row in enumerate(rows)
    )
    caption = f"<caption><span>{words(table['title'])}</span></caption>" if table["title"] else ""
    more = ""
    if len(rows) > first:
        more = (
            '<button type="button" class="quiet" data-more aria-expanded="false">'
            f"All {len(rows)} rows</button>"
        )
    return (
        f'<div class="table-box"><div class="scrolls" tabindex="0" role="group"'
        f' aria-label="{words(table["title"] or "Table")}"><table class="figures">{caption}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        f'<div class="under-table">{more}<button type="button" class="quiet"'
        f' data-download="{words(download)}">Save as a table (CSV)</button></div></div>'
    )


def _joined(
    columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> tuple[list[str], list[list[Any]]]:
    """Columns and rows with a code and the service it names in one cell; a total names none."""
    named = [row for row in rows if len(row) > 1 and row[1] is not None]
    coded = bool(named) and all(isinstance(row[0], str) for row in rows) and all(
        isinstance(row[1], str) and re.fullmatch(r"\d{5}|[A-Z]\d{4}", row[0]) for row in named
    )  # fmt: skip
    if len(columns) < 2 or not coded:
        return list(columns), [list(row) for row in rows]
    return (
        [columns[0], *columns[2:]],
        [[f"{row[0]} {row[1] or ''}".rstrip(), *row[2:]] for row in rows],
    )


def _under(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[int, str]:
    """The columns of sentences in a wide table, by place: they are read under their row."""
    if len(columns) < _WIDE:
        return {}
    return {
        at: name
        for at, name in enumerate(columns)
        if at and any(isinstance(row[at], str) and len(row[at]) > _WORDY for row in rows)
        and not _is_numeric(rows, at)
    }  # fmt: skip


def _row(
    row: Sequence[Any],
    right: Sequence[bool],
    scales: Sequence[Decimal | None],
    figures: Mapping[str, Mapping[str, Any]],
    under: Mapping[int, str],
    hidden: bool,
) -> str:
    cells = []
    for at, cell in enumerate(row):
        if at in under:
            continue
        scale = scales[at]
        made = _cell(cell) if scale is None else _with_bar(cell, scale, figures)
        cells.append(f"<td{_class(right[at])}>{made}</td>")
    later = ' class="later"' if hidden else ""
    said = "".join(
        f'<div class="told"><span class="quiet">{words(name)}:</span> {_cell(row[at])}</div>'
        for at, name in under.items()
        if row[at]
    )
    below = ' class="below later"' if hidden else ' class="below"'
    more = f'<tr{below}><td colspan="{len(cells)}">{said}</td></tr>' if said else ""
    return f"<tr{later}>{''.join(cells)}</tr>{more}"


def _class(right: bool) -> str:
    return ' class="r"' if right else ""


def _cell(cell: Any) -> str:
    if cell is None:
        return '<span class="none" title="No figure">–</span>'
    if isinstance(cell, dict):
        return figure_mark(cell["figure"], cell["shown"])
    named = _CODE.match(str(cell))
    if named:
        return f"{words(named.group(1))} <small>{words(named.group(2))}</small>"
    return words(cell)


def _is_numeric(rows: Sequence[Sequence[Any]], at: int) -> bool:
    """Whether most of a column's filled cells are figures; a count in a total row is not."""
    filled = [isinstance(row[at], dict) for row in rows if row[at] not in (None, "")]
    return 2 * sum(filled) > len(filled)


def _scale(
    name: str,
    rows: Sequence[Sequence[Any]],
    at: int,
    figures: Mapping[str, Mapping[str, Any]],
) -> Decimal | None:
    """The percent at the right end of a column's bars; None where it draws none."""
    if not re.search(r"of medicare", name, re.IGNORECASE):
        return None
    values = [value for row in rows if (value := _percent(row[at], figures)) is not None]
    return max(Decimal(120), *values) if values else None


def _percent(cell: Any, figures: Mapping[str, Mapping[str, Any]]) -> Decimal | None:
    if not isinstance(cell, dict):
        return None
    figure = figures.get(cell["figure"])
    if figure is None or figure["unit"] != "percent":
        return None
    try:
        return Decimal(str(figure["exact"]))
    except InvalidOperation:
        return None


def _with_bar(cell: Any, scale: Decimal, figures: Mapping[str, Mapping[str, Any]]) -> str:
    value = _percent(cell, figures)
    if value is None:
        return _cell(cell)
    length = _BAR * max(value, Decimal(0)) / scale
    mark = _BAR * Decimal(100) / scale
    low = " low" if value < 100 else ""
    return (
        f'<svg class="bar{low}" width="{_BAR}" height="14" viewBox="0 0 {_BAR} 14"'
        ' aria-hidden="true" focusable="false">'
        f'<rect class="track" x="0" y="3" width="{_BAR}" height="8" rx="4"></rect>'
        f'<rect class="fill" x="0" y="3" width="{length:.1f}" height="8" rx="4"></rect>'
        f'<line x1="{mark:.1f}" x2="{mark:.1f}" y1="0" y2="14"></line></svg>'
        f'<span class="pc">{_cell(cell)}</span>'
    )
