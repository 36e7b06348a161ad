"""What one kind of email brings besides the ask and the evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from copilot.drafting.shared_values import Value
from knowledge.evidence import Citation, Sentence

STATUTE_READ = "November 2026"
NUMBERED = re.compile(r"^\(?(?:\d{1,2}|[a-z]|[ivx]+)[.)] (?=[A-Z])")


@dataclass(frozen=True)
class Occasion:
    """Values for the wordings, parts said as they are, what is cited, what to note.

    headline: what to say of the draft, where the usual sentence does not say it. mark: a line
    that stands above the greeting.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    parts: Mapping[str, Sequence[Sentence]] = field(default_factory=dict)
    citations: tuple[Citation, ...] = ()
    notes: tuple[Sentence, ...] = ()
    headline: Sentence | None = None
    mark: str = ""


def quoted(citation: Citation) -> str:
    """A passage's words in quotation marks, on one line, without the number it stands under."""
    words = " ".join(citation.quote.split())
    return f"“{NUMBERED.sub('', words)}”"


def first_sentences(citation: Citation, most: int = 320) -> Citation:
    """The beginning of a passage up to the end of a sentence, verbatim, with its offsets."""
    text = citation.quote
    if len(text) > most:
        stops = [m.end() for m in re.finditer(r"[.;](?=\s)", text[:most])]
        text = text[: stops[-1] if stops else text.rfind(" ", 0, most)]
    end = citation.start + len(text)
    return Citation(citation.source, citation.section, citation.page, citation.start, end, text,
                    citation.document)  # fmt: skip
