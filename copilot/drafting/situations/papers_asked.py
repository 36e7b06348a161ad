"""Papers that a payer is asked for: the file as a whole, the summary disclosure, the policies."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from copilot.drafting.asked import Ask
from copilot.drafting.evidence import Evidence
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.occasion import STATUTE_READ, Occasion
from copilot.drafting.shared_values import Value
from copilot.drafting.wording import Wording
from copilot.drafting.working_days import reply_day
from knowledge.business_days import last_business_day
from knowledge.evidence import Basis, Figure, Sentence

STATUTE = "C.R.S. 25-37-103"
POLICY_DAYS = 14
AS_READ = f"as read in {STATUTE_READ}; please confirm with counsel if you read it differently"


def documents(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """The whole file: fee schedule, amendments, disclosure, policies; the user's own first."""
    exhibit, facts = evidence.paper.exhibit, wording.facts
    named = "" if exhibit == "our fee schedule" else f" ({exhibit} with all its tables)"
    lines = [
        f"the full fee schedule in force for us, every code we may bill, as a spreadsheet{named}",
        "all amendments and exhibits since signature, with their effective dates",
        f"the summary disclosure of the contract ({STATUTE}, {AS_READ})",
        "the policies and the manual the agreement refers to, in the version in force",
    ]
    if facts.topic:
        lines.insert(0, facts.topic)
    return _asked(lines, _notes(looked, facts.payer, "is named"))


def disclosure(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """The summary disclosure alone, by what the statute asks it to hold."""
    lines = [
        "how and by which schedule each category of service is paid, with the Medicare year",
        "the products and networks the contract covers",
        "its duration and how each side may end it",
        "who processes claims, and where disputes go",
        "which addenda stand above the base contract, in their order",
    ]
    if wording.facts.length in ("brief", "short"):
        lines = [*lines[:1], lines[2], lines[4]]
    found = _asked(lines, _notes(looked, wording.facts.payer, "is named"))
    return _with(found, {"statute": f"{STATUTE} ({AS_READ})"})


def policies(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """The policies and the manual, within the days that the statute gives from a request."""
    today, facts = looked.desk.practice.today, wording.facts
    lines = [
        "the provider manual in the version in force, with the day it took effect",
        "the payment and coding policies: bundling, modifiers, same-day services",
        "the prior authorization list and the rules for retroactive requests",
        "the policies on recoupment and on credentialing",
    ]
    if facts.topic:
        lines = [facts.topic, *lines[:2]]
    if facts.length in ("brief", "short"):
        lines = lines[:3]
    days = Figure("Days to send policies", Decimal(POLICY_DAYS), "days",
                  Basis(f"as the statute says, {STATUTE}"))  # fmt: skip
    values: dict[str, Value] = {
        "statute": f"{STATUTE} ({AS_READ})",
        "policy_days": days,
    }
    if not facts.reply_on:
        day = last_business_day(today + timedelta(POLICY_DAYS))
        values |= {"reply": reply_day(today, on=day.isoformat()), "weekday": f"{day:%A}"}
    return _with(_asked(lines, _notes(looked, facts.payer, "and its days are named")), values)


def _asked(lines: list[str], notes: tuple[Sentence, ...]) -> Occasion:
    listed = Sentence("\n".join(f"- {line}" for line in lines) + "\n")
    return Occasion(parts={"documents_list": [listed]}, notes=notes)


def _with(found: Occasion, values: dict[str, Value]) -> Occasion:
    return Occasion(values=values, parts=found.parts, notes=found.notes)


def _notes(looked: LookedUp, payer: str, verb: str) -> tuple[Sentence, ...]:
    """The statute's standing, and a doubt where the plan is a public program's."""
    line = looked.desk.practice.payers.line_of_business(payer)
    beyond = (
        " Whether it reaches a Medicare Advantage or Medicaid plan is a question for counsel too."
        if line in ("medicare_advantage", "medicaid")
        else ""
    )
    return (
        Sentence(f"{STATUTE} {verb} as it was read in {STATUTE_READ}; confirm with counsel before"
                 f" it goes out.{beyond}"),
    )  # fmt: skip
