"""The invented practice of the drafting tests, with calls rehearsed on it."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import copilot.rehearsal
from tools.registry import discover

HERE = Path(__file__).parent
LARKMOOR = "Larkmoor Health Plan"


def loaded(path: Path, name: str) -> Any:
    """A module of the tests by its path; there are no packages below tests."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec and spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="module")
def practice_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One invented practice for all calls of a module."""
    folder = tmp_path_factory.mktemp("rehearsal") / "practice"
    practice = loaded(HERE.parent / "drafting" / "conftest.py", "drafting_practice")
    discover(copilot.rehearsal)
    with practice.room_in(folder) as made:
        yield made


@pytest.fixture
def bare_room(tmp_path: Path) -> Iterator[Any]:
    """A practice of which nothing but the payers' names is known."""
    practice = loaded(HERE.parent / "drafting" / "conftest.py", "drafting_practice")
    discover(copilot.rehearsal)
    with practice.room_in(tmp_path / "bare", tables={}, paper=False) as made:
        yield made


@pytest.fixture
def call(practice_room: Any) -> Callable[..., list[Any]]:
    """Plays a call line by line; gives the findings, the start first."""

    def play(temper: str, lines: list[str], rounds: int = 1) -> list[Any]:
        practice_room.state.pop("rehearsal", None)
        made = [practice_room.ask("rehearse", f"round {rounds}", payer=LARKMOOR, topic=temper)]
        for line in lines:
            made.append(practice_room.ask("rehearse", line, said=line))
            if practice_room.state["rehearsal"]["steps"] == 2:
                break
        return made

    return play


@pytest.fixture(scope="session")
def by_hand() -> Any:
    """The ground worked by hand and the calls on it; see by_hand.py."""
    return loaded(HERE / "by_hand.py", "rehearsal_by_hand")


@pytest.fixture
def negotiators() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(
        (HERE / "negotiators.toml").read_text(encoding="utf-8")
    )["negotiator"]
    return rows
