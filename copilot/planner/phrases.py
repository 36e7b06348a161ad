"""The example phrases by what they ask for, from phrases.toml, terms.toml and talk.toml."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from copilot.planner.spans import filled
from tools.registry import Tool

TERMS_TOOL = "contract_terms"


@dataclass(frozen=True)
class Example:
    """One phrase, placeholders filled, and what it asks for.

    goal: a tool's name, "contract_terms:<term>", or a kind of talk ("thanks", "follow").
    """

    text: str
    goal: str


@dataclass(frozen=True)
class PhraseBook:
    """All example phrases; tools, terms and talk as the files hold them."""

    tools: Mapping[str, Mapping[str, Any]]
    terms: Mapping[str, Mapping[str, Any]]
    talk: Mapping[str, Mapping[str, Any]]
    examples: tuple[Example, ...]

    @property
    def hash(self) -> str:
        """SHA-256 over the examples' texts, which the stored vectors carry too."""
        joined = "\n".join(example.text for example in self.examples)
        return hashlib.sha256(joined.encode()).hexdigest()

    def label(self, tool: str) -> str:
        """What a job is called in a sentence, whether its tool is registered or not."""
        return str(self.tools.get(tool, {}).get("label", tool.replace("_", " ")))


@cache
def phrase_book() -> PhraseBook:
    """The phrase book of this version."""
    tools, terms, talk = (_read(name) for name in ("phrases.toml", "terms.toml", "talk.toml"))
    examples = [
        Example(filled(phrase), goal)
        for book in (tools, talk)
        for goal, entry in book.items()
        for phrase in entry["phrases"]
    ]
    examples += [
        Example(filled(phrase), f"{TERMS_TOOL}:{term}")
        for term, entry in terms.items()
        for phrase in [*entry["phrases"], *entry["names"], *_asked_by_name(entry["names"])]
    ]
    return PhraseBook(tools, terms, talk, tuple(examples))


def all_examples(tools: Mapping[str, Tool]) -> list[Example]:
    """The phrase book's examples, and what each tool says users ask."""
    known = {example.text for example in phrase_book().examples}
    own = [
        Example(filled(phrase), name)
        for name, tool in sorted(tools.items())
        for phrase in (*tool.asks, *tool.examples)
    ]
    return [*phrase_book().examples, *(one for one in own if one.text not in known)]


def _asked_by_name(names: list[str]) -> list[str]:
    """The commonest ways to ask for a term by its first names."""
    return [
        *(f"check {{payer}}'s {name}" for name in names[:2]),
        *(f"what is the {name} with {{payer}}" for name in names[:2]),
        *(f"{{payer}} {name}" for name in names[:2]),
    ]


def tool_of(goal: str) -> str:
    """The tool's name in a goal, or the kind of talk."""
    return goal.partition(":")[0]


def _read(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
