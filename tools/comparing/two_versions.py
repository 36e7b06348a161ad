"""Two versions of one payer's contract: what changed in substance first, wording after."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.comparing.versions import Comparison, Difference, compare_versions
from knowledge.documents.document import Document
from knowledge.evidence import Basis, Cell, Figure, Finding, Passage, Sentence, Table, says
from knowledge.terms.family import read_in
from knowledge.terms.term import Term
from knowledge.terms.words import TERM_WORDS
from tools.practice import Practice

KINDS = {
    "number": "a number changed",
    "not": "a negation or exception changed",
    "duty": "a duty or right changed",
    "party": "who it binds changed",
    "scope": "its reach changed",
    "added": "added",
    "removed": "taken out",
    "wording": "wording",
}
MOST_ROWS = 400


def two_versions(practice: Practice, payer: str, old: Document, new: Document) -> Finding:
    """Every difference between two versions, with the terms that changed said first."""
    comparison = compare_versions(old, new)
    terms = _terms_changed(old, new)
    short = practice.payers.short_name(payer)
    substance = [d for d in comparison.differences if d.of_substance]
    wording = [d for d in comparison.differences if not d.of_substance]
    cited = [c for d in comparison.differences[:MOST_ROWS] for c in (d.old, d.new) if c is not None]
    return Finding(
        headline=_headline(short, len(substance), len(wording), terms, comparison),
        sentences=(*(_term_said(a, b) for a, b in terms[:6]), *map(_said, substance[:4])),
        passages=tuple(
            Passage(c, payer=payer)
            for c in dict.fromkeys(
                [*cited, *(t.citation for pair in terms for t in pair if t and t.citation)]
            )
        ),
        table=Table(
            f"{old.name} against {new.name}, substance first",
            ("Where", "What changed", "Before", "After"),
            tuple(_row(d) for d in comparison.differences[:MOST_ROWS]),
            first_rows=12,
        ),
        caveats=(
            says(
                "Earlier version: {old}; later version: {new}. A clause that only moved or was"
                " renumbered is not listed.",
                old=old.name,
                new=new.name,
            ),
        ),
        next_steps=(
            f"Review the {short} contract",
            f"Draft an email to {short} about the changes",
            f"Redline the {short} contract",
        ),
        details={
            "payers": [payer],
            "payer": payer,
            "documents": [old.name, new.name],
            "differences": [_data(d) for d in comparison.differences],
            "terms_changed": [(b or a).name for a, b in terms if (b or a) is not None],  # type: ignore[union-attr]
            "moved": comparison.moved,
            "same": comparison.same,
        },
        done=f"Compared two versions: {len(substance)} changes of substance,"
        f" {len(wording)} of wording",
    )


def _terms_changed(old: Document, new: Document) -> list[tuple[Term | None, Term | None]]:
    """Terms that read differently in the two versions, base agreement only."""
    before = {t.name: t for t in read_in(old) if t.line_of_business is None and t.found}
    after = {t.name: t for t in read_in(new) if t.line_of_business is None and t.found}
    return [
        (before.get(name), after.get(name))
        for name in TERM_WORDS
        if (before.get(name) or after.get(name))
        and _shown(before.get(name)) != _shown(after.get(name))
    ]


def _shown(term: Term | None) -> str:
    return term.shown if term else ""


def _headline(
    short: str,
    substance: int,
    wording: int,
    terms: Sequence[tuple[Term | None, Term | None]],
    comparison: Comparison,
) -> Sentence:
    if not comparison.differences:
        return says("The two versions of {payer}'s contract say the same.", payer=short)
    first = ""
    if terms:
        term = terms[0][1] or terms[0][0]
        assert term is not None
        label = TERM_WORDS[term.name].label
        first = f"; first to look at: {label[0].lower()}{label[1:]}"
    return says(
        "The two versions of {payer}'s contract differ in {substance} of substance and {wording}"
        " of wording{first}.",
        payer=short,
        substance=_count("Changes of substance", substance, "places"),
        wording=_count("Changes of wording", wording, "sentences that say the same otherwise"),
        first=first,
    )


def _term_said(before: Term | None, after: Term | None) -> Sentence:
    term = after or before
    assert term is not None
    return says(
        "{label}: was {old} {there}, is {new} {here}.",
        label=TERM_WORDS[term.name].label,
        old=_shown(before) or "not stated",
        there=(before.citation if before else None) or "",
        new=_shown(after) or "not stated",
        here=(after.citation if after else None) or "",
    )


def _said(difference: Difference) -> Sentence:
    where = difference.section or "The opening"
    return says(
        "{where}: {what} {there} {here}.",
        where=where,
        what=KINDS[difference.kind],
        there=difference.old or "",
        here=difference.new or "",
    )


def _row(difference: Difference) -> tuple[Cell, ...]:
    what = KINDS[difference.kind] + (", and the clause moved" if difference.moved else "")
    return (
        difference.section,
        what,
        difference.old.quote if difference.old else "",
        difference.new.quote if difference.new else "",
    )


def _data(difference: Difference) -> dict[str, object]:
    return {
        "kind": difference.kind,
        "substance": difference.of_substance,
        "section": difference.section,
        "moved": difference.moved,
        "old": difference.old.quote if difference.old else None,
        "new": difference.new.quote if difference.new else None,
    }


def _count(name: str, number: int, words: str) -> Figure:
    return Figure(name, Decimal(number), "count", Basis(words))
