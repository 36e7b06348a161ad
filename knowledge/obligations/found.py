"""The verbs of one statement that put a duty on someone, each with its bearer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.obligations.duty import Said, Who
from knowledge.obligations.phrases import (
    ADVERBS,
    INVERTED,
    JOB,
    LIST_OF,
    MODAL,
    NEGATION,
    NO_DUTY,
    NO_DUTY_NEGATED,
    SUBORDINATE,
    TAIL,
)
from knowledge.obligations.present import present
from knowledge.obligations.subjects import Subject, bearer, flipped, opening, subject_before

_SIDE: dict[str, Who] = {"provider": "practice", "payer": "payer"}
_ASIDE = re.compile(r"\s*,[^,;]{0,110},(?=\s*[a-z])")
_STARTS_SUBORDINATE = re.compile(
    r"\s*(?:if|when|unless|that|which|who|where|until|because|as|than|whether|nothing|no)\b"
)
_ITEM = re.compile(r"^\W*(?:\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s+)?(?:and |or )?(?:to )?")
_NO_ITEM = re.compile(r"^(?:the|an?|any|all|each|every|such|its|their|no|either|both|where|if|when"
                      r"|other|one|that|this|these|for|by|in|on|at|of)\b")  # fmt: skip
_OWN = re.compile(
    r"(?:\w+ ?)?(?:its|their|his|provider's|payer's) own\b|(?:its|their) (?:acts|decisions)\b"
)
_HAS_DAYS = re.compile(
    r"\b(?P<subject>provider|payer) (?:shall have|has|have"
    r"|will have) (?:\w+ ){0,3}?⟨\d+⟩[^,;.]{0,40}? to"
    r" (?=(?:repay|pay|answer|respond|supply|submit|return|correct|provide|furnish|refund|reply"
    r"|deliver|cure|dispute|contest)\b)"
)
_IN_NO_EVENT = re.compile(
    r"\s*,?\s*(?:in no event|under no circumstances?|at no time)\b[^.;]{0,200}?(?=\b(?:bill"
    r"|charge|collect"
    r"|seek|ask|hold|look|disclose|impose|deny)\b)"
)
_RELEASED = re.compile(r"\b(?:has|have|need|needs|ought|required|obligated|obliged|bound"
                       r"|expected|responsible) (?:not )?to$|responsible for$")  # fmt: skip


def said(words: str, lead: str, heading: str, plain: bool, before: Subject | None) -> list[Said]:
    """Every duty that a folded statement puts, in order.

    lead: the words that introduce its list. heading: its captions. plain: the paper speaks of
    you and us. before: the subject of the statement before it, for "it".
    """
    found: list[Said] = []
    taken: list[tuple[int, int]] = []
    for each in (*_set_forms(words), *_modals(words, before)):
        if each[0] is not None:
            found.append(each[0])
        taken.append(each[1])
    inherited = None if found else _of_list(words, lead)
    if inherited:
        found.append(inherited)
    for other in present(words, heading, plain and not inherited, before):
        if not any(low <= other.verb <= high for low, high in taken):
            found.append(other)
    found.sort(key=lambda each: each.verb)
    return [each for n, each in enumerate(found) if not n or each.verb != found[n - 1].verb]


def _set_forms(words: str) -> Iterator[tuple[Said | None, tuple[int, int]]]:
    for match in INVERTED.finditer(words):
        who = _SIDE.get(match["subject"], "both")
        verb = _verb_at(words, match.end())
        kept = not NO_DUTY_NEGATED.match(words[verb:])
        yield Said(who, True, match.start(), verb) if kept else None, (match.start(), verb)
    for match in _HAS_DAYS.finditer(words):
        if not SUBORDINATE.search(words[: match.start()]):
            yield (Said(_SIDE[match["subject"]], False, match.start(), match.end()),
                   (match.start(), match.end()))  # fmt: skip
    for match in JOB.finditer(words):
        verb = _verb_at(words, match.end())
        yield Said(_SIDE[match["subject"]], False, match.start(), verb), (match.start(), verb)


def _modals(words: str, before: Subject | None) -> Iterator[tuple[Said | None, tuple[int, int]]]:
    last: Subject | None = None
    set_forms = [m.span() for form in (INVERTED, JOB, _HAS_DAYS) for m in form.finditer(words)]
    for match in MODAL.finditer(words):
        at = match.start()
        if any(low <= at < high for low, high in set_forms):
            continue
        if re.search(r"\b(?:at|not|do|does|did)\s*$", words[:at]):
            continue
        subject = subject_before(words[:at], last or opening(words) or before)
        negated = bool(re.search(r"\bnot\b", match["modal"])) or match["modal"] == "cannot"
        rest = match.end()
        if negation := NEGATION.match(words, rest):
            negated, rest = True, negation.end()
        if never := _IN_NO_EVENT.match(words, rest):
            negated, rest = True, never.end()
        verb = _verb_at(words, rest)
        last = subject
        yield _judged(words, match["modal"], subject, negated, verb), (at, verb)


def _judged(words: str, modal: str, subject: Subject, negated: bool, verb: int) -> Said | None:
    rest = words[verb:]
    if not rest.strip(" .,;:") or (TAIL.fullmatch(rest) and rest.rstrip().endswith(":")):
        return None
    if (negated or subject.negated) and _RELEASED.search(modal) and "not to" not in modal:
        return None
    forbids = negated or subject.negated
    if modal == "may" and not forbids:
        return None
    if not negated and subject.who is not None and (who := flipped(subject, rest)):
        return Said(who, subject.negated, subject.start, verb, False)
    if (NO_DUTY_NEGATED if forbids else NO_DUTY).match(rest):
        return None
    if subject.who is not None:
        if flipped(subject, rest) or (modal.endswith("for") and _OWN.match(rest)):
            return None
        return Said(subject.who, forbids, subject.start, verb)
    if subject.named or not subject.words.strip():
        return None
    if _STARTS_SUBORDINATE.match(subject.words) or SUBORDINATE.search(words[: subject.start]):
        return None
    if re.search(r"\b(?:who|which|that)\s*$", subject.words):
        return None
    other = bearer(subject.words, rest)
    return Said(other, forbids, subject.start, verb, False) if other else None


def _of_list(words: str, lead: str) -> Said | None:
    """The duty of a list's item whose lead ends in the subject and the modal."""
    if not lead:
        return None
    item = _ITEM.match(words)
    verb = item.end() if item else 0
    verb = _verb_at(words, verb)
    if _NO_ITEM.match(words[verb:]) or not words[verb:].strip(" .;,"):
        return None
    if of := LIST_OF.search(lead):
        return Said(_SIDE[of["of"] or of["has"]], False, verb, verb)
    modals = list(MODAL.finditer(lead))
    if not modals:
        return None
    modal = modals[-1]
    tail = lead[modal.end() :]
    negation = NEGATION.match(tail)
    if negation:
        tail = tail[negation.end() :]
    if not TAIL.fullmatch(tail):
        return None
    subject = subject_before(lead[: modal.start()], None)
    if subject.who is None:
        return None
    forbids = bool(negation) or subject.negated or " not" in modal["modal"]
    if (NO_DUTY_NEGATED if forbids else NO_DUTY).match(words[verb:]):
        return None
    return Said(subject.who, forbids, verb, verb)


def _verb_at(words: str, at: int) -> int:
    """The place of the verb after a modal: asides and adverbs are passed over."""
    for _ in range(2):
        aside = _ASIDE.match(words, at)
        at = aside.end() if aside else at
        space = re.compile(rf"\s*{ADVERBS}").match(words, at)
        at = space.end() if space else at
    return at
