"""What a question across contracts tests: a term, and a number or words its value is held to."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal

from knowledge.terms.language.quantities import Duration, durations
from knowledge.terms.names import TERM_NAMES
from knowledge.terms.words import TERM_WORDS, terms_asked

Way = Literal["more than", "less than", "at least", "at most", "exactly"]
Unit = Literal["days", "months"]

_WAYS: tuple[tuple[str, Way], ...] = (
    (r"(?:no|not) (?:more|longer|later) than\W*$|at most\W*$|up to\W*$"
    r"|maximum(?: of)?\W*$", "at most"),
    (r"(?:no|not) (?:less|fewer|shorter) than\W*$|at least\W*$|minimum(?: of)?\W*$", "at least"),
    (r"(?:more|longer|greater|later|further|farther|bigger|older|higher) than\W*$|\bover\W*$"
     r"|beyond\W*$|above\W*$|past\W*$|exceed\w*\W*$|>\W*$", "more than"),
    (r"(?:less|fewer|shorter|lower|sooner|smaller|quicker|faster) than\W*$|\bunder\W*$"
    r"|below\W*$|<\W*$",
     "less than"),
    (r"within\W*$|inside(?: of)?\W*$|in\W*$", "at most"),
)  # fmt: skip
_AFTER: tuple[tuple[str, Way], ...] = (
    (r"^\W*(?:or|and) (?:more|longer|over|above|up)", "at least"),
    (r"^\W*(?:or|and) (?:less|fewer|shorter|under|below|sooner)", "at most"),
)
_ACROSS = re.compile(
    r"\b(?:which|who|whose|where|any|anyone|anybody|all|how many|everyone|nobody|none)\b",
    re.IGNORECASE,
)
_YES_NO = re.compile(r"^\W*(?:does|do|did|is|are|can|may|will|must|has|have)\b", re.IGNORECASE)
_LACKS = re.compile(
    r"\b(?:no|without|lack\w*|missing|don't|do not|doesn't|does not|haven't|have not|never|none|not"
    r" (?:have|pay|allow|give|let|include)|nobody|cannot|can't)\b",
    re.IGNORECASE,
)
_NO_LACK = re.compile(
    r"without cause|no.?cause|without (?:our|any|written)? ?(?:consent|notice|asking)",
    re.IGNORECASE,
)
_HAS = re.compile(
    r"\b(?:have|has|having|include|includes|contain|contains|allow|allows|let|lets|can|may|pay|pays"
    r"|give|gives|use|uses|require|requires|force|forces|make|makes|any|there|with|renew|renews"
    r"|prevail"
    r"|indemnify|am|is|are|do|does|limits?|protects?|bill|follow|follows|rise|rises)\b",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:we|us|our|i|me)\b (?:\w+ ){0,3}?(?:end|leave|terminat|cancel|get out|walk"
                   r"|exit|renew|stop)|(?:let|lets|allow|allows) us\b", re.IGNORECASE)  # fmt: skip
_THEIRS = re.compile(r"\b(?:they|them|payers?|plans?|insurers?|who)\b (?:\w+ ){0,3}?(?:end|leave"
                     r"|terminat|cancel|drop|get out|exit|renew)", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """term: a term or a clause of the playbook. A number test has way, number and unit; a test
    of words has yes, a pattern of the value. lacks: the contracts without it are asked for.
    side: whose number counts where payer and provider have one each, else None."""

    term: str
    way: Way | None = None
    number: Decimal | None = None
    unit: Unit = "days"
    yes: str = ""
    lacks: bool = False
    side: Literal["provider", "payer"] | None = None

    def meets(self, value: Decimal) -> bool:
        """Whether a number passes the test."""
        assert self.number is not None
        return {
            "more than": value > self.number,
            "less than": value < self.number,
            "at least": value >= self.number,
            "at most": value <= self.number,
            "exactly": value == self.number,
        }[self.way or "exactly"]


@dataclass(frozen=True)
class Row:
    """One row of words.toml."""

    term: str
    asked: str
    yes: str
    about: str = ""


@cache
def rows() -> tuple[Row, ...]:
    """The rows of words.toml in order."""
    text = files("tools.across").joinpath("words.toml").read_text(encoding="utf-8")
    return tuple(Row(**each) for each in tomllib.loads(text)["row"])


def asked_across(question: str) -> Asked | None:
    """The test that a question puts to each contract; None where it puts none we can judge."""
    said = " ".join(question.replace("’", "'").split())
    if not (_ACROSS.search(said) or _YES_NO.match(said)):
        return None
    side: Literal["provider", "payer"] | None = None
    side = "provider" if _OURS.search(said) else "payer" if _THEIRS.search(said) else None
    numbers = [(each, way) for each in durations(said) if (way := _way(said, each))]
    if numbers:
        duration, way = numbers[0]
        term = _numeric_term(said)
        if term is None:
            return None
        unit: Unit = "months" if term.endswith("_months") or term == "initial_term" else "days"
        number = duration.months if unit == "months" else duration.days
        return Asked(term, way, number, unit, side=side)
    row = _row(said)
    if row is None:
        return None
    return Asked(row.term, yes=row.yes, lacks=_lacks(said, row), side=side)


_MENTIONS = re.compile(
    r"\b(?:mention|say|says|said|speak|talk|talks|discuss|contain|word|wording|quote|clause on"
    r"|language)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^\W*(?:which|who|whose|where|how|when|do|does|did|is|are|can|may|will|must|has|have)\b",
    re.IGNORECASE,
)


def is_question(topic: str) -> bool:
    """Whether the words ask for a yes, a no or a name rather than for passages on a matter."""
    return bool(_OPENS.match(topic)) and not _MENTIONS.search(topic)


def _way(said: str, span: Duration) -> Way | None:
    before, after = said[: span.start].lower(), said[span.end :].lower()
    for words, way in _AFTER:
        if re.search(words, after):
            return way
    before = re.sub(r"\ban?\s*$|\bthe\s*$", "", before)
    for words, way in _WAYS:
        if re.search(words, before):
            return way
    return None


_ALSO = {  # what says a term in a question on its number, beside the term's own words
    "timely_filing_days": r"\bto (?:file|bill|submit)\b|\bfil(?:e|ing)\b",
    "recoupment_lookback_months": r"claw\w*|(?:go|look|reach)\w* back|\bback\b",
    "clean_claim_days": r"\b(?:to )?pay\b",
    "initial_term": r"\b(?:contracts?|agreements?|terms?)\b.*\b(?:longer|shorter|lasts?|runs?)\b",
}


def _numeric_term(said: str) -> str | None:
    """The one term with a number that a question names, the most telling word first."""
    low, asked = said.lower(), terms_asked(said)
    named = [name for name in asked if name.endswith(("_days", "_months", "initial_term"))]
    if "amendment" in asked and "amendment_notice_days" not in named:
        named.append("amendment_notice_days")
    if not named:
        return next((name for name, words in _ALSO.items() if re.search(words, low)), None)
    if "non_renewal_notice_days" in named:
        return "non_renewal_notice_days"

    def telling(name: str) -> int:
        found = re.search(TERM_WORDS[name].asked, low)
        return len(found[0]) if found else 0

    return max(named, key=telling)


def _row(said: str) -> Row | None:
    """The first row whose term the question names and whose words it says."""
    low = said.lower()
    named = set(terms_asked(said))
    for clause in (True, False):  # a clause of the playbook is told by its own words
        for row in rows():
            is_clause = row.term not in TERM_NAMES
            if is_clause != clause:
                continue
            about = re.search(row.about, low) if row.about else row.term in named
            if about and re.search(row.asked, low) and (row.asked or row.about or _HAS.search(low)):
                return row
    return None


def _lacks(said: str, row: Row) -> bool:
    """Whether those without it are asked for: a no that is not part of what is asked."""
    rest = re.sub(row.asked, " ", said, flags=re.IGNORECASE) if row.asked else said
    return bool(_LACKS.search(_NO_LACK.sub(" ", rest)))
