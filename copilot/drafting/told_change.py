"""What a change of a draft tells the user: the new ask with its worth first, then the length."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from copilot.drafting.change_words import Wish
from copilot.drafting.facts import facts_from
from copilot.drafting.fitted import words_of
from copilot.drafting.letter import Written
from copilot.drafts import Draft
from knowledge.evidence import Basis, Figure, Sentence, says

FEW_WORDS = 10


def told_of(
    draft: Draft, written: Written, notes: Sequence[Sentence], asked: Sequence[Wish]
) -> list[Sentence]:
    """The sentences on a change, from the draft before and the text now."""
    told = [*_ask(draft, written), *notes]
    then, now = _words(draft.body, "before"), _words(written.body, "now")
    limit = next((wish for wish in asked if wish.kind == "limit"), None)
    if limit is not None and now.number > most_words(limit, int(then.number)):
        short = says("It holds {now} words; it does not get shorter without losing what it is for.",
                     now=now)  # fmt: skip
        return [short, *told]
    if abs(then.number - now.number) > FEW_WORDS or not told:
        told.append(says("It holds {now} words; it held {before}.", now=now, before=then))
    return told


def most_words(limit: Wish, now: int) -> int:
    """How many words a limit allows: the number said, or half of now."""
    return now // 2 if limit.words == "half" else int(limit.number or 0)


def _ask(draft: Draft, written: Written) -> list[Sentence]:
    before, after, ask = facts_from(draft.facts), written.facts, written.ask
    same = (before.percent, before.percent_of_medicare, before.codes)
    if same == (after.percent, after.percent_of_medicare, after.codes):
        return []
    if ask is None or ask.amount is None:
        return _percent(after.percent, after.percent_of_medicare)
    values: dict[str, Figure | str] = {
        "ask": ask.amount,
        "of": f" of {ask.of_medicare}" if ask.of_medicare else "",
        "scope": ask.scope,
        "start": ask.start,
    }
    words = "It now asks for {ask}{of} on {scope} from {start}"
    if ask.worth is None:
        return [says(words + ".", **values)]
    return [says(words + ", worth {worth} a year.", **values, worth=ask.worth)]


def _percent(percent: Decimal | None, of_medicare: Decimal | None) -> list[Sentence]:
    value = percent if percent is not None else of_medicare
    if value is None:
        return []
    places = max(0, -int(value.normalize().as_tuple().exponent))
    asked = Figure("Ask", value, "percent", Basis("as you gave it"), places=places)
    return [says("It is worked out for {ask}{of} now.", ask=asked,
                 of=" of Medicare" if percent is None else "")]  # fmt: skip


def _words(body: str, when: str) -> Figure:
    number = Decimal(words_of(body))
    return Figure(f"Words of the draft {when}", number, "count", Basis("words of its body"))
