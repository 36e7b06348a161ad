"""The tools an agent can call; each registers where it is written.

The planner's intents, the chat model's schemas, the page's labels and the docs page all
come from here. A tool is a function whose first parameter is `practice` (look-ups and
computations) or `desk` (tools bound to the thread, in `copilot`), followed by keyword
arguments of the shared vocabulary; it returns a Finding.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from knowledge.evidence import Finding

_TOOLS: dict[str, Tool] = {}


@dataclass(frozen=True)
class Argument:
    """One keyword of a tool: its name, Python type and default (None where absent)."""

    name: str
    type: Any
    default: Any


@dataclass(frozen=True)
class Tool:
    """A registered tool.

    label: a short noun phrase for the page ("Payer mix"). asks: how users ask for it, in
    their words, a phrase each. needs: canonical tables or stores without which it cannot
    work ("claim_lines", "fee_schedules", "contracts"). examples: whole questions shown as
    suggestions; {payer} and {code} are filled from the workspace. required: arguments that
    the planner must have or ask back for. bound: "practice" or "desk".
    """

    name: str
    label: str
    asks: tuple[str, ...]
    needs: tuple[str, ...]
    examples: tuple[str, ...]
    required: tuple[str, ...]
    arguments: tuple[Argument, ...]
    bound: str
    function: Callable[..., Finding]

    @property
    def description(self) -> str:
        """The first paragraph of the function's docstring, for a chat model's schema."""
        return (inspect.getdoc(self.function) or "").split("\n\n")[0]


def tool(
    *,
    label: str,
    asks: list[str],
    needs: list[str] | None = None,
    examples: list[str] | None = None,
    required: list[str] | None = None,
) -> Callable[[Callable[..., Finding]], Callable[..., Finding]]:
    """Register a function as a tool under its own name; see Tool for the words.

    Raises TypeError where the function does not have the form of a tool.
    """

    def register(function: Callable[..., Finding]) -> Callable[..., Finding]:
        parameters = list(inspect.signature(function).parameters.values())
        if not parameters or parameters[0].name not in ("practice", "desk"):
            raise TypeError(f"{function.__name__} must take practice or desk first")
        hints = typing.get_type_hints(function)
        arguments = tuple(
            Argument(p.name, hints[p.name], None if p.default is p.empty else p.default)
            for p in parameters[1:]
        )
        _TOOLS[function.__name__] = Tool(
            name=function.__name__,
            label=label,
            asks=tuple(asks),
            needs=tuple(needs or ()),
            examples=tuple(examples or ()),
            required=tuple(required or ()),
            arguments=arguments,
            bound=parameters[0].name,
            function=function,
        )
        return function

    return register


def discover(package: types.ModuleType) -> None:
    """Import every module below a package, so that its tools register."""
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(found.name)


def registered() -> dict[str, Tool]:
    """All tools registered so far, by name in alphabetical order."""
    return dict(sorted(_TOOLS.items()))
