"""Where a prose names or reaches a patient: found by pattern, and by names seen elsewhere.

Contracts and letters are free prose, so what is found is a share and no promise: the recall
on letters with planted patients is measured by `payer-copilot eval identifiers`. The parties'
own addresses, telephone numbers and signatories are left alone: a hit needs a word that
speaks of a patient or member near it, or a form that only persons' numbers have.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

MARK = "█"
_DAY = (
    r"(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2},? \d{4}"
    r"|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,? \d{4})"
)
_SEP = (
    r"[ \t]*(?:\([^)]{1,12}\)[ \t]*)?(?:is|was|:|#|=|-|–|no\.?|number|,)*"
    r"[ \t]*(?:is|was|:|#|,)?[ \t]*"
)
_TOKEN = r"((?=[A-Z0-9-]*\d[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{3,19})\b"
_PERSON = (
    r"patient|member|subscriber|enrollee|insured|beneficiary|claimant|guarantor|dependent|"
    r"policy ?holder|recipient"
)
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ssn", re.compile(r"(?<![\d-])((?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4})(?![\d-])")),
    ("ssn", re.compile(rf"(?i:\bssn|social security){_SEP}(\d{{3}}[ -]?\d{{2}}[ -]?\d{{4}})\b")),
    (
        "birth date",
        re.compile(
            rf"(?i:\b(?:d\.?o\.?b\.?|date of birth|birth ?date|born(?: on)?|birthday))"
            rf"{_SEP}((?i:{_DAY}))"
        ),
    ),
    (
        "record number",
        re.compile(
            r"(?i:\b(?:mrn|medical record|chart(?: notes)?|"
            r"patient (?:id|account|acct|control|number|no\.?|#)|"
            rf"account of the patient))(?i:[ \t]*(?:number|num|no\.?|id|#))?{_SEP}(?i:{_TOKEN})"
        ),
    ),
    (
        "member id",
        re.compile(
            rf"(?i:\b(?:{_PERSON}|policy|medicaid|medicare|mbi|identification|id card|insurance))"
            rf"(?i:'s)?(?i:[ \t]*(?:identification|identifier|id|number|num|no\.?|#))+{_SEP}"
            rf"(?i:{_TOKEN})"
        ),
    ),
    ("member id", re.compile(rf"(?i:\bmbi){_SEP}(?i:{_TOKEN})")),
    (
        "member id",
        re.compile(
            r"\b([1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d"
            r"-?[AC-HJKMNP-RT-Y]{2}\d{2})\b"
        ),
    ),
)
_ABOUT = re.compile(
    rf"(?i)\b(?:{_PERSON}|mother|father|guardian|spouse|daughter|son|home|cell|mobile|"
    r"(?:reach|call)(?:ed)? (?:him|her|them)|lives|resides|residing|his|her)\b"
)
_REACHED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("phone", re.compile(r"(?<![\d-])(\(?\d{3}\)?[-. ]{1,2}\d{3}[-. ]\d{4})(?![\d-])")),
    ("mail", re.compile(r"\b([\w.+-]+@[\w-]+(?:\.[\w-]+)+)\b")),
    (
        "address",
        re.compile(
            r"\b(\d{1,5} (?:[NSEW]\.? )?(?:[A-Z][\w'’]+ ){1,3}"
            r"(?:St|Street|Ave|Avenue|Rd|Road|Ln|Lane|"
            r"Dr|Drive|Ct|Court|Blvd|Boulevard|Way|Pl|Place|Cir|Circle|Trail|Loop)\b\.?"
            r"(?:,? (?:Apt|Unit|#)\.? ?\w+)?(?:,? [A-Z][a-z]+(?: [A-Z][a-z]+)?,? [A-Z]{2} \d{5})?)"
        ),
    ),
)
_PARTY = re.compile(
    r"(?i)\b(?:notices?|attention|attn|facsimile|fax|office|clinic|department|provider relations|"
    r"member services|customer|contracting|network|suite|headquarters|practice)\b"
)
_WORD = r"[A-Z][a-z'’]+(?:[A-Z][a-z]+)?(?:-[A-Z][a-z]+)?"
_NAME = (
    rf"(?:{_WORD}, {_WORD}(?: [A-Z]\b\.?)?"
    rf"|{_WORD}(?: [A-Z]\.)?(?: (?:van|de|la|del|der))*(?: {_WORD}){{1,2}}"
    r"|[A-Z]{2,}, [A-Z]{2,}(?: [A-Z]\b)?|[A-Z]{2,} (?:[A-Z] )?[A-Z]{3,})"
)
_NAMED: tuple[re.Pattern[str], ...] = (
    re.compile(rf"\b(?i:{_PERSON}|re|regarding|name|pt)(?i:[ \t]+name)?[ \t]*[:–—][ \t]*({_NAME})"),
    re.compile(
        rf"\b(?i:(?:our|the|your|this|a|above|same|established|new)[ \t]+(?:{_PERSON})|patient|pt)"
        rf",?[ \t]+(?:(?i:named|called|is|was)[ \t]+)?(?:(?:Mr|Ms|Mrs|Miss)\.?[ \t]+)?({_NAME})"
    ),
    re.compile(
        rf"({_NAME}),?[ \t]+(?:(?i:who is|is|was|a|an|one of)[ \t]+)*"
        r"(?i:(?:our|your|the|this)[ \t]+patients?\b|(?:a[ \t]+)?(?:patient|member) of\b|"
        r"\d{1,3}[- ]year[- ]old|\(?d\.?o\.?b\.?|"
        r"\(?date of birth|\(?mrn\b|\(?member id|born on)"
    ),
    re.compile(
        rf"\b(?i:on behalf of|care of|seen|treated|saw|treating)[ \t]+(?:Mr|Ms|Mrs)\.?[ \t]+"
        rf"({_WORD}(?: {_WORD})?)"
    ),
)
_RUNS = (
    rf"{_WORD}, {_WORD}",
    rf"{_WORD}(?: [A-Z]\.)? {_WORD}",
    rf"{_WORD} {_WORD} {_WORD}",
    r"[A-Z]{2,}, [A-Z]{2,}",
    r"[A-Z]{2,} [A-Z]{2,}",
)
# What is a person's own: of whom it is said, or who has it.
_OWN = (
    r"chart|records?|notes|claims?|case|family|voicemail|appeal|bill|account|balance|visits?|"
    r"explanation of benefits|eob|referral|diagnosis|coverage|denial|authorization|statement"
)
_NAMED += (
    re.compile(rf"\b(?i:{_OWN})[ \t]+(?i:of|for|from)[ \t]+(?:(?:Mr|Ms|Mrs)\.?[ \t]+)?({_NAME})"),
    re.compile(rf"({_NAME})['’]s[ \t]+(?:\w+[ \t]+)?(?i:{_OWN})\b"),
    re.compile(rf"({_NAME}),[ \t]+(?:aged?[ \t]+)?\d{{1,2}},"),
    re.compile(rf"({_NAME})[ \t,;|]+{_DAY}[ \t,;|]+(?=\S*\d)"),
    re.compile(rf"\b(?i:name)[ \t]+({_NAME})"),
)
_TITLED = re.compile(r"(?<!Dear )\b(?:Mr|Ms|Mrs|Miss)\.?[ \t]+([A-Z][\w'’-]+)")
_CARE = re.compile(
    rf"(?i)\b(?:{_PERSON}|authorization|visits?|treated|seen|diagnos\w+|appointment|waiting|"
    r"surgery|medication|claim of|denied)\b"
)
_LATE = 2015
_NO_NAME = re.compile(
    r"(?i)\b(?:agreement|amendment|contract|health|plans?|notice|provider|request|rates?|fees?|"
    r"services?|protection|centered|care|medical|home|responsib\w+|access|bill|rights?|benefits?|"
    r"insurance|mutual|medicare|medicaid|company|exhibit|section|article|schedule|renewal|network|"
    r"proposed?|reimbursement|claims?|termination|participating|dear|satisfaction|safety|id|"
    r"identification|number|date|dates?|records?|confidentiality|privacy|act|group|family|medicine|"
    r"clinic|county|colorado|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|cost|share|payment|hold|harmless|experience|outcomes?|population|handbook|"
    r"education|eligibility|appeals?|grievances?|information|advisory|council|portal|panel|visit|"
    r"data|compliance|covered|individuals?|persons?|professionals?|decisions?|professional|"
    r"state|federal|commercial|product|policy|policies|term|name|shall|means|is)\b"
)


@dataclass(frozen=True)
class Found:
    """One identifier: [start, end) in code points of the text, and its kind."""

    start: int
    end: int
    kind: str


def name_key(name: str, secret: bytes) -> str | None:
    """16 hex digits that stand for a person's name under a workspace's key; None for no name.

    Order, case and middle initials make no difference.
    """
    words = sorted(w.casefold() for w in re.findall(r"[^\W\d_][\w'’-]+", name) if len(w) > 1)
    if not 2 <= len(words) <= 4:
        return None
    digest = hmac.new(secret, " ".join(words).encode(), hashlib.sha256)
    return digest.hexdigest()[:16]


def identifiers_in(
    text: str, secret: bytes = b"", known: Collection[str] = ()
) -> tuple[Found, ...]:
    """What names or reaches a patient in a prose, from left to right, none overlapping.

    known: keys (see `name_key`) of names that the practice's other files hold.
    """
    found = [
        Found(match.start(1), match.end(1), kind)
        for kind, pattern in _FORMS
        for match in pattern.finditer(text)
    ]
    found += list(_reached(text))
    lower = set(re.findall(r"(?<=\s)[a-z][a-z'’]+(?=[\s,;.)]|$)(?!\.\w)", text))
    names = {name for name in _names(text) if not _is_a_term(name, lower)}
    found += [
        Found(match.start(1), match.end(1), "name")
        for match in _TITLED.finditer(text)
        if _CARE.search(_line_of(text, match.start()))
    ]
    if known:
        names |= {
            match.group(0)
            for match in re.finditer(rf"(?={_NAME})", text)
            for match in _runs(text, match.start())
            if name_key(match.group(0), secret) in known
        }
    named = [
        Found(match.start(), match.end(), "name")
        for name in names
        for match in re.finditer(_anywhere(name), text)
    ]
    found += [*named, *_beside(text, named)]
    return _apart(found)


def without_identifiers(text: str, found: Iterable[Found]) -> str:
    """The text with each identifier covered, its length and all offsets as they were."""
    pieces, at = [], 0
    for each in found:
        covered = re.sub(r"\S", MARK, text[each.start : each.end])
        pieces += [text[at : each.start], covered]
        at = each.end
    return "".join([*pieces, text[at:]])


def _reached(text: str) -> Iterable[Found]:
    """Phones, mail and street addresses whose line speaks of a patient and of no office."""
    for kind, pattern in _REACHED:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 110) : match.start()].rsplit("\n\n", 1)[-1]
            about = [each.end() for each in _ABOUT.finditer(before)]
            party = [each.end() for each in _PARTY.finditer(before)]
            if about and about[-1] > max(party, default=-1):
                yield Found(match.start(1), match.end(1), kind)


def _is_a_term(name: str, lower: Collection[str]) -> bool:
    """Whether a run of capitalised words is a contract's own term: one of its words also
    stands in small letters somewhere in the text."""
    return any(word.casefold() in lower for word in re.findall(r"[\w'’]+", name))


def _line_of(text: str, place: int) -> str:
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return text[start : end if end >= 0 else len(text)]


def _beside(text: str, named: Iterable[Found]) -> Iterable[Found]:
    """On the line of a name: early dates, long numbers, telephones and addresses."""
    for start in {text.rfind("\n", 0, each.start) + 1 for each in named}:
        line = _line_of(text, start)
        for match in re.finditer(_DAY, line):
            year = re.search(r"(?:19|20)\d\d", match[0])
            if year and int(year[0]) < _LATE:
                yield Found(start + match.start(), start + match.end(), "birth date")
        for match in re.finditer(r"\b[A-Z]{0,3}\d{6,12}\b", line):
            yield Found(start + match.start(), start + match.end(), "record number")
        for kind, pattern in _REACHED:
            for match in pattern.finditer(line):
                if not _PARTY.search(line[: match.start()]):
                    yield Found(start + match.start(1), start + match.end(1), kind)


def _names(text: str) -> Iterable[str]:
    for pattern in _NAMED:
        for match in pattern.finditer(text):
            name = match[1]
            if not _NO_NAME.search(name):
                yield name


def _runs(text: str, start: int) -> Iterable[re.Match[str]]:
    """Runs of two and three capitalised words, and "Last, First", that begin at a place."""
    if start and (text[start - 1].isalnum() or text[start - 1] in "'’-"):
        return
    for shape in _RUNS:
        if match := re.compile(rf"{shape}\b").match(text, start):
            yield match


def _anywhere(name: str) -> str:
    """A name's words in either order, and its last name behind Mr. or Ms."""
    words = [re.escape(word) for word in re.findall(r"[\w'’-]+", name)]
    if len(words) < 2:
        return rf"\b{re.escape(name)}\b"
    last, first = (words[0], words[1]) if "," in name else (words[-1], words[0])
    spelled = [
        r"[\s,]+".join(words),
        rf"{first}(?:\s+[A-Z]\.?)?\s+{last}",
        rf"{last},\s*{first}",
        rf"(?<=Mr\. ){last}",
        rf"(?<=Ms\. ){last}",
        rf"(?<=Mrs\. ){last}",
    ]
    return rf"(?i:\b(?:{'|'.join(spelled)})\b)"


def _apart(found: Iterable[Found]) -> tuple[Found, ...]:
    kept: list[Found] = []
    for each in sorted(found, key=lambda f: (f.start, -f.end)):
        if kept and each.start < kept[-1].end:
            if each.end > kept[-1].end:
                kept[-1] = Found(kept[-1].start, each.end, kept[-1].kind)
            continue
        kept.append(each)
    return tuple(kept)
