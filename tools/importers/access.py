"""When patients can be seen: hours by site and weekday, days to the third next appointment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from tools.importers.cell_values import clock, number
from tools.importers.columns import Columns
from tools.importers.row import Context, Fields, Reader, Refusal

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CLOSED = re.compile(r"^(?:closed|none|no hours|off|n/?a|x|-|–|—)$", re.I)


class Access:
    """One row of the file is a site's weekday, a stretch of weekdays, or a whole week."""

    kind = "access"
    table = "access"
    keys = ("site", "weekday")
    personal = False

    def recognises(self, columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
        """Weekdays with opening hours, weekdays as columns, or waiting days of a site."""
        fields = columns.fields.keys()
        timed = "hours" in fields or {"opens", "closes"} <= fields
        week = sum(1 for name in WEEKDAYS if name.casefold() in fields) >= 3
        return ("weekday" in fields and timed) or week or "third_next_available_days" in fields

    def rows(self, context: Context) -> Reader:
        """One entry a site, weekday and stretch of hours; a closed day has no hours."""

        def entries(fields: Fields) -> Iterator[dict[str, Any]]:
            common = {
                "site": fields.text("site") or None,
                "third_next_available_days": _waiting(fields),
            }
            wide = [name for name in WEEKDAYS if fields.has(name.casefold())]
            if wide:
                for name in wide:
                    for opens, closes in _hours(fields.text(name.casefold())):
                        yield {**common, "weekday": name, "opens": opens, "closes": closes}
                return
            days = weekdays_in(fields.text("weekday"))
            if not days:
                if common["third_next_available_days"] is None:
                    raise Refusal("no weekday")
                yield {**common, "weekday": None, "opens": None, "closes": None}
                return
            for name in days:
                for opens, closes in _stated(fields):
                    yield {**common, "weekday": name, "opens": opens, "closes": closes}

        return entries


def weekdays_in(text: str) -> list[str]:
    """The weekdays a cell names: "Mon-Fri", "Sat, Sun", "Tuesday", "daily"; [] when blank.

    Raises Refusal for words that are no weekday.
    """
    if not text:
        return []
    if re.fullmatch(r"daily|every ?day|all|all days|7 days", text, re.I):
        return list(WEEKDAYS)
    if re.fullmatch(r"weekdays?", text, re.I):
        return list(WEEKDAYS[:5])
    if re.fullmatch(r"weekends?", text, re.I):
        return list(WEEKDAYS[5:])
    found: list[str] = []
    for piece in re.split(r"\s*(?:,|;|/|&|\band\b)\s*", text):
        edges = [_weekday(edge) for edge in re.split(r"\s*(?:-|–|to|through|thru)\s*", piece)]
        first, last = edges[0], edges[-1]
        if len(edges) > 2 or last < first:
            raise Refusal("the weekdays run backwards")
        found += [day for day in WEEKDAYS[first : last + 1] if day not in found]
    return found


def _weekday(text: str) -> int:
    bare = text.casefold().rstrip(".")
    for index, name in enumerate(WEEKDAYS):
        if name.casefold().startswith(bare.rstrip("s")) and len(bare) >= 2:
            return index
    short = {"m": 0, "w": 2, "f": 4, "th": 3, "thurs": 3, "tues": 1}
    if bare in short:
        return short[bare]
    raise Refusal("a weekday cannot be read; write Monday, Mon-Fri or Sat, Sun")


def _stated(fields: Fields) -> list[tuple[str | None, str | None]]:
    if fields.text("hours"):
        return _hours(fields.text("hours"))
    opens, closes = fields.text("opens"), fields.text("closes")
    if _CLOSED.match(opens) or (not opens and (not closes or _CLOSED.match(closes))):
        return [(None, None)]
    return [_open(opens, closes)]


def _hours(text: str) -> list[tuple[str | None, str | None]]:
    """Stretches of a cell: "7:00 AM - 7:00 PM", "8-12, 1-5", "closed"."""
    if not text or _CLOSED.match(text):
        return [(None, None)]
    stretches: list[tuple[str | None, str | None]] = []
    for piece in re.split(r"\s*(?:,|;|&|\band\b)\s*", text):
        edges = re.split(r"\s*(?:-|–|—|\bto\b|until)\s*", piece)
        if len(edges) != 2:
            raise Refusal("the hours cannot be read; write 7:00 AM - 7:00 PM, or closed")
        stretches.append(_open(*edges))
    return stretches


def _open(opens: str, closes: str) -> tuple[str, str]:
    """Both ends of a stretch as HH:MM; each end says its own half of the day."""
    try:
        first, last = clock(opens), clock(closes)
    except ValueError as wrong:
        raise Refusal(f"the hours: {wrong}; write 7:00 AM - 7:00 PM") from None
    if first is None or last is None:
        raise Refusal("the hours have one end only")
    if last <= first:
        raise Refusal("it closes before it opens")
    return first, last


def _waiting(fields: Fields) -> Decimal | None:
    days = fields.read("third_next_available_days", number)
    if days is not None and not 0 <= days <= 400:
        raise Refusal("the days to the third next appointment are out of range")
    return days.quantize(Decimal("0.0001")) if days is not None else None
