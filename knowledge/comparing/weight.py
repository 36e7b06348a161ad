"""What makes two wordings differ in substance: numbers, negations, duties, parties, and/or."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from knowledge.terms.language.statements import Statement

_WORDS = re.compile(r"⟨\d+⟩|⟪\d+⟫|\$?\d[\d,]*(?:\.\d+)?%?|[a-z]+(?:'[a-z]+)?|\$")
# A reference to another section of the paper: renumbering is wording, not substance.
_REFERENCE = re.compile(
    r"\b(?:section|article|paragraph|exhibit|attachment|schedule|appendix|addendum|part|clause"
    r"|subsection)s?\s+[a-z]?[\divxlc]+(?:[.\-(][\da-z]+\)?)*(?:\s*(?:,|and|or|to|through|-)\s*"
    r"[a-z]?\d+(?:[.\-(][\da-z]+\)?)*)*|§+\s*[\d.]+"
)
_NUMBERING = re.compile(
    r"^\s*(?:(?:article|section|§)?\s*[\divxlc]+(?:\.\d+)*[.:)]?|\([a-z0-9]{1,4}\)|[a-z]\.)\s+"
)


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_SAME = {
    "will": "shall", "must": "shall", "agrees": "shall", "cannot": "not", "neither": "not",
    "nor": "not", "never": "not", "can": "may", "solely": "sole", "exclusively": "sole",
    "exclusive": "sole", "prompt": "promptly", "immediate": "immediately",
}  # fmt: skip
_WEIGHTY = _set(
    "shall may not no none without unless except only sole or and either each both all any every"
    " written prior mutual mutually immediately payer provider lesser greater lower higher"
    " minimum maximum before after until if provided notwithstanding reasonable absolute"
    " retroactive retroactively automatically consent terminate terminates terminated offset"
)
_NUMBER_WORDS = _set(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty"
    " ninety hundred thousand million half twice double"
)


def weighty(statement: Statement) -> tuple[str, ...]:
    """The words of a statement that carry its substance, in their order.

    Spans of time and percents stand as their values ("90 days", "110%"), so that "sixty (60)
    days" and "60 days" are the same; references to sections are left out.
    """
    spans = [f"{_plain(d.count)} {d.unit}" for d in statement.durations]
    shares = [f"{_plain(p.value)}%" for p in statement.percents]
    found: list[str] = []
    for word in _WORDS.findall(_REFERENCE.sub(" ", _NUMBERING.sub("", statement.marked))):
        if word.startswith("⟨"):
            found.append(spans[int(word[1:-1])])
        elif word.startswith("⟪"):
            found.append(shares[int(word[1:-1])])
        elif word[0] in "$0123456789":
            found.append(word.strip("$").replace(",", ""))
        else:
            plain = _SAME.get(word, word)
            if plain in _WEIGHTY or plain in _NUMBER_WORDS:
                found.append(plain)
    return tuple(each for each in found if each)


def kind_of_difference(old: Statement, new: Statement) -> str:
    """number, not, duty, party or scope where the substance differs, else wording."""
    one, other = weighty(old), weighty(new)
    if one == other:
        return "wording"
    changed = _changed(one, other)
    if any(re.search(r"\d", word) or word in _NUMBER_WORDS for word in changed):
        return "number"
    if changed & {"not", "no", "none", "without", "unless", "except", "only"}:
        return "not"
    if changed & {"shall", "may", "sole", "terminate", "terminates", "terminated", "consent"}:
        return "duty"
    if changed & {"payer", "provider", "either", "each", "both", "mutual", "mutually"}:
        return "party"
    return "scope"


def _changed(one: tuple[str, ...], other: tuple[str, ...]) -> set[str]:
    left, right = Counter(one), Counter(other)
    return set((left - right) + (right - left)) or set(one) ^ set(other) or {"payer"}


@lru_cache(maxsize=50_000)
def content(raw: str) -> str:
    """The words of a statement for matching: no numbering, case or punctuation."""
    bare = _NUMBERING.sub("", raw.lower())
    return " ".join(re.findall(r"[a-z0-9$%]+", _REFERENCE.sub(" ref ", bare)))


def _plain(value: object) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
