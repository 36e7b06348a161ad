"""Text that lost its line breaks: long blocks parted again where numbered sections begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from knowledge.documents.blocks import Block

LONG = 600  # characters; a shorter block is left alone
_BEGINNING = re.compile(
    r"(?<=[.;:!?\"”)A-Z])\s+(?="
    r"(?:Section|SECTION)\s+\d{1,2}(?:\.\d{1,3})*\.?\s+[A-Z\"“(]"
    r"|(?:ARTICLE|EXHIBIT|ATTACHMENT|SCHEDULE|APPENDIX)\s+(?:[IVX]+|\d{1,2}|[A-Z])\b[.:\s–—-]+[A-Z]"
    r"|§+\s*\d{1,2}(?:\.\d{1,3})*\s+[A-Z\"“(]"
    r"|\d{1,2}\.\d{1,2}(?:\.\d{1,2}){0,2}\.?\s+[A-Z\"“(]"
    r"|\d{1,2}\.\s+[A-Z]{3,}"
    r"|\d{1,2}\.\s+[A-Z][a-z]+(?:\s+(?:and|of|for|to|[A-Z][a-z]+)){0,5}\.\s"
    r")"
)
_REFERRING = re.compile(
    r"(?:sections?|articles?|under|in|of|to|and|or|with|exhibits?|see|by|paragraphs?|C\.R\.S\.)\s*$",
    re.IGNORECASE,
)


def parted(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, those that are long and hold several numbered sections cut at their numbers."""
    for block in blocks:
        if block.kind == "row" or len(block.text) < LONG:
            yield block
        else:
            yield from _cut(block)


def _cut(block: Block) -> Iterator[Block]:
    text = block.text
    edges = [0]
    for match in _BEGINNING.finditer(text):
        before = text[max(0, match.start() - 16) : match.start()]
        if not _REFERRING.search(before) and match.end() - edges[-1] > 5:
            edges.append(match.end())
    edges.append(len(text))
    for at, (low, high) in enumerate(pairwise(edges)):
        words = text[low:high].rstrip()
        if at == 0:
            yield replace(block, text=words, bold=min(block.bold, len(words)))
        else:
            yield replace(block, text=words, bold=0, level=None, number="")
