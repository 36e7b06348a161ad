"""Writes the texts of the twenty scenarios as Markdown: `python -m evals.scenarios.write_examples`.

Each file opens with a line that names the sample, then the question asked, the text as it
came, and what the checklist finds. Without a folder they go to docs/examples.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evals.scenarios.cases import criteria
from evals.scenarios.run import Judged, judged

SAMPLE = (
    "> Written by the built-in copilot for the sample practice, Sagebrush Family Medicine: the "
    "practice, its payers and all amounts are invented."
)


def write_examples(folder: Path) -> list[Path]:
    """Plays the scenarios and writes a page each and a list of them; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        results = list(judged(Path(work)))
    return write_pages(results, folder)


def write_pages(results: Sequence[Judged], folder: Path) -> list[Path]:
    """A page for each result that has a text, and README.md that lists them."""
    made = []
    for number, result in enumerate(results, 1):
        path = folder / f"{number:02d}_{result.scenario.id}.md"
        path.write_text(page(result), encoding="utf-8")
        made.append(path)
    index = folder / "README.md"
    index.write_text(contents(results), encoding="utf-8")
    return [*made, index]


def page(result: Judged) -> str:
    """One result as Markdown."""
    scenario, text = result.scenario, result.played.text
    said = [f"- {step.on.isoformat()}: “{step.say}”" for step in scenario.turns]
    parts = [f"# {scenario.title}", SAMPLE, "Asked:", "\n".join(said)]
    parts += ["Check: " + check_line(result), "---"]
    if text is None:
        parts.append(f"No text came of it: {result.played.instead}")
    else:
        if not text.routed:
            parts.append("(The message led elsewhere; the text was asked for directly.)")
        if text.subject:
            parts.append(f"**Subject:** {text.subject}")
        parts.append(re.sub(r"\n{3,}", "\n\n", text.body.strip()))
    return "\n\n".join(parts) + "\n"


def check_line(result: Judged) -> str:
    """How many criteria are met, and in the checklist's words those that are not."""
    says = {c.name: c.says for c in criteria()}
    met = sum(v.ok for v in result.verdicts.values())
    line = f"{met} of {len(result.verdicts)} criteria met."
    if result.played.text is not None:
        missed = [says[name] for name, v in result.verdicts.items() if not v.ok]
        line += f" Not met: {'; '.join(missed)}." if missed else ""
    return line


def contents(results: Sequence[Judged]) -> str:
    """The list of all examples with their checks."""
    rows = []
    for number, result in enumerate(results, 1):
        scenario, met = result.scenario, sum(v.ok for v in result.verdicts.values())
        link = f"[{scenario.title}]({number:02d}_{scenario.id}.md)"
        evidence = scenario.evidence.replace("_", " ")
        rows.append(f"| {link} | {evidence} | {met} of {len(result.verdicts)} |")
    head = [
        "# Twenty texts",
        SAMPLE,
        "Made by `python -m evals.scenarios.write_examples` and judged line by line by the "
        "checklist in `evals/scenarios/criteria.toml`; `payer-copilot eval scenarios` repeats it.",
    ]
    table = ["| Text | Evidence at hand | Criteria met |", "|---|---|---|", *rows]
    return "\n\n".join([*head, "\n".join(table)]) + "\n"


if __name__ == "__main__":
    from copilot.secure_env import secure_env

    secure_env()
    for written in write_examples(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/examples")):
        print(written)
