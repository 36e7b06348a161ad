"""How far back the payer may take payments back, in months."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.reading import Candidate, Paper, Reader, with_note
from knowledge.terms.span_rules import SpanRule, spanned, spans

_TAKE_BACK = (
    r"(?:recover\w*|recoveries|recoup\w*|overpa\w+|refund\w*|offset\w*|set[- ]?off|adjust\w*"
    r"|reopen\w*"
    r"|tak\w+[ -]back"
    r"|retract\w*|reclaim\w*|repay\w*|retroactive\w*|deduct\w*|revers\w+|claw\w*"
    r"|ask for money back|return of (?:a |any |the )?(?:payment|money)|money back|"
    r"(?:give|pay|send)\w* (?:it|that|\w+ )?back|go(?:es)? back|look\w* back|call\w* back)"
)
_PAID = (
    r"(?:(?:original |claim |first |initial )?(?:pa(?:yment|id|ying|y)\b|remittance|adjudicat\w+"
    r"|processed"
    r"|date of service|paid date|payment date)|making it|paying it|it was made|they were made"
    r"|was made)"
)

RULE = SpanRule(
    topic=_TAKE_BACK,
    patterns=(
        (
            rf"{_TAKE_BACK}{{~~}}(?:within|up to|at most|more than|later than|beyond|exceed\w*"
            rf"|older than"
            rf"|after|for|over)"
            rf"{{~}}{{d}}{{~}}(?:of|after|from|following|since|before|prior){{~}}{_PAID}",
            0.9,
        ),
        (rf"{{d}}{{~}}(?:of|after|from|following|since){{~}}{_PAID}{{~~}}{_TAKE_BACK}", 0.85),
        (
            rf"(?:after|more than|later than|older than|within|once){{~}}{{d}}{{~}}(?:have"
            rf"|has|had)?{{~}}"
            rf"(?:passed|elapsed|gone by|{_PAID}){{~~}}{_TAKE_BACK}",
            0.8,
        ),
        (
            rf"{_TAKE_BACK}{{~~}}(?:look-?back|limited to|limitation|no more than"
            rf"|not more than){{~~}}{{d}}",
            0.8,
        ),
        (rf"(?:look-?back|limited to|limitation){{~~}}{{d}}{{~~}}{_TAKE_BACK}", 0.75),
        (
            rf"{_TAKE_BACK}{{~~}}(?:once|after|if|when){{~}}{{d}} (?:have |has )?"
            rf"(?:passed|elapsed|gone)",
            0.85,
        ),
        (
            rf"{_TAKE_BACK}{{~~}}(?:made|paid){{~}}(?:more than|over|within|in|during){{~}}{{d}}",
            0.85,
        ),
        (rf"{_TAKE_BACK}{{~~}}{{d}}{{~}}(?:of|after|from|following|since){{~}}{_PAID}", 0.75),
        (
            r"(?:paid|payments? (?:made|older)){~}{d}{~}(?:ago|earlier|before"
            r"|or more){~~}",
            0.6,
        ),
        (
            r"(?:go(?:es)?|look\w*|reach\w*) back(?: (?:no|more|further|for|than|only|at most"
            r"|up to))* {d}",
            0.8,
        ),
    ),
    caption=(
        r"overpay|recoup|recover|refund|tak\w+ (?:money |it )?back|retract|offset|set-?off"
        r"|look-?back"
        r"|how far back|paid in error|adjustment|money back|claw"
    ),
    captioned=(
        (rf"{{d}}{{~}}(?:of|after|from|following|since){{~}}{_PAID}", 0.8),
        (r"(?:paid|pa(?:yment|id)\w*){~}(?:more than|over|older than) {d}", 0.75),
    ),
    row=r"look-?back|recoup|overpay|recover|take-?back|refund",
    unit="months",
    unless=(
        r"receipt of|of (?:the |a |payer's )?(?:request|notice|demand|invoice)"
        r"|after (?:the )?(?:request"
        r"|notice|demand)|⟩ (?:of|after|from|following) (?:\w+ ){0,4}?(?:notice|notification)"
        r"|dispute"
        r"|appeal"
        r"|contest|provider (?:may|shall|must)"
        r" (?:request|submit|claim|notify|report|repay|refund)|underpa|identif|records?\b|retain"
        r"|(?:fraud|misrepresent)[^⟨]*⟨|federal|medicare secondary|coordination"
        r"|credit(?:ed)? balance"
        r"|extrapolat|shortfall|too little|provider (?:has|have|may)|statistical|projection|audit"
        r"|replacement|\bvoid|correct(?:ed|ion)|resubmi"
    ),
    unless_about=r"premium|timely filing|submission|underpay|records? retention",
    heading=r"overpay|recoup|recover|offset|adjust|taking|refund",
)
_NO_LIMIT = (
    r"at any time|no (?:time limit|lapse of time|limit (?:in|of) time|look-?back)"
    r"|without (?:time )?limit"
    r"(?:ation)?(?: (?:in|of|as to) time)?|regardless of (?:when|how long|the (?:date|time"
    r"|age))|of any age"
    r"|whenever (?:paid|made|found|discovered)|no limitation"
)


_EXCEPTION = (
    r"(?:limit|period|months|restriction)s?{~~}(?:do(?:es)?|shall|will) not apply"
    r"|(?:another|other|different) (?:payer|payor|insurer|carrier|plan|public program|coverage)"
    r"{~~}(?:primary|first|responsible|liable)|longer period"
    r"|retroactive(?:ly)? (?:loss|terminat|enrol|eligib|cancel|disenrol)"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Look-back limits, and clauses that set none; an exception's own limit is passed over."""
    for candidate in spans(RULE, paper):
        if says(_EXCEPTION, candidate.statement.full) and says(
            _EXCEPTION, candidate.statement.marked
        ):
            continue
        if candidate.value is not None:
            days = next(d.days for d in candidate.statement.durations if d.start == candidate.at)
            if days < 90:
                continue
        around = paper.around(candidate.statement)
        fraud = any(says("fraud|misrepresent", each.marked) for each in around)
        yield with_note(candidate, "fraud is outside the limit" if fraud else "")
    for statement in paper.about(_TAKE_BACK):
        text = statement.full
        payers = says(rf"payer{{~~}}(?:{_TAKE_BACK}|{_NO_LIMIT})", text) and says(_TAKE_BACK, text)
        if (
            payers
            and says(_NO_LIMIT, text)
            and not says(r"provider may|terminat|member|fraud", text)
        ):
            yield Candidate(statement, "no limit", "", 0.85)


READER = Reader(
    "recoupment_lookback_months",
    "the sections on overpayment and offset",
    candidates,
    spanned=spanned(RULE),
)
