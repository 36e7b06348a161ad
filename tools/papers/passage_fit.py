"""Whether a passage speaks of a topic at all, and which of its sentences does so best."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from knowledge.documents.document import Document
from knowledge.evidence import Citation, Passage
from knowledge.retrieval.lexicon import Concept, lexicon
from knowledge.retrieval.words import stems

LONGEST = 450
Fit = Literal["speaks", "near", "no"]
_SMALL = frozenset(
    stems(
        "about get got say says said tell than me contract contracts agreement agreements clause"
        " clauses payer payers plan plans insurer provider practice section language guide please"
        " find show quote many much long does must mean means anything something words text"
    )
)
_STOP = re.compile(r"(?<=[.;?!])\s+|\n+")


@dataclass(frozen=True)
class Topic:
    """A topic's telling stems, and the matters of the lexicon that its words point to."""

    stems: frozenset[str]
    concepts: tuple[Concept, ...]

    def told(self, text: str) -> int:
        """How much of it a text tells: its stems, and the phrases of its matters."""
        low = text.lower()
        phrases = sum(
            1 for each in self.concepts for found in each.word_patterns if found.search(low)
        )
        return len(self.stems & set(stems(text))) + phrases


def topic_of(words: str) -> Topic:
    """The topic that a user's words name."""
    low = words.lower()
    told = frozenset(stem for stem in stems(words) if stem not in _SMALL)
    matters = tuple(c for c in lexicon() if any(cue.search(low) for cue in c.cue_patterns))
    return Topic(told, matters)


def fit(topic: Topic, passage: Passage) -> Fit:
    """Whether a passage speaks of a topic, comes near it, or does neither.

    It speaks where all of one or two stems, or half of more, stand in it or its captions, or
    two phrases of one of the topic's matters do, or one beneath a caption that has one too.
    It is near with half of the stems or one such phrase.
    """
    captions = " ".join(passage.heading_path).lower()
    low = passage.text.lower()
    said = set(stems(f"{passage.text} {captions}"))
    share = len(topic.stems & said) / len(topic.stems) if topic.stems else 0.0
    if share == 1.0 or (len(topic.stems) > 2 and share >= 0.5):
        return "speaks"
    near = share >= 0.5
    for concept in topic.concepts:
        phrases = sum(1 for found in concept.word_patterns if found.search(low))
        captioned = any(found.search(captions) for found in concept.word_patterns) or any(
            head in captions for head in concept.heads
        )
        if phrases >= 2 or (phrases and captioned):
            return "speaks"
        near = near or bool(phrases)
    return "near" if near else "no"


def best_words(topic: Topic, cited: Citation, document: Document | None) -> Citation:
    """The passage cut to the sentences that speak of the topic, at most LONGEST characters.

    Without its document, or where it is short, the citation stays as it is.
    """
    if document is None or len(cited.quote) <= LONGEST:
        return cited
    pieces, low = [], 0
    for stop in [*_STOP.finditer(cited.quote), None]:
        end = stop.start() if stop else len(cited.quote)
        if cited.quote[low:end].strip():
            pieces.append((low, end))
        low = stop.end() if stop else end
    best = max(range(len(pieces)), key=lambda n: (topic.told(cited.quote[slice(*pieces[n])]), -n))
    start, end = pieces[best]
    for _, further in pieces[best + 1 :]:
        if further - start > LONGEST:
            break
        end = further
    if end - start > LONGEST:
        end = max(start + 1, cited.quote.rfind(" ", start, start + LONGEST))
    return document.citation(cited.start + start, cited.start + end)
