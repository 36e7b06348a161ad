"""The page on the tools and the snapshot of their schema, both made from the registry.

`python -m copilot.tool_docs` writes docs/tools.md and docs/tool_schema.json; a test holds
both to the code, so that a changed name or argument is a decision and not an accident.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin

from copilot.core import all_tools
from copilot.drafting.purposes import purposes
from knowledge.terms.names import TERM_NAMES
from tools.registry import Argument, Tool

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE, SCHEMA = DOCS / "tools.md", DOCS / "tool_schema.json"
ASKS_SHOWN = 5

_TYPES = {str: "text", int: "whole number", Decimal: "number", bool: "yes or no"}
_HEAD = """# The tools

What the copilot can look up, compute and write: {count} tools. The built-in planner and a
language model call the same ones, with the same arguments; you ask in your own words and need
none of these names. Every tool answers with figures, quotes and caveats that the check of each
answer knows. Where an argument that a tool must have is missing, the copilot asks for it.

This page is made from the code: `python -m copilot.tool_docs` writes it anew, and a test fails
where the two differ. [tool_schema.json](tool_schema.json) holds the names and arguments alone.
"""


def snapshot(tools: Mapping[str, Tool] | None = None) -> dict[str, Any]:
    """Each tool's argument names with their types in words, and which of them it must have."""
    return {
        name: {
            "arguments": {a.name: type_in_words(a.type) for a in tool.arguments},
            "required": list(tool.required),
        }
        for name, tool in sorted((all_tools() if tools is None else tools).items())
    }


def page(tools: Mapping[str, Tool] | None = None) -> str:
    """The page in Markdown; raises KeyError for an argument or a need without its words."""
    known = dict(sorted((all_tools() if tools is None else tools).items()))
    index = "\n".join(
        f"- [{name}](#{name}): {_first_letter_small(tool.label)}" for name, tool in known.items()
    )
    return "\n".join([_HEAD.format(count=len(known)), index, "", *map(_section, known.values())])


def type_in_words(kind: Any) -> str:
    """An argument's type as the page says it; an argument that may be left out reads the same."""
    parts = [part for part in get_args(kind) if part is not NoneType]
    if get_origin(kind) is list:
        return f"list of {type_in_words(parts[0])}"
    if parts:
        return " or ".join(map(type_in_words, parts))
    return _TYPES[kind]


def meaning(tool: Tool, argument: Argument) -> str:
    """What an argument of a tool means, and in which unit; raises KeyError where no one said."""
    words = _words()
    said = words.get(argument.name, {}).get(tool.name) or words["arguments"][argument.name]
    return str(said).format(purposes=_purposes(), terms=_terms())


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _purposes() -> str:
    return ", ".join(purposes())


def _terms() -> str:
    return ", ".join(TERM_NAMES)


def _section(tool: Tool) -> str:
    files = [_words()["needs"][need] for need in tool.needs]
    parts = [
        f"## {tool.name}",
        "",
        f"**{tool.label}.** {_one_line(tool.description)}",
        "",
        f"Needs: {'; '.join(files) if files else 'no file of its own'}.",
        "",
        "Asked for as: " + "; ".join(f"“{ask}”" for ask in tool.asks[:ASKS_SHOWN]) + ".",
        "",
    ]
    if tool.arguments:
        parts += ["| argument | type | meaning |", "|---|---|---|"]
        for argument in tool.arguments:
            must = " (must have)" if argument.name in tool.required else ""
            parts.append(
                f"| {argument.name} | {type_in_words(argument.type)} "
                f"| {meaning(tool, argument)}{must} |"
            )
    return "\n".join([*parts, ""])


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _first_letter_small(text: str) -> str:
    return text[:1].lower() + text[1:]


def write() -> None:
    """Write the page and the snapshot."""
    PAGE.write_text(page(), encoding="utf-8")
    SCHEMA.write_text(json.dumps(snapshot(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
