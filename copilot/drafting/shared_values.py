"""What all parts of a draft may name: the practice, the ask, the days, the volume."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from copilot.desk import Desk
from copilot.drafting.asked import Ask
from copilot.drafting.evidence import Evidence
from copilot.drafting.facts import Facts
from knowledge.evidence import Basis, Citation, Figure

Value = Figure | Citation | str


def shared_values(
    desk: Desk, facts: Facts, evidence: Evidence, ask: Ask, reply: Figure
) -> dict[str, Value]:
    """Values by name; what is not known is not there, so that no wording can name it."""
    day = reply.value
    assert isinstance(day, date)
    values: dict[str, Value] = {
        **practice_values(desk),
        "payer": desk.practice.payers.short_name(facts.payer),
        "exhibit": evidence.paper.exhibit,
        "scope": ask.scope,
        "start": ask.start,
        "reply": reply,
        "weekday": f"{day:%A}",
    }
    if ask.words:
        values["ask_words"] = ask.words
        values["ask_more"] = ask.words if ask.of_medicare else f"{ask.words} more"
    if ask.of_medicare:
        values["medicare"] = ask.of_medicare
    named = {
        "ask": ask.amount,
        "worth": ask.worth,
        "offered": ask.offered,
        "offered_worth": ask.offered_worth,
        "gap": ask.gap,
    }
    values.update({name: figure for name, figure in named.items() if figure is not None})
    if evidence.volume is not None:
        values.update(evidence.volume.values)
    return values


def practice_values(desk: Desk) -> dict[str, Value]:
    """The practice as its profile and opening hours tell it: name, town, clinicians, sites."""
    profile = desk.settings.profile
    values: dict[str, Value] = {
        "practice": profile.name,
        "tin": _tin(profile.name, profile.tin_ending),
        "tin_inside": f", TIN ending {profile.tin_ending}" if profile.tin_ending else "",
    }
    if profile.town:
        values["town"] = profile.town
    if profile.clinicians:
        basis = Basis("from the practice's profile")
        values["clinicians"] = Figure("Clinicians", Decimal(profile.clinicians), "count", basis)
    sites = _sites(desk)
    if sites > 1:
        basis = Basis("distinct sites in the opening hours", (), "access")
        values["sites"] = Figure("Sites", Decimal(sites), "count", basis)
    return values


def _tin(name: str, ending: str) -> str:
    """The tax number's end behind the name, in brackets unless the name ends in some."""
    if not ending:
        return ""
    return f", TIN ending {ending}" if name.endswith(")") else f" (TIN ending {ending})"


def _sites(desk: Desk) -> int:
    tables = desk.practice.tables
    if not tables.has("access"):
        return 0
    table = tables.table("access")
    return int(tables.frame(table.aggregate(sites=table.site.nunique()))["sites"][0])
