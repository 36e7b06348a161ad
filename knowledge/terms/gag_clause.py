"""Whether clinicians may speak freely with patients about care, coverage and choices."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader

_SPEAK = (
    r"(?:communicat\w*|discuss\w*|advis(?:e|es|ing)\b|inform(?:s|ing)?\b|counsel(?:s|ing)?\b|advice|opinions?\b"
    r"|say\b|speak\w*"
    r"|talk\w*|tell(?:s|ing)?\b|advocat\w*|disclos\w*)"
)
_CARE = (
    r"(?:treatment|health|medical|care\b|options|alternatives|coverage|choices|condition"
    r"|diagnos|financial"
    r" incentive|appeal)"
)
_FREE = (
    rf"(?:nothing|not|no\b|neither|never){{~~}}(?:prohibit|restrict|limit|prevent|penali[sz]"
    rf"|interfer|punish|restrain|\bbar\b|bars"
    rf"|hinder|imped|curtail|control|censor|silence|discourag|forbid|retaliat|stop|terminat"
    rf"|keep|constru)\w*{{~~}}{_SPEAK}"
    rf"|(?:free|freely|encourag\w+|may|entitled|right) to {{~}}{_SPEAK}{{~~}}{_CARE}"
    rf"|(?:provider|clinician|practitioner|physician|professional|member|doctor)s? (?:may|can"
    rf"|is free to|are free to) "
    rf"(?!not)(?:\w+ )?{_SPEAK}{{~~}}{_CARE}"
    rf"|(?:open|free)(?:ly)?"
    rf" {_SPEAK}{{~~}}{_CARE}|may {{~}}{_SPEAK}{{~}}(?:freely|openly)|no gag"
)
_BARS = (
    rf"provider (?:shall|may|will|must|can)(?:not| not)(?: \w+){{0,3}}? (?:disparag\w*"
    rf"|criticiz\w*|undermin\w*"
    rf"|encourag\w* {{member}}|induc\w* {{member}}|solicit\w* {{member}}"
    rf"|{_SPEAK} {{~}}(?:{{member}}|public|press"
    rf"|media))|provider (?:shall|will) refrain from{{~~}}(?:disparag|criticiz|{_SPEAK})"
    rf"|not (?:make|take)(?: any)? (?:statement|communication|action){{~~}}(?:undermin"
    rf"|confidence|derogat)"
    rf"|(?:until|without) {{~}}payer{{~~}}approv\w*{{~~}}(?:wording|letter|communication)"
    rf"|not {{~}}(?:send|write|tell|inform){{~}}(?:{{member}})"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Clauses that protect speech with patients, and those that bar it."""
    for statement in paper.about(rf"{_SPEAK}|disparag|critici[sz]|gag|statement"):
        text = statement.full
        captioned = says(r"gag|communicat|open|freedom|speech|talk|advoca", statement.heading)
        with_patients = says(r"{member}", text)
        if says(_FREE, text) and with_patients and says(_CARE, text):
            if says(r"consent|records|hipaa|identifiable", text) and not captioned:
                continue
            yield Candidate(
                statement, "speech with patients is protected", "", 0.85 if captioned else 0.75
            )
        elif says(_BARS, text) and (with_patients or says(r"payer|public|media", text)):
            if says(r"protected health|identifiable|confidential information|records", text):
                continue
            yield Candidate(statement, "the practice's speech is limited", "", 0.72)


def _protected_first(paper: Paper) -> Iterator[Candidate]:
    """Where one clause protects and another limits, both stand: the limit is the finding."""
    found = list(candidates(paper))
    limits = [c for c in found if "limited" in str(c.value)]
    frees = [c for c in found if "protected" in str(c.value)]
    if limits and frees:
        yield Candidate(
            limits[0].statement,
            "protected on care, limited on the contract",
            "",
            0.7,
            note=f"{frees[0].statement.section or 'another section'} protects speech on care",
        )
    else:
        yield from found


def worded(paper: Paper, statement: Statement) -> Iterator[Candidate]:
    """What a clause says that its words alone show to be about speech with patients."""
    text = statement.full
    if says(rf"{_BARS}|disparag|criticiz|undermin|speak ill|no statement", text) and not says(
        _FREE, text
    ):
        yield Candidate(statement, "the practice's speech is limited", "", 0.0)
    elif says(r"{member}", statement.about):
        yield Candidate(statement, "speech with patients is protected", "", 0.0)


READER = Reader(
    "gag_clause", "the sections on communication with members", _protected_first, worded=worded
)
