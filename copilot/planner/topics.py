"""The subject of a question or a draft, in the user's words without the frame around it."""

from __future__ import annotations

import re

from copilot.planner.across_contracts import across_contracts
from copilot.planner.habits import habits
from copilot.planner.reading import Reading

_GUIDE_FRAME = re.compile(
    r"^(?:(?:what(?:'s| is| does| do| has)?|does|is there|check|see|look in|search"
    r"|find|show me|according to|per|anything|any|where)\s+)*"
    r"(?:in |what )?(?:the |our |your )?(?:contracting |payer )?(?:guide|handbook"
    r"|manual|book)(?:book)?\s*"
    r"(?:(?:say|says|said|have|has|tell|tells|mention|mentions|talk|talks|cover"
    r"|covers|recommend|recommends|suggest|suggests|advise|advises|got|get"
    r"|give)\s*)*(?:us |me |you )?"
    r"(?:(?:to say|anything|something|any advice)\s*)?(?:about|on|regarding|for|to|that|,)?\s*",
    re.IGNORECASE,
)
_CONTRACT_FRAME = re.compile(
    r"^(?:(?:can you |please )?(?:find|show|show me|give me|pull up|pull|quote|read"
    r"|read me|look up|look for|search|search for|where is|where's|locate"
    r"|get me)\s+)?"
    r"(?:(?:the |any |that )?(?:clause|clauses|language|wording|words|part|section"
    r"|sections|passage|provision|text|bit|paragraph)s?\s+(?:on|about|for|regarding"
    r"|that covers|covering|of|where)\s+)?"
    r"(?:what (?:does|do|did) (?:it|(?:the|our|their|this)?\s*(?:contracts?"
    r"|agreements?|paper|deal|document)?) ?(?:say|says|mention|state"
    r"|tell us)\s+(?:about|on|regarding|for)?\s*)?"
    r"(?:(?:is|are) there (?:anything|any|a|an)\s+(?:in (?:the|our"
    r"|any of our) (?:contracts?|agreements?) )?(?:about|on|regarding)?\s*)?"
    r"(?:(?:does|do) (?:it|the (?:contract|agreement)|our (?:contracts?|agreements?)"
    r"|any (?:of our )?contracts?) (?:say (?:anything )?(?:about)?|mention"
    r"|talk about|cover|include)\s*)?",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:about|regarding|concerning|re:?|on the subject of|over|on|around"
    r"|for)\s+(?:their |our |the |his |her |a |an |how |why )?(.+)$",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\s*\b(?:in|under|with|at|from|of|by|for)?\s*(?:our|the|their|my)?\s*\x00(?:'s)?\s*(?:contracts?|agreements?|paper|deal)?\s*",
    re.IGNORECASE,
)
_REST = re.compile(
    r"^(?:contracts?|agreements?|paper|deal|say|says|does|what)\b\s*(?:say|says)?\s*(?:about|on)?\s*",
    re.IGNORECASE,
)


def topic_of(tool: str, part: Reading) -> str | None:
    """What it is about: for a search the question itself, for a draft what follows 'about'."""
    if tool.startswith("search_guide"):
        text = habits().lead_in.sub("", part.words) or part.words
        return _trimmed(_GUIDE_FRAME.sub("", text)) or _trimmed(text)
    if tool == "search_contract" and across_contracts(part):
        return _trimmed(habits().lead_in.sub("", part.words) or part.words)
    if tool.startswith("search_"):
        text = _without_payers(part)
        text = habits().lead_in.sub("", text) or text
        topic = _trimmed(_REST.sub("", _trimmed(_CONTRACT_FRAME.sub("", text))))
        return topic or _trimmed(part.words)
    return _draft_topic(part)


def _draft_topic(part: Reading) -> str | None:
    text = _without_payers(part, with_numbers=True)
    found = _ABOUT.search(text)
    if not found:
        return None
    if "\x01" in found.group(1) and re.match(r"for\b", found.group(), re.IGNORECASE):
        return None
    topic = _trimmed(re.split(r"[.?!;]", found.group(1).replace("\x01", " "))[0])
    words = [word for word in re.findall(r"[a-z']+", topic.lower()) if word not in habits().fillers]
    plain = {
        "raise",
        "increase",
        "rates",
        "call",
        "meeting",
        "tomorrow",
        "thursday",
        "monday",
        "tuesday",
        "wednesday",
        "friday",
        "higher",
        "better",
        "next",
        "week",
        "today",
        "email",
        "letter",
        "negotiation",
        "rep",
        "phone",
        "conversation",
        "money",
        "more",
        "renegotiating",
        "renegotiate",
        "asking",
        "talk",
        "behavioral",
        "health",
        "adding",
    }
    return topic if [word for word in words if word not in plain] else None


def _without_payers(part: Reading, with_numbers: bool = False) -> str:
    """The words with payers, and where asked amounts and codes, taken out."""
    kinds = ("payer", "percent", "medicare", "top") if with_numbers else ("payer",)
    out, at = [], part.start
    for span in part.of(*kinds):
        if span.start >= at:
            out += [part.text[at : span.start], "\x00" if span.kind == "payer" else " \x01 "]
            at = span.end
    text = "".join([*out, part.text[at : part.end]])
    return re.sub(r"\s+", " ", _OWN.sub(" ", text)).strip()


def _trimmed(text: str) -> str:
    return re.sub(
        r"^(?:the|a|an|any)\s+(?=\w)", "", text.strip(" ?.!,:;-\"'"), flags=re.IGNORECASE
    ).strip()
