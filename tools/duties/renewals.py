"""When each contract renews, and the last day to say that it shall not: told and for a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.evidence import Basis, Figure, Sentence, long_date, says
from knowledge.obligations.topics import topics_asked
from tools.duties.calendar_days import entry
from tools.duties.renewal_days import RenewalDay, renewal_day
from tools.papers.contract_papers import Papers
from tools.practice import Practice


@dataclass(frozen=True)
class Renewal:
    """The renewal day of one payer's contract."""

    payer: str
    short: str
    day: RenewalDay


def on_ending(topic: str | None) -> bool:
    """Whether a question takes in how the contract ends."""
    return not topic or "Term and ending" in topics_asked(topic)


def renewals_of(papers: Papers, practice: Practice) -> list[Renewal]:
    """Each contract's next day for a notice of not renewing, where it can be reckoned."""
    found = [
        Renewal(payer, practice.payers.short_name(payer), day)
        for payer, documents in papers.by_payer.items()
        if (day := renewal_day(documents, practice.today))
    ]
    return sorted(found, key=lambda each: each.day.until)


def renewal_said(renewal: Renewal) -> Sentence:
    """One sentence with both days and the clause."""
    day, short = renewal.day, renewal.short
    words = "effective date + initial term + renewal periods"
    ends = Figure(f"{short} renews", day.ends, "date", Basis(words))
    notice = Figure(f"Notice of not renewing, {short}", Decimal(day.notice), "days",
                    Basis("as the contract says", source=day.citation.label()))  # fmt: skip
    basis = Basis("last day of the running term - days of notice", (ends, notice))
    until = Figure(f"Last day not to renew, {short}", day.until, "date", basis)
    return says(
        "{payer} renews on {ends} unless notice of not renewing is given by {until} {where}.",
        payer=short,
        ends=ends,
        until=until,
        where=day.citation,
    )


def renewal_entry(renewal: Renewal, today: date) -> dict[str, Any]:
    """The calendar's entry of the last day."""
    label = f"Last day for a notice of not renewing, {renewal.short}"
    note = f"Else it renews on {long_date(renewal.day.ends)}. {renewal.day.citation.label()}"
    return entry(renewal.day.until, label, note, "", today)
