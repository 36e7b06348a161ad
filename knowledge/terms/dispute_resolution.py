"""The path of a dispute: talks, mediation, arbitration, court, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader

_TOPIC = (
    r"disput|disagree|controvers|\barbitrat|\bmediat|litigat|lawsuit|\bcourts?\b|grievance"
    r"|differences?\b|complaints?\b"
)
_CAPTION = r"disput|disagree|arbitrat|\bmediat|litigat|venue|differences?\b|complaints?\b"
_STEPS = (
    (
        "talks",
        r"good[- ]faith (?:negotiat|discuss|meet)|\b(?:meet|confer|negotiat|discuss|talk)\w*{~~}"
        r"(?:resolv|good faith|disput|disagree|settle)|(?:disput|disagree|complaint|difference)"
        r"\w*{~~}\b(?:meet|confer|negotiat|discuss|talk)|informal|escalat|\btalk first"
        r"|first,? (?:\w+ ){0,4}\b(?:talk|meet|discuss)"
        r"|meeting of (?:the |their )?(?:officers|executives|leaders|parties|senior|principals)"
        r"|\bsit down\b|(?:try|attempt|seek|effort) to (?:settle|resolve|work out"
        r"|sort)|internal (?:dispute|process|review)",
    ),
    ("mediation", r"\bmediat"),
    ("binding arbitration", r"\barbitrat"),
    ("court", r"\bcourts?\b|litigat|file suit|lawsuit|\bsuits? (?:on|about|is|are|under)\b"),
)
_TALK_CAPTION = (
    r"talk|negotiat|conversation|informal|first (?:stage|step)|meet|leaders|escalat|representative"
)
_TALK = r"\b(?:talk|meet|discuss|confer|call|speak|writes?)\b"
_IF_BOTH = (
    r"propose|if (?:it is |both )?(?:accept|agree)|may agree|voluntary|by (?:mutual )?consent"
)
_NO_ARBITRATION = (
    r"\bno arbitrat|(?:nobody|no one)(?: \w+){0,3} (?:need|must|has|bound|required){~}arbitrat"
    r"|(?:need|do|does|must|shall|will|have|has) not (?:\w+ ){0,4}arbitrat|(?:not"
    r"|neither)(?: \w+){0,4} (?:required|obliged|subject"
    r"|submit|bound)(?: to)?{~}arbitrat|without arbitrat|arbitration (?:is|shall be) (?:not"
    r"|optional)"
)
_OPTIONAL = (
    r"(?:may (?:agree|elect|choose)|if both|by mutual|optional|nobody is bound|not required"
    r"|with the consent){~~}arbitrat|arbitrat\w+{~~}(?:if both|only if|by mutual|optional)"
)
_STATES = (
    "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia"
    "|hawaii"
    "|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan"
    "|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico"
    "|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island"
    "|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia"
    "|wisconsin|wyoming"
)
_CITIES = {
    "denver": "Colorado",
    "boulder": "Colorado",
    "aurora": "Colorado",
    "junction": "Colorado",
}
_ELSEWHERE = r"enrollee grievance|member grievance|member appeal|claims? appeal|utilization"
_PLACE = re.compile(rf"\bin\b[^.;]{{0,60}}?\b({_STATES})\b")


def candidates(paper: Paper) -> Iterator[Candidate]:
    """One candidate: the steps found in the sections on disputes, in their order."""
    under = [s for s in paper.about(_TOPIC) if says(_TOPIC, s.marked) or says(_TOPIC, s.heading)]
    own = [
        s
        for s in under
        if says(_CAPTION, s.heading)
        or says(r"\barbitrat|\bmediat|\b(?:lawsuits?|suits?|actions?){~~}\bcourts?\b|(?:resolv"
            r"|settl)\w*{~}(?:disput|disagree|controvers)|(?:disput|disagreement"
            r"|controvers)\w*{~~}(?:party|parties"
        r"|contract"
                r"|agreement|resolv|settle)", s.marked)
    ]  # fmt: skip
    yield from _path([s for s in own if not says(_ELSEWHERE, s.heading)])


def worded(paper: Paper, statement: Statement) -> Iterator[Candidate]:
    """The path that the clause around a statement gives; its words show it is on disputes."""
    yield from _path(paper.around(statement), statement)


def _path(own: list[Statement], at: Statement | None = None) -> Iterator[Candidate]:
    """The steps that the statements name, in their order, quoted at the one that binds most."""
    own = [s for s in own if not says(r"\b(?:repealed|deleted|struck)\b", s.marked)]
    named = [(word, _of_step(word, pattern, own)) for word, pattern in _STEPS]
    steps = [(word, statement) for word, statement in named if statement]
    if not steps:
        return
    words = []
    for word, _ in steps:
        if word == "binding arbitration":
            text = " ".join(s.marked for s in own if "arbitrat" in s.marked)
            if says(_OPTIONAL, text):
                word = "optional arbitration"
            elif not says(
                r"binding|final|mandatory|shall be (?:settled|resolved|decided)|must", text
            ):
                word = "arbitration"
            word += _place(text)
        elif word == "mediation":
            text = " ".join(s.marked for s in own if says(r"\bmediat", s.about))
            word = "optional mediation" if says(_IF_BOTH, text) else word
        words.append(word)
    lead = next((s for w, s in steps if "arbitration" in w), steps[0][1])
    score = 0.85 if says(_TOPIC, lead.heading) else 0.7
    if [word for word, _ in steps] == ["talks"]:
        score = min(score, 0.6 if says(_CAPTION, lead.heading) else 0.4)
    yield Candidate(at or lead, ", then ".join(words), "", score)


def _place(text: str) -> str:
    """ " in Colorado" where the text names a state, or a city that stands for one; else ""."""
    if found := _PLACE.search(text):
        return f" in {found[1].title()}"
    city = says(rf"\bin (?:[\w,]+ )?(?:{'|'.join(_CITIES)})\b", text)
    return f" in {_CITIES[city[0].split()[-1]]}" if city else ""


def _of_step(word: str, pattern: str, own: list[Statement]) -> Statement | None:
    for statement in own:
        talks = word == "talks" and says(_TALK_CAPTION, statement.heading.split("|", 1)[-1])
        if not says(pattern, statement.marked) and not (talks and says(_TALK, statement.marked)):
            continue
        if word == "mediation" and says(
            r"\b(?:no|without|not required to)\b{~}\bmediat", statement.marked
        ):
            continue
        if word == "binding arbitration" and says(_NO_ARBITRATION, statement.marked):
            continue
        if word == "court" and says(
            r"entered in any court|court (?:order|having)|by a court|order of (?:a|any) court"
            r"|not (?:be )?(?:brought|taken|heard) in|in lieu of|waive\w*{~}right to|gives? up"
            r"|except that"
            r"|instead of (?:a |going to )?court|injunct",
            statement.marked,
        ):
            continue
        return statement
    return None


READER = Reader("dispute_resolution", "the sections on disputes", candidates, worded=worded)
