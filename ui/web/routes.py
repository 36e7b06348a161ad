"""Our own routes: evidence, drafts and files, for the signed-in page only (see the gate)."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, Field

from copilot.problems import BadInput, NotKnown
from copilot.results import Answer
from copilot.takeaway import taken
from ui.opened import Opened
from ui.views.evidence import (
    behind_html,
    figure_html,
    nothing_html,
    source_html,
    sources_html,
)
from ui.views.letter import drafts_html, letter_html
from ui.views.mapping import payers_html
from ui.views.rail import conversations_html, leaving_html
from ui.views.versions import versions_html
from ui.web.inputs import input_routes
from ui.web.redlines import redline_routes
from ui.web.spreadsheet import figure_csv, rows_csv, table_csv
from ui.web.tracker import tracker_routes

LOOK = {
    "page.css": "text/css",
    "page.js": "text/javascript",
    "waiting.js": "text/javascript",
    "mark.svg": "image/svg+xml",
}
TAKEN_AS = {
    "ics": "text/calendar",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
NARROW, WIDE = 700, 4000


class Edit(BaseModel):
    """The user's own wording of a draft, made on the version they had before them."""

    subject: str = Field(max_length=300)
    body: str = Field(max_length=60_000)
    version: int


class Export(BaseModel):
    """A draft to be taken away as a file; vouch: why the user answers for what is unsupported."""

    to: str = Field(pattern="^(docx|pdf|xlsx|eml|ics|md)$")
    vouch: str | None = Field(default=None, max_length=500)


class Settled(BaseModel):
    """The user's word whose a spelling in the claims is."""

    spelling: str = Field(min_length=1, max_length=300)
    payer: str = Field(min_length=1, max_length=300)


def our_routes(opened: Opened) -> APIRouter:
    """Every route of ours over one workspace."""
    router = APIRouter()
    router.include_router(_look())
    router.include_router(_evidence(opened))
    router.include_router(_drafts(opened))
    router.include_router(redline_routes(opened))
    router.include_router(input_routes(opened))
    router.include_router(tracker_routes(opened))
    return router


def _look() -> APIRouter:
    router = APIRouter(prefix="/look")

    @router.get("/{name}")
    def look(name: str) -> Response:
        if name not in LOOK:
            raise HTTPException(404)
        text = files("ui").joinpath("static", name).read_text(encoding="utf-8")
        return Response(text, media_type=LOOK[name])

    return router


def _evidence(opened: Opened) -> APIRouter:
    router = APIRouter()
    copilot = opened.copilot

    def turn_of(thread: str, turn: int) -> Answer:
        turns = copilot.threads.turns(thread)
        if not 1 <= turn <= len(turns):
            raise HTTPException(404)
        return turns[turn - 1][1]

    @router.get("/evidence/{thread}/turns/{turn}")
    def behind(thread: str, turn: int) -> JSONResponse:
        answer = turn_of(thread, turn)
        return JSONResponse({"behind": behind_html(answer), "sources": sources_html(answer)})

    @router.get("/evidence/{thread}/figures/{name}")
    def figure(thread: str, name: str) -> Response:
        key = name.removesuffix(".csv")
        found = copilot.figure(thread, key)
        if found is None:
            raise HTTPException(404)
        if name.endswith(".csv"):
            return _download(figure_csv(found), "calculation.csv", "text/csv")
        return HTMLResponse(figure_html(found, thread))

    @router.get("/evidence/{thread}/rows/{name}")
    def rows(thread: str, name: str) -> Response:
        try:
            read = copilot.rows_behind(thread, name.removesuffix(".csv"))
        except (BadInput, NotKnown) as problem:
            return JSONResponse({"problem": str(problem)}, status_code=409)
        if read is None:
            raise HTTPException(404)
        return _download(rows_csv(read.columns, read.rows), "rows.csv", "text/csv")

    @router.get("/evidence/{thread}/files/{name}")
    def taken_away(thread: str, name: str) -> Response:
        key, _, to = name.rpartition(".")
        if to not in TAKEN_AS:
            raise HTTPException(404)
        try:
            called, content = taken(copilot, thread, key, to)
        except (BadInput, NotKnown) as problem:
            return JSONResponse({"problem": str(problem)}, status_code=409)
        return _download(content, _plain_name(called), TAKEN_AS[to])

    @router.get("/evidence/{thread}/citations/{key}")
    def citation(thread: str, key: str, wide: bool = False) -> HTMLResponse:
        try:
            found = copilot.surroundings(thread, key, WIDE if wide else NARROW)
        except (BadInput, NotKnown) as problem:
            return HTMLResponse(nothing_html(str(problem)))
        if found is None:
            raise HTTPException(404)
        return HTMLResponse(source_html(found, thread, wide))

    @router.get("/tables/{thread}/{turn}/{name}")
    def table(thread: str, turn: int, name: str) -> Response:
        answer = turn_of(thread, turn)
        number = name.removesuffix(".csv")
        if not number.isdecimal() or int(number) >= len(answer.blocks):
            raise HTTPException(404)
        block = answer.blocks[int(number)]
        if block["kind"] != "table":
            raise HTTPException(404)
        figures = {str(f["id"]): f for f in answer.figures}
        return _download(table_csv(block["table"], figures), "table.csv", "text/csv")

    @router.get("/data/leaving")
    def leaving() -> HTMLResponse:
        return HTMLResponse(leaving_html(copilot.settings, copilot.departures()))

    @router.post("/data/payers")
    def settled(wish: Settled) -> JSONResponse:
        try:
            with opened.busy:
                done = copilot.settle_payer(wish.spelling, wish.payer)
        except (BadInput, NotKnown) as problem:
            return JSONResponse({"problem": str(problem)}, status_code=409)
        said = f"{done['rows']:,} rows of “{done['spelling']}” are {done['payer']} from now on."
        return JSONResponse({"unsure": payers_html(copilot.open_payers(), said)})

    @router.post("/data/closed")
    def closed() -> JSONResponse:
        opened.drop_waiting()
        return JSONResponse({})

    @router.post("/conversations/{thread}/forget")
    def forget(thread: str) -> HTMLResponse:
        with opened.busy:
            copilot.forget_thread(thread)
        return HTMLResponse(conversations_html(copilot.threads.listed(), None))

    return router


def _drafts(opened: Opened) -> APIRouter:
    router = APIRouter(prefix="/drafts")
    copilot = opened.copilot

    @router.get("")
    def listed() -> HTMLResponse:
        drafts = [copilot.draft_out(copilot.drafts.latest(key)) for key in copilot.drafts.ids()]
        return HTMLResponse(drafts_html(drafts))

    @router.get("/{key}")
    def letter(key: str) -> HTMLResponse:
        try:
            return HTMLResponse(_letter(opened, key))
        except BadInput as problem:
            return HTMLResponse(nothing_html(str(problem)), status_code=404)

    @router.post("/{key}")
    def save(key: str, edit: Edit) -> JSONResponse:
        try:
            with opened.busy:
                version = copilot.drafts.latest(key).version
                if version != edit.version:
                    raise BadInput(
                        "this draft",
                        f"it was changed elsewhere and is at version {version} now",
                        "copy your words, open the draft again and put them in there",
                    )
                copilot.save_edit(key, edit.subject, edit.body)
        except (BadInput, NotKnown) as problem:
            return JSONResponse({"problem": str(problem)}, status_code=409)
        return JSONResponse({"letter": _letter(opened, key)})

    @router.post("/{key}/files")
    def taken(key: str, wish: Export) -> Response:
        from copilot.export import export

        vouch = (wish.vouch or "").strip() or None
        try:
            with opened.busy:
                draft = copilot.drafts.latest(key)
                folder = copilot.workspace.exports
                path = folder / f"{draft.id}-v{draft.version}.{wish.to}"
                made = export(copilot, key, wish.to, path, vouch)
        except (BadInput, NotKnown) as problem:
            known = copilot.drafts.versions(key) if _is_key(key) else []
            loose = copilot.check_draft(known[-1]).unsupported if known else ()
            return JSONResponse(
                {"problem": str(problem), "unsupported": list(loose)}, status_code=409
            )
        if made.resolve().parent != folder.resolve():
            raise HTTPException(404)
        return FileResponse(made, filename=made.name)

    return router


def _is_key(key: str) -> bool:
    return key.replace("-", "").replace("_", "").isalnum() and key == key.lower()


def _letter(opened: Opened, key: str) -> str:
    copilot = opened.copilot
    draft = copilot.drafts.latest(key)
    return letter_html(
        copilot.draft_out(draft),
        draft.thread,
        (draft.subject, draft.body),
        copilot.check_draft(draft).unsupported,
        copilot.draft_formats(draft),
        versions_html(copilot.drafts.versions(key)),
    )


def _plain_name(called: str) -> str:
    """A file's name in letters that every header can hold."""
    return re.sub(r"[^A-Za-z0-9 .-]+", "", called).strip() or "answer"


def _download(content: bytes, name: str, kind: str) -> Response:
    return Response(
        content,
        media_type=kind,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def problem_response(_: Any, problem: Exception) -> Response:
    """What a defect of ours looks like from outside: one sentence, no details."""
    return JSONResponse(
        {"problem": f"Something failed that should not ({type(problem).__name__})."},
        status_code=500,
    )
