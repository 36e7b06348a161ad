"""A finding that comes with a paper: the paper is kept as a draft that the user can edit."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from copilot.desk import Desk
from copilot.drafting.facts import Facts
from copilot.drafting.letter import Written
from copilot.drafts import Draft
from knowledge.evidence import Finding, Passage, Sentence, plain

OPENS = re.compile(r"open at:?[\s*]*(\d+(?:\.\d+)?)\s?%", re.IGNORECASE)


def with_paper(desk: Desk, finding: Finding) -> Finding:
    """The finding with its paper kept, under the draft's id; as it is where it has none."""
    paper = finding.details.get("paper")
    if not paper:
        return finding
    asked = {key: finding.details.get(key) for key in ("percent", "percent_of_medicare")}
    facts = Facts(
        kind=paper["kind"], payer=str(finding.details["payer"] or ""), purpose=paper["kind"],
        percent=_exact(asked["percent"]), percent_of_medicare=_exact(asked["percent_of_medicare"]),
    )  # fmt: skip
    draft = desk.drafts.keep(
        Draft(
            id=desk.drafts.fresh_id(paper["kind"]), kind=paper["kind"], payer=facts.payer or None,
            subject=paper["subject"], body=paper["body"], thread=desk.thread, facts=facts.kept(),
        )
    )  # fmt: skip
    details = {**finding.details, "draft": draft.id, "kind": draft.kind, "version": draft.version}
    return replace(finding, details=details)


def write_strategy(desk: Desk, facts: Facts) -> Written:
    """A strategy written anew from its facts, as a change of the draft asks."""
    found = desk.run("set_strategy", payer=facts.payer or None, percent=facts.percent,
                     percent_of_medicare=facts.percent_of_medicare)  # fmt: skip
    paper = found.details["paper"]
    body = str(paper["short"] if facts.length in ("brief", "short") else paper["body"])
    if facts.added:
        notes = "\n".join(f"- {words.rstrip('. ')}." for words in facts.added)
        body += f"\n\n### Our own notes\n\n{notes}"
    return Written(
        subject=facts.subject or str(paper["subject"]), body=body, facts=facts, plan=(),
        figures=found.all_figures(),
        passages=tuple(Passage(c, payer=facts.payer or None) for c in found.all_citations()),
        headline=Sentence(found.headline.text, found.headline.figures),
    )  # fmt: skip


def opening_of(desk: Desk, payer: str) -> Decimal | None:
    """The percent at which the latest strategy for a payer opens; None where none says one."""
    for key in desk.drafts.ids():
        draft = desk.drafts.latest(key)
        if draft.kind == "strategy" and draft.payer == payer:
            said = OPENS.search(plain(draft.body))
            return Decimal(said[1]) if said else None
    return None


def by_strategy(finding: Finding) -> Finding:
    """A draft's finding that says where its percent comes from."""
    note = Sentence("What it asks for is the opening of your latest strategy for this payer.")
    return replace(finding, caveats=(note, *finding.caveats))


def _exact(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
