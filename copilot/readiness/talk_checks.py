"""Checks on the talk itself: strategy, contact, ask, answer, promises, behavioral health."""

from __future__ import annotations

from copilot.readiness.step import Found, Scene, check
from copilot.tracker.entries import Entry
from copilot.tracker.entry_words import CHANNEL_WORDS, day_figure
from copilot.tracker.stages import LETTERS
from copilot.tracker.table_of_talks import made_on
from knowledge.evidence import Sentence, says
from tools.lines.claim_totals import records

BEYOND = ("asked", "waiting", "offer on the table", "countered", "agreed", "amendment in hand",
          "in force")  # fmt: skip


@check("strategy")
def _strategy(scene: Scene) -> Found:
    return _drafted(scene, "strategy", "kept on {day}", "none is kept")


@check("contact")
def _contact(scene: Scene) -> Found:
    kept = scene.talks.log.contacts(scene.payer)
    if kept:
        role = f", {kept[0].role}" if kept[0].role else ""
        return Found(True, says("{name}{role}", name=kept[0].name, role=role))
    tables = scene.talks.practice.tables
    if tables.has("contacts"):
        held = tables.table("contacts")
        rows = records(scene.talks.practice, held.filter(held.payer == scene.payer))
        named = [str(row["name"] or row["role"]) for row in rows if row["name"] or row["role"]]
        if named:
            return Found(True, says("{name}, from your list of contacts", name=named[0]))
    return Found(False, says("nobody at {payer} is known", payer=scene.short))


@check("asked")
def _asked(scene: Scene) -> Found:
    asks = [e for e in scene.entries if any(o.by == "practice" for o in e.offers)]
    sent = asks or [e for e in scene.entries if e.draft and e.direction == "out"]
    if sent:
        return Found(True, _on(sent[-1]))
    if scene.stage.name in BEYOND:
        return Found(True, says("{why}", why=scene.stage.why))
    drafts = [d for d in scene.talks.every_draft if d.payer == scene.payer and d.kind in LETTERS]
    if drafts:
        what = "an email" if drafts[0].kind == "email" else "a proposal letter"
        day = day_figure("Drafted", made_on(drafts[0], scene.today), "as the draft is kept")
        return Found(False, says("{what} was drafted on {day}; whether it went out is not told",
                                 what=what, day=day))  # fmt: skip
    return Found(False, says("nothing is drafted or logged"))


@check("answered")
def _answered(scene: Scene) -> Found:
    asked = [e for e in scene.entries if e.direction == "out"]
    if not asked:
        came = [e for e in scene.entries if e.direction in ("in", "both")]
        return Found(bool(came), _on(came[-1]) if came else says("nothing was asked yet"))
    since = [e for e in scene.entries if e.direction in ("in", "both") and e.on >= asked[0].on]
    if since:
        return Found(True, _on(since[-1]))
    day = day_figure("Written to", asked[-1].on)
    return Found(False, says("silent since we wrote on {day}", day=day))


def _on(entry: Entry) -> Sentence:
    day = day_figure(f"{CHANNEL_WORDS[entry.channel]}", entry.on, "as the log tells")
    who = f" with {entry.who}" if entry.who and entry.direction == "both" else ""
    who = f" from {entry.who}" if entry.who and entry.direction == "in" else who
    return says("{what}{who}, {day}", what=CHANNEL_WORDS[entry.channel], who=who, day=day)


@check("promises")
def _promises(scene: Scene) -> Found:
    held = [(e, p) for e, p in scene.talks.log.open_promises(scene.payer) if p.by == "payer"]
    if not scene.entries:
        return Found(None, says("nothing is logged"))
    late = [(e, p) for e, p in held if p.due and p.due < scene.today]
    if late:
        entry, promise = late[0]
        due = day_figure("Promised by", promise.due or entry.on, "as the log tells")
        return Found(False, says("due {day}: {what}", day=due, what=promise.what))
    return Found(True, says("none is overdue"))


@check("behavioral")
def _behavioral(scene: Scene) -> Found:
    planned = scene.talks.practice.tables.has("capacity") or any(
        d.kind == "bh_questions" for d in scene.talks.every_draft
    )
    if not planned:
        return Found(None, says("no plan for behavioral health is on file"))
    return _drafted(scene, "bh_questions", "written on {day}", "no list is written")


def _drafted(scene: Scene, kind: str, words: str, without: str) -> Found:
    kept = [d for d in scene.talks.every_draft if d.kind == kind and d.payer == scene.payer]
    if not kept:
        return Found(False, says(without))
    day = day_figure(f"{kind.replace('_', ' ')} kept", made_on(kept[0], scene.today),
                     "as the draft is kept")  # fmt: skip
    return Found(True, says(words, day=day))
