"""A criterion's decision on one text, and the register of the functions that decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evals.scenarios.cases import Scenario
    from evals.scenarios.gold import Gold
    from evals.scenarios.letter_text import Text


@dataclass(frozen=True)
class Verdict:
    """Whether a text meets a criterion, and what it lacks where it does not."""

    ok: bool
    why: str = ""


Check = "Callable[[Text, Scenario, Gold], Verdict]"
_CHECKS: dict[str, Callable[[Text, Scenario, Gold], Verdict]] = {}


def check(
    function: Callable[[Text, Scenario, Gold], Verdict],
) -> Callable[[Text, Scenario, Gold], Verdict]:
    """Registers the function that decides the criterion of its name."""
    _CHECKS[function.__name__] = function
    return function


def verdict(name: str, text: Text, scenario: Scenario, gold: Gold) -> Verdict:
    """A criterion's decision on a text; raises KeyError where nothing decides it."""
    import evals.scenarios.checks_asks
    import evals.scenarios.checks_evidence
    import evals.scenarios.checks_traced
    import evals.scenarios.checks_words  # noqa: F401

    return _CHECKS[name](text, scenario, gold)
