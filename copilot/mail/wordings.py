"""How mails between a practice and a payer offer, refuse, promise, accept and ask."""

from __future__ import annotations

import re

OFFERS = re.compile(
    r"\boffer|\bpropos|\bcounter|\b(?:can|could|would|will|to)\s(?:only\s|also\s|then\s)?(?:do|go"
    r"|agree|get|support|approve|move|come|meet|pay|raise|increase|reimburse|adjust|accept"
    r"|consider|give|extend)\b|\b(?:we|i)'(?:ll|d)\s(?:do|go|agree|pay|raise|increase)\b"
    r"|\bable to\b|\bwilling\b|\bprepared to\b|\bposition to\b|\bagree|\bapproved\b"
    r"|\bauthori[sz]ed\b|\b(?:increase|adjustment|raise) (?:of|to)\b|\bwould .{0,20}work\b"
    r"|\b(?:ask|asking|request\w*|seek\w*|looking) (?:for|of)?\b|\brequest\w*\b|\bwould like\b"
    r"|\bwant\b|\bat\b.{0,20}\beffective\b|\b(?:is|are|would be) (?:doable|possible|feasible"
    r"|acceptable)\b",
    re.IGNORECASE,
)
REFUSES = re.compile(
    r"\b(?:unable|not (?:able|prepared|willing|authori[sz]ed|in a position)|cannot|can't|can not"
    r"|won't|will not|would not|wouldn't|do(?:es)? not (?:negotiate|offer|agree|accept|allow|make"
    r"|have)|don't (?:negotiate|offer|agree|have)|declin(?:e|es|ed|ing)|(?:non-?|not )negotiable"
    r"|no (?:increase|adjustment|room|flexibility|exceptions?)|not (?:possible|feasible|approved"
    r"|available|approve|doable)|did not approve|reject(?:ed|s)?|turned down|regret"
    r"|your (?:\w+ ){0,2}(?:request|proposal)[^.;]{0,60}denied)\b",
    re.IGNORECASE,
)
NO_REFUSAL = re.compile(
    r"(?:do not|don't) hesitate|can(?:not|'t) (?:wait|thank)|\bif (?:you|we|i|this|that|they)\b"
    r"[^,]{0,40}(?:cannot|can't|unable)|no room for (?:doubt|error)"
    r"|(?:will|would) not be (?:affected|charged)",
    re.IGNORECASE,
)
ACCEPTS = re.compile(
    r"\b(?:accept(?:s|ed|ing)?|agree(?:s|d)? (?:to|with)|approved?|happy with)\s(?:\w+\s){0,2}?"
    r"your (?:\w+ ){0,2}(?:request|proposal|offer|ask|counter\w*|terms|rate)",
    re.IGNORECASE,
)
UNSURE = re.compile(
    r"\b(?:if|whether|before|once|until|unless|could|would|might|may|need|requires?|in order)\b",
    re.IGNORECASE,
)
COMMITS = re.compile(
    r"\b(?:i|we|our [\w-]+(?: [\w-]+)?|my [\w-]+|the (?:[\w-]+ )?(?:committee|team|plan|group"
    r"|board|department)|legal|he|she|they|[A-Z][a-z]+)\s?(?:'ll|’ll|\s(?:will|shall|am going to"
    r"|are going to|plan to|expect to|intend to|promise to|commits? to|guarantees?"
    r"|undertakes? to))\s(?P<verb>\w+)"
    r"|\byou (?:will|should|can expect to)\s(?P<have>receive|have|hear|get|see)\b"
    r"|\blet me (?P<let>check|get|see|take|talk|run|find|confirm)\b"
    r"|\b(?:committee|board|team|group)\s(?:meets|is meeting|will meet|reviews)\b"
    r"|\b(?:i|we) can (?P<can>\w+)",
    re.IGNORECASE,
)
NO_PROMISE = re.compile(
    r"^(?:not|never|be (?:out|away|on)|need|require|have to|only|miss|wait|see|want|like|love|ask"
    r"|assume|depend|vary|apply|be (?:unable|required))\b|^no\b",
    re.IGNORECASE,
)
REQUESTS = re.compile(
    r"\b(?:please|kindly)\s(?:\w+ly\s)?(?!note|see|find|be advised|accept our|do not|don't|feel"
    r"|contact me|call me|confirm receipt|let me know if)\w+|\b(?:could|can|would|will) you\b"
    r"|\bwe(?:'ll| will| would| do)? need (?:you|your|a|an|the|copies|to see)\b|\bwe require\b"
    r"|\blet (?:me|us) know (?!if you have)|\bare you (?:able|available|open|willing)\b",
    re.IGNORECASE,
)
JOINT = re.compile(
    r",? (?:but|however|although|though|yet|while|whereas) |; (?:however, )?"
    r"|, and (?=(?:we|i|our|the|you)\b)|,? and (?=(?:i|we)(?:'ll| will| can| am| are)\b)",
    re.IGNORECASE,
)
STARTS = re.compile(
    r"\b(?:effective|starting|beginning|from|as of|commencing|start|begin)(?: date)?"
    r"(?: on| of| is)?\W*$",
    re.IGNORECASE,
)
UNTIL = re.compile(r"\b(?:good|valid|open|stands|holds|expires?)\b[^.;]{0,20}$", re.IGNORECASE)
# Behind these words a number is the other side's, today's, or of something else than rates.
THEIRS = re.compile(
    r"(?:your (?:\w+ )?(?:request|proposal|ask|counter\w*|letter|e-?mail)|you (?:asked|requested"
    r"|proposed|sought|wanted|offered)|requested|current(?:ly)?|today's|instead of|rather than"
    r"|\bfrom|up from|than|denial\w*|interest|score\w*|compliance|inflation|costs?\s\w+)\b"
    r"[^.;%$]{0,40}$",
    re.IGNORECASE,
)
NOT_RATES = re.compile(
    r"^\s*(?:of (?:our |your |the |all )?(?:patients?|members?|claims?|visits?|charges?|billed"
    r"|time|shared|savings|practices|network|providers)|share|penalty|interest|denial|score"
    r"|compliance)",
    re.IGNORECASE,
)
