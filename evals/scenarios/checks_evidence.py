"""Criteria on what a text stands on: numbers, evidence, standing, and what is left out."""

from __future__ import annotations

import re
from decimal import Decimal

from evals.scenarios.cases import Scenario
from evals.scenarios.gold import Gold
from evals.scenarios.letter_text import (
    Text,
    meets,
    numbers_in,
    of_words,
    says_number,
    sentences_of,
)
from evals.scenarios.verdicts import Verdict, check

PRICED = Decimal("0.01")
MOST_PIECES = 4
YOURS = re.compile(
    r"\b(your|their|its) (members?|enrollees?|patients?|people|own (report|data|figures)|"
    r"figures|report|emergency)|"
    r"\bMembers\b|\bsav(e[sd]?|ing|ings) (you|the plan|[A-Z])|\byou (save|gain|get|keep)",
    re.I,
)


@check
def worth_in_dollars(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """A sum in dollars within a hundredth of what the ask is worth."""
    sums = [said for said in numbers_in(text.whole) if said.money]
    for worth in gold.worth:
        room = max(abs(worth) * PRICED, Decimal("0.5"))
        if any(abs(said.value - worth) <= room or meets(said, worth) for said in sums):
            return Verdict(True)
    return Verdict(False, f"no sum near {', '.join(f'{w:,.0f}' for w in gold.worth) or 'any'}")


@check
def numbers_right(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """Each value that has to stand in the text does, as people round it."""
    missing = [name for name, value in gold.must if not _stands(text, value)]
    return Verdict(not missing, f"missing: {', '.join(missing)}")


@check
def evidence_fits(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """Enough of this payer's own facts stand in the text by their values."""
    found = [name for name, value in gold.evidence if _stands(text, value)]
    wanted = scenario.at_least
    return Verdict(len(found) >= wanted, f"{len(found)} of {wanted} facts of this payer")


def _stands(text: Text, value: Decimal) -> bool:
    if value == value.to_integral_value() and 1990 <= value <= 2100:
        return re.search(rf"(?<!\d){value:f}(?!\d)", text.whole) is not None
    return says_number(text.whole, value)


@check
def few_pieces(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """At most four pieces by the plan, or by sentences that hold a percentage or a rate."""
    count = text.pieces
    if count is None:
        count = sum(any(n.percent or n.money for n in numbers_in(s)) for s in text.sentences)
    return Verdict(count <= MOST_PIECES, f"{count} pieces")


@check
def standing_cited(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """One of the clauses or statutes that give standing here is named."""
    found = any(re.search(pattern, text.whole) for pattern in scenario.standing)
    return Verdict(found, "no clause or statute that gives standing")


@check
def payer_gains(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """A sentence, table row or heading's item tells the payer's gain with a number."""
    lines = [*text.sentences, *(ln for ln in text.body.splitlines() if ln.startswith("|"))]
    found = any(YOURS.search(line) and numbers_in(line) for line in lines)
    return Verdict(found, "no gain of the payer's with a number")


@check
def nothing_unsupported(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """The product's verifier left nothing open."""
    return Verdict(not text.unsupported, f"{len(text.unsupported)} unsupported")


@check
def withheld_left_out(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """Nothing is claimed about what the practice has no data on."""
    found = [p for p in scenario.absent if re.search(p, text.whole, re.I)]
    return Verdict(not found, f"claims about what is not there: {len(found)}")


@check
def to_the_point(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """Nothing of what belongs to another occasion stands in it."""
    found = [p for p in scenario.off_topic if re.search(p, text.body)]
    return Verdict(not found, f"{len(found)} matters of another occasion")


@check
def no_other_payer(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """None of the practice's other payers is named, in subject or body."""
    if "other_payer" in scenario.permits:
        return Verdict(True)
    found = of_words(text.whole, scenario.others)
    return Verdict(not found, f"names {len(found)} other payers")


@check
def said_back(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """What the user said, or the paper answered says, stands in the text."""
    missing = [p for p in scenario.said_back if not re.search(p, text.whole)]
    return Verdict(not missing, f"{len(missing)} of {len(scenario.said_back)} left out")


@check
def parts_present(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """Each part that the kind of text needs is there."""
    missing = [p for p in scenario.parts if not re.search(p, text.whole)]
    return Verdict(not missing, f"{len(missing)} of {len(scenario.parts)} parts missing")


@check
def not_the_same(text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """No sentence of six words and more stands twice, here or in an earlier text."""
    own = [_folded(s) for s in text.sentences if len(s.split()) >= 6]
    twice = {s for s in own if own.count(s) > 1}
    old = {
        _folded(s) for earlier in text.before for p in _paragraphs(earlier) for s in sentences_of(p)
    }
    again = twice | (set(own) & old)
    return Verdict(not again, f"{len(again)} sentences repeated")


def _paragraphs(body: str) -> list[str]:
    from evals.scenarios.letter_text import prose

    return prose(body)


def _folded(sentence: str) -> str:
    return re.sub(r"\W+", " ", sentence).strip().lower()
