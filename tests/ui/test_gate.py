"""What the gate lets through: nothing without the cookie, nothing from another site."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from ui.web.access import Access
from ui.web.gate import LARGEST_BODY, LARGEST_UPLOAD, Gate, known_path

ORIGIN = "http://127.0.0.1:7860"
OURS = {"origin": ORIGIN}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/config",
        "/theme.css",
        "/assets/index.js",
        "/look/page.css",
        "/state/ready",
        "/drafts",
        "/drafts/email-1",
        "/evidence/t1/turns/1",
        "/evidence/t1/figures/f_share",
        "/evidence/t1/citations/c_notice",
        "/tables/t1/1/2.csv",
        "/data/leaving",
        "/gradio_api/queue/data?session_hash=abc",
        "/gradio_api/heartbeat/abc",
    ],
)
def test_without_the_cookie_a_page_is_refused(stranger: Any, path: str) -> None:
    reply = stranger.get(path)
    assert reply.status_code == 401
    assert "terminal" in reply.text
    assert "Granite" not in reply.text


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/cancel", "/drafts/email-1"],
)
def test_without_the_cookie_nothing_can_be_changed(stranger: Any, path: str) -> None:
    assert stranger.post(path, json={}, headers=OURS).status_code == 401


def test_a_wrong_link_or_cookie_opens_nothing(stranger: Any) -> None:
    for attempt in range(100):
        assert stranger.get(f"/?open=guess{attempt}").status_code == 401
    stranger.cookies.set("payer_copilot_7860", "guess")
    assert stranger.get("/drafts").status_code == 401


@pytest.mark.parametrize("sent", ["/?open=%C3%A9", '/ "\\351"'])
def test_a_sign_outside_ascii_in_link_or_cookie_is_refused_like_any_other(
    stranger: Any, sent: str
) -> None:
    path, _, cookie = sent.partition(" ")
    headers = {"cookie": f"payer_copilot_7860={cookie}"} if cookie else {}
    answer = stranger.get(path, headers=headers)
    assert answer.status_code == 401


def test_the_link_works_once_and_gives_a_strict_http_only_cookie(site: Any, stranger: Any) -> None:
    link = site.access.link(ORIGIN).removeprefix(ORIGIN)
    first = stranger.get(link)
    cookie = first.headers["set-cookie"]
    assert first.status_code == 200
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert link.partition("=")[2] not in cookie
    stranger.cookies.clear()
    assert stranger.get(link).status_code == 401


def test_a_used_link_makes_the_terminal_say_a_new_one_and_never_floods_it() -> None:
    told: list[str] = []
    access = Access(say=told.append)
    used = access.link(ORIGIN).partition("=")[2]
    assert access.redeem(used)
    access.offer_again(ORIGIN)
    access.offer_again(ORIGIN)
    assert len(told) == 1
    fresh = told[0].rpartition("open=")[2]
    assert fresh != used
    assert access.redeem(fresh)


@pytest.mark.parametrize(
    "host",
    [
        "payer.example:7860",
        "127.0.0.1",
        "127.0.0.1:7861",
        "localhost.payer.example:7860",
        "127.0.0.1:7860.payer.example",
        "",
    ],
)
def test_under_another_host_name_it_does_not_answer(site: Any, host: str) -> None:
    reply = site.client.get("/drafts", headers={"host": host})
    assert reply.status_code == 403


def test_localhost_is_a_name_of_its_own(site: Any) -> None:
    assert site.client.get("/drafts", headers={"host": "localhost:7860"}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://payer.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1:7860"]
)
def test_requests_from_another_origin_are_refused(site: Any, origin: str) -> None:
    headers = {"origin": origin}
    assert site.client.get("/drafts", headers=headers).status_code == 403
    edit = {"subject": "s", "body": "b", "version": 1}
    assert site.client.post("/drafts/email-1", json=edit, headers=headers).status_code == 403
    assert site.client.post("/gradio_api/queue/join", json={}, headers=headers).status_code == 403


def test_a_change_must_say_its_origin(site: Any) -> None:
    edit = {"subject": "s", "body": "b", "version": 1}
    assert site.client.post("/drafts/email-1", json=edit).status_code == 403
    assert site.paper.papers["email-1"][-1].version == 1


def test_other_sites_may_link_to_the_front_page_but_fetch_nothing(site: Any) -> None:
    cross = {"sec-fetch-site": "cross-site"}
    assert site.client.get("/drafts", headers=cross).status_code == 403
    opened = {**cross, "sec-fetch-mode": "navigate"}
    assert site.client.get("/", headers=opened).status_code == 200
    assert site.client.get("/drafts", headers=opened).status_code == 403


@pytest.mark.parametrize("path", ["/", "/drafts", "/nowhere", "/look/page.js", "/theme.css"])
def test_every_answer_carries_the_security_headers(site: Any, path: str) -> None:
    headers = site.client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in scripts
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert not [name for name in headers if name.startswith("access-control-")]


def test_refusals_carry_them_too(stranger: Any) -> None:
    reply = stranger.get("/drafts")
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cache-control"] == "no-store"


def test_inline_scripts_run_by_a_word_that_changes_each_time(site: Any) -> None:
    first, second = site.client.get("/"), site.client.get("/")
    assert first.headers["content-security-policy"] != second.headers["content-security-policy"]
    assert "<script>" not in first.text
    assert "githubusercontent" not in first.text


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=http://payer.example/x",
        "/gradio_api/file/etc/passwd",
        "/gradio_api/proxy=http://payer.example/",
        "/gradio_api/run/ask",
        "/gradio_api/call/ask",
        "/gradio_api/api/ask",
        "/gradio_api/runs",
        "/gradio_api/token",
        "/gradio_api/app_id",
        "/gradio_api/user",
        "/gradio_api/queue/status",
        "/gradio_api/deep_link",
        "/gradio_api/stream/a/1/2/playlist.m3u8",
        "/gradio_api/vibe-code",
        "/login",
        "/logout",
        "/monitoring",
        "/monitoring/summary",
        "/manifest.json",
        "/robots.txt",
        "/docs",
        "/openapi.json",
        "/static/fonts/x.woff2",
    ],
)
def test_routes_that_the_page_does_not_need_are_not_there(site: Any, path: str) -> None:
    assert site.client.get(path).status_code == 404
    assert site.client.post(path, headers=OURS).status_code == 404


def test_of_all_of_gradios_routes_only_the_needed_ones_are_open(site: Any) -> None:
    open_ones = set()
    for route in _routes_below(site.gate):
        path = route.replace("{path:path}", "x.js").replace("{session_hash}", "abc")
        if "{" not in path and known_path({"path": path}):
            open_ones.add(route)
    assert open_ones == {
        "/",
        "/config",
        "/theme.css",
        "/favicon.ico",
        "/assets/{path:path}",
        "/gradio_api/queue/join",
        "/gradio_api/queue/data",
        "/gradio_api/cancel",
        "/gradio_api/reset",
        "/gradio_api/upload",
        "/gradio_api/upload_progress",
        "/gradio_api/startup-events",
        "/gradio_api/heartbeat/{session_hash}",
    }


def _routes_below(gate: Gate) -> set[str]:
    front = gate._app.routes[-1].app  # the mount at the end of our own routes
    gradio = front.page.routes[-1].app
    found = {str(getattr(route, "path", "")) for route in gradio.routes}
    for route in gradio.routes:
        for below in getattr(getattr(route, "original_router", None), "routes", ()):
            found.add(str(below.path))
    assert len(found) > 30, "Gradio's routes were not found"
    return found


@pytest.mark.parametrize(
    "raw",
    [
        b"/gradio_api/%66ile=/etc/passwd",
        b"/GRADIO_API/file=/etc/passwd",
        b"/gradio_api/File=/etc/passwd",
        b"/look/../config",
        b"/look/..%2f..%2fserving.py",
        b"/look/%2e%2e/page.css",
        b"/look/....//page.css",
        b"//config",
        b"/drafts/..%5c..%5csettings",
        b"/drafts/%00",
        b"/assets/..%2f..%2findex.html",
        b"/assets/../../index.html",
        b"/evidence/t1/%2e%2e/%2e%2e/data",
    ],
)
def test_encoded_doubled_or_climbing_paths_are_not_there(site: Any, raw: bytes) -> None:
    from urllib.parse import unquote_to_bytes

    path = unquote_to_bytes(raw).decode("latin-1")
    status, _ = _raw(site, {"path": path, "raw_path": raw})
    assert status == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(site: Any, method: str) -> None:
    status, _ = _raw(site, {"path": "/drafts", "raw_path": b"/drafts", "method": method})
    assert status == 405


def test_a_large_upload_is_refused_before_a_byte_of_it_is_read(site: Any) -> None:
    async def never() -> dict[str, Any]:
        raise AssertionError("the body was read")

    size = str(LARGEST_UPLOAD + 1).encode()
    status, body = _raw(
        site,
        {
            "path": "/gradio_api/upload",
            "raw_path": b"/gradio_api/upload",
            "method": "POST",
            "extra": [(b"content-length", size), (b"origin", ORIGIN.encode())],
        },
        never,
    )
    assert status == 413
    assert b"400 MB" in body


def test_a_body_that_does_not_say_its_size_is_cut_off_at_the_limit(site: Any) -> None:
    def endless() -> Any:
        for _ in range(2 + LARGEST_BODY // 65536):
            yield b" " * 65536

    reply = site.client.post("/drafts/email-1", content=endless(), headers=OURS)
    assert reply.status_code == 413


def test_a_length_that_is_no_number_is_refused(site: Any) -> None:
    status, _ = _raw(
        site,
        {
            "path": "/drafts/email-1",
            "raw_path": b"/drafts/email-1",
            "method": "POST",
            "extra": [(b"content-length", b"-5"), (b"origin", ORIGIN.encode())],
        },
    )
    assert status == 413


def test_web_sockets_are_closed_at_once(site: Any) -> None:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(site.gate({"type": "websocket", "path": "/", "headers": []}, None, send))
    assert [message["type"] for message in sent] == ["websocket.close"]


def _raw(site: Any, scope: dict[str, Any], receive: Any = None) -> tuple[int, bytes]:
    """The status and body for a request as it stands on the wire, signed in."""
    cookie = f"payer_copilot_7860={site.client.cookies['payer_copilot_7860']}".encode()
    headers = [(b"host", b"127.0.0.1:7860"), (b"cookie", cookie), *scope.pop("extra", [])]
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def nothing() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    whole = {"type": "http", "method": "GET", "query_string": b"", "headers": headers, **scope}
    asyncio.run(site.gate(whole, receive or nothing, send))
    return sent[0]["status"], b"".join(m.get("body", b"") for m in sent[1:])
