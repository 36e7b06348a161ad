"""The left rail: the product and practice, the rooms that work, conversations, the corner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from copilot.settings import Settings
from copilot.thread import ThreadLine
from ui.views.clean import clean, words

ROOMS = (
    ("chat", "Chat"),
    ("drafts", "Drafts"),
    ("tracker", "Tracker"),
    ("data", "Data"),
    ("settings", "Settings"),
    ("talks", "Conversations"),  # on a phone only; elsewhere they stand in the rail
)


def name_html(settings: Settings) -> str:
    """Product and practice; a sample says so."""
    return clean(
        f'<div class="brand"><strong>Payer Copilot</strong><small>{words(practice_name(settings))}'
        "</small></div>"
    )


def practice_name(settings: Settings) -> str:
    """The practice's name as the page shows it."""
    name = settings.profile.name
    shown = "Your practice" if name == "our practice" else name
    return f"{shown} (sample)" if settings.sample and "(sample)" not in shown else shown


def rooms_html() -> str:
    """The rooms; the page's script shows one at a time."""
    buttons = "".join(
        f'<button type="button" data-room="{key}">{name}</button>' for key, name in ROOMS
    )
    return clean(f'<div class="rooms">{buttons}</div>')


def conversations_html(lines: Sequence[ThreadLine], current: str | None) -> str:
    """The conversations kept, the latest first, and the way to a new one."""
    items = "".join(
        f'<li><button type="button" data-thread-open="{words(line.id)}"'
        f'{current_mark(line.id == current)} title="{words(line.title[:300])}">'
        f"{words(short_title(line.title))}</button>"
        f'<button type="button" class="forget" data-forget="{words(line.id)}"'
        f' aria-label="Forget the conversation {words(short_title(line.title))}">Forget</button>'
        "</li>"
        for line in lines[:60]
    )
    listed = f'<h4>Conversations</h4><ul class="talks">{items}</ul>' if items else ""
    return clean(
        '<div class="conversations"><button type="button" class="new" data-thread-open="">'
        f"New conversation</button>{listed}</div>"
    )


def current_mark(yes: bool) -> str:
    """The attribute of what is open now."""
    return ' aria-current="true"' if yes else ""


def short_title(title: str) -> str:
    """A question cut to a line."""
    line = " ".join(title.split())
    return line if len(line) <= 46 else line[:45].rsplit(" ", 1)[0] + " …"


def corner_html(settings: Settings, left: Sequence[Mapping[str, Any]]) -> str:
    """What has left this computer, in words; opens the list. left: the departures kept."""
    first, second = leaving(settings, len(left))
    return clean(
        f'<div><button type="button" class="corner" data-leaving><span>{words(first)}</span>'
        f" <span>{words(second)}</span></button></div>"
    )


def leaving(settings: Settings, turns: int) -> tuple[str, str]:
    """Two sentences: what has left this computer, and what these settings let leave."""
    if turns:
        first = f"{turns:,} question{'s' if turns != 1 else ''} went to a language model."
    else:
        first = "Nothing has left this computer."
    if settings.model == "builtin":
        return first, "No model, no network in use."
    host = urlsplit(settings.base_url).hostname if settings.base_url else None
    if host in ("localhost", "127.0.0.1", "::1"):
        return first, f"A model on it words the answers ({host})."
    return first, f"Questions and findings go to {host or settings.model.partition(':')[0]}."


def leaving_html(settings: Settings, left: Sequence[Mapping[str, Any]]) -> str:
    """The same at length, for the panel, with the list of what went."""
    first, second = leaving(settings, len(left))
    rows = ["Fonts, scripts, pictures, usage statistics, error reports: none."]
    if settings.model == "builtin":
        rows.insert(0, "Answers are put together on this computer, without a language model.")
    else:
        rows = [
            f"The language model {settings.model} receives your question, the words of the "
            "conversation, and the findings and quoted passages that answer it.",
            "It does not receive your files. Patient identifiers were taken out when a file "
            "was read.",
            *rows,
            "To stop this, write builtin as the model in Settings.",
        ]
    listed = "".join(f"<li>{words(row)}</li>" for row in rows)
    went = "".join(
        f"<li>{words(each['at'])}: {words(each['what'])}, to {words(each['model'])} at"
        f" {words(each['to'])}</li>"
        for each in left[:100]
    )
    log = f'<h4>What went, the latest first</h4><ul class="plainlist">{went}</ul>' if went else ""
    return clean(
        f'<section class="card on" tabindex="-1"><h3>What has left this computer</h3>'
        f'<p class="formula">{words(first)} {words(second)}</p><ul class="plainlist">{listed}</ul>'
        f"{log}</section>"
    )
