"""Sick patients getting better while cost falls: quality and use by period, in one view.

A half holds where more of what can be compared over time improved than worsened. For the
cost half, metrics of cost decide where there are any, else those of use. Both halves must
hold, and over periods that overlap, for the story to be told.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from knowledge.evidence import Basis, Figure, Unit
from tools.measures.quality_rows import QualityRow, period_said, rate_figure
from tools.measures.utilization_rows import Reported, period_words
from tools.practice import Practice


@dataclass(frozen=True)
class Change:
    """One measure or metric then and now; better is None where nothing changed.

    half: "quality", "cost" or "use".
    """

    half: str
    label: str
    whose: str
    then_period: str
    now_period: str
    then: Figure
    now: Figure
    change: Figure
    better: bool | None


@dataclass(frozen=True)
class Story:
    """What can be compared over time, and whether each half of the story holds.

    A half is None where nothing of it stands in two periods. together: whether the spans
    that the two halves compare overlap. by_use: no metric of cost is on file, so use decides.
    """

    changes: tuple[Change, ...]
    healthier: bool | None
    cheaper: bool | None
    together: bool
    by_use: bool

    @property
    def holds(self) -> bool:
        """Whether the data show it."""
        return bool(self.healthier and self.cheaper and self.together)


def story(practice: Practice, quality: Sequence[QualityRow], use: Sequence[Reported]) -> Story:
    """The earliest and the latest of each measure and metric, each compared with itself."""
    measured = [_measure(practice, *pair) for pair in _pairs(quality)]
    used = [made for pair in _pairs(use) if (made := _metric(practice, *pair))]
    cost = [change for change in used if change.half == "cost"]
    spans = [
        (min(pair[0].start for pair in pairs), max(pair[1].end for pair in pairs))
        for pairs in (list(_pairs(quality)), list(_pairs(use)))
        if pairs
    ]
    together = len(spans) == 2 and spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]
    return Story((*measured, *used), _holds(measured), _holds(cost or used), together, not cost)


def _holds(changes: Iterable[Change]) -> bool | None:
    known = [change.better for change in changes if change.better is not None]
    seen = list(changes) if not isinstance(changes, list) else changes
    if not seen:
        return None
    return sum(known) > len(known) - sum(known)


class _Dated(Protocol):
    @property
    def key(self) -> Hashable: ...
    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...


R = TypeVar("R", bound=_Dated)


def _pairs(rows: Sequence[R]) -> list[tuple[R, R]]:
    """The first and the last of each key that stands in two periods; rows are oldest first."""
    by_key: dict[Hashable, list[R]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    return [(held[0], held[-1]) for held in by_key.values() if _apart(held[0], held[-1])]


def _apart(first: _Dated, last: _Dated) -> bool:
    return first.end < last.start


def _measure(practice: Practice, first: QualityRow, last: QualityRow) -> Change:
    whose = practice.payers.short_name(last.payer) if last.payer else "all payers"
    then, now = rate_figure(first, whose), rate_figure(last, whose)
    better = None
    if then.number != now.number:
        better = (now.number < then.number) if last.lower_is_better else now.number > then.number
    return _change("quality", f"{last.label} ({last.about})", whose, period_said(first),
                   period_said(last), then, now, better, "points")  # fmt: skip


def _metric(practice: Practice, first: Reported, last: Reported) -> Change | None:
    if last.metric is None or first.ours.unit != last.ours.unit:
        return None
    whose = practice.payers.short_name(last.payer) if last.payer else "all payers"
    better = None
    if first.ours.number != last.ours.number:
        better = last.metric.improved(first.ours.number, last.ours.number)
    unit: Unit = "points" if last.ours.unit == "percent" else last.ours.unit
    then, now = period_words(first.start, first.end), period_words(last.start, last.end)
    return _change(
        last.metric.kind, last.name, whose, then, now, first.ours, last.ours, better, unit
    )


def _change(
    half: str, label: str, whose: str, then_period: str, now_period: str, then: Figure,
    now: Figure, better: bool | None, unit: Unit,
) -> Change:  # fmt: skip
    moved = Figure(
        f"{label}, {whose}: change", now.number - then.number, unit,
        Basis("now - then", (now, then)), places=now.places,
    )  # fmt: skip
    return Change(half, label, whose, then_period, now_period, then, now, moved, better)
