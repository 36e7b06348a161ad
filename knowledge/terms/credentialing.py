"""Days within which the payer decides a credentialing application."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.reading import Candidate, Paper, Reader, SpanRule, spans, with_note

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
        (r"credentialing (?:period|time|decision|process){~~}{d}", 0.75),
        (r"(?:application|complete (?:file|packet)){~}(?:within|in|after) {d}", 0.7),
    ),
    unit="days",
    unless=(
        r"re-?credential|every|acknowledg|confirm\w* receipt|incomplete|missing|appeal|reconsider"
        r"|notify payer|provider (?:shall|will|must)|renew|lapse|expir|terminat|hearing|{claim}"
        r"|directory|malpractice|adverse action|re-?examin|retroactive|no earlier than|before the"
    ),
    unless_about=r"claims|authoriz|appeal|grievance|amend|re-?credentialing",
    heading=r"credential|joining|new (?:physician|clinician|doctor)",
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Decision times that stand with credentialing; when participation begins is noted."""
    for candidate in spans(RULE, paper):
        if not says(r"credential|join|new (?:practitioner|physician|clinician|doctor)",
                    candidate.statement.about):  # fmt: skip
            continue
        around = " ".join(each.marked for each in paper.beside(candidate.statement))
        note = ""
        if says(r"retroactive|back to the date|as of the date (?:of|on which) (?:the |a "
        r"|it )?(?:complete"
                r"|application|applied|receiv)", around):  # fmt: skip
            note = "participation reaches back"
        elif says(
            r"no (?:earlier|retroactive)|not (?:be )?retroactive|from the date on which payer",
            around,
        ):
            note = "participation does not reach back"
        yield with_note(candidate, note)


READER = Reader("credentialing_days", "the sections on credentialing", candidates)
