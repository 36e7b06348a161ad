"""Underpayments on small practices worked by hand; every amount is worked out beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.evidence import Figure, Finding, plain
from knowledge.problems import BadInput, NotKnown
from tests.fixtures.hand_worked import GRANITE, KESTREL, Row, line, practice_with
from tools.find_underpayments import find_underpayments

MAY = date(2026, 5, 4)


def rate(payer: str, code: str, amount: str | None = None, **more: Any) -> Row:
    return {"payer": payer, "code": code, "rate": amount and Decimal(amount), **more}


def figure(finding: Finding, key: str) -> Figure:
    return next(each for each in finding.all_figures() if each.id == finding.details[key])


def told(finding: Finding) -> str:
    parts = (*finding.sentences, *finding.caveats)
    return " ".join(plain(each.text) for each in (finding.headline, *parts))


def found(folder: Path, claims: list[Row], rates: list[Row], **asked: Any) -> Finding:
    practice = practice_with(folder, claim_lines=claims, fee_schedules=rates)
    return find_underpayments(practice, **asked)


def test_lines_below_the_rate_add_up_to_what_is_owed(tmp_path: Path) -> None:
    # 100.00 a unit: 92.50 is 7.50 short; two units for 190.00 are 10.00 short; 17.50 in all
    finding = found(
        tmp_path,
        [
            line(GRANITE, "a", MAY, "99213", 1, "92.50", "92.50"),
            line(GRANITE, "b", MAY, "99213", 2, "190", "190"),
            line(GRANITE, "c", MAY, "99213", 1, "100", "60", "40"),
        ],
        [rate(GRANITE, "99213", "100")],
    )
    assert figure(finding, "shortfall").number == Decimal("17.50")
    assert figure(finding, "lines").number == 2
    assert figure(finding, "compared").number == 3
    assert plain(finding.headline.text) == (
        "Granite Peak paid 2 lines below its contract: $17.50 short in all, May 4, 2026."
    )


def test_it_is_the_allowed_amount_that_counts_and_not_what_was_paid(tmp_path: Path) -> None:
    claims = [line(GRANITE, "a", MAY, "99213", 1, "100", "0", "100")]
    finding = found(tmp_path, claims, [rate(GRANITE, "99213", "100")])
    assert figure(finding, "lines").number == 0
    assert "No underpayment found: 1 line of Granite Peak compared" in told(finding)


def test_a_cent_is_an_underpayment_and_a_tolerance_lets_it_pass(tmp_path: Path) -> None:
    claims = [line(GRANITE, "a", MAY, "99213", 1, "99.99", "99.99")]
    rates = [rate(GRANITE, "99213", "100")]
    practice = practice_with(tmp_path, claim_lines=claims, fee_schedules=rates)
    assert figure(find_underpayments(practice), "shortfall").number == Decimal("0.01")
    lenient = find_underpayments(practice, tolerance=Decimal(1))
    assert figure(lenient, "lines").number == 0
    with pytest.raises(BadInput, match="less than a cent"):
        find_underpayments(practice, tolerance=Decimal(0))


def test_the_rate_in_force_on_the_day_decides_and_an_older_one_is_named(tmp_path: Path) -> None:
    year = {"effective_from": date(2025, 1, 1), "effective_to": date(2025, 12, 31)}
    rates = [
        rate(GRANITE, "99213", "90", **year),
        rate(GRANITE, "99213", "100", effective_from=date(2026, 1, 1)),
    ]
    claims = [
        line(GRANITE, "a", date(2025, 12, 31), "99213", 1, "90", "90"),
        line(GRANITE, "b", date(2026, 1, 1), "99213", 1, "90", "90"),
    ]
    finding = found(tmp_path, claims, rates)
    assert figure(finding, "shortfall").number == Decimal("10.00")
    assert "older schedule: paid at the rate of December 2025" in _causes(finding)


def _causes(finding: Finding) -> list[str]:
    assert finding.table is not None
    return [str(row[-3]) for row in finding.table.rows]


@pytest.mark.parametrize(
    ("allowed", "units", "cause"),
    [
        ("80", 1, "another product: paid at the HMO rate"),
        ("70", 1, "facility price: paid at the facility rate"),
        ("100", 2, "fewer units paid than billed"),
        ("0", 1, "nothing was allowed"),
        ("97.13", 1, "no pattern in the amounts"),
    ],
)
def test_the_amount_tells_the_likely_slip(
    tmp_path: Path, allowed: str, units: int, cause: str
) -> None:
    rates = [
        rate(GRANITE, "20610", "100", product="PPO", setting="office"),
        rate(GRANITE, "20610", "70", product="PPO", setting="facility"),
        rate(GRANITE, "20610", "80", product="HMO"),
    ]
    claims = [line(GRANITE, "a", MAY, "20610", units, allowed, allowed, product="PPO")]
    assert _causes(found(tmp_path, claims, rates)) == [cause]


def test_a_visit_paid_as_a_lower_one_is_called_down_coded(tmp_path: Path) -> None:
    rates = [rate(GRANITE, "99213", "85"), rate(GRANITE, "99214", "121")]
    claims = [line(GRANITE, "a", MAY, "99214", 1, "85", "85")]
    assert _causes(found(tmp_path, claims, rates)) == ["down-coded: paid at the rate of 99213"]


def test_two_percent_off_again_and_again_is_called_sequestration(tmp_path: Path) -> None:
    # 98% of 100.00 and of 50.00
    rates = [rate(GRANITE, "99213", "100"), rate(GRANITE, "99406", "50")]
    claims = [
        line(GRANITE, "a", MAY, "99213", 1, "98", "98"),
        line(GRANITE, "b", MAY, "99213", 2, "196", "196"),
        line(GRANITE, "c", MAY, "99406", 1, "49", "49"),
    ]
    assert set(_causes(found(tmp_path, claims, rates))) == {
        "2% taken off, as Medicare's sequestration does"
    }


@pytest.mark.parametrize(
    "more",
    [
        {"modifiers": "51"},
        {"modifiers": "80"},
        {"modifiers": "50"},
        {"modifiers": "52"},
        {"reason_codes": "CO-45 CO-59"},
    ],
)
def test_a_reduction_with_a_stated_reason_is_shown_apart(
    tmp_path: Path, more: dict[str, str]
) -> None:
    claims = [line(GRANITE, "a", MAY, "20610", 1, "50", "50", **more)]
    finding = found(tmp_path, claims, [rate(GRANITE, "20610", "100")])
    assert figure(finding, "shortfall").number == 0
    assert figure(finding, "explained").number == Decimal("50.00")
    assert "Not counted, because a reason is stated: $50.00 on 1 line" in told(finding)


def test_modifiers_25_59_and_95_change_no_rate(tmp_path: Path) -> None:
    claims = [
        line(GRANITE, n, MAY, "99213", 1, "90", "90", modifiers=n) for n in ("25", "59", "95")
    ]
    finding = found(tmp_path, claims, [rate(GRANITE, "99213", "100")])
    assert figure(finding, "shortfall").number == Decimal("30.00")


def test_a_charge_below_the_rate_is_explained_where_the_contract_pays_the_lesser(
    tmp_path: Path,
) -> None:
    low = line(GRANITE, "a", MAY, "99213", 1, "70", "70", billed=Decimal(70))
    rates = [rate(GRANITE, "99213", "100", lesser_of_charges=True)]
    explained = found(tmp_path / "a", [low], rates)
    assert figure(explained, "explained").number == Decimal("30.00")
    silent = found(tmp_path / "b", [low], [rate(GRANITE, "99213", "100")])
    assert _causes(silent) == ["paid at your charge, which is below the rate"]


def test_overpayments_stand_apart_and_do_not_lessen_the_shortfall(tmp_path: Path) -> None:
    claims = [
        line(GRANITE, "a", MAY, "99213", 1, "90", "90"),
        line(GRANITE, "b", MAY, "99213", 1, "125", "125"),
    ]
    finding = found(tmp_path, claims, [rate(GRANITE, "99213", "100")])
    assert figure(finding, "shortfall").number == Decimal("10.00")
    assert figure(finding, "overpaid").number == Decimal("25.00")
    assert "Paid above the rate, and not set against it: $25.00 on 1 line." in told(finding)


def test_secondary_denied_and_reversed_lines_are_counted_and_left_out(tmp_path: Path) -> None:
    claims = [
        line(GRANITE, "a", MAY, "99213", 1, "90", "90"),
        line(GRANITE, "b", MAY, "99213", 1, "10", "10", payer_order="secondary"),
        line(GRANITE, "c", MAY, "99213", 1, "0", "0", status="denied"),
        line(GRANITE, "d", MAY, "99213", 1, "50", "50"),
        line(GRANITE, "d", MAY, "99213", -1, "-50", "-50", status="reversal"),
    ]
    finding = found(tmp_path, claims, [rate(GRANITE, "99213", "100")])
    assert figure(finding, "shortfall").number == Decimal("10.00")
    assert "taken back 2" in told(finding)
    assert "denied 1" in told(finding) and "secondary payer 1" in told(finding)


def test_a_percent_of_charges_is_taken_of_each_lines_charge(tmp_path: Path) -> None:
    # 60% of 200.00 is 120.00, of 80.00 is 48.00
    claims = [
        line(GRANITE, "a", MAY, "99199", 1, "110", "110"),
        line(GRANITE, "b", MAY, "99199", 1, "48", "48", billed=Decimal(80)),
    ]
    finding = found(tmp_path, claims, [rate(GRANITE, "*", percent_of_charges=Decimal(60))])
    assert figure(finding, "shortfall").number == Decimal("10.00")


def test_what_has_no_rate_is_named_with_its_dollars(tmp_path: Path) -> None:
    claims = [
        line(GRANITE, "a", MAY, "99213", 1, "100", "100"),
        line(GRANITE, "b", MAY, "83036", 1, "12.50", "12.50"),
        line(GRANITE, "c", MAY, "17110", 1, "77", "77"),
    ]
    rates = [
        rate(GRANITE, "99213", "100"),
        rate(GRANITE, "lab", cannot_price="60% of the laboratory schedule"),
    ]
    said = told(found(tmp_path, claims, rates))
    assert "Not compared: $77.00 on 1 line (17110); no rate for them was on file" in said
    assert "Not compared: $12.50 on 1 line (83036); they are priced by a table that is not" in said


def test_a_component_is_never_held_against_the_rate_of_the_whole(tmp_path: Path) -> None:
    claims = [
        line(GRANITE, "a", MAY, "93000", 1, "100", "100"),
        line(GRANITE, "b", MAY, "93000", 1, "20", "20", modifiers="26"),
    ]
    finding = found(tmp_path, claims, [rate(GRANITE, "93000", "100")])
    assert figure(finding, "lines").number == 0
    assert "the schedule has no rate for the part that the modifier names" in told(finding)


def test_a_line_without_a_product_is_held_against_the_lowest_rate(tmp_path: Path) -> None:
    # below 80.00 it is short whatever the product: 5.00
    rates = [
        rate(GRANITE, "99213", "80", product="HMO"),
        rate(GRANITE, "99213", "100", product="PPO"),
    ]
    claims = [line(GRANITE, "a", MAY, "99213", 1, "75", "75")]
    finding = found(tmp_path, claims, rates)
    assert figure(finding, "shortfall").number == Decimal("5.00")
    assert "1 line names no product" in told(finding)


def test_several_payers_are_ranked_by_what_they_owe(tmp_path: Path) -> None:
    claims = [
        line(GRANITE, "a", MAY, "99213", 1, "99", "99"),
        line(KESTREL, "b", MAY, "99214", 1, "100", "100"),
    ]
    rates = [rate(GRANITE, "99213", "100"), rate(KESTREL, "99214", "130")]
    finding = found(tmp_path, claims, rates)
    assert "Kestrel owes the most, $30.00" in plain(finding.headline.text)
    only = found(tmp_path / "one", claims, rates, payers=[GRANITE])
    assert figure(only, "shortfall").number == Decimal("1.00")
    narrowed = found(tmp_path / "two", claims, rates, codes=["99214"])
    assert figure(narrowed, "shortfall").number == Decimal("30.00")


def test_the_list_for_the_letter_names_each_line(tmp_path: Path) -> None:
    claims = [
        line(GRANITE, "A-17", MAY, "99213", 2, "190", "190", modifiers="25"),
        line(GRANITE, "A-18", MAY, "20610", 1, "40", "40", modifiers="51"),
    ]
    rates = [rate(GRANITE, "99213", "100"), rate(GRANITE, "20610", "80")]
    finding = found(tmp_path, claims, rates)
    (only,) = finding.details["line_list"]
    wanted = {"claim": "A-17", "date": "2026-05-04", "code": "99213", "units": "2",
              "allowed": "190.00", "contract": "200.00", "shortfall": "10.00"}  # fmt: skip
    assert wanted.items() <= only.items()
    assert "A-17" not in told(finding) + str(finding.table)


def test_without_any_rate_the_answer_says_what_to_add(tmp_path: Path) -> None:
    claims = [line(GRANITE, "a", MAY, "99213", 1, "100", "100")]
    practice = practice_with(tmp_path, claim_lines=claims)
    with pytest.raises(NotKnown, match="no contract rates of any payer are on file"):
        find_underpayments(practice)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 20_000), st.integers(1, 5)), min_size=1, max_size=12))
def test_owed_less_overpaid_is_contract_less_allowed(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[int, int]]
) -> None:
    # whatever was allowed: shortfall - overpaid = rate x units - allowed, to the cent
    claims = [
        line(GRANITE, f"c{n}", MAY, "99213", units, f"{cents / 100:.2f}", "0",
             billed=Decimal(900))
        for n, (cents, units) in enumerate(lines)
    ]  # fmt: skip
    finding = found(tmp_path_factory.mktemp("p"), claims, [rate(GRANITE, "99213", "100.37")])
    owed, over = (figure(finding, key).number for key in ("shortfall", "overpaid"))
    contract = sum(Decimal("100.37") * units for _, units in lines)
    assert owed - over == contract - sum(Decimal(cents) / 100 for cents, _ in lines)


def test_too_many_kinds_of_lines_are_compared_in_the_engine_with_the_same_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = [
        line(GRANITE, "a", MAY, "99213", 1, "92.50", "92.50"),
        line(GRANITE, "b", MAY, "99213", 2, "190", "190", reason_codes="CO-45"),
        line(GRANITE, "c", MAY, "20610", 1, "40", "40", reason_codes="CO-45 CO-59"),
        line(GRANITE, "d", MAY, "20610", 1, "95", "95"),
        line(GRANITE, "e", MAY, "99199", 1, "100", "100"),
        line(GRANITE, "f", MAY, "99214", 1, "70", "70", billed=Decimal(70)),
    ]
    rates = [
        rate(GRANITE, "99213", "100"),
        rate(GRANITE, "20610", "80"),
        rate(GRANITE, "99214", "130"),
        rate(GRANITE, "*", percent_of_charges=Decimal(60)),
    ]
    practice = practice_with(tmp_path, claim_lines=claims, fee_schedules=rates)
    few = find_underpayments(practice)
    monkeypatch.setattr("tools.find_underpayments.MOST_ALIKE", 2)
    many = find_underpayments(practice)
    # 7.50 + 10.00 + 20.00 (60% of 200 is 120) + 60.00 at the charge; 40.00 apart; 15.00 above
    assert figure(few, "shortfall").number == Decimal("97.50")
    assert [figure(many, key).number for key in ("shortfall", "overpaid", "explained")] == [
        Decimal("97.50"), Decimal("15.00"), Decimal("40.00")]  # fmt: skip
    assert few.as_data()["table"] == many.as_data()["table"]
    assert few.details["line_list"] == many.details["line_list"]
