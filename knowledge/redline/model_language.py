"""What a position writes into a contract, by level: the words, and how they go in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, cast

from knowledge.positions import Position
from knowledge.problems import BadInput

Level = Literal["opening", "target", "walk_away"]
LEVELS: tuple[Level, ...] = ("opening", "target", "walk_away")
LEVEL_NAMES = {"opening": "opening", "target": "target", "walk_away": "walk-away"}


@dataclass(frozen=True)
class ModelLanguage:
    """A position's words for a contract.

    words: by level; "" takes the clause out, no entry means that at this level no word of the
    contract changes. caption: of a clause that is added. near: captions under which it
    belongs, the best first. beside: verdicts at which the words go behind the clause that is
    there, which stays. clause: captions under which the whole clause gives way, not its one
    sentence. span_after: a number given by the words before it, in a term told in words, and
    what it becomes.
    """

    words: dict[Level, str]
    caption: str
    near: tuple[re.Pattern[str], ...]
    beside: tuple[str, ...]
    clause: re.Pattern[str] | None
    span_after: tuple[re.Pattern[str], int, str] | None


def model_language(position: Position) -> ModelLanguage:
    """A position's words; one without a table of its own has its one wording at each level."""
    data: dict[str, Any] = dict(position.model_language)
    words = {level: data[level] for level in LEVELS if level in data}
    if not words:
        words = dict.fromkeys(LEVELS, position.language)
    span = data.get("span_after")
    return ModelLanguage(
        words=cast(dict[Level, str], words),
        caption=data.get("caption", position.term.replace("_", " ").capitalize()),
        near=tuple(re.compile(each, re.IGNORECASE) for each in data.get("near", ())),
        beside=tuple(data.get("beside", ())),
        clause=re.compile(data["clause"], re.IGNORECASE) if "clause" in data else None,
        span_after=(
            (re.compile(span["says"], re.IGNORECASE), int(span["becomes"]), span["unit"])
            if span
            else None
        ),
    )


def level_of(words: str | None) -> Level:
    """The level that a user names, the opening where none is; raises BadInput for another."""
    if words is None or not words.strip():
        return "opening"
    plain = re.sub(r"[\s_-]+", " ", words.lower())
    for level, says in (
        ("walk_away", r"walk away|walkaway|minimum|least|floor|bottom|stop"),
        ("target", r"target|aim|realistic|middle|goal"),
        ("opening", r"open|first|ideal|most|high"),
    ):
        if re.search(says, plain):
            return cast(Level, level)
    raise BadInput(f"level {words!r}", "there is no such level", "use opening, target or walk_away")
