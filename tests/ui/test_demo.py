"""The sample practice: set up once, kept, made anew when asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _prepare(data: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui.command_line", "demo", "--prepare", *more],
        capture_output=True,
        text=True,
        timeout=600,
        cwd=ROOT,
        env={**os.environ, "XDG_DATA_HOME": str(data), "HOME": str(data)},
    )


@pytest.mark.slow
def test_the_sample_is_set_up_once_and_kept(tmp_path: Path) -> None:
    from copilot.core import Copilot

    first = _prepare(tmp_path)
    assert first.returncode == 0, first.stderr
    assert "claims_2025.csv: 12," in first.stdout
    assert "refused" not in first.stdout
    [folder] = tmp_path.rglob("sample")
    with Copilot(folder) as copilot:
        assert copilot.settings.sample
        assert "Sagebrush" in copilot.settings.profile.name
        assert len(copilot.sources()) == 23
    again = _prepare(tmp_path)
    assert again.returncode == 0
    assert "Setting up" not in again.stdout
    assert len(again.stdout.splitlines()) == 1


def test_the_sample_answers_on_this_computer_only(tmp_path: Path) -> None:
    done = _prepare(tmp_path, "--host", "0.0.0.0")
    assert done.returncode == 2
    assert not any(tmp_path.iterdir())
