"""The passages of one document (or of the guide), ready to be searched."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.documents.document import Document
from knowledge.documents.lines_of_business import line_of_business
from knowledge.documents.passages import passages
from knowledge.documents.sentences import sentences
from knowledge.evidence import Citation, Passage
from knowledge.guide_entries import guide_entries, stored_text
from knowledge.retrieval.concepts import ConceptVectors, clause_shares
from knowledge.retrieval.lexicon import clause_phrases
from knowledge.retrieval.vector_cache import VectorCache
from knowledge.retrieval.words import stems

Array = NDArray[np.float32]
_LEADING_NUMBER = re.compile(
    r"^(?:Article|Exhibit|Schedule|Attachment|Appendix|Part)?\s*"
    r"(?:[IVX]+|[A-Z]?[\d.]+|\(?[a-zA-Z]\)?)?\.?\s+(?=\S)"
)


@dataclass(frozen=True)
class Entry:
    """One passage with what ranking needs to know of it.

    kind: body, exhibit, front (before the first section) or guide. source: contract,
    amendment, offer, letter, guide, other as the document's kind; builtin for our own guide.
    line: the line of business of the attachment it stands in; whole_line: that of the whole
    document, by its title, for which passages that name no other hold.
    """

    passage: Passage
    key: str
    kind: str
    source: str
    embedded: str
    caption: str
    sentences: tuple[str, ...]
    stems: tuple[str, ...]
    line: str | None = None
    whole_line: str | None = None


@dataclass(frozen=True)
class Vectors:
    """The vectors of an index: passages, sentences, and shares of concepts for both."""

    passages: Array
    sentences: Array
    passage_shares: Array
    sentence_shares: Array


@dataclass(frozen=True)
class PassageIndex:
    """All entries of one document, their phrase counts, and where sentences of each begin."""

    entries: tuple[Entry, ...]
    phrases: Array
    first_sentence: NDArray[np.int64]

    def texts(self) -> list[str]:
        """Everything that has to be encoded."""
        return [text for entry in self.entries for text in (entry.embedded, *_headed(entry))]

    def vectors(self, cache: VectorCache, known: ConceptVectors | None) -> Vectors | None:
        """The vectors from the cache, None while any is missing.

        known: None for advice, of which no concepts are told (they are 0).
        """
        whole = cache.held([entry.embedded for entry in self.entries])
        parts = cache.held([text for entry in self.entries for text in _headed(entry)])
        if whole is None or parts is None:
            return None
        if known is None:
            nothing = np.zeros((1, self.phrases.shape[1]), dtype=np.float32)
            told = (np.repeat(nothing, len(each), axis=0) for each in (whole, parts))
            return Vectors(whole, parts, *told)
        return Vectors(whole, parts, clause_shares(whole, known), clause_shares(parts, known))


def document_index(document: Document) -> PassageIndex | None:
    """The index of a document, None for one without any text."""
    entries = []
    whole = line_of_business(document.title)
    for cut in passages(document):
        citation = document.citation(cut.start, cut.end)
        passage = Passage(citation, cut.path, document.payer, cut.scope)
        parts = [
            document.text[low:high] for low, high in sentences(document.text, cut.start, cut.end)
        ]
        entry = _entry(passage, cut.kind, document.kind, parts)
        entries.append(replace(entry, line=cut.scope, whole_line=whole))
    return _indexed(entries)


def guide_index() -> PassageIndex | None:
    """The index of the built-in guide and market sheet."""
    entries = []
    for each in guide_entries():
        citation = Citation(each.source, each.section, None, each.start, each.end, each.text)
        passage = Passage(citation, (f"{each.section} {each.title}",))
        text = stored_text(each.source)
        parts = [text[low:high] for low, high in sentences(text, each.start, each.end)]
        entries.append(_entry(passage, "guide", "builtin", parts))
    return _indexed(entries)


def _indexed(entries: Sequence[Entry]) -> PassageIndex | None:
    if not entries:
        return None
    counter = clause_phrases()
    counts = [len(entry.sentences) for entry in entries]
    headed = [f"{entry.caption} . {entry.passage.text}" for entry in entries]
    return PassageIndex(
        entries=tuple(entries),
        phrases=np.stack([counter.counts(text) for text in headed]),
        first_sentence=np.cumsum([0, *counts[:-1]]),
    )


def _entry(passage: Passage, kind: str, source: str, parts: Sequence[str]) -> Entry:
    path = passage.heading_path
    caption = _LEADING_NUMBER.sub("", path[-1]) if path else ""
    text = passage.text
    owner = passage.citation.document or passage.citation.source
    mark = f"{owner}\x1f{passage.citation.start}\x1f{passage.payer}\x1f{source}\x1f{text}"
    return Entry(
        passage=passage,
        key=hashlib.sha256(mark.encode()).hexdigest()[:24],
        kind=kind,
        source=source,
        embedded=f"{' - '.join(path)}. {text}",
        caption=caption or "untitled",
        sentences=tuple(parts) or (text,),
        stems=tuple(stems(" ".join((*path, *path[-1:], text)))),
    )


def _headed(entry: Entry) -> list[str]:
    return [f"{entry.caption}: {sentence}" for sentence in entry.sentences]
