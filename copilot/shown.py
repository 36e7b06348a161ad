"""What a page shows of a workspace besides its answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from copilot.ledger import Ledger
from knowledge.guide_entries import stored_text
from tools.practice import Practice
from tools.registry import Tool
from tools.tables.schema import SCHEMAS


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
        if not tool.examples or not have.issuperset(tool.needs):
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
    return {**known[key], "inputs": inputs}


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
            else:
                text = stored_text(cited["source"])
            start, end = cited["start"], cited["end"]
            before, after = text[max(0, start - around) : start], text[end : end + around]
            return {**cited, "before": before, "after": after}
    return None
