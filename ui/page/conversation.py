"""The chat's own doings: a turn as it goes, a conversation opened, a turn stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

from copilot.results import Event
from ui.opened import Opened
from ui.problem_words import problem_words
from ui.views.answer import (
    answer_html,
    problem_html,
    question_html,
    stopped_html,
    working_html,
)
from ui.views.rail import conversations_html

Messages = list[dict[str, str]]
LONGEST = 20_000
BETWEEN_WORDS = 0.2  # seconds; a page redrawn for each word would lag behind the answer


def messages(opened: Opened, thread: str | None) -> Messages:
    """A conversation as the chat shows it."""
    if not thread:
        return []
    out: Messages = []
    for turn, (question, answer) in enumerate(opened.copilot.threads.turns(thread), start=1):
        out += exchange(question, answer_html(answer, turn))
    return out


def exchange(question: str, reply: str) -> Messages:
    """One question and what stands below it."""
    return [
        {"role": "user", "content": question_html(question)},
        {"role": "assistant", "content": reply},
    ]


def ask(
    opened: Opened, question: str, thread: str | None, gone: threading.Event | None = None
) -> Iterator[tuple[Any, ...]]:
    """One turn: (messages, composer, thread, conversations) as they change.

    The last has the finished answer. A question that is too long, fails or is stopped (by
    setting `gone`) is answered in one sentence and kept in the composer.
    """
    asked = question.strip()
    before = messages(opened, thread)
    if not asked:
        yield before, "", thread, None
        return
    if len(asked) > LONGEST:
        too_long = (
            f"This is {len(asked):,} characters; a question may hold {LONGEST:,}. Put the text "
            "into a file and drop it here, or ask in fewer words."
        )
        yield before + exchange(asked[:200] + " …", problem_html(too_long)), question, thread, None
        return
    steps: list[tuple[str, str]] = []
    said, shown = "", time.monotonic()
    yield before + exchange(asked, working_html(steps, said)), "", thread, None
    try:
        for event in opened.asked(asked, thread, gone):
            if event.answer is not None:
                thread = event.answer.thread
                turn = len(before) // 2 + 1
                done = before + exchange(asked, answer_html(event.answer, turn))
                yield done, "", thread, talks(opened, thread)
                return
            said = _went_on(event, steps, said)
            if event.kind == "text" and time.monotonic() - shown < BETWEEN_WORDS:
                continue
            shown = time.monotonic()
            yield before + exchange(asked, working_html(steps, said)), "", thread, None
        yield before + exchange(asked, stopped_html()), question, thread, None
    except Exception as problem:
        failed = before + exchange(asked, problem_html(problem_words(problem)))
        yield failed, question, thread, None


def _went_on(event: Event, steps: list[tuple[str, str]], said: str) -> str:
    if event.kind == "started":
        steps.append((event.label, "now"))
    elif event.kind == "finished":
        going = next((at for at, step in enumerate(steps) if step[1] == "now"), len(steps))
        steps[going : going + 1] = [(event.label, f"{event.seconds:.1f} s")]
    elif event.kind == "text":
        return said + event.text
    return said


def talks(opened: Opened, thread: str | None) -> str:
    """The list of conversations with the open one marked."""
    return conversations_html(opened.copilot.threads.listed(), thread)


def opened_thread(opened: Opened, wish: str) -> tuple[Messages, str | None, str]:
    """A conversation of the list, or a new one for an empty wish."""
    known = {line.id for line in opened.copilot.threads.listed()}
    thread = wish.strip() if wish.strip() in known else None
    return messages(opened, thread), thread, talks(opened, thread)
