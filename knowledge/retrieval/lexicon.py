"""What practices ask about contracts, and how contracts say it (lexicon.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.retrieval.words import phrase_pattern


@dataclass(frozen=True)
class Concept:
    """One matter that contracts settle; the fields are those of lexicon.toml."""

    name: str
    asks: tuple[str, ...]
    cues: tuple[str, ...]
    heads: tuple[str, ...]
    says: tuple[str, ...]
    words: tuple[str, ...]
    wants: str | None

    @property
    def cue_patterns(self) -> tuple[re.Pattern[str], ...]:
        """One pattern a cue, for a question in lower case."""
        return tuple(phrase_pattern((cue,)) for cue in self.cues)

    @property
    def word_patterns(self) -> tuple[re.Pattern[str], ...]:
        """One pattern a phrase, for a clause in lower case."""
        return tuple(phrase_pattern((word,)) for word in self.words)


@cache
def lexicon() -> tuple[Concept, ...]:
    """All concepts, in the file's order."""
    data = tomllib.loads(
        files("knowledge.retrieval").joinpath("lexicon.toml").read_text(encoding="utf-8")
    )
    return tuple(
        Concept(
            name=each["name"],
            asks=tuple(each["asks"]),
            cues=tuple(each["cues"]),
            heads=tuple(each["heads"]),
            says=tuple(each["says"]),
            words=tuple(each["words"]),
            wants=each.get("wants"),
        )
        for each in data["concept"]
    )
