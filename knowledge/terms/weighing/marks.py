"""What a statement, or a span of time in it, shows of its matter: marks that the weights count.

A mark is a name such as "claim@own" (the statement itself names claims), "w:not later" (its
words) or "service_date@after" (said behind the span). Each counts once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from knowledge.terms.language.patterns import compiled
from knowledge.terms.language.statements import Statement

NEAR = 90  # characters beside a span that count as close to it
WORDS_NEAR = 6
_WORD = re.compile(r"⟨\d+⟩|⟪\d+⟫|[a-z][a-z'-]*")
_MARK = re.compile(r"⟨\d+⟩")
_STEM = re.compile(r"(?<=[a-z]{4})(?:ing|ed|es|s|ion|ions|ment|ments|'s)$")
_BREAKS = re.compile(
    r"; |, (?:or|and|but|except|unless|provided|however)\b|\b(?:except|unless|provided that)\b"
)


@cache
def concepts() -> Mapping[str, re.Pattern[str]]:
    """The concepts by name, each with the pattern of its wordings."""
    said = files("knowledge.terms.weighing").joinpath("concepts.toml").read_text(encoding="utf-8")
    return {name: compiled(pattern) for name, pattern in tomllib.loads(said).items()}


@lru_cache(maxsize=8192)
def named_in(text: str) -> frozenset[str]:
    """The concepts that a folded text names."""
    return frozenset(name for name, said in concepts().items() if said.search(text))


def _words(text: str) -> list[str]:
    found = []
    for word in _WORD.findall(text):
        found.append("⟨⟩" if word[0] == "⟨" else "⟪⟫" if word[0] == "⟪" else _STEM.sub("", word))
    return found


def _grams(words: list[str], tag: str) -> Iterator[str]:
    for n, word in enumerate(words):
        yield f"{tag}:{word}"
        if n:
            yield f"{tag}:{words[n - 1]} {word}"


def heading_of(statement: Statement) -> str:
    """The two innermost captions above a statement."""
    parts = [part.strip() for part in statement.heading.split("|") if part.strip()]
    return " | ".join(parts[-2:])


def statement_marks(statement: Statement, after: Statement | None = None) -> frozenset[str]:
    """What a statement shows: its words, and the concepts of it, its captions, its neighbours."""
    marks = {f"{name}@own" for name in named_in(statement.marked)}
    marks |= {f"{name}@lead" for name in named_in(statement.lead)} if statement.lead else set()
    marks |= {f"{name}@head" for name in named_in(heading_of(statement))}
    marks |= {f"{name}@before" for name in named_in(statement.before[-300:])}
    if after is not None:
        marks |= {f"{name}@next" for name in named_in(after.marked[:300])}
    marks |= set(_grams(_words(statement.marked), "w"))
    marks |= {f"h:{word}" for word in _words(heading_of(statement))}
    marks.add(f"row:{'|' in statement.raw}")
    return frozenset(marks)


def span_marks(statement: Statement, which: int) -> frozenset[str]:
    """What stands around one span of time: before it and after it, near and in its clause."""
    text = statement.marked
    at = text.find(f"⟨{which}⟩")
    if at < 0:
        return frozenset()
    end = text.index("⟩", at) + 1
    before, after = text[:at], text[end:]
    marks: set[str] = set()
    for name, said in concepts().items():
        places = [m.end() for m in said.finditer(before)]
        if places:
            gap = at - places[-1]
            marks.add(f"{name}@before")
            if gap <= NEAR:
                marks.add(f"{name}@near before")
            if not _MARK.search(before[places[-1] :]):
                marks.add(f"{name}@own before")
        if follows := said.search(after):
            marks.add(f"{name}@after")
            if follows.start() <= NEAR:
                marks.add(f"{name}@near after")
            if not _MARK.search(after[: follows.start()]):
                marks.add(f"{name}@own after")
    marks |= {f"{name}@lead" for name in named_in(statement.lead)} if statement.lead else set()
    marks |= {f"{name}@head" for name in named_in(heading_of(statement))}
    marks |= {f"{name}@earlier" for name in named_in(statement.before[-300:])}
    marks |= {f"h:{word}" for word in _words(heading_of(statement))}
    marks |= set(_grams(_words(before)[-WORDS_NEAR:], "b"))
    marks |= set(_grams(_words(after)[:WORDS_NEAR], "a"))
    words = _words(after)
    marks |= {f"a1:{words[0]}"} if words else {"a1:-"}
    duration = statement.durations[which]
    marks.add(f"unit:{duration.unit}")
    marks.add(f"row:{'|' in statement.raw}")
    days = duration.days
    marks.add(
        "days:"
        + (
            "<15"
            if days < 15
            else "<28"
            if days < 28
            else "<46"
            if days < 46
            else "<100"
            if days < 100
            else "<200"
            if days < 200
            else "<400"
            if days < 400
            else ">"
        )
    )
    return frozenset(marks)
