"""What to ask a payer for, where to stop, what leaving costs and when; or whom to ask first."""

from __future__ import annotations

from decimal import Decimal

from knowledge.evidence import Finding
from knowledge.problems import BadInput, MoreNeeded
from tools.period import period_of
from tools.practice import Practice
from tools.registry import tool
from tools.strategy.book import book, openable
from tools.strategy.book_answer import book_answer
from tools.strategy.payer_answer import payer_answer
from tools.strategy.payer_strategy import Wish, payer_strategy


@tool(
    label="Strategy",
    needs=["claim_lines"],
    asks=[
        "what is our strategy with this payer",
        "write the strategy for the negotiation",
        "which payer should we negotiate with first",
        "what should we open with and where do we stop",
        "what is our walk-away",
        "can we afford to leave this payer",
        "what would it cost us to drop this insurer",
        "how much leverage do we have with them",
        "plan our negotiations for the year",
        "what should we ask them for, in order of worth",
        "what can we trade for a raise",
        "when should we start negotiating and with whom",
        "set opening, target and walk-away for the rate talk",
        "what do we do if they say no",
    ],
    examples=[
        "What is our strategy for {payer}?",
        "Which payer should we negotiate with first, and when?",
        "What would it cost us to leave {payer}?",
    ],
)
def set_strategy(
    practice: Practice,
    *,
    payer: str | None = None,
    percent: Decimal | None = None,
    percent_of_medicare: Decimal | None = None,
    period: str | None = None,
    topic: str | None = None,
    stay: Decimal | None = None,
    stay_pays: Decimal | None = None,
    fill_months: Decimal | None = None,
) -> Finding:
    """One payer's strategy (leverage, walk-away priced, asks with opening, target and least,
    days), or without a payer the order in which to ask them all.

    percent or percent_of_medicare: the target on rates; else it follows from the gap to the
    standard by the rules of tools/strategy/levels.toml. stay: percent of the payer's visits
    that stay once the contract has ended; stay_pays: percent of today's allowed amount they bring;
    fill_months: until freed visits are filled. topic: asks that it names come first.
    """
    span = period_of(period, practice)
    if percent is not None and percent_of_medicare is not None:
        raise BadInput("the target", "it is named twice", "name a raise or a percent of Medicare")
    if percent is not None and not 0 < Decimal(str(percent)) <= 100:
        raise BadInput("percent", "a raise lies above 0% and up to 100%", "correct it")
    if payer is None and (percent is not None or percent_of_medicare is not None):
        names = openable(practice, span)
        raise MoreNeeded("the target", "payer", "Which payer is the target for?", names)
    if payer is None:
        return book_answer(practice, book(practice, span))
    wish = Wish(
        _exact(percent), _exact(percent_of_medicare), stay, stay_pays, fill_months, topic or ""
    )
    return payer_answer(practice, payer_strategy(practice, payer, span, wish))


def _exact(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
