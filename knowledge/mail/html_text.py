"""The text of a mail's HTML body: nothing is fetched or run, and what no reader sees stays apart.

Links give their words, never their address; pictures give nothing. What stands in the body
in white, in tiny letters or switched off comes back by itself, for it may hold orders that
nobody is meant to read.
"""

from __future__ import annotations

import re
from typing import Any

_DROPPED = ("script", "style", "head", "noscript", "template", "iframe", "object", "svg", "title")
_LINES = [
    "p", "div", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "table", "pre",
    "blockquote", "section", "article", "header", "footer", "hr",
]  # fmt: skip
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|opacity\s*:\s*0(?![.\d])"
    r"|font-size\s*:\s*[01](?:\.\d+)?(?:px|pt|em|%)?\s*(?:;|$|!)|max-height\s*:\s*0"
    r"|(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))",
    re.IGNORECASE,
)
_COLOURED = re.compile(r"background(?:-color)?\s*:\s*(?!#fff|white|transparent|none)\S", re.I)
_MOST_HIDDEN = 20


def html_text(content: str) -> tuple[str, tuple[str, ...]]:
    """The lines of an HTML body, quoted ones behind ">", and the texts no reader would see."""
    from bs4 import BeautifulSoup
    from bs4.element import Comment, Doctype

    soup = BeautifulSoup(content, "lxml")
    for dropped in soup(_DROPPED):
        dropped.decompose()
    for note in soup.find_all(string=lambda s: isinstance(s, Comment | Doctype)):
        note.extract()
    hidden = _taken_out(soup)
    for node in soup.find_all(string=True):
        node.replace_with(re.sub(r"\s+", " ", str(node)))
    for line_end in soup.find_all("br"):
        line_end.replace_with("\n")
    for cell in soup.find_all(["td", "th"]):
        cell.append(" ")
    for block in soup.find_all(_LINES):
        block.insert_before("\n")
        block.append("\n")
    for quote in reversed(soup.find_all("blockquote")):
        inner = _tidy(quote.get_text()).strip("\n")
        quote.replace_with("\n" + "\n".join(f"> {line}" for line in inner.split("\n")) + "\n")
    return _tidy(soup.get_text()), hidden


def _taken_out(soup: Any) -> tuple[str, ...]:
    hidden: list[str] = []
    for element in soup.find_all(style=_UNSEEN):
        if element.decomposed or element.find_parent(style=_COLOURED) is not None:
            continue
        if _COLOURED.search(str(element.get("style", ""))):
            continue
        words = " ".join(element.get_text(" ").split())
        if words:
            hidden.append(words[:500])
        element.decompose()
    return tuple(hidden[:_MOST_HIDDEN])


def _tidy(text: str) -> str:
    text = text.replace("\xa0", " ")
    lines = [re.sub(r"[ \t]+", " ", line).rstrip() for line in text.split("\n")]
    kept: list[str] = []
    for line in lines:
        line = line if line.startswith(">") else line.strip()
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept)
