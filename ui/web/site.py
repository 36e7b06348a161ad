"""The whole site: gate, our routes, and the Gradio page once it has been built.

Building the page takes seconds (Gradio and pandas load), so the site answers before that
with a plain page that waits for it.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from ui.opened import Opened
from ui.views.rail import practice_name
from ui.web.access import Access
from ui.web.gate import Gate, Message
from ui.web.headers import content_policy, fitted, new_nonce
from ui.web.routes import our_routes, problem_response
from ui.web.waiting import waiting_page

PAUSE_BEFORE_MODEL = 2.0  # seconds; the page is drawn before the embedding model loads

Build = Callable[[Opened], Any]


class Front:
    """What answers below our routes: the page when it is there, the waiting page until then."""

    def __init__(self, opened: Opened) -> None:
        self.page: Any = None
        self.problem = ""
        self._opened = opened

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        if scope["path"] == "/":
            await self._index(scope, receive, send)
        elif scope["path"] == "/favicon.ico":
            mark = files("ui").joinpath("static", "mark.svg").read_bytes()
            await _send(send, 200, mark, b"image/svg+xml")
        elif self.page is None:
            await _send(send, 503, b"", b"text/plain")
        else:
            await self.page(scope, receive, send)

    async def _index(self, scope: Message, receive: Any, send: Any) -> None:
        if self.page is None:
            page = waiting_page(practice_name(self._opened.copilot.settings), look("page.css"))
            await _send(send, 200, page.encode())
            return
        status, parts = 200, []

        async def gathered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                parts.append(message.get("body", b""))

        await self.page(scope, receive, gathered)
        nonce = new_nonce()
        made = fitted(b"".join(parts).decode(), nonce, _head())
        await _send(send, status, made.encode(), policy=content_policy(nonce))


def look(name: str) -> str:
    """The address of one of our static files; changes with its content."""
    content = files("ui").joinpath("static", name).read_bytes()
    return f"/look/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"


def _head() -> str:
    return (
        '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">'
        f'<link rel="icon" type="image/svg+xml" href="{look("mark.svg")}">'
        f'<link rel="stylesheet" href="{look("page.css")}">'
        f'<script src="{look("page.js")}" defer></script>'
    )


async def _send(
    send: Any,
    status: int,
    body: bytes,
    kind: bytes = b"text/html; charset=utf-8",
    policy: str | None = None,
) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    if policy:
        headers.append((b"content-security-policy", policy.encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _first(wait: Coroutine[Any, Any, object], seconds: float) -> None:
    """Wait for something, but not longer than this."""
    with suppress(TimeoutError):
        await asyncio.wait_for(wait, seconds)


def build_site(opened: Opened, access: Access, port: int, build: Build) -> Gate:
    """The ASGI application for one workspace.

    build: makes the FastAPI application that holds the Gradio page; it runs in a thread
    once the server answers.
    """
    front = Front(opened)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        done = asyncio.Event()

        async def prepare() -> None:
            try:
                page = await asyncio.to_thread(build, opened)
                async with page.router.lifespan_context(page):
                    front.page = page
                    await _first(done.wait(), PAUSE_BEFORE_MODEL)
                    if not done.is_set():
                        await asyncio.to_thread(opened.get_ready)
                    await done.wait()
            except Exception as defect:
                front.problem = (
                    "The page could not be built; something failed that should not "
                    f"({type(defect).__name__})."
                )
                raise

        task = asyncio.create_task(prepare())
        yield
        done.set()
        await asyncio.gather(task, return_exceptions=True)

    site = FastAPI(lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    site.add_exception_handler(Exception, problem_response)
    site.include_router(our_routes(opened))

    @site.get("/state/ready")
    def ready() -> JSONResponse:
        return JSONResponse({"ready": front.page is not None, "problem": front.problem})

    site.mount("/", front)
    return Gate(site, access, port)
