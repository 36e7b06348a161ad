"""The tool that changes a draft: its facts are changed, and it is written anew from them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from copilot.desk import Desk
from copilot.drafting.apply_wish import applied
from copilot.drafting.bh_questions import write_bh_questions
from copilot.drafting.call_script import write_call_script
from copilot.drafting.change_words import Wish, numbers_in, wishes
from copilot.drafting.documents.kinds import INTERNAL
from copilot.drafting.documents.writers import WRITERS as DOCUMENTS
from copilot.drafting.earlier_version import earlier, restored
from copilot.drafting.facts import Facts, facts_from
from copilot.drafting.finished import finished
from copilot.drafting.fitted import fitted, words_of
from copilot.drafting.kept_paper import write_strategy
from copilot.drafting.letter import Written, write_email
from copilot.drafting.other_payers import payers_named
from copilot.drafting.own_wording import carried
from copilot.drafting.talking_points import write_talking_points
from copilot.drafting.text_edits import TextEdit, by_structure, text_edit
from copilot.drafting.told_change import most_words, told_of
from copilot.drafting.told_of_draft import what_changed, why_this
from copilot.drafting.voices import voice_of
from copilot.drafts import Draft
from knowledge.evidence import Finding, Sentence, plain
from knowledge.problems import BadInput
from tools.registry import tool

WRITERS: dict[str, Callable[[Desk, Facts], Written]] = {
    "email": write_email,
    "talking_points": write_talking_points,
    "call_script": write_call_script,
    "bh_questions": write_bh_questions,
    "strategy": write_strategy,
    **DOCUMENTS,
}
PARTS = ("clause", "worth", "who", "pass_on")
TONED = ("email", "call_script")
BACK = ("undo", "redo", "version", "original")
FOR_PAYER = re.compile(r"\b(?:for|to)\s+(.+?)(?:\s+instead)?$", re.IGNORECASE)
CONTRAST = re.compile(r"\b(?:instead of|rather than|not|from)\s+\d", re.IGNORECASE)
UNDERSTOOD = (
    "say what to change: shorter, longer, at most so many words, warmer, firmer, as bullets, in"
    " plain words, another percent, drop the second point, swap a piece of evidence, put one"
    " first, add that ..., more about ..., sign it from ..., reply by ..., undo, go back to a"
    " version, show what changed"
)

_FILE = re.compile(
    r"\b(?:export|download|save|print|attach)\b|\bas an? (?:\w+ )?(?:file|document)\b"
    r"|\b(?:to|in|as(?: an?)?) (?:word|excel|pdf|docx|xlsx|eml)\b",
    re.IGNORECASE,
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
        "cut it to 100 words",
        "go back to the second version",
        "undo that change",
        "show me what changed in the draft",
        "what did you change in the letter",
        "why did you pick this evidence",
        "swap the second piece of evidence for access",
        "mention the evening hours first",
        "make it ten instead of twelve",
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
    change are computed again; the user's own edits are carried on. An earlier version comes
    back word for word. For another payer a new draft is started from that payer's own
    evidence. What changed and why this evidence stands there is told without a new version.
    Raises BadInput where there is no draft, nothing in the words is understood, or the text
    would stay as it is.
    """
    draft = _current(desk)
    asked, to = _asked(desk, draft, change, payer, percent)
    another = to is not None and to != draft.payer
    if not asked and not another:
        if _FILE.search(change):
            raise BadInput(
                "the file", "a draft is taken out by your own click, not by a message",
                "use the buttons under the draft: Word, PDF, Excel, email file, calendar entry;"
                f" or payer-copilot export --workspace DIR {draft.id} --to docx OUT",
            )  # fmt: skip
        raise BadInput("the change", "it is not clear what to change", UNDERSTOOD)
    for wish in asked:
        if wish.kind == "changes":
            return what_changed(desk, draft, numbers_in(change))
        if wish.kind == "why":
            return why_this(desk, draft)
    back = next((wish for wish in asked if wish.kind in BACK), None)
    if back is not None:
        draft = earlier(desk.drafts.versions(draft.id), back)
        asked = [wish for wish in asked if wish.kind not in BACK]
        if not asked and not another:
            return restored(desk, draft, back.kind)
    if draft.kind not in WRITERS:
        raise BadInput("the draft", "this kind cannot be written anew", "edit its text by hand")
    wanted = _all(desk, draft, asked)
    if another and to is not None:
        return _for_another(desk, draft, wanted, to)
    written = _written(desk, draft, wanted.facts, asked)
    if not wanted.edits and _same(draft, written):
        wanted = _in_text(draft, wanted, asked)
    return _kept(desk, draft, wanted, written, asked)


@dataclass(frozen=True)
class Wanted:
    """What a change asks for: new facts, changes of the text itself, and what to tell."""

    facts: Facts
    edits: tuple[TextEdit, ...] = ()
    notes: tuple[Sentence, ...] = ()


def _asked(
    desk: Desk, draft: Draft, change: str, payer: str | None, percent: Decimal | None
) -> tuple[list[Wish], str | None]:
    """The wishes in the user's words, and the payer the draft is to be for, if one is named."""
    asked = wishes(change)
    to = desk.practice.payers.resolve(payer).name or payer if payer else None
    if to is None and (said := FOR_PAYER.search(change)):
        to = next(iter(payers_named(desk.practice, said[1], draft.payer, desk.practice.name)), None)
        asked = [wish for wish in asked if wish.kind != "addressee"] if to else asked
    if to not in (None, draft.payer) and change.strip().lower() not in desk.question.lower():
        asked = []  # the last change, carried over with "now for another payer"
    contrast = any(wish.kind == "percent" for wish in asked) and CONTRAST.search(change)
    if percent is not None and not contrast:
        asked = [w for w in asked if w.kind not in ("percent", "percent_by")]
        if not any(w.kind in ("percent_of_medicare", "changes", "why", *BACK) for w in asked):
            asked.append(Wish("percent", number=percent))
    return asked, to


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


def _all(desk: Desk, draft: Draft, asked: list[Wish]) -> Wanted:
    """Every wish in order, in the facts where they know of it, else in the text; BadInput
    from the first that neither can follow. How long the text is to be is seen to later."""
    done = Wanted(facts_from(draft.facts))
    for wish in asked:
        if wish.kind == "limit" or (wish.kind, wish.words) == ("length", "shorter"):
            continue
        outward = draft.kind not in (*INTERNAL, "strategy")
        if outward and wish.kind in ("add", "subject", "addressee", "signer", "swap"):
            _no_other_payer(desk, done.facts.payer, f"{wish.words} {wish.to}")
        edit = text_edit(draft, wish)
        if edit is None:
            try:
                made = applied(done.facts, wish, desk.practice.today)
                done = replace(done, facts=made.facts, notes=(*done.notes, *made.notes))
                continue
            except BadInput:
                edit = by_structure(draft, wish)
                if edit is None:
                    raise
        done = replace(done, edits=(*done.edits, edit), notes=(*done.notes, edit.told()))
    return done


def _written(desk: Desk, draft: Draft, facts: Facts, asked: list[Wish]) -> Written:
    """The text of the new facts, as short as asked for; BadInput where a piece of evidence to
    be swapped in is not on file."""

    def write(each: Facts) -> Written:
        return WRITERS[draft.kind](desk, each)

    written = write(facts)
    limit = next((wish for wish in asked if wish.kind == "limit"), None)
    most = most_words(limit, words_of(draft.body)) if limit is not None else None
    if any((wish.kind, wish.words) == ("length", "shorter") for wish in asked):
        most = words_of(written.body) - 1
    if most is not None and words_of(written.body) > most:
        written = fitted(write, facts, most)
    if facts.subject:
        written = replace(written, subject=facts.subject)
    swapped = [wish for wish in asked if wish.kind == "swap" and facts.swapped]
    if swapped and not set(written.facts.chosen) - set(draft.facts.get("chosen") or ()):
        raise BadInput("the draft", f"no data on “{swapped[0].to}” are on file to put there",
                       "ask why this evidence stands there: what else is on file is told with it"
                       )  # fmt: skip
    return written


def _same(draft: Draft, written: Written) -> bool:
    """Whether a text reads as the draft was written last."""
    before = draft.facts.get("written") or {"subject": draft.subject, "body": draft.body}
    return all(plain(getattr(written, part)) == plain(str(before[part])) for part in before)


def _in_text(draft: Draft, wanted: Wanted, asked: list[Wish]) -> Wanted:
    """What the facts did not move, moved in the text; BadInput where that cannot be either."""
    found = [edit for wish in asked if (edit := by_structure(draft, wish))]
    if not found:
        raise BadInput("the draft", _unmoved(draft, asked), UNDERSTOOD)
    return replace(wanted, edits=tuple(found))


def _unmoved(draft: Draft, asked: list[Wish]) -> str:
    """Why a wish leaves this draft's text as it is."""
    if any(wish.kind == "tone" for wish in asked) and draft.kind not in TONED:
        return "its points are put plainly and have no tone to change; the email has one"
    if any(wish.kind == "form" for wish in asked) and "- " in draft.body:
        return "it stands in bullets already"
    if any(wish.kind.startswith("percent") for wish in asked):
        return "it asks for no rate that could change"
    if any(wish.kind == "limit" for wish in asked):
        return "it holds no more words than that already"
    return "its text would stay as it is with that"


def _kept(desk: Desk, draft: Draft, wanted: Wanted, written: Written, asked: list[Wish]) -> Finding:
    """The new version kept, with the user's own edits of the text carried into it."""
    before = draft.facts.get("written")
    if not before and not wanted.edits:
        return finished(desk, written, draft.id, told_of(draft, written, wanted.notes, asked))
    start = before or {"subject": draft.subject, "body": draft.body}
    held = carried(str(start["body"]), draft.body, written.body)
    subject = written.subject if start["subject"] == draft.subject else draft.subject
    body, notes = held.text, list(wanted.notes)
    for edit in wanted.edits:
        body = edit.change(body)
    if held.kept:
        notes.append(Sentence("Your own wording stands in it as you left it."))
    if held.lost:
        notes.append(Sentence("Where a figure you had worded around is another one now, the new"
                              " sentence stands; yours is in the version before."))  # fmt: skip
    made = replace(written, subject=subject, body=body)
    more = {"written": {"subject": written.subject, "body": written.body}}
    return finished(desk, made, draft.id, told_of(draft, made, notes, asked), more)


def _no_other_payer(desk: Desk, payer: str, words: str) -> None:
    others = payers_named(desk.practice, words, payer, desk.practice.name)
    if others:
        short = desk.practice.payers.short_name(payer)
        raise BadInput(
            "the addition",
            f"it names {', '.join(others)} in a letter to {short}",
            "say it without another payer's name or terms",
        )


def _for_another(desk: Desk, draft: Draft, done: Wanted, payer: str) -> Finding:
    """The same wish to another payer: a draft of its own, from that payer's own evidence."""
    facts = replace(
        done.facts,
        payer=payer,
        voice=voice_of(desk.practice, payer),
        chosen=(),
        swapped=(),
        dropped=tuple(part for part in done.facts.dropped if part in PARTS),
        points=(),
        paragraphs=(),
        subject="",
    )
    for words in facts.added:
        _no_other_payer(desk, payer, words)
    return finished(desk, WRITERS[draft.kind](desk, facts))
