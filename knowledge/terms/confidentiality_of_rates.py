"""Whether rates are confidential, and whether the practice may show them to its advisers."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader

_SECRET = (
    r"confidential|not (?:to )?(?:be )?(?:disclos|reveal|shar|discuss|show|tell|publish)\w*"
    r"|(?:neither|no) (?:party|side|of us|one){~}(?:disclos|reveal|publish|shar|show|tell)\w*"
    r"|secrets?\b|divulg|in"
    r" confidence|proprietary|keep{~}(?:private|to (?:itself|themselves|yourself))|non-?disclosure"
)
_RATES = (
    r"rates?\b|compensation|fee schedules?|fees\b|pric(?:e|es|ing)|reimbursement"
    r"|payment terms|exhibit"
    r"|schedule \w|price list|amounts? in (?:attachment|exhibit|schedule)|payment attachment"
    r"|allowed amounts?|allowances?|what (?:payer|provider) (?:is )?pa(?:ys?|id)"
    r"|financial terms|terms (?:and conditions )?of (?:this|the) (?:agreement|contract)"
    r"|(?:agreement|contract)'s terms|(?:this|the) (?:agreement|contract) (?:is|are|and its terms)"
)
_ADVISERS = r"advis[eo]rs?|attorneys?|lawyers?|legal counsel|accountants?|consultants?|counsel\b"
_OPEN = (
    r"(?:may(?! not)|is free to|are free to|not (?:prohibit|restrict|prevent"
    r"|forbid)){~}(?:disclose|share|show|discuss|reveal|tell)"
)
_TO_SOME = (
    r"(?:disclos|reveal|shar|show|publish)\w*{~~}(?:to|with) (?:the |a "
    r"|any )?(?:public(?! (?:authorit|agenc|bod|record|official))|competitor|press|media)"
)
_ALLOWS = (
    r"\bmay\b|\bcan (?:show|see|tell|share|give)|\bfine to|free to|okay|not (?:apply|include|cover)"
    r"|except|other than|permit|allow|exclud"
)
_REFUSES = (
    r"not (?:been )?(?:approved|authori[sz]ed)|without{~}consent|takes in|includes|including|nor\b"
)
_OTHER = (
    r"surviv|stays? in force|continues? after|protected health|patient (?:record|information)"
    r"|medical records?|hipaa"
    r"|peer review|{member}"
    r" (?:information|records?)|phi\b|individually identifiable"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Secrecy clauses that reach the rates; what advisers may see is read beside them."""
    for statement in paper.about(rf"{_SECRET}|disclos|share"):
        text = statement.full
        if says(_OTHER, text) and not says(r"\brates?\b|fee schedule|compensation", text):
            continue
        secret = says(_SECRET, text) or (
            says("confidential", statement.heading) and says("disclos|share|reveal", text)
        )
        if not secret or not says(_RATES, text):
            continue
        rates = says(
            r"\brates?\b|fee schedules?|compensation|reimbursement|pric(?:e|es|ing)"
            r"|allowed amount|allowance|payment attachment|amounts? in",
            text,
        )
        near = [
            each for each in paper.beside(statement) if abs(each.start - statement.start) < 1200
        ]
        score = (0.85 if rates else 0.65) + (0.08 if says("confiden", statement.heading) else 0.0)
        value = "confidential; no exception for advisers"
        if any(_shown_to_advisers(each) for each in near):
            value = "confidential; advisers may see them"
        elif says(rf"{_TO_SOME}", text) and not says(
            r"\bany(?:one| third| other)|no one|third part", text
        ):
            value = "confidential toward competitors and the public"
        if (
            says(rf"{_NO_SECRET}|{_OPEN}", text)
            and not says(_BY_LAW, text)
            and not says(_ADVISERS, text)
        ):
            value = "may be shared"
        yield Candidate(statement, value, "", min(score, 0.95))


def _shown_to_advisers(statement: Statement) -> bool:
    """Whether a statement lets advisers see what is confidential."""
    text = statement.marked
    if not says(_ADVISERS, text) or not says(_ALLOWS, text):
        return False
    barred = (
        rf"(?:{_REFUSES})(?:(?!\bmay\b|\bonly\b|\bexcept|other than).){{0,160}}?(?:{_ADVISERS})"
        rf"|(?:{_ADVISERS}){{~~}}(?:not (?:been )?approved)"
    )
    allowed = (
        rf"(?:\bmay\b|\bcan\b|\bfine\b|free to|okay|not apply|except|other than|permit\w*"
        rf"|exclud\w*){{~~}}(?:{_ADVISERS})"
        rf"|(?:{_ADVISERS}){{~~}}(?:is|are|shall be) (?:allowed|permitted|excepted)"
    )
    return bool(says(allowed, text)) and not says(barred, text)


_BY_LAW = r"\blaws?\b|regulat|agency|\bcourt|subpoena"
_NO_SECRET = (
    r"(?:\bnot\b|\bno\b) (?:be )?(?:considered |deemed )?(?:confidential|secret)"
    r"|nothing{~~}(?:prevent|prohibit|stop|forbid)|whom(?:so)?ever"
    r"|anyone (?:you|it) (?:like|choose)"
)


def worded(paper: Paper, statement: Statement) -> Iterator[Candidate]:
    """What a clause says that its words alone show to be about the secrecy of the rates."""
    text = statement.full
    near = [each for each in paper.beside(statement) if abs(each.start - statement.start) < 1200]
    if any(_shown_to_advisers(each) for each in near):
        value = "confidential; advisers may see them"
    elif says(rf"{_NO_SECRET}|{_OPEN}", text) and not says(_BY_LAW, text):
        value = "may be shared"
    elif says(rf"{_TO_SOME}|competitor", text) and not says(r"\bany(?:one| third)|no one", text):
        value = "confidential toward competitors and the public"
    elif says(rf"{_SECRET}|disclos|reveal|shar|show", text):
        value = "confidential; no exception for advisers"
    else:
        return
    yield Candidate(statement, value, "", 0.0)


READER = Reader(
    "confidentiality_of_rates", "the sections on confidentiality", candidates, worded=worded
)
