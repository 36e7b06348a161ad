"""Word 97, RTF and OpenDocument texts, read through a Word copy that LibreOffice makes.

LibreOffice runs with a profile of its own that is thrown away, macros and links off, without
a network where the system allows that, and with a time limit; of what it makes only the
text is read.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from knowledge.documents import docx_text
from knowledge.documents.blocks import ReadFile
from knowledge.documents.file_type import FileType
from knowledge.problems import BadInput

SECONDS = 90
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>\n"
)
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Writer/Content/Update", "Field", "false"),
)


def read(content: bytes, name: str, kind: FileType) -> ReadFile:
    """The blocks of a DOC, RTF or ODT file.

    Raises BadInput where LibreOffice is not installed, and for a file it cannot open.
    """
    return docx_text.read(word_copy(content, name), name, "docx")


def word_copy(content: bytes, name: str) -> bytes:
    """The same document as a .docx file."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise BadInput(
            name,
            "to read this kind of file the program LibreOffice is needed, which is not installed",
            "install LibreOffice (libreoffice-writer), or save the file as .docx or PDF",
        )
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        source = root / f"paper.{_ending(content)}"
        source.write_bytes(content)
        user = root / "profile" / "user"
        user.mkdir(parents=True)
        items = "".join(_ITEM.format(path=p, name=n, value=v) for p, n, v in _SETTINGS)
        (user / "registrymodifications.xcu").write_text(_PROFILE.format(items=items))
        _convert(
            [
                *_cut_off(),
                program,
                f"-env:UserInstallation=file://{root}/profile",
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--nodefault",
                "--convert-to",
                "docx:MS Word 2007 XML",
                "--outdir",
                str(root),
                str(source),
            ],
            root,
            name,
        )
        made = root / "paper.docx"
        if not made.exists():
            raise BadInput(
                name, "the file is cut off or damaged", "save it again as .docx and send that"
            )
        return made.read_bytes()


def _ending(content: bytes) -> str:
    if content.startswith(b"{\\rtf"):
        return "rtf"
    return "odt" if content.startswith(b"PK") else "doc"


def _cut_off() -> list[str]:
    """The words that start a program without a network, [] where the system has none."""
    if shutil.which("unshare") is None:
        return []
    tried = subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False)
    return ["unshare", "-rn"] if tried.returncode == 0 else []


def _convert(command: list[str], home: Path, name: str) -> None:
    """Run LibreOffice to its end; its whole family of processes ends with the time limit."""
    environment = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL") if key in os.environ}
    running = subprocess.Popen(
        command,
        env={**environment, "HOME": str(home), "TMPDIR": str(home), "SAL_USE_VCLPLUGIN": "svp"},
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        running.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        raise BadInput(
            name, f"reading it took longer than {SECONDS} seconds", "save it as .docx and send that"
        ) from None
