"""What can be divided among payers, and the one query that adds it all up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis

from knowledge.evidence import Unit
from tools.claim_totals import allowed_of, chosen
from tools.period import Period
from tools.practice import Practice
from tools.rate_figures import COUNTING


@dataclass(frozen=True)
class Way:
    """A way to divide the practice among its payers: its words, unit and formula."""

    words: str
    unit: Unit
    formula: str


WAYS = {
    "payments": Way(
        "payments", "USD",
        "sum of paid on primary and secondary lines, net of reversals; self-pay: what patients"
        " paid on lines without insurance",
    ),
    "allowed": Way("allowed dollars", "USD", f"sum of allowed over {COUNTING}"),
    "charges": Way("charges", "USD", f"sum of billed over {COUNTING}"),
    "volume": Way("units", "count", f"sum of units over {COUNTING}"),
    "visits": Way("visits", "count", f"distinct claims and dates of service over {COUNTING}"),
    "patients": Way("patients", "count", f"distinct patients over {COUNTING}"),
}  # fmt: skip


def payer_sums(practice: Practice, span: Period, key: str) -> Any:
    """All sums of a period by `key` (payer or line_of_business), "" where a line gives none."""
    lines = chosen(practice, span)
    taken = lines.why_not.fill_null("") == "taken back"
    visit = ibis.coalesce(lines.claim_id, lines.member_key, "") + lines.service_date.cast("string")
    by_claim = (
        lines.mutate(
            **{key: ibis.coalesce(lines[key], "")}, taken=taken, visit=visit,
            allowed_whole=allowed_of(lines),
        )
        .group_by([key, "taken", "claim_id", "code", "visit", "member_key"])
        .aggregate(
            net=lambda t: t.paid.sum(),
            allowed=lambda t: t.allowed_whole.sum(where=t.counts),
            charges=lambda t: t.billed.sum(where=t.counts),
            volume=lambda t: t.units.sum(where=t.counts),
            owed=lambda t: t.patient_responsibility.sum(where=t.counts),
            counted=lambda t: t.counts.sum() > 0,
            read=lambda t: t.count(),
        )
    )  # fmt: skip
    # A void may give no amounts: what was taken back can then not stay as a payment.
    kept = ibis.ifelse(by_claim.taken, ibis.least(by_claim.net, 0), by_claim.net)
    return by_claim.group_by(key).aggregate(
        payments=kept.sum(),
        allowed=by_claim.allowed.sum(),
        charges=by_claim.charges.sum(),
        volume=by_claim.volume.sum(),
        owed=by_claim.owed.sum(),
        visits=by_claim.visit.nunique(where=by_claim.counted),
        patients=by_claim.member_key.nunique(where=by_claim.counted),
        lines=by_claim["read"].sum(),
    )
