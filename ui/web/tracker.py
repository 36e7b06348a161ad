"""The tracker's routes: the room, the user's word on an entry, the days as a calendar file."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, Field

from copilot.exports.calendar import as_calendar
from copilot.problems import BadInput, NotKnown
from copilot.tracker import confirming
from copilot.tracker.room import days_of, room_of
from ui.opened import Opened
from ui.views.tracker import card_html, tracker_html


class Word(BaseModel):
    """The user's word on an entry."""

    do: str = Field(pattern="^(keep|discard|strike)$")


def tracker_routes(opened: Opened) -> APIRouter:
    """The tracker over one workspace; whatever reads tables waits for its turn."""
    router = APIRouter(prefix="/tracker")
    copilot = opened.copilot

    @router.get("")
    def room() -> HTMLResponse:
        with opened.busy:
            return HTMLResponse(tracker_html(room_of(copilot)))

    @router.get("/days.ics")
    def days() -> Response:
        try:
            with opened.busy:
                content = as_calendar(days_of(copilot), copilot.today)
        except (BadInput, NotKnown) as problem:
            return JSONResponse({"problem": str(problem)}, status_code=409)
        return Response(
            content,
            media_type="text/calendar",
            headers={"content-disposition": 'attachment; filename="days to keep.ics"'},
        )

    @router.get("/entries/{key}")
    def state(key: str) -> JSONResponse:
        return JSONResponse({"state": confirming.state_of(copilot, key)})

    @router.post("/entries/{key}")
    def settled(key: str, word: Word) -> JSONResponse:
        try:
            with opened.busy:
                if word.do == "strike":
                    title = confirming.strike(copilot, key)
                else:
                    title = confirming.settle(copilot, key, keep=word.do == "keep")
        except (BadInput, NotKnown) as problem:
            return JSONResponse({"problem": str(problem)}, status_code=409)
        kept = "kept" if word.do == "keep" else "gone"
        return JSONResponse({"card": card_html(key, title, kept)})

    return router
