"""One turn of the chat as HTML: the quiet line of what was done, then the answer's blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from copilot.results import Answer, DraftOut
from ui.views.charts import answer_chart
from ui.views.clean import clean, words
from ui.views.inputs import inputs_form
from ui.views.marks import citation_mark, prose, sentence
from ui.views.redline import redline_form
from ui.views.tables import answer_table
from ui.views.tracker import pending_block

TAKEN = {
    "xlsx": "Save as a workbook",
    "ics": "Save the days for a calendar",
    "docx": "Save the Word file",
}


def question_html(question: str) -> str:
    """The user's own message."""
    return clean(f'<div class="me">{words(question)}</div>')


def working_html(steps: Sequence[tuple[str, str]], said: str) -> str:
    """A turn that is still going on.

    steps: what is being or was done, each with "now" or its seconds as text. said: the
    words so far.
    """
    dots = '<span class="dots" aria-hidden="true"></span>'
    lines = "".join(
        f'<span class="step going">{words(label)}{dots}</span>'
        if state == "now"
        else f'<span class="step">{words(label)}, {words(state)}</span>'
        for label, state in steps
    )
    waiting = '<span class="step going">Reading your question</span>'
    text = f'<div class="said">{prose(said)}</div>' if said else ""
    return clean(
        f'<div class="answer going"><div class="steps">{lines or waiting}</div>{text}</div>'
    )


def stopped_html() -> str:
    """A turn that the user stopped."""
    return clean('<div class="answer"><p class="quiet">Stopped before it was finished.</p></div>')


def problem_html(sentence_shown: str) -> str:
    """A turn that could not be finished, in one sentence for the user."""
    return clean(f'<div class="answer"><p class="problem">{words(sentence_shown)}</p></div>')


def answer_html(answer: Answer, turn: int) -> str:
    """A finished answer; turn: its number in the thread, from 1."""
    figures = {str(f["id"]): f for f in answer.figures}
    citations = {str(c["id"]): c for c in answer.citations}
    drafts = {d.id: d for d in answer.drafts}
    parts = [_steps(answer.steps)]
    in_form = {block["finding"] for block in answer.blocks if block["kind"] == "redline"}
    for at, block in enumerate(answer.blocks):
        if block["kind"] == "table" and block.get("finding") in in_form:
            continue  # the form says the same, with words to edit
        parts.append(_block(block, at, answer.thread, turn, figures, citations, drafts))
    if answer.unsupported:
        parts.append(_unsupported(answer.unsupported))
    parts.append(_next(answer))
    draft = f' data-draft="{words(answer.draft.id)}"' if answer.draft else ""
    return clean(
        f'<article class="answer" data-thread="{words(answer.thread)}" data-turn="{turn}"{draft}>'
        f"{''.join(parts)}</article>"
    )


def _steps(steps: Sequence[Mapping[str, Any]]) -> str:
    if not steps:
        return ""
    lines, rows = [], []
    for step in steps:
        seconds = f"{step['seconds']:.1f} s"
        problem = " problem" if step.get("problem") else ""
        if not step.get("inner"):
            lines.append(f'<span class="step{problem}">{words(step["done"])}, {seconds}</span>')
        given = ", ".join(
            f"{name.replace('_', ' ')}: {_said(value)}"
            for name, value in step["args"].items()
            if value not in (None, [], "")
        )
        rows.append(
            f"<li><strong>{words(step['label'])}</strong>"
            f"{' for the step above' if step.get('inner') else ''}, {seconds}"
            f"<br>{words(given or 'with its usual settings')}</li>"
        )
    return (
        f'<details class="steps"><summary>{"".join(lines)}</summary>'
        f'<ol class="did">{"".join(rows)}</ol></details>'
    )


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return str(value)


def _block(
    block: Mapping[str, Any],
    at: int,
    thread: str,
    turn: int,
    figures: Mapping[str, Mapping[str, Any]],
    citations: Mapping[str, Mapping[str, Any]],
    drafts: Mapping[str, DraftOut],
) -> str:
    kind = block["kind"]
    if kind == "headline":
        return f"<h2>{sentence(block['text'])}</h2>"
    if kind in ("text", "reply"):
        return prose(block["text"])
    if kind == "clarify":
        return f'<h2 class="asks">{sentence(block["text"])}</h2>'
    if kind == "note":
        return f'<div class="note">{sentence(block["text"])}</div>'
    if kind == "table":
        return answer_table(block["table"], figures, f"/tables/{thread}/{turn}/{at}.csv")
    if kind == "pending":
        return pending_block(block["entries"])
    if kind == "files":
        return _files(block["formats"], f"/evidence/{thread}/files/{block['finding']}")
    if kind == "redline":
        redline = block["redline"]
        return redline_form(redline, redline["changes"], f"/redlines/{thread}/{turn}")
    if kind == "inputs":
        first = block.get("first") or {}
        return inputs_form(block["inputs"], first, block["finding"], f"/inputs/{thread}/{turn}")
    if kind == "chart":
        return answer_chart(block["chart"], figures)
    if kind == "quote" and block["citation"] in citations:
        cited = citations[block["citation"]]
        mark = citation_mark(str(cited["id"]), str(cited["label"]))
        return f'<blockquote class="quote">{words(cited["quote"])}<div>{mark}</div></blockquote>'
    if kind == "draft" and block["draft"] in drafts:
        return _draft(drafts[block["draft"]])
    return ""


def _files(formats: Sequence[str], place: str) -> str:
    """Buttons by which the answer is taken away."""
    buttons = "".join(
        f'<button type="button" class="plain" data-download="{words(place)}.{to}">'
        f"{words(TAKEN[to])}</button>"
        for to in formats
    )
    return (
        '<div class="made"><div class="actions" role="group" aria-label="Take it away">'
        f'{buttons}</div><p class="said-here" aria-live="polite"></p></div>'
    )


def _draft(draft: DraftOut) -> str:
    amber = "" if draft.status != "draft" else " amber"
    return (
        f'<button type="button" class="draft-card" data-open-draft="{words(draft.id)}">'
        f'<span class="what">{words(draft_name(draft))}</span>'
        f'<span class="subject">{words(draft.subject)}</span>'
        f'<span class="chip-ok{amber}">{words(draft.checked)}</span>'
        '<span class="go">Open the draft</span></button>'
    )


def draft_name(draft: DraftOut) -> str:
    """What a draft is, for a heading: "Email to Granite Peak Health Plan", "Memo on ..."."""
    names = {
        "email": "Email",
        "talking_points": "Talking points",
        "bh_questions": "Behavioral health questions",
    }
    kind = names.get(draft.kind, draft.kind.replace("_", " ").capitalize())
    joined = {"email": "to", "proposal": "to"}.get(draft.kind, "for")
    if draft.kind in ("briefing", "memo", "strategy"):  # for us alone, never for the payer
        joined = "on"
    return f"{kind} {joined} {draft.payer}" if draft.payer else kind


def _unsupported(items: Sequence[str]) -> str:
    listed = "".join(f"<li>{words(item)}</li>" for item in items)
    return (
        '<div class="amber-box"><strong>Nothing in your data, your contracts or your message '
        f"supports this yet:</strong><ul>{listed}</ul></div>"
    )


def _next(answer: Answer) -> str:
    given = answer.clarify.choices if answer.clarify else answer.next_steps
    if not given:
        return ""
    buttons = "".join(
        f'<button type="button" class="chip" data-ask="{words(step)}">{words(step)}</button>'
        for step in given
    )
    label = "Choices" if answer.clarify else "Next steps"
    return f'<div class="chips" role="group" aria-label="{label}">{buttons}</div>'
