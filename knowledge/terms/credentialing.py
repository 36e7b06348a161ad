"""Days within which the payer decides a credentialing application."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.reading import Candidate, Paper, Reader, with_note
from knowledge.terms.span_rules import SpanRule, spanned, spans

_DECIDE = (
    r"(?:decid\w+|decision|determin\w+|complet\w+|process\w*|conclude\w*|approv\w+|act (?:up)?on"
    r"|accept or reject|credential(?:s|ed|ing)?\b|finish\w*|answer\w*|make up|rule on)"
)

RULE = SpanRule(
    topic=r"credential|application|join(?:s|ing)? (?:the|our|payer)|new (?:practitioner"
    r"|physician|clinician|doctor|provider)",
    patterns=(
        (rf"(?:credential|application)\w*{{~~}}{_DECIDE}{{~~}}within {{d}}", 0.85),
        (rf"{_DECIDE}{{~~}}(?:credential|application)\w*{{~~}}{{d}}", 0.85),
        (rf"within {{d}}{{~~}}(?:credential|application)\w*{{~~}}{_DECIDE}", 0.8),
        (rf"within {{d}}{{~~}}{_DECIDE}{{~~}}(?:credential|application)", 0.8),
        (rf"{_DECIDE}{{~~}}(?:within|in|no later than|not to exceed|up to){{~}}{{d}}", 0.7),
        (rf"takes?{{~}}{{d}}{{~}}to {_DECIDE}", 0.75),
        (r"credentialing (?:period|time|decision|process){~~}{d}", 0.75),
        (r"(?:application|complete (?:file|packet)){~}(?:within|in|after) {d}", 0.7),
    ),
    unit="days",
    near=True,
    unless=(
        r"re-?credential|\bevery\b|acknowledg|confirm\w* receipt|incomplete|missing|appeal"
        r"|reconsider"
        r"|notify payer|provider (?:shall|will|must)[^⟨]*⟨|renew|lapse|expir|terminat|hearing"
        r"|{claim}"
        r"|directory|malpractice|adverse action|re-?examin|retroactive|no earlier than|before the"
        r"|before a new|provider (?:sends?|submits?|gives?|files?|asks?)[^⟨]*⟨|in any event|statute"
        r"|no longer than|absent|cover(?:s|ing) for|locum"
    ),
    unless_about=r"claims|authoriz|appeal|grievance|amend|re-?credentialing",
    heading=r"credential|join|new (?:physician|clinician|doctor|practitioner)|acceptance of",
    row=r"credential|application (?:review|decision)",
)
_WHOM = (
    r"credential|\bjoin|new (?:practitioner|physician|clinician|doctor|professional|provider)"
    r"|application(?: \w+){0,3} (?:complete|whole|received)|complete application|check (?:your"
    r"|our) clinicians"
)
_REACHES_BACK = (
    r"(?<!not )(?<!not be )retroactiv|(?:reach|relate|date|go)\w* back|back to the (?:date"
    r"|first day|day)"
    r"|as of the date (?:of|on which) (?:the |a |it )?(?:complete|application|applied|receiv)"
)
_DOES_NOT = (
    r"no (?:earlier|retroactive)|not (?:be )?retroactive|from the date on which payer|not go back"
    r"|earlier{~}(?:paid at nothing|not (?:be )?(?:payable|paid|covered))"
    r"|before (?:that|the) (?:day|date|effective date|approval){~}(?:not|out of network|unpaid"
    r"|at {~}cost)"
    r"|(?:begins?|effective|takes? effect|starts?|commences?){~}(?:after{~}approv\w+"
    r"|(?:date|day) of {~}(?:decision|approval)|on approval|upon approval)"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Decision times that stand with credentialing; when participation begins is noted."""
    for candidate in spans(RULE, paper):
        if not says(_WHOM, candidate.statement.about):
            continue
        around = " ".join(each.marked for each in paper.around(candidate.statement))
        note = ""
        if says(_DOES_NOT, around):
            note = "participation does not reach back"
        elif says(_REACHES_BACK, around):
            note = "participation reaches back"
        yield with_note(candidate, note)


READER = Reader(
    "credentialing_days", "the sections on credentialing", candidates, spanned=spanned(RULE)
)
