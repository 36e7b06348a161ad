"""The sample practice with some of its files withheld."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from copilot.core import Copilot
from evals.sample_practice.generate import SampleFile, write_sample
from evals.sample_practice.payers import payers
from evals.sample_workspace import fill

READ_ON = date(2026, 9, 1)
MEMBERS = ("membership", "roster")
RESULTS = ("quality", "utilization")


def written_workspace(folder: Path, evidence: str, payer: str) -> Path:
    """A workspace below the folder that holds the evidence a scenario allows, closed again.

    evidence: full, no_quality, no_membership, no_claims, contract_only or contracts (those of
    all payers); no_claims and contract_only mean the payer named.
    """
    files = chosen(write_sample(folder / "files"), evidence, payer)
    with Copilot(folder / "workspace", READ_ON, "evaluation") as copilot:
        for _ in fill(copilot, files):
            pass
    return folder / "workspace"


def copy_of(workspace: Path, folder: Path) -> Path:
    """A copy of a closed workspace, so that no scenario sees another's drafts."""
    shutil.copytree(workspace, folder, ignore=shutil.ignore_patterns(".lock"))
    return folder


def chosen(files: Sequence[SampleFile], evidence: str, payer: str) -> list[SampleFile]:
    """The files that a scenario allows; raises KeyError for evidence of an unknown name."""
    allowed: dict[str, Callable[[SampleFile], bool]] = {
        "full": lambda f: True,
        "no_quality": lambda f: f.kind not in RESULTS,
        "no_membership": lambda f: f.kind not in MEMBERS,
        "no_claims": lambda f: True,
        "contracts": lambda f: f.kind in ("profile", "contract"),
        "contract_only": lambda f: f.kind == "profile" or (f.payer, f.kind) == (payer, "contract"),
    }
    kept = [f for f in files if allowed[evidence](f)]
    if evidence == "no_claims":
        for file in kept:
            if file.kind == "claims":
                take_out(file.path, payer)
    return kept


def take_out(path: Path, payer: str) -> int:
    """Takes a payer's rows out of a claims export, in place; gives how many."""
    names = {s.casefold() for p in payers().values() if p.name == payer for s in p.spellings}

    def others(row: Sequence[object]) -> bool:
        return not any(str(cell).strip().casefold() in names for cell in row)

    if path.suffix == ".csv":
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        kept = [row for row in rows if others(row)]
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(kept)
        return len(rows) - len(kept)
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    fresh, gone = openpyxl.Workbook(write_only=True), 0
    for sheet in book.worksheets:
        target = fresh.create_sheet(sheet.title)
        for row in sheet.iter_rows(values_only=True):
            if others(row):
                target.append(row)
            else:
                gone += 1
    book.close()
    fresh.save(path)
    return gone
