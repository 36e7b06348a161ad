"""What a question about duties narrows down to: whose, which matter, which deadlines."""

from __future__ import annotations

import re

from copilot.planner.asked_data import shown
from copilot.planner.reading import Reading

_THEY = r"(?:PAYER(?:'s)?|they|them|their|the (?:payer|plan|insurer|carrier)(?:'s)?|payers?|plans?)"
_HAVE = r"(?:must|have to|has to|need to|needs to|owes?|promised|agreed|commit\w*|bound|obliged)"
_NOUN = r"(?:obligations?|duties|responsibilities|commitments?|promises|deadlines?|homework|tasks?)"
_PRACTICE = re.compile(
    rf"\bwe {_HAVE}|\b(?:do|must|should|can't|cannot|are|have) we\b|\bour {_NOUN}"
    rf"|\bi {_HAVE}|\b(?:for|by) us to\b|\bon us\b"
    r"|\bwe(?:'re| are) (?:not )?(?:allowed|obliged|bound)"
)
_PAYER = re.compile(
    rf"{_THEY} {_HAVE}"
    rf"|\b(?:do|does|must|should|did|has|have|is|are) {_THEY}\b(?! (?:contract|want))"
    rf"|{_THEY} {_NOUN}|\b{_NOUN} (?:to us|of (?:the payer|the plan|PAYER))|\bowe us\b"
)
_DATED = re.compile(r"\bcalendar\b|\bfixed dates?\b|\bdated\b|\bevery (?:month|quarter|year)\b")
_ANY = re.compile(r"\bdeadlines?\b|\bdue dates?\b|\bdays? (?:to|for)\b")
_MATTERS = {
    "Overpayments": r"overpayments?|recoup\w*|refunds?|take ?backs?",
    "Claims": r"claims?\b|filing",
    "Authorizations and review": r"authori[sz]\w*|referrals?|utilization review",
    "Charges to patients": r"balance bill\w*|charg\w* patients|copays?|billing patients",
    "Credentialing and licences": r"credential\w*|licen[sc]\w*",
    "Directory and eligibility": r"director(?:y|ies)|eligibility",
    "Records and audits": r"records?\b|audits?|access to charts",
    "Quality and reports": r"reports?\b|reporting|quality",
    "Insurance and indemnity": r"malpractice|indemni\w*|insurance (?:coverage|limits)",
    "Privacy and confidence": r"privacy|confiden\w*|hipaa",
    "Disputes": r"disputes?|appeals?|arbitrat\w*",
    "Term and ending": r"terminat\w*|renewal|ending",
    "Notices and changes": r"notices?\b|amend\w*",
    "Payment": r"payments?\b|pay us|paying",
}


def side(part: Reading) -> str | None:
    """practice or payer, where only one side's duties are asked about."""
    text = shown(part)
    ours, theirs = bool(_PRACTICE.search(text)), bool(_PAYER.search(text))
    return None if ours == theirs else "practice" if ours else "payer"


def due(part: Reading) -> str | None:
    """dated for what stands in a calendar, any for whatever has a deadline."""
    text = shown(part)
    return "dated" if _DATED.search(text) else "any" if _ANY.search(text) else None


def matter(part: Reading) -> str | None:
    """The one matter of duties that is named."""
    text = shown(part)
    return next((name for name, words in _MATTERS.items() if re.search(rf"\b(?:{words})", text)),
                None)  # fmt: skip
