"""What a read document is and whose: contract, amendment, offer, letter, guide or other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.payer_names import PayerBook
from knowledge.payer_spelling import folded
from tools.importers.payer_column import as_named, mentioned

_PARTIES = re.compile(
    r"\b(?:by and between|is (?:made|entered into)(?: and entered into)?[^.]{0,80}?\bbetween|"
    r"entered into[^.]{0,80}?\bbetween|agreement between|between)\s+(.{3,700})",
    re.I | re.S,
)
_PAYERS_WORDS = re.compile(
    r"\b(?:health|insurance|mutual|benefit|assurance|plan|advantage|hmo|life|casualty|blue cross|"
    r"indemnity|medicaid|medicare|network)\b",
    re.I,
)
_PROVIDERS_WORDS = re.compile(
    r"\b(?:medicine|clinic|physicians?|medical (?:group|associates|center)|family|practice|"
    r"pediatrics?|associates|p\.?c\.?|pllc|professional (?:corporation|limited)|doctors|"
    r"provider)\b",
    re.I,
)
_LEGAL_END = re.compile(r",?\s+(?:inc|incorporated|llc|l\.l\.c|corp|corporation|ltd)\.?$", re.I)
_KINDS = (
    ("amendment", r"\bamendment\b|\baddendum\b", 300),
    ("offer", r"\boffer letter\b|\brate (?:offer|proposal)\b|\bproposed (?:rates|fee|terms)\b|"
              r"\bletter of offer\b|\bour offer\b|\bwe (?:are pleased to )?offer\b", 2500),
    ("contract", r"\bagreement\b|\bcontract\b", 300),
    ("letter", r"^\s*dear\b|\bnotice of\b|\bre:\s", 2500),
    ("guide", r"\bguide\b|\bhandbook\b|\bmanual\b|\btoolkit\b", 300),
    ("contract", r"\bagreement\b.{0,400}\bbetween\b", 4000),
)  # fmt: skip


@dataclass(frozen=True)
class Ownership:
    """Whose paper it is: a canonical payer or None with candidates; `learn` names a new one."""

    payer: str | None
    candidates: tuple[str, ...]
    learn: tuple[str, ...]


def document_kind(title: str, text: str, name: str) -> str:
    """contract, amendment, offer, letter, guide or other, from title and opening words."""
    opening = f"{title}\n{name.replace('_', ' ').replace('-', ' ')}\n{text}"
    letter = re.search(r"^\s*dear\b", text[:3000], re.I | re.M)
    for kind, pattern, reach in _KINDS:
        if kind == "contract" and letter:
            continue
        if re.search(pattern, opening[: reach + len(title) + len(name)], re.I | re.M | re.S):
            return kind
    return "other"


def ownership(title: str, text: str, name: str, practice: str, payers: PayerBook) -> Ownership:
    """The payer by the parties of the opening, else by title, file name or first page."""
    for party in parties(text[:6000]):
        if folded(practice) and folded(practice) in folded(party):
            continue
        found = payers.resolve(party)
        if found.name:
            return Ownership(found.name, (), ())
        if _PAYERS_WORDS.search(party) and not _PROVIDERS_WORDS.search(party):
            canonical = _LEGAL_END.sub("", as_named(_in_title_case(party)))
            return Ownership(canonical, found.candidates, (canonical, as_named(party)))
    stem = name.rsplit(".", 1)[0]
    for where in (title, stem, text[:4000]):
        named = mentioned([where], payers, programs=False)
        if len(named) == 1:
            return Ownership(named[0], (), ())
        if named:
            return Ownership(None, tuple(named[:6]), ())
    return Ownership(None, payers.known()[:8], ())


def parties(opening: str) -> list[str]:
    """The names that stand after "between" in an agreement's opening, at most two."""
    found = _PARTIES.search(opening)
    if not found:
        return []
    words = " ".join(found[1].split())
    names = []
    for piece in re.split(r"\s+\band\b\s+(?=[A-Z\"“*])", words, maxsplit=2)[:2]:
        bare = re.sub(r"\((?:sample|invented)[^)]*\)", "", piece.replace("*", ""), flags=re.I)
        named = re.split(r"\s*[(,;:\"“]|\s+(?:a|an|on behalf|whose|located|with)\s", bare.strip())[
            0
        ]
        if 3 <= len(named) <= 90:
            names.append(named.strip())
    return names


def line_of_business_in(text: str) -> str:
    """The line of business an agreement mostly speaks of: by how often each is named."""
    lower = text.casefold()
    counts = {
        "medicare_advantage": lower.count("medicare advantage") * 2,
        "medicaid": lower.count("medicaid") + lower.count("child health plan plus"),
        "commercial": sum(lower.count(w) for w in ("ppo", "hmo", "commercial", "employer")) + 1,
    }
    return max(counts, key=lambda business: counts[business])


def _in_title_case(name: str) -> str:
    return name.title().replace("'S", "'s") if name.isupper() else name
