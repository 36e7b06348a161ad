"""A draft as a letter, with its check above and what it stands on below."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.results import DraftOut
from ui.views.answer import draft_name
from ui.views.clean import clean, words
from ui.views.evidence import plan_html
from ui.views.marks import prose, sentence

FORMATS = (
    ("docx", "Word"),
    ("pdf", "PDF"),
    ("xlsx", "Its figures (Excel)"),
    ("eml", "Email file"),
    ("ics", "Calendar entry"),
    ("md", "Markdown"),
)


def letter_html(
    draft: DraftOut,
    thread: str,
    marked: tuple[str, str],
    unsupported: Sequence[str],
    formats: Sequence[str],
    versions: str = "",
) -> str:
    """The whole panel of a draft.

    marked: subject and body with the tokens that link their figures. unsupported: what the
    check found without support. formats: those in which it can be taken away. versions: its
    earlier texts with what changed, as HTML.
    """
    subject, body = marked
    key = words(draft.id)
    amber = " amber" if unsupported else ""
    loose = ""
    if unsupported:
        listed = "".join(f"<li>{words(each)}</li>" for each in unsupported)
        loose = (
            '<div class="amber-box"><strong>Not supported by your data, contracts or words:'
            f"</strong><ul>{listed}</ul>Change them, or vouch for them when you download.</div>"
        )
    files = "".join(
        f'<button type="button" class="{"go" if at == 0 else "plain"}" data-export="{to}">'
        f"{'Download ' if at == 0 else ''}{words(name)}</button>"
        for at, (to, name) in enumerate(each for each in FORMATS if each[0] in formats)
    )
    changes = "".join(
        f'<button type="button" class="chip" data-ask="{words(each)}">{words(each)}</button>'
        for each in ("Make it shorter", "Make it firmer", "Make it warmer")
    )
    stands = prose(draft.underneath) if draft.underneath else ""
    why = plan_html(draft.plan)
    return clean(
        f'<div class="draft" data-thread="{words(thread)}" data-draft="{key}"'
        f' data-version="{draft.version}"><header class="draft-head">'
        f'<h3 tabindex="-1">{words(draft_name(draft))}</h3>'
        f'<span class="chip-ok{amber}">{words(draft.checked)}</span></header>{loose}'
        f'<div class="letter"><p class="subject">{sentence(subject)}</p>{prose(body)}</div>'
        f"{_editor(draft)}"
        f'<div class="actions" role="group" aria-label="Take it away">{files}'
        '<button type="button" class="plain" data-copy>Copy</button>'
        '<button type="button" class="plain" data-edit>Edit</button></div>'
        '<p class="said-here" aria-live="polite"></p>'
        f'<div class="chips">{changes}</div>'
        f'<p class="how">Version {draft.version}. Nothing is sent from here: you send it.</p>'
        + (
            f'<details open><summary>What it stands on</summary><div class="stands">{stands}</div>'
            "</details>"
            if stands
            else ""
        )
        + (f"<details><summary>Why this evidence</summary>{why}</details>" if why else "")
        + versions
        + "</div>"
    )


def _editor(draft: DraftOut) -> str:
    key = words(draft.id)
    return (
        f'<div class="editor"><label for="subject-{key}">Subject</label>'
        f'<input type="text" id="subject-{key}" name="subject" maxlength="300"'
        f' value="{words(draft.subject)}">'
        f'<label for="body-{key}">Text</label>'
        f'<textarea id="body-{key}" name="body" rows="18" maxlength="60000">'
        f"{words(draft.body)}</textarea>"
        '<div class="actions"><button type="button" class="go" data-save>Save and check</button>'
        '<button type="button" class="plain" data-cancel-edit>Leave it as it was</button></div>'
        "</div>"
    )


def drafts_html(drafts: Sequence[DraftOut]) -> str:
    """The list of the Drafts room, the latest first."""
    if not drafts:
        return clean(
            '<p class="quiet">No drafts yet. Ask for one in the chat, for example: draft an '
            "email asking for more on our most billed codes.</p>"
        )
    cards = "".join(
        f'<li><button type="button" class="draft-card" data-open-draft="{words(d.id)}">'
        f'<span class="what">{words(draft_name(d))}</span>'
        f'<span class="subject">{words(d.subject)}</span>'
        f'<span class="chip-ok{"" if d.status != "draft" else " amber"}">{words(d.checked)}</span>'
        f'<span class="go">{words(_state(d))}</span></button></li>'
        for d in drafts
    )
    return clean(f'<ul class="cards">{cards}</ul>')


def _state(draft: DraftOut) -> str:
    said = {
        "draft": "Needs a look",
        "verified": "Checked",
        "vouched": "You vouched for it",
        "exported": "Taken out as a file",
    }
    return f"{said.get(draft.status, draft.status)}, version {draft.version}"
