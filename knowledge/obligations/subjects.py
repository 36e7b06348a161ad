"""Whose duty it is: the subject before a verb, the agent behind a passive, or its usual bearer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.obligations.duty import Who
from knowledge.obligations.phrases import (
    BOTH,
    ONE_PARTY,
    PROMISED_THAT,
    SUBORDINATE,
    THIRD,
)

_SIDE: dict[str, Who] = {"provider": "practice", "payer": "payer"}
_PARTY = (
    r"(?:the )?(?:each |every |any |all |such |no |its |their |an? )?(?:(?:participating|contracted"
    r"|network|individual|group|rendering|treating|terminating|affected|responsible|requesting|new"
    r"|covering|primary care) )?(?:provider|payer)s?\b"
)
_MORE = (
    r"(?:'s? (?:[\w-]+ ){0,3}[\w-]+)?(?:,? (?:and|or) (?:its|his|their|all|any|each|every|the)"
    r" (?:[\w-]+ ){0,4}[\w-]+)?(?:, (?!and\b|but\b|or (?:provider|payer))[^,;]{0,120},)?"
    r"(?: (?:who|that|which|of|with|for|\w+ing) [^,;]{0,70})?"
)
_SUBJECT = re.compile(rf"(?P<who>{BOTH}|{ONE_PARTY}|{_PARTY})(?P<more>{_MORE})\s*$")
_PRONOUN = re.compile(r"(?:^|[\s,;(])(?:it|they|he or she|he|she|each)\s*$")
_OBJECT = re.compile(
    r"\b(?:of|by|to|from|with|for|on|against|between|under|at|upon|notify|tell|give|gives|inform"
    r"|pay|pays|among|through|toward|owed|asks?|and its|in|about)\s*$"
)
_OPENS = re.compile(r"(?:\W|\d|\b[a-z]\b)*(?:if|when|whenever|where|once|after|before|should)\b")
_BEGINS = re.compile(
    r"^(?:\W|\d|section\b|article\b|[a-z]{1,4}[.)] )*(?:the )?(provider|payer)\b(?!'s)"
)
_RELATIVE = re.compile(r"\b(?:who|which|that)\s*$")
_AGENT = re.compile(r"^(?:be |been )?[^,;]{0,80}?\bby (?:the )?(?P<who>provider|payer)\b(?!'s)")
_RECIPIENT = re.compile(
    r"\b(?:sent|given|delivered|furnished|paid|repaid|returned|refunded|made|submitted|provided"
    r"|reported|mailed|transmitted|owed|shown|available|directed"
    r"|forwarded)\b[^,;]{0,40}?\bto (?:the )?"
    r"(?P<who>provider|payer)\b(?!'s)"
)
_FLIPS = re.compile(r"be (?:paid|reimbursed|compensated|notified|informed|told|given|furnished"
                    r"|provided|sent|credited|named)\b")  # fmt: skip
_AWAITS = re.compile(
    r"(?:(?:have|receive|get) (?:(?:the|an?|each|any|its|provider's|payer's|such|all)\s)*(?:\w+ )?"
    r"(?:claims?|bills?|notice|letter|payments?|applications?|records?|request|(?:first "
    r"|initial )?submission)|arrive|reach)\b"
)
_USUAL_WORDS: tuple[tuple[str, Who], ...] = (
    (r"\bover-?payments?\b.*\|.*(?:repaid|returned|refunded|reported|made)", "practice"),
    (
        r"\b(?:claims?|bills?|encounters?|encounter data|invoices?|statements)\b.*\|\s*(?:be |go"
        r" |reach|arrive|include|contain|identify|comply|use)"
        r"(?!.*\b(?:paid|adjudicated|processed|denied|decided|settled|reviewed)\b)",
        "practice",
    ),
    (r"\b(?:claims?|bills?)\b.*\|.*\b(?:paid|adjudicated|processed|decided|settled)", "payer"),
    (
        r"\b(?:payments?|interest|remittances?|explanations?|reimbursement|checks?|sums? due"
        r"|amounts? due)\b.*\|\s*(?:be |show|include|go)",
        "payer",
    ),
    (
        r"\b(?:records?|charts?|documentation|books)\b.*\|\s*be (?:\w+ )?(?:retained|kept"
        r"|maintained|preserved|made|furnished|produced|provided|stored|legible)",
        "practice",
    ),
    (
        r"\b(?:cards?|director(?:y|ies)|fee schedules?|rosters?|lists?|denials?|refusals?"
        r"|decisions?|criteria|polic(?:y|ies)|manual|handbook|price list|updates?|reports?"
        r"|amendments?|approvals?|determinations?|measures)\b.*\|\s*(?:be |show|state|include"
        r"|contain|give)",
        "payer",
    ),
    (r"\beligibility\b.*\|\s*be (?:verified|checked|confirmed)", "practice"),
    (
        r"\b(?:action|retaliation|steps?)\b.*\|\s*be taken .{0,30}against (?:the |an? "
        r"|any )?provider",
        "payer",
    ),
    (
        r"\b(?:corrections?|requests?|objections?|treatment plans?)\b.*\|\s*(?:be (?:here|made"
        r"|filed"
        r"|received|sent|submitted|in writing)|arrive|reach)",
        "practice",
    ),
    (
        r"\b(?:applications?|staff|clinicians?|physicians?|practitioners?|attestations?)\b.*\|",
        "practice",
    ),
    (
        r"\b(?:services?|approvals?|authorizations?|care)\b.*\|\s*be (?:\w+ )?(?:denied"
        r"|revoked|rescinded"
        r"|withdrawn|reversed|retracted)",
        "payer",
    ),
    (
        r"\b(?:notices?|disputes?|mediations?|arbitrations?|communications?|hearings?)\b.*\|\s*"
        r"(?:be |contain|state)",
        "both",
    ),
)
_USUAL = tuple((re.compile(words), who) for words, who in _USUAL_WORDS)


@dataclass(frozen=True)
class Subject:
    """who: whose duty, None where the clause is no main clause or speaks of someone else.

    named: it is the party itself, not inferred. negated: neither, no party. start: where the
    subject begins in the text before the verb. words: the subject as it stands.
    """

    who: Who | None
    named: bool
    negated: bool = False
    start: int = 0
    words: str = ""


def opening(words: str) -> Subject | None:
    """The party with which a statement begins, its number passed over; None for another start."""
    found = _BEGINS.match(words)
    return Subject(_SIDE[found[1]], True) if found else None


def subject_before(before: str, last: Subject | None) -> Subject:
    """The subject that stands at the end of the words before a verb.

    last: the subject of the verb before it, taken for "and shall …" and for "it".
    """
    clause = max(before.rfind(mark) for mark in ("; ", ". ", ": ")) + 1
    text = before[clause:]
    if last and re.search(r"(?:^|,|\band|\bor|\bbut|\bthen)(?: then| thereafter)?\s*$", text):
        return Subject(last.who, last.named, last.negated, clause + len(text), last.words)
    if pronoun := _PRONOUN.search(text):
        at = pronoun.start()
        ahead = text[:at]
        if _RELATIVE.search(ahead) and not PROMISED_THAT.search(ahead):
            return Subject(None, False)
        mentioned = party_before(before[: clause + at]) or (last.who if last else None)
        return Subject(mentioned, mentioned is not None, False, clause + at, "it")
    found = _found(text)
    if found is None:
        return Subject(None, False, False, clause + _noun_start(text), text[_noun_start(text) :])
    who, start = found["who"], clause + found.start()
    ahead = text[: found.start()]
    if SUBORDINATE.search(ahead) and not PROMISED_THAT.search(ahead):
        return Subject(None, True, False, start, "")
    if re.match(r"(?:neither|no )", who):
        return Subject("both", True, True, start, who)
    if re.search(r"\b(?:payer and (?:an? )?(?:\w+ )?$|provider and (?:an? )?(?:\w+ )?$)", ahead):
        return Subject("both", True, False, start, found[0])
    side = next((s for name, s in _SIDE.items() if re.search(rf"\b{name}s?\b", who)), None)
    if side is None or re.fullmatch(BOTH, who):
        side = "both"
    return Subject(side, True, False, start, found[0])


def _found(text: str) -> re.Match[str] | None:
    """The subject's match nearest the verb that is not the object of something before it."""
    best: re.Match[str] | None = None
    for start in (m.start() for m in re.finditer(r"\b", text)):
        match = _SUBJECT.match(text, start)
        if match and not _OBJECT.search(text[:start]):
            best = match
            if not re.search(r"\b(?:provider|payer|part(?:y|ies))\b", match["more"]):
                return match
            return match
    return best


def _noun_start(text: str) -> int:
    cuts = [m.end() for m in re.finditer(r", |\b(?:and|but) (?=(?:the|a|an|any|each|no)\b)", text)]
    return cuts[-1] if cuts and text[cuts[-1] :].strip() else 0


def party_before(text: str) -> Who | None:
    """The party that "it" means after some words: the subject of the condition that opens the
    sentence, else the party last named that was no object."""
    sentence = re.split(r"[.?] ", text)[-1]
    named = [
        (m.start(), m[1])
        for m in re.finditer(r"\b(provider|payer)\b(?!'s)", sentence)
        if not _OBJECT.search(re.sub(r"(?:the|such an?|an?|any|each) $", "", sentence[: m.start()]))
    ]
    if not named:
        return None
    opens = _OPENS.match(sentence)
    return _SIDE[(named[0] if opens else named[-1])[1]]


def bearer(subject: str, rest: str) -> Who | None:
    """Whose a duty is whose subject is no party, by its words and what follows the verb.

    subject: the words before the verb; rest: from the verb on. None where it is nobody's of
    the two.
    """
    agent = _AGENT.match(rest)
    if agent and re.search(r"\b(?:be|been|is|are)\b|^\w+ed\b", rest[: agent.end()]):
        return _SIDE[agent["who"]]
    head = re.split(r" (?:of|for|from|relating|to|under|in|on|by|that|which|with|who|concerning)\b",
                    subject.strip())[0]  # fmt: skip
    if THIRD.search(head[-40:]):
        return None
    to = _RECIPIENT.search(rest[:140])
    if to:
        return "payer" if to["who"] == "provider" else "practice"
    told = f"{head[-90:]} | {rest[:100]}"
    for pattern, who in _USUAL:
        if pattern.search(told):
            return who
    return None


def flipped(subject: Subject, rest: str) -> Who | None:
    """The party that acts where the named one is acted upon ("Provider shall be paid")."""
    if _AWAITS.match(rest) and subject.who in ("practice", "payer"):
        return "payer" if subject.who == "practice" else "practice"
    if not _FLIPS.match(rest) or subject.who not in ("practice", "payer"):
        return None
    agent = _AGENT.match(rest)
    if agent:
        return _SIDE[agent["who"]]
    return "payer" if subject.who == "practice" else "practice"
