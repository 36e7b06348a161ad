"""Amounts and days of X12 elements, read strictly; and the hash of what a line says."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from tools.importers.cell_values import day, money, number

_LINE_NUMBER = re.compile(r"0*([1-9]\d?)")


def required_amount(text: str, what: str) -> Decimal:
    """USD; raises ValueError that names the element in words."""
    try:
        amount = money(text)
    except ValueError as wrong:
        raise ValueError(f"the {what}: {wrong}") from None
    if amount is None:
        raise ValueError(f"no {what}")
    return amount


def amount(text: str) -> Decimal | None:
    """USD, or None where there is none that can be read."""
    try:
        return money(text)
    except ValueError:
        return None


def a_day(text: str) -> date | None:
    """A day, or None where there is none that can be read."""
    try:
        return day(text)
    except ValueError:
        return None


def day_served(text: str) -> date:
    """The first day of a date or range; raises ValueError."""
    try:
        served = day(text.split("-")[0])
    except ValueError as wrong:
        raise ValueError(f"the date of service: {wrong}") from None
    if served is None:
        raise ValueError("no date of service")
    return served


def units(text: str) -> Decimal:
    """Units to a thousandth, 0 where blank; raises ValueError."""
    try:
        value = number(text) or Decimal(0)
    except ValueError as wrong:
        raise ValueError(f"the units: {wrong}") from None
    if abs(value) >= 10**8:
        raise ValueError("the units are too many to be units")
    return value.quantize(Decimal("0.001"))


def line_number(control: str) -> str | None:
    """A line's number out of its control number, where that is one: 1 to 99."""
    told = _LINE_NUMBER.fullmatch(control)
    return told[1] if told else None


def content_hash(parts: Iterable[object], secret: bytes) -> str:
    """32 hex digits of a keyed hash: the same line whatever file and envelope bring it."""
    text = "\x1d".join(str(part) for part in parts).encode()
    return hashlib.blake2b(text, key=secret[:64], digest_size=16).hexdigest()
