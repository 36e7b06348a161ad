"""Clauses whose terms are known: what the weights and the confidence are fitted on.

They stand beside the tests (a clause a case, whole invented contracts) and among the wordings
that the evaluations tune on; held-out material is never among them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from knowledge.documents import plain_text
from knowledge.documents.assembly import assembled
from knowledge.terms.reading import Paper

FRESH = ("dev", "paper")  # no pattern was written for these


@dataclass(frozen=True, eq=False)
class Labelled:
    """A text and what it states of one term. values: any of them is right; none: it is not
    there. quotes: the words that state it, where known. source: dev, paper, tests or whole."""

    source: str
    term: str
    values: tuple[Any, ...]
    text: str
    quotes: tuple[str, ...]

    def is_right(self, value: Any) -> bool:
        """Whether a read value is what the text states."""
        for wanted in self.values:
            if isinstance(wanted, str):
                if wanted in str(value) if self.source != "dev" else wanted == value:
                    return True
            elif isinstance(value, Decimal) and value == Decimal(str(wanted)):
                return True
        return False

    def is_quoted(self, words: str) -> bool:
        """Whether a statement holds half of the words that state the term."""
        held = _words(words)
        return any(2 * len(held & quote) >= len(quote) for quote in self._quoted)

    @cached_property
    def _quoted(self) -> list[set[str]]:
        return [_words(quote) for quote in self.quotes]


def labelled(root: Path) -> Iterator[Labelled]:
    """Every labelled text of a checkout."""
    tests = root / "tests" / "knowledge" / "terms"
    for file in sorted(tests.glob("*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        if file.stem.endswith("wordings"):
            source = "paper" if file.stem.startswith("paper") else "tests"
            for term, held in table.items():
                for text, wanted in _by_text(held["cases"]).items():
                    yield Labelled(source, term, tuple(wanted), text, ())
        elif file.stem == "invented_terms":
            for name, held in table.items():
                text = (tests / f"{name}.md").read_text(encoding="utf-8")
                for term, wanted in _by_text([(v, t) for t, v in held["terms"]]).items():
                    yield Labelled("whole", term, tuple(wanted), text, ())
        elif "case" in table:
            for case in table["case"]:
                absent = case.get("status") == "not found"
                if absent or case.get("value") is not None:
                    told = () if absent else (case["value"],)
                    yield Labelled("tests", table["term"], told, case["text"], ())
    dev = root / "evals" / "wordings" / "dev.toml"
    for case in tomllib.loads(dev.read_text(encoding="utf-8"))["case"]:
        told = () if case.get("found") is False else (case["value"], *case.get("also", ()))
        quotes = (case["quote"], *case.get("also_quotes", ())) if told else ()
        yield Labelled("dev", case["term"], told, case["text"], quotes)


def whole_contracts(root: Path) -> Iterator[str]:
    """The sample practice's contracts, whose readings the tests hold to their key."""
    for file in sorted((root / "evals" / "sample_practice" / "contracts").glob("*.txt")):
        yield file.read_text(encoding="utf-8")


def paper_of(text: str) -> Paper:
    """A labelled text as the readers get it."""
    made = assembled(plain_text.read(text.encode(), "c.md", "markdown"), "0" * 16, "c")
    return Paper(replace(made, kind="contract"))


def _by_text(cases: list[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for wanted, text in cases:
        found.setdefault(text, [])
        if wanted not in ("not found", "unsure"):
            found[text].append(wanted)
    return found


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
