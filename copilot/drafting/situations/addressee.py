"""To whom an email goes: a person or role the user named, or one among the practice's contacts.

Nobody is made up: without a contact and without a word of the user the greeting names no one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from copilot.desk import Desk
from copilot.drafting.other_payers import payers_named
from copilot.tracker.log import Log
from tools.lines.claim_totals import records

ROLES = (
    r"(?:(?:(?:network|contracting|provider|regional|senior|associate) ){0,2}"
    r"(?:chief|vice president|v\.?p\.?|head|senior director|director|manager|supervisor|"
    r"medical director|network manager|contract manager|contracting manager|account manager|"
    r"provider relations|provider services|credentialing|claims|appeals)\b"
    r"(?: (?:of|for|in|at) (?:network |provider |payer )?[a-z]+(?: [a-z]+)?)?"
    r"(?: (?:manager|director|department|team|desk|representative|office))?)"
)
NAME = r"(?:(?:Ms|Mr|Mrs|Dr)\.? )?[A-Z][a-z'’-]+(?: [A-Z]\.?(?= [A-Z]))?(?: [A-Z][A-Za-z'’-]+)?"
OUTRIGHT = re.compile(
    rf"\b(?:[Aa]ddress(?:ed)? (?:it |this |the (?:e-?mail|letter) )?to|[Aa]ttention:?|[Aa]ttn:?)"
    rf" ({NAME})"
)
TO_NAME = re.compile(
    rf"\b(?:to|[Ee]-?mail|[Ww]rite|[Tt]hank|[Mm]essage|[Aa]sk|[Tt]ell|with|for) ({NAME})"
    r"(?= (at|from)\b)?"
)
TO_ROLE = re.compile(
    rf"\b(?:to|address(?:ed)? (?:it )?to|attention|attn|for) (?:the|their|its|our|a) "
    rf"({ROLES})",
    re.IGNORECASE,
)
NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        "the them this that these their medicare medicaid january february march april may june"
        " july august september october november december monday tuesday wednesday thursday"
        " friday saturday sunday exhibit section schedule attachment us our we a an",
    )
)
WANTED = {
    "escalation": r"director|vice president|\bv\.?p\b|chief|head|medical officer",
    "underpayment": r"claims|provider (?:relations|services)|appeals|payment",
    "credentialing": r"credential|provider (?:relations|services|data)|enrol",
}
CONTRACTING = r"contract|network|negotiat"


@dataclass(frozen=True)
class Person:
    """A contact: name or role may be empty, never both."""

    name: str
    role: str

    def said(self) -> str:
        """How a sentence names the contact: Robin Sample, network manager."""
        return ", ".join(
            part for part in (self.name, self.role[:1].lower() + self.role[1:]) if part
        )


def addressee_of(desk: Desk, payer: str, purpose: str) -> str:
    """The name, else the role, to write to; "" where neither message nor contacts tell."""
    known = contacts_of(desk, payer)
    said = _said(desk, known)
    if said:
        return next((p.name for p in known if p.name and _same(said, p)), said)
    return "" if (found := fitting(known, purpose)) is None else found.name or found.role


def contacts_of(desk: Desk, payer: str) -> tuple[Person, ...]:
    """The contacts of a payer: those of the log first, then those of imported files."""
    found = [Person(c.name, c.role) for c in Log(desk.practice.workspace).contacts(payer)]
    tables = desk.practice.tables
    if tables.has("contacts"):
        table = tables.table("contacts")
        for row in records(desk.practice, table.filter(table.payer == payer)):
            found.append(Person(str(row["name"] or ""), str(row["role"] or "")))
    return tuple({(p.name, p.role): p for p in found if p.name or p.role}.values())


def fitting(known: Iterable[Person], purpose: str) -> Person | None:
    """The contact whose role fits the purpose, a named one first; None where none does."""
    pattern = WANTED.get(purpose, CONTRACTING)
    fit = [p for p in known if re.search(pattern, p.role, re.IGNORECASE)]
    return next((p for p in fit if p.name), next(iter(fit), None))


def greeted(addressee: str) -> bool:
    """Whether an addressee is a person's name, to be greeted by it; a role is written to."""
    words = addressee.split()
    roles = re.search(ROLES, addressee, re.IGNORECASE)
    return bool(words) and not roles and all(w[:1].isupper() for w in words) and len(words) < 5


def _said(desk: Desk, known: Iterable[Person]) -> str:
    """The name or role in the user's words: outright, of a contact, or with its payer behind."""
    question = desk.question
    if (outright := OUTRIGHT.search(question)) and _is_name(desk, outright[1]):
        return outright[1]
    for found in TO_NAME.finditer(question):
        name = found[1].strip()
        if not _is_name(desk, name):
            continue
        if len(name.split()) > 1 or found[2] or any(_same(name, person) for person in known):
            return name
    role = TO_ROLE.search(question)
    return f"the {role[1].strip().lower()}" if role else ""


def _is_name(desk: Desk, name: str) -> bool:
    """Whether capitalized words are no payer, no practice, no month and no part of a contract."""
    practice = desk.practice
    spelled = " ".join((practice.name, *practice.payers.known(), *practice.payers.aliases()))
    taken = {word.lower() for word in re.findall(r"[\w'’-]+", spelled)} | NO_NAMES
    words = {word.lower().rstrip(".") for word in name.split()} - {"ms", "mr", "mrs", "dr"}
    return not words & taken and not payers_named(practice, name, None)


def _same(said: str, person: Person) -> bool:
    low, name = said.lower().split(), person.name.lower().split()
    return bool(set(low) & set(name)) or (
        bool(person.role) and said.lower().removeprefix("the ") in person.role.lower()
    )
