"""The whole page: panels built, then wired; nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ui.opened import Opened
from ui.page import conversation, intake, preferences
from ui.page.panels import (
    Chat,
    Rail,
    SettingsRoom,
    Wires,
    build_chat,
    build_data_room,
    build_drafts_room,
    build_evidence,
    build_rail,
    build_settings_room,
    build_tracker_room,
    build_wires,
)
from ui.page.theme import own_theme
from ui.views.rail import corner_html, name_html
from ui.web.gate import LARGEST_UPLOAD

# Turns and imports wait for each other inside (see Opened.busy), so that a waiting window can
# say so; Gradio lets them all begin.
LONG: dict[str, Any] = {
    "concurrency_limit": 16,
    "concurrency_id": "workspace",
    "api_visibility": "private",
    "show_progress": "hidden",
}
AT_ONCE: dict[str, Any] = {"api_visibility": "private", "queue": True, "show_progress": "hidden"}


def build_page(opened: Opened) -> Any:
    """The Gradio page over one workspace."""
    import gradio as gr

    page = gr.Blocks(title="Payer Copilot", analytics_enabled=False, fill_width=True)
    with page, gr.Row(elem_id="desk"):
        rail = build_rail()
        with gr.Column(elem_id="centre", scale=0, min_width=0):
            chat = build_chat()
            build_drafts_room()
            build_tracker_room()
            sources = build_data_room()
            form = build_settings_room(opened.copilot.settings)
        build_evidence()
        wires = build_wires()
        thread = gr.State(None)
    with page:
        wire_chat(opened, chat, rail, wires, thread)
        wire_files(opened, chat, wires, sources)
        wire_settings(opened, rail, form, chat)
        wire_opening(opened, page, chat, rail, form, sources, thread)
    return page


def build_application(opened: Opened) -> Any:
    """A FastAPI application that holds the page and nothing else."""
    import gradio as gr
    from fastapi import FastAPI

    from ui.web.own_uploads import OwnUploads

    page = build_page(opened)
    application = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    application.add_middleware(OwnUploads, uploaded=page.upload_file_set)
    gr.mount_gradio_app(
        application,
        page,
        path="/",
        theme=own_theme(),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        show_error=False,
        max_file_size=LARGEST_UPLOAD,
        allowed_paths=[],
    )
    return application


def wire_chat(opened: Opened, chat: Chat, rail: Rail, wires: Wires, thread: Any) -> None:
    """Asking, stopping, opening another conversation."""
    import gradio as gr

    def asked(question: str, current: str | None, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        gone = opened.begin(window(request))
        for feed, composer, now, talks in conversation.ask(opened, question, current, gone):
            yield feed, composer, now, gr.skip() if talks is None else talks

    def stopped(request: gr.Request) -> None:
        opened.stop(window(request))

    def other(wish: str) -> tuple[Any, ...]:
        return conversation.opened_thread(opened, wish)

    for handler in (asked, stopped):
        handler.__annotations__["request"] = gr.Request
    gr.on(
        [chat.send.click, chat.question.submit],
        asked,
        [chat.question, thread],
        [chat.feed, chat.question, thread, rail.conversations],
        trigger_mode="once",
        **LONG,
    )
    chat.stop.click(stopped, None, None, **AT_ONCE)
    wires.open_thread.click(
        other,
        [wires.thread],
        [chat.feed, thread, rail.conversations],
        **AT_ONCE,
    )


def wire_files(opened: Opened, chat: Chat, wires: Wires, sources: Any) -> None:
    """Files added, files given a payer, reading stopped."""
    import gradio as gr

    def added(files: list[str] | None, request: gr.Request) -> Iterator[str]:
        gone = opened.begin(window(request))
        opened.drop_waiting()
        yield from intake.read_files(opened, intake.uploaded(opened, files), gone=gone)

    def given_a_payer(wish: str, request: gr.Request) -> Iterator[str]:
        yield from intake.assigned(opened, wish, opened.begin(window(request)))

    def with_columns(wish: str, request: gr.Request) -> Iterator[str]:
        yield from intake.mapped(opened, wish, opened.begin(window(request)))

    def stopped(request: gr.Request) -> None:
        opened.stop(window(request))

    for handler in (added, given_a_payer, with_columns, stopped):
        handler.__annotations__["request"] = gr.Request

    def refreshed() -> tuple[str, str]:
        return intake.loaded(opened), intake.welcome(opened)

    changed = [sources, chat.welcome]
    reading = chat.attach.upload(added, [chat.attach], [chat.intake], **LONG)
    reading.then(refreshed, None, changed, **AT_ONCE)
    again = wires.open_assign.click(given_a_payer, [wires.assign], [chat.intake], **LONG)
    again.then(refreshed, None, changed, **AT_ONCE)
    mapped = wires.open_mapping.click(with_columns, [wires.mapping], [chat.intake], **LONG)
    mapped.then(refreshed, None, changed, **AT_ONCE)
    wires.refresh.click(refreshed, None, changed, **AT_ONCE)
    chat.stop_reading.click(stopped, None, None, **AT_ONCE)


def wire_settings(opened: Opened, rail: Rail, form: SettingsRoom, chat: Chat) -> None:
    """Saving the form; name and corner follow."""

    def saved(*values: Any) -> tuple[str, str, str, str]:
        said = preferences.keep(opened, list(values))
        settings = opened.copilot.settings
        return (
            said,
            name_html(settings),
            corner_html(settings, opened.copilot.departures()),
            intake.welcome(opened),
        )

    form.save.click(
        saved,
        [form.fields[name] for name in preferences.NAMES],
        [form.said, rail.name, rail.corner, chat.welcome],
        **AT_ONCE,
    )


def wire_opening(
    opened: Opened,
    page: Any,
    chat: Chat,
    rail: Rail,
    form: SettingsRoom,
    sources: Any,
    thread: Any,
) -> None:
    """What the page shows when it is opened; ?c= names the conversation to go on with."""
    import gradio as gr

    def opening(request: gr.Request) -> tuple[Any, ...]:
        wish = str(request.query_params.get("c", ""))
        feed, current, talks = conversation.opened_thread(opened, wish)
        settings = opened.copilot.settings
        return (
            feed,
            current,
            talks,
            name_html(settings),
            corner_html(settings, opened.copilot.departures()),
            intake.loaded(opened),
            intake.welcome(opened),
            *preferences.shown(settings),
        )

    opening.__annotations__["request"] = gr.Request
    page.load(
        opening,
        None,
        [
            chat.feed,
            thread,
            rail.conversations,
            rail.name,
            rail.corner,
            sources,
            chat.welcome,
            *(form.fields[name] for name in preferences.NAMES),
        ],
        **AT_ONCE,
    )


def window(request: Any) -> str:
    """The browser window a request comes from."""
    return str(request.session_hash)
