"""The scorer of data questions can fail, and fails for the right reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from evals.data_questions import score
from evals.messy.clean import CleanPractice, Line, Patient, Payer, RosterRow
from evals.messy.measures import expected
from evals.messy.naming import mentions
from evals.messy.questions import Question
from evals.messy.truth import Expected, Truth

LODE = Payer("P1", "Lodestar Health Plan", "commercial", ("PPO",), ("Lodestar",))
COTTON = Payer("P2", "Cottonwood Mutual", "commercial", ("PPO",), ("Cottonwood",))
SELF = Payer("SELF", "Self-pay", "self_pay", ("",), ("Self Pay",))


def line(payer: Payer, claim: str, code: str, allowed: str, paid: str, **other: Any) -> Line:
    """An office line of March 2026, one unit, charged 300.00; the rest as given."""
    owed = Decimal(allowed) - Decimal(paid)
    plain = Line(
        claim=claim,
        number=1,
        patient=Patient(f"M{claim}", "A", "B", date(1970, 1, 1), payer, "PPO", None),
        payer=payer,
        product="PPO",
        order="P",
        served=date(2026, 3, 10),
        posted=date(2026, 3, 30),
        code=code,
        modifier="",
        units=1,
        place="11",
        billed=Decimal("300.00"),
        allowed=Decimal(allowed),
        paid=Decimal(paid),
        owed=owed,
        status="paid",
        reason="",
        npi="1992700019",
    )
    return replace(plain, **other)


SMALL = CleanPractice(
    name="Hand Worked Clinic",
    end=date(2026, 10, 31),
    payers={"P1": LODE, "P2": COTTON, "SELF": SELF},
    lines=[
        line(LODE, "1", "99213", "100.00", "80.00"),
        line(LODE, "2", "99214", "140.00", "0.00"),  # deductible: counts, nothing paid
        line(LODE, "3", "99214", "0.00", "0.00", status="denied", reason="CO-197"),
        line(LODE, "4", "99213", "90.00", "90.00", taken=True),
        line(LODE, "4", "99213", "-90.00", "-90.00", status="reversal", taken=True),
        line(LODE, "4", "99214", "130.00", "130.00"),
        line(LODE, "5", "99213", "60.00", "60.00", place="22"),  # facility: no office benchmark
        line(LODE, "6", "36415", "8.00", "8.00"),  # laboratory: no price
        line(COTTON, "7", "99213", "50.00", "40.00", served=date(2025, 10, 31)),  # too early
        line(COTTON, "8", "99213", "110.00", "60.00"),
        line(LODE, "8", "99213", "50.00", "50.00", order="S"),
        line(SELF, "9", "99213", "70.00", "0.00"),
    ],
    roster=[
        RosterRow("P1", "M1", date(2026, 3, 1), None, Decimal(1)),
        RosterRow("P1", "M1", date(2026, 3, 1), None, Decimal(1)),
        RosterRow("P1", "M77", date(2026, 3, 1), None, Decimal(1)),
        RosterRow("P1", "M78", date(2026, 3, 1), date(2026, 2, 1), Decimal(1)),
    ],
)

# Worked by hand from the lines above; the twelve months are November 2025 to October 2026.
# Percent of Medicare: (100 + 140 + 130) / (91.04 + 127.92 + 127.92) = 370 / 346.88.
HAND_WORKED = [
    pytest.param(("amount", "payments", "P1"), "328.00", id="payments-with-secondary-net"),
    pytest.param(("amount", "payments", "P2"), "60.00", id="payments-in-period"),
    pytest.param(("amount", "allowed", "P1"), "438.00", id="allowed-over-counting-lines"),
    pytest.param(("amount", "visits", "P1"), "5", id="visits"),
    pytest.param(("medicare_percent", "P1"), "106.665", id="percent-of-Medicare"),
    pytest.param(("rate", "P1", "99214"), "135.00", id="effective-rate"),
    pytest.param(("raise", "P1", 10), "43.80", id="worth-of-a-raise"),
    pytest.param(("member_months", "P1"), "2", id="member-months"),
    pytest.param(("unseen", "P1"), "1", id="attributed-not-seen"),
    pytest.param(("break_even", "P1"), "219.00", id="break-even"),
    pytest.param(("share", "payments", "P2"), "15.464", id="share"),
    pytest.param(("denied", "P1"), "1", id="denied-lines"),
    pytest.param(("shared", "412", "396", 9600, 50, "2"), "76800.00", id="shared-savings"),
    pytest.param(("shared", "400", "395", 6000, 50, "2"), "0.00", id="below-the-minimum-rate"),
    pytest.param(("share_without", "payments", "P1", "self_pay"), "84.536", id="share-without"),
    pytest.param(("amount_without", "visits", "self_pay"), "6", id="visits-without-self-pay"),
    pytest.param(("kind_amount", "allowed", "commercial"), "548.00", id="line-of-business"),
    pytest.param(("pmpm", "P1", "2026-Q1"), "219.00", id="allowed-pmpm-of-a-quarter"),
    pytest.param(("capitation", "P1", "250.00"), "62.00", id="capitation-against-today"),
    pytest.param(("unlisted", "P1"), "4", id="seen-not-attributed"),
]


@pytest.mark.parametrize(("measure", "value"), HAND_WORKED)
def test_truth_meets_the_figure_worked_by_hand(measure: tuple[Any, ...], value: str) -> None:
    [one] = expected(Truth(SMALL), *measure)
    assert isinstance(one.value, Decimal)
    assert abs(one.value - Decimal(value)) < Decimal("0.001")


def test_the_twelve_months_end_with_the_last_full_month() -> None:
    partial = replace(SMALL, end=date(2026, 10, 14))
    assert Truth(partial).days(None) == (date(2025, 10, 1), date(2026, 9, 30))
    assert Truth(SMALL).days(None) == (date(2025, 11, 1), date(2026, 10, 31))


def asked(*wanted: Expected) -> Question:
    """A question that wants what is given."""
    return Question("t", "small", "amount", "How much did Lodestar pay us?", wanted)


def answer(text: str, *figures: tuple[str, str]) -> dict[str, Any]:
    """An answer with its figures as (value, unit)."""
    return {
        "answer": text,
        "figures": [{"name": "", "value": v, "exact": v, "unit": u} for v, u in figures],
    }


PAID = Expected("payments", Decimal("328.00"), "USD", "Lodestar Health Plan")


def test_a_right_answer_passes_rounded_as_it_is_shown() -> None:
    said = answer("Lodestar paid you $328 in twelve months.", ("328.00", "USD"))
    assert score(asked(PAID), said, SMALL).value == 1


def test_a_deliberately_wrong_truth_fails() -> None:
    wrong = replace(PAID, value=Decimal("328.02"))
    said = answer("Lodestar paid you $328.00 in twelve months.", ("328.00", "USD"))
    result = score(asked(wrong), said, SMALL)
    assert result.value == 0
    assert "not among the figures" in result.why


WRONG = [
    pytest.param("Lodestar paid you $328.", [], "not among the figures", id="no-figure"),
    pytest.param("Lodestar paid you well.", [("328.00", "USD")], "not in the answer", id="unsaid"),
    pytest.param(
        "Cottonwood paid you $328.\nLodestar paid less.",
        [("328.00", "USD")],
        "not said of Lodestar",
        id="said-of-another-payer",
    ),
    pytest.param("Lodestar: 328.", [("328.00", "percent")], "not among", id="another-unit"),
    pytest.param("Lodestar paid $329.", [("328.00", "USD")], "not in the answer", id="misrounded"),
]


@pytest.mark.parametrize(("text", "figures", "why"), WRONG)
def test_a_wrong_answer_fails_with_its_reason(
    text: str, figures: list[tuple[str, str]], why: str
) -> None:
    result = score(asked(PAID), answer(text, *figures), SMALL)
    assert result.value == 0
    assert why in result.why


def test_the_payer_asked_for_must_be_the_first_named() -> None:
    first = asked(Expected("payer with the most", "Lodestar Health Plan", "name"))
    assert score(first, answer("Lodestar leads, then Cottonwood."), SMALL).value == 1
    assert score(first, answer("Cottonwood leads, then Lodestar."), SMALL).value == 0


def test_a_ranking_must_stand_in_its_order() -> None:
    names = "Lodestar Health Plan|Cottonwood Mutual"
    wanted = asked(Expected("order of payers", names, "order"))
    assert score(wanted, answer("Of all: Lodestar leads.\nLodestar\nCottonwood"), SMALL).value == 1
    assert score(wanted, answer("Cottonwood leads, then Lodestar."), SMALL).value == 0


NOT_TOLD = [
    pytest.param("No claims of 2022 are on file.\n\nThey begin in 2025.", 1, id="said"),
    pytest.param("Lodestar paid $328, which is not all.", 0, id="another-amount-given"),
    pytest.param("Lodestar Health Plan in 2025.", 0, id="not-said"),
]


@pytest.mark.parametrize(("text", "value"), NOT_TOLD)
def test_what_no_file_tells_must_be_said_first(text: str, value: int) -> None:
    assert score(asked(Expected("2022", "2022", "unknown")), answer(text), SMALL).value == value


def test_names_that_begin_alike_are_told_apart() -> None:
    names = ["Cinder Cone Health", "Cinder Cone Senior Advantage", "Medicare"]
    text = "Cinder Cone pays 99% of Medicare, Cinder Cone Senior 101%; Medicare has 11%."
    assert [name for _, name in mentions(text, names)] == [
        "Cinder Cone Health",
        "Cinder Cone Senior Advantage",
        "Medicare",
    ]
