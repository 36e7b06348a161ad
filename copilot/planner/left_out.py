"""Who a question leaves out: "without Aetna", "everyone but Cigna", "not counting Medicaid"."""

from __future__ import annotations

import re

from copilot.planner.reading import Reading
from copilot.planner.spans import Span

_EXCEPT_WORDS = (
    r"(?:except(?: for)?|but(?: not)?|other than|besides|exclud(?:e|es|ing)|excl\.?|without"
    r"|apart from|aside from|not (?:counting|including)|leav(?:e|ing) out|less|minus|ignoring"
    r"|ignore|skip(?:ping)?|take out|taking out|no)"
)
_EXCEPT = re.compile(rf"\b{_EXCEPT_WORDS}\s+(?:the |our |all )?$", re.IGNORECASE)
_AND = re.compile(
    r"\s*(?:,|and|or|nor|&|,\s*and)\s*(?:the |our )?(?:self[- ]?pay\s+and\s+)?$", re.I
)
_EVERYONE = re.compile(
    r"\b(?:every(?:one|body)?|all|any(?:one|body)?|each|total|mix|payers?|insurers?|rest)\b", re.I
)
_BUSINESS = {
    "medicaid": "medicaid",
    "medicare_advantage": "medicare advantage|ma plans?",
    "medicare": r"(?:traditional |original |straight )?medicare(?! advantage)",
    "commercial": "commercial",
    "self_pay": r"self[- ]?pay",
    "workers_comp": r"workers'? comp(?:ensation)?",
}
_GOVERNMENT = ("medicaid", "medicare_advantage", "medicare")


def sorted_out(part: Reading) -> tuple[list[str], list[str]]:
    """The payers a stretch asks about, and those it leaves out, in the order named."""
    named: list[str] = []
    dropped: list[str] = []
    before: Span | None = None
    for span in part.of("payer"):
        text = part.text[: span.start]
        out = bool(_EXCEPT.search(text))
        if before is not None and before.value in dropped and _AND.fullmatch(text[before.end :]):
            out = True
        out = out or _after_another(text)
        if re.search(r"\bbut\s+$", text) and not _EVERYONE.search(text):
            out = False
        (dropped if out else named).append(span.value)
        before = span
    return named, dropped


def _after_another(text: str) -> bool:
    """Whether what stands before is a left-out line of business: "without self-pay and ..."."""
    every = "|".join(_BUSINESS.values())
    tail = rf"\b{_EXCEPT_WORDS}\s+(?:the |our |all )?(?:{every})\s*(?:,|and|or|nor|&)\s*$"
    return bool(re.search(tail, text, re.IGNORECASE))


def left_out_businesses(words: str) -> frozenset[str]:
    """The lines of business that words leave out ("without Medicaid", "no government plans")."""
    found = re.search(
        rf"\b{_EXCEPT_WORDS}\s+(?:the |our |all |any )?"
        r"((?:(?:traditional|original|self[- ]?pay|medicaid|medicare|advantage|commercial"
        r"|government|workers'? comp\w*|and|or|nor|,|&)[ ,]*)+)",
        words,
        re.IGNORECASE,
    )
    if not found:
        return frozenset()
    said = found.group(1).lower()
    out = {name for name, pattern in _BUSINESS.items() if re.search(rf"\b(?:{pattern})", said)}
    if "government" in said:
        out |= set(_GOVERNMENT)
    return frozenset(out)
