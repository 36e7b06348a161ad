"""One sign repeated without end, cut short: it tells nothing, and costs every reader of a text.

A pattern that looks for a number or for space goes over a run of n such signs again from each
of its places, n * n / 2 steps in all: 20,000 blanks hold a program up for seconds.
"""

from __future__ import annotations

import re

LONGEST_RUN = 100
_RUN = re.compile(rf"([^\n])\1{{{LONGEST_RUN},}}")


def without_long_runs(text: str) -> str:
    """The text with each run of one sign on a line at most LONGEST_RUN signs long."""
    return _RUN.sub(lambda run: run[1] * LONGEST_RUN, text)
