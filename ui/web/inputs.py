"""The route by which an input of a model is moved under its answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, StringConstraints

from copilot.problems import BadInput, NotKnown
from ui.opened import Opened
from ui.views.answer import answer_html

Number = Annotated[str, StringConstraints(pattern=r"^-?\d{1,9}(?:\.\d{1,4})?$")]


class Moved(BaseModel):
    """Which finding of the answer, and its inputs' new values by name."""

    finding: str = Field(pattern=r"^r\d{1,6}$")
    changes: dict[str, Number] = Field(min_length=1, max_length=20)


def input_routes(opened: Opened) -> APIRouter:
    """The route over one workspace, below /inputs/{thread}/{turn}."""
    router = APIRouter(prefix="/inputs/{thread}/{turn}")

    @router.post("")
    def moved(thread: str, turn: int, wish: Moved) -> JSONResponse:
        try:
            with opened.busy:
                answer = opened.copilot.move_inputs(thread, turn, wish.finding, wish.changes)
        except (BadInput, NotKnown) as problem:
            return JSONResponse({"problem": str(problem)}, status_code=409)
        return JSONResponse({"answer": answer_html(answer, turn)})

    return router
