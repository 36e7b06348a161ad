"""A draft's versions with what each changed, words marked, and a way back to any of them."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.drafting.differences import stretches, whole_text
from copilot.drafts import Draft
from ui.views.clean import words

SHOWN = 8
MARKS = {"out": "del", "in": "ins"}


def versions_html(versions: Sequence[Draft]) -> str:
    """The texts of a draft, the latest first, each opening on what it changed; "" for one text.

    A version that only was taken out as a file holds the same text and is left out.
    """
    texts = _texts(versions)
    if len(texts) < 2:
        return ""
    shown = "".join(
        _version(now, before, now is texts[-1])
        for before, now in reversed(list(zip([None, *texts], texts, strict=False))[-SHOWN:])
    )
    return f"<details><summary>Versions, and what changed</summary>{shown}</details>"


def _texts(versions: Sequence[Draft]) -> list[Draft]:
    made: list[Draft] = []
    for each in versions:
        if made and (made[-1].subject, made[-1].body) == (each.subject, each.body):
            continue
        made.append(each)
    return made


def _version(now: Draft, before: Draft | None, latest: bool) -> str:
    when = now.made.replace("T", " ")[:16]
    name = f"Version {now.version}, {when}" + (" (as it stands)" if latest else "")
    back = (
        ""
        if latest
        else '<div class="actions"><button type="button" class="plain"'
        f' data-ask="Go back to version {now.version}">Bring this version back</button></div>'
    )
    text = "first text" if before is None else marked(whole_text(before), whole_text(now))
    return (
        f"<details{' open' if latest else ''}><summary>{words(name)}</summary>"
        f'<div class="letter changes">{text}</div>{back}</details>'
    )


def marked(before: str, after: str) -> str:
    """A text as HTML, with what was taken out struck and what was put in underlined."""
    parts = []
    for each in stretches(before, after):
        shown = words(each.text).replace("\n", "<br>")
        tag = MARKS.get(each.kind)
        parts.append(f"<{tag}>{shown}</{tag}>" if tag else shown)
    return f"<p>{''.join(parts)}</p>"
