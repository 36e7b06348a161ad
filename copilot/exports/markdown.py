"""A draft as a Markdown file."""

from __future__ import annotations

from copilot.exports.page import Page, one_line


def as_markdown(page: Page) -> bytes:
    """The subject as a heading, then the body."""
    return f"# {one_line(page.subject)}\n\n{page.body.strip()}\n".encode()
