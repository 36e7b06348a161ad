"""The letter-ready list of underpaid lines: claim, date, code, units, amounts, cause.

Claim numbers stand here because a line cannot be disputed without them; they are plain data
for a file, and enter no sentence, table or model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.money import to_cents
from tools.lines.claim_totals import exact
from tools.practice import Practice
from tools.schedules.expected_rates import Expected
from tools.underpayments.causes import Blamed

COLUMNS = (
    "payer", "claim", "line", "date", "code", "modifiers", "units", "allowed", "contract",
    "shortfall", "cause", "rule",
)  # fmt: skip


def line_list(
    practice: Practice,
    lines: Sequence[Mapping[str, Any]],
    blamed: Sequence[Blamed],
    expected: Sequence[Expected],
) -> list[dict[str, str]]:
    """The lines as plain texts under COLUMNS, the largest shortfall first; explained ones left
    out. Amounts are USD of the whole line."""
    causes = {
        (g.kind, g.units, g.allowed, g.expected, g.multiple, g.bundled, g.at_charge): each.cause
        for each in blamed
        for g in (each.group,)
    }
    made = []
    for line in lines:
        key = (
            int(line["kind"]), exact(line["units"]), exact(line["allowed"]),
            exact(line["expected"]), bool(line["code_59"]), bool(line["code_97"]),
            bool(line["at_charge"]),
        )  # fmt: skip
        cause = causes.get(key)
        if cause is None or cause.explained:
            continue
        held = expected[key[0]]
        texts = (
            practice.payers.short_name(held.kind.payer),
            line["claim_id"] or "",
            line["line_number"] or "",
            line["service_date"].isoformat(),
            held.kind.code,
            held.kind.modifiers,
            f"{key[1].normalize():f}",
            str(to_cents(key[2])),
            str(to_cents(key[3])),
            str(to_cents(key[3] - key[2])),
            cause.words,
            held.rate.rule if held.rate else "",
        )
        made.append(dict(zip(COLUMNS, map(str, texts), strict=True)))
    return made
