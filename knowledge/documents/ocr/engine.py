"""The program tesseract: whether it is here, and the words it finds in a picture."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.problems import BadInput

SECONDS = 150  # for one page
MISSING = (
    "the program tesseract, which reads pictures of pages, is not installed here; install "
    "tesseract-ocr (Debian, Ubuntu: apt install tesseract-ocr) and send the file again"
)


@dataclass(frozen=True)
class Found:
    """One word in a picture: its box in pixels from the top left, how sure it is (0 to 100),
    and the number of its line on the page."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: float
    line: int


def present() -> bool:
    """Whether tesseract can be run on this machine."""
    return shutil.which("tesseract") is not None


def words_in(image: Any, name: str) -> tuple[Found, ...]:
    """The words of a grey picture in tesseract's order.

    Raises BadInput where the program is missing, fails, or takes longer than 150 seconds.
    """
    return _parsed(_run(image, name, ["--psm", "3", "-c", "tessedit_create_tsv=1"], ".tsv"))


def turned(image: Any, name: str) -> int:
    """By how many degrees (0, 90, 180, 270) the page must be turned clockwise to be upright."""
    try:
        told = _run(image, name, ["--psm", "0"], ".osd")
    except BadInput:
        return 0  # too few letters to tell
    for line in told.splitlines():
        if line.startswith("Rotate:") and line.split(":")[1].strip().isdigit():
            return int(line.split(":")[1])
    return 0


def _run(image: Any, name: str, options: list[str], ending: str) -> str:
    program = shutil.which("tesseract")
    if program is None:
        raise BadInput(name, MISSING.split(";")[0], MISSING.split("; ")[1])
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "page.pgm"
        image.save(picture, "PPM")
        out = Path(folder) / "page"
        try:
            subprocess.run(
                [program, str(picture), str(out), "-l", "eng", "--dpi", "300", *options],
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                check=True,
            )
            return out.with_suffix(ending).read_text(encoding="utf-8", errors="replace")
        except subprocess.TimeoutExpired:
            raise BadInput(
                name, f"reading one page took longer than {SECONDS} seconds", "scan it again"
            ) from None
        except (subprocess.CalledProcessError, OSError) as failed:
            raise BadInput(
                name, "tesseract could not read a page", "scan it again, upright and sharp"
            ) from failed


def _parsed(table: str) -> tuple[Found, ...]:
    """Words from tesseract's table: level, page, block, paragraph, line, word, box, sureness."""
    words: list[Found] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = (int(cell) for cell in cells[6:10])
        line = lines.setdefault(tuple(cells[2:5]), len(lines))
        words.append(
            Found(cells[11].strip(), left, top, left + width, top + height,
                  max(0.0, float(cells[10])), line)
        )  # fmt: skip
    return tuple(words)
