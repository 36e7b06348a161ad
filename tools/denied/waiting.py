"""How long payers take to pay, in words: from the visit for all, from submission beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from knowledge.evidence import Cell, Finding, Sentence, says
from tools.denied.payment_days import Days
from tools.practice import Practice

Waited = Mapping[str, Mapping[str, Days]]


def waiting_said(practice: Practice, days: Waited, asked: str | None) -> list[Sentence]:
    """The asked payer's days, or the slowest payer's, from the visit and from submission.

    Submission is known for some payers only where their 837P claims are on file, so payers
    are held against each other from the visit.
    """
    visit, sent = days["service"], days["submission"]
    who = asked or _slowest(visit) or _slowest(sent)
    if who is None or not (who in visit or who in sent):
        return []
    said = []
    if who in visit:
        said.append(
            says(
                "{payer} takes {median} from the visit to payment at the median and {ninth} for"
                " nine in ten lines" + ("." if asked else ", the slowest."),
                payer=practice.payers.short_name(who), median=visit[who].median,
                ninth=visit[who].ninth,
            )
        )  # fmt: skip
    if who in sent:
        said.append(
            says(
                "{start} {median} at the median and {ninth} for nine in ten.",
                start="From submission it is"
                if said
                else f"{practice.payers.short_name(who)} takes from submission to payment",
                median=sent[who].median, ninth=sent[who].ninth,
            )
        )  # fmt: skip
    return said


def days_first(practice: Practice, finding: Finding, days: Waited, asked: str | None) -> Finding:
    """The same finding with the days to payment in front, and its table slowest first."""
    said = waiting_said(practice, days, asked)
    if not said:
        return finding
    rest = tuple(s for s in finding.sentences if s not in said)
    table = finding.table
    if table and not asked:
        by = {practice.payers.short_name(p): each for p, each in days["service"].items()}
        rows = sorted(
            table.rows,
            key=lambda row: -by[str(row[0])].median.number if str(row[0]) in by else 1,
        )
        table = replace(table, title="How long each payer takes, slowest first", rows=tuple(rows))
    return replace(
        finding, headline=said[0], sentences=(*said[1:], finding.headline, *rest), table=table
    )


def day_columns(days: Waited) -> tuple[str, ...]:
    """The columns of days that a table of payers can fill."""
    named = {"service": "the visit", "submission": "submission"}
    return tuple(
        column
        for start, words in named.items()
        if days[start]
        for column in (f"Median days from {words}", f"Nine in ten, days from {words}")
    )


def day_cells(days: Waited, payer: str) -> tuple[Cell, ...]:
    """One payer's cells for `day_columns`."""
    cells: list[Cell] = []
    for start in ("service", "submission"):
        if days[start]:
            held = days[start].get(payer)
            cells += [held.median, held.ninth] if held else [None, None]
    return tuple(cells)


def _slowest(by: Mapping[str, Days]) -> str | None:
    if not by:
        return None
    return max(by.values(), key=lambda d: (d.median.number, d.ninth.number, d.payer)).payer
