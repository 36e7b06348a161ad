"""How long the sample takes to read in, beside a plain read of the same files."""

from __future__ import annotations

import csv
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from copilot.core import Copilot
from evals.benchmark_answers import TODAY
from evals.sample_practice.generate import SampleFile, write_sample
from evals.sample_workspace import fill


@dataclass(frozen=True)
class Ingested:
    """Seconds to read the files into a workspace, and to read them with nothing done.

    The plain read: csv, openpyxl, python-docx and pypdf over each file in this process. The
    import reads each file in a child process, twice keeps it, checks every row and indexes.
    """

    files: int
    whole: float
    plain: float

    @property
    def ratio(self) -> float:
        """How many plain reads an import takes."""
        return self.whole / self.plain


def ingested(folder: Path) -> Ingested:
    """The sample made below a folder and read into its `workspace`."""
    files = write_sample(folder / "files")
    plain = plain_read([file.path for file in files if file.kind != "profile"])
    began = time.monotonic()
    with Copilot(folder / "workspace", TODAY, "benchmark") as copilot:
        for _ in fill(copilot, files):
            pass
    return Ingested(_counted(files), time.monotonic() - began, plain)


def plain_read(paths: Sequence[Path]) -> float:
    """Seconds to go through every cell, paragraph and page once; imports are not counted."""
    import docx
    import openpyxl
    import pypdf

    began = time.monotonic()
    for path in paths:
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", errors="replace", newline="") as file:
                for _ in csv.reader(file):
                    pass
        elif path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path, read_only=True)
            for sheet in book.worksheets:
                for _ in sheet.iter_rows(values_only=True):
                    pass
            book.close()
        elif path.suffix == ".docx":
            _ = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
        elif path.suffix == ".pdf":
            _ = [page.extract_text() for page in pypdf.PdfReader(path).pages]
        else:
            raise ValueError(f"{path.name}: there is no plain read of such a file")
    return time.monotonic() - began


def _counted(files: Sequence[SampleFile]) -> int:
    return sum(file.kind != "profile" for file in files)
