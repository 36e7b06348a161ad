"""Routes of a redline: its form at another level, the Word files written, and their way out.

The payer and the positions are always those of the answer; a request names only the answer,
the level, the user's words and what is left away.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, Literal

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, Field

from copilot.problems import BadInput, NotKnown
from ui.opened import Opened
from ui.views.redline import LONGEST_WORDS, made_html, redline_form

Level = Literal["opening", "target", "walk_away"]
MOST = 300
_FILE = re.compile(r"(?:contract(?:\.[2-9])?|memo)\.docx")


class Wish(BaseModel):
    """What to write: the user's words by change id, the ids left away, author and ISO day."""

    level: Level
    language: dict[str, str] = Field(default_factory=dict, max_length=MOST)
    without: list[str] = Field(default_factory=list, max_length=MOST)
    author: str = Field(default="", max_length=120)
    day: str = Field(default="", max_length=10)


def redline_routes(opened: Opened) -> APIRouter:
    """The routes over one workspace, all below /redlines/{thread}/{turn}."""
    router = APIRouter(prefix="/redlines/{thread}/{turn}")
    copilot = opened.copilot

    def offer_of(thread: str, turn: int) -> dict[str, Any]:
        turns = copilot.threads.turns(thread)
        blocks = turns[turn - 1][1].blocks if 1 <= turn <= len(turns) else []
        for block in blocks:
            if block["kind"] == "redline":
                offer: dict[str, Any] = block["redline"]
                return offer
        raise HTTPException(404)

    @router.get("")
    def form(thread: str, turn: int, level: Level = "opening") -> Response:
        offer = offer_of(thread, turn)
        try:
            with opened.busy:
                made = copilot.redline_proposed(offer["payer"], level, offer["terms"])
        except (BadInput, NotKnown) as problem:
            return JSONResponse({"problem": str(problem)}, status_code=409)
        shown = {**offer, "level": made["level"]}
        return HTMLResponse(redline_form(shown, made["changes"], f"/redlines/{thread}/{turn}"))

    @router.post("")
    def write(thread: str, turn: int, wish: Wish) -> Response:
        offer = offer_of(thread, turn)
        try:
            with opened.busy:
                made = copilot.write_redline(
                    offer["payer"],
                    _kept(copilot.workspace.exports, thread, turn, "contract.docx"),
                    level=wish.level,
                    terms=offer["terms"],
                    language=_language(wish.language),
                    without=wish.without,
                    author=_printable(wish.author).strip() or None,
                    day=_day(wish.day),
                )
        except (BadInput, NotKnown) as problem:
            return JSONResponse({"problem": str(problem)}, status_code=409)
        names = ["contract.docx", *(f"contract.{n}.docx" for n in range(2, len(made["files"]) + 1))]
        files = [
            (f"/redlines/{thread}/{turn}/{name}", _shown(offer["name"], name))
            for name in (*names, "memo.docx")
        ]
        return JSONResponse({"made": made_html(files, len(made["changes"]), made["left"])})

    @router.get("/{name}")
    def taken(thread: str, turn: int, name: str) -> Response:
        offer = offer_of(thread, turn)
        folder = copilot.workspace.exports
        path = _kept(folder, thread, turn, name) if _FILE.fullmatch(name) else folder
        if not path.is_file() or path.resolve().parent != folder.resolve():
            raise HTTPException(404)
        told = f'attachment; filename="{_shown(offer["name"], name)}"'
        return FileResponse(path, headers={"content-disposition": told})

    return router


def _kept(folder: Path, thread: str, turn: int, name: str) -> Path:
    """Where a file of an answer's redline stands among the exports."""
    ending = name.removeprefix("contract").replace("memo", ".memo")
    return folder / f"redline-{thread}-{turn}{ending}"


def _shown(offered: str, name: str) -> str:
    """The name under which a file is saved: that of the offer, plain letters only."""
    stem = re.sub(r"[^A-Za-z0-9 -]+", "", offered.removesuffix(".docx")).strip() or "redline"
    ending = name.removeprefix("contract").removesuffix(".docx").replace(".", " ")
    return f"{stem} {ending.strip()}.docx" if ending else f"{stem}.docx"


def _language(given: dict[str, str]) -> dict[str, str]:
    if any(len(each) > LONGEST_WORDS for each in given.values()):
        raise BadInput("proposed words", f"they are longer than {LONGEST_WORDS:,} characters",
                       "shorten them")  # fmt: skip
    return {key: _printable(each) for key, each in given.items()}


def _printable(text: str) -> str:
    """The text with what no Word file can hold (control characters) as spaces."""
    return "".join(each if each.isprintable() else " " for each in text)


def _day(given: str) -> date | None:
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise BadInput("the date on the marks", "it is no date", "write YYYY-MM-DD") from None
