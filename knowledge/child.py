"""Run a parser in a child process with limits, so that a bad file kills the child alone.

`run_in_child("package.module:function", ...)` sends JSON in and takes JSON out; nothing
that a parser made is ever unpickled. The same file is the child's entry point.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from knowledge.problems import BadInput


def run_in_child(
    function: str,
    *arguments: Any,
    where: str,
    seconds: int = 120,
    memory_mb: int = 4096,
    write_mb: int = 2048,
) -> Any:
    """What the function returns, computed in a process of its own.

    function: "module:name"; arguments and result are JSON values. where: the file's name
    for messages. Raises BadInput as the function raised it, or when the child ran out of
    time or memory or died; NotKnown and other errors come back as BadInput too, without
    a traceback.
    """
    request = json.dumps(
        {"function": function, "arguments": arguments, "memory": memory_mb, "write": write_mb}
    )
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1", OMP_NUM_THREADS="1")
        environment["PYTHONPATH"] = os.pathsep.join(p for p in sys.path if p)
        try:
            done = subprocess.run(
                [sys.executable, "-m", "knowledge.child", str(out)],
                input=request.encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=seconds,
                env=environment,
                cwd=folder,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise BadInput(
                where, f"reading it took longer than {seconds} seconds", "split or simplify it"
            ) from None
        if not out.exists():
            detail = done.stderr.decode(errors="replace")
            memory = "MemoryError" in detail or done.returncode in (-9, -11, -6)
            raise BadInput(
                where,
                "reading it needed more memory than a file may use"
                if memory
                else "it could not be read and may be damaged",
                "open it in its own program and save it again, or send a smaller part",
            )
        answer = json.loads(out.read_text(encoding="utf-8"))
    if "bad_input" in answer:
        raise BadInput(*answer["bad_input"])
    return answer["result"]


def _limits(memory_mb: int, write_mb: int) -> None:
    import resource

    for kind, mb in ((resource.RLIMIT_AS, memory_mb), (resource.RLIMIT_FSIZE, write_mb)):
        try:
            resource.setrlimit(kind, (mb << 20, mb << 20))
        except (ValueError, OSError):
            continue  # macOS refuses RLIMIT_AS; the time limit still holds


def _serve(out: Path) -> None:
    request = json.loads(sys.stdin.buffer.read())
    _limits(request["memory"], request["write"])
    module, _, name = request["function"].partition(":")
    answer: dict[str, Any]
    try:
        answer = {"result": getattr(importlib.import_module(module), name)(*request["arguments"])}
    except BadInput as bad:
        answer = {"bad_input": [bad.where, bad.what, bad.do]}
    partial = out.with_suffix(".part")
    partial.write_text(json.dumps(answer), encoding="utf-8")
    partial.replace(out)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
