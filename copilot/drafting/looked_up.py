"""Other tools' findings, as a draft looks them up: a missing answer is a note, not an end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from copilot.desk import Desk
from knowledge.evidence import Figure, Finding
from knowledge.problems import BadInput, NotKnown
from tools.registry import registered

T = TypeVar("T")


@dataclass
class LookedUp:
    """The desk with a memory: each question is run once, and what failed is kept in `missing`."""

    desk: Desk
    missing: list[str] = field(default_factory=list)
    _held: dict[str, Finding | None] = field(default_factory=dict)
    _once: dict[str, Any] = field(default_factory=dict)

    def finding(self, name: str, **args: Any) -> Finding | None:
        """What a tool found; None where it does not know, with its reason kept."""
        key = f"{name} {sorted(args.items(), key=str)}"
        if key not in self._held:
            self._held[key] = self._run(name, args)
        return self._held[key]

    def once(self, key: str, make: Callable[[], T]) -> T:
        """What `make` gives, made once for this draft."""
        if key not in self._once:
            self._once[key] = make()
        made: T = self._once[key]
        return made

    def _run(self, name: str, args: dict[str, Any]) -> Finding | None:
        if name not in registered():
            return None
        try:
            return self.desk.run(name, **args)
        except NotKnown as unknown:
            self.missing.append("; ".join(p for p in (unknown.what, unknown.do) if p))
        except BadInput as wrong:
            self.missing.append(f"{wrong.what}; {wrong.do}")
        return None


def figure_named(finding: Finding, *names: str) -> Figure | None:
    """The figure whose id stands in the finding's details under one of the names."""
    known = {figure.id: figure for figure in finding.all_figures()}
    for name in names:
        key = finding.details.get(name)
        if isinstance(key, str) and key in known:
            return known[key]
    return None
