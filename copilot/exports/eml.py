"""A draft as a mail file that a mail program opens as an unsent message."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from copilot.exports.lines import Block, blocks_of
from copilot.exports.page import Page, one_line


def as_eml(page: Page) -> bytes:
    """A message with subject, plain text and HTML; nobody is named as sender or recipient."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(page.subject)
    message["X-Unsent"] = "1"
    blocks = blocks_of(page.body)
    message.set_content(plain_text(blocks))
    message.add_alternative(html(blocks), subtype="html")
    return message.as_bytes()


def plain_text(blocks: list[Block]) -> str:
    """The blocks as text: an empty line between paragraphs, a dash before list items."""
    parts: list[str] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        items = ("bullet", "numbered")
        close = before is not None and before.kind in items and block.kind in items
        parts.append("" if before is None else "\n" if close else "\n\n")
        parts.append(_as_text(block))
    return "".join(parts) + "\n"


def _as_text(block: Block) -> str:
    if block.kind == "table":
        return "\n".join(" | ".join(row) for row in block.rows)
    mark = "  " * (block.level - 1) + "- " if block.kind in ("bullet", "numbered") else ""
    return mark + block.text


def html(blocks: list[Block]) -> str:
    """The blocks as plain HTML: no script, no image, no link, no style sheet."""
    parts: list[str] = []
    depth = 0
    for block in blocks:
        wanted = block.level if block.kind in ("bullet", "numbered") else 0
        parts.append("<ul>" * max(0, wanted - depth) + "</ul>" * max(0, depth - wanted))
        depth = wanted
        parts.append(_as_html(block))
    parts.append("</ul>" * depth)
    return f"<html><body>{''.join(parts)}</body></html>\n"


def _as_html(block: Block) -> str:
    if block.kind == "table":
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in block.rows
        )
        return f"<table>{rows}</table>"
    inner = "".join(
        "<br>" if run.ends_line else f"<b>{escape(run.text)}</b>" if run.bold else escape(run.text)
        for run in block.runs
    )
    if block.kind == "heading":
        return f"<h3>{inner}</h3>"
    return f"<li>{inner}</li>" if block.kind in ("bullet", "numbered") else f"<p>{inner}</p>"
