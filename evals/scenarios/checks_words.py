"""Criteria on how a text is worded: length, tone, what it may not say, and its form."""

from __future__ import annotations

import re
from functools import cache

from evals.scenarios.cases import Scenario, data
from evals.scenarios.gold import Gold
from evals.scenarios.letter_text import Text, numbers_in, of_words
from evals.scenarios.reading import grade
from evals.scenarios.verdicts import Verdict, check

GRADES = (4.0, 12.0)
CONTACTS = {
    "Granite Peak Health Plan": ("Robin", "Sample"),
    "Kestrel National Health": ("Jamie", "Sample"),
    "Wolf Creek Mutual": ("Alex", "Sample"),
}
OTHER_DESKS = ("underpayment", "credentialing", "escalation")
NOBODY = re.compile(
    r"^(?:hello|hi|good (?:morning|afternoon|day)|dear|to)(?:,? (?:(?:all|there|team|colleagues?|"
    r"everyone|the|provider|network|contracting|relations|partnerships|department|director|of|"
    r"credentialing|claims|professional|agreements|operations|office|and)\b,? ?)*)?[,:.]?$",
    re.I,
)
COMMIT = re.compile(
    r"\b(?:(?P<held>can|could|may|might|must|shall|should|do|did|if|once|when|until|that|us) )?"
    r"(?:we|I)(?:(?: will|[’']ll| shall| can| (?:are|am) (?:ready|prepared|willing|happy|glad) "
    r"to)\s+"
    r"(?:then |now |also |gladly |happily |rather |be (?:ready|glad|happy|able|willing) to )?"
    r"(?:not )?(?P<verb>\w+)| (?:would |hereby |also )*(?P<bound>agree|accept|commit|guarantee|"
    r"promise|undertake|pledge|waive|sign|join)\b)",
    re.I,
)
TIED = re.compile(r"\b(?:in return|in exchange) (?:we|our)\b|\bexclusiv", re.I)
THREAT = re.compile(
    r"\bterminat|\bnon-?renew|\bleave (?:the|your) network|\bout[- ]of[- ]network|\battorneys?\b|"
    r"\blawyers?\b|\bcounsel\b|\blegal action|\blawsuit|\blitigat|\bDivision of Insurance\b|"
    r"\bCommissioner\b|\bregulators?\b|\bfile a complaint|\bbreach\b|"
    r"\bend (?:the|this|our) (?:agreement|contract|participation)",
    re.I,
)
ADVICE = re.compile(r"\(?[^().]*confirm with counsel[^().]*\)?|supported by counsel", re.I)
LEFT = re.compile(
    r"\{|\}|\bTBD\b|\bTODO\b|\bXX+\b|\bNone\b|\bnan\b|\bf_[0-9a-f]{6,}|\bc_[0-9a-f]{6,}|"
    r"\s,|,,|\.\.(?!\.)|\( | \)|\?\?|\$\s",
)
TWICE = re.compile(r"\b([a-z]+) \1\b(?!\))", re.I)
BRACKET = re.compile(r"\[([^\]]*)\]")
BLANK = re.compile(r"_{3,}|\.{5,}")
BLANKS_IN = ("bh_questions", "agenda", "call_script")
SOURCES_IN = ("bh_questions", "talking_points", "call_script", "briefing", "agenda")
GENERIC = re.compile(
    r"^(?:re:\s*)?(?:rate (?:increase|request)|follow[- ]?up|request|contract|hello|meeting|"
    r"our contract|negotiation|question|update|reminder|proposal)[.!]?$",
    re.I,
)


@check
def length(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """Words within the scenario's range."""
    fewest, most = scenario.words
    return Verdict(fewest <= text.words <= most, f"{text.words} words, {fewest} to {most} wanted")


@cache
def _tone() -> tuple[str, ...]:
    lists = data("tone")
    return (*lists["filler"], *lists["shouting"])


@cache
def _harmless() -> frozenset[str]:
    return frozenset(data("tone")["harmless"])


@check
def tone(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """None of the words of tone.toml, no exclamation, no bold scattered in sentences."""
    found = of_words(re.sub(r"(?i)yours truly", "", text.whole), _tone())
    if "!" in re.sub(r"!\[", "", text.whole):
        found.append("!")
    if (
        text.kind in ("email", "proposal_letter")
        and len(re.findall(r"\S\*\*|\*\*\S", text.body)) > 4
    ):
        found.append("bold")
    return Verdict(not found, f"words of a form letter: {', '.join(found)}")


@check
def reading_grade(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """The Flesch-Kincaid grade of its sentences between 4 and 12."""
    at = grade(text.sentences)
    return Verdict(GRADES[0] <= at <= GRADES[1], f"grade {at:.1f}")


@check
def no_promise(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """What the practice says it will do is to write, talk, send or answer, or was said."""
    made = []
    for sentence in text.sentences:
        for match in COMMIT.finditer(sentence):
            verb = (match["verb"] or match["bound"]).lower()
            if match["held"]:
                continue
            meant = any(re.search(p, sentence, re.I) for p in scenario.promises)
            if verb not in _harmless() and not meant:
                made.append(match.group(0))
        if TIED.search(sentence) and not scenario.promises:
            made.append("in return")
    return Verdict(not made, f"promises: {', '.join(made)}")


@check
def no_threat(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """No word of termination, law or regulators that was not asked for."""
    if "threat" in scenario.permits:
        return Verdict(True)
    found = {m.group(0).lower() for m in THREAT.finditer(ADVICE.sub(" ", text.whole))}
    return Verdict(not found, f"threatens: {', '.join(sorted(found))}")


@check
def for_counsel(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """It is marked for counsel."""
    marked = re.search(r"\bcounsel\b|\battorney (?:to )?review", text.whole, re.I)
    return Verdict(marked is not None, "not marked for counsel")


@check
def nothing_to_clean(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """No bracket, brace, blank, token, doubled word or stray mark is left."""
    found = [m.group(0) for m in LEFT.finditer(re.sub(r"\|", " | ", text.whole).replace(" | ", ""))]
    found += [m.group(0) for m in TWICE.finditer(text.whole) if m[1].lower() not in ("that", "had")]
    for inside in BRACKET.findall(text.whole):
        source = re.search(r"\.(docx|pdf|txt|md|xlsx|csv)\b|guide", inside, re.I)
        if not (source and text.kind in SOURCES_IN):
            found.append(f"[{inside}]")
    if text.kind not in BLANKS_IN:
        found += BLANK.findall(text.whole)
    return Verdict(not found, f"left over: {', '.join(map(repr, found[:4]))}")


@check
def subject_specific(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """The subject names matter and practice or paper, within 110 characters."""
    subject = text.subject.strip()
    named = re.search(r"\d|Sagebrush|Exhibit|Schedule|Attachment|Section", subject)
    good = len(subject.split()) >= 3 and len(subject) <= 110 and not GENERIC.match(subject)
    return Verdict(bool(good and named), f"{len(subject)} characters")


@check
def addressed(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """The greeting names the contact on file; where there is none, it names nobody.

    Claims, credentialing and a director are other desks than the contact's: nobody will do.
    """
    names = () if scenario.evidence == "contract_only" else CONTACTS.get(scenario.payer, ())
    if not text.greeting:
        return Verdict(False, "no greeting")
    if scenario.stage in OTHER_DESKS and NOBODY.match(text.greeting):
        return Verdict(True)
    if names:
        return Verdict(any(n in text.greeting for n in names), "the contact on file is not greeted")
    return Verdict(bool(NOBODY.match(text.greeting)), "greets somebody who is not on file")


@check
def rounded(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """No sentence says a sum of 1,000 dollars or more to the cent."""
    sums = [n for s in text.sentences for n in numbers_in(s) if n.money and n.value >= 1000]
    exact = [n.words for n in sums if n.places]
    return Verdict(not exact, f"to the cent: {', '.join(exact[:3])}")


@check
def speakable(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """Sixteen words a sentence on average at most, thirty in the longest."""
    counts = [len(s.split()) for s in text.sentences]
    if not counts:
        return Verdict(False, "nothing to say")
    mean = sum(counts) / len(counts)
    return Verdict(
        mean <= 16 and max(counts) <= 30, f"{mean:.0f} on average, {max(counts)} at most"
    )
