"""The tool that changes a draft: its facts are changed, and it is written anew from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from copilot.desk import Desk
from copilot.drafting.apply_wish import Applied, applied
from copilot.drafting.bh_questions import write_bh_questions
from copilot.drafting.change_words import Wish, wishes
from copilot.drafting.facts import Facts, facts_from
from copilot.drafting.finished import finished
from copilot.drafting.kept_paper import write_strategy
from copilot.drafting.letter import Written, write_email
from copilot.drafting.other_payers import payers_named
from copilot.drafting.talking_points import write_talking_points
from copilot.drafting.voices import voice_of
from copilot.drafts import Draft
from knowledge.evidence import Basis, Figure, Finding, Sentence, plain, says
from knowledge.problems import BadInput
from tools.registry import tool

WRITERS: dict[str, Callable[[Desk, Facts], Written]] = {
    "email": write_email,
    "talking_points": write_talking_points,
    "bh_questions": write_bh_questions,
    "strategy": write_strategy,
}
FEW_WORDS = 10
PARTS = ("clause", "worth", "who", "pass_on")
UNDERSTOOD = (
    "say what to change: shorter, longer, warmer, firmer, as bullets, in plain words, another"
    " percent, drop the second point, add that ..., more about ..., sign it from ..., reply by ..."
)


@tool(
    label="Change of a draft",
    asks=[
        "make it shorter",
        "warmer please",
        "drop the second point",
        "add that we open Saturdays",
        "make it 10%",
        "the same letter for another payer",
        "turn it into bullets",
        "more about diabetes",
        "sign it from the practice manager",
    ],
    needs=[],
    examples=["Make it shorter", "Add that we open Saturdays"],
    required=["change"],
)
def revise_draft(
    desk: Desk, *, change: str, payer: str | None = None, percent: Decimal | None = None
) -> Finding:
    """Change the latest draft as asked and keep it as a new version.

    The draft is written anew from what it was made from, so numbers that follow from the
    change are computed again. For another payer a new draft is started from that payer's
    own evidence. Raises BadInput where there is no draft or nothing in the words is
    understood.
    """
    draft = _current(desk)
    facts = facts_from(draft.facts)
    asked = wishes(change)
    to = desk.practice.payers.resolve(payer).name or payer if payer else None
    another = to is not None and to != facts.payer
    if another and change.strip().lower() not in desk.question.lower():
        asked = []  # the last change, carried over with "now for another payer"
    if percent is not None:
        asked = [w for w in asked if w.kind != "percent"]
        if not any(w.kind == "percent_of_medicare" for w in asked):
            asked.append(Wish("percent", number=percent))
    if not asked and not another:
        raise BadInput("the change", "it is not clear what to change", UNDERSTOOD)
    done = _all(desk, draft, facts, asked)
    if another and to is not None:
        return _for_another(desk, draft, done, to)
    written = WRITERS[draft.kind](desk, done.facts)
    return finished(desk, written, draft.id, _told(desk, draft, done, written))


def _current(desk: Desk) -> Draft:
    """The draft in hand, else the latest of the thread; BadInput where there is none."""
    key = (desk.state.get("draft") or {}).get("id")
    if key:
        return desk.drafts.latest(str(key))
    for each in desk.drafts.ids():
        draft = desk.drafts.latest(each)
        if draft.thread == desk.thread:
            return draft
    raise BadInput("the change", "there is no draft in this conversation yet", "ask for one first")


def _all(desk: Desk, draft: Draft, facts: Facts, asked: list[Wish]) -> Applied:
    """Every wish applied in order; BadInput from the first that cannot be."""
    done = Applied(facts)
    for wish in asked:
        if wish.kind == "undo":
            versions = desk.drafts.versions(draft.id)
            if len(versions) < 2:
                raise BadInput("the change", "this is the first version", "there is none before it")
            done = Applied(
                facts_from(versions[-2].facts), (Sentence("The version before is back."),)
            )
            continue
        if wish.kind in ("add", "subject", "addressee", "signer"):
            _no_other_payer(desk, facts.payer, wish.words)
        made = applied(done.facts, wish, desk.practice.today)
        done = Applied(made.facts, (*done.notes, *made.notes))
    return done


def _no_other_payer(desk: Desk, payer: str, words: str) -> None:
    others = payers_named(desk.practice, words, payer, desk.practice.name)
    if others:
        short = desk.practice.payers.short_name(payer)
        raise BadInput(
            "the addition",
            f"it names {', '.join(others)} in a letter to {short}",
            "say it without another payer's name or terms",
        )


def _for_another(desk: Desk, draft: Draft, done: Applied, payer: str) -> Finding:
    """The same wish to another payer: a draft of its own, from that payer's own evidence."""
    facts = replace(
        done.facts,
        payer=payer,
        voice=voice_of(desk.practice, payer),
        chosen=(),
        dropped=tuple(part for part in done.facts.dropped if part in PARTS),
        points=(),
        paragraphs=(),
        subject="",
    )
    for words in facts.added:
        _no_other_payer(desk, payer, words)
    return finished(desk, WRITERS[draft.kind](desk, facts))


def _told(desk: Desk, draft: Draft, done: Applied, written: Written) -> list[Sentence]:
    """What changed, the new ask with its worth first, then the length."""
    before = facts_from(draft.facts)
    told: list[Sentence] = []
    ask, after = written.ask, written.facts
    same = (before.percent, before.percent_of_medicare, before.codes)
    if ask is not None and ask.amount is not None and same != (
        after.percent, after.percent_of_medicare, after.codes
    ):  # fmt: skip
        of = f" of {ask.of_medicare}" if ask.of_medicare else ""
        words = "It now asks for {ask}{of} on {scope} from {start}"
        values: dict[str, Figure | str] = {
            "ask": ask.amount,
            "of": of,
            "scope": ask.scope,
            "start": ask.start,
        }
        if ask.worth is not None:
            told.append(says(words + ", worth {worth} a year.", **values, worth=ask.worth))
        else:
            told.append(says(words + ".", **values))
    told += done.notes
    counts = [_words(body, name) for body, name in ((draft.body, "before"), (written.body, "now"))]
    if abs(counts[0].number - counts[1].number) > FEW_WORDS or not told:
        told.append(says("It holds {now} words; it held {before}.", now=counts[1],
                         before=counts[0]))  # fmt: skip
    return told


def _words(body: str, when: str) -> Figure:
    number = Decimal(len(plain(body).split()))
    return Figure(f"Words of the draft {when}", number, "count", Basis("words of its body"))
