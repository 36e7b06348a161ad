"""How a rehearsed call comes to its end: a yes, its paper and day, or a parting without one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from copilot.rehearsal.acts import Act, Reply
from copilot.rehearsal.hearing import Heard
from copilot.rehearsal.limits import on_grid
from copilot.rehearsal.state import Call
from copilot.rehearsal.temper import Temper

HALF = Decimal(2)


def taken(call: Call, heard: Heard) -> Reply | None:
    """Where the user says yes, or asks for no more than is on the table."""
    offer = call.offer
    if call.expects == "middle" and heard.ask is None and _says_yes(heard):
        middle = middle_of(call)
        done = replace(call, steps=1, deal=middle, offer=middle, expects="close")
        done = done.with_event("split").with_event("deal", by="user")
        return Reply(done, (Act("agreed", {"offer": middle}), *how_to_end(heard)))
    if offer is not None and call.ask is not None and heard.ask is not None and call.ask <= offer:
        done = replace(call, steps=1, deal=call.ask, expects="close").with_event("deal", by="rep")
        return Reply(done, (Act("agreed_lower", {"ask": call.ask}), *how_to_end(heard)))
    if "accept" not in heard.flags or (heard.ask is not None and heard.ask != offer):
        return None
    if offer is None:
        return Reply(replace(call, expects="number"), (Act("nothing_on_table"),))
    done = replace(call, steps=1, deal=offer, expects="close").with_event("deal", by="user")
    return Reply(done, (Act("agreed", {"offer": offer}), *how_to_end(heard)))


def _says_yes(heard: Heard) -> bool:
    return bool(heard.flags & {"accept", "yes", "split"}) and "refuse" not in heard.flags


def middle_of(call: Call) -> Decimal:
    """Between the two numbers, rounded down; never above the limit."""
    assert call.offer is not None and call.ask is not None
    return min(on_grid((call.offer + call.ask) / HALF), on_grid(call.limit))


def how_to_end(heard: Heard) -> tuple[Act, ...]:
    """A day for the paper where it was asked for; else the question what comes now."""
    if heard.flags & {"writing", "dated"}:
        return (Act("written", {"day": None}),)
    return (Act("close"),)


def closing(call: Call, heard: Heard, temper: Temper) -> Reply:
    """After the yes: who writes it down, until when; a tough rep asks for one thing more."""
    if temper.name == "tough" and not call.count("nibble"):
        call = replace(call.with_event("nibble"), expects="nibble")
        return Reply(call, (Act("nibble"),))
    acts: list[Act] = []
    if call.expects == "nibble":
        gave = _says_yes(heard) and not heard.condition
        call = call.with_event("nibble_given" if gave else "nibble_kept")
        acts.append(Act("nibble_taken" if gave else "nibble_dropped"))
    if "writing" in heard.flags or "dated" in heard.flags:
        acts.append(Act("written", {"day": None}))
        return Reply(replace(call, steps=2, ended="agreed"), (*acts, Act("bye")))
    settled = call.count("writing") or call.count("dated")
    if settled and ("bye" in heard.flags or call.count("closing")):
        return Reply(replace(call, steps=2, ended="agreed"), (*acts, Act("bye")))
    if "bye" in heard.flags or call.count("closing"):
        return Reply(replace(call, steps=2, ended="agreed"), (*acts, Act("bye_open"), Act("bye")))
    call = replace(call.with_event("closing"), expects="close")
    return Reply(call, (*acts, Act("anything_else")))


def adjourned(call: Call, heard: Heard) -> Reply:
    agreed = bool({"dated", "writing"} & set(heard.flags)) or call.count("dated") > 0
    call = replace(call, steps=2, ended="adjourned").with_event("adjourned", dated=agreed)
    lead = Act("adjourn_dated", {"day": None}) if agreed else Act("adjourn_open")
    return Reply(call, (lead, Act("bye")))
