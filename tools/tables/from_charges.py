"""What a remittance does not tell of a line, from the claim that was sent (837P).

An 835 names no product, no place of service and no diagnosis. Where the submitted claim is on
file, lines of the same claim, date and code take these from it, if all its lines of that code
say the same; what a line says itself stays.
"""

from __future__ import annotations

from typing import Any

import ibis

_KEY = ("claim_id", "service_date", "code")
_FILLED = (
    "product", "place_of_service", "diagnoses", "rendering_npi", "member_key", "submitted_date",
)  # fmt: skip


def filled_from_charges(lines: Any, charges: Any) -> Any:
    """The lines, their open columns filled from the submitted claims; no line more or less."""
    sent = charges.filter(charges.claim_id.notnull(), ~charges.replaced.fill_null(False))
    told = sent.group_by(list(_KEY)).aggregate(
        **{f"least_{name}": sent[name].min() for name in _FILLED},
        **{f"most_{name}": sent[name].max() for name in _FILLED},
    )
    told = told.select(
        **{f"sent_{name}": told[name] for name in _KEY},
        **{
            f"sent_{name}": ibis.ifelse(
                told[f"least_{name}"] == told[f"most_{name}"], told[f"least_{name}"], ibis.null()
            )
            for name in _FILLED
        },
    )
    joined = lines.left_join(told, [lines[name] == told[f"sent_{name}"] for name in _KEY])
    filled = {
        name: ibis.coalesce(
            joined[name].nullif("") if name == "diagnoses" else joined[name],
            joined[f"sent_{name}"],
            joined[name],
        )
        for name in _FILLED
    }
    return joined.mutate(**filled).select(*lines.columns)
