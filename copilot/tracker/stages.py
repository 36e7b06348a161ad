"""Where each negotiation stands: what the user said last, moved on by what happened since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from copilot.drafts import Draft
from copilot.tracker.entries import Entry
from copilot.tracker.silence import silence_of
from copilot.tracker.table_of_talks import Talks, made_on
from knowledge.notices.notice import is_notice

ASKING = ("rate_increase", "opening", "proposal", "counter", "meeting")
LETTERS = ("email", "proposal")  # kinds of drafts that go to a payer
SETTLED = ("agreed", "amendment in hand", "in force")


@dataclass(frozen=True)
class Stage:
    """A stage by name, since when, and what it was told from."""

    name: str
    since: date | None
    why: str


def stage_of(talks: Talks, payer: str) -> Stage:
    """The stage of one payer's negotiation.

    A stage that the user said holds until something later moves it on; what is settled is
    moved on by the user's words, or by the amendment itself when its file comes in.
    """
    entries = talks.of(payer)
    said = [each for each in entries if each.stage]
    mark = max(said, key=lambda each: (each.on, each.made)) if said else None
    if mark is None:
        return _derived(talks, payer, entries) or Stage("not begun", None, "nothing in the log yet")
    told = Stage(mark.stage, mark.on, "as you said" if not mark.is_contact else "as the log tells")
    if mark.stage == "agreed" and (came := _amendment_since(talks, payer, mark.on)):
        return Stage("amendment in hand", came, "an amendment of theirs was read in")
    if mark.stage in SETTLED:
        return told
    later = [each for each in entries if (each.on, each.made) > (mark.on, mark.made)]
    if not any(each.offers or each.is_contact for each in later):
        return told
    return _derived(talks, payer, entries) or told


def _derived(talks: Talks, payer: str, entries: Sequence[Entry]) -> Stage | None:
    """The stage that follows from offers, drafts and files alone; None for none of them."""
    offers = [(each, offer) for each in entries for offer in each.offers]
    if offers:
        entry, last = offers[-1]
        if last.by == "payer":
            return Stage("offer on the table", entry.on, "their last offer is unanswered")
        if any(offer.by == "payer" for _, offer in offers):
            return Stage("countered", entry.on, "our counter follows their offer")
        return _asked(talks, payer, entry.on)
    sent = [each for each in entries if each.draft and each.direction == "out"]
    asks = {d.id: d for d in talks.every_draft if asks_for_rates(d)}
    out = [each for each in sent if each.draft in asks]
    if out:
        return _asked(talks, payer, out[-1].on)
    papers = [d for d in talks.practice.library.documents(payer) if d.kind == "offer"]
    if papers:
        return Stage("offer on the table", None, f"{papers[-1].name} is on file")
    exported = [
        d
        for d in asks.values()
        if d.payer == payer and d.status in ("exported", "vouched") and d.kind in LETTERS
    ]
    if exported:
        day = made_on(exported[0], talks.today)
        return Stage("asked", day, "a request was taken out as a file")
    drafts = [d for d in talks.every_draft if d.payer == payer]
    if drafts or entries:
        day = made_on(drafts[0], talks.today) if drafts else entries[-1].on
        return Stage("preparing", day, "drafts are kept" if drafts else "in touch, nothing asked")
    return None


def asks_for_rates(draft: Draft) -> bool:
    """Whether a draft is one to a payer that asks for something; a proposal always does."""
    return draft.kind == "proposal" or draft.facts.get("purpose") in ASKING


def _asked(talks: Talks, payer: str, on: date) -> Stage:
    """asked, or waiting once they have promised an answer or the time for one is over."""
    owed = [p for _, p in talks.log.open_promises(payer) if p.by == "payer"]
    if owed:
        return Stage("waiting", on, "they promised: " + owed[-1].what)
    quiet = silence_of(talks.of(payer))
    if quiet is not None and (quiet.due <= talks.today or quiet.sent > 1):
        return Stage("waiting", on, "no answer yet")
    return Stage("asked", on, "our request is with them")


def _amendment_since(talks: Talks, payer: str, day: date) -> date | None:
    """The day on which an amendment of the payer's was read in, on or after a day; a notice of
    change is none. The day is the practice's own, where the import noted it."""
    workspace = talks.practice.workspace
    sources = workspace.read_json(workspace.manifest, {"sources": []})["sources"]
    read_in = {each.get("document"): day_read_in(each) for each in sources}
    days = [
        min(came, talks.today)
        for paper in talks.practice.library.documents(payer)
        if paper.kind == "amendment" and (came := read_in.get(paper.id)) and not is_notice(paper)
    ]
    return max((each for each in days if each >= day), default=None)


def day_read_in(source: Mapping[str, Any]) -> date | None:
    """The day of the practice's calendar on which a source of the manifest came in; the
    machine's day for one that was imported before that was noted."""
    said = str(source.get("imported_on") or source.get("imported_at") or "")[:10]
    return date.fromisoformat(said) if said else None
