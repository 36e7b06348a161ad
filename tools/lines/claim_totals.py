"""Units and allowed amounts of counting lines by payer, code and setting: one query.

A counting line is of the primary payer, not denied, not taken back, with units above zero
(the table store marks it). Allowed is as given, else paid + patient responsibility, and
always of the whole line. Sums are taken in the engine, so money stays decimal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import ibis

from knowledge.problems import NotKnown
from knowledge.reference.medicare import COMPONENTS
from knowledge.reference.settings_of_service import Setting, facility_places
from tools.lines.business_lines import of_product
from tools.period import Period, claimed_days
from tools.practice import Practice

SELF_PAY = "self_pay"


@dataclass(frozen=True)
class CodeTotal:
    """Counting lines of one payer, code, component modifier and setting.

    `units` and `lines` are of the lines that give an allowed amount; `blank_lines` and
    `blank_units` are of those that do not.
    """

    payer: str
    code: str
    component: str
    setting: Setting
    units: Decimal
    allowed: Decimal
    lines: int
    blank_lines: int
    blank_units: Decimal


def code_totals(
    practice: Practice,
    period: Period,
    *,
    payers: Iterable[str] | None = None,
    codes: Iterable[str] | None = None,
    product: str | None = None,
    places_of: date | None = None,
) -> tuple[CodeTotal, ...]:
    """Totals in USD and units; `places_of` is the day whose rule places telehealth.

    Lines without a payer are summed under "" and lines without a code are left out.
    """
    places = facility_places(places_of or period.end)
    with_keys = keyed_lines(
        practice, period, payers=payers, codes=codes, product=product, places=places
    )
    known = with_keys.allowed.notnull()
    grouped = with_keys.group_by(["payer", "code", "component", "facility"]).aggregate(
        units=with_keys.units.sum(where=known),
        allowed=with_keys.allowed.sum(where=known),
        lines=known.sum(),
        blank_lines=(~known).sum(),
        blank_units=with_keys.units.sum(where=~known),
    )
    return tuple(
        CodeTotal(
            payer=row["payer"],
            code=row["code"],
            component=row["component"],
            setting="facility" if row["facility"] else "office",
            units=exact(row["units"]),
            allowed=exact(row["allowed"]),
            lines=int(row["lines"]),
            blank_lines=int(row["blank_lines"]),
            blank_units=exact(row["blank_units"]),
        )
        for row in records(practice, grouped)
    )


def keyed_lines(
    practice: Practice,
    period: Period,
    *,
    payers: Iterable[str] | None = None,
    codes: Iterable[str] | None = None,
    product: str | None = None,
    places: Iterable[str],
) -> Any:
    """Counting lines (an Ibis table) with payer, code, component modifier and whether facility."""
    lines = chosen(practice, period, payers=payers, codes=codes, product=product)
    lines = lines.filter(lines.counts, lines.code.notnull())
    place = ibis.coalesce(lines.place_of_service, "").lpad(2, "0")
    return lines.select(
        payer=ibis.coalesce(lines.payer, ""),
        code=lines.code,
        component=_component(lines.modifiers),
        facility=place.isin(sorted(places)),
        units=lines.units,
        billed=lines.billed,
        allowed=allowed_of(lines),
    )


def chosen(
    practice: Practice,
    period: Period | None,
    *,
    payers: Iterable[str] | None = None,
    codes: Iterable[str] | None = None,
    product: str | None = None,
) -> Any:
    """Claim lines of every kind (an Ibis table) of a period, payers, codes and product."""
    lines = practice.tables.table("claim_lines")
    if period is not None:
        lines = lines.filter(lines.service_date.between(period.start, period.end))
    if payers is not None:
        lines = lines.filter(lines.payer.isin(list(payers)))
    if codes is not None:
        lines = lines.filter(lines.code.isin(list(codes)))
    if product is not None:
        lines = lines.filter(of_product(lines, product))
    return lines


def allowed_of(lines: Any) -> Any:
    """The allowed amount of each line: as given, else paid + patient responsibility."""
    return ibis.coalesce(lines.allowed, lines.paid + lines.patient_responsibility)


def records(practice: Practice, expr: Any) -> list[dict[str, Any]]:
    """The rows of an expression as dicts."""
    found = practice.tables.frame(expr).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in found]


def insurers(practice: Practice, payers: Iterable[str]) -> list[str]:
    """The payers that are insurers, in alphabetical order: without self-pay and blanks."""
    return sorted(p for p in set(payers) if p and not is_self_pay(practice, p))


def is_self_pay(practice: Practice, payer: str) -> bool:
    """Whether a row of the claims is a patient paying without insurance."""
    return practice.payers.line_of_business(payer) == SELF_PAY


def exact(value: Any) -> Decimal:
    """A sum from the engine as a Decimal; nothing summed is zero."""
    if value is None or value != value:
        return Decimal(0)
    return value if isinstance(value, Decimal) else Decimal(str(value))


def one_payer(practice: Practice, payer: str | None, known: Iterable[str]) -> str:
    """The payer meant, or the only one there is; NotKnown naming those there are."""
    there = insurers(practice, known)
    if payer in there:
        return str(payer)
    if payer is None and len(there) == 1:
        return there[0]
    raise NotKnown(
        what=f"no claims of {payer} are loaded" if payer else "several payers are on file",
        why=f"claims are on file for {', '.join(there)}" if there else "no claims are loaded",
        do="name one of them, or add that payer's claims or 835 files",
    )


def covers(practice: Practice, period: Period) -> tuple[date, date] | None:
    """Where the claims begin late or end early: the days they reach; None when they cover it."""
    first, last = claimed_days(practice)
    late = first > period.start and (first - period.start).days > 7
    early = last < period.end and (period.end - last).days > 7
    return (max(first, period.start), min(last, period.end)) if late or early else None


def _component(modifiers: Any) -> Any:
    padded = ibis.literal(" ") + ibis.coalesce(modifiers, "") + " "
    picked: Any = ibis.literal("")
    for each in sorted(COMPONENTS):
        picked = padded.contains(f" {each} ").ifelse(each, picked)
    return picked
