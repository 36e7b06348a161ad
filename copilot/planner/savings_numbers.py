"""Which number is which in a shared-savings question: target, actual, members, share.

Each number goes to the role whose word stands nearest to it; a role takes one number, and
a number that no word claims stays unused rather than guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from copilot.planner.model_inputs import model_inputs
from copilot.planner.reading import Reading
from copilot.planner.spans import Span

_ROLES = {
    "target_pmpm": r"target|benchmark|budget(?:ed)?|goal|expected|baseline|trend",
    "actual_pmpm": r"actual(?:ly)?|ours (?:was|is|came)|we (?:ran|did|had|run)|spend(?:ing)?|spent"
    r"|came in|come in|coming in|comes in|cost(?:s|ed)?|ran|running|landed|we're at"
    r"|we were at|finish(?:ed)?|experience|against",
    "share": r"share|split|keep|our cut|our part|gain ?share|shared|sharing|of (?:the "
    r"|any )?savings|to us|for us|goes to us|comes to us",
    "minimum_savings_rate": r"minimum savings(?: rate)?|msr|min(?:imum)? savings|minimum"
    r"|hurdle|threshold|corridor",
    "cap": r"cap|capped|ceiling|maximum|max|limit(?:ed)?",
    "quality_factor": r"quality(?: score| factor| multiplier| gate)?",
}
_MONEY = ("target_pmpm", "actual_pmpm")
_RATES = ("share", "minimum_savings_rate", "cap", "quality_factor")
_AGAINST = re.compile(r"\bagainst (?:a |the |our )?(?:target|benchmark|budget)", re.IGNORECASE)
_HALF = re.compile(r"\b(?:50/50|half|fifty[- ]fifty|equally|evenly)\b", re.IGNORECASE)
_SPLIT = re.compile(r"\b(\d\d)/(\d\d)\b")


def savings_numbers(part: Reading) -> dict[str, Any]:
    """Arguments by name: USD as Decimal, members as int, rates in percent as Decimal."""
    found: dict[str, Any] = {}
    for kind in ("members", "member_months"):
        counts = part.values(kind)
        if counts:
            found[kind] = int(counts[0])
    text = part.words
    offset = part.start + (
        len(part.text[part.start : part.end]) - len(part.text[part.start : part.end].lstrip())
    )
    taken = model_inputs(text).places
    money, rates, loose = (
        [s for s in part.of(*kinds) if not any(a <= s.start - offset < b for a, b in taken)]
        for kinds in (("pmpm", "money"), ("percent",), ("number",))
    )
    found |= _claimed(text, offset, money + [s for s in loose if s.value >= 50], _MONEY)
    small = [s for s in loose if s.value <= 100 and s.value not in found.values()]
    found |= _claimed(text, offset, rates + small, _RATES)
    if len(money) == 2 and "target_pmpm" in found and "actual_pmpm" not in found:
        found["actual_pmpm"] = next(s.value for s in money if s.value != found["target_pmpm"])
    if len(money) == 2 and "actual_pmpm" in found and "target_pmpm" not in found:
        found["target_pmpm"] = next(s.value for s in money if s.value != found["actual_pmpm"])
    if "share" not in found:
        split = _SPLIT.search(text)
        if _HALF.search(text):
            found["share"] = Decimal(50)
        elif split and int(split.group(1)) + int(split.group(2)) == 100:
            found["share"] = Decimal(split.group(1))
        elif len(rates) == 1 and not any(rates[0].value == value for value in found.values()):
            found["share"] = rates[0].value
    if "quality_factor" in found and found["quality_factor"] > 2:
        found["quality_factor"] = found["quality_factor"] / 100
    return found


def _claimed(
    text: str, offset: int, spans: list[Span], roles: tuple[str, ...]
) -> dict[str, Decimal]:
    """Numbers by role. People write "target 480" or "480 target" throughout: the manner that
    places most numbers wins, and only where neither places them all, the nearest pairs do."""
    low = _AGAINST.sub(lambda match: " " * 8 + match.group()[8:], text.lower())
    ways = [_nearest(low, offset, spans, roles, way) for way in ("after", "before", "either")]
    return max(ways, key=lambda way: (len(way[1]), -way[0]))[1]


def _nearest(
    low: str, offset: int, spans: list[Span], roles: tuple[str, ...], way: str
) -> tuple[int, dict[str, Decimal]]:
    """The sum of gaps and the numbers by role, the nearest pair of word and number first."""
    pairs = []
    for role in roles:
        for word in re.finditer(rf"\b(?:{_ROLES[role]})\b", low):
            for span in spans:
                start, end = span.start - offset, span.end - offset
                after = start >= word.end()
                if way not in ("either", "after" if after else "before"):
                    continue
                between = low[word.end() : start] if after else low[end : word.start()]
                gap = len(between) + 25 * len(re.findall(r"[,;.]\s|\band\b|\d", between))
                if len(between) <= 45:
                    pairs.append((gap + (0 if after else 3), -len(word.group()), role, span))
    given: dict[str, Decimal] = {}
    used: set[int] = set()
    total = 0
    for gap, _, role, span in sorted(pairs, key=lambda pair: pair[:3]):
        if role not in given and span.start not in used:
            given[role] = Decimal(span.value)
            used.add(span.start)
            total += gap
    return total, given
