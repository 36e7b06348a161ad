"""What of a raise is lost where a contract pays the lesser of the charge and the new rate."""

from __future__ import annotations

from decimal import Decimal

from knowledge.evidence import Basis, Figure, Sentence, says
from knowledge.money import to_cents
from knowledge.reference.settings_of_service import facility_places
from tools.lines.claim_totals import CodeTotal, exact, keyed_lines, records
from tools.lines.left_out import listed, period_where
from tools.period import Period
from tools.practice import Practice
from tools.rates.repricing import Ask
from tools.schedules.lesser_of_charges import pays_lesser


def lost_to_charges(
    practice: Practice, span: Period, payer: str, ask: Ask, codes: list[str] | None
) -> list[Sentence]:
    """A sentence with the dollars by which new rates pass today's charges, and on which codes.

    Lines without a charge are not looked at. Empty where no line would be capped.
    """
    lines = keyed_lines(
        practice, span, payers=[payer], codes=codes, places=facility_places(ask.benchmark.day)
    )
    lines = lines.filter(lines.billed > 0, lines.allowed.notnull())
    keys = ["code", "component", "facility", "units", "billed", "allowed"]
    alike = lines.group_by(keys).aggregate(lines=lines.count(), total=lines.allowed.sum())
    lost, capped, by_code = Decimal(0), 0, dict[str, Decimal]()
    for row in records(practice, alike):
        count = int(row["lines"])
        one = CodeTotal(
            payer, row["code"], row["component"], "facility" if row["facility"] else "office",
            exact(row["units"]) * count, exact(row["total"]), count, 0, Decimal(0),
        )  # fmt: skip
        new = ask.new_allowed(one)
        over = Decimal(0) if new is None else new - exact(row["billed"]) * count
        if over > 0 and new is not None and new > one.allowed:
            lost += min(over, new - one.allowed)
            capped += count
            by_code[one.code] = by_code.get(one.code, Decimal(0)) + over
    if not capped:
        return []
    where = f"{payer}, {period_where(span)}"
    amount = Figure(
        "Raise above today's charges", to_cents(lost), "USD",
        Basis("sum over lines of what the new rate adds beyond the billed charge", (),
              "claim_lines", where, capped),
    )  # fmt: skip
    known = pays_lesser(practice, [payer]).get(payer)
    if known is False:
        return []
    clause = "The contract pays the lesser of your charge and its rate:"
    return [
        says(
            "{clause} {amount} of this is lost until you raise charges on {codes}.",
            clause=clause
            if known
            else clause.replace("The contract pays", "If the contract pays").replace(":", ","),
            amount=amount,
            codes=listed(sorted(by_code, key=lambda code: (-by_code[code], code))),
        )
    ]
