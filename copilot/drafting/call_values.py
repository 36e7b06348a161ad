"""What the lines of a call script may name besides the shared values: the call's occasion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from copilot.drafting.aloud import said_values
from copilot.drafting.asked import Ask
from copilot.drafting.evidence import Evidence
from copilot.drafting.facts import Facts
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.occasion import Occasion
from copilot.drafting.on_the_table import offer_values, on_the_table
from copilot.drafting.shared_values import Value
from copilot.drafting.situations.credentialing import credentialing
from copilot.drafting.situations.follow_up import sent_note
from copilot.drafting.situations.history import day_figure, history_of
from copilot.drafting.situations.past_days import working_days_since
from copilot.drafting.situations.underpaid import underpayment
from copilot.drafting.wording import Wording
from copilot.settings import Profile
from knowledge.evidence import Sentence

SAID = {"worth": "worth", "gap": "gap", "short": "short", "most_short": "most", "visits": "visits"}
NO_NAME, NO_PHONE = "(your name)", "(your direct line)"


def call_occasion(
    looked: LookedUp, facts: Facts, shared: dict[str, Value], evidence: Evidence, ask: Ask
) -> Occasion:
    """The values and notes of a call's occasion; the ones to be said aloud are rounded."""
    make = _OCCASIONS.get(facts.purpose)
    found = make(looked, facts, shared, evidence, ask) if make else Occasion()
    profile = looked.desk.settings.profile
    values = {**speaker(profile, facts.signer), **found.values}
    values |= said_values({**shared, **values}, SAID)
    return replace(found, values=values, notes=(*found.notes, *_blanks(profile, facts.signer)))


def speaker(profile: Profile, signer: str = "") -> dict[str, Value]:
    """Who calls; a name or number that the profile lacks is a blank to be filled in."""
    tin = f", tax number ending {profile.tin_ending}" if profile.tin_ending else ""
    return {
        "me": signer or profile.signature or NO_NAME,
        "phone": profile.phone or NO_PHONE,
        "tin_said": tin,
    }


def _blanks(profile: Profile, signer: str) -> tuple[Sentence, ...]:
    lacking = [] if signer or profile.signature else ["your name"]
    lacking += [] if profile.phone else ["your direct line"]
    if not lacking:
        return ()
    return (Sentence(f"Add {' and '.join(lacking)} to the practice's profile and it stands here."),)


def _after_silence(
    looked: LookedUp, facts: Facts, shared: dict[str, Value], evidence: Evidence, ask: Ask
) -> Occasion:
    past, today = history_of(looked, facts.payer), looked.desk.practice.today
    values: dict[str, Value] = {}
    if past.asked_on is not None and past.asked_on < today:
        values["asked_on"] = day_figure("Our request was sent", past.asked_on, past.asked_from)
        if (gone := working_days_since(past.asked_on, today)) is not None:
            values["gone"] = gone
    if past.promises:
        entry, promise = past.promises[-1]
        where = f"the log of {entry.on.isoformat()}"
        values["promised_on"] = day_figure("The payer promised", entry.on, where)
        values["promised"] = promise.what.strip().rstrip(".")
    return Occasion(values=values, notes=sent_note(past))


def _offer(
    looked: LookedUp, facts: Facts, shared: dict[str, Value], evidence: Evidence, ask: Ask
) -> Occasion:
    """The offer that waits, in its own words: price, days, what it leaves out and wants back."""
    held = on_the_table(looked, facts.payer)
    if held is None:
        return Occasion()
    values = offer_values(held)
    read = Wording("call_script", facts, {**shared, **values})
    said = [read.say(part) for part in ("their_price", "their_lack", "their_return")]
    return Occasion(values=values, parts={"offer": [s for s in said if s is not None]},
                    citations=held.citations())  # fmt: skip


def _underpayment(
    looked: LookedUp, facts: Facts, shared: dict[str, Value], evidence: Evidence, ask: Ask
) -> Occasion:
    found = underpayment(looked, Wording("email", facts, shared), evidence, ask)
    return Occasion(values=found.values, citations=found.citations)


def _credentialing(
    looked: LookedUp, facts: Facts, shared: dict[str, Value], evidence: Evidence, ask: Ask
) -> Occasion:
    found = credentialing(looked, Wording("email", facts, shared), evidence, ask)
    return Occasion(values=found.values, citations=found.citations, notes=found.notes)


_OCCASIONS: dict[str, Callable[[LookedUp, Facts, dict[str, Value], Evidence, Ask], Occasion]] = {
    "after_silence": _after_silence,
    "offer": _offer,
    "underpayment": _underpayment,
    "credentialing": _credentialing,
}
