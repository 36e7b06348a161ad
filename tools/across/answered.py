"""The finding of a question across contracts: who does, who does not, where nothing was found."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Cell, Figure, Finding, Sentence, Table, says
from knowledge.playbook_files import Playbook
from knowledge.terms.words import TERM_WORDS
from tools.across.asked import Asked
from tools.across.judged import ORDER, Answer, Judged, judged
from tools.papers.contract_papers import Papers
from tools.papers.term_entries import Entry
from tools.practice import Practice

FEW = 4
LONGEST = 260


def answered(
    practice: Practice, papers: Papers, asked: Asked, topic: str, book: Playbook
) -> Finding:
    """What each contract answers to the test, with its value, section and words."""
    found = judged(practice, papers.by_payer, asked, book)
    label = book.label(asked.term) or TERM_WORDS[asked.term].label
    quoted = [c for each in found if len(found) == 1 and (c := each.entry.term.citation)]
    passages = [
        passage
        for each in found
        for entry in (each.entry, *each.others)
        if (passage := entry.passage)
    ]
    return Finding(
        headline=_headline(found, label, asked),
        sentences=(
            _understood(label, asked),
            *(_said(each) for each in found if _told(each, len(found))),
        ),
        figures=tuple(f for each in found if (f := each.entry.figure)),
        passages=tuple({p.citation.id: p for p in passages}.values()),
        table=_table(found, label),
        caveats=(*papers.caveats(practice), *_caveats(found)),
        next_steps=_steps(found, label, topic),
        details={
            "topic": topic,
            "payers": papers.payers,
            "payer": papers.payers[0],
            "term": asked.term,
            "answers": {each.entry.payer: each.answer for each in found},
            "quotes": [each.id for each in quoted],
            "silent": [each.entry.payer for each in found if each.answer == "not found"],
            "missing": list(papers.missing),
        },
        done=f"Read {label.lower()} in {len(found)} contracts",
    )  # fmt: skip


def _names(found: Sequence[Judged], answer: Answer) -> list[str]:
    return [each.entry.short for each in found if each.answer == answer]


def _headline(found: Sequence[Judged], label: str, asked: Asked) -> Sentence:
    yes, no = _names(found, "yes"), _names(found, "no")
    if len(found) == 1:
        word = {"yes": "Yes", "no": "No", "not found": "Not found", "not sure": "Not sure"}
        term = found[0].entry.term
        if term.citation is None:
            return found[0].entry.sentence
        return says(
            "{answer}: {payer}'s contract says {value} {where}.",
            answer=word[found[0].answer],
            payer=found[0].entry.short,
            value=found[0].entry.figure or term.shown or "it unclearly",
            where=term.citation,
        )
    counts = [
        Figure("Contracts that do", Decimal(len(yes)), "count", Basis(f"{label}: values read")),
        Figure("Contracts read", Decimal(len(found)), "count", Basis("payers with papers on file")),
    ]
    rest = []
    if unsure := _names(found, "not sure"):
        rest.append(f"not sure about {_and(unsure)}")
    if silent := _names(found, "not found"):
        rest.append(f"not found in {_and(silent)}")
    tail = f"; {'; '.join(rest)}" if rest else ""
    if not yes:
        return says("None of {all} contracts, as far as our reading goes{tail}.",
                    all=counts[1], tail=tail)  # fmt: skip
    if not no and not rest:
        return says("All {all} contracts: {names}.", all=counts[1], names=_and(yes))
    return says("{some} of {all} contracts: {names}{tail}.",
                some=counts[0], all=counts[1], names=_and(yes), tail=tail)  # fmt: skip


def _understood(label: str, asked: Asked) -> Sentence:
    """The question as it was understood."""
    low = label[0].lower() + label[1:]
    if asked.number is not None:
        limit = Figure("Asked for", asked.number, asked.unit, Basis("as you asked"))
        return says("Asked: {label}, {way} {limit}.", label=low, way=asked.way or "", limit=limit)
    how = "contracts without it" if asked.lacks else "contracts that say so"
    return says("Asked: {label}, {how}.", label=low, how=how)


def _told(each: Judged, contracts: int) -> bool:
    """Whether it gets a sentence: of many contracts only those that do, of few all."""
    told = ("yes",) if contracts > FEW else ("yes", "no")
    return contracts > 1 and each.answer in told and each.entry.term.citation is not None


def _said(each: Judged) -> Sentence:
    term = each.entry.term
    assert term.citation is not None
    return says(
        "{answer}, {payer}: {value} {where}.",
        answer="Yes" if each.answer == "yes" else "No",
        payer=each.entry.short,
        value=each.entry.figure or term.shown,
        where=term.citation,
    )


def _table(found: Sequence[Judged], label: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in found:
        for n, entry in enumerate((each.entry, *each.others)):
            quote = entry.term.citation.quote if entry.term.citation else ""
            words = " ".join(quote.split())
            if len(words) > LONGEST:
                words = words[: words.rfind(" ", 0, LONGEST)] + " …"
            answer = each.answer if n == 0 else "otherwise"
            rows.append((entry.short + _line(entry), answer, entry.cell, entry.section, words))
    columns = ("Contract", "Answer", "It says", "Section", "In its words")
    return Table(f"{label} by contract", columns, tuple(rows), first_rows=14)


def _line(entry: Entry) -> str:
    label = entry.label
    return f" {label[label.index('(') :]}" if "(" in label else ""


def _caveats(found: Sequence[Judged]) -> list[Sentence]:
    told = []
    if silent := _names(found, "not found"):
        told.append(
            says(
                "Our reading found no such clause in {silent}; that does not prove there is none.",
                silent=_and(silent),
            )
        )
    for each in found:
        if each.answer == "not sure" and each.entry.term.citation:
            told.append(
                says("{payer}: not sure, read {where}.",
                     payer=each.entry.short, where=each.entry.term.citation)
            )  # fmt: skip
        for other in each.others:
            if other.term.citation:
                told.append(
                    says("{payer} answers otherwise for {line}: {value} {where}.",
                         payer=other.short, line=_line(other).strip(" ()") or "another part",
                         value=other.figure or other.term.shown or "not found",
                         where=other.term.citation)
                )  # fmt: skip
    return told


def _steps(found: Sequence[Judged], label: str, topic: str) -> tuple[str, ...]:
    first = next((each for each in found if each.answer == ORDER[0]), found[0]).entry.short
    low = label[0].lower() + label[1:]
    return (
        f"Compare {low} across our payers",
        f"Draft an email to {first} about {low}",
        f"Review the {first} contract",
        f"What does the guide say about {low}?",
    )


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
