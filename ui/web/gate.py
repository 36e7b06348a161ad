"""What every request passes before anything else sees it, and every response on its way out.

Order: host, path, method, origin, sign-in, size. Only the paths named here exist; of
Gradio's own routes the page needs a handful, all others answer 404.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from html import escape
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from ui.problem_words import problem_words
from ui.web.access import Access, cookie_name
from ui.web.headers import HEADERS, content_policy

LARGEST_UPLOAD = 400 * 1024 * 1024
LARGEST_BODY = 4 * 1024 * 1024
UPLOAD = "/gradio_api/upload"

_GRADIO = re.compile(
    r"/(?:|config|theme\.css|favicon\.ico"
    r"|assets/[\w.-]+"
    r"|static/js/iframeResizer\.contentWindow\.min\.js"
    r"|gradio_api/(?:queue/join|queue/data|cancel|reset|upload|upload_progress|startup-events"
    r"|heartbeat/[a-z0-9]{1,40}))"
)
_OURS = re.compile(
    r"/(?:look|evidence|drafts|tables|data|conversations|redlines|inputs|state|tracker)(?:/[\w.-]+)*"
)
_READS = frozenset({"GET", "HEAD"})

Message = MutableMapping[str, Any]


class Gate:
    """ASGI middleware around the whole site, for one host and port of this machine."""

    def __init__(self, app: Any, access: Access, port: int) -> None:
        self._app = app
        self._access = access
        self._cookie = cookie_name(port)
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        sender = _with_headers(send)
        refusal = self._refusal(scope)
        if refusal is not None:
            await _plain(sender, *refusal)
        elif "open" in _query(scope) and scope["path"] == "/":
            await self._sign_in(scope, sender)
        elif not self._signed_in(scope):
            await _plain(sender, 401, SIGN_IN)
        else:
            await self._bounded(scope, receive, sender)

    def _refusal(self, scope: Message) -> tuple[int, str] | None:
        hosts = _values(scope, b"host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return 403, "This page answers only under its own address on this computer."
        if not known_path(scope):
            return 404, "There is nothing here."
        if scope["method"] not in _READS | {"POST"}:
            return 405, "This cannot be done here."
        origins = _values(scope, b"origin")
        if any(origin not in self._origins for origin in origins):
            return 403, "This request comes from another site."
        if scope["method"] == "POST" and len(origins) != 1:
            return 403, "This request does not say where it comes from."
        fetched = _values(scope, b"sec-fetch-site")
        opened = scope["path"] == "/" and _values(scope, b"sec-fetch-mode") == ["navigate"]
        if any(site not in ("same-origin", "none") for site in fetched) and not opened:
            return 403, "This request comes from another site."
        return None

    def _signed_in(self, scope: Message) -> bool:
        for line in _values(scope, b"cookie"):
            try:
                found = SimpleCookie(line).get(self._cookie)
            except CookieError:
                continue
            if found is not None and self._access.admits(found.value):
                return True
        return False

    async def _sign_in(self, scope: Message, send: Any) -> None:
        given = _query(scope)["open"][0]
        session = self._access.redeem(given)
        if session is None and self._signed_in(scope):
            await _plain(send, 200, OPENING, ((b"refresh", b"0; url=/"),))
        elif session is None:
            if self._access.was_used(given):
                self._access.offer_again(f"http://{_values(scope, b'host')[0]}")
            await _plain(send, 401, SIGN_IN)
        else:
            cookie = f"{self._cookie}={session}; HttpOnly; SameSite=Strict; Path=/"
            extra = ((b"set-cookie", cookie.encode()), (b"refresh", b"0; url=/"))
            await _plain(send, 200, OPENING, extra)

    async def _bounded(self, scope: Message, receive: Any, send: Any) -> None:
        most = LARGEST_UPLOAD if scope["path"] == UPLOAD else LARGEST_BODY
        lengths = _values(scope, b"content-length")
        if any(not length.isdigit() or int(length) > most for length in lengths):
            await _plain(send, 413, too_large(most))
            return
        read, begun = 0, False

        async def counted() -> Message:
            nonlocal read
            message: Message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise _TooLarge
            return message

        async def noted(message: Message) -> None:
            nonlocal begun
            if read <= most:
                begun = True
                await send(message)

        # Whatever is inside may have its own words for a broken body; ours go out instead.
        status, words = 413, too_large(most)
        try:
            await self._app(scope, counted, noted)
        except _TooLarge:
            pass
        except Exception as defect:  # the edge: neither page nor terminal sees a trace
            status, words = 500, problem_words(defect)
        if not begun and (read > most or status == 500):
            await _plain(send, status, escape(words))


class _TooLarge(Exception):
    pass


SIGN_IN = (
    "This page is private to the person who started it. Open the link that stands in the "
    "terminal where Payer Copilot was started; if it was used before, a new one appears there."
)
OPENING = "Opening Payer Copilot."


def too_large(most: int) -> str:
    """The sentence for a body above the limit, in bytes."""
    return f"This is larger than the {most // (1024 * 1024)} MB that can be taken at once."


def known_path(scope: Message) -> bool:
    """Whether a path exists here, read as it was sent: no encoded or doubled separators."""
    raw = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1").partition("?")[0]
    if raw != scope["path"] or ".." in raw:
        return False
    return bool(_GRADIO.fullmatch(raw) or _OURS.fullmatch(raw))


def _values(scope: Message, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]


def _query(scope: Message) -> dict[str, list[str]]:
    return parse_qs(scope.get("query_string", b"").decode("latin-1"))


def _with_headers(send: Any) -> Any:
    ours = {name.encode(): value.encode() for name, value in HEADERS.items()}

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [
                (name, value)
                for name, value in message.get("headers", ())
                if name.lower() not in ours
                and not name.lower().startswith(b"access-control-")
                and name.lower() != b"server"
            ]
            names = {name.lower() for name, _ in kept}
            if b"content-security-policy" not in names:
                kept.append((b"content-security-policy", content_policy().encode()))
            message = {**message, "headers": [*kept, *ours.items()]}
        await send(message)

    return sent


async def _plain(
    send: Any, status: int, words: str, extra: tuple[tuple[bytes, bytes], ...] = ()
) -> None:
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Payer Copilot</title>'
        '<meta name="viewport" content="width=device-width">'
        '<body style="font:16px/1.55 system-ui,sans-serif;max-width:34em;margin:18vh auto;'
        'padding:0 20px;background:#fbfaf7;color:#1d2733"><h1 style="font-size:19px">'
        f"Payer Copilot</h1><p>{words}</p></body></html>"
    ).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(page)).encode()),
        *extra,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": page})
