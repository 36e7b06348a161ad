"""Our model language in the names by which a contract calls its parties."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from knowledge.terms.language.parties import parties_of

_ACTS = re.compile(
    r"(?P<the>\b[Tt]he )?(?P<name>[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3})"
    r" (?:shall|may|will|must|agrees?)\b"
)


@dataclass(frozen=True)
class PartyNames:
    """What a contract calls the payer and the practice, "the" included where it says so."""

    payer: str
    provider: str

    def put_into(self, language: str) -> str:
        """Model language, which says Plan (or Payer) and Provider, in the contract's names."""
        said = re.sub(
            r"\bProvider\b", self.provider, re.sub(r"\b(?:Plan|Payer)\b", "\x00", language)
        )
        said = said.replace("\x00", self.payer)
        return re.sub(r"(^|[.;:] )the\b", lambda match: f"{match[1]}The", said)


def party_names(text: str, payer: str | None = None) -> PartyNames:
    """The names that act most often in a contract, as long as one does.

    Else Plan and Provider; in a paper that says "we" and "you", the payer's own name and
    "the practice".
    """
    parties = parties_of(text, payer)
    counts: dict[str, Counter[str]] = {"payer": Counter(), "provider": Counter()}
    for match in _ACTS.finditer(text):
        name = match["name"]
        for side, pattern in (("payer", parties.payer), ("provider", parties.provider)):
            if pattern.fullmatch(name.lower()):
                counts[side][("the " if match["the"] else "") + name] += 1
    plain = parties.plain_english
    return PartyNames(
        payer=_most(counts["payer"]) or (payer if plain and payer else "Plan"),
        provider=_most(counts["provider"]) or ("the practice" if plain else "Provider"),
    )


def _most(names: Counter[str]) -> str:
    return max(names, key=lambda name: (names[name], -len(name))) if names else ""
