"""The one sentence a user reads when something went wrong."""

from __future__ import annotations

import os
import traceback

from copilot.problems import BadInput, NotKnown


def problem_words(problem: Exception) -> str:
    """The problem's own sentence, or for a defect of ours its kind alone.

    With PAYER_COPILOT_DEBUG set, a defect's trace goes to the terminal.
    """
    if isinstance(problem, (BadInput, NotKnown)):
        return str(problem)
    if os.environ.get("PAYER_COPILOT_DEBUG"):
        traceback.print_exception(problem)
    return f"Something failed that should not ({type(problem).__name__}); nothing was changed."
