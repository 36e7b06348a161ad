"""What an answer says to the user, said by the practice of itself in its own papers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.evidence import TOKEN, Finding, Sentence

CLOSING = "\n\nFor the practice alone:"
DOING = "have|lean|see|say|do|send|ask|begin|speak|agree|call|open|take|keep|leave|get"
SPOKEN = tuple(
    (re.compile(rf"\b{yours}\b"), instead)
    for yours, instead in (
        ("You are", "We are"), ("you are", "we are"), (f"you (?={DOING})", "we "),
        (f"You (?={DOING})", "We "), ("yours", "ours"), ("Your", "Our"), ("your", "our"),
        ("you", "us"), ("You", "We"),
    )
)  # fmt: skip


def ours(sentence: Sentence) -> Sentence:
    """The sentence with we and our for you and your; figures and citations stay as they are."""
    parts, last = [], 0
    for token in TOKEN.finditer(sentence.text):
        parts += [_said(sentence.text[last : token.start()]), token.group(0)]
        last = token.end()
    parts.append(_said(sentence.text[last:]))
    return Sentence("".join(parts), sentence.figures, sentence.citations)


def _said(words: str) -> str:
    for pattern, instead in SPOKEN:
        words = pattern.sub(instead, words)
    return words


def sections_of(found: Finding) -> Mapping[str, Sentence]:
    """A finding's paper by heading ("" before the first), each with what its tokens stand for."""
    body = str((found.details.get("paper") or {}).get("body", "")).partition(CLOSING)[0]
    figures = {figure.id: figure for figure in found.all_figures()}
    cited = {citation.id: citation for citation in found.all_citations()}
    head, *blocks = re.split(r"^### ", body, flags=re.MULTILINE)
    texts = {"": head}
    for block in blocks:
        heading, _, text = block.partition("\n")
        texts[heading.strip()] = text
    made = {}
    for heading, text in texts.items():
        keys = [match.group(2) for match in TOKEN.finditer(text)]
        made[heading] = Sentence(
            text.strip(),
            tuple(figures[key] for key in keys if key in figures),
            tuple(cited[key] for key in keys if key in cited),
        )
    return made
