"""Criteria on what a text asks for: the ask, the next step, its days, and the way to a yes."""

from __future__ import annotations

import re
from datetime import timedelta

from evals.scenarios.cases import Scenario
from evals.scenarios.gold import Gold
from evals.scenarios.letter_text import DAYS, Text, days_in, numbers_in, sentences_of
from evals.scenarios.verdicts import Verdict, check
from evals.scenarios.workdays import is_workday

ASKING = re.compile(
    r"\b(?:we|I) (?:\w+ )?(?:ask|request|propose|want|seek|would like|are asking|need|accept|"
    r"dispute|object|write to|have asked|asked)\b|\bplease\b|\b(?:could|can|would|will|may) "
    r"(?:you|we|I|someone)\b|\b(?:our|the|my|this|a) (?:open )?(?:request|ask|proposal|counter\w*|"
    r"acceptance|dispute|notice)\b|\basks? (?:is|for)\b|\bcan sign\b|\bthank|\bhold to\b|"
    r"\bwould like to\b|\b(?:our|the) (?:number|price)(?: [a-z]+){0,4} is\b|\bdue (?:on|by)\b",
    re.I,
)
YEARLY = re.compile(r"\b(?:a|each|every|per) year\b|\byearly\b|\bannual|\bescalator", re.I)
ACTS = re.compile(
    r"\b(?:by|on|before|until|week of|could|can|would|please|meet|call|answer|reply|propose|send|"
    r"sign|confirm|talk|decide|write|let me know)\b",
    re.I,
)
BY = re.compile(r"\b(?:by|before|until|no later than)\s+(?:the )?(?:end of )?$", re.I)
REQUEST = re.compile(
    r"\?\s*$|\b(?:please|could you|can you|would you|let me know|tell me|may we|could we|"
    r"can we)\b|\ball (?:it takes|we need|I need)\b|^(?:reply|confirm|sign|send|call|write)\b|"
    r"\bwould help\b|\bis welcome\b|\banswer by\b[^.]*\bwould\b|\bI ask\b|\bwe ask\b",
    re.I,
)
STEPS = (
    r"\b(?:second|third|fourth|last|final)\b|\btwice\b|\b(?:two|three|four|five) (?:letters|mails|"
    r"emails|times|weeks|months|requests)\b",
    r"\b(?:weeks|months|days) (?:ago|since|without|later|have passed)\b",
    r"\b(?:director|manager|supervisor|above you|whoever|who decides|whom|someone else|vice "
    r"president|medical director|head of)\b",
    r"\b(?:section|exhibit|agreement|contract|C\.R\.S\.)\b",
    r"\$\d|\d%",
    r"\bby (?:Monday|Tuesday|Wednesday|Thursday|Friday)\b",
)
# Of a count, a time or a person another one is a step; of a clause, a sum or a day only the
# first is.
SAID_ANEW = STEPS[:3]
ADVICE = re.compile(r"\([^()]*confirm with counsel[^()]*\)", re.I)
FARTHEST = 90


@check
def understood(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """The message itself led to a draft of a fitting kind for the payer."""
    return Verdict(text.routed and text.wanted, "the message led to no such text")


@check
def ask_up_front(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """The first paragraph asks, and for what the scenario is about.

    Where it asks for "these" or "the following", the list right below it counts with it. A
    follow-up has asked before: there it is enough that the ask itself stands in it.
    """
    paragraphs = [p for p in text.paragraphs if len(p.split()) >= 8] or [""]
    asking = [s for s in sentences_of(paragraphs[0]) if ASKING.search(s)]
    below = any(re.search(r"\b(?:these|following|below)\b", s, re.I) for s in asking)
    said = [*asking, *(text.paragraphs[1:5] if below else ())]
    if scenario.stage.startswith("follow_up") and re.search(scenario.ask[0], paragraphs[0]):
        return Verdict(True)
    found = asking and any(re.search(p, s, re.I) for p in scenario.ask for s in said)
    return Verdict(bool(found), "the first paragraph does not ask")


@check
def one_ask(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """Sentences that ask name two percentages at most, a yearly step apart."""
    asked = set()
    for sentence in text.sentences:
        if ASKING.search(sentence) and not YEARLY.search(sentence):
            asked |= {n.value for n in numbers_in(sentence) if n.percent}
    return Verdict(len(asked) <= 2, f"{len(asked)} percentages asked")


@check
def next_step_dated(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """A sentence asks or says what to do by, on or before a working day ahead.

    In a letter any sentence will do; in a longer paper it stands in the last half.
    """
    sentences = text.sentences
    last = sentences if text.kind == "email" else sentences[-max(4, len(sentences) // 2) :]
    limit = scenario.by or text.today + timedelta(days=FARTHEST)
    for sentence in last:
        for day in days_in(sentence, text.today):
            ahead = text.today < day.on <= limit
            if ahead and is_workday(day.on) and ACTS.search(sentence):
                return Verdict(True)
    return Verdict(False, "no next step on a working day ahead")


@check
def dates_hold(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """Weekdays are right; a day by which something is asked lies ahead and is worked."""
    wrong = []
    for day in days_in(text.whole, text.today):
        if day.weekday and DAYS[day.on.weekday()] != day.weekday:
            wrong.append(f"{day.on} is no {day.weekday}")
    for sentence in text.sentences:
        if not REQUEST.search(sentence):
            continue
        for day in days_in(sentence, text.today):
            asked = BY.search(sentence[: day.start])
            if asked and (day.on <= text.today or not is_workday(day.on)):
                wrong.append(f"{day.on} is asked for")
    return Verdict(not wrong, "; ".join(wrong))


@check
def one_yes(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """The last two paragraphs hold one request, with one way to pass it on at most."""
    last = [ADVICE.sub("", p) for p in text.paragraphs[-2:]]
    asks = [s for p in last for s in sentences_of(p) if REQUEST.search(s)]
    return Verdict(1 <= len(asks) <= 2, f"{len(asks)} requests at the end")


@check
def earlier_step(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """A day on which the practice wrote before is named."""
    named = {day.on for day in days_in(text.whole, text.today)}
    return Verdict(bool(named & set(scenario.earlier)), "no earlier letter is dated")


@check
def firmer(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """A count, a time elapsed, a person, a clause, a sum or a day is new against the last."""
    before = text.before[-1] if text.before else ""
    new = [
        pattern
        for pattern in STEPS
        if _found(pattern, text.body) - _found(pattern, before)
        and (pattern in SAID_ANEW or not _found(pattern, before))
    ]
    return Verdict(bool(new), "no step further than the letter before")


def _found(pattern: str, body: str) -> set[str]:
    return {m.group(0).lower() for m in re.finditer(pattern, body, re.I)}
