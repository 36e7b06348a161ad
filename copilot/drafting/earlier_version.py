"""An earlier version of a draft, by undo, redo or its number, and how it comes back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from copilot.desk import Desk
from copilot.drafting.change_words import Wish
from copilot.drafting.facts import facts_from
from copilot.drafting.finished import finished
from copilot.drafting.letter import Written
from copilot.drafts import Draft
from copilot.ledger import citation_from
from knowledge.evidence import TOKEN, Basis, Figure, Finding, Passage, says
from knowledge.problems import BadInput

RESTORED, BY = "restored", "by"


def earlier(versions: Sequence[Draft], wish: Wish) -> Draft:
    """The version to bring back; BadInput where there is none.

    Undo after undo goes further back, undo after a jump to a version back from it. A version
    that was only taken out as a file holds the same text and counts as none.
    """
    current = versions[-1]
    undone = current.facts.get(BY) == "undo"
    if wish.kind in ("version", "original"):
        number = 1 if wish.kind == "original" else int(wish.number or 0)
        if not 1 <= number <= len(versions):
            raise BadInput("the change", f"there is no version {number}",
                           f"name one from 1 to {len(versions)}")  # fmt: skip
        return versions[number - 1]
    if wish.kind == "redo":
        if not undone:
            raise BadInput("the change", "nothing was undone just now", "name the version to use")
        return next(each for each in reversed(versions[:-1]) if RESTORED not in each.facts)
    at = origin(current) if undone else current.version
    before = [each for each in versions if each.version < at and not same_text(each, current)]
    if not before:
        raise BadInput("the change", "this is the first version", "there is none before it")
    return before[-1]


def origin(found: Draft) -> int:
    """The number of the version whose text a version holds."""
    return int(found.facts.get(RESTORED, found.version))


def same_text(one: Draft, other: Draft) -> bool:
    """Whether two versions read the same."""
    return (one.subject, one.body) == (other.subject, other.body)


def two_versions(versions: Sequence[Draft], numbers: Sequence[int]) -> tuple[Draft, Draft]:
    """The two versions to compare, the earlier first: those named, else the last two texts.

    One number is compared with how the draft stands now. Raises BadInput where there is only
    one text, or no such version.
    """
    for number in numbers:
        if not 1 <= number <= len(versions):
            raise BadInput("the versions", f"there is no version {number}",
                           f"name one from 1 to {len(versions)}")  # fmt: skip
    current = versions[-1]
    if len(numbers) >= 2:
        first, last = sorted(numbers[:2])
        return versions[first - 1], versions[last - 1]
    if numbers and numbers[0] != current.version:
        return versions[numbers[0] - 1], current
    others = [each for each in versions if not same_text(each, current)]
    if not others:
        raise BadInput("the versions", "this draft has one version only", "change it first")
    return others[-1], current


def restored(desk: Desk, found: Draft, by: str) -> Finding:
    """An earlier version as it stood, word for word, kept as the latest one.

    by: the kind of wish that brought it back.
    """
    figures = {f["id"]: f for f in desk.ledger.figures()}
    citations = {c["id"]: c for c in desk.ledger.citations()}
    keys = dict.fromkeys(m.group(2) for m in TOKEN.finditer(f"{found.subject}\n{found.body}"))
    written = Written(
        subject=found.subject,
        body=found.body,
        facts=facts_from(found.facts),
        plan=found.plan,
        figures=tuple(desk.ledger.figure(key) for key in keys if key in figures),
        passages=tuple(
            Passage(citation_from(citations[key]), payer=found.payer)
            for key in keys
            if key in citations
        ),
    )
    number = Figure("Version brought back", Decimal(origin(found)), "count", Basis("of the draft"))
    more: dict[str, Any] = {RESTORED: origin(found), BY: by}
    if found.facts.get("written"):
        more["written"] = found.facts["written"]
    told = [says("Version {number} is back, word for word.", number=number)]
    return finished(desk, written, found.id, told, more)
