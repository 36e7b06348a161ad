"""Submitted claims that a later one replaces or voids, whatever order the files came in."""

from __future__ import annotations

from typing import Any

import ibis

_CLAIM = ("claim_id", "payer_order")


def superseded(charges: Any) -> Any:
    """The charges with `replaced` set on every line that is not in force.

    A claim of frequency 7 (replaces) or 8 (voids) supersedes what was submitted under its
    number up to its day; a claim sent anew after a void stands. A void itself is never in
    force. What an import has marked already (an original named by REF*F8) stays so.
    """
    within = ibis.window(group_by=[charges[name] for name in _CLAIM])
    day = ibis.coalesce(charges.submitted_date, ibis.date(1900, 1, 1))
    marked = charges.mutate(day=day)
    last = {
        name: ibis.ifelse(marked.frequency == frequency, marked.day, ibis.null("date"))
        .max()
        .over(within)
        for name, frequency in (("last_new", "7"), ("last_void", "8"))
    }
    marked = marked.mutate(**last)
    new, void = marked["last_new"], marked["last_void"]
    gone = ibis.cases(
        (marked.frequency == "8", True),
        (marked.claim_id.isnull(), False),
        (marked.frequency == "7", (marked.day < new) | (marked.day <= void).fill_null(False)),
        else_=(marked.day <= new).fill_null(False) | (marked.day <= void).fill_null(False),
    )
    gone = gone.fill_null(False) | marked.replaced.fill_null(False)
    return marked.mutate(replaced=gone).select(*charges.columns)
