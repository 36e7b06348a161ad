"""What one kind of email needs besides the ask and the evidence: its occasion."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from copilot.drafting.asked import Ask
from copilot.drafting.evidence import Evidence
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.objection import objection
from copilot.drafting.occasion import Occasion
from copilot.drafting.situations.after_call import thanks
from copilot.drafting.situations.answer_to_offer import acceptance, counter
from copilot.drafting.situations.clause import clause
from copilot.drafting.situations.credentialing import credentialing
from copilot.drafting.situations.ending import ending
from copilot.drafting.situations.follow_up import escalation, follow_up
from copilot.drafting.situations.package import opening, package, proposal
from copilot.drafting.situations.papers_asked import disclosure, documents, policies
from copilot.drafting.situations.underpaid import underpayment
from copilot.drafting.wording import Wording

OCCASIONS: Mapping[str, Callable[[LookedUp, Wording, Evidence, Ask], Occasion]] = {
    "opening": opening,
    "meeting": opening,
    "proposal": proposal,
    "data_package": package,
    "term": clause,
    "follow_up": follow_up,
    "escalation": escalation,
    "counter": counter,
    "acceptance": acceptance,
    "objection": objection,
    "thanks": thanks,
    "documents": documents,
    "disclosure": disclosure,
    "policies": policies,
    "underpayment": underpayment,
    "credentialing": credentialing,
    "termination": ending,
}


def occasion(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """The occasion of the draft's purpose; an empty one where it needs nothing more."""
    make = OCCASIONS.get(wording.facts.purpose)
    return make(looked, wording, evidence, ask) if make else Occasion()
