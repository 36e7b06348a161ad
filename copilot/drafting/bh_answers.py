"""Where a payer's contract or the practice's own claims already answer a question."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from copilot.drafting.bank import Question
from copilot.drafting.pieces.volume import where_in
from knowledge.evidence import Basis, Citation, Figure, Sentence, says
from knowledge.problems import NotKnown
from tools.lines.claim_totals import allowed_of, chosen
from tools.period import Period
from tools.practice import Practice

PASSAGES = 6
LONGEST = 420
MOST = 5
CODES = re.compile(r"\b(?:\d{5}|[A-Z]\d{4})\b")
OURS = re.compile(r"behavioral|mental|psych|therap|collaborative|substance|9949|99484|G2214", re.I)
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
        if not _of_another_matter(question, run.quote)
    ]
    named = set(CODES.findall(question.ask))

    def fit(run: Citation) -> tuple[bool, int, int]:
        held = named & set(CODES.findall(run.quote))
        return not OURS.search(run.quote), -len(held), len(run.quote)

    best = min(runs, key=fit, default=None)
    return FromContract(best) if best else None


def _of_another_matter(question: Question, words: str) -> bool:
    pattern = _other_matters().get(question.id)
    return bool(pattern and re.search(pattern, words, re.IGNORECASE))


@cache
def _other_matters() -> dict[str, str]:
    text = files("copilot.drafting").joinpath("other_matters.toml").read_text(encoding="utf-8")
    made: dict[str, str] = tomllib.loads(text)
    return made


def _runs(citation: Citation, question: Question) -> Iterator[Citation]:
    """Runs of up to five sentences or rows that carry every sign, each with its own offsets."""
    text = citation.quote
    cuts = list(_cuts(text))
    for first in range(len(cuts)):
        for last in range(first, min(first + MOST, len(cuts))):
            start, end = cuts[first][0], cuts[last][1]
            start += len(text[start:end]) - len(text[start:end].lstrip())
            words = text[start:end].rstrip()
            if len(words) <= LONGEST and question.answered_by(words):
                at = citation.start + start
                yield Citation(citation.source, citation.section, citation.page, at,
                               at + len(words), words, citation.document)  # fmt: skip


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a passage begin and end; a row of a table is one of its own."""
    at = 0
    for part in re.split(r"(\n(?=[^\n]*\|)|(?<=\|)\n)", text):
        if part.strip() and "|" in part:
            yield from ((at + m.start(), at + m.end()) for m in re.finditer(r"[^\n]+", part))
        else:
            yield from ((at + m.start(), at + m.end()) for m in SENTENCE.finditer(part)
                        if m.group().strip())  # fmt: skip
        at += len(part)


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
            allowed=allowed_of(lines).sum(where=lines.counts),
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
        return says("Our claims: lines sent {n}, all denied.", n=refused)
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
    words = "Our claims, {period}: units paid {units}, on average {each}"
    values: dict[str, Figure | str] = {
        "units": units, "each": each, "period": where_in(payer, span).removeprefix(f"{payer}, ")
    }  # fmt: skip
    if denied:
        return says(words + "; lines denied {n}.", **values, n=_count("Denied", denied, where))
    return says(words + ".", **values)


def _count(name: str, number: int, where: str) -> Figure:
    basis = Basis("lines with status denied", (), "claim_lines", where, number)
    return Figure(f"{name}, {where}", Decimal(number), "count", basis)
