"""A read term as figures, cells and plain data for findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.evidence import Basis, Cell, Figure, Passage, Sentence, says
from knowledge.terms.term import Term
from knowledge.terms.words import TERM_WORDS, line_name

_SIDES = {
    "no_cause_termination_days": {"payer": "payer's right", "provider": "your right"},
    "non_renewal_notice_days": {"payer": "payer's notice", "provider": "your notice"},
}


@dataclass(frozen=True)
class Entry:
    """One term of one payer, ready to be shown; short: the payer's short name.

    named: the label of what is no term (a clause of the playbook, a finding on the paper).
    """

    payer: str
    short: str
    term: Term
    named: str | None = None

    @property
    def label(self) -> str:
        """The term's label, with the line of business and the side where it has one."""
        term = self.term
        more = [line_name(term.line_of_business)] if term.line_of_business else []
        if term.party in ("payer", "provider") and term.name in _SIDES:
            more.append(_SIDES[term.name][term.party])
        label = self.named or TERM_WORDS[term.name].label
        return label + (f" ({', '.join(more)})" if more else "")

    @property
    def figure(self) -> Figure | None:
        """The value as a figure: days, months or a date; None for words and business days."""
        term = self.term
        if not term.found or term.citation is None:
            return None
        basis = Basis(
            "stated in the contract" + (f"; {term.note}" if term.note else ""),
            source=term.citation.label(),
        )
        name = f"{self.label}, {self.short}"
        if isinstance(term.value, Decimal) and term.unit == "days":
            return Figure(name, term.value, "days", basis)
        if isinstance(term.value, Decimal) and term.unit == "months":
            return Figure(name, term.value, "months", basis)
        if isinstance(term.value, str) and term.unit == "date":
            return Figure(name, date.fromisoformat(term.value), "date", basis)
        return None

    @property
    def section(self) -> str:
        """The section to open, "" where nothing was found."""
        cited = self.term.citation
        return "" if cited is None else cited.section or cited.label()

    @property
    def cell(self) -> Cell:
        """What a table shows: the value, "not sure: read 7.2", or "not found"."""
        if self.term.status == "unsure":
            return f"not sure: read {self.section}"
        if self.term.status == "not found":
            return "not found"
        return self.figure or self.term.shown

    @property
    def sentence(self) -> Sentence:
        """One sentence that states the term with its citation."""
        term, cited = self.term, self.term.citation
        label = self.label[0].lower() + self.label[1:]
        if cited is None:
            return says(
                "Our reading found no clause on {label} in {payer}'s contract; {note}.",
                payer=self.short,
                label=label,
                note=term.note,
            )
        if term.status == "unsure":
            return says(
                "{payer}'s contract: not sure about {label}{why}: read {where}.",
                payer=self.short,
                label=label,
                why=f" ({term.note})" if term.note else "",
                where=cited,
            )
        line = f" for {line_name(term.line_of_business)}" if term.line_of_business else ""
        return says(
            "In {payer}'s contract{line} {states} {value} {where}.",
            payer=self.short,
            line=line,
            states=TERM_WORDS[term.name].states,
            value=self.figure or term.shown,
            where=cited,
        )

    @property
    def passage(self) -> Passage | None:
        """The sentence of the contract, None where nothing was found."""
        term = self.term
        if term.citation is None:
            return None
        return Passage(term.citation, payer=self.payer, scope=term.line_of_business)

    def as_data(self) -> dict[str, Any]:
        """The entry with the keys of the command line's review JSON."""
        term, cited = self.term, self.term.citation
        value: Any = term.value
        if isinstance(value, Decimal):
            value = int(value) if value == value.to_integral_value() else float(value)
        return {
            "name": term.name,
            "value": value,
            "unit": term.unit,
            "line_of_business": term.line_of_business,
            "document": cited.source if cited else None,
            "section": cited.section if cited else None,
            "page": cited.page if cited else None,
            "start": cited.start if cited else None,
            "end": cited.end if cited else None,
            "quote": cited.quote if cited else None,
            "found": term.found,
            "payer": self.payer,
            "status": term.status,
            "party": term.party,
            "confidence": term.confidence,
            "note": term.note,
            "citation": cited.id if cited else None,
        }
