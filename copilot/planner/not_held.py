"""What the tables cannot be parted by: a question by site or by doctor is told so, and is not
answered with the figure of the whole practice."""

from __future__ import annotations

import re

from copilot.planner.asked_data import DATA_TOOLS
from copilot.planner.jobs import Job

_BY = (
    r"(?:by|per|for each|for every|each|every|which(?: of (?:our|the|my))?|what|across(?: the)?"
    r"|between(?: the)?)"
)
_OURS = r"(?:of (?:our|the|my) |our |the |individual |single |rendering |clinic |practice )*"
_PARTS = {
    "site": r"locations?|sites?|clinics?|clinic sites?|branch(?:es)?|buildings?"
    r"|offices?(?! (?:visits?|codes?|rate|setting))",
    "clinician": r"doctors?|docs?|physicians?|providers?|clinicians?|np'?s?|pa'?s"
    r"|nurse practitioners?",
    "weekday or hour": r"days? of (?:the )?week|weekdays?|hours?(?: of day)?|time of day",
    "age": r"age(?:s| groups?| bands?)?|generations?",
    "sex": r"gender|sex|males?|females?",
    "place of living": r"zip(?: ?codes?)?|county|counties|postcodes?|neighborhoods?",
    "diagnosis": r"diagnos[ei]s|icd(?:-?10)?(?: codes?)?|conditions?|diseases?",
    "source of referral": r"referral sources?|referring (?:doctors?|providers?|physicians?)",
    "specialty": r"special(?:ty|ties)",
}  # fmt: skip
_PATTERNS = {
    name: re.compile(rf"\b{_BY}\s+{_OURS}(?:{words})\b(?! contract)", re.IGNORECASE)
    for name, words in _PARTS.items()
}
_ABSENT = {
    "Claims tell what patients owe, not what they have paid, so I cannot count that. The payer mix"
    " shows patients' own part of the same claims.": re.compile(
        r"\bco-?pays? (?:collected|received)|\bpatient (?:balances?|payments?|collections?)\b"
        r"|\b(?:did|do|have|has) patients? (?:pay|paid)\b|\bpatients? (?:paid|pay) us\b"
        r"|\bself[- ]?pay balances?\b",
        re.IGNORECASE,
    ),
    "Nothing on file tells what is still outstanding: the claims hold what was decided. I can show"
    " days to payment, denials never paid, and underpayments by payer.": re.compile(
        r"(?<!days in )\baccounts receivable\b|\ba/?r\b(?! days)|\boutstanding\b|\baging\b", re.I
    ),
    "I give no collection rate. I can give charges, allowed dollars and payments of one period"
    " beside each other, by payer.": re.compile(
        r"\b(?:gross|net)? ?collections? (?:rate|ratio|percent\w*)\b", re.IGNORECASE
    ),
    "Nothing on file counts no-shows: claims hold only what was billed. I can count visits,"
    " patients, lines and dollars by payer, product, code and period.": re.compile(
        r"\bno[- ]?shows?\b|\bmissed appointments?\b", re.IGNORECASE
    ),
    "No tool of mine counts waiting times for appointments. I can count visits and patients by"
    " payer, product and period.": re.compile(
        r"\bthird next available\b|\bwait(?:ing)? times? for (?:an? )?(?:appointment|visit)", re.I
    ),
}
_SPLIT = DATA_TOOLS - {"quality_scorecard", "model_fee_change", "model_capitation"}
_ELSEWHERE = (
    "search_contract", "search_guide", "contract_terms", "off_topic", "story", "follow", "help",
)  # fmt: skip
_PAPER = re.compile(
    r"\b(?:contracts?|agreements?|clauses?|let us|allow|(?:may|can|must) (?:we|they|i))\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b(?:visits?|encounters?|payments?|collect\w*|revenue|charges?|bill(?:ed|s)?|denials?|denied"
    r"|patients seen|volume|income)\b",
    re.IGNORECASE,
)


def not_held(job: Job) -> str | None:
    """What to say where a question parts the data by what is not kept; None where it does not."""
    words = job.reading.words
    elsewhere = job.name in _ELSEWHERE and _MEASURE.search(words) and not _PAPER.search(words)
    if job.name not in _SPLIT and not elsewhere:
        return None
    for name, pattern in _PATTERNS.items():
        if pattern.search(words):
            return (
                f"I cannot split your figures by {name}: the tables on file are not kept that way."
                " I can split them by payer, product, line of business, code and period."
            )
    return next((said for said, pattern in _ABSENT.items() if pattern.search(words)), None)
