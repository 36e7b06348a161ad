"""The docs are held to the code: commands they show exist, files they name are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from ui.command_line import build_parser

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
WRITTEN = [
    pytest.param(page, page.read_text(encoding="utf-8"), id=str(page.relative_to(ROOT)))
    for page in PAGES
]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

_COMMAND = re.compile(r"^(?:\.venv/bin/)?payer-copilot +(.+)$", re.MULTILINE)
_INLINE = re.compile(r"`(?:\.venv/bin/)?payer-copilot +([^`]+)`")
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
_TARGET = re.compile(r"(?:^|`)make (?:[A-Z_]+=\S+ )*([a-z]+)\b", re.MULTILINE)
_MODULE = re.compile(r"`python -m ([\w.]+)")


def commands(text: str) -> list[str]:
    """Every command line of ours that a page shows, without the program's name."""
    return [*_COMMAND.findall(text), *_INLINE.findall(text)]


def plainest(command: str) -> list[str]:
    """A command as someone could type it: no optional part, the first of each choice."""
    words = re.sub(r"\[[^\]]*\]", " ", command).replace("...", " ")
    return [word.split("|")[0] for word in shlex.split(words)]


def fullest(command: str) -> list[str]:
    """A command with its optional parts; one that stands for words of any kind is left out."""
    words = re.sub(r"\[[A-Za-z|]+\]", " ", command)
    words = re.sub(r"\[(--[^\]]*)\]", r"\1", words).replace("...", " ")
    return [word.split("|")[0] for word in shlex.split(words)]


@pytest.mark.parametrize("command", commands(README))
def test_a_command_in_the_readme_is_one_the_parser_takes(command: str) -> None:
    for words in (plainest(command), fullest(command)):
        build_parser().parse_args(words)


def test_the_readme_names_every_command_but_the_page_itself() -> None:
    shown = {plainest(command)[0] for command in commands(README)}
    usage = re.search(r"\{([a-z,]+)\}", build_parser().format_usage())
    assert usage is not None
    assert set(usage[1].split(",")) - shown == {"demo"}


@pytest.mark.parametrize(("page", "text"), WRITTEN)
def test_a_command_on_any_page_exists(page: Path, text: str) -> None:
    for command in commands(text):
        build_parser().parse_args(plainest(command))


@pytest.mark.parametrize(("page", "text"), WRITTEN)
def test_a_file_that_a_page_links_to_is_there(page: Path, text: str) -> None:
    missing = [name for name in _LINK.findall(text) if not (page.parent / name).exists()]
    assert missing == []


@pytest.mark.parametrize(("page", "text"), WRITTEN)
def test_a_make_target_on_a_page_exists(page: Path, text: str) -> None:
    known = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    assert set(_TARGET.findall(text)) <= known


@pytest.mark.parametrize(("page", "text"), WRITTEN)
def test_a_module_that_a_page_tells_to_run_is_there(page: Path, text: str) -> None:
    for name in _MODULE.findall(text):
        path = ROOT.joinpath(*name.split("."))
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), name


def test_every_target_the_makefile_offers_has_a_rule() -> None:
    offered = re.findall(r"^# make (\w+)", MAKEFILE, re.MULTILINE)
    assert offered
    for target in offered:
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target


def test_a_module_that_the_makefile_runs_is_there() -> None:
    for name in re.findall(r"python -m ((?:evals|copilot|ui)[\w.]*)", MAKEFILE):
        assert ROOT.joinpath(*name.split(".")).with_suffix(".py").is_file(), name


def test_what_a_page_names_of_a_command_line_can_be_told_wrong() -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args(plainest("serve --workplace DIR"))
    with pytest.raises(SystemExit):
        build_parser().parse_args(plainest("dance"))
