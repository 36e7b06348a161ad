"""The strategy for the whole book as a paper to edit: whom first, when, what, and who is open.

For the practice alone: it holds every payer's standing beside the others'.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.evidence import Figure, Sentence, says
from tools.strategy.asks import Ask
from tools.strategy.book import Book, Place
from tools.strategy.timeline import Step

IN_SHORT = 3
DAYS, DAYS_IN_SHORT = 24, 8


def paper_of_book(
    held: Book, steps: Sequence[Step], said: Sequence[Sentence], short: bool = False
) -> str:
    """The body; said: the answer's own sentences, its headline first. short: the first three."""
    asked = [place for place in held.places if place.ask is not None]
    fair = [place for place in held.places if place.ask is None]
    shown = asked[:IN_SHORT] if short else asked
    parts = [" ".join(sentence.text for sentence in said).replace(" your ", " our ")]
    if shown:
        parts += ["### Whom to ask, in this order", *(_place(place) for place in shown)]
    if fair and not short:
        parts += ["### Whom to ask for terms and no raise", "\n".join(map(_without_raise, fair))]
    if held.openings and not short:
        named = "\n".join(f"- {payer}" for payer in held.openings)
        parts += ["### Seen in the claims without a contract on file", named]
    days = [f"- {_day(step).text}" for step in steps[: DAYS_IN_SHORT if short else DAYS]]
    parts += ["### Days", "\n".join(days)] if days else []
    parts.append("For the practice alone: what one payer pays stands in no letter to another, and"
                 " notice of termination is for counsel first.")  # fmt: skip
    return "\n\n".join(part for part in parts if part)


def _place(place: Place) -> str:
    ask = place.ask
    assert ask is not None
    lines = [f"**{place.short}**", ""]
    lines += [f"- {sentence.text}" for sentence in (*_levels(ask), *_standing(place))]
    if place.ready:
        lines.append(f"- Ready because: {'; '.join(place.ready)}.")
    return "\n".join([*lines, f"- Give for it: {ask.give}", f"- If refused: {ask.otherwise}"])


def _levels(ask: Ask) -> list[Sentence]:
    three = (("opening", ask.opening), ("target", ask.target), ("least", ask.walk_away))
    if not all(isinstance(level, Figure) for _, level in three) or ask.worth is None:
        return []
    return [
        says("Open at {opening} on rates, aim for {target}, worth {worth} a year, and stop at"
             " {least}.", worth=ask.worth, **dict(three))
    ]  # fmt: skip


def _standing(place: Place) -> list[Sentence]:
    said = [says("It brings {payments} of our payments.", payments=place.leverage.payments)]
    if isinstance(place.standing.percent, Figure):
        said = [says("It brings {payments} of our payments, and pays {percent} of Medicare.",
                     payments=place.leverage.payments, percent=place.standing.percent)]  # fmt: skip
    if place.days is not None:
        said.append(says("Prepare from {prepare}, ask by {ask}, rates from {day}.",
                         prepare=place.days.prepare, ask=place.days.ask_by,
                         day=place.days.from_day))  # fmt: skip
    return said


def _without_raise(place: Place) -> str:
    if isinstance(place.standing.percent, Figure):
        return "- " + says("{short}: {percent} of Medicare.", short=place.short,
                           percent=place.standing.percent).text  # fmt: skip
    return f"- {place.short}"


def _day(step: Step) -> Sentence:
    if step.where is None:
        return says("{day}: {what}", day=step.day, what=step.what)
    return says("{day}: {what} {where}", day=step.day, what=step.what, where=step.where)
