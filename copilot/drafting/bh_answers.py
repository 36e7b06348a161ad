"""Where a payer's contract or the practice's own claims already answer a question."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files

from copilot.drafting.bank import Question, behavioral
from copilot.drafting.clause_units import LISTED, Run, Unit, units_of
from copilot.drafting.pieces.volume import where_in
from knowledge.documents.document import Document
from knowledge.evidence import Basis, Citation, Figure, Sentence, says
from knowledge.problems import NotKnown
from tools.lines.claim_totals import allowed_of, chosen
from tools.period import Period
from tools.practice import Practice

PASSAGES = 6
LONGEST = 420
MOST = 3
CONTRACTS = ("contract", "amendment")
CODES = re.compile(r"\b(?:\d{5}|[A-Z]\d{4})\b")
OURS = re.compile(r"behavioral|mental|psych|therap|collaborative|substance|9949|99484|G2214", re.I)


@dataclass(frozen=True)
class FromContract:
    """The words of the contract that answer a question."""

    citation: Citation

    def sentence(self) -> Sentence:
        """The quote with its citation; the quote runs on one line."""
        words = " ".join(self.citation.quote.split())
        return Sentence(f"“{words}” {self.citation.token()}", (), (self.citation,))


def from_contract(practice: Practice, payer: str, question: Question) -> FromContract | None:
    """The sentences, list or rows of the payer's contract that answer a question best.

    They carry every sign of one way of answering, in their own words or in the captions they
    stand under. None where nothing does.
    """
    library = practice.library
    papers = [d for d in library.documents(payer) if d.kind in CONTRACTS]
    runs = [run for paper in papers for run in _runs(paper, question)]
    if not runs:
        return None
    near = [
        hit.passage.citation
        for query in question.contract_queries
        for hit in library.search(query, payers=[payer], k=PASSAGES)
    ]
    named = set(CODES.findall(question.ask))

    def fit(run: Run) -> tuple[bool, int, bool, int, int]:
        ours = behavioral().search(run.words) or OURS.search(run.words)
        held = named & set(CODES.findall(run.words))
        found = any(_inside(run, each) for each in near)
        many = len(run.units)
        size = -many if run.units[0].row else many
        ours = ours or behavioral().search(run.under)
        return not ours, -len(held), not found, size, len(run.words)

    return FromContract(min((_with_like_rows(r, question) for r in runs), key=fit).citation())


def _inside(run: Run, citation: Citation) -> bool:
    first = run.units[0]
    return citation.document == run.document.id and citation.start <= first.start < citation.end


def _of_another_matter(question: Question, words: str) -> bool:
    pattern = _other_matters().get(question.id)
    return bool(pattern and re.search(pattern, words, re.IGNORECASE | re.DOTALL))


@cache
def _other_matters() -> dict[str, str]:
    text = files("copilot.drafting").joinpath("other_matters.toml").read_text(encoding="utf-8")
    made: dict[str, str] = tomllib.loads(text)
    return made


def _runs(paper: Document, question: Question) -> Iterator[Run]:
    """Up to three neighbouring units of one passage that answer, none with a shorter one in it."""
    units = _units(paper)
    for at, first in enumerate(units):
        for count in range(1, MOST + 1):
            held = units[at : at + count]
            if len(held) < count or held[-1].passage != first.passage or _parted(held):
                break
            run = Run(paper, held)
            if len(run.words) > (LONGEST if count > 1 else LISTED):
                break
            if question.answered_by(run.words, run.under) and not _of_another_matter(
                question, run.words
            ):
                yield run
                break


def _parted(held: tuple[Unit, ...]) -> bool:
    """Whether units are of different sections, or rows of a table: no statement together."""
    return len({unit.under for unit in held}) > 1 or (
        len(held) > 1 and any(unit.row for unit in held)
    )


@lru_cache(maxsize=16)
def _units(paper: Document) -> tuple[Unit, ...]:
    return units_of(paper)


def _with_like_rows(run: Run, question: Question) -> Run:
    """A row together with the rows next to it that answer as well."""
    if not run.units[0].row:
        return run
    units = _units(run.document)
    low = high = units.index(run.units[0])

    def like(at: int) -> bool:
        whole = units[high].end - units[low].start + len(units[at].words)
        return (
            units[at].row
            and units[at].passage == units[low].passage
            and (whole <= LONGEST and question.answered_by(units[at].words, units[at].under))
        )

    while low and like(low - 1):
        low -= 1
    while high + 1 < len(units) and like(high + 1):
        high += 1
    return Run(run.document, units[low : high + 1])


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
