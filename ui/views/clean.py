"""The last step of everything shown: only our own elements and attributes pass.

Words from documents, files and models are escaped where they are put in; this is the
second line behind that. No address of any kind survives: what looks like a link is inert.
"""

from __future__ import annotations

import html

import nh3

_TAGS = {
    *("div", "span", "p", "br", "hr", "h2", "h3", "h4", "strong", "em", "code", "small", "mark"),
    *("ul", "ol", "li", "blockquote", "section", "article", "header", "dl", "dt", "dd"),
    *("table", "thead", "tbody", "tr", "th", "td", "caption"),
    *("button", "details", "summary", "label", "input", "textarea", "progress"),
    *("select", "option", "ins", "del"),
    *("svg", "title", "desc", "g", "rect", "line", "polyline", "circle", "text"),
}
_ATTRIBUTES = {
    "*": {
        *("class", "role", "tabindex", "title", "lang"),
        *("aria-label", "aria-hidden", "aria-expanded", "aria-live", "aria-labelledby"),
        *("aria-selected", "aria-controls", "aria-current", "aria-busy", "aria-pressed", "id"),
    },
    "button": {"type", "disabled"},
    "details": {"open"},
    "input": {
        *("type", "name", "value", "maxlength", "placeholder", "checked"),
        *("min", "max", "step", "inputmode"),
    },
    "label": {"for"},
    "option": {"value", "selected"},
    "progress": {"max", "value"},
    "td": {"colspan"},
    "textarea": {"rows", "name", "maxlength", "spellcheck", "placeholder"},
    "th": {"scope", "colspan"},
    "svg": {"viewBox", "width", "height", "preserveAspectRatio", "focusable"},
    "rect": {"x", "y", "width", "height", "rx"},
    "line": {"x1", "x2", "y1", "y2", "vector-effect"},
    "polyline": {"points", "fill", "vector-effect"},
    "circle": {"cx", "cy", "r"},
    "text": {"x", "y", "text-anchor"},
}


def clean(made: str) -> str:
    """HTML of ours on one line, so that no renderer reads Markdown into it."""
    passed = nh3.clean(
        made,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        generic_attribute_prefixes={"data-"},
        clean_content_tags={"script", "style"},
        url_schemes=set(),
        link_rel=None,
    )
    return passed.replace("\r", "").replace("\n", "&#10;")


def words(text: object) -> str:
    """Words from anywhere as HTML text."""
    return html.escape(str(text), quote=True)
