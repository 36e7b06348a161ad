"""The payers of one practice: their one canonical name, and every spelling that means it.

The workspace's own payers (learned from claims, contracts and schedules) come first, then
a built-in vocabulary of carriers and programs. A likeness alone never decides: it is
proposed among the candidates.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from knowledge.payer_spelling import (
    abbreviates,
    core,
    distinctive,
    folded,
    formal,
    initials,
    joined,
    key,
    product_apart,
    short,
    slipped,
    without_tag,
)
from knowledge.workspace import Workspace


@dataclass(frozen=True)
class Resolution:
    """What a spelling means: `name` is canonical, or None with `candidates` to choose from.

    how: exact | alias | near | unsure | unknown. `product` and `line_of_business` are what
    the spelling told beside the name ("Kestrel Medicare Advantage").
    """

    name: str | None
    candidates: tuple[str, ...]
    how: str
    product: str | None = None
    line_of_business: str | None = None


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, dict[str, Any]]:
    read = tomllib.loads(Path(__file__).with_name("payers.toml").read_text(encoding="utf-8"))
    return {entry["name"]: entry for entry in read["payer"]}


class PayerBook:
    """Canonical payer names of a workspace over the built-in vocabulary.

    Without a workspace only the vocabulary speaks. `also` holds payers with
    spellings that count as known here though they are not stored. settings/payers.json is
    read again when it has changed.
    """

    def __init__(
        self, workspace: Workspace | None = None, also: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        self._workspace = workspace
        self._also = {name: sorted(spelled) for name, spelled in (also or {}).items()}
        self._stamp: tuple[int, int] | None = None
        self._own: dict[str, dict[str, Any]] = {}
        self._aliases: dict[str, str] = {}

    @property
    def workspace(self) -> Workspace | None:
        """The workspace whose payers these are."""
        return self._workspace

    def known(self) -> tuple[str, ...]:
        """Canonical names of this workspace, in alphabetical order."""
        self._load()
        return tuple(sorted(self._own, key=str.casefold))

    def aliases(self) -> Mapping[str, str]:
        """Folded spelling -> canonical name; the workspace's own win over the vocabulary."""
        self._load()
        return MappingProxyType(self._aliases)

    def renamed(self) -> dict[str, str]:
        """Spelling as it was written -> canonical name, of this workspace's payers alone.

        A name that stands (see `settled`) is a spelling of itself.
        """
        self._load()
        spelled = {
            spelling: name
            for name, entry in self._own.items()
            for spelling in entry.get("aliases", ())
        }
        return spelled | {name: name for name, entry in self._own.items() if entry.get("settled")}

    def resolve(self, text: str) -> Resolution:
        """What a data cell's spelling of a payer means; never a silent guess."""
        self._load()
        if not folded(text):
            return Resolution(None, (), "unknown")
        known = self._aliases.get(folded(text)) or self._in_other_dress(text)
        name, product, business = product_apart(text)
        if product and (known is None or self._taught(known, text, name)):
            inner = self._resolved(name)
            if inner.name or inner.candidates:
                return replace(inner, product=product, line_of_business=business)
        behind = without_tag(text) if known is None else None
        if behind and (told := self.resolve(behind)).name:
            return told
        return replace(self._resolved(text), product=product if known is None else None)

    def _in_other_dress(self, text: str) -> str | None:
        """The one payer of this workspace whose name this is but for a legal form behind it,
        or a slip in a name that ends in a product itself."""
        wanted = key(text)
        names = [name for name in self._own if key(name) == wanted] or [
            name for name in self._own if product_apart(name)[1] and slipped(text, name)
        ]
        return names[0] if len(names) == 1 else None

    def _taught(self, canonical: str, whole: str, apart: str) -> bool:
        """Whether the user taught a spelling with a product behind it and the one without."""
        spelled = {folded(each) for each in self._own.get(canonical, {}).get("aliases", ())}
        return {folded(whole), folded(apart)} <= spelled

    def short_name(self, canonical: str) -> str:
        """The name as people say it: "Granite Peak" for "Granite Peak Health Plan"."""
        given = _vocabulary().get(canonical, {}).get("short")
        return str(given) if given else short(canonical)

    def line_of_business(self, canonical: str) -> str | None:
        """commercial, medicare, medicare_advantage, medicaid, self_pay, workers_comp or other."""
        self._load()
        entry = self._own.get(canonical, {})
        told = entry.get("line_of_business") or _vocabulary().get(canonical, {}).get(
            "line_of_business"
        )
        return str(told) if told else None

    def settled(self, canonical: str) -> bool:
        """Whether the name stands: told by the user, a contract or the vocabulary.

        A name learned from data alone gives way to a fuller spelling.
        """
        self._load()
        return canonical in _vocabulary() or bool(self._own.get(canonical, {}).get("settled"))

    def learn(
        self,
        canonical: str,
        aliases: Iterable[str],
        line_of_business: str | None = None,
        settled: bool = False,
    ) -> None:
        """Add a payer or spellings of one; a known name among the aliases becomes a spelling.

        Writes settings/payers.json in one step. Raises ValueError without a workspace.
        """
        if self._workspace is None:
            raise ValueError("a vocabulary without a workspace learns nothing")
        self._load()
        own = {name: dict(entry) for name, entry in self._own.items()}
        entry = own.setdefault(canonical, {"aliases": []})
        spellings = {str(each) for each in entry["aliases"]} | set(aliases)
        for absorbed in [name for name in own if name in spellings and name != canonical]:
            spellings |= set(own.pop(absorbed)["aliases"])
        entry["aliases"] = sorted(spellings - {canonical})
        if line_of_business:
            entry["line_of_business"] = line_of_business
        if settled:
            entry["settled"] = True
        if own != self._own:
            self._workspace.write_json(self._path(), own)
            self._stamp = None

    def _path(self) -> Path:
        assert self._workspace is not None
        return self._workspace.settings / "payers.json"

    def _load(self) -> None:
        stamp = (0, 0)
        if self._workspace is not None and self._path().exists():
            state = self._path().stat()
            stamp = (state.st_mtime_ns, state.st_ino)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        self._own = self._workspace.read_json(self._path(), {}) if self._workspace else {}
        for name, spelled in self._also.items():
            entry = self._own.setdefault(name, {"aliases": []})
            self._own[name] = {**entry, "aliases": [*entry["aliases"], *spelled]}
        aliases: dict[str, str] = {}
        for name in self._own:
            aliases[folded(name)] = name
        for name, entry in self._own.items():
            for spelling in entry.get("aliases", ()):
                aliases.setdefault(folded(spelling), name)
        for name in self._own:
            if len(self._cored(core(name), self._own)) == 1:
                aliases.setdefault(folded(self.short_name(name)), name)
        for name, entry in _vocabulary().items():
            for spelling in (name, entry.get("short", name), *entry["aliases"]):
                aliases.setdefault(folded(spelling), name)
        self._aliases = aliases

    def _resolved(self, text: str) -> Resolution:
        fold = folded(text)
        named = self._aliases.get(fold)
        if named is not None:
            return Resolution(named, (), "exact" if fold == folded(named) else "alias")
        for among in (self._own, _vocabulary()):
            near = self._near(text, among)
            if len(near) == 1:
                return Resolution(near[0], (), "near")
            if near:
                return Resolution(None, tuple(near), "unsure")
        alike = self._alike(text)
        apart = alike and all(self._stands_apart(text, name) for name in alike)
        return Resolution(None, alike, "unsure" if alike and not apart else "unknown")

    def _stands_apart(self, text: str, name: str) -> bool:
        """Whether a full name has a word of its own that the name like it has nothing of.

        Beside a carrier of one word ("Aetna") nothing stands apart: it may be a product.
        """
        from rapidfuzz import fuzz

        if name in _vocabulary() and len(core(name).split()) < 2:
            return False
        others = key(name).split()
        return formal(text) and any(
            max(fuzz.ratio(word, other) for other in others) < 60 for word in core(text).split()
        )

    def _near(self, text: str, among: Mapping[str, dict[str, Any]]) -> list[str]:
        wanted = key(text)
        by_key = {n for n, e in among.items() if wanted in {key(s) for s in _spellings(n, e)}}
        if not by_key:
            by_key = set(self._cored(core(text), among, wanted.split()))
        if not by_key and among is self._own:
            by_key = {n for n, e in among.items() if any(initials(text, s) for s in (n,))}
        if not by_key:
            by_key = {
                n
                for n, e in among.items()
                if any(
                    abbreviates(text, s) or slipped(text, s) or joined(text, s)
                    for s in (*_spellings(n, e), short(n))
                )
            }
        return sorted(by_key)

    @staticmethod
    def _cored(
        wanted: str, among: Mapping[str, dict[str, Any]], words: list[str] | None = None
    ) -> list[str]:
        """Names with this core whose words hold all of the spelling's words, or the reverse."""
        if not distinctive(wanted):
            return []
        return [
            name
            for name, entry in among.items()
            if any(
                core(spelling) == wanted
                and (words is None or _begins(words, key(spelling).split()))
                for spelling in _spellings(name, entry)
            )
        ]

    def _alike(self, text: str) -> tuple[str, ...]:
        from rapidfuzz import fuzz

        wanted = key(text)
        scores: dict[str, float] = {}
        for among in (self._own, _vocabulary()):
            for name, entry in among.items():
                best = max(fuzz.ratio(wanted, key(s)) for s in _spellings(name, entry))
                own = core(name)
                begins = distinctive(own) and f"{wanted} ".startswith(f"{own} ")
                if best >= 80 or begins:
                    scores[name] = max(best, scores.get(name, 0.0))
        return tuple(sorted(scores, key=lambda name: (-scores[name], name))[:4])


def _spellings(name: str, entry: Mapping[str, Any]) -> tuple[str, ...]:
    return (name, *entry.get("aliases", ()))


def _begins(one: list[str], other: list[str]) -> bool:
    small, large = sorted((one, other), key=len)
    return large[: len(small)] == small
