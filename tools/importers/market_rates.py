"""Negotiated rates that payers and hospitals publish, cut by the user to some codes.

A row is one rate of one billing code for one group of providers. Names of providers are not
read; a group is known by its tax id, its number in the file, or its NPIs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from tools.importers.cell_values import day, last_day, money, number
from tools.importers.columns import Columns, columns_of, plain_header
from tools.importers.procedure_code import code_and_modifiers, modifiers
from tools.importers.row import Context, Fields, Reader, Refusal

_NEGOTIATED = re.compile(r"\bnegotiated (?:rate|price|dollar|amount|percentage)\b")
_BESIDE = frozenset(
    ("negotiated_type", "billing_class", "arrangement", "npi", "tin", "provider_group")
)
_PROCEDURES = re.compile(r"^(?:CPT|HCPCS|CPT/?HCPCS|)$")
_TYPES = (
    ("percentage", r"percent"),
    ("per diem", r"per.?diem"),
    ("derived", r"derived|estimat"),
    ("fee schedule", r"fee.?schedule"),
    ("case rate", r"case.?rate"),
    ("negotiated", r"negotiated|contract|other|dollar"),
)
_CLASSES = (("both", r"both"), ("professional", r"prof|physician"), ("institutional", r"inst|fac"))
_SSN = re.compile(r"\d{3}-\d{2}-\d{4}")


class MarketRates:
    """One row of the file is one rate of one code and provider group."""

    kind = "market_rates"
    table = "market_rates"
    keys = ("code",)
    personal = False

    def recognises(self, columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
        """A column that is called negotiated, beside codes and what only such files tell."""
        return of_the_market(columns)

    def rows(self, context: Context) -> Reader:
        """One entry a row: the rate in dollars, or the percent of a percentage."""
        hospital = any("standard charge" in plain_header(c) for c in context.columns.header)

        def entries(fields: Fields) -> Iterator[dict[str, Any]]:
            code, within = _code(fields)
            kind = _one_of(fields, "negotiated_type", _TYPES, "kind of rate")
            rate, kind = _rate(fields, kind)
            billed_as = _one_of(fields, "billing_class", _CLASSES, "billing class")
            yield {
                "payer": None,
                "payer_as_given": fields.text("payer") or None,
                "product": fields.text("product")[:120] or None,
                "code": code,
                "code_type": fields.text("code_type").upper()[:20] or None,
                "modifiers": _modifiers(fields, within),
                "place_of_service": " ".join(_places(fields.text("place_of_service"))),
                "billing_class": billed_as or ("institutional" if hospital else None),
                "setting": fields.text("setting").lower()[:20] or None,
                "negotiated_type": kind,
                "arrangement": fields.text("arrangement").lower()[:20] or None,
                "rate": rate,
                "npi": " ".join(sorted(set(re.findall(r"\b\d{10}\b", fields.text("npi"))))) or None,
                "tin": _tin(fields.text("tin")),
                "provider_group": fields.text("provider_group")[:80] or None,
                "specialty": fields.text("specialty")[:80] or None,
                "expires_on": fields.read("expires_on", last_day),
                "updated_on": fields.read("updated_on", day),
            }

        return entries


def of_the_market(columns: Columns) -> bool:
    """Whether a header is that of negotiated rates, whatever kind it is read as."""
    if not any(_NEGOTIATED.search(plain_header(cell)) for cell in columns.header):
        return False
    named = columns_of("market_rates", columns.header, ()).fields.keys()
    return {"code"} <= named and bool({"rate", "percentage"} & named) and bool(_BESIDE & named)


def _code(fields: Fields) -> tuple[str, tuple[str, ...]]:
    text = fields.text("code").upper()
    if not text:
        raise Refusal(f"no code in column {fields.label('code')}")
    if not _PROCEDURES.match(fields.text("code_type").upper()):
        if not re.fullmatch(r"[0-9A-Z.\-]{1,12}", text):
            raise Refusal(f"column {fields.label('code')}: it is not a billing code")
        return text, ()
    return fields.read("code", code_and_modifiers)


def _modifiers(fields: Fields, within: Sequence[str]) -> str:
    try:
        return " ".join(modifiers([*fields.texts("modifier"), *within]))
    except ValueError as wrong:
        raise Refusal(f"column {fields.label('modifier')}: {wrong}") from None


def _one_of(fields: Fields, name: str, known: Sequence[tuple[str, str]], words: str) -> str | None:
    text = fields.text(name).casefold()
    if not text:
        return None
    found = next((each for each, pattern in known if re.search(pattern, text)), None)
    if found is None:
        raise Refusal(f"column {fields.label(name)}: the {words} is not one that is known")
    return found


def _rate(fields: Fields, kind: str | None) -> tuple[Decimal, str | None]:
    """The dollars, or the percent where the rate is one."""
    text = fields.text("rate")
    if kind == "percentage" or (not text and fields.text("percentage")):
        column = "percentage" if fields.text("percentage") else "rate"
        percent = fields.read(column, lambda cell: number(cell.replace("%", "")))
        if percent is None or not 0 < percent < 10_000:
            raise Refusal("no percentage in this row")
        return percent, "percentage"
    dollars = fields.read("rate", money)
    if dollars is None:
        raise Refusal("no negotiated rate in this row")
    if dollars <= 0:
        raise Refusal("a rate is zero or below")
    return dollars, kind


def _places(text: str) -> list[str]:
    """Places of service, each of two digits; none where the rate is for all of them."""
    return sorted({each.zfill(2) for each in re.findall(r"(?<![A-Z-])\b\d{1,2}\b", text)})


def _tin(text: str) -> str | None:
    """The tax id's digits; None where it is written as a person's social security number."""
    if _SSN.search(text):
        return None
    digits = re.sub(r"\D", "", text)
    return digits if 9 <= len(digits) <= 10 else None
