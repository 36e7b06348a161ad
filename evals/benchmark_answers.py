"""How soon an answer begins and ends, in a process of its own.

`python -m evals.benchmark_answers WORKSPACE HOW` prints one JSON object. HOW: "warm" (the
embedding model loaded), "lexical" (never loaded), "starting" (the first question asked the
moment the workspace is open, while the model loads in the background).
"""

from __future__ import annotations

from copilot.secure_env import secure_env

secure_env()

import json  # noqa: E402  (the process is made safe before anything else is imported)
import os  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from dataclasses import asdict, dataclass  # noqa: E402
from datetime import date  # noqa: E402
from pathlib import Path  # noqa: E402

from copilot.core import Copilot  # noqa: E402

TODAY = date(2026, 11, 23)
QUESTIONS = (
    ("How do Granite Peak's rates compare with Medicare on our top 10 codes?", ["compare_rates"]),
    ("What is our timely filing limit with Kestrel?", ["contract_terms"]),
    ("What does the guide say about preparing for a payer meeting?", ["search_guide"]),
    ("Draft an email to Granite Peak asking for 8%", ["draft_email"]),
    ("Who pays us most?", ["payer_mix"]),
    ("Review the Wolf Creek contract", ["review_contract"]),
    ("What would 8% more from Kestrel be worth?", ["model_fee_change"]),
    ("What does the Tarn Lake contract say about prior authorization?", ["search_contract"]),
    ("Talking points for a call with Kestrel about 8% more", ["draft_talking_points"]),
    (
        "How do Granite Peak's rates compare with Medicare on our top 10 codes, and draft an "
        "email asking for 8%?",
        ["compare_rates", "draft_email"],
    ),
)


@dataclass(frozen=True)
class Asked:
    """One question's times in seconds from the moment it was asked.

    event: the first event (a tool starts, or text); text: the first piece of the answer;
    whole: the answer with its check. cpu: processor seconds of this process. right: whether
    the tools expected were called, in order. by_meaning: whether the model took part.
    """

    question: str
    event: float
    text: float
    whole: float
    cpu: float
    right: bool
    by_meaning: bool


def asked(copilot: Copilot, question: str, tools: list[str]) -> Asked:
    """The question's times on a thread of its own."""
    began, spent = time.monotonic(), _cpu()
    by_meaning = copilot.is_warm
    first = text = 0.0
    called: list[str] = []
    for event in copilot.ask(question):
        now = time.monotonic() - began
        first = first or now
        if event.kind == "text":
            text = text or now
        if event.answer is not None:
            called = [call.name for call in event.answer.tool_calls]
    whole = time.monotonic() - began
    cpu = _cpu() - spent
    return Asked(question, first, text or whole, whole, cpu, called == tools, by_meaning)


def _cpu() -> float:
    times = os.times()
    return times.user + times.system


def main(workspace: Path, how: str) -> None:
    """Ask, and print what was measured; `opened` counts from the start of the imports."""
    began = time.monotonic()
    with Copilot(workspace, TODAY, "benchmark") as copilot:
        if how == "warm":
            copilot.wait_until_warm()
            asked(copilot, "Who pays us least for 99214?", ["compare_rates"])
        if how == "starting":
            copilot.warm()
        opened = time.monotonic() - began
        questions = QUESTIONS[:1] if how == "starting" else QUESTIONS
        found = [asked(copilot, question, tools) for question, tools in questions]
    print(json.dumps({"opened": opened, "asked": [asdict(one) for one in found]}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
