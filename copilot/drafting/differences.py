"""What differs between two texts of a draft: word by word to see, sentence by sentence to tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from copilot.drafts import Draft
from knowledge.evidence import plain

WORDS = re.compile(r"\n+|[^\S\n]+|\S+")
SENTENCES = re.compile(r"(?<=[.!?:])[^\S\n]+(?=[^a-z])|\n+")
KINDS: dict[str, Literal["same", "out", "in"]] = {"delete": "out", "insert": "in"}


@dataclass(frozen=True)
class Stretch:
    """A run of words that both texts hold, or only the earlier, or only the later one."""

    kind: Literal["same", "out", "in"]
    text: str


def stretches(before: str, after: str) -> list[Stretch]:
    """The two plain texts as one, with what was taken out and put in; nothing is lost.

    Without what was put in it is the text before, without what was taken out the one after.
    """
    old, new = WORDS.findall(before), WORDS.findall(after)
    made: list[Stretch] = []
    for kind, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            made.append(Stretch("same", "".join(old[i:j])))
            continue
        gone, come = "".join(old[i:j]), "".join(new[k:n])
        made += [Stretch("out", gone)] if gone else []
        made += [Stretch("in", come)] if come else []
    return made


def changed_sentences(before: str, after: str) -> list[tuple[str, str]]:
    """Pairs of what stood there and what stands there now; "" where one side holds nothing."""
    old, new = _sentences(before), _sentences(after)
    return [
        (" ".join(old[i:j]), " ".join(new[k:n]))
        for kind, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if kind != "equal"
    ]


def whole_text(draft: Draft) -> str:
    """Subject and body of a version as a reader sees them."""
    return plain(f"{draft.subject}\n\n{draft.body}")


def _sentences(text: str) -> Sequence[str]:
    return [part.strip() for part in SENTENCES.split(text) if part.strip()]
