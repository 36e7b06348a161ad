"""Tables that practice systems save under an Excel name though they are HTML or XML.

HTML pages give a sheet a table; XML spreadsheets of 2003 a sheet a worksheet. Entities and
document types from outside are refused; nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from knowledge.problems import BadInput
from tools.importers.sheet import MAX_CELL, MAX_COLUMNS, Sheet

MAX_BYTES = 64 * 1024 * 1024
_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{_SPREADSHEET.decode()}}}"
_HTML = re.compile(rb"<(?:!doctype html|html|table|head|body|meta|style)\b", re.I)
_AGAIN = "open it in Excel and save it as .xlsx or CSV"


def is_xml_spreadsheet(head: bytes) -> bool:
    """Whether a file's first bytes are those of an XML spreadsheet of 2003."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml") and _SPREADSHEET in head


def is_html(head: bytes) -> bool:
    """Whether a file begins as a page of HTML, or as a bare table."""
    return bool(_HTML.match(head.lstrip(b"\xef\xbb\xbf \r\n\t")))


def markup_sheets(path: Path, where: str) -> list[Sheet]:
    """The sheets of an HTML page or an XML spreadsheet; raises BadInput where it is damaged."""
    if path.stat().st_size > MAX_BYTES:
        raise BadInput(where, "this page is larger than a table saved as HTML can be", _AGAIN)
    content = path.read_bytes()
    if is_xml_spreadsheet(content[:8192]):
        found = _worksheets(content, where)
    else:
        found = _html_tables(content)
    sheets = [
        Sheet(name, partial(_rows, rows, where)) for name, rows in found if any(map(any, rows))
    ]
    if not sheets:
        raise BadInput(where, "this page holds no table", "export the table itself as CSV or Excel")
    return sheets


def _rows(rows: list[list[str]], where: str) -> Iterator[list[str]]:
    for number, cells in enumerate(rows, start=1):
        if len(cells) > MAX_COLUMNS:
            raise BadInput(
                where,
                f"row {number} has {len(cells):,} columns",
                f"send a table of at most {MAX_COLUMNS:,} columns",
            )
        yield [cell[:MAX_CELL] for cell in cells]


def _worksheets(content: bytes, where: str) -> list[tuple[str | None, list[list[str]]]]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        if b"<!DOCTYPE" in content[:8192] or b"<!ENTITY" in content:
            raise etree.XMLSyntaxError("document type", 0, 0, 0)
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise BadInput(where, "this workbook is damaged or cut short", _AGAIN) from None
    return [
        (sheet.get(f"{_SS}Name"), [*_spread(sheet.iter(f"{_SS}Row"))])
        for sheet in root.iter(f"{_SS}Worksheet")
    ]


def _spread(rows: Iterable[Any]) -> Iterator[list[str]]:
    """The rows of a worksheet; a cell or row may name its own place and skip those before."""
    number = 0
    for row in rows:
        place = _whole(row.get(f"{_SS}Index")) or number + 1
        while number + 1 < min(place, number + 10_000):
            number += 1
            yield []
        number = place
        cells: list[str] = []
        for cell in row.iter(f"{_SS}Cell"):
            column = min(_whole(cell.get(f"{_SS}Index")) or len(cells) + 1, MAX_COLUMNS + 1)
            cells += [""] * (column - 1 - len(cells))
            data = cell.find(f"{_SS}Data")
            cells.append("" if data is None else _text(data))
            cells += [""] * min(_whole(cell.get(f"{_SS}MergeAcross")), MAX_COLUMNS)
        yield cells


def _html_tables(content: bytes) -> list[tuple[str | None, list[list[str]]]]:
    from lxml import etree, html

    declared = re.search(rb"charset=[\"']?([\w-]+)", content[:4096])
    encoding = declared[1].decode("ascii") if declared else _encoding(content)
    try:
        parser = html.HTMLParser(no_network=True, huge_tree=False, encoding=encoding)
    except LookupError:
        parser = html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
    try:
        root = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    tables = [table for table in root.iter("table") if table.find(".//table") is None]
    several = len(tables) > 1
    return [
        (f"table {place}" if several else None, [_cells(row) for row in table.iter("tr")])
        for place, table in enumerate(tables, start=1)
    ]


def _encoding(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"
    return "utf-8"


def _cells(row: Any) -> list[str]:
    cells: list[str] = []
    for cell in row.iter("td", "th"):
        cells.append(_text(cell))
        cells += [""] * min(_whole(cell.get("colspan")) - 1, MAX_COLUMNS)
    return cells


def _text(node: Any) -> str:
    return " ".join("".join(node.itertext()).replace("\xa0", " ").split())


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 8 else 0
