"""What a read document is and whose: contract, amendment, offer, letter, guide or other."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from knowledge.payer_names import PayerBook
from knowledge.payer_spelling import core, distinctive, folded, key
from tools.importers.payer_column import PROGRAMS, as_named, fuller, mentioned

_NAME = re.compile(r"\b[A-Z][\w&'’-]*(?:[ \t]+(?:[A-Z][\w&'’-]*|of|and|&))*")
_INTRODUCED = re.compile(
    r"^\s*(?:;|,)?\s*(?:,? ?(?:inc|llc|corp)\b\.?[\s;,]*)?"
    r"(?:\((?:the |hereafter |hereinafter )?[\"“]|, ?an? |; ?, ?an? |; ?\()",
    re.I,
)
_BEFORE = re.compile(r"(?:between|joins|by and|by|is|are|\|)\s*$", re.I)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_LAST_WORDS = _words(
    "health insurance mutual advantage assurance healthcare plan plans hmo indemnity company "
    "benefit benefits access"
)
_NOT_THE_NAME = _words(
    "this the we you our your plan health behavioral mental public prime employer member members "
    "participating group covered managed commercial qualified standard individual operating fee "
    "state federal department centers division section article exhibit attachment schedule "
    "agreement contract amendment participation provider professional network child children "
    "summary benefit benefits evidence policy title subject programs program document between "
    "medical insurance essential other such each any no colorado united small large coverage "
    "hospital care key facts sample letter"
)
_PROVIDERS_WORDS = re.compile(
    r"\b(?:medicine|clinic|physicians?|medical (?:group|associates|center)|family|practice|"
    r"pediatrics?|associates|pllc|doctors|provider|department|centers|division)\b",
    re.I,
)
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
    """The payer by the organisation the opening speaks of most, else by names known here."""
    stem = name.rsplit(".", 1)[0]
    for party in organisations(title, text, practice):
        found = payers.resolve(party)
        if found.name and payers.line_of_business(found.name) in PROGRAMS and not found.product:
            continue
        if found.name and (payers.settled(found.name) or not fuller(party, found.name)):
            return Ownership(found.name, (), ())
        older = (found.name,) if found.name else ()
        return Ownership(party, found.candidates, (party, *older))
    for where in (title, stem, text[:4000]):
        named = mentioned([where], payers, programs=False)
        if len(named) == 1:
            return Ownership(named[0], (), ())
        if named:
            return Ownership(None, tuple(named[:6]), ())
    return Ownership(None, payers.known()[:8], ())


def organisations(title: str, text: str, practice: str) -> list[str]:
    """Names in an opening that may be a payer's, the likeliest first.

    A name is a run of capitalised words that ends as payers' names do and says more than
    such words alone; the practice's own name is left out. What counts: to stand in the
    title, to be introduced as a party, to be spoken of often.
    """
    opening = re.sub(r"\((?:sample|invented)\)", ";", text[:6000])
    scores: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for found in _NAME.finditer(opening):
        party = _party(found.group(0), practice)
        if party is None or (found.start() > 2500 and key(party) not in scores):
            continue
        each = key(party)
        scores[each] += 1 if scores[each] < 3 else 0
        at = found.start() + found.group(0).find(party)
        if _INTRODUCED.match(opening[at + len(party) :]) or _BEFORE.search(opening[:at]):
            scores[each] += 3
        if not shown.get(each) and f" {each} " in f" {key(title)} ":
            scores[each] += 4
        if not shown.get(each) or (shown[each].isupper() and not party.isupper()):
            shown[each] = party
    ranked = sorted(scores, key=lambda each: (-scores[each], list(scores).index(each)))
    return [_in_title_case(shown[each]) for each in ranked if scores[each] >= 3]


def _party(run: str, practice: str) -> str | None:
    """The payer's name inside a run of capitalised words, or None."""
    words = run.split()
    while words and words[0].casefold() in _NOT_THE_NAME | {"of", "and", "&"}:
        words.pop(0)
    while words and words[-1].casefold() not in _LAST_WORDS:
        words.pop()
    party = as_named(" ".join(words))
    if len(words) > 7 or len(key(party).split()) < 2 or _PROVIDERS_WORDS.search(party):
        return None
    told = core(party)
    if not distinctive(told) or set(told.split()) <= _NOT_THE_NAME:
        return None
    return None if folded(party) in folded(practice) else party


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
