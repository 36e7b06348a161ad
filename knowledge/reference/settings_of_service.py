"""Office or facility: at which of Medicare's two rates a place of service is paid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Literal

from knowledge.problems import NotKnown
from knowledge.reference.dated import Dated, read_toml

Setting = Literal["office", "facility"]
SETTINGS: tuple[Setting, ...] = ("office", "facility")


def setting_of(place_of_service: str | None, day: date) -> Setting:
    """The setting of a two-digit place of service; blank or unlisted is the office.

    Raises NotKnown for a day whose telehealth rule is not in the table.
    """
    return "facility" if (place_of_service or "").zfill(2) in facility_places(day) else "office"


def facility_places(day: date) -> frozenset[str]:
    """The places paid at the facility rate on a day, as two digits each."""
    return frozenset(_table()["facility"]) | frozenset(_telehealth().on(day)["facility"])


def known_places(day: date) -> frozenset[str]:
    """As `facility_places`; outside the years of the telehealth rule the places without it."""
    try:
        return facility_places(day)
    except NotKnown:
        return frozenset(_table()["facility"])


def telehealth_changes() -> tuple[date, ...]:
    """The days on which the telehealth rule changes, the first of its table included."""
    return tuple(first for first, _, _ in _telehealth().rows)


def telehealth_rule(day: date) -> str:
    """How telehealth is placed on a day, in words for a reader."""
    return str(_telehealth().on(day)["words"])


@cache
def _table() -> Mapping[str, Any]:
    return read_toml("place_of_service.toml")


@cache
def _telehealth() -> Dated[Mapping[str, Any]]:
    rows = tuple((row["from"], row["to"], row) for row in _table()["telehealth"])
    return Dated("The telehealth rule", rows)
