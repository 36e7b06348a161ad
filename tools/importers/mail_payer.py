"""Whose a mail is: by its addresses, the practice's list of contacts, and the payers it names."""

from __future__ import annotations

import re

from knowledge.documents.document import Document
from knowledge.mail.thread import Placed, messages_of
from knowledge.payer_names import PayerBook
from knowledge.payer_spelling import core, distinctive, folded
from tools.importers.document_kind import Ownership, organisations
from tools.importers.payer_column import PROGRAMS, mentioned
from tools.practice import Practice

_ADDRESS = re.compile(r"[\w.+'-]+@((?:[\w-]+\.)+[\w-]+)")
_ANYBODYS = frozenset(
    ("gmail", "yahoo", "hotmail", "outlook", "icloud", "aol", "msn", "live", "comcast",
     "protonmail", "proton", "me", "gmx", "web")
)  # fmt: skip


def mail_ownership(document: Document, practice: Practice) -> Ownership:
    """The payer of a mail; None with candidates where its addresses and words leave it open.

    The practice's contacts decide first, then the domains of senders and recipients, then
    the only payer that subject or words name.
    """
    placed = messages_of(document)
    book = practice.payers
    addresses = _addresses(placed)
    for found in (of_contacts(addresses, practice), _of_domains(addresses, book)):
        if len(found) == 1:
            return Ownership(found[0], (), ())
        if found:
            return Ownership(None, tuple(found), ())
    subjects = " | ".join(dict.fromkeys(each.message.subject for each in placed))
    for words in (subjects, document.text[:20_000]):
        named = mentioned([words], book, programs=False)
        if len(named) == 1:
            return Ownership(named[0], (), ())
        if named:
            return Ownership(None, tuple(named[:6]), ())
    new = organisations(document.title, document.text, practice.name)
    return Ownership(None, tuple(new[:3]) or book.known()[:8], ())


def _addresses(placed: tuple[Placed, ...]) -> list[str]:
    """All addresses, those of senders first."""
    senders = [each.message.address for each in placed if each.message.address]
    others = [m[0].lower() for each in placed for to in each.message.to
              for m in _ADDRESS.finditer(to)]  # fmt: skip
    return list(dict.fromkeys([*senders, *others]))


def of_contacts(addresses: list[str], practice: Practice) -> list[str]:
    """Payers whose contacts, as the practice lists them, have one of the addresses or domains."""
    if not practice.tables.has("contacts"):
        return []
    table = practice.tables.table("contacts")
    frame = practice.tables.frame(table.select("payer", "email"))
    listed: dict[str, set[str]] = {}
    for payer, email in zip(frame["payer"], frame["email"], strict=True):
        if not isinstance(payer, str) or not isinstance(email, str):
            continue
        listed.setdefault(email.lower(), set()).add(payer)
        domain = email.lower().rpartition("@")[2]
        if not is_anybodys(domain):
            listed.setdefault(domain, set()).add(payer)
    for wanted in (addresses, [a.rpartition("@")[2] for a in addresses]):
        found = {payer for each in wanted for payer in listed.get(each, ())}
        if found:
            return sorted(found)
    return []


def _of_domains(addresses: list[str], book: PayerBook) -> list[str]:
    """Payers that the domains are named after: kestrelhealth.org is Kestrel Health Plan's."""
    found: dict[str, None] = {}
    for address in addresses:
        domain = address.rpartition("@")[2]
        if is_anybodys(domain):
            continue
        payer = payer_of_domain(domain, book)
        if payer:
            found.setdefault(payer)
    return list(found)


def payer_of_domain(domain: str, book: PayerBook) -> str | None:
    """The payer a domain is named after, the longest spelling wins; None without one or two.

    The word before the ending counts alone: what stands further left its owner chooses
    freely, as in kestrelhealth.example.com.
    """
    labels = [re.sub(r"[^a-z0-9]", "", each) for each in domain.lower().split(".")[-2:-1]]
    best: dict[str, int] = {}
    for spelling, name in book.aliases().items():
        if book.line_of_business(name) in PROGRAMS:
            continue
        whole = spelling.replace(" ", "")
        told = core(name)
        own = folded(told).replace(" ", "") if distinctive(told) else ""
        for label in labels:
            if len(whole) >= 3 and label == whole:
                best[name] = max(best.get(name, 0), len(whole) + 100)
            elif len(whole) >= 6 and label.startswith(whole):
                best[name] = max(best.get(name, 0), len(whole))
            elif len(own) >= 5 and label.startswith(own):
                best[name] = max(best.get(name, 0), len(own))
    if not best:
        return None
    most = max(best.values())
    names = [name for name, length in best.items() if length == most]
    return names[0] if len(names) == 1 else None


def is_anybodys(domain: str) -> bool:
    """Whether a domain is a mail service that anyone may use."""
    return bool(set(domain.split(".")) & _ANYBODYS)
