"""`payer-copilot eval`: run the tasks and print what they measured."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from copilot.problems import BadInput
from evals.scoring import Report


def _tasks() -> dict[str, Callable[[], Report]]:
    from evals import (
        data_questions,
        grounding,
        identifiers,
        retrieval,
        routing,
        term_wordings,
        terms,
    )
    from evals.scenarios import bh_questions, variety
    from evals.scenarios import run as scenarios

    return {
        "routing": routing.run,
        "retrieval": retrieval.run,
        "grounding": grounding.run,
        "terms": terms.run,
        "terms_wordings": term_wordings.run,
        "terms_wordings_dev": term_wordings.run_dev,
        "identifiers": identifiers.run,
        "data": data_questions.run,
        "data_confirmed": data_questions.run_confirmed,
        "data_dev": data_questions.run_dev,
        "scenarios": scenarios.run,
        "variety": variety.run,
        "behavioral_questions": bh_questions.run,
    }


def run(names: Sequence[str], as_json: bool = False) -> int:
    """Run the named tasks, all where none is named; gives the exit code.

    Raises BadInput for a task that does not exist.
    """
    tasks = _tasks()
    for name in names:
        if name not in tasks:
            raise BadInput(f"task {name}", "there is no such task", f"use {', '.join(tasks)}")
    reports = []
    for name in names or tasks:
        result = tasks[name]()
        reports.append(result.as_data())
        if not as_json:
            print("\n".join(result.lines()), flush=True)
    if as_json:
        print(json.dumps(reports))
    return 0
