"""`--batch`: a JSONL file of questions or queries, one JSON object out for each line in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copilot.problems import BadInput, NotKnown

if TYPE_CHECKING:
    from copilot.core import Copilot

Line = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """What is done with each line: the key it must have, and what answers it."""

    need: str
    one: Callable[[Copilot, Line], Line]


def batch(job: Job, copilot: Copilot, file: Path, debugging: bool = False) -> int:
    """Print each line's result in order; a bad line gives {"id", "error"}. Gives the exit code.

    Lines of one thread go on with each other; a thread starts afresh with each run. Raises
    BadInput for a file that is no text; `debugging` lets a defect of ours show itself.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as wrong:
        raise BadInput(str(file), "it cannot be read as text", "check the path") from wrong
    copilot.wait_until_warm()
    copilot.finish_index()
    begun: set[str] = set()
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        key: Any = None
        try:
            line = _line(raw, number)
            key = line.get("id")
            _check(line, number, job.need)
            thread = str(line.get("thread") or "")
            if thread and thread not in begun:
                begun.add(thread)
                copilot.forget_thread(thread)
            out = job.one(copilot, line)
        except (BadInput, NotKnown) as problem:
            out = {"error": str(problem)}
        except Exception as defect:  # one line's defect must not lose the others' answers
            out = {"error": f"line {number}: something failed ({type(defect).__name__})"}
            if debugging:
                raise
        print(json.dumps({"id": key, **out}, ensure_ascii=False), flush=True)
    return 0


def _asked(copilot: Copilot, line: Line) -> Line:
    thread = line.get("thread")
    answer = copilot.answer(line["question"], str(thread) if thread else None)
    return answer.model_dump()


def _asked_and_kept(copilot: Copilot, line: Line) -> Line:
    from copilot.tracker.confirming import keep_all

    thread = line.get("thread")
    answer = copilot.answer(line["question"], str(thread) if thread else None)
    keep_all(copilot, answer)
    return answer.model_dump()


def _searched(copilot: Copilot, line: Line) -> Line:
    found = copilot.search(line["query"], line.get("payer"), line.get("k") or 10)
    return {"results": [result.model_dump() for result in found]}


ASK, SEARCH = Job("question", _asked), Job("query", _searched)
ASK_AND_KEEP = Job("question", _asked_and_kept)


def _line(raw: str, number: int) -> Line:
    try:
        line = json.loads(raw)
    except ValueError:
        line = None
    if not isinstance(line, dict):
        raise BadInput(f"line {number}", "this is no JSON object", 'write {"id": 1, ...} in it')
    return line


def _check(line: Line, number: int, need: str) -> None:
    for name in (need, "payer"):
        if not isinstance(line.get(name), str | None):
            raise BadInput(f"line {number}, {name}", "this is no text", "put it in quotes")
    if not (line.get(need) or "").strip():
        raise BadInput(f"line {number}", f"it has no {need}", f'add "{need}"')
    count = line.get("k")
    if count is not None and (type(count) is not int or count < 1):
        raise BadInput(f"line {number}, k", "this is no whole number from 1", "correct it")
