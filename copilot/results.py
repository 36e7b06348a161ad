"""What the core gives back; the dump of each model is the command line's JSON object."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field


class ToolCall(BaseModel):
    """One call the agent made, with its arguments as JSON values."""

    name: str
    args: dict[str, Any]


class Clarify(BaseModel):
    """A question back, with its choices."""

    question: str
    choices: list[str] = Field(default_factory=list)


class DraftOut(BaseModel):
    """A draft as it stands now."""

    id: str
    kind: str
    payer: str | None
    subject: str
    body: str
    status: str
    version: int = 1
    checked: str = ""
    underneath: str = ""
    plan: list[dict[str, Any]] = Field(default_factory=list)


class Answer(BaseModel):
    """One turn: the answer, what was called, and everything that stands behind it.

    `pending` names what waits for the user's word, `kept` the ids of what was kept by it.
    `blocks` is the same answer in parts for the page (headline, text, table, chart, note,
    draft); texts in it keep the tokens that link figures and citations.
    """

    thread: str
    answer: str
    tool_calls: list[ToolCall] = Field(default_factory=list)
    figures: list[dict[str, Any]] = Field(default_factory=list)
    citations: list[dict[str, Any]] = Field(default_factory=list)
    unsupported: list[str] = Field(default_factory=list)
    draft: DraftOut | None = None
    drafts: list[DraftOut] = Field(default_factory=list)
    files: list[str] = Field(default_factory=list)
    clarify: Clarify | None = None
    blocks: list[dict[str, Any]] = Field(default_factory=list)
    next_steps: list[str] = Field(default_factory=list)
    pending: list[dict[str, Any]] = Field(default_factory=list)
    kept: list[str] = Field(default_factory=list)
    steps: list[dict[str, Any]] = Field(default_factory=list)


class Event(BaseModel):
    """Something that happened during a turn.

    kind: "started" (a tool: label), "finished" (label, seconds, done), "text" (a piece of
    the answer), "answer" (the whole Answer, last).
    """

    kind: str
    text: str = ""
    label: str = ""
    seconds: float = 0.0
    answer: Answer | None = None


class SearchResult(BaseModel):
    """One passage found."""

    source: str
    section: str
    page: int | None
    start: int
    end: int
    quote: str
    score: float
    payer: str | None = None
    document: str = ""


class IngestResult(BaseModel):
    """What became of one file. inside: the mail it came in, "" for a file given by itself."""

    file: str
    inside: str = ""
    kind: str | None = None
    payer: str | None = None
    rows: int = 0
    rejected: list[dict[str, Any]] = Field(default_factory=list)
    ignored: list[dict[str, Any]] = Field(default_factory=list)
    pages: int | None = None
    unread_pages: list[int] = Field(default_factory=list)
    ocr_pages: list[tuple[int, float]] = Field(default_factory=list)
    read_notes: list[str] = Field(default_factory=list)
    sha256: str | None = ""
    status: str = "imported"
    problem: str | None = None
    candidates: list[str] = Field(default_factory=list)
    mapping: dict[str, Any] = Field(default_factory=dict)
    columns: list[dict[str, Any]] = Field(default_factory=list)
    unsure_payers: list[dict[str, Any]] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)
    send_again: bool = False
