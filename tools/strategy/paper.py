"""One payer's strategy as a paper to edit: levels, asks, walk-away, offer and days, in Markdown.

Figures and citations stand in it as tokens; a later draft to the payer opens at its first line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.evidence import TOKEN, Figure, Sentence, says
from tools.strategy.asks import Ask
from tools.strategy.payer_strategy import Strategy
from tools.strategy.timeline import Step
from tools.strategy.walk_away import walk_sentences

IN_FULL, IN_SHORT = 8, 2
_YOUR = re.compile(r"\byour\b")


def paper_of_strategy(
    held: Strategy, steps: Sequence[Step], leave: Sequence[Sentence], short: bool = False
) -> str:
    """The body; leave: the sentences on notice. short: two asks and no offer."""
    asks = held.asks[: IN_SHORT if short else IN_FULL]
    parts = [*_levels(held), "### Who needs whom", _text(_standing(held)), "### If we leave",
             _text([*walk_sentences(held.leaving, held.leverage, held.short), *leave]),
             *_tried(held)]  # fmt: skip
    parts += ["### What to ask, in this order", *_asks(asks, held)]
    if not short:
        parts += ["### What we bring", _list(held.offer.brings), *_needs(held)]
    parts += ["### Days", _list([_step(step) for step in steps])]
    parts.append("For the practice alone: what other payers pay stands in no letter, and notice of"
                 " termination is for counsel first.")  # fmt: skip
    return "\n\n".join(part for part in parts if part)


def _levels(held: Strategy) -> list[str]:
    rates = next((ask for ask in held.asks if ask.key == "rates"), None)
    if rates is None or len(rates.worths) != 3:
        return [says("We ask {short} for no raise on rates now.", short=held.short).text]
    named = (("Open at", rates.opening), ("Aim for", rates.target), ("Stop at", rates.walk_away))
    lines = []
    for (name, level), worth in zip(named, rates.worths, strict=True):
        assert isinstance(level, Figure)
        said = says("{level} more on rates, worth {worth} a year", level=level, worth=worth)
        lines.append(f"- **{name}:** {said.text}")
    if held.days is not None:
        lines.append("- **From:** " + says("{day}", day=held.days.from_day).text)
    return ["\n".join(lines), _text(rates.proof)]


def _standing(held: Strategy) -> list[Sentence]:
    leverage = held.leverage
    made = [
        says("{short} brings {payments} of our payments and {visits} of our visits; {patients} of"
             " our patients are its members.", short=held.short, payments=leverage.payments,
             visits=leverage.visit_share, patients=leverage.patients)
    ]  # fmt: skip
    if leverage.a_visit is not None and leverage.others_a_visit is not None:
        made.append(
            says("It allows {own} a visit, our other insurers {others} (confidential).",
                 own=leverage.a_visit, others=leverage.others_a_visit)
        )  # fmt: skip
    return made


def _tried(held: Strategy) -> list[str]:
    """How much must be filled, by who stays: a small table, and what it assumes."""
    if not held.leaving.tried:
        return []
    rows = "\n".join(
        says("| {stay} | {refill} |", stay=stay, refill=refill).text
        for stay, refill in held.leaving.tried
    )
    table = "| Visits that stay out of network | Freed visits to fill |\n|---|---|\n" + rows
    assumed = [says("{what}: {value} ({why}).", what=f.name, value=f, why=f.basis.words)
               for f in held.leaving.held.figures()]  # fmt: skip
    return [table, _text(assumed)]


def _asks(asks: Sequence[Ask], held: Strategy) -> list[str]:
    if not asks:
        said = "No term needs work." if held.has_paper else "Nothing to ask shows in the data."
        return [said]
    return ["\n".join(_ask(ask)) for ask in asks]


def _ask(ask: Ask) -> list[str]:
    worth = ""
    if ask.worth is not None:
        worth = says(" ({worth} " + ask.kind + ")", worth=ask.worth).text
    three = says("Open: {opening}. Aim: {target}. Stop: {least}.", opening=ask.opening,
                 target=ask.target, least=ask.walk_away)  # fmt: skip
    if ask.target == ask.walk_away == "the same":
        three = says("Ask: {opening}.", opening=ask.opening)
    what = says("{what}", what=ask.what[0].upper() + ask.what[1:]).text
    lines = [f"**{what}{worth}**", ""]
    if ask.key != "rates":
        lines += [f"- {three.text}", f"- Proof: {_text(ask.proof)}"]
    return [*lines, f"- Give for it: {ask.give}", f"- If refused: {ask.otherwise}"]


def _needs(held: Strategy) -> list[str]:
    offer = held.offer
    if offer.needs:
        return ["### What they need, by our notes", "\n".join(f"- {n}" for n in offer.needs)]
    return ["### To find out what they need, ask", "\n".join(f"- {q}" for q in offer.questions)]


def _step(step: Step) -> Sentence:
    if step.where is None:
        return says("{day}: {what}", day=step.day, what=step.what)
    return says("{day}: {what} {where}", day=step.day, what=step.what, where=step.where)


def _list(sentences: Sequence[Sentence]) -> str:
    return "\n".join(f"- {sentence.text}" for sentence in sentences)


def _text(sentences: Sequence[Sentence]) -> str:
    """Sentences in a row, said by the practice of itself: what an answer calls yours is ours."""
    return " ".join(_ours(sentence.text) for sentence in sentences)


def _ours(text: str) -> str:
    """The words outside tokens, our for your."""
    parts, last = [], 0
    for token in TOKEN.finditer(text):
        parts += [_YOUR.sub("our", text[last : token.start()]), token.group(0)]
        last = token.end()
    parts.append(_YOUR.sub("our", text[last:]))
    return "".join(parts).replace("for you alone", "for us alone")
