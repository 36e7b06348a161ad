"""Changes of a draft by what it looks like: its sections, list items, paragraphs and words.

For what no fact of the draft stands for. Each gives the text back as it was where it finds
nothing to change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.evidence import TOKEN, plain

HEADING = re.compile(r"(?m)^#{2,4} ")
ITEM = re.compile(r"(?m)^(?:[-*]|\d+\.) ")
FEW = {"the", "a", "an", "about", "on", "of", "part", "line", "sentence", "bit", "our", "their"}


def without_numbered(body: str, kind: str, number: int) -> str:
    """The body without its nth section, list item or paragraph (0 the first, -1 the last)."""
    parts = {"section": _sections, "point": _items, "paragraph": _paragraphs}[kind](body)
    if kind == "point" and not parts:
        parts = _sections(body)
    if not -len(parts) <= number < len(parts):
        return body
    return _cut(body, parts[number])


def without_words(body: str, words: str) -> str:
    """The body without the section so headed, else the first item or paragraph that says it."""
    for start, end in (*_headed(body, words), *_saying(body, _items(body), words),
                       *_saying(body, _paragraphs(body), words)):  # fmt: skip
        return _cut(body, (start, end))
    return body


def with_first(body: str, words: str) -> str:
    """The body with the section, or the list item, that says so moved before its like."""
    for parts in (_sections(body), _items(body)):
        for start, end in (*_headed(body, words), *_saying(body, parts, words)):
            if (start, end) not in parts or (start, end) == parts[0]:
                continue
            top = parts[0][0]
            moved = body[start:end].rstrip("\n")
            gap = "\n\n" if HEADING.match(moved) else "\n"
            rest = body[top:start] + body[end:]
            return body[:top] + moved + gap + rest.rstrip("\n")
    return body


def reworded(text: str, words: str, to: str) -> str:
    """The text with the user's words in the place of others, figures and citations untouched."""
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
    made, at = [], 0
    for token in TOKEN.finditer(text):
        made += [pattern.sub(lambda _: to, text[at : token.start()]), token[0]]
        at = token.end()
    return "".join([*made, pattern.sub(lambda _: to, text[at:])])


def _sections(body: str) -> list[tuple[int, int]]:
    starts = [found.start() for found in HEADING.finditer(body)]
    return list(zip(starts, [*starts[1:], len(body)], strict=True))


def _items(body: str) -> list[tuple[int, int]]:
    """Top-level list items, each with the lines below it that are indented."""
    found = []
    for item in ITEM.finditer(body):
        end = re.compile(r"\n(?! {2,}\S)").search(body, item.start())
        found.append((item.start(), end.end() if end else len(body)))
    return found


def _paragraphs(body: str) -> list[tuple[int, int]]:
    """Paragraphs of running text, headings and lists left out."""
    return [(found.start(), found.end()) for found in re.finditer(r"(?s)\S.*?(?:\n\n+|\Z)", body)
            if not HEADING.match(found[0]) and not ITEM.match(found[0])]  # fmt: skip


def _headed(body: str, words: str) -> list[tuple[int, int]]:
    return [(start, end) for start, end in _sections(body)
            if _says(body[start:end].split("\n", 1)[0], words)]  # fmt: skip


def _saying(body: str, parts: Sequence[tuple[int, int]], words: str) -> list[tuple[int, int]]:
    return [(start, end) for start, end in parts if _says(body[start:end], words)]


def _says(text: str, words: str) -> bool:
    """Whether every word that matters stands in the text, in any form of it."""
    low = plain(text).lower()
    asked = [word for word in re.findall(r"[a-z0-9']+", words.lower()) if word not in FEW]
    return bool(asked) and all(re.search(rf"\b{re.escape(_stem(word))}", low) for word in asked)


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|es|s|ing|ed)$", "", word) if len(word) > 4 else word


def _cut(body: str, part: tuple[int, int]) -> str:
    start, end = part
    return re.sub(r"\n{3,}", "\n\n", body[:start] + body[end:]).strip("\n")
