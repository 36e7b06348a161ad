"""Wordings to be read aloud: of those that fit, the ones that say the most."""

from __future__ import annotations

from dataclasses import dataclass

from copilot.drafting.wording import NAMED, Values, Wording, capital
from knowledge.evidence import Sentence, says


@dataclass(frozen=True)
class Spoken(Wording):
    """Like Wording, but a wording with a figure in it goes before one that does without.

    The draft's voice turns among the wordings that name as much.
    """

    def say(self, part: str, more: Values | None = None) -> Sentence | None:
        """The part's sentence in this draft's voice; None where no wording has all it needs."""
        known = {**self.values, **(more or {})}
        for listed in self._listed(part):
            fitting = [w for w in listed if set(NAMED.findall(w)) <= known.keys()]
            if fitting:
                most = max(len(_told(w)) for w in fitting)
                alike = [w for w in fitting if len(_told(w)) >= most - SLACK.get(part, 0)]
                template = alike[self.turn(part, len(alike))]
                made = says(template, **{name: known[name] for name in NAMED.findall(template)})
                return Sentence(capital(made.text), made.figures, made.citations)
        return None


SLACK = {"open_first_call": 1}  # an opening may leave one thing out, so that openings differ


def _told(template: str) -> set[str]:
    """The things a wording names; the "about " before a figure is none."""
    return {name for name in NAMED.findall(template) if not name.startswith("about_")}
