"""One page on who the practice is, in numbers: for one payer from its data alone, or for anyone.

For a payer its own members, its own report and its own lists stand in it. Without a payer
nothing stands in it that comes from one: hours, size, and quality over all patients.
"""

from __future__ import annotations

from copilot.desk import Desk
from copilot.drafting.documents.assembled import assembled
from copilot.drafting.documents.parts import Part, joined, part
from copilot.drafting.documents.profile_access import access_part
from copilot.drafting.documents.profile_results import Results, quality_results, use_results
from copilot.drafting.documents.profile_saved import listed_members, saved
from copilot.drafting.facts import Facts
from copilot.drafting.letter import Written
from copilot.drafting.looked_up import LookedUp, figure_named
from copilot.drafting.pieces.volume import said_period, volume
from copilot.drafting.shared_values import practice_values
from copilot.drafting.signature import signature
from knowledge.evidence import Sentence, says
from knowledge.problems import NotKnown
from tools.period import Period, claimed_days, period_of
from tools.practice import Practice
from tools.trends.periods import a_year_earlier


def write_profile(desk: Desk, facts: Facts) -> Written:
    """The profile; what no file gives is left out and named as missing."""
    practice, looked = desk.practice, LookedUp(desk)
    span = _span(practice, facts.period)
    quality = quality_results(looked, practice, facts)
    use = use_results(looked, practice, facts)
    short = practice.payers.short_name(facts.payer) if facts.payer else ""
    results = [
        part("quality", quality.heading, quality.said),
        part("emergency", use.heading, use.said),
        saved(looked, practice, facts.payer) if facts.payer else None,
    ]
    who, access = _who(desk, facts, looked, span), access_part(practice, facts.payer, span)
    return assembled(
        facts,
        says("{name} in numbers{whom}", name=desk.settings.profile.name,
             whom=f", for {short}" if short else ""),
        [who, access, *results],
        last=[
            part("sources", "", _sources(facts, quality, use, span)),
            part("contact", "", Sentence(signature(desk.settings.profile, facts.signer))),
        ],
        notes=(*quality.notes, *use.notes, *_for_whom(facts)),
        missing=_missing(practice, facts, short, quality, use, span),
        headline=_headline(short, [each for each in (who, access, *results) if each]),
        next_steps=_next(facts, short),
        own="More to know",
    )  # fmt: skip


def _span(practice: Practice, period: str) -> Period | None:
    try:
        return period_of(period or None, practice)
    except NotKnown:
        return None


def _who(desk: Desk, facts: Facts, looked: LookedUp, span: Period | None) -> Part | None:
    """Who we are in one sentence, and how many come, with the year before beside it."""
    values = practice_values(desk)
    who = None
    if "clinicians" in values:
        where = " at {sites} sites" if "sites" in values else ""
        where += " in {town}" if "town" in values else ""
        named = {k: values[k] for k in ("practice", "clinicians", "sites", "town") if k in values}
        who = says("{practice}: {clinicians} clinicians" + where + ".", **named)
    if not facts.payer:
        return part("practice", "Who we are", joined([who, _all_patients(looked, facts)]))
    lines = [_members(desk.practice, facts.payer, span), _listed_with_us(looked, facts.payer)]
    heading = "Your members here" if any(lines) else "Who we are"
    return part("practice", heading, joined([who, *lines]))


def _members(practice: Practice, payer: str, span: Period | None) -> Sentence | None:
    seen = volume(practice, payer, span) if span else None
    if seen is None or span is None or "members" not in seen.values:
        return None
    now = {name: seen.values[name] for name in ("members", "visits", "period")}
    before = a_year_earlier(span)
    held = claimed_days(practice)[0] <= before.start.replace(day=7)
    then = volume(practice, payer, before) if held else None
    if then is None or "members" not in then.values:
        return says("In {period}, {members} of your members came for {visits} visits.", **now)
    return says(
        "In {period}, {members} of your members came for {visits} visits; the year before, {m} for"
        " {v}.", **now, m=then.values["members"], v=then.values["visits"],
    )  # fmt: skip


def _listed_with_us(looked: LookedUp, payer: str) -> Sentence | None:
    """How many the payer itself counts as ours."""
    told = listed_members(looked, payer)
    if told is None:
        return None
    return says("Your own lists name us as the practice of {n} members a month, {period}.",
                n=told[0], period=told[1])  # fmt: skip


def _all_patients(looked: LookedUp, facts: Facts) -> Sentence | None:
    period = facts.period or None
    patients = looked.finding("payer_mix", by="patients", period=period)
    visits = looked.finding("payer_mix", by="visits", period=period)
    if patients is None or visits is None:
        return None
    n, v = figure_named(patients, "total"), figure_named(visits, "total")
    if n is None or v is None:
        return None
    return says("{n} patients came for {v} visits, {period}.", n=n, v=v,
                period=str(patients.details["period"]))  # fmt: skip


def _sources(facts: Facts, quality: Results, use: Results, span: Period | None) -> Sentence:
    """Where a reader finds each figure again."""
    named: list[str] = []
    if span is not None:
        whose = "your paid claims" if facts.payer else "our claims"
        named.append(f"{whose}, {said_period(span)}")
    if quality.rows:
        named.append("quality by electronic reporting against the national marks of its year, CMS")
    if use.rows:
        named.append(f"your own report, {' and '.join(use.years)}")
    return Sentence(f"*Sources: {'; '.join(named)}.*" if named else "")


def _for_whom(facts: Facts) -> tuple[Sentence, ...]:
    if facts.payer:
        return ()
    return (Sentence("It holds nothing that comes from one payer, so it can go to any; a payer's"
                     " own report and members stand in the profile for that payer."),)  # fmt: skip


def _missing(
    practice: Practice, facts: Facts, short: str, quality: Results, use: Results,
    span: Period | None,
) -> list[str]:  # fmt: skip
    """The files that would fill what is empty."""
    wanted = []
    if span is None:
        wanted.append(f"{f'{short}’s' if short else 'your'} claims or 835 files: members, visits")
    if not practice.tables.has("access"):
        wanted.append("opening hours by weekday with the third next available appointment (access)")
    if not quality.rows and not practice.tables.has("quality"):
        wanted.append("a quality report with numerators and denominators")
    if facts.payer and not use.rows and not use.notes:
        wanted.append(f"{short}'s utilization report: emergency visits against its comparison")
    if facts.payer and not practice.tables.has("membership"):
        wanted.append(f"{short}'s member list: how many of its members are ours")
    return wanted


def _headline(short: str, parts: list[Part]) -> Sentence:
    whom = f" for {short}" if short else ""
    if not parts:
        return Sentence(f"The practice profile{whom} holds only your name so far: no file on hand"
                        " gives it a figure.")  # fmt: skip
    names = {"practice": "size", "access": "access", "quality": "quality",
             "emergency": "use and cost", "saved": "what that spares the plan"}  # fmt: skip
    held = [names[each.key] for each in parts if each.key in names]
    return Sentence(f"The practice profile{whom} is ready: {', '.join(held)}.")


def _next(facts: Facts, short: str) -> tuple[str, ...]:
    steps = ["Shorter" if facts.length not in ("brief", "short") else "Longer"]
    if short:
        return (*steps, f"Draft the email to {short}", f"Draft the agenda for a call with {short}")
    return (*steps, "How do our quality measures compare nationally?")
