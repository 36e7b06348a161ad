"""Sentences with their figures and citations: tokens become what can be clicked.

A token is ⟦f:ID|shown⟧ or ⟦c:ID|label⟧. Prose of a model or a draft may hold Markdown;
it is rendered without raw HTML, links or images.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ui.views.clean import words

TOKEN = re.compile(r"⟦([fc]):([0-9a-z_]+)\|([^⟦⟧]*)⟧")
_HELD = re.compile("\ue000(\\d+)\ue001")


def figure_mark(key: str, shown: str) -> str:
    """A number that opens what is behind it."""
    return (
        f'<span class="n" role="button" tabindex="0" data-f="{words(key)}"'
        f' title="What is behind this number">{words(shown)}</span>'
    )


def citation_mark(key: str, label: str) -> str:
    """A citation that opens the words it stands on."""
    return (
        f'<span class="cite" role="button" tabindex="0" data-c="{words(key)}"'
        f' title="Open the words">{words(label)}</span>'
    )


def _mark(match: re.Match[str]) -> str:
    kind, key, shown = match.groups()
    return figure_mark(key, shown) if kind == "f" else citation_mark(key, shown)


def sentence(text: str) -> str:
    """Plain text with its tokens marked; everything else is words."""
    out, last = [], 0
    for match in TOKEN.finditer(text):
        out += [words(text[last : match.start()]), _mark(match)]
        last = match.end()
    return "".join([*out, words(text[last:])])


def prose(text: str) -> str:
    """Paragraphs, lists and emphasis of a text with tokens, as HTML."""
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(_mark(match))
        return f"\ue000{len(held) - 1}\ue001"

    plain = re.sub("[\ue000-\ue001]", "", text)
    rendered: str = _markdown().render(TOKEN.sub(hold, plain))
    return _HELD.sub(lambda m: held[int(m.group(1))], rendered)


@cache
def _markdown() -> Any:
    from markdown_it import MarkdownIt

    return (
        MarkdownIt("commonmark", {"html": False, "breaks": True})
        .enable("table")
        .disable(["link", "image", "autolink", "html_inline", "html_block", "reference", "code"])
    )
