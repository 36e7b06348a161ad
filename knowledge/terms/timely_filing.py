"""Days from the service within which a first claim must be filed."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.reading import Candidate, Paper, Reader, with_note
from knowledge.terms.span_rules import SpanRule, spanned, spans

_SERVICE = (
    r"(?:date|day|month)?{~}(?:service|discharge|\bcare\b|treatment|treated|visit|render\w*"
    r"|furnish\w*|provided|performed|encounter|seen|sees? (?:the |a |our )?{member}|saw\b"
    r"|delivered|\bdos\b)"
)
_FILE = (
    r"(?:submi\w+|fil(?:e|ed|ing)\b|sen[dt]\b|sending|bill(?:s|ed|ing)?\b|receiv\w+|reach\w*"
    r"|deliver\w*|present\w*|transmi\w+|arriv\w+|lodge\w*|get to|in payer's hands|made|tender\w*"
    r"|payer (?:must )?(?:have|get)|turn(?:ed)? in|mail(?:ed)?\b|accept\w*)"
)

RULE = SpanRule(
    topic=r"{claim}|submission|billing|filing",
    patterns=(
        (
            rf"{{claim}}{{~~}}{_FILE}{{~~}}{{d}}{{~}}(?:of|after|from|following"
            rf"|since){{~}}{_SERVICE}",
            0.9,
        ),
        (
            rf"{_FILE}{{~~}}{{claim}}{{~~}}{{d}}{{~}}(?:of|after|from|following"
            rf"|since){{~}}{_SERVICE}",
            0.9,
        ),
        (rf"{{claim}}{{~~}}{{d}}{{~}}(?:of|after|from|following|since|past){{~}}{_SERVICE}", 0.8),
        (rf"{{d}}{{~}}(?:of|after|from|following|since){{~}}{_SERVICE}{{~~}}{_FILE}", 0.75),
        (rf"{_FILE}{{~~}}{{d}}{{~}}(?:of|after|from|following|since){{~}}{_SERVICE}", 0.7),
        (r"(?:filing|submission) (?:limit|deadline|window|period|time ?frame)s?{~}{d}", 0.75),
        (
            r"{d} (?:timely )?(?:filing|submission) (?:limit|deadline|window|period|requirement)",
            0.75,
        ),
        (r"timely (?:filing|submission|filed)?{~}{d}", 0.65),
        (rf"{{d}}{{~}}(?:from|after|of|following){{~}}{_SERVICE}{{~}}to {_FILE}", 0.8),
        (rf"(?:deadline|time limit|cut-?off)s?{{~}}{_FILE}{{~}}{{d}}", 0.75),
        (r"{d}{~}(?:to|in which to|within which to) (?:submit|file|send|bill)", 0.65),
        (
            rf"(?:late|untimely|stale){{~~}}{{d}}{{~}}(?:of|after|from|since|past){{~}}{_SERVICE}",
            0.75,
        ),
    ),
    caption=(
        r"timely (?:filing|submission)|(?:filing|submission) (?:limit|deadline|period|time|window)"
        r"|time (?:for|to|of) (?:fil|submi|claim|bill|send)|(?:claims?|bill) (?:submission|filing)"
        r"|submi\w+ (?:of )?(?:claims|bills)|filing (?:of )?(?:claims|bills)|when to (?:bill"
        r"|send|file)"
        r"|how soon|when (?:must|do|should) (?:you|i|we) (?:bill|file|send|submit)"
        r"|how long do (?:you|i|we) have|late (?:claims|bills)|send\w* (?:us )?(?:your "
        r"|a )?(?:claims|bill)"
    ),
    captioned=(
        (rf"{{d}}{{~}}(?:of|after|from|following|since|past){{~}}{_SERVICE}", 0.75),
        (rf"(?:{_FILE}|within|no later than|not later than) {{d}}", 0.62),
    ),
    row=(
        r"timely filing|filing (?:limit|deadline|period|time)|claims? (?:submission|filing)"
        r"|(?:initial|first|original|new) (?:claim|bill|submission)s?"
        r"|submi\w+ (?:of )?(?:a )?claims?"
        r"|fil\w+ (?:of )?(?:a )?claims?|time to (?:file|submit|bill)"
    ),
    unit="days",
    unless=(
        r"appeal|reconsider|\bdispute|review|correct(?:ed|ion)|replacement|adjust|resubmi|record"
        r"|retain|primary|other (?:insur|payer|payor|coverage|carrier)|another (?:insur"
        r"|payer|payor|plan"
        r"|carrier)|pays? first|billed first|third[- ]part|explanation of|coordination"
        r"|secondary|overpa|refund|recover"
        r"|interest|retroactiv|remittance|eligibility is|newborn|premium|authoriz|notif|summar"
        r"|{member} (?:must|shall|should|may|will) (?:submit|file|send)|medical director"
        r"|incident|encounter data|take back|took back|encounter reports?"
    ),
    unless_about=r"appeal|overpay|recoup|record retention|credentialing|definitions? \|",
    heading=r"claim|filing|submission|billing|getting paid|time limit",
)
_STOPS = (
    (
        "another payer comes first",
        r"primary|coordination|other (?:insur|payer|payor|coverage|carrier)"
        r"|another (?:insur|payer|payor|plan|carrier)|pays? first|billed first"
        r"|third[- ]part|secondary",
    ),
    ("coverage is granted later", r"retroactiv|retro-|coverage was granted|eligibility is"),
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Filing limits of first claims; what stops the clock goes into the note."""
    for candidate in spans(RULE, paper):
        beside = paper.beside(candidate.statement)
        told = [
            f"its own rule where {case}"
            for case, words in _STOPS
            if any(says(words, each.marked) and each.durations for each in beside)
        ]
        yield with_note(candidate, "; ".join(told))


READER = Reader(
    "timely_filing_days", "the sections on claims and billing", candidates, spanned=spanned(RULE)
)
