"""`review`: a contract's terms and what the playbook says of them, as one JSON object."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from copilot.core import Copilot
from copilot.redline import write_redlines
from knowledge.problems import BadInput


def review(
    copilot: Copilot,
    subject: str,
    redline: Path | None = None,
    level: str | None = None,
    author: str | None = None,
) -> dict[str, Any]:
    """The review of a file (read in first) or of a payer's contract family.

    Gives {"terms", "issues", "redline"} as the command line documents them, and with a
    redline (the Word file to write) "redlines": what copilot.redline tells of its files.
    level: opening (default), target or walk_away. author: who the marks are by. Raises
    BadInput for a file that cannot be read or marked, and a payer that has no contract.
    """
    payer = _payer(copilot, subject)
    finding = copilot.tools["review_contract"].function(copilot.practice, payers=[payer])
    found = {
        "terms": list(finding.details["terms"]),
        "issues": list(finding.details["issues"]),
        "redline": None,
    }
    if redline is None:
        return found
    written = write_redlines(copilot, payer, redline, level=level, author=author)
    return {**found, "redline": written["files"][0]["path"], "redlines": written}


def _payer(copilot: Copilot, subject: str) -> str:
    file = Path(subject)
    if file.is_file():
        result = copilot.ingest([file])[0]
        if result.status == "refused":
            raise BadInput(file.name, result.problem or "it was refused", "see the line above")
        if result.payer is None:
            raise BadInput(
                file.name,
                "it does not say which payer it belongs to",
                f'read it in first: payer-copilot ingest --payer NAME "{file.name}"',
            )
        return result.payer
    resolved = copilot.practice.payers.resolve(subject)
    if resolved.name is None:
        known = ", ".join(copilot.practice.payers.known()) or "none yet"
        raise BadInput(
            subject, "this is neither a file nor a payer we know", f"payers here: {known}"
        )
    return resolved.name
