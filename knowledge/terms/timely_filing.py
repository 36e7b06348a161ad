"""Days from the service within which a first claim must be filed."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.reading import Candidate, Paper, Reader, SpanRule, spans, with_note

_SERVICE = (
    r"(?:date|day|month)?{~}(?:service|discharge|care\b|treatment|treated|visit|render\w*"
    r"|furnish\w*|provided|performed|encounter|seen)"
)
_FILE = (
    r"(?:submi\w+|fil(?:e|ed|ing)\b|sen[dt]\b|bill(?:s|ed|ing)?\b|receiv\w+|reach\w*|deliver\w*"
    r"|present\w*|transmi\w+|arriv\w+|lodge\w*|get to|in payer's hands|made|tender\w*)"
)

RULE = SpanRule(
    topic=r"{claim}|submission|billing|filing",
    patterns=(
        (
            rf"{{claim}}{{~~}}{_FILE}{{~~}}{{d}}{{~}}(?:of|after|from|following|since){{~}}{_SERVICE}",
            0.9,
        ),
        (
            rf"{_FILE}{{~~}}{{claim}}{{~~}}{{d}}{{~}}(?:of|after|from|following|since){{~}}{_SERVICE}",
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
    ),
    unit="days",
    unless=(
        r"appeal|reconsider|\bdispute|review|correct(?:ed|ion)|replacement|adjust|resubmi|record"
        r"|retain|primary|other (?:insur|payer|payor|coverage|carrier)|another (?:insur"
        r"|payer|payor|plan"
        r"|carrier)|pays? first|billed first|third[- ]part|explanation of|coordination"
        r"|secondary|overpa|refund|recover"
        r"|interest|retroactiv|remittance|eligibility is|newborn|premium|authoriz|notif|summar"
        r"|medical director|incident"
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


READER = Reader("timely_filing_days", "the sections on claims and billing", candidates)
