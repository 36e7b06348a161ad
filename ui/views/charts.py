"""A block's chart as HTML and SVG of ours: bars as rows, lines as a small drawing.

Values stand beside their bars as words, series differ by pattern and not by colour alone,
and the reference is a line with its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ui.views.clean import words
from ui.views.marks import figure_mark

_WIDE = 1000
_WIDTH, _HEIGHT = 360, 170
_LEFT, _RIGHT, _TOP, _BOTTOM = 8, 8, 12, 26


def answer_chart(chart: Mapping[str, Any], figures: Mapping[str, Mapping[str, Any]]) -> str:
    """The chart as HTML; figures: the answer's figures by id."""
    drawn = _bars(chart, figures) if chart["kind"] == "bar" else _lines(chart, figures)
    several = len(chart["series"]) > 1
    names = [
        f'<span class="key s{at % 3}">{words(name)}</span>'
        for at, name in enumerate(chart["series"])
    ]
    reference = chart["reference"]
    if reference is not None:
        shown = _shown(reference, chart, figures)
        names.append(f'<span class="key ref">{words(reference["label"])}: {shown}</span>')
    legend = "".join(names if several else names[1:])
    title = words(chart["title"])
    return f'<div class="chart"><h4>{title}</h4>{drawn}<div class="legend">{legend}</div></div>'


def _shown(
    point: Mapping[str, Any], chart: Mapping[str, Any], figures: Mapping[str, Mapping[str, Any]]
) -> str:
    figure = figures.get(point["figure"])
    return figure_mark(point["figure"], str(figure["shown"])) if figure else "–"


def _points(chart: Mapping[str, Any]) -> list[float]:
    values = [p["value"] for line in chart["series"].values() for p in line if p is not None]
    reference = chart["reference"]
    return values + ([reference["value"]] if reference is not None else [])


def _bars(chart: Mapping[str, Any], figures: Mapping[str, Mapping[str, Any]]) -> str:
    points = _points(chart)
    least, most = min([0.0, *points]), max([0.0, *points])
    span = (most - least) * 1.02 or 1.0

    def across(value: float) -> float:
        return _WIDE * (value - least) / span

    zero = across(0.0)
    reference = chart["reference"]
    line = ""
    if reference is not None:
        x = across(reference["value"])
        line = (
            f'<line class="ref" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="16"'
            ' vector-effect="non-scaling-stroke"></line>'
        )
    rows = []
    for at, label in enumerate(chart["labels"]):
        for number, (name, values) in enumerate(chart["series"].items()):
            point = values[at]
            bar, said = "", '<span class="none">–</span>'
            if point is not None:
                end = across(point["value"])
                below = reference is not None and point["value"] < reference["value"]
                low = " low" if below else ""
                bar = (
                    f'<rect class="fill s{number % 3}{low}"'
                    f' x="{min(zero, end):.1f}" y="3" width="{abs(end - zero):.1f}"'
                    ' height="10"></rect>'
                )
                said = _shown(point, chart, figures)
            head = words(label) if number == 0 else f'<span class="hidden">{words(label)}</span>'
            rows.append(
                f'<tr><th scope="row">{head}</th><td class="draw"><svg width="100%" height="16"'
                f' viewBox="0 0 {_WIDE} 16" preserveAspectRatio="none" aria-hidden="true"'
                f' focusable="false">{bar}{line}</svg></td>'
                f'<td class="r" title="{words(name)}">{said}</td></tr>'
            )
    return f'<table class="bars"><tbody>{"".join(rows)}</tbody></table>'


def _lines(chart: Mapping[str, Any], figures: Mapping[str, Mapping[str, Any]]) -> str:
    points, labels = _points(chart), chart["labels"]
    if not points:
        return ""
    least, most = min(points), max(points)
    pad = (most - least) * 0.12 or abs(most) * 0.05 or 1.0
    low, high = least - pad, most + pad

    def x(at: int) -> float:
        steps = max(1, len(labels) - 1)
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * at / steps

    def y(value: float) -> float:
        return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - (value - low) / (high - low))

    drawn = []
    for number, values in enumerate(chart["series"].values()):
        placed = [(x(at), y(p["value"])) for at, p in enumerate(values) if p is not None]
        path = " ".join(f"{a:.1f},{b:.1f}" for a, b in placed)
        drawn.append(f'<polyline class="s{number % 3}" fill="none" points="{path}"></polyline>')
        drawn += [
            f'<circle class="s{number % 3}" cx="{a:.1f}" cy="{b:.1f}" r="2.5"></circle>'
            for a, b in placed
        ]
    reference = chart["reference"]
    if reference is not None:
        level = y(reference["value"])
        drawn.append(
            f'<line class="ref" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{level:.1f}"'
            f' y2="{level:.1f}"></line>'
        )
    for at in sorted({0, len(labels) // 2, len(labels) - 1}):
        anchor = "start" if at == 0 else "end" if at == len(labels) - 1 else "middle"
        drawn.append(
            f'<text x="{x(at):.1f}" y="{_HEIGHT - 8}" text-anchor="{anchor}">'
            f"{words(labels[at])}</text>"
        )
    said, title, inside = _said(chart, figures), words(chart["title"]), "".join(drawn)
    return (
        f'<svg class="lines" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
        f' aria-label="{title}. {words(said)}">{inside}</svg>{_ends(chart, figures)}'
    )


def _said(chart: Mapping[str, Any], figures: Mapping[str, Mapping[str, Any]]) -> str:
    """The drawn values in words, for those who do not see the drawing."""
    parts = []
    for name, values in chart["series"].items():
        each = [
            f"{label} {figures[p['figure']]['shown']}"
            for label, p in zip(chart["labels"], values, strict=True)
            if p is not None and p["figure"] in figures
        ]
        parts.append(f"{name}: {', '.join(each)}")
    return ". ".join(parts)


def _ends(chart: Mapping[str, Any], figures: Mapping[str, Mapping[str, Any]]) -> str:
    rows = []
    for name, values in chart["series"].items():
        held = [(at, p) for at, p in enumerate(values) if p is not None]
        if held:
            ends = [held[0], held[-1]] if len(held) > 1 else held
            said = ", ".join(
                f"{words(chart['labels'][at])} {_shown(p, chart, figures)}" for at, p in ends
            )
            rows.append(f"<div>{words(name)}: {said}</div>")
    return f'<div class="ends">{"".join(rows)}</div>'
