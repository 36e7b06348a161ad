"""Several payers' contracts beside each other, term by term, the best and the worst named."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Cell, Citation, Figure, Finding, Sentence, Table, says
from knowledge.playbook_files import Playbook, playbook
from knowledge.terms.family import terms_in_force
from knowledge.terms.words import TERM_WORDS
from tools.papers.contract_papers import Papers
from tools.papers.term_entries import Entry
from tools.practice import Practice

_STATUS = {"pass": 0, "partial": 1, "unsure": 2, "silent": 3, "fail": 4}
MOST_SAID = 4


def side_by_side(practice: Practice, papers: Papers, names: Sequence[str]) -> Finding:
    """One row a term, one column a payer; best and worst by the playbook, base terms only.

    A number is ranked in the direction in which the position accepts it, words by whether
    they pass. Terms on which all payers stand alike have neither best nor worst.
    """
    book = playbook(practice.workspace.root / "playbook")
    short = {payer: practice.payers.short_name(payer) for payer in papers.payers}
    held: dict[str, dict[str, Entry]] = {name: {} for name in names}
    for payer, documents in papers.by_payer.items():
        for term in terms_in_force(documents, names):
            if term.line_of_business is None and payer not in held[term.name]:
                held[term.name][payer] = Entry(payer, short[payer], term)
    rows: list[tuple[Cell, ...]] = []
    said: list[tuple[str, Entry, Entry]] = []
    worst_of: dict[str, int] = dict.fromkeys(papers.payers, 0)
    for name in names:
        ranked = _ranked(held[name], book, practice)
        best, worst = (ranked[0], ranked[-1]) if _differ(ranked, book, practice) else (None, None)
        if best and worst:
            said.append((name, best, worst))
            worst_of[worst.payer] += 1
        cells = [held[name][payer].cell if payer in held[name] else None for payer in papers.payers]
        rows.append(
            (
                TERM_WORDS[name].label,
                *cells,
                best.short if best else "",
                worst.short if worst else "",
            )
        )
    entries = [entry for row in held.values() for entry in row.values()]
    said.sort(key=lambda each: (book.of(each[0]).severity != "high", names.index(each[0])))
    return Finding(
        headline=_said(*said[0])
        if len(said) == 1
        else _headline(papers, short, worst_of, len(said)),
        sentences=tuple(_said(*each) for each in said[:MOST_SAID]) if len(said) > 1 else (),
        figures=tuple(figure for entry in entries if (figure := entry.figure)),
        passages=tuple(passage for entry in entries if (passage := entry.passage)),
        table=Table(
            "Contracts side by side, term by term",
            ("Term", *(short[payer] for payer in papers.payers), "Best", "Worst"),
            tuple(rows),
            first_rows=24,
        ),
        caveats=(*papers.caveats(practice), *_attachments()),
        next_steps=_steps(short, said),
        details={
            "payers": papers.payers,
            "terms": list(names),
            "entries": [entry.as_data() for entry in entries],
            "best": {name: best.payer for name, best, _ in said},
            "worst": {name: worst.payer for name, _, worst in said},
        },
        done=f"Compared {len(papers.payers)} contracts on {len(names)} terms",
    )


def _ranked(entries: dict[str, Entry], book: Playbook, practice: Practice) -> list[Entry]:
    """The entries from best to worst for the practice; those we are not sure of are left out."""
    sure = [each for each in entries.values() if each.term.status != "unsure"]
    return sorted(sure, key=lambda each: _goodness(each, book, practice))


def _goodness(entry: Entry, book: Playbook, practice: Practice) -> tuple[int, Decimal]:
    position = book.of(entry.term.name)
    status = _STATUS[position.judged(entry.term, practice.today).status]
    value = entry.term.value
    if not isinstance(value, Decimal) or position.accept is None:
        # "no limit" that fails is worse than any number that fails, and the reverse.
        return status, Decimal("Infinity") * (1 if status == _STATUS["fail"] else -1)
    days = value * 7 / 5 if entry.term.unit == "business days" else value
    more_is_better = position.accept.at_most is None
    return status, -days if more_is_better else days


def _differ(ranked: Sequence[Entry], book: Playbook, practice: Practice) -> bool:
    return len(ranked) > 1 and _goodness(ranked[0], book, practice) != _goodness(
        ranked[-1], book, practice
    )


def _headline(
    papers: Papers, short: dict[str, str], worst_of: dict[str, int], differing: int
) -> Sentence:
    payer = max(worst_of, key=lambda each: worst_of[each])
    many = Figure(
        f"Terms on which {short[payer]} is the worst",
        Decimal(worst_of[payer]),
        "count",
        Basis("terms on which its contract stands below every other by our playbook"),
    )
    compared = Figure(
        "Terms that differ", Decimal(differing), "count", Basis("terms not alike in all contracts")
    )
    if not worst_of[payer]:
        return says("On the terms asked about, the contracts do not differ.")
    return says(
        "Of {compared} terms that differ, {payer} has the worst version of {many}.",
        compared=compared,
        payer=short[payer],
        many=many,
    )


def _said(name: str, best: Entry, worst: Entry) -> Sentence:
    label = TERM_WORDS[name].label
    return says(
        "{label}: best with {best} ({good} {there}), worst with {worst} ({bad} {here}).",
        label=label,
        best=best.short,
        good=(best.figure or best.term.shown) if best.term.found else "not found",
        there=_cited(best),
        worst=worst.short,
        bad=(worst.figure or worst.term.shown) if worst.term.found else "not found",
        here=_cited(worst),
    )


def _cited(entry: Entry) -> Citation | str:
    return entry.term.citation or ""


def _attachments() -> tuple[Sentence, ...]:
    return (
        says(
            "Base agreements are compared; an attachment for one line of business may say"
            " otherwise: ask for its terms by name."
        ),
    )


def _steps(short: dict[str, str], said: Sequence[tuple[str, Entry, Entry]]) -> tuple[str, ...]:
    if not said:
        return ("Review each contract against the playbook",)
    name, _, worst = said[0]
    label = TERM_WORDS[name].label.lower()
    return (
        f"Draft an email to {worst.short} about {label}",
        f"Review the {worst.short} contract",
        f"Redline the {worst.short} contract",
    )
