"""Procedure codes in a message: written out, ranged, shortened, or by what people call them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.planner.spans import Span
from copilot.planner.vocabulary import Vocabulary, lay_codes

_CODE = r"(?:[A-Za-z]\d{4}|\d{5}|\d{4}[FTft])"
_RANGE = re.compile(
    rf"\b({_CODE})s?\s*(?:-|to|thru|through|and up to)\s*({_CODE}|\d{{1,3}})s?\b(?!\s*%)"
)
_LIST = re.compile(
    rf"\b({_CODE})((?:\s*(?:/|,|and|&|or)\s*\d{{1,3}}\b(?!\s*(?:%|percent|pct|pt|point|code|member|[\d,.]*\d|year|month|day)))+)"
)
_ONE = re.compile(
    rf"(?<![$\d.,])\b({_CODE})(?:s|'s)?(?:-\d\d)?\b(?!\s*(?:members?|patients?|lives"
    rf"|visits a|people|claims|member months|dollars))"
)
_SHORT = re.compile(
    r"(?<![$\d.,])\b(?:a |the )?(2(?:0[2-5]|1[1-5]))(?:s|'s)?\b(?!\s*(?:%|percent"
    r"|pct|members?|patients|lives|dollars|k\b|days|visits))"
)
_LEVEL = re.compile(
    r"\blevels?\s+((?:[1-5]|one|two|three|four|five)s?(?:(?:\s*(?:,|/|and|&|or|to|through|-)\s*)+(?:levels?\s+)?(?:[1-5]|one|two|three|four|five)s?)*)\b"
    r"(\s+(?:new|established|follow)\b)?",
    re.IGNORECASE,
)
# Names of groups that are everyday words too: a group where a price or a raise is "for" them.
_EVERYDAY = frozenset(
    ("visits", "procedures", "reports", "forms", "paperwork", "prevention", "screening",
     "screenings", "therapy", "questionnaires", "medications")
)  # fmt: skip
_PRICED = re.compile(
    r"\b(?:pa(?:y|ys|id|ying)|rates?|reimburse\w*|more|less|raise|increase|percent|%|allowed|fees?)"
    r"(?: \w+){0,2} (?:on|for)(?: (?:our|their|the))? $"
)
_DIGIT = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_NEW = re.compile(r"\bnew (?:pt|patient|patients|visit)", re.IGNORECASE)


def code_spans(text: str, vocabulary: Vocabulary) -> list[Span]:
    """Spans whose value is a tuple of codes in capital letters."""
    return [
        *_ranges(text, vocabulary),
        *_lists(text),
        *_levels(text),
        *_families(text, vocabulary),
        *_singles(text, vocabulary),
    ]


def _ranges(text: str, vocabulary: Vocabulary) -> Iterator[Span]:
    for match in _RANGE.finditer(text):
        first, last = match.group(1).upper(), match.group(2).upper()
        if len(last) < len(first):
            last = first[: -len(last)] + last
        if (first[0] != last[0] and not first[0].isdigit()) or not last[1:].isdigit():
            continue
        head = first[0] if first[0].isalpha() else ""
        low, high = int(first[len(head) :]), int(last[len(head) :])
        if not 0 < high - low <= 60:
            continue
        width = len(first) - len(head)
        every = [f"{head}{number:0{width}}" for number in range(low, high + 1)]
        known = [code for code in every if code in vocabulary.codes]
        ends = {first, last}
        wanted = [code for code in every if code in ends or code in known] if known else every
        yield Span(
            "code", match.start(), match.end(), tuple(wanted if len(every) > 12 or known else every)
        )


def _lists(text: str) -> Iterator[Span]:
    for match in _LIST.finditer(text):
        first = match.group(1).upper()
        codes = [first]
        for tail in re.findall(r"\d{1,3}", match.group(2)):
            codes.append(first[: -len(tail)] + tail)
        yield Span("code", match.start(), match.end(), tuple(dict.fromkeys(codes)))


def _levels(text: str) -> Iterator[Span]:
    for match in _LEVEL.finditer(text):
        said = re.findall(r"[1-5]|one|two|three|four|five", match.group(1).lower())
        levels = [int(word) if word.isdigit() else _DIGIT[word] for word in said]
        if re.search(r"\bto\b|through|-", match.group(1)) and len(levels) == 2:
            levels = list(range(levels[0], levels[1] + 1))
        new = bool(_NEW.search(text[match.end(1) : match.end(1) + 14]))
        stem = "9920" if new else "9921"
        codes = tuple(f"{stem}{level}" for level in levels if not (new and level == 1))
        end = match.end(1)
        visit = re.match(
            r"\s+(?:new|established)?\s*(?:patients?|pt)?\s*(?:office )?(?:visits?|codes?)?",
            text[end:],
        )
        yield Span(
            "code", match.start(), end + (len(visit.group().rstrip()) if visit else 0), codes
        )


def _families(text: str, vocabulary: Vocabulary) -> Iterator[Span]:
    families = {name.lower(): tuple(codes) for name, codes in vocabulary.families.items()}
    families |= {name.lower(): codes for name, codes in lay_codes().items()}
    low = text.lower()
    for name in sorted(families, key=len, reverse=True):
        stem = re.escape(name.removesuffix("s")).replace(r"\ ", r"[\s-]+")
        for match in re.finditer(rf"(?<![\w/]){stem}s?(?:\s+(?:codes?|visits?|cpts?))?\b", low):
            if name in _EVERYDAY and not _PRICED.search(low[: match.start()]):
                continue
            yield Span("family", match.start(), match.end(), tuple(families[name]))


def _singles(text: str, vocabulary: Vocabulary) -> Iterator[Span]:
    for match in _ONE.finditer(text):
        yield Span("code", match.start(), match.end(), (match.group(1).upper(),))
    for match in _SHORT.finditer(text):
        yield Span("code", match.start(), match.end(), ("99" + match.group(1),))
