"""A draft as PDF, made from its Word file by LibreOffice where that is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from copilot.exports.docx import as_docx
from copilot.exports.page import Page
from knowledge.problems import BadInput

SECONDS = 120


def office() -> str | None:
    """The path of LibreOffice's program; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def as_pdf(page: Page) -> bytes:
    """The Word file of the page turned to PDF; BadInput where no LibreOffice is there."""
    program = office()
    if program is None:
        raise BadInput(
            "pdf",
            "a PDF needs LibreOffice, which is not installed",
            "install it (sudo apt install libreoffice-writer), or export to docx",
        )
    with tempfile.TemporaryDirectory(prefix="payer-copilot-") as folder:
        source = Path(folder) / "draft.docx"
        source.write_bytes(as_docx(page))
        profile = (Path(folder) / "profile").as_uri()
        command = [program, "--headless", "--norestore", f"-env:UserInstallation={profile}",
                   "--convert-to", "pdf", "--outdir", folder, str(source)]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
            return (Path(folder) / "draft.pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as failed:
            raise BadInput(
                "pdf", "LibreOffice could not make the file", "export to docx instead"
            ) from failed
