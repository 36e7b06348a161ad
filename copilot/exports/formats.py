"""The formats in which an answer itself can be taken away, beside its drafts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def formats_of(details: Mapping[str, Any]) -> tuple[str, ...]:
    """The formats in which a finding can be taken away, by its details; () for none."""
    wanted = {
        "xlsx": details.get("duties") or details.get("worksheet"),
        "ics": details.get("calendar"),
        "docx": details.get("exercise"),
    }
    return tuple(to for to, held in wanted.items() if held)
