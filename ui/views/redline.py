"""A redline as a form: each proposed change with its words to edit, and the Word files made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ui.views.clean import clean, words

LEVELS = (("opening", "Opening"), ("target", "Target"), ("walk_away", "Walk-away"))
LONGEST_WORDS = 20_000
PER_ROW = 44  # characters of proposed words on a line of their field


def redline_form(
    redline: Mapping[str, Any], changes: Sequence[Mapping[str, Any]], place: str
) -> str:
    """The form of one redline answer.

    redline: payer, level, author, day (ISO). changes: as plain data, worst first. place: the
    path of its answer, "/redlines/THREAD/TURN".
    """
    level = str(redline["level"])
    buttons = "".join(
        f'<button type="button" class="chip" data-redline-level="{key}"'
        f' aria-pressed="{"true" if key == level else "false"}">{name}</button>'
        for key, name in LEVELS
    )
    key = place.strip("/").replace("/", "-") + f"-{level}"
    listed = "".join(_change(each, f"{key}-{at}") for at, each in enumerate(changes))
    body = (
        f'<p class="how">Untick what you do not ask for; the proposed words can be edited. '
        f'Nothing is sent.</p><ol class="changes">{listed}</ol>{_foot(redline, key)}'
        if changes
        else '<p class="quiet">Nothing in the contract is to be changed at this level.</p>'
    )
    return clean(
        f'<div class="redline" role="group" aria-label="Proposed changes"'
        f' data-redline="{words(place)}" data-level="{words(level)}">'
        f'<div class="redline-head"><h3 tabindex="-1">{len(changes)} proposed'
        f" change{'' if len(changes) == 1 else 's'}</h3>"
        f'<div class="levels" role="group" aria-label="What to ask for">{buttons}</div></div>'
        f"{body}</div>"
    )


def _change(change: Mapping[str, Any], key: str) -> str:
    old, new = str(change["old"]), str(change["new"])
    added = change["where"] != "in place"
    now = f'<div class="quote">{words(old)}</div>' if old else ""
    if added:
        heading = f"New clause: {change['heading']}." if change["heading"] else "New words."
        now = f'<p class="quiet">{words(heading)}</p>{now}'
    hint = "" if added else ' placeholder="Empty: the words go out"'
    rows = min(14, max(2, len(new) // PER_ROW + 1))
    reasons = [str(change["note"]), str(change["why"])]
    if change["law"]:
        reasons.append(f"{str(change['law']).rstrip('.')}.")
    guide = f' <span class="guide">Guide {words(change["guide"])}</span>' if change["guide"] else ""
    where = f'<span class="where">{words(change["citation"])}</span>' if change["citation"] else ""
    return (
        f'<li class="change" data-change="{words(change["id"])}"><div class="change-head">'
        f'<label for="{key}-in"><input type="checkbox" id="{key}-in" name="in" checked> '
        f"<strong>{words(change['title'])}</strong></label>"
        f'<span class="weight {words(change["severity"])}">{words(change["severity"])}</span>'
        f'{where}</div><div class="pair"><div><h4>Words now</h4>{now}</div><div>'
        f'<h4><label for="{key}-new">Words proposed</label></h4><textarea id="{key}-new" name="new"'
        f' rows="{rows}" maxlength="{LONGEST_WORDS}"{hint}>{words(new)}</textarea></div></div>'
        f'<p class="why">{words(" ".join(each for each in reasons if each.strip()))}{guide}</p>'
        "</li>"
    )


def _foot(redline: Mapping[str, Any], key: str) -> str:
    return (
        '<div class="redline-foot"><div class="pair">'
        f'<div><label for="{key}-author">Whose marks these are</label><input type="text"'
        f' id="{key}-author" name="author" maxlength="120" value="{words(redline["author"])}">'
        f'</div><div><label for="{key}-day">Date on the marks</label><input type="date"'
        f' id="{key}-day" name="day" value="{words(redline["day"])}"></div></div>'
        '<div class="actions"><button type="button" class="go" data-write-redline>'
        'Write the Word file</button></div><div class="made" aria-live="polite">'
        '<p class="said-here"></p></div></div>'
    )


def made_html(
    files: Sequence[tuple[str, str]], marked: int, left: Sequence[Mapping[str, Any]]
) -> str:
    """What was written: files as (path to fetch, name), how many changes are marked in them,
    and those that are not, each with title and reason."""
    buttons = "".join(
        f'<button type="button" class="{"go" if at == 0 else "plain"}"'
        f' data-download="{words(path)}">Save {words(name)}</button>'
        for at, (path, name) in enumerate(files)
    )
    noun = "change is" if marked == 1 else "changes are"
    listed = "".join(f"<li>{words(each['title'])}: {words(each['reason'])}</li>" for each in left)
    loose = (
        f'<div class="amber-box"><strong>Not marked:</strong><ul>{listed}</ul></div>'
        if listed
        else ""
    )
    return clean(
        f'<p class="said-here">{marked} {noun} marked, each with its reason as a comment. Confirm '
        f'them with counsel before they go to the payer.</p><div class="actions">{buttons}</div>'
        f"{loose}"
    )
