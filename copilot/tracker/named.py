"""The payers that a text names, by every spelling this practice knows."""

from __future__ import annotations

from copilot.planner.named_payers import PayerNames
from copilot.planner.vocabulary import Vocabulary
from copilot.tracker.statements import PayerSpans
from tools.practice import Practice


def payer_spans(practice: Practice) -> PayerSpans:
    """Where a text names payers, as spans whose value is the canonical name."""
    book = practice.payers
    return PayerNames(Vocabulary(payers=book.known(), aliases=book.aliases())).spans
