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


@dataclass(frozen=True)
class Plan:
    """One messy workspace: its seed, names, end of data, systems, and what else is written."""

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
    )


def _export(entry: dict[str, Any]) -> ExportFile:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()
    }
    return ExportFile(**values)
