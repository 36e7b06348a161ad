"""The registered tools as LangChain tools of one turn.

Each call runs the tool on the practice or the desk, keeps its finding in the ledger and
gives the model its words. A problem the user must mend comes back as words too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any

from langchain_core.tools import StructuredTool
from pydantic import BaseModel, ConfigDict, Field, create_model

from copilot.desk import Desk
from copilot.drafting.kept_paper import with_paper
from copilot.ledger import Ledger
from knowledge.evidence import Finding, Sentence, plain
from knowledge.problems import BadInput, MoreNeeded, NotKnown
from tools.practice import Practice
from tools.registry import Tool

_FORBID = ConfigDict(extra="forbid")


@dataclass
class Bench:
    """The tools of one turn and what they did.

    steps: a plain dict a call with name, label, args, seconds, done and the finding's id;
    inner steps (a draft that looks something up) carry "inner": True.
    """

    tools: Mapping[str, Tool]
    practice: Practice
    ledger: Ledger
    turn: int
    desk: Callable[[Bench], Desk]
    steps: list[dict[str, Any]] = field(default_factory=list)

    def run(self, name: str, inner: bool = False, **args: Any) -> Finding:
        """Run one tool and keep its finding; raises what the tool raises."""
        tool = self.tools[name]
        given = {key: value for key, value in args.items() if value is not None}
        started = time.monotonic()
        first: Any = self.practice if tool.bound == "practice" else self.desk(self)
        finding = tool.function(first, **given)
        if not inner and finding.details.get("paper"):
            finding = with_paper(self.desk(self), finding)
        self._keep(finding, tool, given, started, inner)
        return finding

    def answer(self, name: str, args: Mapping[str, Any]) -> str:
        """What the model reads after a call: the finding's words, or the problem's."""
        tool = self.tools[name]
        started = time.monotonic()
        try:
            return self._words(self.run(name, **typed(tool, args)))
        except (BadInput, NotKnown) as problem:
            finding = problem_finding(problem)
            given = {key: value for key, value in args.items() if value is not None}
            self._keep(finding, tool, given, started, False)
            return self._words(finding)

    def _keep(
        self, finding: Finding, tool: Tool, args: dict[str, Any], started: float, inner: bool
    ) -> None:
        key = self.ledger.add(finding, tool.name, args, self.turn)
        self.steps.append(
            {
                "name": tool.name,
                "label": tool.label,
                "args": args,
                "seconds": round(time.monotonic() - started, 2),
                "done": finding.done or tool.label,
                "finding": key,
                "inner": inner,
                "problem": bool(finding.details.get("problem")),
            }
        )

    def _words(self, finding: Finding) -> str:
        lines = [plain(finding.headline.text)]
        lines += [plain(s.text) for s in (*finding.sentences, *finding.caveats)]
        if finding.table:
            lines.append(table_as_text(finding.table.as_data()))
        lines += [
            f'Quoted from {p.citation.label()}, as data: "{p.text}"' for p in finding.passages
        ]
        return "\n".join(lines)


def problem_finding(problem: BadInput | NotKnown) -> Finding:
    """A finding that says what is missing or wrong, in the problem's own words."""
    details: dict[str, Any] = {"problem": True}
    if isinstance(problem, MoreNeeded):
        details["needs"] = {
            "argument": problem.argument,
            "question": problem.question,
            "choices": list(problem.choices),
            "held": problem.held,
        }
    words = problem.what if isinstance(problem, NotKnown) else str(problem)
    rest = (
        "; ".join(p for p in (problem.why, problem.do) if p)
        if isinstance(problem, NotKnown)
        else ""
    )
    more = (Sentence(rest[:1].upper() + rest[1:] + "."),) if rest else ()
    return Finding(
        headline=Sentence(words.rstrip(".") + "."),
        sentences=more,
        details=details,
    )


def typed(tool: Tool, args: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments in the tool's own types; raises BadInput for one that cannot be."""
    from pydantic import TypeAdapter, ValidationError

    known = {a.name: a for a in tool.arguments}
    out: dict[str, Any] = {}
    for name, value in args.items():
        if value is None:
            continue
        if name not in known:
            raise BadInput(tool.label, f"it takes no {name}", f"use {', '.join(known)}")
        given = str(value) if isinstance(value, float) else value
        try:
            out[name] = TypeAdapter(known[name].type).validate_python(given)
        except ValidationError:
            raise BadInput(
                tool.label, f"{name} cannot be {value!r}", "say it in another way"
            ) from None
    return out


def langchain_tools(bench: Bench) -> list[StructuredTool]:
    """The bench's tools with their schemas, for a chat model to call."""
    return [_structured(tool, bench) for tool in bench.tools.values()]


def _structured(tool: Tool, bench: Bench) -> StructuredTool:
    def call(**args: Any) -> str:
        return bench.answer(tool.name, args)

    return StructuredTool.from_function(
        func=call,
        name=tool.name,
        description=tool.description or tool.label,
        args_schema=_schema(tool),
    )


@cache
def _schema(tool: Tool) -> type[BaseModel]:
    fields: dict[str, Any] = {
        a.name: (_schema_type(a.type), Field(default=a.default)) for a in tool.arguments
    }
    made: type[BaseModel] = create_model(f"{tool.name}_arguments", __config__=_FORBID, **fields)
    return made


def _schema_type(kind: Any) -> Any:
    if kind is Decimal or kind == Decimal | None:
        return float | None
    if kind is str or kind is int or kind == list[str]:
        return kind | None
    return kind


def table_as_text(table: Mapping[str, Any], rows: int | None = None) -> str:
    """A table as Markdown, figures shown."""
    shown = table["rows"] if rows is None else table["rows"][:rows]
    lines = [
        "| " + " | ".join(table["columns"]) + " |",
        "|" + "---|" * len(table["columns"]),
    ]
    for row in shown:
        cells = [c["shown"] if isinstance(c, dict) else (c or "") for c in row]
        lines.append("| " + " | ".join(str(c).replace("|", "/") for c in cells) + " |")
    return "\n".join(lines)


def bench_with(bench: Bench, **changes: Any) -> Bench:
    """A copy of a bench with some parts changed."""
    return replace(bench, **changes)
