"""Another practice's rates in a text that goes out: never exchanged between competitors.

What published files show may be told as a percentile; what a named practice, or "the clinic
next door", is paid may not, and nobody can vouch for it.
"""

from __future__ import annotations

import re

from knowledge.payer_names import PayerBook
from tools.practice import Practice

TABLE, COLUMN = "market_rates", "provider_group"
KIND = (
    r"(?:Family (?:Medicine|Practice|Care)|Internal Medicine|Pediatrics|Primary Care|Medical"
    r" (?:Group|Center|Associates|Clinic)|Health (?:Center|Partners)|Physicians|Clinic|Associates)"
)
NAMED = re.compile(rf"\b((?:[A-Z][\w'&.-]+ ){{1,4}}{KIND})\b")
SOMEBODY = re.compile(
    r"\b(?:an?other|other|neighbou?ring|competing|rival|nearby|the next|our peers?['’]?s?)\s+"
    r"(?:local\s+|area\s+|primary[- ]care\s+)?(?:practice|group|clinic|office|physician|doctor)s?\b"
    r"(?!\s+(?:visits?|hours?|services?|codes?|staff|of)\b)"
    r"|\b(?:practice|group|clinic|office)s?\s+(?:next door|down the (?:street|road)|in town|"
    r"across (?:town|the street)|nearby|around us)\b",
    re.IGNORECASE,
)  # fmt: skip
PAID = re.compile(r"\d\s?(?:%|percent\b)|\$\s?\d", re.IGNORECASE)
EARNS = re.compile(
    r"\b(?:paid|pays?|gets?|got|receiv\w+|earns?|rates?|contract\w*|of Medicare|higher|allowed|"
    r"reimburs\w+)\b",
    re.IGNORECASE,
)
PUBLISHED = re.compile(r"\b(?:percentile|median|quartile|publish\w+|transparency)\b", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def others_rates(practice: Practice, text: str) -> list[str]:
    """Whose rates a text tells, in its own words; empty where it tells nobody's.

    A sentence counts that names another practice (of a loaded market file, or by the look
    of the name) beside a rate, or speaks of other practices' pay with a number.
    """
    groups = _groups(practice)
    found: list[str] = []
    for sentence in SENTENCE.split(text.replace(practice.name, "our practice")):
        if not PAID.search(sentence) or not EARNS.search(sentence):
            continue
        low = sentence.lower()
        found += [group for group in groups if group.lower() in low]
        found += [name for name in _names(practice, sentence) if name.lower() not in
                  {group.lower() for group in groups}]  # fmt: skip
        somebody = SOMEBODY.search(sentence)
        if somebody and not PUBLISHED.search(sentence):
            found.append(somebody[0])
    return list(dict.fromkeys(found))


def _groups(practice: Practice) -> list[str]:
    """Provider groups that market files on file name, the practice's own left out."""
    if not practice.tables.has(TABLE):
        return []
    names = practice.tables.table(TABLE).select(COLUMN).distinct()
    held = practice.tables.frame(names)[COLUMN].tolist()
    own = practice.name.lower()
    return [name for name in map(str, filter(None, held)) if len(name.split()) > 1
            and name.lower() not in own and not re.fullmatch(KIND, name)]  # fmt: skip


def _names(practice: Practice, sentence: str) -> list[str]:
    """Capitalised names of practices that are neither ours nor a payer's."""
    book: PayerBook = practice.payers
    own = practice.name.lower()
    made = []
    for match in NAMED.finditer(sentence):
        name = match[1]
        theirs = re.sub(r"^(?:The|Our|And|But|While|At|For|From|In|Of|With) ", "", name)
        if theirs.lower() in own or own in theirs.lower() or book.resolve(theirs).name:
            continue
        made.append(theirs)
    return made
