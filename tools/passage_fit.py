"""Whether a passage speaks of a topic at all, and which of its sentences does so best."""

from __future__ import annotations

import re
from functools import cache

import Stemmer

from knowledge.documents.document import Document
from knowledge.evidence import Citation, Passage

LONGEST = 450
_SMALL = frozenset(
    """a about all am an and any are as at be been but by can could did do does for from get got
    had has have he her his how i if in into is it its me my no not of on or our out say says she
    should so tell than that the their them there these they this those to us was we were what
    when where which who whom why will with would you your contract contracts agreement agreements
    clause clauses payer payers plan plans insurer provider practice section language guide please
    find show quote many much long does must mean means anything something words text""".split()
)
_STOP = re.compile(r"(?<=[.;?!])\s+|\n+")


def topic_stems(topic: str) -> frozenset[str]:
    """The stems of a topic's telling words; empty where it has none."""
    return frozenset(_stem(word) for word in _words(topic) if word not in _SMALL and len(word) > 1)


def fit(stems: frozenset[str], passage: Passage) -> float:
    """The part of a topic's stems that a passage or its captions hold, 0 to 1."""
    if not stems:
        return 0.0
    said = {_stem(word) for word in _words(passage.text + " " + " ".join(passage.heading_path))}
    return len(stems & said) / len(stems)


def speaks(stems: frozenset[str], passage: Passage) -> bool:
    """Whether a passage speaks of a topic: all of one or two stems, half of more."""
    share = fit(stems, passage)
    return share == 1.0 if len(stems) <= 2 else share >= 0.5


def best_words(stems: frozenset[str], cited: Citation, document: Document | None) -> Citation:
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
    scores = [len(stems & {_stem(w) for w in _words(cited.quote[a:b])}) for a, b in pieces]
    best = max(range(len(pieces)), key=lambda n: (scores[n], -n))
    start, end = pieces[best]
    for a, b in pieces[best + 1 :]:
        if b - start > LONGEST:
            break
        end = b
    if end - start > LONGEST:
        end = start + (cited.quote.rfind(" ", 0, LONGEST) if start == 0 else LONGEST)
        end = max(start + 1, cited.quote.rfind(" ", start, start + LONGEST))
    return document.citation(cited.start + start, cited.start + end)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower())


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word.removesuffix("'s")))
