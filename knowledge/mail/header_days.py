"""The day and time in a mail's own heads: "Tue, Nov 3, 2026 at 9:14 AM", "03.11.2026 um 09:14"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

# Month names by their first letters without accents, in English, German, French, Spanish,
# Italian, Portuguese and Dutch.
_MONTHS = (
    ("jan", "ene", "gen"),
    ("feb", "fev"),
    ("mar", "maa", "mae", "mrz"),
    ("apr", "avr", "abr"),
    ("may", "mai", "mag", "mei"),
    ("jun", "juin", "giu"),
    ("jul", "juil", "lug"),
    ("aug", "aou", "ago"),
    ("sep", "set"),
    ("oct", "okt", "ott", "out"),
    ("nov",),
    ("dec", "dez", "dic"),
)
_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_DAY_FIRST = re.compile(
    r"\b(\d{1,2})\.?(?:st|nd|rd|th)? ?(?:de )?([^\W\d_]{3,12})\.?,? ?(?:de )?(20\d\d)\b"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (20\d\d)\b")
_NUMBERS = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2((?:20)?\d\d)\b")
_TIME = re.compile(r"\b(\d{1,2})[:h](\d\d)(?::\d\d)?\s*([ap])?\.?(?:m\b\.?)?", re.IGNORECASE)


@dataclass(frozen=True)
class Stamp:
    """A day, the time as "09:14" or "", and where in the text both end."""

    day: date
    time: str
    end: int


def stamp_in(text: str, day_first: bool = False) -> Stamp | None:
    """The first day of a head and the time behind it; None where no real day stands.

    day_first: 3/11/2026 is the third of November; else the eleventh of March.
    """
    plain = _plain(text)
    for found in sorted(_candidates(plain), key=lambda match: match.start()):
        day = _real(found, day_first)
        if day is None:
            continue
        clock = _TIME.search(plain, found.end(), min(len(plain), found.end() + 16))
        time = _clock(clock) if clock else ""
        return Stamp(day, time, clock.end() if clock and time else found.end())
    return None


def _candidates(text: str) -> list[re.Match[str]]:
    return [m for p in (_ISO, _DAY_FIRST, _MONTH_FIRST, _NUMBERS) for m in p.finditer(text)]


def _plain(text: str) -> str:
    """Without accents, one character for each, so that offsets stay."""
    return "".join(unicodedata.normalize("NFD", c)[:1] or c for c in text).replace("\xa0", " ")


def _real(found: re.Match[str], day_first: bool) -> date | None:
    try:
        if found.re is _ISO:
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found.re is _DAY_FIRST:
            return _named(found[3], found[2], found[1])
        if found.re is _MONTH_FIRST:
            return _named(found[3], found[1], found[2])
        one, other, year = int(found[1]), int(found[3]), int(found[4])
        first_is_day = found[2] == "." or day_first or one > 12
        day, month = (one, other) if first_is_day else (other, one)
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None


def _named(year: str, name: str, day: str) -> date | None:
    low = name.casefold()
    month = next((n for n, stems in enumerate(_MONTHS, 1) if low.startswith(stems)), None)
    return date(int(year), month, int(day)) if month else None


def _clock(found: re.Match[str]) -> str:
    hour, half = int(found[1]), (found[3] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{found[2]}" if hour < 24 and int(found[2]) < 60 else ""
