"""The sample practice, made and read in once for all journeys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from copilot.core import Copilot
from evals.sample_workspace import sample_workspace

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copilot]:
    """The open sample workspace with the embedding model loaded."""
    folder: Path = tmp_path_factory.mktemp("sample")
    with sample_workspace(folder, TODAY) as copilot:
        copilot.wait_until_warm()
        yield copilot
