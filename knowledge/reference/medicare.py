"""What Medicare allows for one unit of a code, by day, locality and setting.

(work RVU x work GPCI + practice-expense RVU of the setting x PE GPCI + malpractice RVU
x MP GPCI) x conversion factor, rounded to the cent. Tables: mpfs.csv, gpci_colorado.csv,
conversion_factor.toml, with their sources in sources.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from knowledge.money import to_cents
from knowledge.problems import BadInput, NotKnown
from knowledge.reference.codes import family_of
from knowledge.reference.dated import Dated, read_csv, read_toml
from knowledge.reference.settings_of_service import Setting

COLORADO = "Colorado"
NATIONAL = "national"
PRICED = frozenset("ARTN")
COMPONENTS = frozenset({"26", "TC", "53"})


@dataclass(frozen=True)
class Rvus:
    """Relative value units of a code: status letter, work, practice expense, malpractice."""

    status: str
    work: Decimal
    practice: Mapping[Setting, Decimal]
    malpractice: Decimal


@dataclass(frozen=True)
class Gpcis:
    """Geographic indices of a locality, 1 being the nation."""

    work: Decimal
    practice: Decimal
    malpractice: Decimal


def medicare_price(
    code: str,
    when: date | int,
    locality: str = COLORADO,
    setting: Setting = "office",
    modifier: str = "",
) -> Decimal:
    """What Medicare allows for one unit, in USD rounded to the cent, halves up.

    `when` is a day, or a year (its last conversion factor). `modifier` is 26, TC or 53
    where the component is meant; other modifiers do not change the price.
    Raises NotKnown with the reason for a code without a price, BadInput for a locality
    that the tables do not name.
    """
    day = date(when, 12, 31) if isinstance(when, int) else when
    rvu, gpci = rvus(code, day, modifier), gpcis(locality, day)
    weighted = (
        rvu.work * gpci.work
        + rvu.practice[setting] * gpci.practice
        + rvu.malpractice * gpci.malpractice
    )
    return to_cents(weighted * conversion_factors().on(day))


def priced_but_unpaid(code: str, year: int) -> bool:
    """True where Medicare publishes values for a code it does not pay (status N)."""
    row = _table().get((year, code, ""))
    return row is not None and row.status == "N" and is_priced(row)


def rvus(code: str, day: date, modifier: str = "") -> Rvus:
    """The units of a code on a day; raises NotKnown, with the reason, where it has no price."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotKnown(
            what=f"Medicare's values of {day.year} are not in the tables",
            why=f"they reach from {FIRST_YEAR} to {LAST_YEAR}",
            do=f"choose a year from {FIRST_YEAR} to {LAST_YEAR}",
        )
    row = _table().get((day.year, code, modifier if modifier in COMPONENTS else ""))
    row = row or _table().get((day.year, code, ""))
    if row is not None and is_priced(row):
        return row
    raise NotKnown(
        what=f"{code} has no price in the {day.year} Medicare physician fee schedule",
        why=why_no_price(code, row, _where_it_is(code, day.year)),
    )


def gpcis(locality: str, day: date) -> Gpcis:
    """The indices of "national" or "Colorado" on a day; raises NotKnown outside the table."""
    place = locality.strip().lower()
    if place == NATIONAL:
        return Gpcis(Decimal(1), Decimal(1), Decimal(1))
    if place != COLORADO.lower():
        raise BadInput(
            where="locality",
            what=f"no Medicare prices are stored for {locality}",
            do=f"choose {COLORADO} or {NATIONAL}",
        )
    table = _colorado()
    if day > table.last:
        raise NotKnown(
            what=f"Medicare's geographic indices for Colorado in {day.year} were not obtained",
            why=f"so {day.year} Colorado prices cannot be computed",
            do=f"ask for {table.last.year} {COLORADO}, or for {day.year} {NATIONAL}",
        )
    return table.on(day)


def benchmark_year(locality: str = COLORADO) -> int:
    """The latest year that has both the values and the locality's indices."""
    if locality.strip().lower() == NATIONAL:
        return LAST_YEAR
    gpcis(locality, date(FIRST_YEAR, 1, 1))
    return min(LAST_YEAR, _colorado().last.year)


def benchmark_label(year: int, locality: str, setting: Setting | None = "office") -> str:
    """The benchmark's name, always with year, locality and setting."""
    place = NATIONAL if locality.strip().lower() == NATIONAL else locality
    return f"{year} Medicare, {place}" + (f", {setting} rate" if setting else "")


@cache
def conversion_factors() -> Dated[Decimal]:
    """USD per RVU by day, for everybody who is no qualifying APM participant."""
    rows = read_toml("conversion_factor.toml")["values"]
    return Dated(
        "The conversion factor",
        tuple((row["from"], row["to"], Decimal(row["amount"])) for row in rows),
    )


@cache
def qualifying_conversion_factors() -> Dated[Decimal]:
    """USD per RVU by day for qualifying participants in advanced payment models."""
    rows = read_toml("conversion_factor.toml")["qualifying_apm_participant"]["values"]
    return Dated(
        "The conversion factor of qualifying participants",
        tuple((row["from"], row["to"], Decimal(row["amount"])) for row in rows),
    )


@cache
def _colorado() -> Dated[Gpcis]:
    return Dated(
        "The geographic indices of Colorado",
        tuple(
            (
                date.fromisoformat(row["from"]),
                date.fromisoformat(row["to"]),
                Gpcis(Decimal(row["work"]), Decimal(row["pe"]), Decimal(row["malpractice"])),
            )
            for row in read_csv("gpci_colorado.csv")
        ),
    )


@cache
def _table() -> Mapping[tuple[int, str, str], Rvus]:
    return {
        (int(row["year"]), row["code"], row["modifier"]): Rvus(
            row["status"],
            Decimal(row["work"]),
            {"office": Decimal(row["office_pe"]), "facility": Decimal(row["facility_pe"])},
            Decimal(row["malpractice"]),
        )
        for row in read_csv("mpfs.csv")
    }


def is_priced(row: Rvus) -> bool:
    """Whether a row carries a price: status A, R, T or N, and not all of its units zero."""
    units = (row.work, row.practice["office"], row.practice["facility"], row.malpractice)
    return row.status in PRICED and any(units)


def surely_unpriced(code: str, year: int) -> bool:
    """Whether the year's table has the code without a price, or it is on another schedule.

    False where the table does not hold the code at all: then nothing is known of it.
    """
    row = _table().get((year, code, ""))
    if row is not None:
        return not is_priced(row)
    return (family_of(code) or "") in NOT_ON_THE_SCHEDULE


def why_no_price(code: str, row: Rvus | None, absent: str) -> str:
    """Why a code has no price; `absent` is said where the table has no row of it."""
    outside = NOT_ON_THE_SCHEDULE.get(family_of(code) or "")
    if outside:
        return outside
    if row is None:
        return absent
    return STATUS_WORDS.get(row.status, "its values are all zero, so each carrier prices it")


def _where_it_is(code: str, year: int) -> str:
    known = sorted(known_year for known_year, known, _ in _table() if known == code)
    if known:
        return f"the tables hold it for {known[0]} to {known[-1]} only, not for {year}"
    return "the code is not in the stored table of primary-care codes"


NOT_ON_THE_SCHEDULE = {
    "lab": "laboratory tests are priced by the clinical laboratory fee schedule, not this one",
    "vaccine": "vaccine products are priced from average sales price, not this schedule",
    "drug": "injected drugs are priced from average sales price, not this schedule",
    "supply": "supplies have a schedule of their own",
}
STATUS_WORDS = {
    "I": "Medicare wants another code for this service",
    "B": "Medicare bundles it into other services and pays nothing apart",
    "X": "it is outside the physician fee schedule by law",
}
FIRST_YEAR = min(year for year, _, _ in _table())
LAST_YEAR = max(year for year, _, _ in _table())
