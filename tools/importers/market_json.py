"""A payer's in-network file (JSON) as rows of text: one for each rate and provider group.

The layout is that of the federal Transparency in Coverage schema (45 CFR 147.212), cut to
some codes or providers; a plain list of flat records is read as well. Figures keep the
digits they are written with.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from knowledge.problems import BadInput
from tools.importers.sheet import MAX_COLUMNS, Sheet

MOST_BYTES = 100 << 20
MOST_RATES = 1_000_000  # of prices times groups, which a small file may multiply without end
HEADER = (
    "reporting_entity_name", "last_updated_on", "billing_code", "billing_code_type",
    "negotiation_arrangement", "billing_code_modifier", "service_code", "billing_class",
    "setting", "negotiated_type", "negotiated_rate", "expiration_date", "tin", "npi",
    "provider_group_id",
)  # fmt: skip
_OPENED = re.compile(rb"[\[{]\s*[\[{\"\]}]")
_TOLD = re.compile(
    rb'"(?:in_network|negotiated_rates?|negotiated_prices|provider_references|'
    rb'reporting_entity_name)"\s*:'
)


def tells_rates(head: bytes) -> bool:
    """Whether the first bytes of a JSON file are those of negotiated rates."""
    return bool(_TOLD.search(head))


def is_json(path: Path) -> bool:
    """Whether a file begins as JSON of negotiated rates does."""
    with path.open("rb") as file:
        head = file.read(8192).lstrip(b"\xef\xbb\xbf \r\n\t")
    return bool(_OPENED.match(head)) and tells_rates(head)


def rate_sheets(path: Path, where: str) -> list[Sheet]:
    """The file as one sheet under HEADER; its rows count rates. Raises BadInput where it is
    not such a file, or too large to be one cut to some codes."""
    if path.stat().st_size > MOST_BYTES:
        raise BadInput(where, "it is larger than 100 MB", "cut it to your codes first")
    try:
        held = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=str, parse_int=str)
        records = list(islice(_records(held), MOST_RATES + 1))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise BadInput(where, "the JSON is damaged or cut short", "save the cut anew") from None
    if not records:
        raise BadInput(where, "it holds no negotiated rates", "send the in-network rates")
    if len(records) > MOST_RATES:
        raise BadInput(
            where, f"it spells out more than {MOST_RATES:,} rates", "cut it to your codes first"
        )
    header = list(dict.fromkeys((*HEADER, *(name for each in records for name in each))))
    if len(header) > MAX_COLUMNS:
        raise BadInput(
            where, f"its records name more than {MAX_COLUMNS:,} fields", "send one kind of record"
        )

    def rows() -> Iterator[list[str]]:
        yield header
        for each in records:
            yield [each.get(name, "") for name in header]

    return [Sheet(None, rows)]


def _records(held: Any) -> Iterator[dict[str, str]]:
    """One flat record a rate and provider group, in the order of the file."""
    if isinstance(held, list):
        for each in held:
            yield from _records(each)
        return
    if not isinstance(held, Mapping):
        return
    if "in_network" in held:
        top = {name: _said(held[name]) for name in ("reporting_entity_name", "last_updated_on")
               if name in held}  # fmt: skip
        references = {
            _said(each.get("provider_group_id")): each
            for each in _mappings(held.get("provider_references"))
        }
        for item in _mappings(held["in_network"]):
            yield from ({**top, **each} for each in _of_item(item, references))
    elif "negotiated_rates" in held:
        yield from _of_item(held, {})
    else:
        yield {str(name): _said(value) for name, value in held.items()}


def _of_item(
    item: Mapping[str, Any], references: Mapping[str, Mapping[str, Any]]
) -> Iterator[dict[str, str]]:
    own = {
        name: _said(item[name])
        for name in ("billing_code", "billing_code_type", "negotiation_arrangement")
        if name in item
    }
    for rates in _mappings(item.get("negotiated_rates")):
        groups = list(_groups(rates, references)) or [{}]
        for price in _mappings(rates.get("negotiated_prices")):
            told = {str(name): _said(value) for name, value in price.items()
                    if name != "additional_information"}  # fmt: skip
            for group in groups:
                yield {**own, **told, **group}


def _groups(
    rates: Mapping[str, Any], references: Mapping[str, Mapping[str, Any]]
) -> Iterator[dict[str, str]]:
    named = rates.get("provider_references")
    for number in named if isinstance(named, list) else ():
        held = references.get(_said(number), {})
        inner = list(_mappings(held.get("provider_groups")))
        if not inner:
            yield {"provider_group_id": _said(number)}
        for group in inner:
            yield {**_group(group), "provider_group_id": _said(number)}
    for group in _mappings(rates.get("provider_groups")):
        yield _group(group)


def _group(group: Mapping[str, Any]) -> dict[str, str]:
    tin = group.get("tin")
    number = _said(tin.get("value")) if isinstance(tin, Mapping) else _said(tin)
    return {"tin": number, "npi": _said(group.get("npi"))}


def _mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    return (each for each in (value if isinstance(value, list) else ()) if isinstance(each, dict))


def _said(value: Any) -> str:
    """A value as a cell's text; several are set apart by commas."""
    if isinstance(value, list):
        return ", ".join(_said(each) for each in value)
    return "" if value is None or isinstance(value, dict) else str(value)
