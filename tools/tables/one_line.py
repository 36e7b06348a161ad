"""One line known from several sources: found, and its columns put together.

What was chosen. Every source keeps its own rows: the first file that brings a line stores it
in `claim_lines`, a file of another layout that brings it again lists the row as a repeat and
stores it beside, in `line_repeats`. Which rows are one line is decided here, each time the
tables change, over both together; so the order of files decides nothing but which file's
answer lists the repeat.

A layout is one way to write lines: an export with its header, or the 835. Within a layout two
rows are one only when every column agrees (the row's hash; dropped at import). Between
layouts a line is the same when claim, date, code, charge and order of payer agree; of several
equal ones the surest likeness pairs first (payer, line number, paid, allowed), one for one,
so that an original and its correction do not change places. Where money differs a line is
still one, unless a source takes it back: then an original and its correction may be known from
different files, and only equal payments pair. Lines whose payers are both known and differ
stay apart unless paid and allowed agree. Exports come before the 835: the line
keeps what the export says of the service (product, place, member, line number), and what the
835 says of the payment (amounts, status, reasons, remarks, day paid); each fills what the
other leaves open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ibis
from ibis import _

REMITTANCE = "~835"  # sorts behind every export's layout
ROW = ("source_id", "source_sheet", "source_row")
LEAD = tuple(f"lead_{name}" for name in ROW)
Kept = Callable[[str, Any], Any]
"""Works an expression out once and gives a table of its rows."""

_LINE = ("claim_id", "service_date", "code", "payer_order", "reverses")
_FROM_REMITTANCE = frozenset(
    ("allowed", "paid", "patient_responsibility", "status", "reason_codes", "adjustments",
     "remark_codes", "paid_date")
)  # fmt: skip
_BLANK_IS_NONE = frozenset(
    ("modifiers", "reason_codes", "adjustments", "remark_codes", "diagnoses")
)


def resolved(lines: Any, layouts: Sequence[str], kept: Kept) -> Any:
    """Lines (with a column `layout`) of all layouts as lines each known once, `layout` dropped.

    The layouts are taken in alphabetical order, the 835 last, whatever order they came in.
    """
    first, *others = sorted(layouts)
    whole = lines.filter(lines.layout == first)
    for number, layout in enumerate(others):
        more = lines.filter(lines.layout == layout)
        found = kept(f"pairs_{number}", pairs(whole, more))
        whole = _united(whole, more, found, layout == REMITTANCE)
    return whole.drop("layout")


def pairs(whole: Any, more: Any) -> Any:
    """Rows of `more` that are lines of `whole` already: ROW of the one, LEAD of the other."""
    shared = ["claim_id", "service_date", "code"]
    both = ibis.union(
        _keyed(whole.semi_join(more, shared), False), _keyed(more.semi_join(whole, shared), True)
    )
    of_line = ibis.window(group_by=["claim_id", "service_date", "code", "payer_order", "charge"])
    both = both.mutate(
        met=ibis.literal(False),
        settled_once=both.reverses | ~both.reverses.any().over(of_line),
        **{name: both[name[5:]] for name in LEAD},
    )
    known, unknown = _.payer.notnull(), _.payer.isnull()
    charged, uncharged = _.charge.notnull(), _.charge.isnull()
    some, anything, once = _.size_of_paid > 0, ibis.literal(True), _.settled_once
    money = ("size_of_paid", "size_of_allowed")
    # Keys beside the line itself, and which rows of `whole` and of `more` may pair.
    for keys, of_whole, of_more in (
        (("charge", "payer", "line_number", *money), anything, anything),
        (("charge", *money), some, some),
        (("charge", "payer", "size_of_paid"), anything, anything),
        (("charge", "payer", "line_number"), known & once, known & once),
        (("charge", "payer"), known & once, known & once),
        (("charge",), unknown & once, once),
        (("charge",), once, unknown & once),
        (money, uncharged & some, charged & some),
        (money, charged & some, uncharged & some),
    ):
        takes_part = ibis.ifelse(_.newer, of_more, of_whole)
        both = _met(both.mutate(takes_part=takes_part.fill_null(False) & ~_.met), keys)
    return both.filter(both.met, both.newer).select(*ROW, *LEAD)


def _keyed(rows: Any, newer: bool) -> Any:
    allowed = ibis.coalesce(rows.allowed, rows.paid + rows.patient_responsibility)
    return rows.select(
        *ROW,
        "claim_id",
        "service_date",
        "code",
        "payer_order",
        "payer",
        "posting_date",
        "row_hash",
        reverses=ibis.coalesce(rows.status == "reversal", False),
        charge=rows.billed.abs(),
        line_number=ibis.coalesce(rows.line_number, ""),
        size_of_paid=rows.paid.abs(),
        size_of_allowed=allowed.abs().cast("decimal(14, 2)"),
        newer=ibis.literal(newer),
    )


def _met(both: Any, keys: Sequence[str]) -> Any:
    """`both` with the nth row of `more` met by the nth of `whole` where all keys agree."""
    alike = [*_LINE, *keys, "takes_part"]
    order = [
        both.line_number,
        both.posting_date.asc(nulls_first=True),
        both.row_hash,
        both.source_id,
        both.source_row,
    ]
    place = ibis.row_number().over(ibis.window(group_by=[*alike, "newer"], order_by=order))
    ranked = both.mutate(place=place)
    within = ibis.window(group_by=[*alike, "place"])
    two = ranked.mutate(
        sides=ranked.count().over(within),
        **{
            f"found_{name}": ranked[name]
            .first()
            .over(ibis.window(group_by=[*alike, "place"], order_by=ranked.newer))
            for name in ROW
        },
    )
    now = two.takes_part & (two.sides == 2)
    return two.mutate(
        met=two.met | now,
        **{f"lead_{n}": ibis.ifelse(now, two[f"found_{n}"], two[f"lead_{n}"]) for n in ROW},
    ).select(*both.columns)


def _united(whole: Any, more: Any, found: Any, remitted: bool) -> Any:
    """The lines of `whole` with what `more` adds to them, and the rest of `more`."""
    again = found.select(*ROW, absorbed=ibis.literal(True))
    marked = _joined(more, again, ROW).mutate(absorbed=lambda t: t.absorbed.fill_null(False))
    columns = whole.columns
    rest = marked.filter(~marked.absorbed).select(*columns)
    told = _joined(more, found, ROW).filter(lambda t: t.lead_source_row.notnull())
    told = told.select(
        *LEAD, **{f"more_{name}": told[name] for name in columns if name not in (*ROW, "layout")}
    )
    both = _joined(whole, told, LEAD)
    names = [name for name in columns if name not in (*ROW, "layout")]
    lines = both.select(
        *ROW, "layout", **{name: _either(both, name, remitted) for name in names}
    ).select(*columns)
    return ibis.union(lines, rest)


def _joined(rows: Any, other: Any, place: Sequence[str]) -> Any:
    """`rows` left-joined to `other`, whose columns `place` name the row in `rows`."""
    renamed = other.rename({f"of_{name}": name for name in place})
    joined = rows.left_join(
        renamed,
        [
            rows.source_id == renamed[f"of_{place[0]}"],
            ibis.coalesce(rows.source_sheet, "") == ibis.coalesce(renamed[f"of_{place[1]}"], ""),
            rows.source_row == renamed[f"of_{place[2]}"],
        ],
    )
    return joined.rename({name: f"of_{name}" for name in place if name not in rows.columns})


def _either(both: Any, name: str, remitted: bool) -> Any:
    first, second = both[name], both[f"more_{name}"]
    if remitted and name in _FROM_REMITTANCE:
        first, second = second, first
    if name in _BLANK_IS_NONE:
        return ibis.coalesce(first.nullif(""), second, first)
    return ibis.coalesce(first, second)
