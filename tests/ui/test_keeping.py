"""`ask --yes` keeps in the log what would wait for a click; without it nothing is kept."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from copilot.core import Copilot
from copilot.tracker.log import Log
from knowledge.workspace import open_workspace
from ui.command_line import main


def test_only_the_users_word_keeps_what_a_message_tells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "practice"
    with Copilot(folder, date(2026, 11, 24)) as copilot:
        copilot.name_payer("Kestrel National Health")
    told = "left a voicemail with Kestrel last Tuesday"
    ask = ["ask", "--workspace", str(folder), "--today", "2026-11-24", told]
    assert main(ask) == 0
    assert "say the same again with --yes" in capsys.readouterr().out
    log = Log(open_workspace(folder))
    assert log.entries() == () and len(log.pending()) == 1
    assert main([*ask, "--yes", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    (entry,) = log.entries()
    assert answer["kept"] == [entry.id] and log.pending() == ()
    assert (entry.on, entry.channel) == (date(2026, 11, 17), "voicemail")
