"""A message made fit for reading: one alphabet, one kind of quote, bounded in length."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 4_000
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_PASTED = re.compile(r'"[^"]{80,}"')
_SHORT = {
    r"\bw/o\b": "without",
    r"\bw/": "with ",
    r"\bb/c\b": "because",
    r"\bu\b": "you",
    r"\bur\b": "your",
    r"\byrs?\b": "years",
    r"\bpls\b|\bplz\b": "please",
    r"\bwhats\b": "what's",
    r"\bhows\b": "how's",
    r"\bwheres\b": "where's",
    r"\bgimme\b": "give me",
    r"\bwanna\b": "want to",
    r"\bgonna\b": "going to",
    r"\b(do|does|did|is|are|was|has|have|would|should|could)nt\b": r"\1n't",
    r"\bcant\b": "can't",
    r"\breimb\b": "reimbursement",
    r"\bk\b(?=\s+(?:and|but|so|now)\b)": "ok",
    r"\bpayor": "payer",
    r"\bcontrat\b": "contract",
}


def tidy(message: str) -> str:
    """The message in NFKC without invisible characters, whitespace single, at most 4,000 long.

    Of a longer one the beginning and the end are kept, where people put what they want. A
    pasted passage in quotation marks becomes "that passage": it is material, not a request.
    """
    text = message
    if len(text) > LONGEST:
        text = text[: LONGEST // 2] + ". " + text[-LONGEST // 2 :]
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    for fancy, plain in (("“", '"'), ("”", '"'), ("’", "'"), ("‘", "'"), ("–", "-"), ("—", " - ")):
        text = text.replace(fancy, plain)
    text = re.sub(r"\s*\n\s*", " \n ", text)
    text = re.sub(r"[^\S\n]+", " ", text)
    text = _PASTED.sub("that passage", text)
    for pattern, word in _SHORT.items():
        text = re.sub(pattern, word, text, flags=re.IGNORECASE)
    return re.sub(r" +", " ", text).strip()
