"""The answer of a turn, put together from its findings.

The order is the page's: the finding in one sentence, what it stands against, one table or
chart with the same message, what was left out, next steps. Nothing is worded here that a
finding did not say; a language model's own text takes the place of the sentences only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from copilot.agent_tools import table_as_text
from copilot.exports.formats import formats_of
from knowledge.evidence import plain


def blocks_of(
    findings: Sequence[Mapping[str, Any]], words: str | None = None
) -> list[dict[str, Any]]:
    """The answer in parts, as plain dicts.

    findings: the turn's findings as plain data, in order. words: a model's text with
    tokens, which stands in place of the findings' sentences.
    """
    blocks: list[dict[str, Any]] = []
    if words is not None:
        blocks.append({"kind": "text", "text": words})
    for finding in findings:
        draft = finding["details"].get("draft")
        if words is None:
            first = not any(b["kind"] == "headline" for b in blocks)
            kind = "headline" if first or not draft else "text"
            blocks.append({"kind": kind, "text": finding["headline"]})
            if finding["sentences"]:
                blocks.append({"kind": "text", "text": " ".join(finding["sentences"])})
            blocks += [
                {"kind": "quote", "citation": c} for c in finding["details"].get("quotes", ())
            ]
        if finding["table"]:
            blocks.append({"kind": "table", "table": finding["table"], "finding": finding["id"]})
        if formats := formats_of(finding["details"]):
            blocks.append({"kind": "files", "finding": finding["id"], "formats": list(formats)})
        offer = finding["details"].get("offer") or {}
        if offer.get("kind") == "redline" and finding["details"]["changes"]:
            redline = {**offer, "changes": finding["details"]["changes"]}
            blocks.append({"kind": "redline", "redline": redline, "finding": finding["id"]})
        if waiting := finding["details"].get("waiting"):
            blocks.append({"kind": "pending", "entries": list(waiting)})
        if finding["chart"]:
            blocks.append({"kind": "chart", "chart": finding["chart"], "finding": finding["id"]})
        if inputs := finding["details"].get("inputs"):
            blocks.append({"kind": "inputs", "inputs": list(inputs), "finding": finding["id"]})
        if words is None and finding["caveats"]:
            blocks.append({"kind": "note", "text": " ".join(finding["caveats"])})
        if draft:
            blocks.append({"kind": "draft", "draft": draft})
    return blocks


def text_of(blocks: Sequence[Mapping[str, Any]], citations: Mapping[str, Mapping[str, Any]]) -> str:
    """The blocks as one text for the command line: tokens resolved, tables as Markdown."""
    parts = []
    for block in blocks:
        if block["kind"] in ("headline", "text", "note"):
            parts.append(plain(block["text"]))
        elif block["kind"] == "table":
            table = block["table"]
            text = f"{table['title']}\n{table_as_text(table, table['first_rows'])}"
            more = len(table["rows"]) - table["first_rows"]
            parts.append(text + ("\n(and more rows behind the table)" if more > 0 else ""))
        elif block["kind"] == "quote" and block["citation"] in citations:
            cited = citations[block["citation"]]
            parts.append(f'"{cited["quote"]}" [{cited["label"]}]')
    return "\n\n".join(parts)


def next_steps_of(findings: Sequence[Mapping[str, Any]]) -> list[str]:
    """Up to four next questions, the last finding's first."""
    steps = [step for finding in reversed(findings) for step in finding["next_steps"]]
    return list(dict.fromkeys(steps))[:4]
