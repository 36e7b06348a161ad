"""The criterion that each number of a text is known: a second reader beside the verifier."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from evals.scenarios.cases import Scenario
from evals.scenarios.gold import Gold
from evals.scenarios.letter_text import Said, Text, days_in, meets, numbers_in, unmarked
from evals.scenarios.verdicts import Verdict, check

STATUTES = ("25-37-101", "25-37-103", "25-37-104", "25-37-111", "10-16-106.5", "10-16-121",
            "10-16-157", "10-16-704", "10-16-705.7", "12-30-113")  # fmt: skip
STATUTE = re.compile(r"C\.R\.S\.\s?(?:§\s?)?(\d+-[\d.]+-[\d.]*\d)(?:\(\d+(?:\.\d+)?\))?")
PLACE = re.compile(
    r"\b(?:Sections?|Schedule|Attachment|Article|Part|paragraphs?)\s(?:[A-Z]+-?)?(\d+(?:\.\d+)*)|"
    r"§\s?(\d+(?:\.\d+)*)"
)
AGES = re.compile(r"\bages? \d+(?:-\d+)?\b")  # of a code's own name
PER_THOUSAND = re.compile(r"\b(?:per|for each|a) 1,000\b")
TIMES = re.compile(r"\s?-?(minutes?|hours? (?:on|together|of your time)|working days?|weeks?)\b")


@check
def numbers_traced(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """Each number is a figure's, stands in a citation, or was said by the user.

    Lengths of time proposed for a talk or an answer claim nothing and are left out; a date
    that is not the letter's own proposal has to be known as well.
    """
    owned, percents = _owned(text), _percents(text)
    whole = unmarked(text.whole)
    wrong = [m[0] for m in STATUTE.finditer(whole) if m[1] not in STATUTES]
    wrong += [m[0] for m in PLACE.finditer(whole) if not _in_papers(m[1] or m[2], text)]
    for pattern in (STATUTE, PLACE, PER_THOUSAND, AGES):
        whole = pattern.sub(lambda m: " " * len(m[0]), whole)
    loose = wrong + [
        said.words
        for said in numbers_in(whole)
        if not _traced(said, percents if said.percent else owned)
        and not TIMES.match(whole[said.start + len(said.words) :])
    ]
    known = {d.on for source in _sources(text) for d in days_in(source, text.today)}
    known |= {text.today}
    late = [
        str(day.on)
        for day in days_in(text.whole, text.today)
        if day.on not in known and day.on <= text.today
    ]
    problems = [*loose, *late]
    return Verdict(not problems, f"{len(problems)} untraced: {', '.join(problems[:4])}")


def _in_papers(number: str, text: Text) -> bool:
    """Whether the payer's papers, or a citation, hold a section of that number."""
    held = (*text.papers, *(str(c.get("section") or "") for c in text.citations))
    found = rf"(?<![\d.]){re.escape(number)}(?!\d|\.\d)"
    tail = number.rsplit(".", 1)
    return any(re.search(found, paper) for paper in held) or (
        len(tail) == 2
        and any(
            re.search(rf"(?<![\d.]){re.escape(tail[0])}\.\s", paper)
            and re.search(rf"(?m)^\s*{re.escape(tail[1])}\.\s", paper)
            for paper in held
        )
    )


def _sources(text: Text) -> list[str]:
    figures = [
        f"{f.get('shown', '')} {f.get('exact', '')} {f.get('name', '')} {f.get('basis', '')}"
        for f in text.figures
    ]
    places = ("quote", "label", "section", "source")
    cited = [" ".join(str(c.get(place) or "") for place in places) for c in text.citations]
    return [*figures, *cited, *text.said, *text.profile]


def _owned(text: Text) -> list[Decimal]:
    values = []
    for source in _sources(text):
        values += [
            Decimal(m[1].replace(",", ""))
            for m in re.finditer(r"(?<![\d.])((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)", source)
        ]
    today = text.today
    near = [today + timedelta(days=n) for n in range(0, 400, 30)]
    return [*values, *(Decimal(d.year) for d in near)]


def _percents(text: Text) -> list[Decimal]:
    """The percentages among figures, and those written as such in citations and by the user."""
    values = [Decimal(str(f["exact"])) for f in text.figures if f.get("unit") == "percent"]
    for source in _sources(text):
        values += [said.value for said in numbers_in(source) if said.percent]
    return values


def _traced(said: Said, owned: list[Decimal]) -> bool:
    return any(meets(said, value) for value in owned)
