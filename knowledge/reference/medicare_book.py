"""Medicare's prices as one practice has them: releases it loaded itself, then the shipped tables.

A release of CMS that the practice loaded is used before the shipped table of its year, for
values and conversion factor; its geographic indices before the shipped ones. What a loaded
year does not list has no price: the shipped row of the same year is not mixed in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from knowledge.money import to_cents
from knowledge.problems import BadInput, NotKnown
from knowledge.reference import medicare as shipped
from knowledge.reference.medicare import COLORADO, COMPONENTS, NATIONAL, Gpcis, Rvus
from knowledge.reference.settings_of_service import Setting

SHIPPED_SOURCE = "CMS, Physician Fee Schedule relative values, indices and conversion factor"
COLORADO_NUMBER = "0411201"


@dataclass(frozen=True)
class Indicators:
    """A code's payment policy letters: bilateral, multiple procedures, assistant; "" unknown.

    bilateral "1" means that a service on both sides is paid at 150 percent.
    """

    bilateral: str = ""
    multiple: str = ""
    assistant: str = ""


@dataclass(frozen=True)
class Release:
    """One release of CMS's relative value file as the practice loaded it.

    values and indicators by (code, modifier); factor in USD per RVU for everybody else,
    qualifying for qualifying participants in advanced payment models where the file has it.
    """

    year: int
    label: str
    values: Mapping[tuple[str, str], Rvus]
    indicators: Mapping[tuple[str, str], Indicators]
    factor: Decimal
    qualifying: Decimal | None = None


@dataclass(frozen=True)
class Place:
    """A Medicare locality of one year: contractor and locality number, name, indices."""

    number: str
    name: str
    state: str
    gpcis: Gpcis


@dataclass(frozen=True)
class MedicareBook:
    """Prices by day, locality and setting; `releases` and `places` are by year."""

    releases: Mapping[int, Release] = field(default_factory=dict)
    places: Mapping[int, tuple[Place, ...]] = field(default_factory=dict)

    def price(
        self,
        code: str,
        when: date | int,
        locality: str = COLORADO,
        setting: Setting = "office",
        modifier: str = "",
        qualifying: bool = False,
    ) -> Decimal:
        """What Medicare allows for one unit, in USD rounded to the cent, halves up.

        As `medicare_price`; qualifying takes the conversion factor of qualifying participants.
        """
        day = date(when, 12, 31) if isinstance(when, int) else when
        rvu, gpci = self.rvus(code, day, modifier), self.gpcis(locality, day)
        return to_cents(_weighted(rvu, gpci, setting) * self.factor(day, qualifying))

    def units(
        self, code: str, when: date | int, locality: str, setting: Setting, modifier: str = ""
    ) -> Decimal:
        """Relative value units of one service in a locality, unrounded."""
        day = date(when, 12, 31) if isinstance(when, int) else when
        return _weighted(self.rvus(code, day, modifier), self.gpcis(locality, day), setting)

    def rvus(self, code: str, day: date, modifier: str = "") -> Rvus:
        """The units of a code on a day; raises NotKnown, with the reason, without a price."""
        release = self.releases.get(day.year)
        if release is None:
            return shipped.rvus(code, day, modifier)
        row = release.values.get((code, modifier if modifier in COMPONENTS else ""))
        row = row or release.values.get((code, ""))
        if row is not None and shipped.is_priced(row):
            return row
        raise NotKnown(
            what=f"{code} has no price in the {day.year} Medicare physician fee schedule",
            why=shipped.why_no_price(code, row, "it is not in the release you loaded"),
        )

    def gpcis(self, locality: str, day: date) -> Gpcis:
        """The indices of a locality on a day; raises BadInput for an unknown locality."""
        if is_national(locality):
            return shipped.gpcis(NATIONAL, day)
        if day.year in self.places:
            return self.place(locality, day.year).gpcis
        if locality.strip().lower() != COLORADO.lower() and self.places:
            known = ", ".join(map(str, sorted(self.places)))
            raise NotKnown(
                what=f"Medicare's geographic indices for {locality} in {day.year} are not loaded",
                why=f"those on file are of {known}",
                do=f"load CMS's release of {day.year}, or ask for {sorted(self.places)[-1]}",
            )
        return shipped.gpcis(locality, day)

    def factor(self, day: date, qualifying: bool = False) -> Decimal:
        """USD per RVU on a day.

        A loaded factor replaces the shipped one of its year, unless it is one of several
        that the year had; then the day decides.
        """
        release = self.releases.get(day.year)
        table = shipped.qualifying_conversion_factors if qualifying else shipped.conversion_factors
        loaded = None
        if release is not None:
            loaded = release.qualifying if qualifying else release.factor
        if loaded is None:
            return table().on(day)
        known = [value for first, _, value in table().rows if first.year == day.year]
        return table().on(day) if loaded in known else loaded

    def place(self, locality: str, year: int) -> Place:
        """The one locality that words or a number mean; BadInput naming those that come near."""
        listed = self.places.get(year, ())
        wanted = _plain(locality)
        digits = re.sub(r"\D", "", locality)
        exact = [
            p
            for p in listed
            if wanted == _plain(p.name)
            or (digits and digits == p.number)
            or (wanted == "colorado" and p.number == COLORADO_NUMBER)
        ]
        near = exact or [p for p in listed if set(wanted.split()) <= set(_plain(p.name).split())]
        near = near or [p for p in listed if wanted == p.state.lower()]
        if len(near) == 1:
            return near[0]
        some = ", ".join(p.name for p in near[:8]) or f"{COLORADO}, {NATIONAL}"
        raise BadInput(
            where="locality",
            what=f"{locality} is {'several' if near else 'none'} of Medicare's localities"
            f" of {year}",
            do=f"choose one of: {some}",
        )

    def named(self, locality: str) -> str:
        """A locality's own name; raises BadInput for one that no table holds."""
        if is_national(locality):
            return NATIONAL
        if locality.strip().lower() in (COLORADO.lower(), "co"):
            return COLORADO
        if not self.places:
            raise BadInput(
                where="locality",
                what=f"no Medicare prices are stored for {locality}",
                do=f"choose {COLORADO} or {NATIONAL}, or load CMS's release file for others",
            )
        return self.place(locality, max(self.places)).name

    def latest_year(self, locality: str = COLORADO) -> int:
        """The latest year that has both the values and the locality's indices."""
        valued: set[int] = {*range(shipped.FIRST_YEAR, shipped.LAST_YEAR + 1), *self.releases}
        if is_national(locality):
            return max(valued)
        held = {year for year in valued if year in self.places and self._has(locality, year)}
        if locality.strip().lower() == COLORADO.lower():
            held.add(shipped.benchmark_year(COLORADO))
        if not held:
            raise BadInput("locality", f"no Medicare prices are stored for {locality}",
                           f"choose {COLORADO} or {NATIONAL}")  # fmt: skip
        return max(held)

    def unpaid(self, code: str, year: int) -> bool:
        """True where Medicare publishes values for a code it does not pay (status N)."""
        release = self.releases.get(year)
        if release is None:
            return shipped.priced_but_unpaid(code, year)
        row = release.values.get((code, ""))
        return row is not None and row.status == "N" and shipped.is_priced(row)

    def surely_unpriced(self, code: str, day: date) -> bool:
        """Whether Medicare is known to have no price for a code, as against one not held here."""
        release = self.releases.get(day.year)
        if release is not None:
            row = release.values.get((code, ""))
            return row is None or not shipped.is_priced(row)
        return shipped.surely_unpriced(code, day.year)

    def indicators(self, code: str, year: int) -> Indicators:
        """The code's policy letters in a loaded release; blanks where none is loaded."""
        release = self.releases.get(year)
        return release.indicators.get((code, ""), Indicators()) if release else Indicators()

    def source(self, year: int, locality: str = COLORADO) -> str:
        """Where the prices of a year come from, in words for a basis."""
        if year not in self.releases and year not in self.places:
            return SHIPPED_SOURCE
        parts = []
        if year in self.releases:
            parts.append(f"values from the CMS release you loaded ({self.releases[year].label})")
        if year in self.places and not is_national(locality):
            parts.append("geographic indices from the CMS release you loaded")
        return "CMS: " + ", ".join(parts) if parts else SHIPPED_SOURCE

    def _has(self, locality: str, year: int) -> bool:
        try:
            self.place(locality, year)
        except BadInput:
            return False
        return True


def is_national(locality: str) -> bool:
    """Whether the word means prices without geographic adjustment."""
    return locality.strip().lower() in (NATIONAL, "nation", "us", "usa")


def _weighted(rvu: Rvus, gpci: Gpcis, setting: Setting) -> Decimal:
    return (
        rvu.work * gpci.work
        + rvu.practice[setting] * gpci.practice
        + rvu.malpractice * gpci.malpractice
    )


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.lower()).split())


SHIPPED = MedicareBook()
