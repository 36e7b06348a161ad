"""Who besides the payer may use the rates: affiliates, leased networks, other payers."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.terms.language.patterns import says
from knowledge.terms.language.statements import Statement
from knowledge.terms.reading import Candidate, Paper, Reader

_ACCESS = (
    r"(?:access|\buse[sd]?\b|using|avail|available|benefit|extend\w*|apply|applies|lease\w*"
    r"|rent(?:al|ed|s)?\b|sell\w*|sold|licen[cs]e\w*|grant\w*|share[sd]?\b|entitled to|make use"
    r"|\bget\b|pays? (?:at|under)|\blend|lent\b|enjoy)"
)
_RATES = (
    r"(?:rates?|discounts?|fee schedules?|compensation|pric(?:e|es|ing)|payment terms"
    r"|allowed amounts?|allowances?|{contract}|network|services)"
)
_AFFILIATE = (
    r"(?:affiliat\w+|subsidiar\w+|related compan\w+|parent|sister compan\w+|(?:corporate )?family"
    r"|common (?:ownership|control)|payer compan(?:y|ies)|group of companies)"
)
_LEASED = (
    r"(?:rental|\bleas(?:e|ed|es|ing)\b|\brent(?:ed|s)?\b|\bsell\w*|\bsold|third[- ]part(?:y|ies)"
    r"|\bother payers?\b|\bother payors?\b|\banother (?:payer|payor|network|entity|company)"
    r"|(?:alliance|client|access|participating|contracted|accessing) (?:payer|payor|entit)\w*"
    r"|network (?:lessees?|clients?)|brokers?|repric\w+|\bother (?:entities|organizations"
    r"|carriers|insurers|networks)|unaffiliated|partners?\b|outside the (?:programs|products)"
    r"|preferred access|discount (?:card|program|network)s?)"
)
_OTHER = (
    r"lower (?:rate|price)|less(?:er)? (?:than|compensation|rate)|favou?r|liab|insur(?:ance"
    r"|ed) (?:cover|limit)|indemn|workers'? comp"
    r"|confidential|disclos|trademark|logo|names?\b{~}use"
    r"|records?\b|third[- ]party beneficiar|recover|subrogat|software"
    r"|(?:assign|\bsell|hand (?:over|on)|transfer)\w*\b (?:or \w+ \w+ )?{contract}|delegat"
    r"|health care services to|people who shop"
)
_NAMED = (
    r"(?:only|solely|unless|except|until){~~}(?:list|named|consent|written|agree|sign)"
    r"|(?:written|prior) consent"
    r"|named (?:in|on)|listed (?:in|on) (?:exhibit|schedule|attachment)"
)
_NEVER = (
    r"(?:shall|may|will|can|does|do)(?:not| not| never)(?: \w+){0,3}? (?:rent|lease|sell|assign"
    r"|lend|grant|make available|give|let|allow|permit|share)"
    r"|neither payer{~}(?:shall|may|will) (?:\w+ ){0,3}?(?:rent|lease|sell|lend|grant|give|make)"
    r"|\b(?:no|nor) (?:rental|leas|third|other|affiliate){~~}(?:access|use|may)|(?:prohibit"
    r"|forbid)\w*"
)
_CONDITION = (
    r"may (?:use|access|take){~~}\b(?:only|solely|so long as|provided that|as long as)\b"
    r"|(?:only|solely) (?:for|if|while|when|so long as|to the extent)"
)
_CAPTION = (
    r"affiliat|access|rental|leas|other payers|who (?:may|can) use|share our network"
    r"|use of (?:this|the|our) (?:contract|agreement|rates?|prices?)|by others"
)


def candidates(paper: Paper) -> Iterator[Candidate]:
    """Clauses that open the rates to others, close them, or tie them to a list or condition."""
    found = [each for each in map(_read, paper.about(f"{_AFFILIATE}|{_LEASED}")) if each]
    scopes = {each.statement.scope for each in found}
    for scope in scopes:
        here = [each for each in found if each.statement.scope == scope]
        opened = {each.value for each in here}
        conditional = opened & {
            "affiliates under conditions",
            "only those listed or agreed to in writing",
        }
        wide = "leased or other networks" in opened
        for each in here:
            if conditional and each.value == "not allowed":
                continue
            if wide and each.value == "affiliates":
                continue
            both = each.value == "leased or other networks" and "affiliates" in opened
            value = "affiliates and leased or other networks" if both else each.value
            yield Candidate(each.statement, value, "", each.score)


def _read(statement: Statement) -> Candidate | None:
    """What one statement says of others' use of the rates, None for another matter."""
    text = statement.full
    captioned = says(_CAPTION, statement.heading)
    wide, near = says(_LEASED, text), says(_AFFILIATE, text)
    if not (wide or near) or not says(rf"{_ACCESS}{{~~}}{_RATES}|{_RATES}{{~~}}{_ACCESS}", text):
        return None
    if (says(_OTHER, text) or says(r"\bmeans\b", text)) and not captioned:
        return None
    strong = says(
        r"rates?\b|discount|fee schedule|pric(?:e|es|ing)\b|network|compensation|allow(?:ed|ance)"
        r"|{contract}",
        text,
    )
    score = (0.7 if strong else 0.5) + (0.1 if captioned else 0.0)
    if says(_NEVER, text) and not says(r"without{~}(?:consent|written)", text):
        return Candidate(statement, "not allowed", "", score)
    if says(_NAMED, text) or says(r"without{~~}consent", text):
        return Candidate(statement, "only those listed or agreed to in writing", "", score)
    if near and not wide and says(_CONDITION, text):
        return Candidate(statement, "affiliates under conditions", "", score + 0.02)
    if wide and says(r"payer|\bmay\b|shall|will|\bget\b", text):
        who = "affiliates and leased or other networks" if near else "leased or other networks"
        return Candidate(statement, who, "", score + 0.02)
    if near and says(r"\bmay\b|shall|will|appl(?:y|ies)|extend", text):
        return Candidate(statement, "affiliates", "", score)
    return None


def worded(paper: Paper, statement: Statement) -> Iterator[Candidate]:
    """What a clause says that its words alone show to be about others' use of the rates."""
    text = statement.full
    wide, near = says(_LEASED, text), says(_AFFILIATE, text)
    value = ""
    if says(rf"{_NAMED}|without{{~~}}consent|unless{{~~}}(?:agree|consent|list|name)", text):
        value = "only those listed or agreed to in writing"
    elif says(
        rf"{_NEVER}|\b(?:no|nobody|not|never)\b{{~}}(?:use|access|rent|lease|sell|lend|share)", text
    ):
        value = "not allowed"
    elif wide:
        value = f"{'affiliates and ' if near else ''}leased or other networks"
    elif near:
        value = "affiliates"
    if value:
        yield Candidate(statement, value, "", 0.0)


READER = Reader(
    "affiliate_access", "the sections on affiliates and network access", candidates, worded=worded
)
