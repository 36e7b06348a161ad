"""What to change in a payer's contract: review_contract's findings as words, by weight."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from knowledge.documents.document import Document
from knowledge.evidence import Citation, Finding
from knowledge.playbook_files import Playbook, playbook
from knowledge.positions import Position
from knowledge.problems import BadInput
from knowledge.redline.change import Change
from knowledge.redline.model_language import (
    LEVEL_NAMES,
    Level,
    ModelLanguage,
    level_of,
    model_language,
)
from knowledge.redline.party_names import PartyNames, party_names
from knowledge.terms.reading import Paper
from tools.papers.contract_papers import papers_of
from tools.practice import Practice
from tools.redlining.additions import next_number, place_for
from tools.redlining.in_place import reworded_clause
from tools.review_contract import review_contract


@dataclass(frozen=True)
class Proposal:
    """changes: by weight; kept: findings for which no word changes, as (label, reason);
    documents: the payer's papers by id; citations: by change id, those that stand on one."""

    payer: str
    level: Level
    changes: tuple[Change, ...]
    kept: tuple[tuple[str, str], ...]
    documents: dict[str, Document]
    citations: dict[str, Citation]


@dataclass(frozen=True)
class _Sheet:
    """A document with what is worked out of it once."""

    document: Document
    paper: Paper
    names: PartyNames


def proposed_changes(
    practice: Practice, payer: str, level: str | None = None, terms: Sequence[str] | None = None
) -> list[Change]:
    """The changes that a redline of a payer's contract would make, worst first.

    level: opening (default), target or walk_away. terms: positions to take, all by default.
    """
    return list(proposal(practice, payer, level, terms).changes)


def proposal(
    practice: Practice, payer: str, level: str | None = None, terms: Sequence[str] | None = None
) -> Proposal:
    """The changes with what they stand on; raises NotKnown without a contract on file and
    BadInput for a level or a position that there is not."""
    chosen = level_of(level)
    papers = papers_of(practice, [payer]).by_payer[payer]
    book = playbook(practice.workspace.root / "playbook")
    finding = review_contract(practice, payers=[payer])
    issues = [i for i in finding.details["issues"] if _wanted(i, terms)]
    if terms and not issues:
        raise BadInput(
            ", ".join(terms), "no position goes by that name", "name a term, e.g. timely filing"
        )
    changed = {i["position"] for i in issues if i["alarm"]}
    sheets = {d.id: _Sheet(d, Paper(d), party_names(d.text, payer)) for d in papers}
    base = next((d for d in papers if d.kind != "amendment"), papers[0])
    cited = _cited(finding)
    changes: list[Change] = []
    kept: list[tuple[str, str]] = []
    citations: dict[str, Citation] = {}
    for issue in issues:
        if not issue["alarm"]:
            continue
        other = _covered_by(issue, changed, book)
        if other:
            kept.append((issue["label"], f"the change on {other} covers it"))
            continue
        change, reason = _change(practice, book, issue, chosen, sheets, base, cited)
        if change is not None and _said_already(change, changes):
            change = replace(change, new="")
        taken = None if change is None else _taken(change, changes)
        if change is None:
            kept.append((issue["label"], reason))
        elif taken is not None:
            kept.append((issue["label"], f"the change on {_lower(taken.title)} covers its words"))
        else:
            change = replace(change, weight=len(changes))
            changes.append(change)
            if issue["citation"] in cited:
                citations[change.id] = cited[issue["citation"]]
    return Proposal(
        payer, chosen, numbered(changes), tuple(kept), {d.id: d for d in papers}, citations
    )


def numbered(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes with the clauses that are added at one place numbered one after another."""
    last: dict[tuple[str, int], str] = {}
    made = []
    for change in changes:
        place = change.document, change.start
        if change.where == "new paragraph" and change.number:
            number = next_number(last[place]) if place in last else change.first_number
            last[place] = number or last[place]
            change = replace(change, number=number)
        made.append(change)
    return tuple(made)


def _change(
    practice: Practice,
    book: Playbook,
    issue: dict[str, Any],
    level: Level,
    sheets: dict[str, _Sheet],
    base: Document,
    cited: dict[str, Citation],
) -> tuple[Change | None, str]:
    position = _position(book, issue)
    if position is None:
        return None, "it needs words that only you can write"
    model = model_language(position)
    citation = cited.get(issue["citation"] or "")
    if citation is None or citation.document not in sheets:
        return _added(issue, position, model, level, sheets[base.id])
    sheet = sheets[citation.document]
    words = reworded_clause(
        issue, position, model, level, sheet.paper, sheet.names, practice.today.year
    )
    if words is None:
        return None, f"it is at your {LEVEL_NAMES[level]} already, or no word of ours changes it"
    document = sheet.document
    old = document.text[words.start : words.end] if words.where == "in place" else ""
    return _made(
        issue,
        position,
        level,
        document,
        old=old,
        new=_quoted_like(words.new, document.text),
        start=words.start,
        end=words.end,
        where=words.where,
        citation=citation.label(),
        more=words.hint,
    ), ""


def _added(
    issue: dict[str, Any],
    position: Position,
    model: ModelLanguage,
    level: Level,
    sheet: _Sheet,
) -> tuple[Change | None, str]:
    new = sheet.names.put_into(model.words.get(level, ""))
    if not new:
        return None, f"no words of ours at {LEVEL_NAMES[level]}"
    place = place_for(sheet.document, model.near)
    return _made(
        issue,
        position,
        level,
        sheet.document,
        new=_quoted_like(new, sheet.document.text),
        start=place.start,
        end=place.end,
        where="new paragraph",
        like=place.like,
        heading=model.caption if position.model_language else issue["label"].split(" (")[0],
        number=place.number,
        first_number=place.number,
        citation=f"{sheet.document.name}, new in {place.section}",
        more="Our reading found no clause on this; look for one before this goes out.",
    ), ""


def _made(
    issue: dict[str, Any],
    position: Position,
    level: Level,
    document: Document,
    more: str = "",
    **words: Any,
) -> Change:
    line = issue["line_of_business"] or ""
    key = "\x1f".join([position.term, line, document.id, str(words["start"]), level])
    reason = issue["basis"].split("; our position")[0]
    note = f"{reason[:1].upper()}{reason[1:]}." + (f" {more}" if more else "")
    return Change(
        id=f"ch_{hashlib.sha256(key.encode()).hexdigest()[:10]}",
        position=position.term,
        title=issue["label"],
        why=position.why,
        note=note,
        guide=position.guide,
        document=document.id,
        level=LEVEL_NAMES[level],
        law=position.statute.words if position.statute else "",
        severity=issue["severity"],
        **{"old": "", **words},
    )


def _wanted(issue: dict[str, Any], terms: Sequence[str] | None) -> bool:
    if not terms:
        return True
    names = {
        _plain(issue["position"]),
        _plain(issue["label"]),
        _plain(issue["label"].split(" (")[0]),
    }
    return any(_plain(t) in names or _plain(issue["position"]).startswith(_plain(t)) for t in terms)


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", name.lower()))


def _position(book: Playbook, issue: dict[str, Any]) -> Position | None:
    try:
        return book.of(issue["position"])
    except KeyError:
        return None


def _covered_by(issue: dict[str, Any], changed: set[str], book: Playbook) -> str:
    """The other position whose change settles this one too, "" for none."""
    position = _position(book, issue)
    other = "" if position is None else str(position.model_language.get("covered_by", ""))
    return other.replace("_", " ") if other in changed else ""


def _taken(change: Change, changes: Sequence[Change]) -> Change | None:
    """A change of more weight that rewrites the same words."""
    if change.where != "in place":
        return None
    return next(
        (
            each
            for each in changes
            if each.document == change.document
            and each.where == "in place"
            and each.start < change.end
            and change.start < each.end
        ),
        None,
    )


def _said_already(change: Change, changes: Sequence[Change]) -> bool:
    """Whether another sentence of the same paper has been given the same words."""
    return (
        change.where == "in place"
        and len(change.old) > 60
        and any(
            each.new == change.new
            and each.document == change.document
            and each.position == change.position
            for each in changes
        )
    )


def _cited(finding: Finding) -> dict[str, Citation]:
    return {c.id: c for c in finding.all_citations()}


def _quoted_like(words: str, text: str) -> str:
    """The words with curly apostrophes where the paper has them."""
    return words.replace("'", "’") if text.count("’") > text.count("'") else words


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
