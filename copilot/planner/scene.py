"""What a tool's arguments may be filled from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from copilot.planner.reading import Reading


@dataclass(frozen=True)
class Scene:
    """What the fillers look at.

    part: the words of this request. whole: the message. told: payers and codes named in
    the background or earlier in the message. everyone: the payers one can negotiate with;
    all_payers: Medicare and self-pay too. businesses: payer to its line of business.
    terms: contract terms this request asks about. carried: arguments of an earlier call
    that this one points back to.
    """

    part: Reading
    whole: Reading
    everyone: tuple[str, ...] = ()
    told_payers: tuple[str, ...] = ()
    told_codes: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    carried: Mapping[str, Any] = field(default_factory=dict)
    all_payers: tuple[str, ...] = ()
    businesses: Mapping[str, str] = field(default_factory=dict)
