"""What a workspace is set to: the practice's profile and the language model, if any."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.problems import BadInput
from knowledge.workspace import Workspace

Tone = Literal["plain", "warm", "firm"]


class Profile(BaseModel):
    """The practice as drafts show it; nothing here is ever made up for an empty field."""

    model_config = ConfigDict(extra="forbid")

    name: str = "our practice"
    town: str = ""
    tin_ending: str = Field(default="", pattern=r"^\d{0,4}$")
    clinicians: int | None = Field(default=None, ge=0, le=100_000)
    signature: str = ""
    role: str = "practice manager"
    phone: str = ""
    email: str = ""


class Settings(BaseModel):
    """One workspace's settings.

    model: "builtin" or a LangChain model name such as "openai:gpt-5". base_url: an
    OpenAI-compatible endpoint. key_variable: the environment variable that holds the key
    (the key itself is never stored). streaming: whether the endpoint can send its answer in
    pieces. locality: Medicare locality of the shipped tables. engine: where tables are
    queried: "duckdb" in this process, or a Spark cluster ("spark://HOST:PORT", "sc://HOST:PORT"
    for Spark Connect, "spark://local" for Spark on this machine).
    """

    model_config = ConfigDict(extra="forbid")

    profile: Profile = Field(default_factory=Profile)
    model: str = "builtin"
    base_url: str = ""
    key_variable: str = ""
    locality: Literal["Colorado", "national"] = "Colorado"
    engine: str = Field(default="duckdb", pattern=r"^(duckdb|(spark|sc)://\S+)$")
    tone: Tone = "plain"
    streaming: bool = True
    sample: bool = False


def load_settings(workspace: Workspace) -> Settings:
    """The workspace's settings, defaults where nothing was set yet."""
    stored = workspace.read_json(workspace.settings / "settings.json", {})
    try:
        return Settings.model_validate(stored)
    except ValidationError as wrong:
        raise _refused("settings/settings.json", wrong) from wrong


def save_settings(workspace: Workspace, settings: Settings) -> None:
    """Keep the settings in the workspace, in one step."""
    workspace.write_json(workspace.settings / "settings.json", settings.model_dump())


def changed(settings: Settings, changes: dict[str, Any]) -> Settings:
    """The settings with some fields changed; profile fields by their own name.

    Raises BadInput naming the field that cannot take its value.
    """
    data = settings.model_dump()
    for name, value in changes.items():
        if name in Profile.model_fields:
            data["profile"][name] = value
        elif name in Settings.model_fields and name != "profile":
            data[name] = value
        else:
            known = [*Profile.model_fields, *Settings.model_fields]
            raise BadInput(
                f"setting {name}",
                "there is no such setting",
                f"use one of {', '.join(sorted(set(known) - {'profile'}))}",
            )
    try:
        return Settings.model_validate(data)
    except ValidationError as wrong:
        raise _refused("settings", wrong) from wrong


def profile_from_toml(file: Path) -> dict[str, Any]:
    """The profile in a TOML file's [profile] table; raises BadInput for a broken file."""
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise BadInput(file.name, "it is not a readable TOML file", "check its text") from wrong
    fields = read.get("profile", read)
    return {name: value for name, value in fields.items() if name in Profile.model_fields}


def _refused(where: str, wrong: ValidationError) -> BadInput:
    first = wrong.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    return BadInput(f"{where}, {field}", first["msg"].lower(), "correct that value")
