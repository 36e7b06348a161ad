"""The empty chat: what to drop here, what it will answer, and questions that fit the data."""

from __future__ import annotations

from collections.abc import Sequence

from ui.views.clean import clean, words
from ui.views.sources import KINDS_OF_FILE

PRACTICE = "Let me practice marking up a contract."  # needs no data, so it always fits


def welcome_html(practice: str, sources: int, suggestions: Sequence[str]) -> str:
    """What stands in a chat before its first question."""
    if sources:
        lead = "Ask about your payers, in your own words."
        noun = "file is" if sources == 1 else "files are"
        more = (
            f"{sources} {noun} loaded for {practice}. Every number in an answer opens on the "
            "rows and the formula behind it; every citation opens on the contract's words."
        )
    else:
        lead = "Start with one file."
        more = (
            "Drop a payer contract, a fee schedule, a claims export or an 835 anywhere on this "
            "page. With claims and fee schedules you can ask how each payer compares with "
            "Medicare; with contracts, what they let you do; and then ask for the email."
        )
    chips = "".join(
        f'<li><button type="button" class="suggestion" data-ask="{words(each)}">{words(each)}'
        "</button></li>"
        for each in (*suggestions, PRACTICE)
    )
    listed = f'<ul class="suggestions">{chips}</ul>'
    first = "" if sources else _first_file()
    said = f"<h2>{words(lead)}</h2><p>{words(more)}</p>"
    return clean(f'<div class="welcome">{said}{first}{listed}</div>')


def _first_file() -> str:
    return (
        '<div class="actions"><button type="button" class="go" data-attach>Choose files</button>'
        f'</div><p class="quiet">{words(KINDS_OF_FILE)}</p>'
        '<p class="quiet">To look around first, start <code>payer-copilot demo</code>: it '
        "opens an invented sample practice.</p>"
    )
