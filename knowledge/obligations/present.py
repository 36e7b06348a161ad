"""Duties told in the present tense: "The Plan pays within thirty days", "Send us your bills"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.obligations.duty import Said, Who
from knowledge.obligations.phrases import ADVERBS, BOTH, NO_DUTY_NEGATED, ONE_PARTY, VERBS
from knowledge.obligations.subjects import Subject, party_before

_RECITAL = re.compile(
    r"recital|background|purpose|why (?:we|this|are|the)|whereas|definition|meaning|who is who"
    r"|what do our words|about us|standing\b"
)
_STAFF = (
    r"(?:the|that|its|payer's) (?:\w+ )?(?:unit|reviewer|committee|medical director|claims"
    r" department|help desk|contract team)"
)
_NAMED = (
    r"(?:(?:the |each |every )?(?:provider|payer)(?:'s (?:[\w-]+ )?(?:staff|office|clinicians?))?"
)
_SUBJECT = re.compile(
    rf"(?P<subject>{BOTH}|{ONE_PARTY}(?: (?:that|who|which) [^,;]{{0,60}}?)?|{_STAFF}"
    rf"|{_NAMED}(?:, (?!and |but |or )[^,;]{{0,80}},)?)|\bit\b|\bthey\b)\s+{ADVERBS}"
    r"(?P<verb>(?:does|do) not|[a-z-]+)\b"
)
_AND_NOT = re.compile(r"(?:,|\band|\bbut)\s+(?:does|do) not\s+")
_STARTS = re.compile(
    r"^(?:if|when|unless|that|which|who|where|until|because|as|than|whether|whenever|once|after"
    r"|before|while|although|though|since|or|no|any|a|an|the|so long)\b"
)
_OPENS = re.compile(
    r"^(?:(?:and|but|then|so|also|however|otherwise|in turn|in that case|for its part)?"
    r"|(?:and |but )?(?:by|within|on|at|upon|during|under|each|every|not later than|no later than"
    r"|together with|from|for|in"
    r"|with)\b[^,]*?(?<!that)(?<!which)(?<!when)(?<!day)(?<!date)(?<!as))$"
)
_IMPERATIVE = re.compile(
    r"^(?P<lead>(?:(?:if|when|before|after|once|whenever|for|in|within|at|by|on)\b[^,;]{0,140},\s+"
    r"|(?:first|then|next|second|third|finally|also|please)\b,?\s+)*)(?:please |always |only )?"
    r"(?P<neg>never |do not )?(?P<verb>[a-z-]+)\b"
)
_NO_COMMAND = re.compile(  # a noun that only looks like a command: "Change is ...", "List of"
    r"[a-z-]+ (?:is|are|was|of|from|by|and|may|will|must|shall|in which)\b"
)
_ASKS_PAYER = re.compile(
    r"\b(?:do|will|must|should) (?:we|payer) (?:promise|agree|do\b|owe)|\bour (?:promises|duties"
    r"|part\b|job|side)|\bwe (?:promise|agree)|what we (?:do|promise|agree|owe)"
)
_NOUN = re.compile(
    r"^(?:\W|\d)*(?:an? |the )?(?:\w+ )?(?P<noun>claims?|bills?|payments?)\s+(?P<verb>goes|go"
    r"|arrives?"
    r"|reach(?:es)?)\b"
)
_MEMBER = re.compile(
    r"\b(?:no|none|nothing)\b[^,;.]{0,60}?\b(?:may be|is|are|shall be|will be)\s+(?P<verb>asked"
    r"|charged"
    r"|billed|collected|sought|demanded)\b"
    r"(?=[^,;.]{0,30}\b(?:member|enrollee|patient|person|covered))"
)
_SENT = re.compile(
    r"\b(?:is|are)\s+(?P<verb>(?:sent|given|paid|delivered|furnished|mailed|reported|returned"
    r"|repaid|submitted|provided)\b[^,;]{0,40}?\bto (?:the )?(?P<who>provider|payer)\b(?!'s))"
)
_TIMED = re.compile(r"⟨\d+⟩|\bby\b|each|every|within")
_DEFINING = re.compile(r"\bmeans\b|\"[^\"]+\" (?:is|are|includes)")
_DOES_NO = re.compile(r"[a-z-]+ (?:no|nothing|none)\b(?! (?:more|less|later|fewer))")
_STATES = re.compile(r"pays? (?:no|nothing)|bears? no")  # no duty, only how matters stand


def present(words: str, heading: str, plain: bool, before: Subject | None) -> Iterator[Said]:
    """The duties that a folded statement tells in the present tense or as a command.

    plain: commands count ("Send us your bills"). before: as in `said`.
    """
    if _RECITAL.search(heading) or _DEFINING.search(words):
        return
    yield from _of_parties(words, before)
    yield from _of_others(words)
    if plain and (told := _command(words, heading)):
        yield told


def _of_parties(words: str, before: Subject | None) -> Iterator[Said]:
    """Main clauses whose subject is a party: "The Plan pays", "neither party publishes"."""
    last: Who | None = before.who if before else None
    for match in _SUBJECT.finditer(words):
        who = _who(match, words, last) if _is_main(words, match.start()) else None
        if who is None:
            continue
        last = who
        told = _of_clause(match, words, who)
        if told is None:
            continue
        yield told
        for more in _AND_NOT.finditer(words, told.verb):
            if not NO_DUTY_NEGATED.match(words[more.end() :]):
                yield Said(who, True, more.start(), more.end())


def _of_clause(match: re.Match[str], words: str, who: Who) -> Said | None:
    neither, verb = bool(re.match("neither|no party", match[0])), match.start("verb")
    if match["verb"].endswith(" not"):
        rest = match.end("verb") + 1
        if neither or NO_DUTY_NEGATED.match(words[rest:]):
            return None
        return Said(who, True, match.start(), rest)
    decides = who == "practice" and match["verb"].startswith("decide")
    if not _part(words[verb:]) and (decides or not _acts(match["verb"])):
        return None
    forbids = neither or bool(_DOES_NO.match(words[verb:]))
    if forbids and _STATES.match(words[verb:]):
        return None
    return Said(who, forbids, match.start(), verb)


def _of_others(words: str) -> Iterator[Said]:
    """Clauses whose subject is no party: "Claims go", "none may be asked", "is sent to"."""
    if noun := _NOUN.match(words):
        who: Who = "payer" if noun["noun"].startswith("pay") else "practice"
        yield Said(who, False, 0, noun.start("verb"), False)
    for match in _MEMBER.finditer(words):
        yield Said("practice", True, match.start(), match.start("verb"), False)
    for match in _SENT.finditer(words):
        if _TIMED.search(words):
            sender: Who = "payer" if match["who"] == "provider" else "practice"
            yield Said(sender, False, 0, match.start("verb"), False)


def _who(match: re.Match[str], words: str, last: Who | None) -> Who | None:
    subject = match["subject"]
    if subject in ("it", "they"):
        return party_before(words[: match.start()]) or last
    if re.match(
        r"neither|no |either|each (?:of|part|side)|both|the (?:two )?part|we both|an?y? ", subject
    ):
        return "both"
    if re.match(_STAFF, subject):
        return "payer"
    party = re.search(r"provider|payer", subject)
    if party and re.fullmatch(BOTH, subject):
        return "both"
    return None if party is None else "practice" if party[0] == "provider" else "payer"


def _is_main(words: str, at: int) -> bool:
    """Whether a subject begins a main clause: nothing subordinate stands open before it."""
    ahead = words[:at]
    cut = max(ahead.rfind(mark) for mark in (", ", "; ", ". ", ": ", "? ")) + 1
    chunk = re.sub(r"^(?:\W|\d|[ivx]+\.|[a-z][.)])*(?:\b[a-z]\.\s)?", "", ahead[cut:]).strip()
    if _OPENS.match(chunk):
        if chunk in ("and", "but") or not chunk:
            return not _open_condition(ahead[:cut])
        return True
    return bool(re.search(r"\b(?:and|but)$", chunk)) and not _STARTS.match(chunk)


def _open_condition(ahead: str) -> bool:
    """Whether the words up to a comma are a list within a relative clause."""
    return bool(
        re.search(r"\b(?:that|which|who)\b[^,;.]*,\s*(?:or|and)?\s*$", ahead)
    ) and not re.match(
        r"^(?:\W|\d|[a-z]\. )*(?:if|when|where|unless|after|before|upon|on|by|within|for|in"
        r"|with|to|at)\b",
        ahead,
    )


def _acts(verb: str) -> bool:
    stems = {verb, verb.removesuffix("s"), verb.removesuffix("es")}
    if verb.endswith("ies"):
        stems.add(verb[:-3] + "y")
    return bool(stems & VERBS)


def _part(words: str) -> bool:
    """Taking part, taking steps: "take" alone is no duty."""
    return bool(re.match(r"takes? (?:part|no |steps|care|all)", words))


def _command(words: str, heading: str) -> Said | None:
    marker = re.match(r"^(?:\W|\d|\b[a-z][.)]\s)*", words)
    at = marker.end() if marker else 0
    match = _IMPERATIVE.match(words[at:])
    if not match or match["verb"] not in VERBS:
        return None
    if not match["neg"] and _NO_COMMAND.match(words[at + match.start("verb") :]):
        return None
    who: Who = "payer" if _ASKS_PAYER.search(heading) else "practice"
    if re.search(r"do you|must you|should you|you (?:agree|promise)", heading):
        who = "practice"
    return Said(who, bool(match["neg"]), at, at + match.start("verb"))
