"""What is meant while a draft stands in hand: a change of it, its changes, or the next letter."""

from __future__ import annotations

import re

_LEAD = (
    r"^\W*(?:please |now |then |and |so |ok |write |draft |send |make |prepare |show |me |the |a "
    r"|an |my |our |their )*"
)
_WHICH = r"(?:first|second|third|fourth|fifth|last|final|next|another|[1-5](?:st|nd|rd|th))"
_ANOTHER_LETTER = re.compile(
    _LEAD + rf"(?:{_WHICH}(?: and (?:last|final))? (?:follow[- ]?up|reminder|letter|e-?mail|chaser)"
    r"|follow[- ]?up\b(?! date)|reminder\b|escalat\w+|notice of (?:termination|non-?renewal)"
    r"|acceptance\b|accept (?:their|the|it)\b|counter (?:their|the|at|with)\b"
    r"|thank (?:them|you note))",
    re.IGNORECASE,
)
_WHAT_CHANGED = re.compile(
    _LEAD + r"(?:what (?:has |have you |did you )?changed?|changes|differences?)"
    r"(?: in (?:it|the (?:draft|letter|e-?mail)))?\W*$",
    re.IGNORECASE,
)

_LETTER_WISH = re.compile(
    r"^\W*(?:please |now |then |and |so |ok |let's |let us |we )*"
    r"(?:counter(?! ?offers?\b)|accept(?:ing)?|decline|turn down|reject|escalate|chase"
    r"|(?:reply|respond) to (?:them|him|her|it|their|the|this|that|PAYER)"
    r"|answer (?:them|their|the|this|that|PAYER'?s?) ?(?:e-?mail|mail|letter|offer|proposal)?)\b",
    re.IGNORECASE,
)
_OFFER_WEIGHED = re.compile(
    r"\bshould (?:we|i) (?:accept|take|sign|agree to|refuse|reject)\b"
    r"|\bis (?:(?:their|the|that|this|\w+(?: \w+)?'s) )?offer (?:any good|good|fair|worth|enough"
    r"|acceptable|ok|okay)|\bhow good is (?:their|the|\w+(?: \w+)?'s) offer\b",
    re.IGNORECASE,
)

_THEN_WRITE = re.compile(
    r"(?:[.;!:]\s+|\bplease\s+|\band then\s+)(?:please |now |then )*"
    r"(?:draft|write|thank|counter|reply|answer|e-?mail)\b",
    re.IGNORECASE,
)


def then_writes(words: str) -> bool:
    """Whether a tale ends in an order for a letter: "They offered 3%. Counter with 6%."."""
    return bool(_THEN_WRITE.search(words))


def is_letter_wish(words: str) -> bool:
    """Whether a message orders a letter by what it does: "counter at 6%", "accept it if ..."."""
    return bool(_LETTER_WISH.match(words)) and "?" not in words


def weighs_offer(words: str) -> bool:
    """Whether a message asks what an offer is worth to the practice: "should we accept it?"."""
    return bool(_OFFER_WEIGHED.search(words))


def is_another_letter(words: str) -> bool:
    """Whether a message asks for the next letter of a negotiation and not for a change of the
    one in hand: "second follow-up, a bit firmer", "escalate it to their director"."""
    return bool(_ANOTHER_LETTER.search(words))


def asks_what_changed(words: str) -> bool:
    """Whether a message asks for the difference between a draft's versions."""
    return bool(_WHAT_CHANGED.match(words))
