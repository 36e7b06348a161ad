"""Where a payer's contract or the practice's own claims already answer a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from copilot.drafting.bank import Question
from copilot.drafting.pieces.volume import where_in
from knowledge.evidence import Basis, Citation, Figure, Sentence, says
from knowledge.problems import NotKnown
from tools.claim_totals import chosen
from tools.period import Period
from tools.practice import Practice

PASSAGES = 6
LONGEST = 420
SENTENCE = re.compile(r"[^.;]*(?:[.;](?!\s|$)[^.;]*)*(?:[.;](?=\s|$)|$)", re.DOTALL)


@dataclass(frozen=True)
class FromContract:
    """The words of the contract that answer a question."""

    citation: Citation

    def sentence(self) -> Sentence:
        """The quote with its citation; the quote runs on one line."""
        words = " ".join(self.citation.quote.split())
        return Sentence(f"“{words}” {self.citation.token()}", (), (self.citation,))


def from_contract(practice: Practice, payer: str, question: Question) -> FromContract | None:
    """The shortest run of sentences of the payer's contract that carries every sign.

    None where no passage does, or where the signs stand too far apart to be one statement.
    """
    seen: dict[str, Citation] = {}
    for query in question.contract_queries:
        for hit in practice.library.search(query, payers=[payer], k=PASSAGES):
            seen.setdefault(hit.passage.citation.id, hit.passage.citation)
    runs = [
        run
        for citation in seen.values()
        if question.answered_by(citation.quote)
        for run in _runs(citation, question)
    ]
    best = min(runs, key=lambda run: len(run.quote), default=None)
    return FromContract(best) if best else None


def _runs(citation: Citation, question: Question) -> Iterator[Citation]:
    """Runs of up to three sentences that carry every sign, each with its own offsets."""
    text = citation.quote
    cuts = [m.span() for m in SENTENCE.finditer(text) if m.group().strip()]
    for first in range(len(cuts)):
        for last in range(first, min(first + 3, len(cuts))):
            start, end = cuts[first][0], cuts[last][1]
            start += len(text[start:end]) - len(text[start:end].lstrip())
            words = text[start:end].rstrip()
            if len(words) <= LONGEST and question.answered_by(words):
                at = citation.start + start
                yield Citation(citation.source, citation.section, citation.page, at,
                               at + len(words), words, citation.document)  # fmt: skip
                break


def from_claims(
    practice: Practice, payer: str, question: Question, span: Period | None
) -> Sentence | None:
    """What this payer allowed or refused for the question's codes; None without such lines."""
    codes = question.codes()
    if span is None or not codes or not question.data.startswith("claims:"):
        return None
    try:
        lines = chosen(practice, span, payers=[payer], codes=codes)
    except NotKnown:
        return None
    counted = practice.tables.frame(
        lines.aggregate(
            paid=lines.counts.sum(),
            allowed=lines.allowed.sum(where=lines.counts),
            units=lines.units.sum(where=lines.counts),
            denied=(lines.status == "denied").sum(),
        )
    ).to_dict("records")[0]
    paid, denied = int(counted["paid"] or 0), int(counted["denied"] or 0)
    if not paid and not denied:
        return None
    where = f"{', '.join(codes)}, {where_in(payer, span)}"
    if not paid:
        refused = _count("Denied lines", denied, where)
        return says("Our claims: {n} lines, all denied.", n=refused)
    units = Figure(
        f"Units, {where}", Decimal(counted["units"]), "count",
        Basis("sum of units over counting lines", (), "claim_lines", where, paid),
    )  # fmt: skip
    allowed = Figure(
        f"Allowed, {where}", Decimal(counted["allowed"]), "USD",
        Basis("sum of allowed over counting lines", (), "claim_lines", where, paid), places=2,
    )  # fmt: skip
    each = Figure(
        f"Allowed per unit, {where}", allowed.number / units.number, "USD",
        Basis("allowed / units", (allowed, units), "claim_lines", where), places=2,
    )  # fmt: skip
    words = "Our claims: {units} units paid in {period}, {each} each on average"
    values: dict[str, Figure | str] = {
        "units": units, "each": each, "period": where_in(payer, span).removeprefix(f"{payer}, ")
    }  # fmt: skip
    if denied:
        return says(words + "; {n} lines denied.", **values, n=_count("Denied", denied, where))
    return says(words + ".", **values)


def _count(name: str, number: int, where: str) -> Figure:
    basis = Basis("lines with status denied", (), "claim_lines", where, number)
    return Figure(f"{name}, {where}", Decimal(number), "count", basis)
