"""What-ifs in a row on one model: each message changes one input, all others stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from copilot.core import Copilot

FIRST = (
    "What could two-sided risk cost us at a target of 410 and an actual of 400 PMPM"
    " for 1,500 members?"
)
THEN = {
    "assume a trend of 4 percent": ("trend", 4),
    "with a cap of 5 percent": ("cap", 5),
    "put in a stop loss of 100k": ("stop_loss", 100_000),
    "a loss share of 30 percent": ("loss_share", 30),
    "over five years": ("years", 5),
    "they rebase by 50 percent a year": ("rebasing", 50),
    "we can bear a loss of 80000": ("bearable_loss", 80_000),
    "what about 800 members": ("members", 800),
    "what if costs grow by 7 percent": ("trend", 7),
    "upside only": ("arrangement", "upside only"),
}


def test_ten_what_ifs_in_a_row_keep_what_was_said_before(tmp_path: Path) -> None:
    with Copilot(tmp_path / "workspace", date(2026, 11, 23)) as copilot:
        first = copilot.answer(FIRST, "risk")
        (call,) = first.tool_calls
        held = dict(call.args)
        assert call.name == "model_risk" and held["members"] == 1500
        for message, (name, value) in THEN.items():
            held[name] = value
            answer = copilot.answer(message, "risk")
            (call,) = answer.tool_calls
            assert (call.name, dict(call.args)) == ("model_risk", held), message
            assert answer.unsupported == []
