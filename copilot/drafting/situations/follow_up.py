"""A request without an answer: when it went, how long ago, what was promised, which days near."""

from __future__ import annotations

from copilot.desk import Desk
from copilot.drafting.asked import Ask
from copilot.drafting.evidence import Evidence
from copilot.drafting.facts import Facts
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.occasion import Occasion
from copilot.drafting.pieces.standing import said_label
from copilot.drafting.shared_values import Value
from copilot.drafting.situations.addressee import contacts_of
from copilot.drafting.situations.history import (
    History,
    contract_papers,
    counted,
    day_figure,
    history_of,
    read_history,
)
from copilot.drafting.situations.package import point_worth
from copilot.drafting.situations.past_days import working_days_since
from copilot.drafting.situations.said_points import to_payer
from copilot.drafting.wording import Wording, capital
from knowledge.evidence import Basis, Citation, Figure, Sentence, long_date, says
from tools.duties.renewal_days import renewal_day

STAGES = {1: "first", 2: "second", 3: "third", 4: "fourth"}
FAR = 180


def follow_up(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """The reminder of a stage: its opening and its next step, firmer by dates alone."""
    facts = wording.facts
    stage, past = STAGES[facts.stage], history_of(looked, facts.payer)
    values, cited = dated_values(looked, facts.payer, past)
    values |= point_worth(looked, facts.payer, ask)
    spoken = Wording(wording.kind, facts, {**wording.values, **values})
    opening = spoken.first(f"follow_{stage}", f"follow_{stage}_undated")
    promised = spoken.say("follow_promised")
    days = spoken.say("follow_window") if facts.stage > 1 else None
    end = spoken.say(f"follow_next_{stage}")
    whole = all(p.values.get("whose") == "our patients" for p in evidence.pieces
                if p.pain == "quality")  # fmt: skip
    seen = spoken.say("follow_members") if facts.stage > 2 and whole else None
    return Occasion(
        values=values,
        parts={
            "follow": _some(opening),
            "follow_also": _also(looked, facts),
            "follow_members": _some(seen),
            "follow_promised": _some(promised),
            "follow_window": _some(days),
            "follow_next": _some(end),
        },
        citations=cited if days else (),
        notes=(*sent_note(past), *log_note(past)),
    )


def escalation(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """The same history for a director: who has had the request, since when, with what said."""
    desk, facts = looked.desk, wording.facts
    past = history_of(looked, facts.payer)
    values, cited = dated_values(looked, facts.payer, past)
    values |= point_worth(looked, facts.payer, ask)
    people = [p for p in contacts_of(desk, facts.payer) if p.name and p.name != facts.addressee]
    if people:
        values["contact"] = people[0].name
    if len(past.reminded) > 1:
        values["reminders"] = counted("Reminders sent", len(past.reminded), "by drafts and log")
    spoken = Wording(wording.kind, facts, {**wording.values, **values})
    window = spoken.say("follow_window")
    return Occasion(
        values=values,
        parts={
            "esc_promised": _some(spoken.say("follow_promised")),
            "esc_window": _some(window),
        },
        citations=cited if window else (),
        notes=(*sent_note(past), *log_note(past)),
    )


def _also(looked: LookedUp, facts: Facts) -> list[Sentence]:
    """What the user wants said or asked besides, in the user's words."""
    words = facts.topic.strip().rstrip(".")
    if not words:
        return []
    short = looked.desk.practice.payers.short_name(facts.payer)
    return [Sentence(f"{capital(to_payer(words, short))}.")]


def dated_values(
    looked: LookedUp, payer: str, past: History
) -> tuple[dict[str, Value], tuple[Citation, ...]]:
    """The days of a history as values: asked_on, gone, last_on, promised, window, renews."""
    desk = looked.desk
    today, values = desk.practice.today, dict[str, Value]()
    if past.asked_on is not None and past.asked_on < today:
        values["asked_on"] = day_figure("Our request was sent", past.asked_on, past.asked_from)
        if (gone := working_days_since(past.asked_on, today)) is not None:
            values["gone"] = gone
    if past.reminded:
        last = past.reminded[-1]
        values["last_on"] = day_figure("Our last reminder", last, "by the drafts and the log")
    if past.promises:
        entry, promise = past.promises[-1]
        values["promised_on"] = day_figure(
            "The payer promised", entry.on, f"the log of {entry.on.isoformat()}"
        )
        values["promised"] = promise.what.strip().rstrip(".")
        if promise.due is not None:
            late = "promised_due" if promise.due < today else "promised_by"
            values[late] = day_figure("Promised by", promise.due, "as it stands in the log")
    touch = past.last_touch()
    if touch is not None and touch.on < today:
        values["touch_on"] = day_figure("Last contact", touch.on, "the log")
        values["touch_by"] = "telephone" if touch.channel == "call" else touch.channel
    window, cited = looked.once(f"window {payer}", lambda: _window(desk, payer))
    return {**values, **window}, cited


def _window(desk: Desk, payer: str) -> tuple[dict[str, Value], tuple[Citation, ...]]:
    """The last day against the next renewal, where it lies within half a year."""
    papers = contract_papers(desk, payer)
    day = renewal_day(papers, desk.practice.today) if papers else None
    if day is None or (day.until - desk.practice.today).days > FAR:
        return {}, ()
    label = day.citation.label()
    basis = Basis(f"last day for a notice of not renewing, by {label}")
    values: dict[str, Value] = {
        "window": Figure("Last day not to renew", day.until, "date", basis),
        "renews": Figure("The agreement renews", day.ends, "date", Basis(f"by {label}")),
        "window_clause": said_label(day.citation.section),
    }
    return values, (day.citation,)


def sent_note(past: History) -> tuple[Sentence, ...]:
    """What the user must know of the day that the reminder names."""
    if past.asked_on is None:
        return (
            Sentence("No earlier email to this payer is kept here, so it names no date of it."),
        )
    if past.asked_from.startswith("the day draft"):
        return (
            says("It takes {day}, on which the draft was written, for the day it was sent; say"
                 " which day it was if that is wrong.",
                 day=day_figure("Our request was sent", past.asked_on, past.asked_from)),
        )  # fmt: skip
    return ()


def log_note(past: History) -> tuple[Sentence, ...]:
    """The words of the log that the draft repeats, so that their numbers have an owner."""
    return tuple(
        Sentence(f"From your log of {long_date(entry.on)}: {promise.what.strip().rstrip('.')}.")
        for entry, promise in past.promises[-1:]
    )


def next_stage(desk: Desk, payer: str) -> int:
    """One more than the reminders that went before, four at most."""
    past = read_history(desk, payer)
    return min(4, len(past.reminded) + 1)


def _some(sentence: Sentence | None) -> list[Sentence]:
    return [sentence] if sentence else []
