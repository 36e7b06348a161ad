"""What a user says was agreed on a call, turned to the payer: "they will send" is "you will send".

The words stay the user's own, days included; only what tells the copilot to write is left out.
"""

from __future__ import annotations

import re

TELLS = re.compile(
    r"\b(?:will|'ll|agree[ds]?|promise[ds]?|offer(?:ed|s)?|confirm(?:ed|s)?|going to|would|"
    r"said|want(?:ed|s)?|look(?:s|ed)? (?:at|into)|send(?:s)?|sent|asked?|(?:is|are) to)\b",
    re.IGNORECASE,
)
COMMAND = re.compile(
    r"^(?:please |now |can you |could you |so )*(?:write|draft|send (?:a|an|him|her|them|the)\b|"
    r"thank|make|keep|compose|e-?mail|say|recap|summarize|put|prepare)\b",
    re.IGNORECASE,
)
# A thank-you said with its reason in one sentence: the reason is what was agreed.
FOR = re.compile(
    r"\b(?:for (?:agreeing|promising|offering) to|in which|where|(?<=[,;]) (?:as|since|because)|"
    r"(?:that|how)(?= (?:they|he|she|we|you)\b))\s+(.+)$",
    re.IGNORECASE | re.DOTALL,
)
REST = r"([^.;]{4,160}?)(?=[.;]|, (?:and |but )?(?:make|keep|be|a bit|short)|$)"
ASKED_TOO = re.compile(
    r"\bask (?:them |her |him )?(?:again |once more |also |too )*for (?!\d|an? (?:answer|reply))"
    + REST,
    re.IGNORECASE,
)
SAID_TOO = re.compile(
    r"\b(?:mention(?:ing)?|point out|remind (?:them|her|him)|say|add|tell (?:them|her|him)) that "
    + REST,
    re.IGNORECASE,
)
SENTENCES = re.compile(r"(?<=[.!?;])\s+")
ABBREVIATED = re.compile(r"\b(Dr|Mr|Ms|Mrs|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\. ")
THEIRS = (
    (r"\b(?:they|he|she) (?:have|has)\b", "you have"),
    (r"\b(?:they|he|she) (?:are|is)\b", "you are"),
    (r"\b(?:they|he|she) was\b", "you were"),
    (r"\b(?:they|he|she)\b", "you"),
    (r"\b(?:they|he|she)'ll\b", "you will"),
    (r"\b(?:their|his)\b", "your"),
    (r"\b(?:them|him)\b", "you"),
)


def agreed_in(question: str) -> str:
    """What a message says was agreed on a call, in its own words; "" where it says nothing."""
    head, colon, tail = question.partition(":")
    words = (
        tail if colon and re.search(r"call|thank|talk|meeting|spoke|e-?mail", head, re.I) else ""
    )
    kept: list[str] = []
    for sentence in SENTENCES.split(ABBREVIATED.sub(r"\1\0 ", words or question)):
        said = sentence.replace("\0", ".").strip().rstrip(".;! ")
        if COMMAND.match(said):
            found = FOR.search(said)
            if found is None or not re.search(r"[a-z]", found[1]):
                continue
            said = f"you will {found[1]}" if " to " in found[0][:18] else found[1]
        if said and TELLS.search(said) and not said.endswith("?"):
            kept.append(said.rstrip(".;! "))
    return "; ".join(kept)


def also_in(question: str) -> str:
    """What else a reminder is to say, as a sentence; "" where the message names nothing.

    "ask again for the code table" asks; "mention that the visits doubled" says.
    """
    if found := ASKED_TOO.search(question):
        return f"Please send {found[1].strip()} as well"
    found = SAID_TOO.search(question)
    return found[1].strip() if found else ""


def to_payer(words: str, payer: str) -> str:
    """The words said to the payer itself, whom they speak of: they and its name become you."""
    named = re.escape(payer)
    said = re.sub(rf"\b{named}'s\b", "your", words)
    said = re.sub(
        rf"\b{named} (will|agreed|promised|offered|said|confirmed|would)\b", r"you \1", said
    )
    for pattern, turned in THEIRS:
        said = re.sub(pattern, turned, said, flags=re.IGNORECASE)
    return said[:1].lower() + said[1:] if said[:4].lower() == "you " else said
