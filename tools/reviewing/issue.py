"""One thing a contract review found, and the data that travels with it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from knowledge.evidence import Citation, Figure
from knowledge.positions import Judged, Position
from tools.papers.term_entries import Entry

_SEVERITY = {"high": 0, "medium": 1, "low": 2, "none": 3}
_STATUS = {"fail": 0, "partial": 1, "silent": 2, "unsure": 3, "pass": 4}


@dataclass(frozen=True)
class Issue:
    """One position held against one entry of one payer's contract.

    severity: the position's where it raises an alarm or needs reading, else none. worth: USD
    that it costs or exposes in this practice, None where the data do not tell; its basis says
    how. beside: further places of the paper. name: the position as the review's JSON names it.
    """

    entry: Entry
    position: Position
    judged: Judged
    severity: str
    name: str
    worth: Figure | None = None
    beside: tuple[Citation, ...] = ()

    @property
    def rank(self) -> tuple[int, Decimal, int]:
        """The order of a review: by severity, then by dollars, then failures first."""
        dollars = self.worth.number if self.worth and self.alarm else Decimal(0)
        return _SEVERITY[self.severity], -dollars, _STATUS[self.judged.status]

    @property
    def alarm(self) -> bool:
        """Whether it asks for action: partial, fail, or a missing clause that is needed."""
        return self.severity != "none" and self.judged.status != "unsure"

    @property
    def of_the_paper(self) -> bool:
        """Whether it is about the paper itself or the law, rather than a term or clause."""
        return self.entry.named is not None and not self.position.words

    @property
    def ask(self) -> str:
        """What to ask for, as one phrase."""
        ask = self.position.ask
        return ask.target if self.of_the_paper else ask.words

    @property
    def why(self) -> str:
        """Why it matters; the statute where one touches it."""
        statute = self.position.statute
        law = f" {statute.words}." if statute and self.judged.status != "pass" else ""
        return self.position.why + law

    def as_data(self) -> dict[str, Any]:
        """The issue with the keys of the command line's review JSON, and more."""
        cited = self.entry.term.citation
        statute = self.position.statute
        basis = f"{self.judged.reason}; our position: {self.position.position}"
        if self.worth is not None:
            basis += f"; worth: {self.worth.basis.words}"
        return {
            "position": self.name,
            "status": self.judged.status,
            "severity": self.severity,
            "section": cited.section if cited else None,
            "page": cited.page if cited else None,
            "quote": cited.quote if cited else None,
            "why": self.why,
            "ask": self.ask,
            "worth": float(self.worth.number) if self.worth else None,
            "basis": basis,
            "payer": self.entry.payer,
            "label": self.entry.label,
            "reason": self.judged.reason,
            "value": self.entry.term.shown or None,
            "line_of_business": self.entry.term.line_of_business,
            "document": cited.source if cited else None,
            "start": cited.start if cited else None,
            "end": cited.end if cited else None,
            "citation": cited.id if cited else None,
            "beside": [each.label() for each in self.beside],
            "alarm": self.alarm,
            "language": self.position.language,
            "statute": statute.words if statute else None,
            "guide": self.position.guide,
        }
