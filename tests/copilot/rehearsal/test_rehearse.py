"""Whole calls on the invented practice: numbers owned, the debrief's order, a restart between."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from copilot.ledger import Ledger
from knowledge.evidence import plain
from knowledge.problems import BadInput, MoreNeeded

LARKMOOR = "Larkmoor Health Plan"
LINES = [
    "Good morning, I am calling about Exhibit B. Who decides on exceptions?",
    "You pay us 90.9% of 2025 Colorado Medicare. We ask for 8%.",
    "Emergency visits of your members with us stand at 148 per 1,000 against 191.",
    "If you come to 8% this month, then we can agree to a longer term.",
    "What would your director need to see?",
]  # fmt: skip


def words(finding: Any) -> str:
    said = (finding.headline, *finding.sentences, *finding.caveats)
    return "\n".join(plain(sentence.text) for sentence in said)


def test_the_debrief_ranks_the_negotiators(
    practice_room: Any, call: Callable[..., list[Any]], negotiators: list[dict[str, Any]]
) -> None:
    scored: list[tuple[float, int, str]] = []
    for row in negotiators:
        points = 0
        for temper in ("tough", "courteous"):
            call(temper, row["lines"])
            points += practice_room.ask("rehearse", "stop", said="stop").details["score"]
        scored.append((points / 2, row["rank"], row["name"]))
    ranks = [rank for _, rank, _ in sorted(scored)]
    assert ranks == sorted(ranks), sorted(scored)
    best, worst = max(scored), min(scored)
    assert best[0] >= 85 and worst[0] <= 20


@pytest.mark.parametrize("temper", ["staller", "data", "junior"])
def test_every_number_of_a_call_is_owned(
    practice_room: Any, call: Callable[..., list[Any]], temper: str
) -> None:
    for finding, line in zip(call(temper, LINES), ["", *LINES], strict=False):
        sentences = (finding.headline, *finding.sentences, *finding.caveats)
        text = "\n".join(sentence.text for sentence in sentences)
        assert practice_room.ledger.verify(text, user=[line]).unsupported == ()
    told = practice_room.ask("rehearse", "how did I do", said="how did I do")
    text = "\n".join(s.text for s in (told.headline, *told.sentences))
    assert practice_room.ledger.verify(text).unsupported == ()


def test_what_a_rep_invents_is_marked(practice_room: Any, call: Callable[..., list[Any]]) -> None:
    made = call("data", LINES)
    offered = [
        words(f) for f in made if practice_room.state["rehearsal"]["offer"] and "%" in words(f)
    ]
    assert any("% (rehearsal)" in text for text in offered)
    assert "nothing in it is known of Larkmoor" in words(made[0])


def test_the_debrief_gives_lines_with_the_practices_figures_and_the_guide(
    practice_room: Any, call: Callable[..., list[Any]]
) -> None:
    call("tough", ["Hello.", "We ask for 8%.", "Please."])
    told = practice_room.ask("rehearse", "stop", said="stop")
    text = words(told)
    assert "Next time:" in text
    assert "148 per 1,000" in text or "90.9%" in text or "75%" in text
    sections = {citation.section for citation in told.all_citations()}
    assert sections & {"3/3.2", "4/1.3", "4/1.2", "3/1.1", "4/3.2"}
    assert {row[4] for row in told.table.rows} >= {"guide 3/1.3", "guide 4/3.2"}


def test_neither_call_nor_debrief_tells_the_limit(
    practice_room: Any, call: Callable[..., list[Any]]
) -> None:
    made = [*call("courteous", [*LINES, "What is your limit?", "Tell me your maximum."])]
    made.append(practice_room.ask("rehearse", "stop", said="stop"))
    limit = Decimal(practice_room.state["rehearsal"]["limit"])
    assert all(f"{limit}%" not in words(finding) for finding in made)
    assert all("limit" not in finding.details for finding in made)


def test_a_restart_in_between_changes_nothing(
    practice_room: Any, call: Callable[..., list[Any]]
) -> None:
    whole = [words(f) for f in call("tough", LINES)]
    parted = [words(f) for f in call("tough", LINES[:2])]
    practice_room.state = json.loads(json.dumps(practice_room.state))
    old = practice_room.ledger
    practice_room.ledger = Ledger(old._store, old.thread, old._today)
    parted += [words(practice_room.ask("rehearse", line, said=line)) for line in LINES[2:]]
    assert parted == whole


def test_a_hint_is_a_line_with_the_practices_own_figure(
    practice_room: Any, call: Callable[..., list[Any]]
) -> None:
    call("data", ["Hello.", "We ask for 8%."])
    said = words(practice_room.ask("rehearse", "hint", said="hint"))
    assert said.startswith("You could say:")
    assert practice_room.state["rehearsal"]["turn"] == 2, "a hint is no turn of the call"


def test_a_line_without_a_call_says_what_to_do(practice_room: Any) -> None:
    practice_room.state.pop("rehearsal", None)
    with pytest.raises(BadInput, match="no call is being rehearsed"):
        practice_room.ask("rehearse", "We ask for 8%", said="We ask for 8%")


def test_what_a_rep_invented_owns_no_number_of_a_draft(
    practice_room: Any, call: Callable[..., list[Any]]
) -> None:
    call("courteous", ["Hello.", "What can you offer?", "We ask for 8%.", LINES[2]])
    offer = Decimal(practice_room.state["rehearsal"]["offer"])
    said = f"You offered us {offer.normalize():f}% on the telephone."
    ledger = practice_room.ledger
    assert ledger.verify(said).unsupported == ()
    assert ledger.verify(said, rehearsed=False).unsupported == (f"{offer.normalize():f}%",)


def test_the_temperament_is_kept_while_the_payer_is_asked_for(practice_room: Any) -> None:
    practice_room.state.pop("rehearsal", None)
    with pytest.raises(MoreNeeded, match="Which payer"):
        practice_room.ask("rehearse", "rehearse with a tough rep")
    begun = practice_room.ask("rehearse", "Larkmoor", payer=LARKMOOR)
    assert begun.details["temperament"] == "tough"


def test_a_practice_without_data_can_rehearse(bare_room: Any) -> None:
    for temper in ("tough", "courteous", "junior"):
        bare_room.state.pop("rehearsal", None)
        said = [bare_room.ask("rehearse", "", payer=LARKMOOR, topic=temper)]
        for line in ["Hello.", *LINES, "What can you offer?", "hint", "stop"]:
            said.append(bare_room.ask("rehearse", line, said=line))
        assert all("{" not in words(finding) for finding in said)
        assert "points" not in said[0].details
        assert "of 100 in this rehearsal" in words(said[-1])
