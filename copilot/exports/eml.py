"""A draft as a mail file that a mail program opens as an unsent message.

Outlook takes X-Unsent, Apple Mail the type of its own drafts, for the mark of a message to
be edited and sent. No date, sender or message id is written: the program that sends it
sets them, and one set here would stand in the way of that.
"""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from copilot.exports.lines import Block, blocks_of, numeric
from copilot.exports.page import Page, one_line

_ATOM = r"[A-Za-z0-9_%+'-]+"
ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
RIGHT = ' align="right"'
WORKBOOK = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_eml(page: Page) -> bytes:
    """A message with subject, plain text and HTML, and the files that go with it.

    It is addressed to the person kept for the payer, where one with an address is; nobody is
    named as sender.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(page.subject)
    if page.to is not None and ADDRESS.fullmatch(page.to.email):
        message["To"] = Address(one_line(page.to.name), addr_spec=page.to.email)
    message["X-Unsent"] = "1"
    message["X-Uniform-Type-Identifier"] = "com.apple.mail-draft"
    blocks = blocks_of(page.body)
    message.set_content(plain_text(blocks))
    message.add_alternative(html(blocks), subtype="html")
    for each in page.attached:
        message.add_attachment(each.content, "application", WORKBOOK, filename=one_line(each.name))
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


def _cell(words: str, head: bool, right: bool) -> str:
    shown = f"<b>{escape(words)}</b>" if head else escape(words)
    return f"<td{RIGHT if right else ''}>{shown}</td>"


def _as_html(block: Block) -> str:
    if block.kind == "table":
        right = numeric(block.rows)
        rows = "".join(
            "<tr>"
            + "".join(_cell(each, n == 0, at in right) for at, each in enumerate(row))
            + "</tr>"
            for n, row in enumerate(block.rows)
        )
        return f'<table border="1" cellpadding="4" cellspacing="0">{rows}</table>'
    inner = "".join(
        "<br>" if run.ends_line else f"<b>{escape(run.text)}</b>" if run.bold else escape(run.text)
        for run in block.runs
    )
    if block.kind == "heading":
        return f"<h3>{inner}</h3>"
    return f"<li>{inner}</li>" if block.kind in ("bullet", "numbered") else f"<p>{inner}</p>"
