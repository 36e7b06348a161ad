"""A parser that misbehaves takes its own process down and nothing else."""

import sys
from pathlib import Path

import pytest

from knowledge.child import run_in_child
from knowledge.problems import BadInput

PARSER = """
import time
from knowledge.problems import BadInput
def double(x): return {"twice": 2 * x}
def refuse(): raise BadInput("a.pdf, page 3", "it is upside down", "turn it")
def hang(): time.sleep(60)
def swell(): return len("x" * (8 << 30))
def break_(): raise RuntimeError("secret words of a patient")
"""


@pytest.fixture
def parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "odd_parser.py").write_text(PARSER)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path, str(Path.cwd())])
    return "odd_parser"


def test_the_result_comes_back(parser: str) -> None:
    assert run_in_child(f"{parser}:double", 21, where="a.pdf") == {"twice": 42}


def test_a_refusal_comes_back_as_it_was_said(parser: str) -> None:
    with pytest.raises(BadInput, match=r"a\.pdf, page 3: it is upside down; turn it\."):
        run_in_child(f"{parser}:refuse", where="a.pdf")


def test_a_hanging_parser_is_stopped(parser: str) -> None:
    with pytest.raises(BadInput, match="longer than 1 seconds"):
        run_in_child(f"{parser}:hang", where="a.pdf", seconds=1)


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not hold memory limits")
def test_a_swelling_parser_is_stopped(parser: str) -> None:
    with pytest.raises(BadInput, match="more memory"):
        run_in_child(f"{parser}:swell", where="a.pdf", memory_mb=1024)


def test_a_crash_says_nothing_of_what_it_read(parser: str) -> None:
    with pytest.raises(BadInput) as caught:
        run_in_child(f"{parser}:break_", where="a.pdf")
    assert "secret" not in str(caught.value)
