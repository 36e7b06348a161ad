"""How hard a text reads: the Flesch-Kincaid grade, worked out here.

0.39 x words / sentences + 11.8 x syllables / words - 15.59 (Kincaid and others, 1975).
A number counts as one word of two syllables, so that a letter full of sums is not graded
by how its digits would be spelled out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|[$]?\d[\d,.]*%?")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = (
    r"(?:[^aeiouylr]|[aeiouy]r|[aeiouy]l)e$",
    r"[^aeiouytd]ed$",
    r"[^aeiouysxzcgh]es$",
)


def syllables(word: str) -> int:
    """A word's syllables by its groups of vowels; a silent final e or ed counts for none."""
    if any(c.isdigit() for c in word):
        return 2
    low = re.sub(r"['’]\w+$", "", word.lower())
    if len(low) <= 3:
        return 1
    count = len(VOWELS.findall(low))
    count += len(re.findall(r"(?:ia(?!l\b|n\b)|io(?!n|u)|iu|eo(?!u|p)|ua(?!r)|uou|dnt|ism$)", low))
    count -= any(re.search(silent, low) for silent in SILENT)
    return max(count, 1)


def grade(sentences: Sequence[str]) -> float:
    """The school grade at which sentences read; 0 sentences give 0."""
    words = [w for s in sentences for w in WORD.findall(s)]
    if not words or not sentences:
        return 0.0
    heard = sum(map(syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * heard / len(words) - 15.59
