"""The caption of a paragraph: a heading on a line of its own, or one that runs into its text."""

from __future__ import annotations

import re

from knowledge.documents.blocks import Block

LONGEST_CAPTION = 110
_SMALL_WORDS = (
    "a an and as at but by for from in into of on or per the to upon via with without not is are "
    "be you your we our us it its do does how"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_VERB = re.compile(
    r"\b(?:shall|must|will|may|means|agrees?|acknowledges?|represents?|is|are|was|were|has|have"
    r"|does|do|can)\b"
)
_DUTY = re.compile(r"\b(?:shall|must|will|may|agrees?)\b")
_ASKING = frozenset({"When", "What", "Who", "Where", "How", "Why", "If", "Which"})
_RUN_IN = re.compile(
    r"(?P<caption>[A-Z§][^.:;?!]{1,100}?|[A-Z][^.:;?!]{1,60}?(?:\betc\.|\bvs?\.)[^.:;?!]{0,40}?)"
    r"(?P<stop>[.:?]|\s[–—-]+)\s+(?=[A-Z\"“(\[\d§])"
)
_FORM_LINE = re.compile(
    r"_{3,}|^(?:by|name|title|date|dated|signature|signed|print(?:ed)? name|its|tin|npi|address"
    r"|phone|telephone|fax|e-?mail|attention|attn)\b\s*:?|\.{4,}|@|\d{3}-\d{4}",
    re.IGNORECASE,
)


def run_in(block: Block, after: int) -> str:
    """The caption that begins a block's text after its number and runs into the sentence.

    By its bold type where the block has any, else by a first sentence in title case or of a
    few words without a verb. "" when there is none.
    """
    text = block.text[after:]
    if after == 0 and _FORM_LINE.search(text[:60]):
        return ""
    if after + 2 < block.bold < len(block.text):
        bold = block.text[after : block.bold].strip().rstrip(".:;–—- ")
        if 0 < len(bold) <= LONGEST_CAPTION and not bold.startswith(('"', "“")):
            return bold
        return bold.strip('"“” ') if 0 < len(bold) <= 60 else ""
    match = _RUN_IN.match(text)
    if not match:
        return ""
    caption = match["caption"].strip()
    words = caption.split()
    if match["stop"].strip() in (":",) and not is_titled(caption):
        return ""
    titled = is_titled(caption) and len(words) <= 14
    asking = caption.split()[0] in _ASKING and not _DUTY.search(caption)
    brief = len(words) <= 7 and after > 0 and (asking or not _VERB.search(caption))
    return caption if titled or brief else ""


def stands_alone(block: Block, after: int) -> bool:
    """Whether a block is nothing but a heading (after its number)."""
    text = block.text[after:].strip()
    if block.kind == "row" or not text:
        return bool(after) and block.kind != "row"
    if block.level is not None:
        return len(text) <= 2 * LONGEST_CAPTION
    if len(text) > LONGEST_CAPTION or _FORM_LINE.search(text):
        return False
    if not any(letter.isalpha() for letter in text):
        return False
    if text.endswith((";", ",", ":")) and not (block.bold >= len(block.text) - 1 and block.bold):
        return False
    if block.bold >= len(block.text) - 1 and block.bold > 0:
        return bool(text[:1].isupper() or after > 0)
    if text.endswith("."):
        return after > 0 and ". " not in text and is_titled(text) and len(text.split()) <= 8
    if text.endswith((" and", " or")):
        return False
    if is_capitals(text):
        return True
    if text.endswith("?") and after > 0:
        return True
    if _VERB.search(text):
        return False
    plain = after > 0 and text[:1].isupper() and not block.text.startswith("(")
    return (plain and len(text.split()) <= 8) or (is_titled(text) and len(text.split()) <= 12)


def is_plain_title(block: Block) -> bool:
    """Whether a heading has no look of its own but its title case, so may be any short line."""
    return block.level is None and not block.bold and not is_capitals(block.text)


def is_capitals(text: str) -> bool:
    """Whether all letters are capitals and there are at least three."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 3 and sum(letter.isupper() for letter in letters) >= 0.95 * len(letters)


def is_titled(text: str) -> bool:
    """Whether every word of weight begins with a capital."""
    words = re.findall(r"[A-Za-z][A-Za-z'’/&-]*", text)
    weighty = [word for word in words if word.lower() not in _SMALL]
    if not weighty or not words[0][0].isupper():
        return False
    capitals = sum(1 for word in weighty if word[0].isupper())
    return capitals >= 0.85 * len(weighty)
