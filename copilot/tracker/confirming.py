"""The user's word on what waits for the log: kept or discarded, by click or by --yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copilot.tracker.entry_words import title_of
from copilot.tracker.log import Log
from knowledge.problems import BadInput

if TYPE_CHECKING:
    from copilot.core import Copilot
    from copilot.results import Answer


def keep_all(copilot: Copilot, answer: Answer) -> list[str]:
    """Keep every entry that an answer shows as waiting, and say so in it; gives their titles."""
    titles = [settle(copilot, entry["id"], keep=True) for entry in answer.pending]
    answer.kept = [str(entry["id"]) for entry in answer.pending]
    return titles


def settle(copilot: Copilot, key: str, keep: bool) -> str:
    """Keep or discard one waiting entry; gives its title.

    Raises BadInput for one that waits no longer, unless it is kept already and to be kept.
    """
    log = Log(copilot.workspace)
    if not keep and key not in {each.id for each in log.pending()}:
        raise BadInput("this entry", "it no longer waits", "look it up in the tracker")
    entry = log.confirm(key) if keep else log.withdraw(key)
    return title_of(entry, copilot.practice.payers.short_name(entry.payer))


def state_of(copilot: Copilot, key: str) -> str:
    """waiting, kept or gone."""
    log = Log(copilot.workspace)
    if any(each.id == key for each in log.pending()):
        return "waiting"
    return "kept" if any(each.id == key for each in log.entries()) else "gone"


def strike(copilot: Copilot, key: str) -> str:
    """Take a kept entry out of the log (its trace stays); gives its title."""
    entry = Log(copilot.workspace).withdraw(key)
    return title_of(entry, copilot.practice.payers.short_name(entry.payer))
