"""Each term in a practice's words: its label, how a sentence states it, how people ask for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.terms.names import TERM_NAMES


@dataclass(frozen=True)
class Words:
    """label: a short noun phrase. states: a sentence's start that the value ends. asked: a
    pattern of how users name it."""

    label: str
    states: str
    asked: str


_ALL = {
    "no_cause_termination_days": Words(
        "Notice to end without cause",
        "the notice to end the contract without cause is",
        r"without cause|no[- ]cause|terminat|cancel|get out|leave|exit|end the contract",
    ),
    "initial_term": Words(
        "Initial term",
        "the first term is",
        r"initial term|first term|how long (?:is|does|do|are)|length of|contract term\b|duration"
        r"|expire",
    ),
    "renewal": Words(
        "Renewal",
        "on renewal it says:",
        r"(?<!non-)(?<!non)(?<!not )renew(?:al|s)?\b|evergreen|auto-?renew",
    ),
    "non_renewal_notice_days": Words(
        "Notice of not renewing",
        "the notice of not renewing is",
        r"non-?renew|not (?:to )?renew|renew\w* notice|notice\b.{0,20}renew|stop the renewal"
        r"|opt out of renew",
    ),
    "breach_cure_days": Words(
        "Time to cure a breach",
        "the time to cure a breach is",
        r"breach|cure\b|default|for cause",
    ),
    "timely_filing_days": Words(
        "Timely filing",
        "the time to file a claim is",
        r"timely|fil(?:e|ing) (?:a |our |their )?(?:claims?|limit|deadline)|filing"
        r"|submit (?:a |our )?"
        r"claims?|claim submission|deadline (?:for|to) (?:claims?|bill)"
        r"|how long do we have to bill",
    ),
    "clean_claim_days": Words(
        "Payment of clean claims",
        "the time to pay a clean claim is",
        r"clean claim|prompt pay|how (?:fast|quick\w*|soon|long) .{0,25}pay|pay\w* (?:us )?within"
        r"|payment (?:deadline|clock|time)",
    ),
    "late_payment_interest": Words(
        "Interest on late payment",
        "on interest for late payment it says:",
        r"interest|late pay|pay\w* late|penalt",
    ),
    "amendment": Words(
        "Amendment",
        "on amendment it says:",
        r"amend|unilateral|change the (?:contract|terms|agreement|rates)|modif",
    ),
    "amendment_notice_days": Words(
        "Notice of an amendment",
        "the notice of an amendment is",
        r"notice of (?:an )?(?:amend|change)|amend\w* notice|notice .{0,25}(?:amend|change)",
    ),
    "fee_schedule_basis": Words(
        "Fee schedule",
        "on the fee schedule it says:",
        r"fee schedule|percent of medicare|rate basis|basis of (?:the )?(?:rates|payment)"
        r"|which year"
        r"|reimburs|paid on|fee basis|medicare year",
    ),
    "lesser_of": Words(
        "Lesser-of clause",
        "on the lesser of charges and schedule it says:",
        r"lesser|lower of|billed charges",
    ),
    "recoupment_lookback_months": Words(
        "Recoupment look-back",
        "payments may be taken back for",
        r"recoup|take ?backs?|overpay|refund|look-?back|claw ?back"
        r"|take (?:money )?back",
    ),
    "dispute_resolution": Words(
        "Dispute resolution",
        "disputes go through:",
        r"dispute|arbitrat|mediat|disagree|lawsuit|sue\b",
    ),
    "assignment": Words(
        "Assignment",
        "on assignment it says:",
        r"assign(?!ed visit)|transfer|sold|merge|change of (?:control|owner)|sell the practice",
    ),
    "network_expansion": Words(
        "Adding products",
        "on adding products it says:",
        r"all[- ]products?|add\w* products?|new products?|other products|network expansion"
        r"|every product",
    ),
    "affiliate_access": Words(
        "Affiliates and leased networks",
        "on affiliates and other payers it says:",
        r"affiliat|rent(?:al|ed)?\b|leas(?:e|ed|ing)\b|silent ppo|third[- ]part|other payers? use"
        r"|access to our rates",
    ),
    "most_favored_nation": Words(
        "Most favored nation",
        "on most favored pricing it says:",
        r"most[- ]favou?red|\bmfn\b|best (?:rate|price)|lowest (?:rate|price)",
    ),
    "confidentiality_of_rates": Words(
        "Confidentiality of rates",
        "on confidentiality of rates it says:",
        r"confidential|share (?:our |the )?(?:rates|terms|contract)|disclos|show (?:our "
        r"|the )?rates",
    ),
    "hold_harmless": Words(
        "Member hold harmless",
        "on billing members it says:",
        r"hold[- ]harmless|balance bill|bill (?:the )?(?:patients?|members?)"
        r"|collect from patients?",
    ),
    "medical_necessity": Words(
        "Medical necessity",
        "medical necessity goes by:",
        r"medical(?:ly)? necess|prudent",
    ),
    "audit": Words(
        "Audit and records",
        "on audits it says:",
        r"\baudit|inspect|records? (?:request|access)|extrapolat",
    ),
    "credentialing_days": Words(
        "Credentialing",
        "the time to decide a credentialing application is",
        r"credential|new (?:doctor|physician|provider|clinician)s? (?:added|join|load)",
    ),
    "gag_clause": Words(
        "Gag clause",
        "on speaking with patients it says:",
        r"\bgag\b|talk (?:to|with) patients|disparag|speak (?:freely|to|with)|advise patients",
    ),
}
TERM_WORDS = {name: _ALL[name] for name in TERM_NAMES}
_LINES = {
    "medicare_advantage": "Medicare Advantage",
    "medicaid": "Medicaid",
    "chp_plus": "CHP+",
    "workers_comp": "workers' compensation",
    "commercial": "commercial",
}


def line_name(line: str) -> str:
    """A line of business as readers write it: Medicare Advantage, CHP+."""
    return _LINES.get(line, line.replace("_", " "))


def terms_asked(text: str) -> tuple[str, ...]:
    """The terms that a user's words name, in the order of the names; () for none."""
    said = " ".join(text.lower().replace("’", "'").split())
    exact = [n for n in TERM_NAMES if n == said or n.replace("_", " ") == said.replace("_", " ")]
    return tuple(exact or [n for n in TERM_NAMES if re.search(TERM_WORDS[n].asked, said)])
