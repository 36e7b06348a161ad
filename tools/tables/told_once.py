"""What answers would else work out of every line again: its visit, its patient, paid later.

Three columns beside `counts` and `why_not`. `visit` is one value for each claim and date of
service (the patient stands for a claim without a number), `patient` one for each patient
(null where a line names none): in the engine's own short form, which is counted apart in a
fraction of the time and memory that texts take. `paid_later` says of a denied line that the
same patient, day and code of the payer stands paid with a later date. A period, a payer or a
code named in a question takes or leaves such lines together, so that it is the same for all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis

_REFUSED = ("payer", "patient", "day", "code")
Short = Callable[..., Any]
"""One value that stands for several: equal where they are equal; see Engine.short."""


def told_once(lines: Any, short: Short) -> Any:
    """Counted lines with `visit`, `patient` and `paid_later`; no line more or less."""
    paid = _paid(lines)
    joined = lines.left_join(
        paid, [_refused(lines)[name] == paid[f"paid_{name}"] for name in _REFUSED]
    )
    posted = ibis.coalesce(joined.paid_date, joined.posting_date)
    later = joined.undated | (joined.undated.notnull() & posted.isnull())
    later = (later | (joined.last_paid > posted)).fill_null(False)
    refused = (joined.status == "denied").fill_null(False)
    return joined.select(
        *lines.columns,
        visit=short(_claim(joined), joined.service_date),
        patient=ibis.ifelse(joined.member_key.isnull(), ibis.null(), short(joined.member_key)),
        paid_later=refused & later,
    )


def alike_in_short(lines: Any) -> Any:
    """A row: how many visits and patients `visit` and `patient` tell fewer than there are.

    Both are 0 unless two of them share a short form by chance.
    """
    visits = lines.select("visit", claim=_claim(lines), day=lines.service_date).distinct()
    people = lines.select("patient", "member_key").distinct()
    people = people.filter(people.member_key.notnull())
    return visits.aggregate(visits=visits.count() - visits.visit.nunique()).cross_join(
        people.aggregate(patients=people.count() - people.patient.nunique())
    )


def _claim(lines: Any) -> Any:
    return ibis.coalesce(lines.claim_id, lines.member_key, "")


def _paid(lines: Any) -> Any:
    """Payer, patient, day and code of denied lines that also stand paid: the last day of it."""
    denied = lines.filter(lines.status == "denied")
    denied = denied.select(**_refused(denied)).distinct()
    paid = lines.filter(lines.counts, lines.status == "paid")
    paid = paid.select(**_refused(paid), posted=ibis.coalesce(paid.paid_date, paid.posting_date))
    paid = paid.semi_join(denied, list(_REFUSED))
    found = paid.group_by(list(_REFUSED)).aggregate(
        last_paid=paid.posted.max(), undated=paid.posted.isnull().sum() > 0
    )
    return found.rename({f"paid_{name}": name for name in _REFUSED})


def _refused(lines: Any) -> dict[str, Any]:
    return {
        "payer": ibis.coalesce(lines.payer, ""),
        "patient": ibis.coalesce(lines.member_key, lines.claim_id, ""),
        "day": lines.service_date,
        "code": lines.code,
    }
