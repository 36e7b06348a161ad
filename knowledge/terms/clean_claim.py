"""Days within which the payer pays a clean claim."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import clause, says
from knowledge.terms.language.quantities import Duration
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader, with_note
from knowledge.terms.span_rules import SpanRule, spanned, spans

_PAY = (
    r"(?:pay(?:s|ment|ments|ing)?\b|paid|adjudicat\w+|settl\w+|reimburs\w+|remit\b|process\w*"
    r"|finali[sz]\w+)"
)
_CLEAN = (
    r"(?:(?:clean|complete|undisputed|proper|properly submitted|uncontested|payable|correct|valid)"
    r" {claim}|{claim} (?:(?:that|which) (?:is|are) )?(?:ready (?:to pay|for payment)"
    r"|complete\b|clean\b))"
)
_AIM = (
    r"payer (?:aims?|tries|intends?|hopes?|expects?|plans|will (?:try|aim|seek|make)|endeavou?rs?"
    r"|seeks?|strives?|shall (?:endeavou?r|use|make))|(?:goal|target|objective|aim) (?:is|of) "
    r"|reasonable efforts|best efforts|whenever possible|where practicable"
)

RULE = SpanRule(
    topic=r"{claim}|prompt pay|payment",
    patterns=(
        (rf"{_PAY}{{~~}}{_CLEAN}{{~~}}{{d}}", 0.9),
        (rf"{_CLEAN}{{~~}}{_PAY}{{~~}}{{d}}", 0.9),
        (rf"{{d}}{{~~}}{_PAY}{{~}}{_CLEAN}", 0.85),
        (rf"{_PAY}{{~}}{{d}}{{~}}{_CLEAN}", 0.8),
        (rf"{{d}}{{~~}}{_CLEAN}{{~~}}{_PAY}", 0.8),
        (
            rf"{_PAY}{{~~}}{{claim}}{{~~}}(?:within|in|inside|no later than|not later than) {{d}}",
            0.7,
        ),
        (
            rf"within {{d}}{{~}}(?:of|after|from|following) (?:receipt|receiv\w+"
            rf"|payer receives|it arrives"
            rf"|payer gets){{~~}}{_PAY}",
            0.65,
        ),
        (
            rf"{_PAY}{{~~}}within {{d}}{{~}}(?:of|after|from|following){{~}}(?:receipt"
            rf"|receiv|arriv|get)",
            0.7,
        ),
    ),
    unit="days",
    unless=(
        r"pays? first|billed first|another (?:insurer|payer|plan)|submi|fil(?:e|ed|ing)\b"
        r"|appeal|\bdispute|additional information|more information"
        r"|requests? for"
        r"|refund|overpa|recoup|correct(?:ed|ion)|notif|past|late\b|(?<!no )(?<!not )later than"
        r"|after the due"
        r"|capitation|bonus|provider shall (?:re)?pay|not paid|unpaid|older|interest"
        r"|failure|fail(?:s|ed)? to|default|breach|timely filing|date of service|day of the visit"
    ),
    row=r"clean claims?|prompt pay|payment of claims|time to pay|claims? payment"
    r"|electronic claims?",
    unless_about=r"overpay|recoup|appeal|refund|interest|timely filing|submission|definitions? \|",
    heading=r"clean|prompt|payment|claims|paid",
)


_ANY = spanned(RULE)


def _spanned(statement: Statement, duration: Duration) -> Candidate | None:
    """A payment clock that its words make likely; one for paper claims alone is passed over."""
    text = statement.marked
    around = clause(text, text.find(f"⟨{statement.durations.index(duration)}⟩"))
    if says("paper|mail", around) and (len(statement.durations) > 1 or "|" in statement.raw):
        return None
    return _ANY(statement, duration)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Payment clocks; electronic and paper claims with clocks of their own give the first."""
    for candidate in spans(RULE, paper):
        text = candidate.statement.marked
        which = next(
            n for n, d in enumerate(candidate.statement.durations) if d.start == candidate.at
        )
        around = clause(text, text.find(f"⟨{which}⟩"))
        near = " ".join(each.marked for each in paper.beside(candidate.statement))
        row = "|" in candidate.statement.raw
        if (which or row) and says("paper|mail", around) and says("electronic", near):
            continue
        also = ""
        if says(r"electronic", text) and says("paper|mail", text):
            also = "for electronic claims; paper claims have a clock of their own"
        aim = "an aim, not a promise" if says(_AIM, text) else ""
        yield with_note(with_note(candidate, also), aim)


READER = Reader(
    "clean_claim_days", "the sections on payment of claims", candidates, spanned=_spanned
)
