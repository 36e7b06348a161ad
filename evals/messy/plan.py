"""What one messy workspace is made of: an invented practice and its mess, read from TOML."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, Literal

Part = Literal["dev", "heldout"]


@dataclass(frozen=True)
class ExportFile:
    """One claims file a billing system printed; start and end are dates of service.

    A file shares its system's columns, so that files which overlap repeat rows exactly.
    page_every: rows to a printed page, with its number, titles and header again. group_header:
    a row of merged headings above the header. merged_claims: what a claim's lines share stands
    once, in cells merged down its lines.
    """

    name: str
    start: date
    end: date
    encoding: str = "utf-8"
    delimiter: str = ","
    money: str = "plain"
    dates: tuple[str, ...] = ("%m/%d/%Y",)
    titles: tuple[str, ...] = ()
    subtotals: bool = False
    footer: tuple[str, ...] = ()
    repeat_header: int = 0
    sheets: str = "one"
    repeats: int = 0
    notes_sheet: bool = False
    page_every: int = 0
    group_header: bool = False
    merged_claims: bool = False


@dataclass(frozen=True)
class System:
    """A billing system: its columns (field, header) in order, its words, its files."""

    key: str
    share: float
    columns: tuple[tuple[str, str], ...]
    statuses: dict[str, str]
    orders: dict[str, str]
    code_style: str
    reversal_units: str
    exports: tuple[ExportFile, ...]
    place_style: str = "plain"
    unit_style: str = "plain"


@dataclass(frozen=True)
class Plan:
    """One messy workspace: its seed, names, end of data, systems, and what else is written.

    weights, lags, denials: by role, how many patients, days to payment, part denied, where they
    differ from the usual. more_visits, more_spellings: beyond the usual ones. wire: how the
    remittances are written (payer's role, separators, functional groups, remarks, a second
    copy, a check that does not balance).
    """

    key: str
    part: Part
    seed: int
    practice: str
    end: date
    names: dict[str, str]
    products: dict[str, tuple[str, ...]]
    rules: dict[str, int]
    systems: tuple[System, ...]
    fees: dict[str, Any]
    other: dict[str, Any]
    remittance_from: date | None
    remittance_only_from: date | None
    claims_per_month: int
    initials: bool
    tables_first: bool
    weights: dict[str, int]
    lags: dict[str, int]
    denials: dict[str, float]
    more_visits: tuple[str, ...]
    more_spellings: tuple[str, ...]
    wire: dict[str, Any]


def plans(part: Part) -> tuple[Plan, ...]:
    """The workspaces of one part, from dev_practices.toml or heldout_practices.toml."""
    text = files("evals").joinpath("messy", f"{part}_practices.toml").read_text(encoding="utf-8")
    return tuple(_plan(entry, part) for entry in tomllib.loads(text)["practice"])


def _plan(entry: dict[str, Any], part: Part) -> Plan:
    return Plan(
        key=entry["key"],
        part=part,
        seed=entry["seed"],
        practice=entry["practice"],
        end=entry["end"],
        names=entry["names"],
        products={role: tuple(names) for role, names in entry["products"].items()},
        rules=entry["rules"],
        systems=tuple(_system(one) for one in entry["system"]),
        fees=entry["fees"],
        other=entry["other"],
        remittance_from=entry.get("remittance_from"),
        remittance_only_from=entry.get("remittance_only_from"),
        claims_per_month=entry.get("claims_per_month", 75),
        initials=entry.get("initials", False),
        tables_first=entry.get("tables_first", True),
        weights=entry.get("weights", {}),
        lags=entry.get("lags", {}),
        denials=entry.get("denials", {}),
        more_visits=tuple(entry.get("more_visits", ())),
        more_spellings=tuple(entry.get("more_spellings", ())),
        wire=entry.get("wire", {}),
    )


def _system(entry: dict[str, Any]) -> System:
    return System(
        key=entry["key"],
        share=entry["share"],
        columns=tuple((field, header) for field, header in entry["columns"]),
        statuses=entry["statuses"],
        orders=entry["orders"],
        code_style=entry.get("code_style", "plain"),
        reversal_units=entry.get("reversal_units", "negative"),
        exports=tuple(_export(one) for one in entry["export"]),
        place_style=entry.get("place_style", "plain"),
        unit_style=entry.get("unit_style", "plain"),
    )


def _export(entry: dict[str, Any]) -> ExportFile:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()
    }
    return ExportFile(**values)
