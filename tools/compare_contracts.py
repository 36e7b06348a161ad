"""Contracts compared: several payers term by term, or two versions of one payer's contract."""

from __future__ import annotations

from knowledge.comparing.versions import version_pair
from knowledge.evidence import Finding
from knowledge.problems import NotKnown
from knowledge.terms.names import TERM_NAMES
from knowledge.terms.words import terms_asked
from tools.comparing.side_by_side import side_by_side
from tools.comparing.two_versions import two_versions
from tools.papers.contract_papers import papers_of
from tools.practice import Practice
from tools.registry import tool


@tool(
    label="Compare contracts",
    needs=["contracts"],
    asks=[
        "compare our contracts side by side",
        "which payer has the best contract terms",
        "what changed between the two versions of the contract",
        "compare the new draft with the signed agreement",
        "what did they change in the latest draft",
        "how does one payer's contract compare with another's",
        "who has the worst termination clause",
        "redline compare of the two agreements",
        "did they slip anything into the new version",
        "line up all contracts by timely filing and recoupment",
        "which of our contracts is the worst",
        "differences between the standard form and what we signed",
    ],
    examples=["Compare our contracts side by side.", "What changed in the new {payer} draft?"],
)
def compare_contracts(
    practice: Practice,
    *,
    payers: list[str] | None = None,
    terms: list[str] | None = None,
    topic: str | None = None,
) -> Finding:
    """Several payers' contracts side by side, or two versions of one payer's contract.

    With one payer, the two versions on file are compared sentence by sentence: numbers,
    negations, duties and parties first, wording last, moved clauses followed. With several
    (or all), each term stands in a row with the best and the worst payer named.
    """
    papers = papers_of(practice, payers)
    if len(papers.payers) == 1:
        payer = papers.payers[0]
        every = [d for d in practice.library.documents(payer) if d.kind not in ("guide", "email")]
        pair = version_pair(every)
        if pair is None:
            short = practice.payers.short_name(payer)
            raise NotKnown(
                f"only one version of {short}'s contract is on file",
                why="two papers that share most of their sentences are needed",
                do=f"drop the other draft of the {short} agreement, or ask to compare it with"
                " another payer's contract",
            )
        return two_versions(practice, payer, *pair)
    asked = [name for each in (*(terms or ()), topic or "") if each for name in terms_asked(each)]
    return side_by_side(practice, papers, list(dict.fromkeys(asked)) or list(TERM_NAMES))
