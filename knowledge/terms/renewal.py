"""What happens when a term ends: it renews by itself, runs on, needs a new signature, or ends."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import compiled, says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader

_AUTOMATIC = (
    r"deemed (?:to be )?(?:renewed|extended)|automatic\w* (?:be )?(?:renew|exten|continu|roll)\w*"
    r"|(?:renew|exten)\w* (?:itself|automatically|by"
    r" itself)|(?:shall|will)(?: be)?(?: then| thereafter)? (?:be )?(?:renew"
    r"|exten)(?:ed)?\b(?! (?:only|by"
    r" (?:mutual|written)))|(?:is|are) (?:then |thereafter )?(?:renewed|extended)"
    r"|annual renewal|month[- ](?:to|by)[- ]month|renews?(?: by itself| thereafter| each"
    r"| every| for| on|,)|successive"
    r"|year[- ](?:to|by|after)[- ]year|evergreen|{x} at a time|rolls? (?:over|forward|on)"
    r"|self-renew"
    r"|(?:goes on|go on|continues?|runs? on|carr(?:y|ies) on|kept going|keeps? going|repeats?){~}"
    r"(?:for )?(?:another|a further|one more|each|every|an additional) (?:{x}|year|month|term"
    r"|period)"
)
_ON = (
    r"(?:continu\w+|remain\w*|stays?|go(?:es)? on|keeps? going|keeps? running|runs? on"
    r"|carr(?:y|ies) on|lasts?|extends?)"
)
_RUNS_ON = (
    rf"{_ON}(?: (?:thereafter|then|after that|in (?:full )?(?:force|effect)(?: and effect)?))*,?"
    r" (?:until|unless|till) (?:it is )?(?:terminated|ended|cancel\w*|either party)"
    rf"|{_ON}{{~~}}(?:until|unless|till) (?:[\w']+ ){{0,6}}?{{end}}"
    r"|(?:no|without a) fixed (?:end|term)|without (?:an end|end date)|indefinite|open-ended"
    r"|no (?:end|expiration) date|perpetual"
)
_OTHER_MATTER = (
    r"breach|default|care\b|treat|surviv|confidential|dispute|arbitrat|records?\b|rates?\b"
)
_BY_AGREEMENT = (
    r"not renew{~}unless{~}(?:sign|agree)|(?:renew|exten)\w*{~}requires?{~}(?:agree|writ|sign"
    r"|amend)"
    r"|(?:renew|exten)\w*{~}(?:only|solely){~}(?:agree|writ|consent)|(?:may"
    r"|shall) be (?:renewed|extended)"
    r"{~}(?:by|upon){~}(?:mutual|written|agree)|(?:mutual"
    r"|written) (?:written )?agreement to (?:renew|extend)"
)
_NO = (
    r"(?:shall|will|does) not (?:be )?(?:automatically )?renew|no (?:automatic |right of )?renewal"
    r"|(?:is|are) not renewable"
)
_PERIODS = (
    r"(?:later|each|every|next|new) (?:term|period)s? (?:is|are|of|lasts?|runs?)(?: for)? {d}",
    r"(?:successive|additional|further|consecutive|renewal|terms? of|periods? of|another"
    r"|each){~}{d}",
    r"{d} (?:renewal |successive |extension )?(?:terms?|periods?|extensions?)",
    r"(?:renew|exten)\w*{~}for{~}{d}",
    r"(?:renew|exten)\w*{~}(?:every|each) {d}",
    r"{d} at a time",
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Renewal clauses: by themselves with the length of each period, or how else."""
    topic = (
        r"renew|exten|successive|year[- ]to[- ]year|continu|evergreen|go(?:es)? on|another|rolls?"
        r"|how long|\bterm\b|duration|runs on|remain|indefinite"
    )
    for statement in paper.about(topic):
        text = statement.full
        if says(
            r"credential|licen[cs]e|insurance|authoriz|polic(?:y|ies) of|certif|reserves|lease of"
            r"|extend(?:s|ed)? (?:to|the benefits|hours)|time (?:for|to)|deadline",
            text,
        ) and not says(r"{contract}|\bterm\b", text):
            continue
        captions = r"\bterm\b|renew|duration|how long|\blength\b|lasts"
        bonus = 0.1 if says(captions, statement.heading) else 0.0
        if not bonus and not says(
            r"{contract}|(?:initial|current|renewal|original|first) term|^term\b"
            r"|\b(?:the|each|every|then current) term\b|year[- ]to[- ]year|thereafter{~}(?:year"
            r"|renew|term)",
            text,
        ):
            continue
        signed = r"(?:further term|renew|exten|another){~~}(?:writ|sign|agree)"
        if says(_NO, text) and says(signed, text) and not says(r"unless (?:either|one)", text):
            yield Candidate(statement, "only by written agreement", "", 0.75 + bonus)
        elif says(_NO, text) and not says(r"unless|if either|notice", text):
            yield Candidate(statement, "ends with its term", "", 0.7 + bonus)
        elif says(_BY_AGREEMENT, text) and not says("automatic", text):
            yield Candidate(statement, "only by written agreement", "", 0.75 + bonus)
        elif says(_AUTOMATIC, text):
            yield Candidate(statement, f"evergreen{_period(statement)}", "", 0.8 + bonus)
        elif says(_RUNS_ON, text) and not says(_OTHER_MATTER, text):
            after = r"after (?:that|this|the)|then\b|thereafter|following"
            strong = says(rf"{after}|without|fixed|indefinite|open-ended", text)
            score = (0.6 if strong else 0.55) + bonus
            yield Candidate(statement, "evergreen, runs until ended", "", score)


def _period(statement: Statement) -> str:
    """The length of each renewal period, read from the word of renewal on."""
    text = statement.full
    cue = says(r"renew|exten|successive|consecutive|additional|thereafter|after (?:the|that)", text)
    return _length(statement, text[cue.start() :] if cue else text) or _length(statement, text)


def _length(statement: Statement, text: str) -> str:
    for pattern in _PERIODS:
        for match in compiled(pattern).finditer(text):
            length = statement.durations[int(match["d"])]
            if "day" not in length.unit:
                return f", {length.months.normalize():f}-month periods"
    if says(r"month[- ](?:to|by)[- ]month", text):
        return ", 1-month periods"
    if says(
        r"year[- ](?:to|by|after)[- ]year|(?:each|every|another|a further|by the) year|annual"
        r"|yearly",
        text,
    ):
        return ", 12-month periods"
    return ""


_AGREED = r"(?:only|requires?|must|shall be|may be|by|until){~~}(?:agree|writ|sign|consent|mutual)"
_ENDS = (
    r"(?:last day|end|expir\w+) of (?:that|the|this) term{~}(?:shall |will )?(?:expire|end)s?"
    r"|(?:\bnot\b|\bno\b|\bnor\b|nothing|without){~}(?:renew|exten|continu|carries on)"
    r"|(?:then|simply) (?:ends|expires)"
)
_ENDLESS = r"until{~}(?:end|terminat|cancel|notice|called)|no (?:fixed )?end|indefinite|open-ended"


def worded(paper: Paper, statement: Statement) -> Iterator[Candidate]:
    """What a clause says that its words alone show to be about renewal."""
    text = statement.full
    automatic = says(_AUTOMATIC, text)
    if says(_ENDS, text) and not says(r"unless|if (?:either|one|neither)", text):
        signed = says(r"(?:new|further|renew|exten){~~}(?:\bwrit|\bsign|agree in)", text)
        value = "only by written agreement" if signed else "ends with its term"
        yield Candidate(statement, value, "", 0.0)
    elif says(_AGREED, text) and not automatic and not statement.durations:
        yield Candidate(statement, "only by written agreement", "", 0.0)
    elif (period := _period(statement)) or automatic:
        yield Candidate(statement, f"evergreen{period}", "", 0.0)
    elif says(_ENDLESS, text):
        yield Candidate(statement, "evergreen, runs until ended", "", 0.0)
    elif says(r"renew|exten|continu", text):
        yield Candidate(statement, "evergreen", "", 0.0)


READER = Reader("renewal", "the section on the term", candidates, worded=worded)
