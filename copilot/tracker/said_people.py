"""Whom a message names: persons and roles in the user's own words, nobody made up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from copilot.numbers import MONTHS
from copilot.planner.known_words import plain_words
from copilot.tracker.calendar_days import WEEKDAYS

_NAME = (
    r"[A-Z][a-zà-ÿ'’-]+(?:\s[A-Z]\.)?"
    r"(?:\s(?:(?:de|la|van|von|Mc|O')\s?)?[A-Z][a-zà-ÿ'’-]+){0,2}"
)
_BEFORE = (
    r"(?:with|to|from|e-?mailed|called|phoned|told|met|asked|reached|texted|by|dear|and|is|was"
    r"|named|contact|rep|representative|manager|director|spoke to|cc|reminded|chased)"
)
_SAYS = (
    r"(?:said|says|promised|offered|called|e-?mailed|wrote|will|would|replied|responded|told|came"
    r"|agreed|sent|asked|confirmed|accepted|refused|declined|is (?:our|the|my)|countered|proposed"
    r"|left|has|wants)"
)
_TITLED = re.compile(rf"\b(?:Dr|Mr|Mrs|Ms)\.? (?P<name>{_NAME})")
_PLACED = re.compile(
    rf"\b(?i:{_BEFORE})(?i:\s+(?:now|changed to)|\s+(?:our|the"
    rf"|their)\s+[a-z ]{{2,40}}?)?[\s,:]+(?P<name>{_NAME})"
)
_ACTING = re.compile(
    rf"(?:^|[.;:,!?\n-]\s*|\b(?i:and|that|then|but)\s+)(?P<name>{_NAME})(?=\s+(?i:{_SAYS})\b)"
)
_OUR_SIDE = re.compile(
    r"\s+(?:has |had )?(?:met|spoke|talked|called|e-?mailed|wrote|phoned|sent)\b(?! (?:us|me"
    r"|back)\b)",
    re.IGNORECASE,
)
_AT = re.compile(
    r"(?P<name>\b[A-Z][a-z'’-]+(?:\s[A-Z][a-z'’-]+)?|(?:(?<=with )|(?<=\bto )|(?<=mailed )"
    r"|(?<=called )|(?<=told )|(?<=from )|(?<=met )|(?<=asked )|(?<=phoned"
    r" ))[a-z'’-]+(?:\s[a-z'’-]+)?)"
    r"\s+(?:over\s+)?(?:at|from|of)\s+$"
)
_ROLE = re.compile(
    r"\b(?<!her )(?<!his )(?<!their )((?:senior |regional |provider |network |payer |contracts?"
    r" |contracting |account |claims"
    r" |credentialing |medical |physician |market |new |my |our )*(?:provider relations(?: rep"
    r"(?:resentative)?| manager| specialist)?|contract(?:ing|s)? (?:manager|rep(?:resentative)?"
    r"|specialist|director|analyst|lead|team|department)|network (?:manager|director|contractor"
    r"|development \w+)|account (?:manager|rep(?:resentative)?|executive)|medical director"
    r"|credentialing (?:team|department|specialist|coordinator)|claims (?:supervisor|manager"
    r"|department)|vice president(?: of [a-z ]{3,30})?|VP(?: of [a-z ]{3,30})?|director"
    r"(?: of [a-z ]{3,30})?|supervisor|negotiator|contractor|rep(?:resentative)?))\b",
    re.IGNORECASE)  # fmt: skip
_MAIL = re.compile(r"[\w.+'-]{1,80}@[\w-]{1,80}(?:\.[\w-]{1,60})+")
_PHONE = re.compile(r"(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?:\s*(?:x|ext\.?)\s*\d+)?")
_STOP_WORDS = (
    "i we they he she it our my their his her us them you your the a an this that today"
    " yesterday tomorrow last next by on in at to from medicare medicaid ppo hmo epo cms cpt"
    " exhibit attachment section article amendment contract agreement offer counter proposal"
    " email letter call voicemail portal meeting no yes not also then and but or so re mr mrs"
    " ms dr someone somebody everyone nobody people folks rep representative manager director"
    " provider network relations contracting contracts credentialing claims account medical"
    " team department please log note record spoke talked called emailed left met sent got"
    " received heard asked told offered promised said good new year q1 q2 q3 q4 inc llc"
    " customer service services support billing line desk department office center"
    " enrollment member"
    " response answer word news reply message"
    " per via re back out up over who dear hi hello thanks practice clinic front desk anyone"
    " contact"
)
_NO_NAMES = frozenset({*MONTHS, *WEEKDAYS, *(name[:3] for name in MONTHS), *_STOP_WORDS.split()})


@dataclass(frozen=True)
class Person:
    """One person or role: what was said of them, "" for what was not."""

    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""

    @property
    def shown(self) -> str:
        """The name with the role behind it, or the role alone."""
        return ", ".join(part for part in (self.name, self.role) if part)


def person_in(text: str, payers: tuple[tuple[int, int], ...]) -> Person:
    """The first person named and the first role; payers: where payers' names stand."""
    covered = text
    for start, end in payers:
        covered = covered[:start] + "\x00" * (end - start) + covered[end:]
    mail, phone = _MAIL.search(text), _PHONE.search(text)
    if mail:
        covered = covered[: mail.start()] + "\x00" * len(mail[0]) + covered[mail.end() :]
    name = _name(text, covered, payers)
    role = _ROLE.search(covered)
    said = "" if role is None else re.sub(r"^(?:my|our|new) ", "", role[0], flags=re.I)
    if not name and not mail and said.lower() in ("director", "supervisor"):
        said = said.lower()
    return Person(name, said, mail[0] if mail else "", phone[0] if phone else "")


def _name(text: str, covered: str, payers: tuple[tuple[int, int], ...]) -> str:
    found: list[tuple[int, str]] = []
    for pattern in (_TITLED, _PLACED, _ACTING):
        for match in pattern.finditer(covered):
            ours = pattern is not _PLACED and _OUR_SIDE.match(covered, match.end())
            if not ours:
                found.append((match.start("name"), match["name"]))
    for start, _ in payers:
        if before := _AT.search(covered[:start]):
            found.append((before.start("name"), before["name"]))
    for _, name in sorted(found):
        parts = name.split()
        while parts and parts[0].lower() in _NO_NAMES:
            parts = parts[1:]
        while parts and parts[-1].lower().rstrip(".") in _NO_NAMES:
            parts = parts[:-1]
        if not parts:
            continue
        lower = parts[0][0].islower()
        if lower and (parts[0] in plain_words() or len(parts[0]) < 3):
            continue
        return " ".join(part if part[1:].lower() != part[1:] else part.capitalize()
                        for part in parts)  # fmt: skip
    return ""
