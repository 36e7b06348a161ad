"""The behavioral-health plan: pay by payer, who sends care elsewhere, and what is asked back."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.evidence import Figure, Finding, plain
from knowledge.problems import BadInput, NotKnown
from tests.fixtures.hand_worked import CLAIMS, GRANITE, KESTREL, hand_worked
from tools.behavioral.staffing import staffing
from tools.plan_behavioral_health import plan_behavioral_health


def said(finding: Finding) -> str:
    return " ".join(plain(s.text) for s in (finding.headline, *finding.sentences))


def test_pay_is_the_contract_s_where_every_code_is_on_file(tmp_path: Path) -> None:
    # 0.10 x 150 + 0.20 x 70 + 0.50 x 100 + 0.20 x 140 = 15 + 14 + 50 + 28 = 107.00
    rates = {"90791": 150, "90832": 70, "90834": 100, "90837": 140}
    rows = [{"payer": GRANITE, "code": code, "rate": Decimal(rate)} for code, rate in rates.items()]
    practice = hand_worked(tmp_path, claim_lines=CLAIMS, fee_schedules=rows)
    finding = plan_behavioral_health(practice, topic="a therapist")
    assert finding.table is not None
    row = next(r for r in finding.table.rows if r[0] == "Granite Peak")
    assert isinstance(row[2], Figure) and row[2].number == Decimal("107.00")
    assert row[3] == "contract"


def test_a_payer_left_out_is_named_and_assumptions_are_listed(tmp_path: Path) -> None:
    practice = hand_worked(tmp_path)
    finding = plan_behavioral_health(practice, without=[GRANITE], cost_a_year=Decimal(90_000))
    assert GRANITE in finding.details["apart"]
    assert "Left out: Granite Peak" in said(finding)
    notes = " ".join(plain(c.text) for c in finding.caveats)
    assert "Space and support a month" in notes and "Personnel" not in notes


def test_a_line_of_business_or_a_short_name_is_left_out_too(tmp_path: Path) -> None:
    practice = hand_worked(tmp_path)
    finding = plan_behavioral_health(practice, without=["kestrel"])
    assert finding.details["apart"] == [KESTREL]
    with pytest.raises(NotKnown, match="no payer on file"):
        plan_behavioral_health(practice, without=["commercial"])


def test_the_option_is_told_by_its_words() -> None:
    names = [staffing(w).name for w in ("an LCSW", "a psychologist", "CoCM", "collaborative care")]
    assert names == ["therapist", "psychologist", "collaborative_care", "collaborative_care"]
    assert all(sum(staffing(w).mix.values()) == 1 for w in ("LCSW", "psychologist", "CoCM"))


def test_collaborative_care_has_no_sessions(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="sessions_a_week"):
        plan_behavioral_health(
            hand_worked(tmp_path), topic="collaborative care", sessions_a_week=Decimal(20)
        )
