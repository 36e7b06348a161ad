"""A contract held against the playbook: what passes, what fails, what it does not say."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Cell, Figure, Finding, Sentence, Table, says
from knowledge.playbook_files import playbook
from tools.papers.contract_papers import Papers, papers_of
from tools.papers.term_entries import Entry
from tools.practice import Practice
from tools.registry import tool
from tools.reviewing.issue import Issue
from tools.reviewing.reviewed import reviewed


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
    book = playbook(practice.workspace.root / "playbook")
    entries: list[Entry] = []
    issues: list[Issue] = []
    for payer, documents in papers.by_payer.items():
        own, found = reviewed(practice, payer, documents, book)
        entries += own
        issues += found
    issues.sort(key=lambda issue: issue.rank)
    alarms = [issue for issue in issues if issue.alarm]
    shown = alarms[:4]
    return Finding(
        headline=_headline(issues, alarms, papers),
        sentences=(*(_said(issue) for issue in shown), *_money(alarms)),
        figures=(
            *(figure for entry in entries if (figure := entry.figure)),
            *(issue.worth for issue in issues if issue.worth),
        ),
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
            "own_positions": list(book.own),
        },
        done=f"Held {len(entries)} terms and {len(issues) - len(entries)} further points"
        " against the playbook",
    )


def _money(alarms: Sequence[Issue]) -> list[Sentence]:
    """What the priced issues come to, the largest first, in one sentence; none without."""
    priced = sorted((i for i in alarms if i.worth), key=lambda i: -i.worth.number if i.worth else 0)
    if not priced or priced[0].worth is None:
        return []
    said = priced[0]
    return [
        says(
            "In dollars {label} weighs most: {worth} ({how}).",
            label=_lower(said.entry.label) + f" ({said.entry.short})",
            worth=priced[0].worth,
            how=priced[0].worth.basis.words,
        )
    ]


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
    if issue.of_the_paper and entry.term.citation is not None:
        return says(
            "{payer}: {reason} {where}; {ask}.",
            payer=entry.short,
            reason=issue.judged.reason,
            where=entry.term.citation,
            ask=issue.ask,
        )
    if entry.term.citation is None:
        return says(
            "{payer}, {label}: {reason}; {ask}.",
            payer=entry.short,
            label=_lower(entry.label),
            reason=issue.judged.reason,
            ask=issue.ask,
        )
    return says(
        "{payer}, {label}: {value} {where}, {reason}; {ask}.",
        payer=entry.short,
        label=_lower(entry.label),
        value=entry.figure or entry.term.shown,
        where=entry.term.citation,
        reason=issue.judged.reason,
        ask=issue.ask,
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
            issue.worth or "",
            issue.ask if issue.alarm else "",
        )
        rows.append((entry.short, *row) if many else row)
    columns = ("Position", "Status", "Severity", "Contract says", "Section", "Worth (USD)", "Ask")
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
        "Statutes are information with their date, not advice: confirm with counsel. A worth is"
        " what a term costs or exposes on the claims on file; where they do not tell, none is"
        " given."
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
