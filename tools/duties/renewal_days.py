"""The last day for a notice of not renewing, where the papers give all that it takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from knowledge.documents.document import Document
from knowledge.evidence import Citation
from knowledge.notices.notice import days_in
from knowledge.terms.family import effective_date, terms_in_force
from knowledge.terms.term import Term
from tools.period import months_before

NAMES = ("initial_term", "renewal", "non_renewal_notice_days")
_A_DAY = r"[A-Z][a-z]+\s+\d{1,2},?\s+20\d\d"
_BEGINS = re.compile(
    r"(?:[Ss]tart|[Cc]ommencement|[Ii]nception|[Ee]ffective|[Oo]pening) [Dd]ate\b[^.\n]{0,40}?"
    rf"{_A_DAY}|(?:takes effect|commences?|begins?) (?:on|as of) {_A_DAY}"
)
_ENDS = re.compile(rf"\b(?:ends|ending|expires|expiring|through|until) (?:on )?{_A_DAY}")
_PERIOD = re.compile(r"(\d+)-month periods")


@dataclass(frozen=True)
class RenewalDay:
    """until: the last day for the notice, counted from the last day of the running term; ends:
    the day on which that renews; notice: its days; citation: the words on the notice."""

    until: date
    ends: date
    notice: int
    citation: Citation


def renewal_day(documents: Sequence[Document], today: date) -> RenewalDay | None:
    """The next such day; None where a date, a period or the notice is not stated outright.

    Effective date + initial term + as many renewal periods as it takes, less the notice as
    `last_day_to_say` counts it.
    """
    base = next((d for d in documents if d.kind != "amendment"), None)
    terms = [t for t in terms_in_force(documents, NAMES) if t.line_of_business is None and t.found]
    held = {term.name: term for term in terms if term.party != "payer"}
    begins = first_day(base) if base else None
    if len(held) < len(NAMES):
        return None
    notice, step = held["non_renewal_notice_days"], months_of_renewal(held["renewal"])
    ends = _first_end(held["initial_term"], begins)
    cited = notice.citation
    if not (ends and step and cited and isinstance(notice.value, Decimal)
            and notice.unit == "days"):  # fmt: skip
        return None
    days = int(notice.value)
    while last_day_to_say(ends, days) < today:
        ends = months_before(ends, -step)
    return RenewalDay(last_day_to_say(ends, days), ends, days, cited)


def months_of_renewal(renewal: Term | None) -> int:
    """Months of each renewal; 0 where the contract names no period."""
    found = _PERIOD.search(renewal.shown) if renewal else None
    return int(found[1]) if found else 0


def last_day_to_say(renews: date, days: int) -> date:
    """The last day for a notice of so many days, counted from the day before a renewal: one day
    early where a paper means the renewal itself, never one late."""
    return renews - timedelta(days + 1)


def first_day(document: Document) -> date | None:
    """The day on which a contract begins, as its opening pages or a table there name it."""
    found = effective_date(document)
    if found is None and (cue := _BEGINS.search(document.text[:8000])):
        found = next(iter(days_in(cue[0])), None)
    return found


def _first_end(term: Term, begins: date | None) -> date | None:
    if term.citation and (ends := _ENDS.search(term.citation.quote)):
        named = next(iter(days_in(ends[0])), None)
        if named:
            return named + timedelta(1)
    if term.unit == "date" and isinstance(term.value, str):
        return date.fromisoformat(term.value) + timedelta(1)
    if begins is None or not isinstance(term.value, Decimal) or term.unit != "months":
        return None
    return months_before(begins, -int(term.value))
