"""The left rail: the product and practice, the rooms that work, conversations, the corner."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from copilot.settings import Settings
from copilot.thread import ThreadLine
from ui.views.clean import clean, words

ROOMS = (("chat", "Chat"), ("drafts", "Drafts"), ("data", "Data"), ("settings", "Settings"))


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


def corner_html(settings: Settings) -> str:
    """What has left this computer, in words; opens the list."""
    first, second = leaving(settings)
    return clean(
        f'<button type="button" class="corner" data-leaving><span>{words(first)}</span>'
        f" <span>{words(second)}</span></button>"
    )


def leaving(settings: Settings) -> tuple[str, str]:
    """Two sentences on what leaves this computer with these settings."""
    if settings.model == "builtin":
        return "Nothing has left this computer.", "No model, no network in use."
    host = urlsplit(settings.base_url).hostname if settings.base_url else None
    if host in ("localhost", "127.0.0.1", "::1"):
        return "Nothing has left this computer.", f"A model on it words the answers ({host})."
    where = host or settings.model.partition(":")[0]
    return f"Questions and findings go to {where}.", "Files, claims and contracts stay here."


def leaving_html(settings: Settings) -> str:
    """The same at length, for the panel."""
    first, second = leaving(settings)
    if settings.model == "builtin":
        rows = [
            "Sent to a language model: nothing. Answers are put together on this computer.",
            "Fonts, scripts and pictures from outside: none. The page's own rules forbid them.",
            "Usage statistics and error reports: none.",
            "Files you add stay in the workspace folder, readable by your user only.",
        ]
    else:
        rows = [
            f"Language model: {settings.model}"
            + (f" at {settings.base_url}" if settings.base_url else "")
            + ". It receives your question, the words of the conversation, and the findings and "
            "quoted passages that answer it.",
            "It does not receive your files. Patient identifiers are taken out when a file is "
            "read.",
            "Fonts, scripts, pictures, usage statistics: none.",
            "To stop this, choose the built-in wording in Settings.",
        ]
    listed = "".join(f"<li>{words(row)}</li>" for row in rows)
    return clean(
        f'<section class="card on" tabindex="-1"><h3>What has left this computer</h3>'
        f'<p class="formula">{words(first)} {words(second)}</p><ul class="plainlist">{listed}</ul>'
        "</section>"
    )
