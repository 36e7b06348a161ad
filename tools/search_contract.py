"""What the contracts say on a topic: the best words of each, verbatim, or that they are silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.documents.document import Document
from knowledge.evidence import Basis, Citation, Figure, Finding, Passage, Sentence, says
from knowledge.playbook_files import playbook
from knowledge.problems import BadInput
from knowledge.terms.family import terms_in_force
from knowledge.terms.words import terms_asked
from tools.across.answered import answered
from tools.across.asked import asked_across, is_question
from tools.papers.contract_papers import Papers, papers_of
from tools.papers.passage_fit import Topic, best_words, fit, topic_of
from tools.practice import Practice
from tools.registry import tool

LOOKED_AT = 8
QUOTES_OF_ONE = 3
ASKED = "the matter asked about"


@dataclass(frozen=True)
class Said:
    """What one payer's papers say: the passages to quote, best first; none where silent.

    near: none names the topic, and the passage only comes near it.
    """

    payer: str
    short: str
    passages: tuple[Passage, ...]
    near: bool = False


@tool(
    label="Contract search",
    needs=["contracts"],
    required=["topic"],
    asks=[
        "what does our contract say about prior authorization",
        "find the clause on offset",
        "does the contract mention telehealth",
        "where does the agreement talk about retroactive denials",
        "quote the language on policies and the provider manual",
        "is behavioral health carved out in the contract",
        "what does it say about collaborative care codes",
        "who pays for copies of records",
        "what does the agreement say if coverage is lost later",
        "look up indemnification in our contracts",
        "can I see the exact wording on directory updates",
        "which contracts mention nurse practitioners",
        "which contracts let them recoup more than a year back",
        "who can amend by posting on the portal",
        "where do we have less than 120 days to file",
        "which of our contracts have no escalator",
        "which payers may offset without notice",
    ],
    examples=[
        "What does the {payer} contract say about prior authorization?",
        "Which of our contracts mention telehealth?",
        "Which contracts let them recoup more than a year back?",
    ],
)
def search_contract(practice: Practice, *, topic: str, payers: list[str] | None = None) -> Finding:
    """The words of the contracts on a topic, quoted verbatim with section and page.

    A question that holds each contract to a term ("which let them recoup more than a year
    back?") is answered yes, no or not found for each, by the value read and its words. Else
    one payer gives up to three passages, several give the best of each; a contract that does
    not speak of it is named as silent.
    """
    if not topic.strip():
        raise BadInput("topic", "there is nothing to look for", "name it, such as telehealth")
    papers = papers_of(practice, payers)
    if asked := asked_across(topic):
        return answered(
            practice, papers, asked, topic, playbook(practice.workspace.root / "playbook")
        )
    few = len(papers.payers) == 1
    said = [
        _said(practice, payer, documents, topic, QUOTES_OF_ONE if few else 1)
        for payer, documents in papers.by_payer.items()
    ]
    passages = tuple(passage for each in said for passage in each.passages)
    silent = [each.short for each in said if not each.passages]
    near = [each.payer for each in said if each.near]
    return Finding(
        headline=_headline(ASKED if is_question(topic) else topic, said, silent),
        sentences=() if few else tuple(_sentence(each) for each in said if each.passages),
        passages=passages,
        caveats=(*papers.caveats(practice), *_unread(topic, passages)),
        next_steps=_steps(topic, said, papers, practice),
        details={
            "topic": topic,
            "payers": papers.payers,
            "payer": papers.payers[0],
            "quotes": [passage.citation.id for passage in passages],
            "silent": [each.payer for each in said if not each.passages],
            "near": near,
            "missing": list(papers.missing),
        },
        done=f"Searched {sum(map(len, papers.by_payer.values()))} documents",
    )


def _unread(topic: str, passages: Sequence[Passage]) -> tuple[Sentence, ...]:
    """That a question we have no reader for is answered by passages alone."""
    if not passages or not is_question(topic):
        return ()
    return (
        says(
            "We have no reader that answers this: these are the nearest words of each contract, and"
            " a contract that is listed is no yes. Read them."
        ),
    )


def _said(
    practice: Practice, payer: str, documents: Sequence[Document], topic: str, most: int
) -> Said:
    """The passages of a payer's papers that speak of the topic: a term's own sentence first."""
    about = topic_of(topic)
    by_id = {document.id: document for document in documents}
    found = _of_terms(payer, documents, topic)
    near: list[Passage] = []
    for passage in _candidates(practice, payer, topic, about):
        document = by_id.get(passage.citation.document)
        how = fit(about, passage)
        if document is None or how == "no":
            continue
        cited = best_words(about, passage.citation, document)
        if not any(_overlap(cited, other.citation) for other in found):
            into = found if how == "speaks" else near
            into.append(Passage(cited, passage.heading_path, payer, passage.scope))
    short = practice.payers.short_name(payer)
    if not found and near:
        return Said(payer, short, (near[0],), near=True)
    return Said(payer, short, tuple(found[:most]))


def _candidates(practice: Practice, payer: str, topic: str, about: Topic) -> list[Passage]:
    """What a search for the topic finds, then for how contracts put its matters."""
    found: dict[str, Passage] = {}
    for query in (topic, *(each.says[0] for each in about.concepts[:2] if each.says)):
        for hit in practice.library.search(query, payers=[payer], sources="contracts", k=LOOKED_AT):
            found.setdefault(hit.passage.citation.id, hit.passage)
    return list(found.values())


def _of_terms(payer: str, documents: Sequence[Document], topic: str) -> list[Passage]:
    names = terms_asked(topic)
    if not 0 < len(names) <= 2:
        return []
    terms = terms_in_force(documents, names)
    return [
        Passage(term.citation, payer=payer, scope=term.line_of_business)
        for term in terms
        if term.citation and term.confidence >= 0.5
    ]


def _overlap(one: Citation, other: Citation) -> bool:
    return one.document == other.document and one.start < other.end and other.start < one.end


def _headline(topic: str, said: Sequence[Said], silent: Sequence[str]) -> Sentence:
    speaking = [each for each in said if each.passages and not each.near]
    near = [each for each in said if each.near]
    if len(said) == 1 and near:
        return says(
            "No passage of {payer}'s contract names {topic}; the nearest words are in {where}.",
            payer=near[0].short,
            topic=topic,
            where=near[0].passages[0].citation,
        )
    if not speaking and near:
        return says(
            "No contract names {topic}; the nearest words are with {near}.",
            topic=topic,
            near=_and([each.short for each in near]),
        )
    if not speaking:
        return says(
            "Not found in {whose}: no passage speaks of {topic}.",
            whose=_and([f"{short}'s contract" for short in silent]),
            topic=topic,
        )
    if len(said) == 1:
        return says(
            "On {topic}, {payer}'s contract says this {where}.",
            topic=topic,
            payer=speaking[0].short,
            where=speaking[0].passages[0].citation,
        )
    counts = [
        Figure("Contracts that speak of it", Decimal(len(speaking)), "count", Basis(f"on {topic}")),
        Figure("Contracts searched", Decimal(len(said)), "count", Basis("payers with papers")),
    ]
    if len(speaking) < len(said) and not silent:
        return says(
            "{some} of {all} contracts speak of {topic}; the others only come near it.",
            some=counts[0],
            all=counts[1],
            topic=topic,
        )
    if silent:
        return says(
            "{some} of {all} contracts speak of {topic}; not found in {silent}.",
            some=counts[0],
            all=counts[1],
            topic=topic,
            silent=_and(silent),
        )
    return says("All {all} contracts speak of {topic}.", all=counts[1], topic=topic)


def _sentence(said: Said) -> Sentence:
    template = "{payer}: nearest words, {where}." if said.near else "{payer}: {where}."
    return says(template, payer=said.short, where=said.passages[0].citation)


def _steps(topic: str, said: Sequence[Said], papers: Papers, practice: Practice) -> tuple[str, ...]:
    short = practice.payers.short_name(papers.payers[0])
    if is_question(topic):
        return (f"Review the {short} contract", f"What are the key terms of the {short} contract?")
    steps = [f"Review the {short} contract", f"What does the guide say about {topic}?"]
    if len(papers.payers) == 1:
        steps.append(f"What do our other contracts say about {topic}?")
    if any(each.passages for each in said):
        steps.append(f"Draft an email to {short} about {topic}")
    return tuple(steps)


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
