"""Text, Markdown and HTML as blocks; scripts and styles are dropped and nothing is fetched."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from knowledge.documents.blocks import Block, ReadFile
from knowledge.documents.file_type import FileType
from knowledge.problems import BadInput

MOST_CHARACTERS = 10_000_000
RUNNING_APART = 900  # characters between repeats of a running head or foot

_DROPPED = ("script", "style", "head", "noscript", "template", "iframe", "object", "svg", "nav")
_BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "pre", "caption")
_STARS = re.compile(r"\*\*(.+?)\*\*")


def read(content: bytes, name: str, kind: FileType) -> ReadFile:
    """The blocks of a text, Markdown or HTML file. Raises BadInput for an endless one."""
    text = decoded(content)
    if len(text) > MOST_CHARACTERS:
        raise BadInput(name, "it holds more text than we read at once", "split it into parts")
    blocks = _html_blocks(content) if kind == "html" else _text_blocks(text, kind == "markdown")
    if not blocks:
        raise BadInput(name, "it holds no text", "send the document itself")
    return ReadFile(tuple(blocks))


def decoded(content: bytes) -> str:
    """The text of bytes: UTF-8 or UTF-16 by their mark, else UTF-8, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _text_blocks(text: str, markdown: bool) -> list[Block]:
    blocks: list[Block] = []
    text = _without_running_lines(text.replace("\r\n", "\n").replace("\r", "\n"))
    for page, sheet in enumerate(text.split("\f"), 1):
        number = page if "\f" in text else None
        for chunk in re.split(r"\n[ \t]*\n+", sheet):
            blocks.extend(_chunk_blocks(chunk, number, markdown))
    return blocks


def _without_running_lines(text: str) -> str:
    """The text without lines that a page layout repeats: headers, footers, page numbers.

    Such a line, digits aside, stands four times or more, about a page of text apart.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    at = 0
    lines = text.split("\n")
    for line in lines:
        mark = re.sub(r"\d+", "#", " ".join(line.split()).lower())
        if 0 < len(mark) <= 140 and not mark.startswith("|"):
            places[mark].append(at)
        at += len(line) + 1
    running = {
        mark
        for mark, found in places.items()
        if len(found) >= 4
        and sorted(b - a for a, b in pairwise(found))[len(found) // 4] > RUNNING_APART
    }
    return "\n".join(
        line for line in lines if re.sub(r"\d+", "#", " ".join(line.split()).lower()) not in running
    )


def _chunk_blocks(chunk: str, page: int | None, markdown: bool) -> list[Block]:
    lines = [line.strip() for line in chunk.split("\n") if line.strip()]
    if not lines:
        return []
    if all(line.startswith("|") for line in lines):
        rows = [_cells(line) for line in lines if not re.fullmatch(r"[|:\-\s]+", line)]
        return [Block(row, page=page, kind="row") for row in rows if row]
    blocks = []
    for line in lines if markdown else _joined(lines):
        level = len(line) - len(line.lstrip("#"))
        if 0 < level <= 6 and line[level : level + 1] == " ":
            blocks.append(Block(line.lstrip("# ").strip(), page=page, level=level))
            continue
        bold = _STARS.match(line)
        words = _STARS.sub(r"\1", line)
        blocks.append(Block(words, page=page, bold=len(bold[1]) if bold else 0))
    return blocks


def _joined(lines: list[str]) -> list[str]:
    """Lines of one paragraph joined, unless a line begins a numbered part of its own."""
    joined: list[str] = []
    for line in lines:
        numbered = re.match(r"(?:\d+(?:\.\d+)*\.?|\([a-z0-9]+\)|[A-Z]\.|§|[-*•#])\s", line)
        if joined and not numbered and len(joined[-1]) > 45:
            joined[-1] += " " + line
        else:
            joined.append(line)
    return joined


def _cells(line: str) -> str:
    return " | ".join(cell.strip() for cell in line.strip("|").split("|")).strip()


def _html_blocks(content: bytes) -> list[Block]:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(content, "lxml")
    for dropped in soup(_DROPPED):
        dropped.decompose()
    blocks: list[Block] = []
    for element in soup.find_all([*_BLOCKS, "tr", "div"]):
        if element.name == "tr":
            cells = [cell.get_text(" ", strip=True) for cell in element.find_all(["td", "th"])]
            if any(cells):
                blocks.append(Block(" | ".join(cells), kind="row"))
            continue
        if element.find_parent(["td", "th", "tr"]) or element.find([*_BLOCKS, "div", "tr"]):
            continue
        text = " ".join(element.get_text(" ", strip=True).split())
        if text:
            level = int(element.name[1]) if re.fullmatch(r"h[1-6]", element.name) else None
            blocks.append(Block(text, level=level))
    return blocks
