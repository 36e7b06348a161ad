"""After a call: who said what and by when, from the log where it holds the call."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.drafting.asked import Ask
from copilot.drafting.evidence import Evidence
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.occasion import Occasion
from copilot.drafting.shared_values import Value
from copilot.drafting.situations.history import day_figure, history_of
from copilot.drafting.situations.said_points import to_payer
from copilot.drafting.wording import Wording, capital
from copilot.tracker.entries import Entry
from knowledge.evidence import Figure, Sentence, long_date

TALKED = ("call", "meeting")


def thanks(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """What the user noted, else what the log holds of the last call or meeting."""
    short = looked.desk.practice.payers.short_name(wording.facts.payer)
    topic = to_payer(wording.facts.topic.strip().rstrip("."), short)
    today = looked.desk.practice.today
    held = [e for e in history_of(looked, wording.facts.payer).entries if e.is_contact]
    talked = [e for e in held if e.channel in TALKED] or [e for e in held if e.promises]
    values: dict[str, Value] = {"noted": topic} if topic else {}
    if not talked:
        return Occasion(values=values)
    last = talked[-1]
    if last.on < today:
        values["called_on"] = day_figure("Our call", last.on, "the log")
    if last.channel == "meeting":
        values["met"] = "meeting"
    points = [] if topic else list(_points(last))
    if not points:
        return Occasion(values=values)
    figures = tuple(figure for _, figure in points if figure is not None)
    text = "\n".join(f"- {words}" for words, _ in points) + "\n"
    own = "; ".join(words for words, _ in points)
    return Occasion(
        values=values,
        parts={"thanks_list": [Sentence(text, figures)], "thanks_noted": []},
        notes=(Sentence(f"From your log of {long_date(last.on)}: {own}"),),
    )


def _points(entry: Entry) -> Iterator[tuple[str, Figure | None]]:
    """One line for each promise and each price of an entry, whose it is first."""
    for promise in entry.promises:
        who = "You" if promise.by == "payer" else "We"
        what, due = promise.what.strip().rstrip("."), None
        if promise.due is not None:
            due = day_figure("Promised by", promise.due, "as it stands in the log")
        yield f"{who}: {what}{f', by {due.token()}' if due else ''}.", due
    for offer in entry.offers:
        if offer.words:
            who = "Your offer" if offer.by == "payer" else "Our request"
            yield f"{who}: {capital(offer.words.strip().rstrip('.'))}.", None
