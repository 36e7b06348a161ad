"""The clause a letter falls back on: the notice on which either side may leave."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from copilot.drafting.looked_up import LookedUp
from knowledge.evidence import Basis, Figure
from tools.papers.standing_paper import Clause, Paper

THEIR_CHANGE = "payer_change"


def with_notice(looked: LookedUp, paper: Paper, payer: str) -> Paper:
    """The paper with its no-cause clause added where it has no other clause to stand on.

    The days and the words are those contract_terms reads; a right that differs between the
    sides is no common ground.
    """
    if not paper.documents or paper.standing() is not None:
        return paper
    found = looked.finding("contract_terms", payers=[payer], terms=["no_cause_termination_days"])
    if found is None:
        return paper
    known = {citation.id: citation for citation in found.all_citations()}
    for term in found.details.get("terms", ()):
        ours = term.get("party") in ("either", None)
        citation = known.get(term.get("citation") or "")
        base = term.get("line_of_business") in (None, "commercial")
        if not (term.get("found") and ours and base and citation and term.get("unit") == "days"):
            continue
        basis = Basis(f"days of notice in {citation.label()}")
        notice = Figure(f"Notice, {citation.section}", Decimal(str(term["value"])), "days", basis)
        clause = Clause("no_cause", said_label(citation.section), citation, notice)
        return replace(paper, clauses=(*paper.clauses, clause))
    return paper


def with_their_change(looked: LookedUp, paper: Paper, payer: str) -> Paper:
    """The paper with the payer's own right to change the rates, where nothing else stands.

    What it may do by its notice alone needs no new contract, when it is asked to do it.
    """
    if not paper.documents or paper.standing() is not None:
        return paper
    found = looked.finding("contract_terms", payers=[payer], terms=["amendment"])
    known = {citation.id: citation for citation in found.all_citations()} if found else {}
    for term in found.details.get("terms", ()) if found else ():
        citation = known.get(term.get("citation") or "")
        alone = term.get("party") == "payer" and "unilateral" in str(term.get("value"))
        if term.get("found") and term.get("name") == "amendment" and alone and citation:
            clause = Clause(THEIR_CHANGE, said_label(citation.section), citation, None)
            return replace(paper, clauses=(*paper.clauses, clause))
    return paper


def stands_on(paper: Paper) -> Clause | None:
    """The clause an email names: the best to stand on, else the payer's right to change."""
    theirs = next((c for c in paper.clauses if c.kind == THEIR_CHANGE), None)
    return paper.standing() or theirs


def said_label(section: str) -> str:
    """A section's label as a letter names it: Section 8.2, or the paragraph headed so."""
    if re.match(r"[A-Z]?\d|§|[IVXL]+\b", section):
        return f"Section {section.removeprefix('§').strip()}"
    return f"the paragraph headed {section}" if section else "our agreement"
