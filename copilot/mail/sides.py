"""Which way a message went, and who wrote it: by addresses, the profile and the signature."""

from __future__ import annotations

import re
from dataclasses import dataclass

from copilot.settings import Profile
from copilot.tracker.entries import Contact, Party
from knowledge.mail.message import Message
from knowledge.mail.own_words import own_words
from knowledge.payer_spelling import folded
from tools.importers.mail_payer import is_anybodys, of_contacts, payer_of_domain
from tools.importers.payer_column import mentioned
from tools.practice import Practice

_ROLE = re.compile(
    r"\b(?:manager|director|representative|rep|specialist|contract\w*|network|relations|officer"
    r"|analyst|coordinator|president|lead|negotiator|consultant|executive|administrator)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?:\s*(?:x|ext\.?)\s*\d+)?")


@dataclass(frozen=True)
class Sides:
    """Tells the two sides of one payer's mails apart."""

    payer: str
    practice: Practice
    profile: Profile

    def side(self, message: Message) -> Party | None:
        """Whose side wrote the message; None where nothing tells."""
        if message.address:
            if message.address == self.profile.email.strip().lower():
                return "practice"
            domain = message.address.rpartition("@")[2]
            if not is_anybodys(domain):
                if domain == self.profile.email.strip().lower().rpartition("@")[2]:
                    return "practice"
                if self._is_payers(message.address):
                    return "payer"
                if _named_after(domain, self.practice.name):
                    return "practice"
        signed = folded(self._signed(message))
        ours = [self.practice.name, self.profile.name, *self.profile.signature.split("\n")[:1]]
        if any(len(folded(n)) > 4 and folded(n) in signed for n in ours if n != "our practice"):
            return "practice"
        named = mentioned([self._signed(message)], self.practice.payers, programs=False)
        return "payer" if named == [self.payer] else None

    def _is_payers(self, address: str) -> bool:
        """Whether an address is the payer's: by the list of contacts, or by its domain's name."""
        domain = address.rpartition("@")[2]
        if payer_of_domain(domain, self.practice.payers) == self.payer:
            return True
        return of_contacts([address], self.practice) == [self.payer]

    def strange_domain(self, message: Message) -> str:
        """The domain a message came from where only its words call it the payer's; else ""."""
        domain = message.address.rpartition("@")[2]
        if not domain or self.side(message) != "payer" or self._is_payers(message.address):
            return ""
        return domain

    def _signed(self, message: Message) -> str:
        """The sender's name and the signature, or the last lines where none is set apart."""
        low, high = own_words(message.body).signature
        sign = message.body[low:high] or "\n".join(message.body.rstrip().split("\n")[-4:])
        return f"{message.sender}\n{sign}"

    def contact(self, message: Message) -> Contact | None:
        """The payer's person who wrote, by name, role, address and telephone as signed."""
        if not message.sender or "@" in message.sender:
            return None
        signed = self._signed(message)
        lines = [line.strip(" *|") for line in signed.split("\n")[1:]]
        own = folded(message.sender)
        role = next((line for line in lines if _ROLE.search(line) and len(line) < 90
                     and folded(line) != own and not line.endswith((".", "?"))), "")  # fmt: skip
        phone = _PHONE.search(signed)
        return Contact(
            "", self.payer, message.sender, role, message.address, phone[0] if phone else ""
        )


def _named_after(domain: str, name: str) -> bool:
    """Whether a domain is named after the practice: its first words, or its initials in full."""
    label = re.sub(r"[^a-z0-9]", "", domain.split(".")[-2]) if "." in domain else ""
    words = folded(name).split()
    if len(label) < 3 or not words or name == "our practice":
        return False
    whole, initials = "".join(words), "".join(word[0] for word in words)
    start = words[0] + "".join(word[0] for word in words[1:])
    return label in (whole, initials, start) or (len(words[0]) > 4 and label.startswith(words[0]))
