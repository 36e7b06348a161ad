"""Carriers of the state's exchange that the practice has no contract with on file."""

from __future__ import annotations

from functools import cache

from knowledge.evidence import Citation, Sentence, says
from knowledge.guide_entries import entry
from tools.mix.openings import paper_held, payers_with_rates
from tools.practice import Practice
from tools.strategy.rules import rules


def market_openings(practice: Practice) -> list[Sentence]:
    """One sentence with its source; none where each of them is on file."""
    rates = payers_with_rates(practice)
    left = []
    for name in rules()["market"]["exchange"]:
        resolved = practice.payers.resolve(name).name
        if resolved is None or paper_held(practice, resolved, rates) == "no":
            left.append(name)
    if not left:
        return []
    return [
        says("Carriers of the state exchange without a contract of yours on file: {names}"
             " {where}; ask which of them your patients have before you call any.",
             names=", ".join(left), where=_cited())
    ]  # fmt: skip


@cache
def _cited() -> Citation:
    """The sentence of the market sheet that names the carriers."""
    held = entry(str(rules()["market"]["section"]))
    end = held.text.index("\n") if "\n" in held.text else len(held.text)
    quote = held.text[:end]
    return Citation(held.source, held.section, None, held.start, held.start + end, quote)
