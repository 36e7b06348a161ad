"""The subject of an email: one that an inbox shows whole, never cut inside a word."""

from __future__ import annotations

import re
from dataclasses import replace

from copilot.drafting.purposes import Purpose
from copilot.drafting.wording import Wording
from knowledge.evidence import Sentence, plain

LONGEST = 100


def subject_of(wording: Wording, purpose: Purpose) -> Sentence:
    """The subject in the draft's voice, or the next one that keeps to a hundred characters.

    Where none does, the scope is said by its paper alone ("Exhibit B" for "99213 and 99214 in
    Exhibit B"), then by "the rates", and last the tax number's end is left to the body.
    """
    first: Sentence | None = None
    for spoken in _shorter(wording):
        for step in range(8):
            facts = replace(spoken.facts, voice=spoken.facts.voice + step)
            made = replace(spoken, facts=facts).first(purpose.subject, f"{purpose.subject}_undated")
            first = first or made
            if made is not None and len(plain(made.text)) <= LONGEST:
                return made
    assert first is not None
    return first


def _shorter(wording: Wording) -> list[Wording]:
    """The wording, then with a shorter scope, then without the tax number's end."""
    values = dict(wording.values)
    made = [wording]
    exhibit = str(values.get("exhibit") or "")
    for scope in (exhibit, "the rates"):
        if scope and len(scope) < len(str(values["scope"])):
            values = {**values, "scope": scope}
            made.append(replace(wording, values=values))
    bare = re.sub(r" \([^()]*\)$", "", str(values["practice"]))
    made.append(replace(wording, values={**values, "tin": "", "tin_inside": ""}))
    made.append(replace(wording, values={**values, "practice": bare, "tin": "", "tin_inside": ""}))
    return made
