"""Labelled duties against what the reader finds: right, false and missed, case by case."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from knowledge.documents import plain_text
from knowledge.documents.assembly import assembled
from knowledge.documents.document import Document
from knowledge.obligations.duty import Duty
from knowledge.obligations.reading import duties

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Score:
    """right: labels found; missed: labels not found; false: findings that no label holds;
    when_wrong: labels found whose deadline is another; told: a line for each that is wrong."""

    right: int
    missed: int
    false: int
    when_wrong: int
    told: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.false)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


def document_of(text: str, name: str = "paper.md", payer: str | None = None) -> Document:
    read = plain_text.read(text.encode(), name, "markdown")
    return replace(assembled(read, "0" * 16, name), kind="contract", payer=payer)


def cases(file: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Style, preamble and case of a file of excerpts."""
    rows = tomllib.loads((HERE / file).read_text(encoding="utf-8"))
    for style, row in rows.items():
        for case in row["case"]:
            yield style, row["preamble"], case


def scored_excerpts(file: str) -> Score:
    """The reader over every excerpt of a file, each after its style's opening."""
    total = Score(0, 0, 0, 0, ())
    for style, preamble, case in cases(file):
        total = _sum(total, score(preamble, case, style))
    return total


def score(preamble: str, case: Mapping[str, Any], style: str = "") -> Score:
    """The reader over one excerpt after its style's opening."""
    document = document_of(f"{preamble}\n\n{case['text']}")
    begins = case["text"].split("\n")[0].replace("**", "").lstrip("# ")[:20]
    at = document.text.find(begins)
    found = [each for each in duties(document) if each.citation.start >= at]
    return _score(style, case["duties"], (), found)


def scored_articles(documents: Mapping[str, Document]) -> Score:
    """The reader over the labelled stretches of whole contracts, by slug."""
    total = Score(0, 0, 0, 0, ())
    for slug, row in tomllib.loads((HERE / "articles.toml").read_text(encoding="utf-8")).items():
        document = documents[slug]
        low, high = (_caption(document.text, row[key].lstrip("# ")) for key in ("from", "to"))
        found = [each for each in duties(document) if low <= each.citation.start < high]
        total = _sum(total, _score(slug, row["duties"], row["maybe"], found))
    return total


def _caption(text: str, caption: str) -> int:
    """Where a caption stands on a line of its own."""
    found = re.search(rf"^{re.escape(caption)}\S*[^\S\n]*[^a-z\n]*$", text, re.MULTILINE)
    assert found is not None, caption
    return found.start()


def _score(style: str, labels: Any, maybe: Any, found: list[Duty]) -> Score:
    left = list(found)
    right = missed = wrong = 0
    told: list[str] = []
    for label in labels:
        hit = next((each for each in left if _meets(label, each)), None)
        if hit is None:
            missed += 1
            told.append(f"{style} missed: {label['who']} {label['does']}")
            continue
        left.remove(hit)
        right += 1
        when = _plain(label.get("when", ""))
        said = _plain(hit.due.words if hit.due else "")
        asked = when and (not said or (when not in said and said not in when))
        if asked or ("if" in label and not hit.condition):
            wrong += 1
            told.append(f"{style} when: {label['does']}: {when!r} read {said!r}/{hit.condition!r}")
    false = [
        each for each in left
        if not any(_plain(words) in _plain(each.citation.quote) for words in maybe)
    ]  # fmt: skip
    told += [f"{style} false: {each.who} {'NOT ' * each.forbids}{each.does}" for each in false]
    return Score(right, missed, len(false), wrong, tuple(told))


def _meets(label: Any, duty: Duty) -> bool:
    does, wanted = _plain(duty.does), _plain(label["does"])
    wanted = re.sub(
        r"^(?!comply |apply |reply |supply )\w+ly ", "", wanted
    )  # an adverb before the verb is no part of the duty
    begins = does.startswith(wanted) or does.removeprefix("be ").startswith(wanted)
    return duty.who == label["who"] and begins and duty.forbids == bool(label.get("not", False))


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("’", "'").split())


def _sum(one: Score, other: Score) -> Score:
    return Score(
        one.right + other.right,
        one.missed + other.missed,
        one.false + other.false,
        one.when_wrong + other.when_wrong,
        one.told + other.told,
    )
