"""Sentences from the wordings kept as data, chosen by voice, tone and what is known.

The voice is a number of the draft: drafts to different payers of one practice have
different voices, so that they do not share their sentences; the same draft keeps its own.
"""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from copilot.drafting.facts import Facts
from knowledge.evidence import Citation, Figure, Sentence, says

NAMED = re.compile(r"\{([a-z_]+)\}")

Values = Mapping[str, Figure | Citation | str]


@cache
def wordings(kind: str) -> Mapping[str, Mapping[str, list[str]]]:
    """The wordings of a kind of draft by part and tone, from its file or folder in sentences."""
    place = files("copilot.drafting").joinpath("sentences")
    folder = place.joinpath(kind)
    rooms = (
        [place.joinpath(f"{kind}.toml")]
        if not folder.is_dir()
        else sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    )
    held: dict[str, Mapping[str, list[str]]] = {}
    for room in rooms:
        held |= tomllib.loads(room.read_text(encoding="utf-8"))
    return held


@dataclass(frozen=True)
class Wording:
    """Speaks for one draft: its kind of wordings, its facts and the values all parts share."""

    kind: str
    facts: Facts
    values: Values

    def say(self, part: str, more: Values | None = None) -> Sentence | None:
        """The part's sentence in this draft's voice; None where no wording has all it needs."""
        known = {**self.values, **(more or {})}
        fitting = next(
            (
                fit
                for listed in self._listed(part)
                if (fit := [w for w in listed if set(NAMED.findall(w)) <= known.keys()])
            ),
            None,
        )
        if not fitting:
            return None
        template = fitting[self.turn(part, len(fitting))]
        made = says(template, **{name: known[name] for name in NAMED.findall(template)})
        return Sentence(capital(made.text), made.figures, made.citations)

    def first(self, *parts: str, more: Values | None = None) -> Sentence | None:
        """The first of these parts that can be said."""
        for part in parts:
            made = self.say(part, more)
            if made is not None:
                return made
        return None

    def turn(self, part: str, of: int) -> int:
        """Which of a number of choices this draft takes for a part.

        Voices up to the number of choices all differ; those beyond it meet another voice in
        each part, so that no two drafts share their sentences one after the other.
        """
        seed = zlib.crc32(f"{self.facts.purpose} {part}".encode())
        rounds = self.facts.voice // of
        return (self.facts.voice + rounds * (1 + seed // 97 % max(1, of - 1)) + seed) % of

    def _listed(self, part: str) -> list[list[str]]:
        """The part's wordings, those of the language and the tone before the usual ones."""
        held = wordings(self.kind).get(part, {})
        simple = ["simple"] if self.facts.language == "simple" else []
        return [held[name] for name in (*simple, self.facts.tone, "usual") if name in held]


def capital(text: str) -> str:
    """The text with its first letter large; a figure or citation in front stays as it is."""
    return text[:1].upper() + text[1:]
