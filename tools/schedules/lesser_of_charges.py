"""Which payers' contracts pay the lesser of the billed charge and the rate."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.problems import NotKnown
from knowledge.terms.family import terms_in_force
from tools.papers.contract_papers import papers_of
from tools.practice import Practice


def pays_lesser(practice: Practice, payers: Sequence[str]) -> dict[str, bool]:
    """By payer, whether its contract on file says so; a payer without a sure clause is left out."""
    try:
        papers = papers_of(practice, payers)
    except NotKnown:
        return {}
    found: dict[str, bool] = {}
    for payer, documents in papers.by_payer.items():
        for term in terms_in_force(documents, ["lesser_of"]):
            if term.found and isinstance(term.value, str) and term.line_of_business is None:
                found[payer] = term.value.startswith("lesser of")
    return found
