"""Days of notice before a change that the payer makes takes effect."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.amendment import BY_LAW, CHANGE, THING
from knowledge.terms.language.patterns import says
from knowledge.terms.reading import Candidate, Paper, Reader, with_note
from knowledge.terms.span_rules import SpanRule, spanned, spans

_NOTICE = (
    r"(?:notice|notif\w+|informed|advance|in writing|written|letter|posting|posted"
    r"|tell\w*|ahead|beforehand)"
)

RULE = SpanRule(
    topic=CHANGE,
    patterns=(
        (rf"{CHANGE}{{~}}{THING}{{~~}}{{d}}{{~}}{_NOTICE}", 0.85),
        (rf"{CHANGE}{{~}}{THING}{{~~}}{_NOTICE}{{~~}}{{d}}", 0.8),
        (rf"{_NOTICE}{{~}}{{d}}{{~}}(?:before|prior|in advance|ahead){{~~}}{CHANGE}", 0.8),
        (rf"{{d}}{{~}}{_NOTICE}{{~~}}{CHANGE}{{~}}{THING}", 0.85),
        (
            rf"{{d}}{{~}}(?:before|prior|in advance|ahead){{~~}}(?:{CHANGE}|effective"
            rf"|takes? effect)",
            0.75,
        ),
        (rf"{CHANGE}{{~~}}(?:effective|takes? effect|binding){{~}}{{d}}", 0.75),
        (
            rf"(?:{_NOTICE}|sent|mailed|given|announced|delivered){{~}}{{d}}{{~}}(?:before"
            rf"|prior|in advance"
            rf"|ahead)",
            0.75,
        ),
    ),
    row=r"amendment|notice of (?:an )?(?:amendment|change)|contract changes?"
    r"|changes? to (?:the )?contract",
    unit="days",
    unless=(
        r"\bobject|respond|reject|cure|terminat|address|roster|demographic|directory|location|site"
        r"|ownership|tax id|licens|vendor|tier|insurance|{claim}|office hours"
        r"|provider shall (?:give|"
        r"notify|provide|inform)|within {d} (?:of|after) (?:receipt|receiving"
        r"|the date of the notice)|\btalk|\bmeet\b|confer\b|negotiat|may (?:each )?end\b"
        r"|{contract} ends|\bends? {contract}|\bleave\b|measures|targets"
    ),
    unless_about=r"credential|insurance|directory|audit|record",
    heading=r"amend|modif|change",
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Notices of a payer's change; one that only the law forces counts less."""
    for candidate in spans(RULE, paper):
        text = candidate.statement.full
        if says(r"\bpolic(?:y|ies)\b|manual|procedure", text) and not says(
            r"{contract}|exhibit|schedule|rates?\b|fees?\b|compensation", text
        ):
            continue
        if not says(
            r"payer|amend|{contract}|parties|fee schedule|rates?\b", candidate.statement.about
        ):
            continue
        note = _to_object(paper, candidate)
        last = candidate.statement.heading.rsplit("|", 2)[-2:]
        if says(BY_LAW, f"{candidate.statement.heading} | {text}"):
            yield with_note(_weaker(candidate), "for changes that law requires")
        elif says(r"compensation|rates?\b|fees?\b|prices?\b", " ".join(last)) and not says(
            r"{contract}", text
        ):
            yield with_note(_weaker(candidate), "for changes of the rates")
        else:
            yield with_note(candidate, note)


def _to_object(paper: Paper, candidate: Candidate) -> str:
    """The days to object, read in the same clause: "15 days to object", or ""."""
    for each in paper.around(candidate.statement):
        for pattern in (r"object{~~}within {d}", r"within {d}{~~}object", r"{d}{~}to object"):
            if match := says(pattern, each.marked):
                return f"{each.durations[int(match['d'])].words} to object"
    return ""


def _weaker(candidate: Candidate) -> Candidate:
    return Candidate(
        candidate.statement,
        candidate.value,
        candidate.unit,
        candidate.score - 0.35,
        candidate.party,
        candidate.note,
        candidate.at,
    )


READER = Reader(
    "amendment_notice_days",
    "the section on amendments and changes",
    candidates,
    spanned=spanned(RULE),
)
