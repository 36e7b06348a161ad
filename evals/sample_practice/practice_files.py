"""Quality, hours, utilization and profile of the sample practice, from practice.toml."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from evals.sample_practice.patients import STORY_DAY
from evals.sample_practice.payers import payers


@cache
def practice_facts() -> dict[str, Any]:
    """Everything in practice.toml."""
    return tomllib.loads((Path(__file__).parent / "practice.toml").read_text(encoding="utf-8"))


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A UTF-8 CSV with one header line."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def write_quality(path: Path, facts_of: str = "quality") -> None:
    """Numerators and denominators by measure and payer; one row a measure for all payers."""
    facts = practice_facts()[facts_of]
    start, end = facts["period"]
    header = "Measure,Description,Better,Payer,Period Start,Period End,Numerator,Denominator"
    rows = [
        (measure, words, better, payer, start, end, *counts)
        for measure, words, better, by_payer in facts["measures"]
        for payer, counts in by_payer.items()
    ]
    write_rows(path, header.split(","), rows)


def write_hours(path: Path) -> None:
    """One row a site and weekday."""
    header = "Site,Weekday,Opens,Closes,Third Next Available (days)"
    rows = [
        (site, weekday, *times.split("-"), days)
        for site, days, week in practice_facts()["hours"]["sites"]
        for weekday, times in week.items()
    ]
    write_rows(path, header.split(","), rows)


def write_utilization(path: Path, facts_of: str = "utilization") -> None:
    """What two payers report about the practice beside their comparison group."""
    facts = practice_facts()[facts_of]
    start, end = facts["period"]
    header = "Payer,Period Start,Period End,Metric,Unit,Practice,Comparison"
    rows = [(row[0], start, end, *row[1:]) for row in facts["rows"]]
    write_rows(path, header.split(","), rows)


def write_profile(path: Path) -> None:
    """The practice's profile, the day of the story, and how its payers are spelled."""
    lines = ["# The sample practice; everything here is invented.", f"today = {STORY_DAY}", ""]
    lines += ["[profile]", *_entries(practice_facts()["profile"])]
    for name in dict.fromkeys(payer.name for payer in payers().values()):
        of_name = [payer for payer in payers().values() if payer.name == name]
        spellings = [text for text in of_name[0].spellings if text != name]
        told = {"name": name, "aliases": spellings, "line_of_business": of_name[0].line_of_business}
        lines += ["", "[[payers]]", *_entries(told)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _entries(values: dict[str, Any]) -> list[str]:
    return [f"{key} = {json.dumps(value)}" for key, value in values.items()]
