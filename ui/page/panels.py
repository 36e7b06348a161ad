"""The panels of the page, built and not yet wired: rail, chat, rooms, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from copilot.settings import Settings
from ui.views.clean import clean, words
from ui.views.rail import rooms_html
from ui.views.sources import KINDS_OF_FILE


@dataclass(frozen=True)
class Rail:
    """Parts of the left rail that change."""

    name: Any
    conversations: Any
    corner: Any


@dataclass(frozen=True)
class Chat:
    """The chat: its messages, what stands in an empty one, and the composer."""

    feed: Any
    welcome: Any
    intake: Any
    question: Any
    send: Any
    stop: Any
    attach: Any
    stop_reading: Any


@dataclass(frozen=True)
class SettingsRoom:
    """The settings form: its fields by setting name, the button and what it answers."""

    fields: dict[str, Any]
    save: Any
    said: Any


@dataclass(frozen=True)
class Wires:
    """Hidden inputs by which the page's script starts what only a list item knows."""

    thread: Any
    open_thread: Any
    assign: Any
    open_assign: Any
    mapping: Any
    open_mapping: Any
    refresh: Any


def html(value: str = "", name: str | None = None, **more: Any) -> Any:
    """A place for HTML of ours, which is clean already (see views.clean)."""
    import gradio as gr

    return gr.Markdown(value, sanitize_html=False, latex_delimiters=[], elem_id=name, **more)


def build_rail() -> Rail:
    """Product, practice, rooms, conversations, and what has left this computer."""
    import gradio as gr

    with gr.Column(elem_id="rail", scale=0, min_width=0):
        name = html(name="name")
        html(rooms_html(), "rooms")
        conversations = html(name="conversations")
        corner = html(name="corner")
    return Rail(name, conversations, corner)


def build_chat() -> Chat:
    """Messages above, composer below."""
    import gradio as gr

    with gr.Column(elem_id="room-chat", elem_classes=["room"], scale=0, min_width=0):
        welcome = html(name="welcome")
        feed = gr.Chatbot(
            elem_id="feed",
            show_label=False,
            container=False,
            sanitize_html=False,
            latex_delimiters=[],
            buttons=[],
            feedback_options=None,
            layout="panel",
            group_consecutive_messages=False,
            height=None,
            autoscroll=False,
        )
    with gr.Column(elem_id="intake-box", scale=0, min_width=0):
        intake = html(name="intake")
        stop_reading = gr.Button("Stop reading", elem_id="stop-reading", size="sm")
    with gr.Column(elem_id="composer", scale=0, min_width=0):
        question = gr.Textbox(
            elem_id="question",
            label="Your question",
            show_label=False,
            container=False,
            placeholder="Ask, or drop a contract, fee schedule, claims export or 835 here",
            lines=1,
            max_lines=8,
            max_length=20_000,
            autofocus=True,
        )
        with gr.Row(elem_id="composer-buttons"):
            attach = gr.UploadButton(
                "Add files", elem_id="attach", file_count="multiple", size="sm", scale=0
            )
            stop = gr.Button("Stop", elem_id="stop", size="sm", scale=0)
            send = gr.Button("Send", elem_id="send", variant="primary", size="sm", scale=0)
    return Chat(feed, welcome, intake, question, send, stop, attach, stop_reading)


def build_drafts_room() -> None:
    """The list of drafts; the page's script fills it when the room opens."""
    import gradio as gr

    with gr.Column(elem_id="room-drafts", elem_classes=["room"], scale=0, min_width=0):
        html(clean('<div class="room-head"><h2>Drafts</h2></div><div id="drafts-list"></div>'))


def build_tracker_room() -> None:
    """Where the negotiations stand; the page's script fills it when the room opens."""
    import gradio as gr

    with gr.Column(elem_id="room-tracker", elem_classes=["room"], scale=0, min_width=0):
        html(
            clean(
                '<div id="tracker-room"><div class="room-head"><h2>Tracker</h2>'
                "<p>Reading the log, the contracts and the notices.</p></div></div>"
            )
        )


def build_data_room() -> Any:
    """All files loaded; gives the place of their table."""
    import gradio as gr

    with gr.Column(elem_id="room-data", elem_classes=["room"], scale=0, min_width=0):
        html(
            clean(
                '<div class="room-head"><h2>Data</h2><p>Everything answers stand on. Drop files '
                "anywhere on this page, or choose them. Loading a file again doubles nothing. "
                f'{words(KINDS_OF_FILE)}</p><div class="actions"><button type="button" class="go"'
                " data-attach>Choose files</button></div></div>"
            )
        )
        return html(name="sources")


def build_settings_room(settings: Settings) -> SettingsRoom:
    """The practice as drafts show it, and who words the answers."""
    import gradio as gr

    fields: dict[str, Any] = {}

    def line(name: str, label: str, info: str | None = None, value: str = "") -> None:
        fields[name] = gr.Textbox(value=value, label=label, info=info, max_length=200, max_lines=1)

    with gr.Column(elem_id="room-settings", elem_classes=["room"], scale=0, min_width=0):
        html(
            clean(
                '<div class="room-head"><h2>Settings</h2><p>Drafts show these words as you write '
                "them here. An empty field is left out, never made up.</p></div>"
            )
        )
        with gr.Column(elem_classes=["fields"], min_width=0):
            line("name", "Practice name")
            line("town", "Town")
            line("tin_ending", "Last four digits of the tax ID")
            line("clinicians", "Number of clinicians")
            line("signature", "Who signs")
            line("role", "Role of who signs")
            line("phone", "Phone")
            line("email", "Email")
            fields["locality"] = gr.Radio(
                ["Colorado", "national"],
                value=settings.locality,
                label="Medicare prices to compare with",
            )
            fields["tone"] = gr.Radio(
                [("Plain", "plain"), ("Warm", "warm"), ("Firm", "firm")],
                value=settings.tone,
                label="How drafts sound",
            )
        html(
            clean(
                '<div class="room-head"><h3>Who words the answers</h3><p>The built-in wording '
                "needs no model and no network. Figures, checks and citations stay the same. "
                "With a model on this computer nothing leaves it. With a hosted model, your "
                "questions, the findings and the quoted passages go to its provider; your files "
                "do not, and patient identifiers were taken out when they were read.</p></div>"
            )
        )
        with gr.Column(elem_classes=["fields"], min_width=0):
            line("model", "Model", "builtin, or a name such as openai:gpt-5")
            line("base_url", "Address of an OpenAI-compatible endpoint", "Empty for the provider's")
            line(
                "key_variable",
                "Environment variable that holds the key",
                "The key itself is never stored here",
            )
        save = gr.Button("Save settings", elem_id="save-settings", variant="primary", scale=0)
        said = html(name="settings-said")
    return SettingsRoom(fields, save, said)


def build_evidence() -> None:
    """The evidence panel; the page's script fills its three tabs."""
    import gradio as gr

    tabs = "".join(
        f'<button type="button" role="tab" data-tab="{key}" id="tab-{key}" '
        f'aria-selected="{"true" if key == "behind" else "false"}" '
        f'aria-controls="panel-{key}">{name}</button>'
        for key, name in (
            ("behind", "Behind this answer"),
            ("sources", "Sources"),
            ("draft", "Draft"),
        )
    )
    empty = {
        "behind": "Click a number in an answer to see what it was made from.",
        "sources": "Click a citation to read its words where they stand.",
        "draft": "A draft opens here as a letter, with its check.",
    }
    panels = "".join(
        f'<div role="tabpanel" id="panel-{key}" aria-labelledby="tab-{key}">'
        f'<p class="quiet">{said}</p></div>'
        for key, said in empty.items()
    )
    with gr.Column(elem_id="evidence", scale=0, min_width=0):
        html(
            clean(
                f'<div class="sheet-head"><div class="tabs" role="tablist">{tabs}</div>'
                '<button type="button" class="quiet" data-close-sheet>Close</button></div>'
                f"{panels}"
            )
        )


def build_wires() -> Wires:
    """Inputs out of sight, and out of the way of the keyboard."""
    import gradio as gr

    with gr.Column(elem_id="wires"):
        thread = gr.Textbox(elem_id="wire-thread", label="conversation")
        open_thread = gr.Button("open", elem_id="wire-thread-go")
        assign = gr.Textbox(elem_id="wire-assign", label="payer")
        open_assign = gr.Button("assign", elem_id="wire-assign-go")
        mapping = gr.Textbox(elem_id="wire-mapping", label="columns")
        open_mapping = gr.Button("columns", elem_id="wire-mapping-go")
        refresh = gr.Button("refresh", elem_id="wire-refresh-go")
    return Wires(thread, open_thread, assign, open_assign, mapping, open_mapping, refresh)
