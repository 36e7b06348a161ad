"""What a page shows of a workspace besides its answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from copilot.ledger import Ledger
from knowledge.exercise.paper import NAME as EXERCISE
from knowledge.exercise.paper_text import exercise_document
from knowledge.guide_entries import stored_text
from knowledge.selection import selection_from
from tools.lines.lines_read import RowsRead, rows_read
from tools.practice import Practice
from tools.registry import Tool
from tools.tables.schema import SCHEMAS

OFFERED_APART = ("start_exercise", "check_exercise")  # the page offers the exercise by itself


def suggestions(practice: Practice, tools: Collection[Tool], most: int) -> list[str]:
    """Questions that fit what is loaded, one a tool, with real payers in them."""
    have = {name for name in SCHEMAS if practice.tables.has(name)}
    documents = practice.library.documents()
    if documents:
        have.add("contracts")
    contracted = {document.payer for document in documents if document.payer}
    book = practice.payers
    payers = sorted(
        (n for n in book.known() if book.line_of_business(n) != "self_pay"),
        key=lambda name: (name not in contracted, name),
    )
    out: list[str] = []
    for tool in tools:
        if not tool.examples or not have.issuperset(tool.needs) or tool.name in OFFERED_APART:
            continue
        example = tool.examples[0].replace("{code}", "99214")
        if "{payer}" in example:
            if not payers:
                continue
            payer = book.short_name(payers[len(out) % len(payers)])
            example = example.replace("{payer}", payer)
        out.append(example)
    return out[:most]


def figure(ledger: Ledger, key: str) -> dict[str, Any] | None:
    """One figure of a thread with its inputs as plain data, or None."""
    known = {f["id"]: f for f in ledger.figures()}
    if key not in known:
        return None
    inputs = [known[i] for i in known[key]["basis"]["inputs"] if i in known]
    return {**known[key], "inputs": inputs, "has_rows": _select(known, key) is not None}


def rows_behind(practice: Practice, ledger: Ledger, key: str) -> RowsRead | None:
    """The rows that a figure of a thread was read from, or None where it names none.

    A figure made from others (a percent) is read from the rows of its first such input.
    """
    known = {f["id"]: f for f in ledger.figures()}
    select = selection_from(_select(known, key))
    return None if select is None else rows_read(practice, select)


def _select(known: Mapping[str, Mapping[str, Any]], key: str) -> Mapping[str, Any] | None:
    if key not in known:
        return None
    basis = known[key]["basis"]
    if basis.get("select"):
        chosen: Mapping[str, Any] = basis["select"]
        return chosen
    found = (_select(known, below) for below in basis["inputs"])
    return next((each for each in found if each), None)


def _place(text: str, quote: str, start: int) -> int:
    """Where a quote stands in a text that may have grown by pages read since it was cited."""
    if text.startswith(quote, start):
        return start
    places = [text.find(quote, start), text.rfind(quote, 0, start + len(quote))]
    return min((p for p in places if p >= 0), key=lambda p: abs(p - start), default=start)


def surroundings(
    practice: Practice, ledger: Ledger, key: str, around: int
) -> dict[str, Any] | None:
    """A citation with the words before and after it in its stored source, or None.

    Offsets are code points of the stored text; `before` and `after` hold at most
    `around` of them.
    """
    for cited in ledger.citations():
        if cited["id"] == key:
            if cited["document"]:
                text = practice.library.document(cited["document"]).text
            elif cited["source"] == EXERCISE:
                text = exercise_document().text
            else:
                text = stored_text(cited["source"])
            start = _place(text, cited["quote"], cited["start"])
            end = start + cited["end"] - cited["start"]
            before, after = text[max(0, start - around) : start], text[end : end + around]
            return {**cited, "before": before, "after": after}
    return None
