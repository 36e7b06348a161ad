"""The settings form's values: shown, and kept when saved."""

from __future__ import annotations

from typing import Any

from copilot.settings import Settings, changed
from ui.opened import Opened
from ui.problem_words import problem_words
from ui.views.clean import clean, words

NAMES = (
    "name",
    "town",
    "tin_ending",
    "clinicians",
    "signature",
    "role",
    "phone",
    "email",
    "locality",
    "tone",
    "model",
    "base_url",
    "key_variable",
)


def shown(settings: Settings) -> list[Any]:
    """The form's values in the order of NAMES; numbers as text, nothing as an empty line."""
    flat = {**settings.model_dump(), **settings.profile.model_dump()}
    return [flat[name] if flat[name] is not None else "" for name in map(str, NAMES)]


def keep(opened: Opened, values: list[Any]) -> str:
    """Save the form; gives one sentence as HTML, the problem's own where it is refused."""
    given = {name: _trimmed(value) for name, value in zip(NAMES, values, strict=True)}
    if not given["clinicians"]:
        given["clinicians"] = None
    given["name"] = given["name"] or "our practice"
    given["model"] = given["model"] or "builtin"
    try:
        with opened.busy:
            opened.copilot.change_settings(changed(opened.copilot.settings, given))
    except Exception as problem:
        return clean(f'<p class="problem" role="alert">{words(problem_words(problem))}</p>')
    return clean('<p class="kept" role="status">Saved. Drafts from now on use this.</p>')


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
