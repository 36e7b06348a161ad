"""Work that runs in a thread of its own and tells what it does as it goes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")
LOOK_UP = 0.1  # seconds between looks whether the listener is still there


class Stopped(BaseException):
    """The listener is gone; the work ends at its next word."""


class _End:
    pass


def streamed(
    work: Callable[[Callable[[T], None]], None],
    one_at_a_time: threading.Lock,
    gone: threading.Event | None = None,
) -> Iterator[T]:
    """What the work says, as it says it; an error of the work is raised here.

    work: called in one thread from start to end with the function to say things by. Setting
    `gone`, or closing the iterator, makes that function raise Stopped, so that the work ends
    there; the iterator ends at once.
    """
    said: SimpleQueue[T | _End | BaseException] = SimpleQueue()
    gone = gone or threading.Event()

    def say(item: T) -> None:
        if gone.is_set():
            raise Stopped
        said.put(item)

    def run() -> None:
        try:
            with one_at_a_time:
                if not gone.is_set():
                    work(say)
            said.put(_End())
        except BaseException as problem:
            said.put(problem)

    threading.Thread(target=run, name="turn", daemon=True).start()
    try:
        while not gone.is_set():
            try:
                item = said.get(timeout=LOOK_UP)
            except Empty:
                continue
            if isinstance(item, BaseException):
                raise item
            if isinstance(item, _End):
                return
            yield item
    finally:
        gone.set()
