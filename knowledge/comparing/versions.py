"""Two versions of one contract, sentence by sentence: what changed in substance, then wording.

A sentence that stands in both, wherever it moved to, is no change. The rest are paired by
likeness, those of one section first; what finds no partner was added or taken out.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.comparing.weight import content, kind_of_difference, weighty
from knowledge.documents.document import Document
from knowledge.evidence import Citation
from knowledge.terms.family import effective_date
from knowledge.terms.language.statements import Statement, statements

Kind = Literal["number", "not", "duty", "party", "scope", "added", "removed", "wording"]
ORDER: tuple[Kind, ...] = (
    "number", "not", "duty", "party", "added", "removed", "scope", "wording",
)  # fmt: skip
LIKE_ENOUGH = 55.0
SAME_PLACE = 12.0
SHORTEST = 3  # words; a shorter piece is a number or a caption


@dataclass(frozen=True)
class Difference:
    """One place where two versions differ. old and new: the sentences, None where added or
    taken out; moved: the sentence stands in another section now."""

    kind: Kind
    old: Citation | None
    new: Citation | None
    section: str
    moved: bool = False

    @property
    def of_substance(self) -> bool:
        """Whether it changes what the contract says, not only how."""
        return self.kind != "wording"


@dataclass(frozen=True)
class Comparison:
    """All differences, substance first; moved: sentences that are the same in another section;
    same: how many sentences stand in both."""

    differences: tuple[Difference, ...]
    moved: int
    same: int


def compare_versions(old: Document, new: Document) -> Comparison:
    """Every difference between two versions of one contract."""
    before, after = _told(old), _told(new)
    pairs = _equal(before, after)
    moved = sum(_place(a) != _place(b) for a, b in pairs)
    taken_old, taken_new = {id(a) for a, _ in pairs}, {id(b) for _, b in pairs}
    rest_old = [s for s in before if id(s) not in taken_old]
    rest_new = [s for s in after if id(s) not in taken_new]
    found: list[Difference] = []
    for a, b in _alike(rest_old, rest_new):
        taken_old.add(id(a))
        taken_new.add(id(b))
        found.append(
            Difference(
                kind_of_difference(a, b),  # type: ignore[arg-type]
                old.citation(a.start, a.end),
                new.citation(b.start, b.end),
                b.section or a.section,
                _place(a) != _place(b),
            )
        )
    for each in rest_old:
        if id(each) not in taken_old:
            found.append(
                Difference(_alone(each, "removed"), old.citation(each.start, each.end), None,
                           each.section)
            )  # fmt: skip
    for each in rest_new:
        if id(each) not in taken_new:
            found.append(
                Difference(_alone(each, "added"), None, new.citation(each.start, each.end),
                           each.section)
            )  # fmt: skip
    found.sort(key=lambda d: (ORDER.index(d.kind), (d.new or d.old or _NOWHERE).start))
    return Comparison(tuple(found), moved, len(pairs))


_NOWHERE = Citation(source="", section="", page=None, start=0, end=0, quote="", document="")


def are_versions(one: Document, other: Document) -> bool:
    """Whether two papers are versions of one contract: two sentences in five of
    the shorter stand in both, half of a very short one."""
    left = {content(s.raw) for s in _told(one)}
    right = {content(s.raw) for s in _told(other)}
    fewer = min(len(left), len(right))
    needed = 0.4 if fewer >= 10 else 0.5
    return fewer >= SHORTEST and len(left & right) >= needed * fewer


def version_pair(documents: Sequence[Document]) -> tuple[Document, Document] | None:
    """The earlier and the later of two versions among a payer's papers, None without a pair.

    The order is that of their effective dates where both have one and they differ, else of
    their import; of several pairs the latest two.
    """
    found = None
    for one, other in itertools.combinations(documents, 2):
        if are_versions(one, other):
            first, second = effective_date(one), effective_date(other)
            later_first = first is not None and second is not None and first > second
            found = (other, one) if later_first else (one, other)
    return found


def _told(document: Document) -> list[Statement]:
    return [s for s in statements(document) if len(content(s.raw).split()) >= SHORTEST]


def _equal(
    before: Sequence[Statement], after: Sequence[Statement]
) -> list[tuple[Statement, Statement]]:
    """Sentences with the same words and the same weight, one for one, same section first."""
    held: dict[tuple[str, tuple[str, ...]], list[Statement]] = defaultdict(list)
    for each in before:
        held[(content(each.raw), weighty(each))].append(each)
    pairs = []
    for each in after:
        there = held.get((content(each.raw), weighty(each)))
        if there:
            best = next((s for s in there if _place(s) == _place(each)), there[0])
            there.remove(best)
            pairs.append((best, each))
    return pairs


def _alike(
    before: Sequence[Statement], after: Sequence[Statement]
) -> list[tuple[Statement, Statement]]:
    """The rest paired by likeness, the likest first, each sentence once."""
    if not before or not after:
        return []
    from rapidfuzz import fuzz, process

    left, right = [content(s.raw) for s in before], [content(s.raw) for s in after]
    scores = process.cdist(left, right, scorer=fuzz.ratio)
    ranked = []
    for i, a in enumerate(before):
        for j, b in enumerate(after):
            score = float(scores[i][j])
            near = SAME_PLACE if _place(a) == _place(b) else 0.0
            if score >= LIKE_ENOUGH or (near and score >= LIKE_ENOUGH - near):
                ranked.append((score + near, i, j))
    ranked.sort(key=lambda each: (-each[0], each[1], each[2]))
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs = []
    for _, i, j in ranked:
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            pairs.append((before[i], after[j]))
    return pairs


def _alone(statement: Statement, kind: Literal["added", "removed"]) -> Kind:
    """A caption or a page's furniture that came or went is wording, anything else substance."""
    words = content(statement.raw).split()
    bare = len(words) <= 8 and not weighty(statement) and not re.search(r"[.;]$", statement.raw)
    return "wording" if bare else kind


def _place(statement: Statement) -> str:
    """Where a statement stands: its section's number, else the innermost caption."""
    return statement.section
