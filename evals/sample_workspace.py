"""The sample practice as an open workspace, for evaluations, tests and the demo."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from copilot.core import Copilot
from copilot.results import IngestResult
from copilot.settings import changed, profile_from_toml
from evals.sample_practice.generate import SampleFile, write_sample


@contextmanager
def sample_workspace(folder: Path, today: date) -> Iterator[Copilot]:
    """A new workspace below the folder with the whole sample practice read in."""
    files = write_sample(folder / "files")
    with Copilot(folder / "workspace", today, "evaluation") as copilot:
        for _ in fill(copilot, files):
            pass
        yield copilot


def fill(
    copilot: Copilot,
    files: list[SampleFile],
    say: Callable[[str, float], None] | None = None,
) -> Iterator[IngestResult]:
    """Set the sample's profile and read its files in; gives each file's result as it is read.

    The payers' spellings that the profile names count as confirmed. Raises AssertionError
    for a refused file.
    """
    profile: dict[str, Any] = {}
    contracted = {file.payer for file in files}
    for file in files:
        if file.kind == "profile":
            profile = profile_from_toml(file.path)
            for payer in tomllib.loads(file.path.read_text(encoding="utf-8"))["payers"]:
                if payer["name"] in contracted:
                    copilot.name_payer(payer["name"], payer["aliases"])
    for payer in dict.fromkeys(f.payer for f in files):
        paths = [f.path for f in files if f.payer == payer and f.kind != "profile"]
        for result in copilot.ingest(paths, payer, say) if paths else ():
            assert result.status != "refused", result.problem
            yield result
    copilot.change_settings(changed(copilot.settings, {**profile, "sample": True}))
