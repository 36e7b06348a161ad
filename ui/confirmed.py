"""On the command line: what the user says of columns and payers, and what is still open."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from copilot.problems import BadInput, NotKnown
from copilot.results import IngestResult
from ui.views.mapping import DOUBTFUL, HOW

if TYPE_CHECKING:
    from copilot.core import Copilot


def confirmed(
    copilot: Copilot, results: Sequence[IngestResult], options: argparse.Namespace
) -> tuple[list[IngestResult], list[str]]:
    """The results with --map and --payer-is applied, and a sentence for each that could not be.

    A column mapping holds for every file given that has such a column.
    """
    out, problems = list(results), []
    given = [place for place, each in enumerate(results) if not each.inside]
    for place, file in zip(given, options.files, strict=True):
        result = results[place]
        headers = {str(each["header"]) for each in result.columns}
        told = {header: field or None for header, field in options.map if header in headers}
        if told and result.sha256:
            try:
                out[place] = copilot.confirm_mapping(result.sha256[:16], told, file)
            except (BadInput, NotKnown) as problem:
                problems.append(str(problem))
    known = {str(each["header"]) for result in results for each in result.columns}
    problems += [
        f"--map: no file given has a column “{header}”; name one of its columns."
        for header, _ in options.map
        if header not in known
    ]
    settled: set[str] = set()
    for spelling, payer in options.payer_is:
        try:
            copilot.settle_payer(spelling, payer)
            settled.add(spelling)
        except (BadInput, NotKnown) as problem:
            problems.append(str(problem))
    for result in out:
        result.unsure_payers = [e for e in result.unsure_payers if e["spelling"] not in settled]
    return out, problems


def open_questions(result: IngestResult) -> list[str]:
    """A line for each column read by likeness or content, and for each unsure spelling."""
    lines = [
        f"  column “{each['header']}” is read as {str(each['field']).replace('_', ' ')},"
        f" {HOW[each['how']]}"
        + (f": {', '.join(map(str, each['sample']))}" if each["sample"] else "")
        for each in result.columns
        if each["how"] in DOUBTFUL
    ]
    if lines:
        lines.append('  (confirm or change one with --map "COLUMN=field")')
    for each in result.unsure_payers:
        now = f"counted as {each['payer']} now" if each["payer"] else "counted for no payer now"
        like = f"; like {', '.join(each['candidates'])}" if each["candidates"] else ""
        lines.append(f"  payer “{each['spelling']}”, {each['rows']:,} rows, {now}{like}")
    if result.unsure_payers:
        lines.append('  (say whose it is with --payer-is "SPELLING=PAYER")')
    if result.send_again:
        lines.append("  its mapping is kept; give the file again to read it that way")
    return lines
