"""What may be quoted of the market while no published rates are on file: the sheet's own words."""

from __future__ import annotations

from functools import cache

from knowledge.evidence import Citation, Finding, Passage, says
from knowledge.guide_entries import entry

SECTION, SHOWN = "M/figures-to-quote", 2


def quotable() -> Finding:
    """A finding that quotes the market sheet and says which file would tell more."""
    passages = _passages()
    return Finding(
        headline=says("No published rates are on file, so what others are paid for your codes is"
                      " not known; of the market at large this may be quoted {where}.",
                      where=passages[0].citation),
        sentences=(
            says("To see where you stand, add the payer's in-network file, cut to your codes, as"
                 " CSV or JSON; payers publish it every month ({law}).",
                 law="45 CFR 147.212, confirm with counsel"),
        ),
        passages=passages,
        next_steps=("How do our rates compare with Medicare?",
                    "What does the guide say about market rates?"),
        details={"quotes": [each.citation.id for each in passages]},
        done="Looked for published rates",
    )  # fmt: skip


@cache
def _passages() -> tuple[Passage, ...]:
    held = entry(SECTION)
    made, at = [], held.start
    for words in held.text.split("\n\n")[:SHOWN]:
        cited = Citation(held.source, held.section, None, at, at + len(words), words)
        made.append(Passage(cited, (held.title,)))
        at += len(words) + 2
    return tuple(made)
