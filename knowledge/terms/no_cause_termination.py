"""Notice for ending the contract without a cause, in days, and who may give it."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.reading import Candidate, Paper, Reader, SpanRule, side, spans

_WITHOUT_CAUSE = (
    r"(?:without (?:any )?(?:cause|reason)|(?:with or|no) without cause|for convenience|no cause"
    r"|(?:for )?any (?:or no )?reason|no reason|for no cause|without (?:giving|stating|assigning)"
    r" (?:any |a )?(?:cause|reason)|not for cause|at its (?:sole )?(?:option|discretion))"
)

RULE = SpanRule(
    topic=r"{end}",
    patterns=(
        (rf"{_WITHOUT_CAUSE}{{~~}}{{d}}", 0.9),
        (rf"{{d}}{{~~}}{_WITHOUT_CAUSE}", 0.9),
        (rf"{{end}}{{~~}}at any time{{~~}}{{d}}", 0.75),
        (rf"at any time{{~}}{{end}}{{~~}}{{d}}", 0.75),
        (
            rf"(?:may|can|right to) (?:also |each )?{{end}}{{~}}{{contract}}{{~}}(?:by|on|upon|with)"
            rf"{{~}}{{d}}{{~}}(?:notice|notify|writing)",
            0.65,
        ),
        (
            rf"(?:may|can|right to) (?:also |each )?{{end}}{{~}}{{contract}}{{~}}giving{{~}}{{d}}",
            0.65,
        ),
    ),
    unit="days",
    unless=(
        r"breach|default|not renew|non-?renew|intention to (?:let|renew)|immediate|insolven"
        r"|cure|object|fails?\b|if payer (?:changes|amends)|material change|expiration|end of the"
        r" (?:initial|then)|initial term has|during the (?:initial|first)|continu(?:e|ity|ation)"
    ),
    unless_about=r"continu(?:ity|ation) of care|individual (?:practitioner|physician)|amendment",
    heading=r"without cause|no cause|convenience|terminat|ending",
    party=side,
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Spans of notice without cause, and clauses that rule such an ending out."""
    yield from spans(RULE, paper)
    for statement in paper.about(_WITHOUT_CAUSE):
        text = statement.full
        barred = says(
            rf"(?:neither|no) (?:party|side){{~}}(?:may|can|shall|has){{~~}}{_WITHOUT_CAUSE}"
            rf"|(?:may|can|shall) not(?: be)? {{end}}{{~~}}{_WITHOUT_CAUSE}",
            text,
        )
        if barred and says("{end}", text) and not statement.durations:
            yield Candidate(statement, "none", "", 0.85, note="the contract rules it out")


READER = Reader(
    "no_cause_termination_days", "the sections on term and termination", candidates, apart=True
)
