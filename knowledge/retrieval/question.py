"""What a question asks for besides its topic: a line of business, a kind of answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from knowledge.documents.lines_of_business import line_of_business
from knowledge.retrieval.lexicon import lexicon

Kind = Literal["time", "amount", "meaning", ""]

_TIME = re.compile(
    r"\bhow (?:long|soon|fast|quick\w*|many (?:days|months|years|weeks)|far (?:back|ahead)|often"
    r"|late|early|much (?:notice|time|warning|advance))|\bdeadline|\btime limit|\bby when\b"
    r"|\bwhen (?:do|does|will|can|must|is)\b"
)
_AMOUNT = re.compile(
    r"\bhow (?:much|big|high|low)\b|\bwhat (?:percent\w*|rate|do they pay|are we paid|amount)"
    r"|\bpercent|\bdollar|\bcap\b|\brate\b|\bpaid compared"
)
_MEANING = re.compile(
    r"\bwhat (?:is|are|counts? as|does .* mean)\b(?!.*\b(?:deadline|limit|rate|percent|charge"
    r"|fee|penalty|notice|process|steps)\b)|\bdefin|\bmeaning of|\bmeans?\b|\bconsidered\b"
)
_NUMBER = (
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen"
    r"|twenty|thirty|forty|fifty|sixty|ninety|hundred)\b)"
)
_TIME_ANSWER = re.compile(
    rf"{_NUMBER}[^.;]{{0,40}}?\b(?:day|month|year|hour|week)s?\b|\bany time\b|\b(?:annual|month"
    r"|week|quarter)ly\b|\b(?:19|20)\d\d\b|\bimmediately\b"
)
_AMOUNT_ANSWER = re.compile(
    rf"[$%]|\bpercent|\bdollars?\b|\bcents?\b|\bhundredths|\bhalf\b|{_NUMBER}"
)
_SENIORS = re.compile(
    r"\bseniors?\b|\badvantage (?:side|people|folks|patients?|members?|plans?|business)\b"
    r"|\bdual(?:ly)?[- ]eligibles?\b"
)


@dataclass(frozen=True)
class Question:
    """A query, the kind of answer it wants, and the line of business it names."""

    text: str
    kind: Kind
    line: str | None


def question_of(query: str) -> Question:
    """What a query asks for."""
    low = " ".join(query.lower().split())
    kind: Kind = ""
    if _TIME.search(low):
        kind = "time"
    elif _AMOUNT.search(low):
        kind = "amount"
    elif _MEANING.search(low):
        kind = "meaning"
    line = line_of_business(query) or ("medicare_advantage" if _SENIORS.search(low) else None)
    return Question(query, kind, None if line == "commercial" else line)


def wanted_kind(question: Question, weights: NDArray[np.float32]) -> Kind:
    """The kind of answer, from the question's words or else from its main concept."""
    if question.kind or not weights.any():
        return question.kind
    wants = lexicon()[int(weights.argmax())].wants
    return "time" if wants == "days" else "amount" if wants in ("money", "percent") else ""


def holds_answer(kind: Kind, text: str) -> bool:
    """Whether a text holds an answer of a kind: a span of time, or an amount."""
    low = text.lower()
    if kind == "time":
        return bool(_TIME_ANSWER.search(low))
    return kind == "amount" and bool(_AMOUNT_ANSWER.search(low))


def defines(text: str) -> bool:
    """Whether a passage explains words rather than settling anything."""
    low = text.lower()
    return len(re.findall(r"[\"”]\s*(?:means|is|are|refers|includes)\b|\bmeans\b", low)) >= 1 and (
        not re.search(r"\b(?:shall|will|must|may)\b", low[:400])
    )
