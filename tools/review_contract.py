"""A contract held against the playbook: what passes, what fails, what it does not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from knowledge.evidence import Basis, Cell, Figure, Finding, Sentence, Table, says
from knowledge.positions import Judged, Position, position_of
from knowledge.terms.family import terms_in_force
from tools.contract_papers import Papers, papers_of
from tools.practice import Practice
from tools.registry import tool
from tools.term_entries import Entry

_SEVERITY = {"high": 0, "medium": 1, "low": 2, "none": 3}
_STATUS = {"fail": 0, "partial": 1, "silent": 2, "unsure": 3, "pass": 4}


@dataclass(frozen=True)
class Issue:
    """One position held against one entry of one payer's contract.

    severity: the position's where it raises an alarm or needs reading, else none.
    """

    entry: Entry
    position: Position
    judged: Judged
    severity: str

    @property
    def rank(self) -> tuple[int, int]:
        """The order of a review: by severity, then failures first."""
        return _SEVERITY[self.severity], _STATUS[self.judged.status]

    @property
    def alarm(self) -> bool:
        """Whether it asks for action: partial, fail, or a missing clause that is needed."""
        return self.severity != "none" and self.judged.status != "unsure"

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
        return {
            "position": self.position.term,
            "status": self.judged.status,
            "severity": self.severity,
            "section": cited.section if cited else None,
            "page": cited.page if cited else None,
            "quote": cited.quote if cited else None,
            "why": self.why,
            "ask": self.position.ask.words,
            "worth": None,
            "basis": f"{self.judged.reason}; our position: {self.position.position}",
            "payer": self.entry.payer,
            "label": self.entry.label,
            "value": self.entry.term.shown or None,
            "line_of_business": self.entry.term.line_of_business,
            "document": cited.source if cited else None,
            "start": cited.start if cited else None,
            "end": cited.end if cited else None,
            "citation": cited.id if cited else None,
            "alarm": self.alarm,
            "language": self.position.language,
            "statute": statute.words if statute else None,
            "guide": self.position.guide,
        }


@tool(
    label="Contract review",
    needs=["contracts"],
    asks=[
        "review this contract",
        "what is wrong with our contract",
        "which clauses should we push back on",
        "is this a good agreement",
        "what should we ask to change in the contract",
        "red flags in the agreement",
        "check the contract against our playbook",
        "what are the worst terms we signed",
        "how does this contract measure up",
        "what is missing from the contract",
        "go through the agreement and tell me what to fix",
        "weak points of our contract",
    ],
    examples=["Review the {payer} contract.", "What should we ask {payer} to change?"],
)
def review_contract(practice: Practice, *, payers: list[str] | None = None) -> Finding:
    """A payer's contract against the playbook: pass, partial, fail, silent or unsure by position.

    Each issue has its severity, citation, reason, and what to ask for; worst first. Law is
    shown with its date and is to be confirmed with counsel.
    """
    papers = papers_of(practice, payers)
    entries: list[Entry] = []
    issues: list[Issue] = []
    for payer, documents in papers.by_payer.items():
        terms = terms_in_force(documents)
        own = [Entry(payer, practice.payers.short_name(payer), term) for term in terms]
        entries += own
        issues += [_issue(entry, own, practice) for entry in own]
    issues.sort(key=lambda issue: issue.rank)
    alarms = [issue for issue in issues if issue.alarm]
    shown = alarms[:4]
    return Finding(
        headline=_headline(issues, alarms, papers),
        sentences=tuple(_said(issue) for issue in shown),
        figures=tuple(figure for entry in entries if (figure := entry.figure)),
        passages=tuple(passage for issue in issues if (passage := issue.entry.passage)),
        table=_table(issues, papers),
        caveats=(*papers.caveats(practice), *_to_read(issues), _counsel()),
        next_steps=_steps(alarms, papers, practice),
        details={
            "payers": papers.payers,
            "payer": papers.payers[0],
            "missing": list(papers.missing),
            "issues": [issue.as_data() for issue in issues],
            "terms": [entry.as_data() for entry in entries],
        },
        done=f"Held {len(entries)} entries against the playbook",
    )


def _issue(entry: Entry, own: Sequence[Entry], practice: Practice) -> Issue:
    position = position_of(entry.term.name)
    judged = position.judged(entry.term, practice.today)
    severity: str = position.severity
    if judged.status == "silent" and not position.needed_beside([each.term for each in own]):
        judged, severity = Judged("silent", "not in the contract, and not needed there"), "none"
    if judged.status == "pass":
        severity = "none"
    return Issue(entry, position, judged, severity)


def _headline(issues: Sequence[Issue], alarms: Sequence[Issue], papers: Papers) -> Sentence:
    whose = f"{issues[0].entry.short}'s contract" if len(papers.payers) == 1 else "Your contracts"
    many = len(papers.payers) > 1
    if not alarms:
        return says(
            "{whose} {verb} every position we could read.",
            whose=whose,
            verb="meet" if many else "meets",
        )
    bad = _count("Positions failed", sum(i.judged.status == "fail" for i in alarms), "status fail")
    half = _count(
        "Positions met in part or not addressed",
        sum(i.judged.status != "fail" for i in alarms),
        "status partial, or silent where a clause is needed",
    )
    worst = alarms[0]
    return says(
        "{whose} {verb} {bad} of our positions outright and {half} in part; the first to raise is"
        " {label}: {reason}.",
        whose=whose,
        verb="fail" if many else "fails",
        bad=bad,
        half=half,
        label=_lower(worst.entry.label) + (f" ({worst.entry.short})" if many else ""),
        reason=worst.judged.reason,
    )


def _said(issue: Issue) -> Sentence:
    entry = issue.entry
    if entry.term.citation is None:
        return says(
            "{payer}, {label}: {reason}; {ask}.",
            payer=entry.short,
            label=_lower(entry.label),
            reason=issue.judged.reason,
            ask=issue.position.ask.words,
        )
    return says(
        "{payer}, {label}: {value} {where}, {reason}; {ask}.",
        payer=entry.short,
        label=_lower(entry.label),
        value=entry.figure or entry.term.shown,
        where=entry.term.citation,
        reason=issue.judged.reason,
        ask=issue.position.ask.words,
    )


def _table(issues: Sequence[Issue], papers: Papers) -> Table:
    many = len(papers.payers) > 1
    rows: list[tuple[Cell, ...]] = []
    for issue in issues:
        entry = issue.entry
        if many and issue.severity == "none":
            continue
        row: tuple[Cell, ...] = (
            entry.label,
            issue.judged.status,
            issue.severity if issue.severity != "none" else "",
            entry.cell,
            entry.section,
            issue.position.ask.words if issue.alarm else "",
        )
        rows.append((entry.short, *row) if many else row)
    columns = ("Term", "Status", "Severity", "Contract says", "Section", "Ask")
    title = (
        "What to raise first" if any(i.alarm for i in issues) else "The contract meets the playbook"
    )
    return Table(title, ("Payer", *columns) if many else columns, tuple(rows), first_rows=12)


def _to_read(issues: Sequence[Issue]) -> list[Sentence]:
    """The sections to be read by eye, in one sentence."""
    unsure = [i for i in issues if i.judged.status == "unsure"]
    if not unsure:
        return []
    named = [f"{_lower(i.entry.label)}: read {i.entry.section} ({i.entry.short})" for i in unsure]
    return [says("Not sure of {named}.", named="; ".join(named[:8]))]


def _counsel() -> Sentence:
    return says(
        "Statutes are information with their date, not advice: confirm with counsel. A review of"
        " the terms does not yet price them."
    )


def _steps(alarms: Sequence[Issue], papers: Papers, practice: Practice) -> tuple[str, ...]:
    short = practice.payers.short_name(papers.payers[0])
    steps = [
        f"Draft talking points for {short}",
        f"What are the key terms of the {short} contract?",
    ]
    if alarms:
        label = _lower(alarms[0].entry.label)
        steps.insert(0, f"Draft an email to {alarms[0].entry.short} about {label}")
        steps.append(f"What does the guide say about {label}?")
    return tuple(steps)


def _count(name: str, number: int, words: str) -> Figure:
    return Figure(name, Decimal(number), "count", Basis(words))


def _lower(label: str) -> str:
    return label[0].lower() + label[1:]
