"""What the contracting guide says on a topic, with its section; the user's own guide first."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.evidence import Finding, Passage, Sentence, says
from knowledge.problems import BadInput
from tools.papers.passage_fit import Topic, best_words, fit, topic_of
from tools.practice import Practice
from tools.registry import tool

LOOKED_AT = 12
QUOTES = 3
TERSE = 7  # words: a longer topic is a sentence of its own and is not set into another


@tool(
    label="Guide",
    required=["topic"],
    asks=[
        "what does the guide say about preparing a negotiation",
        "how do I prepare for a payer meeting",
        "how should we approach an insurer for a raise",
        "explain shared savings to me",
        "what is capitation",
        "what data do we need before we negotiate",
        "who should I contact at the health plan",
        "what should a redline look like",
        "why do payers need primary care",
        "tips for talking with payers",
        "how do behavioral health contracts work",
        "what questions should we ask before adding behavioral health",
        "what does the book say about risk",
    ],
    examples=[
        "What does the guide say about asking for a raise?",
        "How should I prepare for a payer meeting?",
    ],
)
def search_guide(practice: Practice, *, topic: str) -> Finding:
    """What the contracting guide says on a topic, quoted with its section, such as 2/5.3.

    A guide that the practice loaded itself comes before the built-in one.
    """
    if not topic.strip():
        raise BadInput("topic", "there is nothing to look for", "name it, such as shared savings")
    about = topic_of(topic)
    hits = practice.library.search(topic, sources="guide", k=LOOKED_AT)
    fitting = [hit.passage for hit in hits if fit(about, hit.passage) == "speaks"]
    own = [passage for passage in fitting if passage.citation.document]
    chosen = [*own, *(p for p in fitting if not p.citation.document)][:QUOTES]
    passages = tuple(_cut(practice, about, passage) for passage in chosen)
    return Finding(
        headline=_headline(topic, passages),
        sentences=_further(passages),
        passages=passages,
        next_steps=_steps(topic),
        details={
            "topic": topic,
            "sections": [passage.citation.section for passage in passages],
            "quotes": [passage.citation.id for passage in passages],
        },
        done="Searched the guide",
    )


def _cut(practice: Practice, about: Topic, passage: Passage) -> Passage:
    cited = passage.citation
    document = practice.library.document(cited.document) if cited.document else None
    return Passage(
        best_words(about, cited, document), passage.heading_path, passage.payer, passage.scope
    )


def _headline(topic: str, passages: Sequence[Passage]) -> Sentence:
    if not passages:
        return says(
            "Not found in the guide: no entry speaks of {topic}; try other words for it.",
            topic=topic,
        )
    first = passages[0]
    if len(topic.split()) > TERSE:
        topic = "this"
    title = first.heading_path[-1] if first.heading_path else ""
    if title:
        return says(
            "On {topic}, the guide: {title} {where}.",
            topic=topic,
            title=title.rstrip("."),
            where=first.citation,
        )
    return says("On {topic}, the guide says this {where}.", topic=topic, where=first.citation)


def _further(passages: Sequence[Passage]) -> tuple[Sentence, ...]:
    """Where else to read, beyond the first passage."""
    if len(passages) < 2:
        return ()
    if len(passages) == 2:
        return (says("See also {a}.", a=passages[1].citation),)
    return (says("See also {a} and {b}.", a=passages[1].citation, b=passages[2].citation),)


def _steps(topic: str) -> tuple[str, ...]:
    terse = len(topic.split()) <= TERSE
    return (
        *((f"What do our contracts say about {topic}?",) if terse else ()),
        "How do our rates compare with Medicare?",
        "What is our payer mix?",
    )
