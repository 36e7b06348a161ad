"""Claim lines from a practice system's or a clearinghouse's export."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from tools.importers.business import line_of_business
from tools.importers.cell_values import clean, day, day_not_turned, days_first, money, number
from tools.importers.claim_status import payer_order, stated, status_of
from tools.importers.columns import Columns, plain_header
from tools.importers.member_key import member_key
from tools.importers.procedure_code import code_and_modifiers, modifiers
from tools.importers.row import Context, Fields, Reader, Refusal

_AMOUNTS = ("billed", "allowed", "paid", "patient_responsibility")
_REASON = re.compile(r"(?:(CO|PR|OA|PI|CR)[-\s]?)?([A-Z]{0,2}\d{1,4})(?:[:(=].*)?", re.I)
_DIAGNOSIS = re.compile(r"[A-TV-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?", re.I)


class Claims:
    """One row of the file is one claim line."""

    kind = "claims"
    table = "claim_lines"
    keys = ("code", "service_date")
    personal = True

    def recognises(self, columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
        """A day of service, a code, an amount, and something that only claims have."""
        fields = columns.fields.keys()
        if _is_list_of_fees(columns, sample):
            return False
        return (
            {"service_date", "code"} <= fields
            and bool({"billed", "allowed", "paid"} & fields)
            and bool({"billed", "paid", "units", "claim_id", "status"} & fields)
        )

    def rows(self, context: Context) -> Reader:
        """One claim line a row; the payer stays as given until the whole file is read."""
        columns = context.columns
        status_header = ""
        if "status" in columns.fields:
            status_header = plain_header(columns.header[columns.fields["status"][0]])

        dates = {
            name: day_not_turned if days_first(_cells(context, name)) else day
            for name in ("service_date", "posting_date", "submitted_date", "paid_date")
        }

        def line(fields: Fields) -> Iterator[dict[str, Any]]:
            if not fields.text("code"):
                raise Refusal(f"no procedure code in column {fields.label('code')}")
            code, inside = fields.read("code", code_and_modifiers)
            served = _required_day(fields, dates["service_date"])
            amounts = {name: fields.read(name, money) for name in _AMOUNTS}
            amounts["patient_responsibility"] = _patient_share(fields, amounts)
            if all(amounts[name] is None for name in ("billed", "allowed", "paid")):
                raise Refusal("no amount: charge, allowed and paid are all blank")
            units = fields.read("units", count_of_units) if fields.has("units") else Decimal(1)
            said, order = stated(fields.text("status"), status_header)
            given = fields.text("payer")
            product = fields.text("product") or None
            yield {
                "claim_id": claim_number(fields.text("claim_id")),
                "line_number": _line_number(fields.text("line_number")),
                "service_date": served,
                "posting_date": fields.read("posting_date", dates["posting_date"]),
                "submitted_date": fields.read("submitted_date", dates["submitted_date"]),
                "paid_date": fields.read("paid_date", dates["paid_date"]),
                "payer": None,
                "payer_as_given": given or None,
                "product": product,
                "line_of_business": line_of_business(fields.text("line_of_business"))
                or line_of_business(product or ""),
                "payer_order": fields.read("payer_order", payer_order) or order or "primary",
                "code": code,
                "modifiers": _modifiers(fields, inside),
                "units": _scaled(units),
                "place_of_service": _place(fields.text("place_of_service")),
                **amounts,
                "status": status_of(said, amounts, units),
                "reason_codes": _reasons(fields.texts("reason_codes")),
                "diagnoses": _diagnoses(fields.texts("diagnoses")),
                "rendering_npi": _npi(fields.text("rendering_npi")),
                "member_key": member_key(fields.text("member_id"), context.secret),
            }

        return line


_OF_A_CLAIM = frozenset(
    ("claim_id", "line_number", "units", "paid", "status", "member_id", "payer_order",
     "patient_responsibility", "patient_share_part", "diagnoses", "rendering_npi", "posting_date",
     "reason_codes", "submitted_date")
)  # fmt: skip


def _is_list_of_fees(columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
    """Whether codes stand once each with an amount and a day that hardly changes: then the
    day is that of effect. No column is one that only claims have; a column called a price,
    fee or rate makes one row enough."""
    fields = columns.fields
    if _OF_A_CLAIM & fields.keys() or columns.identifiers or "code" not in fields:
        return False
    at, dated = fields["code"][0], fields.get("service_date", (None,))[0]
    codes = [clean(row[at]) for row in sample if at < len(row) and clean(row[at])]
    days = {clean(row[dated]) for row in sample if dated is not None and dated < len(row)} - {""}
    priced = any(re.search(r"\b(?:price|fee|rate)s?\b", name.lower()) for name in columns.header)
    least = 1 if priced else 3
    return len(codes) >= least and len(set(codes)) >= 0.8 * len(codes) and len(days) <= 3


def _cells(context: Context, name: str) -> list[str]:
    indexes = context.columns.fields.get(name, ())
    return [row[index] for row in context.sample for index in indexes[:1] if index < len(row)]


def _required_day(fields: Fields, reader: Callable[[str], date | None]) -> date:
    served = fields.read("service_date", reader)
    if served is None:
        raise Refusal(f"no date of service in column {fields.label('service_date')}")
    return served


def _patient_share(fields: Fields, amounts: dict[str, Decimal | None]) -> Decimal | None:
    """As given, else copay + coinsurance + deductible; a blank beside a payment is 0."""
    given = amounts["patient_responsibility"]
    if given is not None:
        return given
    try:
        parts = [money(text) for text in fields.texts("patient_share_part")]
    except ValueError as wrong:
        raise Refusal(f"column {fields.label('patient_share_part')}: {wrong}") from None
    if parts:
        return sum((part for part in parts if part is not None), Decimal("0.00"))
    stands = fields.has("patient_responsibility") or fields.has("patient_share_part")
    return Decimal("0.00") if stands and amounts["paid"] is not None else None


@lru_cache(maxsize=5_000)
def count_of_units(text: str) -> Decimal | None:
    """Units as a plain number; "2 UN" and "1 ea" are 2 and 1, minutes are no units."""
    return number(re.sub(r"(?i)(?<=\d)\s*(?:un|ea|each|units?)$|^un\s*(?=\d)", "", text))


def _scaled(units: Decimal | None) -> Decimal | None:
    if units is None:
        return None
    if abs(units) >= 10**8:
        raise Refusal("the units are too many to be units")
    return units.quantize(Decimal("0.001"))


def _modifiers(fields: Fields, inside: tuple[str, ...]) -> str:
    try:
        return " ".join(sorted({*inside, *modifiers(fields.texts("modifiers"))}))
    except ValueError as wrong:
        raise Refusal(f"column {fields.label('modifiers')}: {wrong}") from None


def claim_number(text: str) -> str | None:
    """A claim number of letters, digits and a few marks; a cell that holds no digit is none."""
    bare = re.sub(r"\.0$", "", text)
    if len(bare) > 50 or not re.search(r"\d", bare) or not re.fullmatch(r"[\w./#:+\- ]+", bare):
        return None
    return None if re.fullmatch(r"\d{3}-\d{2}-\d{4}", bare) else bare


def _line_number(text: str) -> str | None:
    bare = re.sub(r"\.0+$", "", text).lstrip("0")
    return bare if re.fullmatch(r"\d{1,5}", bare) else None


@lru_cache(maxsize=1_000)
def _place(text: str) -> str | None:
    """Two digits; "11 - Office" gives 11. A single digit can only have lost its zero."""
    found = re.match(r"(\d{1,2})(?:\.0+)?(?!\d)", text)
    return found[1].zfill(2) if found else None


@lru_cache(maxsize=20_000)
def _reason_words(text: str) -> tuple[str, ...]:
    found = []
    for piece in re.split(
        r"[,;|/\s]+", re.sub(r"\b(CO|PR|OA|PI|CR)\s+(?=\w?\d)", r"\1-", text, flags=re.I)
    ):
        if match := _REASON.fullmatch(piece):
            group = (match[1] or "").upper()
            found.append(f"{group}-{match[2].upper()}" if group else match[2].upper())
    return tuple(found)


def _reasons(texts: list[str]) -> str:
    return " ".join(sorted({word for text in texts for word in _reason_words(text)}))


def _diagnoses(texts: list[str]) -> str:
    found = [
        piece.upper()
        for text in texts
        for piece in re.split(r"[,;|/\s]+", text)
        if _DIAGNOSIS.fullmatch(piece)
    ]
    return " ".join(dict.fromkeys(found))


def _npi(text: str) -> str | None:
    bare = re.sub(r"\.0$", "", text)
    return bare if re.fullmatch(r"[12]\d{9}", bare) else None
