"""The contract papers of each payer, and what to say where there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.comparing.versions import version_pair
from knowledge.documents.document import Document
from knowledge.evidence import Basis, Figure, Sentence, says
from knowledge.problems import NotKnown
from knowledge.terms.family import effective_date
from tools.papers.paper_condition import paper_condition
from tools.practice import Practice

_PAPER = ("contract", "amendment")
_NOT_PAPER = ("offer", "letter", "email", "guide")


@dataclass(frozen=True)
class Papers:
    """by_payer: each payer's contract and amendments, in the order of the question; missing:
    payers asked about without any; superseded: payer, earlier version, the version read;
    to_come: payer, amendment, the later day on which it takes effect."""

    by_payer: dict[str, tuple[Document, ...]]
    missing: tuple[str, ...]
    superseded: tuple[tuple[str, str, str], ...] = ()
    to_come: tuple[tuple[str, str, date], ...] = ()

    @property
    def payers(self) -> list[str]:
        """The payers that have papers."""
        return list(self.by_payer)

    def caveats(self, practice: Practice) -> tuple[Sentence, ...]:
        """One sentence for each payer without papers, for each version not read, and for
        pictures and open changes in those that are read."""
        return (
            tuple(
                says(
                    "No contract of {payer} is on file: drop its agreement (PDF or Word) with the"
                    " exhibits and amendments.",
                    payer=practice.payers.short_name(payer),
                )
                for payer in self.missing
            )
            + tuple(
                says(
                    "Two versions of {payer}'s contract are on file; the answer reads the later,"
                    " {later}, not {earlier}.",
                    payer=practice.payers.short_name(payer),
                    later=later,
                    earlier=earlier,
                )
                for payer, earlier, later in self.superseded
            )
            + tuple(
                says(
                    "{name} of {payer} is not in force yet and was left out; it takes effect on"
                    " {day}.",
                    name=name,
                    payer=practice.payers.short_name(payer),
                    day=Figure(
                        "Takes effect", day, "date", Basis("as the paper says", source=name)
                    ),
                )
                for payer, name, day in self.to_come
            )
            + paper_condition(each for papers in self.by_payer.values() for each in papers)
        )


def papers_of(practice: Practice, payers: Sequence[str] | None) -> Papers:
    """The papers of the payers asked about, or of all that have some.

    Raises NotKnown where none of them has any, with the file that would mend it.
    """
    by_payer: dict[str, list[Document]] = {}
    for document in practice.library.documents():
        if document.payer and document.kind not in _NOT_PAPER:
            by_payer.setdefault(document.payer, []).append(document)
    chosen = {}
    superseded: list[tuple[str, str, str]] = []
    to_come: list[tuple[str, str, date]] = []
    for payer in payers or by_payer:
        own = by_payer.get(payer, [])
        papers = [d for d in own if d.kind in _PAPER] or own
        for each in [d for d in papers if d.kind == "amendment"]:
            day = effective_date(each)
            if day and day > practice.today and len(papers) > 1:
                papers.remove(each)
                to_come.append((payer, each.name, day))
        while pair := version_pair([d for d in papers if d.kind != "amendment"]):
            papers.remove(pair[0])
            superseded.append((payer, pair[0].name, pair[1].name))
        if papers:
            chosen[payer] = tuple(papers)
    missing = tuple(payer for payer in payers or () if payer not in chosen)
    if not chosen:
        names = ", ".join(practice.payers.short_name(payer) for payer in missing)
        raise NotKnown(
            f"no contract of {names} is on file" if names else "no contract is on file",
            do=f"drop the {names} agreement (PDF or Word) with its exhibits and amendments"
            if names
            else "drop your payer agreements (PDF or Word) with their exhibits and amendments",
        )
    return Papers(chosen, missing, tuple(superseded), tuple(to_come))
