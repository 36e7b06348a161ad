"""Talking points: four lines a point, proof by figures, replies that hold no unknown figure."""

import re
from decimal import Decimal
from typing import Any

LARKMOOR = "Larkmoor Health Plan"


def points(room: Any, **more: Any) -> list[str]:
    finding = room.ask("draft_talking_points", payer=LARKMOOR, **more)
    assert room.loose(finding) == ()
    said: str = room.words(finding)
    return said.split("### ")[1:]


def test_there_are_four_to_six_points_of_four_lines_each(room: Any) -> None:
    made = points(room, percent=Decimal(8))
    assert 4 <= len(made) <= 6
    for point in made:
        lines = [line for line in point.splitlines() if line.startswith("- ")]
        heads = [re.match(r"- \*\*(.+?):\*\* \S", line) for line in lines]
        assert [head[1] for head in heads if head] == [
            "Point", "Proof", "They may say", "We answer",
        ]  # fmt: skip


def test_each_line_can_be_taken_in_at_a_glance(room: Any) -> None:
    for point in points(room, percent=Decimal(8), length="long"):
        for line in point.splitlines():
            assert len(line.split()) <= 32, line


def test_an_answer_on_quality_speaks_of_the_measure_in_question(room: Any) -> None:
    made = points(room, percent=Decimal(8), length="long")
    on = [p for p in made if p.startswith("Quality") and "This one you can check" in p]
    assert on
    for point in on:
        measure = point.splitlines()[0].removeprefix("Quality: ")
        assert measure in point.partition("We answer:")[2]


def test_the_first_point_is_the_ask_and_the_last_the_close(room: Any) -> None:
    made = points(room, percent=Decimal(8))
    assert "8%" in made[0]
    assert "$930.00" in made[0]
    # 108% of 116.25 over 127.92 is 98.147...
    assert "98.1% of 2025 Colorado Medicare" in made[0]
    assert "December 9, 2026" in made[-1]


def test_the_standing_clause_is_cited(room: Any) -> None:
    standing = next(p for p in points(room, percent=Decimal(8)) if "Our standing" in p)
    assert "[larkmoor.txt 11.2]" in standing


def test_a_reply_without_its_figures_is_said_without_them(bare: Any) -> None:
    finding = bare.ask("draft_talking_points", payer=LARKMOOR, percent=Decimal(8))
    said = bare.words(finding)
    assert "{" not in said
    assert bare.loose(finding) == ()


def test_without_an_ask_the_request_is_to_reopen(room: Any) -> None:
    made = points(room)
    assert "reopen" in made[0] or "look at" in made[0]
    assert "$" not in made[0]


def test_no_objection_is_heard_twice(room: Any) -> None:
    heard = re.findall(r"They may say:\*\* (.+)", "\n".join(points(room, percent=Decimal(8))))
    assert len(set(heard)) == len(heard)


def test_a_topic_brings_its_evidence(room: Any) -> None:
    assert any("diabetes" in point for point in points(room, topic="diabetes"))


def test_shorter_points_are_fewer(room: Any) -> None:
    assert len(points(room, length="short")) < len(points(room, length="long"))
