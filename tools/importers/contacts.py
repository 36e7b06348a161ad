"""People and offices at the payers: business contacts, which may be kept as they are.

A list that speaks of patients is none of these, whatever else it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from tools.importers.cell_values import clean
from tools.importers.columns import Columns
from tools.importers.row import Context, Fields, Reader, Refusal

_PATIENTS = re.compile(
    r"patient|member|birth|\bdob\b|mrn|ssn|social|subscriber|guarantor|insured|policy|claim|"
    r"\bcpt\b|diagnos|\bdos\b|account",
    re.I,
)
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PRIVATE = re.compile(
    r"@(?:gmail|yahoo|hotmail|outlook|icloud|aol|msn|live|comcast|protonmail|me)\.", re.I
)
_OF_A_PERSON = re.compile(
    r"\d{3}-\d{2}-\d{4}|\b(?:patient|member|mrn|dob|subscriber|claim)\b\W*(?:#|no|id|name|:)?\W*\w*\d"
    r"|\b(?:patient|dob|mrn)\b|\b\d{1,2}/\d{1,2}/(?:19|20)\d\d\b",
    re.I,
)
_PHONE = re.compile(r"(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}(?:\s*(?:x|ext\.?)\s*\d+)?")


class Contacts:
    """One row of the file is one contact at a payer."""

    kind = "contacts"
    table = "contacts"
    keys = ("payer", "name", "email")
    personal = False

    def recognises(self, columns: Columns, sample: Sequence[Sequence[str]]) -> bool:
        """A payer with a role or an office address, and a way to reach it; nothing of patients."""
        fields = columns.fields
        if "payer" not in fields or any(_PATIENTS.search(cell) for cell in columns.header):
            return False
        reach = {"email", "phone", "channel"} & fields.keys()
        if not reach and not {"name", "role"} <= fields.keys():
            return False
        if "role" in fields or "channel" in fields:
            return True
        if "email" not in fields:
            return False
        at = fields["email"][0]
        mails = [clean(row[at]) for row in sample if at < len(row) and clean(row[at])]
        return bool(mails) and not any(_PRIVATE.search(mail) for mail in mails)

    def rows(self, context: Context) -> Reader:
        """One entry a row; a column of notes is not read, for it may speak of patients."""

        def entries(fields: Fields) -> Iterator[dict[str, Any]]:
            given = {name: fields.text(name) for name in ("name", "role", "channel")}
            email, phone = _email(fields), _phone(fields)
            if not any((given["name"], given["role"], given["channel"], email, phone)):
                raise Refusal("no name, role or way to reach anyone")
            if any(_OF_A_PERSON.search(text) for text in given.values()):
                raise Refusal("it speaks of a patient, not of a contact at a payer")
            yield {
                "payer": None,
                "payer_as_given": fields.text("payer") or None,
                "name": given["name"][:120] or None,
                "role": given["role"][:120] or None,
                "email": email,
                "phone": phone,
                "channel": given["channel"][:200] or None,
            }

        return entries


def _email(fields: Fields) -> str | None:
    text = fields.text("email")
    if not text:
        return None
    found = _EMAIL.search(text)
    if found is None:
        raise Refusal(f"column {fields.label('email')}: it is no mail address")
    return found[0]


def _phone(fields: Fields) -> str | None:
    text = fields.text("phone")
    if not text:
        return None
    found = _PHONE.search(text)
    if found is None:
        raise Refusal(f"column {fields.label('phone')}: it is no phone number")
    return found[0]
