"""The page on the sample practice: invented, written and read once, kept between runs."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ui.serving import checked_host, data_folder, served

if TYPE_CHECKING:
    from copilot.core import Copilot

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
    from evals.sample_practice.generate import write_sample
    from evals.sample_workspace import fill

    print("Setting up the sample practice (invented; once, about a minute)", flush=True)
    made = write_sample(folder)
    for result in fill(copilot, made, _say if sys.stdout.isatty() else None):
        size = f"{result.rows:,} rows" if result.rows else "read"
        if result.pages:
            size = f"{result.pages} pages"
        print(f"{result.file}: {size}", flush=True)
    print(f"The files stand in {folder}", flush=True)


def _say(what: str, done: float) -> None:
    print(f"\r{done:4.0%} {what:<64.64}", end="\r", flush=True)
