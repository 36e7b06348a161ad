"""The page on size: what was measured as a table, and seconds over lines as a small curve."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from typing import Protocol
from xml.sax.saxutils import escape

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 720, 380, 64, 24, 250, 44
_INKS = ("#1b4965", "#b5651d", "#3a7d44", "#7b2d8b", "#a11d33", "#555555", "#c29b00")


class Row(Protocol):
    """A step at a size; see benchmark_size.Measured."""

    @property
    def lines(self) -> int: ...
    @property
    def step(self) -> str: ...
    @property
    def seconds(self) -> float: ...
    @property
    def peak(self) -> float | None: ...
    @property
    def remark(self) -> str: ...


def page(rows: Sequence[Row], load: float, name: str) -> str:
    """The Markdown page."""
    head = (
        "# How the copilot stands up to the claims of a large group\n\n"
        "Made by `python -m evals.benchmark_size --ten --write docs/size.md`; the files are"
        " invented, from a fixed seed, 122 bytes a line. Two cores; each step in a fresh process;"
        f" {load:.1f} other processes were running at the start, so seconds are upper bounds and"
        " the ratios within the run say more. Peak memory is what the process held resident at"
        " most, its libraries included; DuckDB may take 500 MB of it and spills the rest to disk."
        " pandas adds money up as binary floats and pairs no reversals; ours adds decimals.\n\n"
        f"![Seconds over lines]({name}.svg)\n\n"
        "| lines | step | seconds | peak MB | |\n|---:|---|---:|---:|---|\n"
    )
    body = "".join(
        f"| {row.lines:,} | {row.step} | {row.seconds:.2f} |"
        f" {'' if row.peak is None else f'{row.peak:,.0f}'} | {row.remark} |\n"
        for row in rows
    )
    return head + body


def svg(rows: Sequence[Row]) -> str:
    """Seconds over lines, both in powers of ten, one line a step."""
    kept = [row for row in rows if row.step not in ("file made", "import, the process that asked")]
    xs = [log10(row.lines) for row in kept]
    ys = [log10(max(row.seconds, 0.01)) for row in kept]
    low, high = int(min(ys)) - 1, int(max(ys)) + 1
    first, last = min(xs), max(max(xs), min(xs) + 1e-9)

    def at(lines: int, seconds: float) -> tuple[float, float]:
        across = (log10(lines) - first) / (last - first)
        up = (log10(max(seconds, 0.01)) - low) / (high - low)
        return (
            _LEFT + across * (_WIDTH - _LEFT - _RIGHT),
            _HEIGHT - _BOTTOM - up * (_HEIGHT - _TOP - _BOTTOM),
        )

    drawn = []
    for power in range(low, high + 1):
        _, y = at(kept[0].lines, 10.0**power)
        drawn.append(f'<path d="M{_LEFT} {y:.0f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        drawn.append(_text(_LEFT - 8, y + 4, f"{10.0**power:g} s", "end"))
    for lines in sorted({row.lines for row in kept}):
        x, _ = at(lines, 1)
        drawn.append(_text(x, _HEIGHT - _BOTTOM + 20, f"{lines:,}", "middle"))
    for place, step in enumerate(dict.fromkeys(row.step for row in kept)):
        ink = _INKS[place % len(_INKS)]
        points = [at(row.lines, row.seconds) for row in kept if row.step == step]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        drawn.append(f'<polyline points="{line}" fill="none" stroke="{ink}" stroke-width="2"/>')
        drawn.append(_text(_WIDTH - _RIGHT + 14, _TOP + 18 * place + 10, step, "start", ink))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
        ' font-family="sans-serif" font-size="12">'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>{"".join(drawn)}</svg>\n'
    )


def _text(x: float, y: float, words: str, anchor: str, ink: str = "#333") -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="{ink}">{escape(words)}</text>'
    )
