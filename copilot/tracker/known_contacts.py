"""The people known at a payer: told by the user first, then those of imported lists."""

from __future__ import annotations

from typing import Any

from copilot.tracker.entries import Contact
from copilot.tracker.log import Log
from tools.practice import Practice


def contacts_of(practice: Practice, log: Log, payer: str | None) -> list[Contact]:
    """Contacts of the log, and those of imported lists that it does not name; of all payers
    where none is given."""
    told = list(log.contacts(payer))
    names = {(c.payer, c.name.casefold()) for c in told}
    tables = practice.tables
    if tables.has("contacts"):
        for row in tables.frame(tables.table("contacts")).to_dict("records"):
            each = _imported(row)
            if each and payer in (None, each.payer) and (
                (each.payer, each.name.casefold()) not in names
            ):  # fmt: skip
                told.append(each)
    return told


def _imported(row: dict[Any, Any]) -> Contact | None:
    words = {key: str(value) if value is not None and value == value else ""
             for key, value in row.items()}  # fmt: skip
    name = words.get("name") or words.get("email") or words.get("role") or ""
    if not words.get("payer") or not name:
        return None
    return Contact("", words["payer"], name, words.get("role", ""), words.get("email", ""),
                   words.get("phone", ""))  # fmt: skip
