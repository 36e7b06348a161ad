"""The page on the sample practice: invented, written and read once, kept between runs."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ui.serving import checked_host, data_folder, served

if TYPE_CHECKING:
    from copilot.core import Copilot
    from evals.sample_practice.generate import SampleFile

WHO = "the chat page on the sample practice"


def demo(options: argparse.Namespace) -> int:
    """Set the sample up if it is not yet, then serve it; gives the exit code.

    options: fresh, prepare, and those of `serve` but the workspace.
    """
    checked_host(options.host)
    from copilot.core import Copilot

    folder = data_folder() / "sample"
    if options.fresh and folder.exists():
        with Copilot(folder, options.today, WHO):
            pass
        shutil.rmtree(folder)
    with Copilot(folder, options.today, WHO) as copilot:
        if not (copilot.settings.sample and copilot.sources()):
            prepare(copilot, data_folder() / "sample-files")
        if options.prepare:
            print(f"The sample practice is ready in {folder}")
            return 0
        return served(copilot, options.host, options.port, not options.no_browser)


def prepare(copilot: Copilot, folder: Path) -> None:
    """Write the sample's files into a folder and read them into the workspace."""
    from copilot.settings import changed, profile_from_toml
    from evals.sample_practice.generate import write_sample

    print("Setting up the sample practice (invented; once, about a minute)", flush=True)
    made = write_sample(folder)
    files = [each for each in made if each.kind != "profile"]
    read = 0
    for payer, group in groupby(sorted(files, key=_owner), key=_owner):
        part = list(group)
        _read(copilot, part, payer or None, read / len(files), len(part) / len(files))
        read += len(part)
    profile = next(each.path for each in made if each.kind == "profile")
    fields = profile_from_toml(profile)
    copilot.change_settings(changed(copilot.settings, {**fields, "sample": True}))
    print(f"{len(files)} files read; they stand in {folder}", flush=True)


def _owner(file: SampleFile) -> str:
    return file.payer or ""


def _read(
    copilot: Copilot, part: Sequence[SampleFile], payer: str | None, start: float, share: float
) -> None:
    def say(what: str, done: float) -> None:
        if sys.stdout.isatty():
            print(f"\r{start + share * done:4.0%} {what:<64.64}", end="", flush=True)

    results = copilot.ingest([each.path for each in part], payer, say)
    if sys.stdout.isatty():
        print("\r" + " " * 70 + "\r", end="")
    for result in results:
        if result.status == "refused":
            print(f"{start + share:4.0%} {result.file} was refused: {result.problem}", flush=True)
        else:
            size = f"{result.rows:,} rows" if result.rows else "read"
            if result.pages:
                size = f"{result.pages} pages"
            print(f"{start + share:4.0%} {result.file}: {size}", flush=True)
