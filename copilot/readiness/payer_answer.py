"""Where one payer's negotiation stands: stage, last contact, what is open, next day, steps."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from copilot.readiness.step import Found, Scene, Step, checked
from copilot.tracker.entry_words import CHANNEL_WORDS, day_figure, promise_said
from copilot.tracker.offer_ledger import lines_of, on_the_table, won
from knowledge.evidence import Basis, Cell, Figure, Finding, Passage, Sentence, Table, plain, says

STATES = {True: "done", False: "missing"}
_JOINS = {"out": "to", "in": "from", "both": "with"}


def payer_answer(scene: Scene) -> Finding:
    """The finding on one payer."""
    found = checked(scene)
    done, every = counts(scene, found)
    missing = first_missing(found)
    lines = lines_of(scene.talks, scene.payer)
    table = on_the_table(lines, scene.stage)
    return Finding(
        headline=says("{payer}: {stage}; {done} of {every} steps are done.", payer=scene.short,
                      stage=scene.stage.name, done=done, every=every),
        sentences=(
            *_stage(scene),
            *_last(scene),
            *_open(scene),
            *_next(scene),
            *_dollars(scene, [table, won(lines, scene.stage, scene.entries)]),
            *(_to_settle(scene, step) for step in missing[:2]),
        ),
        figures=(done, every),
        passages=tuple(Passage(step.cited()) for step in missing),
        table=_table(scene, found),
        caveats=tuple(_caveats(scene)),
        next_steps=_asks(scene, missing),
        details={
            "payer": scene.payer,
            "payers": [scene.payer],
            "stage": scene.stage.name,
            "done": [step.name for step, each in found if each.done],
            "missing": [step.name for step in missing],
            "next": scene.due[0].as_data() if scene.due else None,
            "dates": [
                {"date": each.day.isoformat(), "label": each.what} for each in scene.due[:8]
            ],
        },
        done=f"Checked {len(found)} steps for {scene.short}",
    )  # fmt: skip


def counts(scene: Scene, found: Sequence[tuple[Step, Found]]) -> tuple[Figure, Figure]:
    """How many steps are done, and how many apply."""
    basis = Basis("steps along the guide, decided from files, drafts and log")
    done = sum(1 for _, each in found if each.done)
    return (
        Figure(f"Steps done, {scene.short}", Decimal(done), "count", basis),
        Figure(f"Steps asked of {scene.short}", Decimal(len(found)), "count", basis),
    )


def first_missing(found: Sequence[tuple[Step, Found]]) -> list[Step]:
    """The steps that are missing, those that all else rests on first."""
    missing = [step for step, each in found if not each.done]
    return sorted(missing, key=lambda step: not step.first)


def settling(scene: Scene, step: Step) -> str:
    """The file, call or question that would settle a step."""
    ask = f"ask: {asking(scene, step)}" if step.ask else ""
    return "; or ".join(filter(None, (step.settle.replace("{payer}", scene.short), ask)))


def asking(scene: Scene, step: Step) -> str:
    """The question to the copilot that would settle a step, or ""."""
    return step.ask.replace("{payer}", scene.short)


def _stage(scene: Scene) -> list[Sentence]:
    stage = scene.stage
    if stage.since is None:
        return [says("Stage: {stage} ({why}).", stage=stage.name, why=stage.why)]
    since = day_figure(f"{scene.short}: {stage.name} since", stage.since, stage.why)
    return [says("Stage: {stage} since {since} ({why}).", stage=stage.name, since=since,
                 why=stage.why)]  # fmt: skip


def _last(scene: Scene) -> list[Sentence]:
    touched = [each for each in scene.entries if each.is_contact]
    if scene.stage.name == "not begun" and not scene.entries:
        return []  # the stage says so itself
    if not touched:
        return [says("Nothing is logged with {payer} yet.", payer=scene.short)]
    last = touched[-1]
    day = day_figure(f"Last contact with {scene.short}", last.on, "as the log tells")
    who = f" {_JOINS[last.direction]} {last.who}" if last.who else f", {last.direction}"
    return [says("Last contact: {what}{who}, {day}.", what=CHANNEL_WORDS[last.channel],
                 who=who, day=day)]  # fmt: skip


def _open(scene: Scene) -> list[Sentence]:
    held = scene.talks.log.open_promises(scene.payer)
    dated = sorted((p for _, p in held), key=lambda p: (p.due is None, str(p.due)))
    said = [promise_said(each, scene.short) for each in dated[:3]]
    return [Sentence(f"Open: {each.text}", each.figures, each.citations) for each in said]


def _next(scene: Scene) -> list[Sentence]:
    if not scene.due:
        return [says("No day is due with {payer}.", payer=scene.short)]
    due = scene.due[0]
    day = day_figure(f"{scene.short}: {due.what}", due.act, due.why)
    if due.overdue:
        was = day_figure(f"{scene.short}: {due.what}, was due", due.day, due.why)
        return [says("Next: {what}; it was due on {was}.", what=due.what, was=was)]
    return [says("Next: {what}, {day} ({why}).", what=due.what, day=day, why=due.why)]


def _dollars(scene: Scene, values: Sequence[Figure | None]) -> list[Sentence]:
    made = []
    for value, words in zip(values, ("On the table", "Won"), strict=True):
        if value is not None and value.number:
            made.append(says("{words}: {value} a year.", words=words, value=value))
    return made


def _to_settle(scene: Scene, step: Step) -> Sentence:
    return says("Missing: {step} {guide}; {settle}", step=_lower(scene, step),
                guide=step.cited(), settle=_ended(settling(scene, step)))  # fmt: skip


def _ended(words: str) -> str:
    return words if words.endswith("?") else f"{words}."


def named(scene: Scene, step: Step) -> str:
    """A step by its words, with the payer's name."""
    return step.step.replace("{payer}", scene.short)


def _lower(scene: Scene, step: Step) -> str:
    """The step inside a sentence."""
    words = named(scene, step)
    return words if step.step.startswith("{payer}") else words[:1].lower() + words[1:]


def _table(scene: Scene, found: Sequence[tuple[Step, Found]]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for step, each in found:
        told = plain(each.words.text)
        if not each.done:
            told = f"{told}; {settling(scene, step)}"
        rows.append((step.guide, named(scene, step), STATES[bool(each.done)], told))
    return Table(
        f"The way to an agreement with {scene.short}, along the guide",
        ("Guide", "Step", "State", "What is there, or what would settle it"),
        tuple(rows),
        first_rows=len(rows),
    )


def _caveats(scene: Scene) -> list[Sentence]:
    waiting = [e for e in scene.talks.log.pending() if e.payer == scene.payer]
    if not waiting:
        return []
    count = Figure(f"Entries that wait, {scene.short}", Decimal(len(waiting)), "count",
                   Basis("proposed for the log, not kept yet"))  # fmt: skip
    if len(waiting) == 1:
        return [says("{count} entry waits for your word in the log and does not count yet.",
                     count=count)]  # fmt: skip
    return [says("{count} entries wait for your word in the log and do not count yet.",
                 count=count)]  # fmt: skip


def _asks(scene: Scene, missing: Sequence[Step]) -> tuple[str, ...]:
    """Questions to go on with: what is due first, then what would settle what is missing."""
    asks = [each.ask for each in scene.due[:1]]
    asks += [asking(scene, step) for step in missing if step.ask]
    return tuple(dict.fromkeys(asks))[:4]
