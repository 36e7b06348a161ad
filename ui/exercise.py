"""`payer-copilot exercise`: the sample contract written, or a marked copy of it checked."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copilot.core import Copilot

RESULTS = {"found": "found", "part": "in part", "missed": "missed", "over": "over-asked",
           "left": "left alone"}  # fmt: skip


def exercise(options: argparse.Namespace) -> int:
    """Write the sample contract (or our redline of it), or check a marked copy."""
    from copilot.exercise import OWN, checked_exercise, write_exercise
    from copilot.problems import BadInput

    if (options.out is None) == (options.check is None):
        raise BadInput(
            "exercise",
            "it wants one of two things",
            "write the contract with `exercise OUT.docx`, or check yours with"
            " `exercise --check MARKED.docx`",
        )
    with _opened(options) as copilot:
        if options.out is not None:
            which = OWN if options.ours else "contract"
            told: dict[str, Any] = {"file": str(write_exercise(copilot, options.out, which))}
            lines = [f"Wrote {told['file']}"]
            if not options.ours:
                lines.append(
                    "Mark it up in Word (tracked changes or comments), save it, then:"
                    f' payer-copilot exercise --check "{told["file"]}"'
                )
        else:
            told = checked_exercise(copilot, options.check)
            lines = _lines(told)
    print(json.dumps(told, ensure_ascii=False) if options.json else "\n".join(lines))
    return 0


def _lines(told: dict[str, Any]) -> list[str]:
    lines = [told["headline"], f"Score, weighed by severity: {told['score']}%"]
    for point in told["points"]:
        lines.append(
            f"\n[{RESULTS[point['result']]}] {point['section']} {point['title']}"
            f" ({point['severity'] if point['kind'] == 'bad' else 'fair'}; guide {point['guide']})"
        )
        lines += [f"    you:  {words}" for words in point["yours"]]
        lines.append(f"    ours: {point['ours']}")
        lines.append(
            "    " + " ".join(w for w in (point["note"], point["what"], point["why"]) if w)
        )
    for mark in told["other_marks"]:
        lines.append(f"\n[neither] {mark['section']} {mark['yours']}\n    {mark['said']}")
    return lines


@contextmanager
def _opened(options: argparse.Namespace) -> Iterator[Copilot]:
    """The workspace named, or one that lasts for this command alone."""
    from copilot.core import Copilot

    with tempfile.TemporaryDirectory() as folder:
        home = options.workspace or Path(folder)
        with Copilot(home, options.today, "payer-copilot exercise", create=True) as copilot:
            yield copilot
