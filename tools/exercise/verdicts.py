"""How a reader's marks fare against the answer key: found, in part, missed, too much, or left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from knowledge.documents.document import Document
from knowledge.exercise.answer_key import Point, points
from knowledge.exercise.marks import Mark, marks_in
from knowledge.exercise.paper_text import exercise_document
from knowledge.playbook_files import built_in
from knowledge.positions import Position
from tools.exercise.readings import Reading, Readings, reading, readings_of, sample_readings
from tools.exercise.spoken import amounts, stance, wanted, way_of

Result = Literal["found", "part", "missed", "over", "left"]
CREDIT = {"found": Decimal(1), "part": Decimal("0.5"), "over": Decimal("0.5"),
          "missed": Decimal(0)}  # fmt: skip
_BETTER = {"missed": 0, "part": 1, "found": 2, "over": 3}


@dataclass(frozen=True)
class Verdict:
    """One point: what became of it, by which marks, and what there is to say of them.

    result: for a bad point found, part (half right), missed or over (found, and more was asked
    than our opening); for a fair one left or over (marked though it is fair).
    """

    point: Point
    result: Result
    marks: tuple[Mark, ...]
    note: str


@dataclass(frozen=True)
class Outcome:
    """The verdicts in the key's order, and the marks that touch no point, each with our word."""

    verdicts: tuple[Verdict, ...]
    others: tuple[tuple[Mark, str], ...]
    marks: int

    def of(self, kind: str, result: str) -> tuple[Verdict, ...]:
        """The verdicts of one kind of point with one result."""
        return tuple(v for v in self.verdicts if v.point.kind == kind and v.result == result)

    @property
    def score(self) -> Decimal:
        """0 to 100: the points found by weight (half for part and over), less one for each
        mark on a fair clause, over the weight of all that were to be found."""
        bad = [v for v in self.verdicts if v.point.kind == "bad"]
        whole = sum(v.point.weight for v in bad)
        got = sum((v.point.weight * CREDIT[v.result] for v in bad), Decimal(0))
        got -= len(self.of("fair", "over"))
        return max(Decimal(0), (100 * got / whole).quantize(Decimal(1)))


def outcome(marked: Document, today: date) -> Outcome:
    """The verdicts on a marked copy of the exercise."""
    marks = marks_in(exercise_document(), marked)
    before, after = sample_readings(today), readings_of(marked, today)
    homes = {point.section: point for point in points()}
    held: dict[str, list[Mark]] = {point.id: [] for point in points()}
    loose: list[Mark] = []
    for mark in marks:
        home = homes.get(mark.section) if mark.kind != "added" else None
        named = _named(mark, home)
        for point in named:
            held[point.id].append(mark)
        if not named:
            loose.append(mark)
    verdicts = []
    for point in points():
        was, now = reading(before, point.position), reading(after, point.position)
        judge = _bad if point.kind == "bad" else _fair
        verdicts.append(judge(point, tuple(held[point.id]), was, now))
    others = tuple((mark, _other(mark, before, after)) for mark in loose)
    return Outcome(tuple(verdicts), others, len(marks))


def _named(mark: Mark, home: Point | None) -> tuple[Point, ...]:
    """The points that a mark is about: its section's, and those that its words name."""
    words = mark.text if mark.kind == "comment" else mark.put_in
    elsewhere = [
        p
        for p in points()
        if p.kind == "bad" and p is not home and p.about and p.better
        and p.about.search(words) and (p.better.search(words) or stance(words) == "objects")
    ]  # fmt: skip
    if home is None:
        return tuple(elsewhere)
    if mark.kind != "comment":
        return (home,)
    own = home.about is None or bool(home.about.search(words)) or not elsewhere
    return (home,) if own else tuple(elsewhere)


def _bad(point: Point, marks: Sequence[Mark], was: Reading, now: Reading) -> Verdict:
    told = [_edited(point, m, was, now) if m.kind != "comment" else _spoken(point, m, was)
            for m in marks]  # fmt: skip
    if not told:
        return Verdict(point, "missed", (), "")
    result, note = max(told, key=lambda each: _BETTER[each[0]])
    return Verdict(point, result, tuple(marks), note)


def _edited(point: Point, mark: Mark, was: Reading, now: Reading) -> tuple[Result, str]:
    """What an edit does to a bad point."""
    position = _position(point)
    if mark.kind == "struck" and not mark.put_in:
        if not point.struck:
            return "part", "Struck out, nothing says it at all; have it written instead."
        if position is not None and position.needed and position.term == point.position:
            return "found", "Struck out. The contract is then silent; our words fill the gap."
        return "found", "Struck out, which settles it."
    if point.over and (point.over.search(mark.put_in) or point.over.search(mark.after)):
        return "over", "This is as one-sided as the plan's own words; ask for the fair middle."
    wish, stated = wanted(position), amounts(was.value, _unit(position))
    moved = amounts(now.value, _unit(position))
    if wish and moved and (stated or wish.unit == "percent"):
        way = way_of(moved[0], stated[0] if stated else Decimal(0), wish)
        if way == "wrong" and moved != stated:
            return "missed", "The number goes the wrong way."
        if way == "beyond":
            return "over", f"It asks for more than our own opening, {_opening(position)}."
    if now.rank == 3:
        return "found", ""
    gone = bool(point.bad and not point.bad.search(mark.after))
    better = bool(point.better and point.better.search(mark.put_in))
    if gone and not mark.put_in and now.rank > was.rank:
        return "found", f"The harm is struck; after it, {now.reason}."
    if now.rank > was.rank or (moved and moved != stated):
        if now.status == "partial" or moved:
            return "part", f"The right way, and not yet far enough: {now.reason}."
        return ("found", "") if gone and better else ("part", "Marked; say what you want instead.")
    if gone and better:
        return ("part", f"Better, and as we read it still: {now.reason}.") if now.rank == 0 else (
            "found", "")  # fmt: skip
    same = now.value == was.value and bool(mark.put_in) and not better
    if (gone or better) and not same:
        return "part", f"You marked the place; as we read it now: {now.reason}."
    return "missed", "You changed words here, and the harm still stands."


def _spoken(point: Point, mark: Mark, was: Reading) -> tuple[Result, str]:
    """What a remark does to a bad point."""
    words, position = mark.text, _position(point)
    said = stance(words)
    if point.over and point.over.search(words):
        return "over", "This is as one-sided as the plan's own words; ask for the fair middle."
    wish, stated = wanted(position), amounts(was.value, _unit(position))
    asked = [a for a in amounts(words, wish.unit) if a not in stated] if wish else []
    if wish and asked:
        ways = [way_of(each, stated[0] if stated else Decimal(0), wish) for each in asked]
        if "right" in ways:
            return "found", ""
        if "beyond" in ways:
            return "over", f"It asks for more than our own opening, {_opening(position)}."
        return "missed", "The number you ask for goes the wrong way."
    if said == "approves":
        return "missed", "You found it fine; it is not."
    if said == "objects" or (point.better and point.better.search(words)):
        return "found", ""
    return "part", "You stopped at it; say what is wrong or what you want instead."


def _fair(point: Point, marks: Sequence[Mark], was: Reading, now: Reading) -> Verdict:
    worse = now.rank < was.rank
    harm = " As it reads now it serves you less." if worse else ""
    against = [m for m in marks if m.kind != "comment" or _against(point, m, was)]
    if against:
        return Verdict(point, "over", tuple(marks), f"It is fair as it stands.{harm}")
    note = "You looked at it and left it as it is." if marks else ""
    return Verdict(point, "left", tuple(marks), note)


def _against(point: Point, mark: Mark, was: Reading) -> bool:
    """Whether a remark on a fair clause objects to it or asks for another number than it has."""
    said = stance(mark.text)
    unit = _unit(_position(point))
    stated = amounts(was.value, unit)
    other = any(each not in stated for each in amounts(mark.text, unit))
    return said == "objects" or (said != "approves" and other)


def _other(mark: Mark, before: Readings, after: Readings) -> str:
    """Our word on a mark that touches no point of the key."""
    if mark.kind == "comment":
        return "No point of the key; our playbook asks for nothing here."
    changed = [n for n, was in before.items() if n != "statute" and _differs(was, after.get(n))]
    for name in changed:
        was, now, position = before[name], after[name], _playbook(name)
        wish = wanted(position)
        if wish is None or was.status != "pass":
            continue
        moved, stated = amounts(now.value, wish.unit), amounts(was.value, wish.unit)
        here = amounts(mark.after, wish.unit)
        if (
            moved
            and stated
            and moved[0] in here
            and moved[0] not in amounts(mark.before, wish.unit)
        ):
            way = way_of(moved[0], stated[0], wish)
            if way == "beyond":
                return f"More than our own opening, {_opening(position)}; it was fair before."
            if way == "wrong":
                return f"It reads worse for you than before: {now.reason}."
    return "No point of the key; our playbook asks for nothing here."


def _differs(was: Reading, now: Reading | None) -> bool:
    return now is not None and (was.value, was.status) != (now.value, now.status)


def _position(point: Point) -> Position | None:
    return _playbook(point.position)


def _playbook(name: str) -> Position | None:
    try:
        return built_in().of(name)
    except KeyError:
        return None


def _unit(position: Position | None) -> str:
    wish = wanted(position)
    return wish.unit if wish else (position.unit if position and position.unit else "days")


def _opening(position: Position | None) -> str:
    assert position is not None
    return f"{position.ask.opening} {position.ask.unit}".strip()
