"""Wishes that no fact of a draft stands for, done to its text: its words, items and sections."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from copilot.drafting import structure
from copilot.drafting.bh_questions import BLANK
from copilot.drafting.change_words import Wish
from copilot.drafts import Draft
from knowledge.evidence import Sentence, plain

QUESTION = re.compile(r"(?:a|one|another)\s+question\s+(?:about|on|for)\s+(.+)", re.IGNORECASE)
GREETED = ("email", "proposal")
DATED = ("email", "proposal", "talking_points", "agenda")


@dataclass(frozen=True)
class TextEdit:
    """A change of the text itself: how to make it, and what to tell of it."""

    change: Callable[[str], str]
    note: str

    def told(self) -> Sentence:
        """What was changed, as a sentence."""
        return Sentence(self.note)


def text_edit(draft: Draft, wish: Wish) -> TextEdit | None:
    """The wish as a change of this draft's text, where it is one of its own kind."""
    words = wish.words
    question = QUESTION.match(words) if wish.kind in ("add", "more") else None
    if question and draft.kind == "bh_questions":
        asked = f"- **What applies to {question[1].rstrip('?. ')}?**\n  - {BLANK}"
        return TextEdit(lambda text: f"{text}\n\n{asked}", f"Added as a question: {words}.")
    if wish.kind == "swap":
        return _words(draft, wish)
    if wish.kind == "addressee" and draft.kind not in GREETED:
        return TextEdit(lambda text: f"For: {words}\n\n{text}", f"Headed: for {words}.")
    if wish.kind == "signer" and draft.kind not in GREETED:
        return TextEdit(lambda text: f"{text}\n\nFrom: {words}", f"At its end: from {words}.")
    if wish.kind == "reply_on" and draft.kind not in DATED:
        said = words[:1].upper() + words[1:]
        return TextEdit(lambda text: f"{text}\n\nPlease answer by {said}.",
                        f"At its end it asks for an answer by {said}.")  # fmt: skip
    return None


def by_structure(draft: Draft, wish: Wish) -> TextEdit | None:
    """A drop or a move that the draft's facts do not know, by the look of its text; None where
    the text holds nothing of it."""
    words, number = wish.words, int(wish.number or 0)
    change: Callable[[str], str]
    if wish.kind == "drop":
        change, note = (lambda text: structure.without_words(text, words)), f"Taken out: {words}."
    elif wish.kind in ("drop_point", "drop_paragraph", "drop_section"):
        kind = wish.kind.removeprefix("drop_")
        change = lambda text: structure.without_numbered(text, kind, number)  # noqa: E731
        note = f"Taken out: {words}."
    elif wish.kind == "first":
        change, note = (lambda text: structure.with_first(text, words)), f"First comes: {words}."
    else:
        return None
    return TextEdit(change, note) if change(draft.body) != draft.body else None


def _words(draft: Draft, wish: Wish) -> TextEdit | None:
    """Words of the draft replaced by the user's own, where they stand in it."""
    old, new = (re.sub(r"^[\"“”'‘’]+|[\"“”'‘’.]+$", "", part) for part in (wish.words, wish.to))
    quoted = wish.words[:1] in "\"“'‘"
    text = plain(f"{draft.subject}\n{draft.body}").lower()
    if not old or old.lower() not in text or not (quoted or len(old.split()) > 3):
        return None
    return TextEdit(lambda text: structure.reworded(text, old, new),
                    f"It says “{new}” where it said “{old}”.")  # fmt: skip
