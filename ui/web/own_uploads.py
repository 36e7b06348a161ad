"""Files named by a request must have been uploaded here.

Gradio, when another application holds it, takes any path or address that a request names as
an upload: it copies the file or fetches the address. So requests that start an event are read
before Gradio sees them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import unquote

from ui.web.gate import Message

STARTS_AN_EVENT = "/gradio_api/queue/join"


class OwnUploads:
    """ASGI middleware; `uploaded` holds the paths of all files that were uploaded here."""

    def __init__(self, app: Any, uploaded: Collection[str]) -> None:
        self._app = app
        self._uploaded = uploaded

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] != STARTS_AN_EVENT:
            await self._app(scope, receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
        if not self._own(body):
            await send({"type": "http.response.start", "status": 400, "headers": []})
            await send({"type": "http.response.body", "body": b"This file was not uploaded here."})
            return
        given = False

        async def again() -> Message:
            nonlocal given
            if given:
                message: Message = await receive()
                return message
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, again, send)

    def _own(self, body: bytes) -> bool:
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            return False
        known = {str(path) for path in self._uploaded}
        return all(str(named) in known for named in _named_files(value))


def _named_files(value: Any) -> Iterator[Any]:
    """Whatever stands under "path" or "url" anywhere in a JSON value, but an upload's own url."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            path = each.get("path")
            if path is not None:
                yield path
            url = each.get("url")
            if url is not None and not unquote(str(url)).endswith(f"/gradio_api/file={path}"):
                yield url
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
