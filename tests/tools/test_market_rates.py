"""Published rates beside ours, each percentile worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.evidence import Figure, Finding, plain
from knowledge.guide_entries import stored_text
from knowledge.problems import MoreNeeded, NotKnown
from tests.fixtures.hand_worked import CLAIMS, GRANITE, KESTREL, practice_with
from tools.market.percentiles import percentile
from tools.market_rates import market_rates
from tools.practice import Practice

GROUPS = ("80", "90", "100", "110", "120")  # 99213 of five groups


def rate(code: str, amount: str, tin: str, **more: Any) -> dict[str, Any]:
    return {
        "payer": GRANITE, "code": code, "code_type": "CPT", "modifiers": "",
        "place_of_service": "11", "billing_class": "professional", "arrangement": "ffs",
        "negotiated_type": "negotiated", "rate": Decimal(amount), "tin": tin,
        "updated_on": date(2026, 10, 1), **more,
    }  # fmt: skip


FIVE = [rate("99213", amount, f"84000000{n}") for n, amount in enumerate(GROUPS)]
ODD = [  # one for each reason to leave a rate out
    rate("99213", "300", "840000010", billing_class="institutional"),
    rate("99213", "60", "840000011", negotiated_type="percentage"),
    rate("99213", "95", "840000012", negotiated_type="derived"),
    rate("99213", "95", "840000013", modifiers="25"),
    rate("99213", "70", "840000014", place_of_service="22"),
    rate("99213", "95", "840000015", expires_on=date(2026, 11, 22)),
    rate("99213", "95", "840000016", arrangement="capitation"),
    rate("99213", "95", "840000017", specialty="Physical Therapist"),
    rate("99213", "1", "840000018"),
    rate("99213", "95", "840000019", npi="1999999994"),
    rate("99213", "95", None),  # type: ignore[arg-type]
    rate("99213", "60", "840000000", updated_on=date(2026, 7, 1)),
]
OWN = [{**line, "rendering_npi": "1999999994"} for line in CLAIMS]


def practice_of(
    folder: Path, rates: Sequence[dict[str, Any]], claims: Sequence[Any] = OWN
) -> Practice:
    return practice_with(folder, claim_lines=claims, market_rates=rates)


def figure(finding: Finding, words: str) -> Figure:
    return next(each for each in finding.all_figures() if words in each.name)


def test_percentiles_stand_beside_ours_and_medicare(tmp_path: Path) -> None:
    # Five groups: 80, 90, 100, 110, 120. Place of the 10th: 4 x 0.1 = 0.4 -> 80 + 0.4 x 10 = 84;
    # 25th: place 1 -> 90; median 100; 75th 110; 90th: 3.6 -> 110 + 6 = 116. Ours is 935 / 11 =
    # 85.00: one of five groups (80) lies below, 20%. Worth: (100 - 85) x 11 units = 165.
    finding = market_rates(practice_of(tmp_path, FIVE))
    marks = [figure(finding, words).number for words in
             ("10th", "25th", "99213: median", "75th", "90th")]  # fmt: skip
    assert marks == [Decimal(n) for n in ("84", "90", "100", "110", "116")]
    assert figure(finding, "allowed to us").number == Decimal(85)
    assert figure(finding, "paid less than we").number == 20
    assert figure(finding, "Medicare price").number == Decimal("91.04")
    assert figure(finding, "worth of the published median").number == 165
    assert plain(finding.headline.text) == (
        "99213 pays you $85.00, below the median of $100.00 among 5 groups in Granite Peak's"
        " published rates."
    )


def test_what_is_not_like_for_like_is_left_out_and_counted(tmp_path: Path) -> None:
    finding = market_rates(practice_of(tmp_path, [*FIVE, *ODD]))
    assert figure(finding, "99213: median").number == 100
    assert figure(finding, "groups with").number == 5
    said = " ".join(plain(each.text) for each in finding.caveats)
    for words in (
        "1 billed as institutional", "1 as a percentage", "1 derived by the payer",
        "1 with a modifier", "1 from an older file",
        "1 for other places than the office", "1 expired", "1 in bundles or capitation",
        "1 of other specialties", "1 far from any price", "1 of your own", "1 of no named group",
    ):  # fmt: skip
        assert words in said, words


def test_a_tax_id_counts_once_by_the_median_of_its_rates(tmp_path: Path) -> None:
    # The first group also has 84 and 1,000.40 in other plans: median of 80, 84, 1,000.40 is 84,
    # so the lowest group is 84 and the 10th percentile 84 + 0.4 x 6 = 86.40.
    more = [rate("99213", "84", "840000000", product="HMO"),
            rate("99213", "900.40", "840000000", product="PPO")]  # fmt: skip
    finding = market_rates(practice_of(tmp_path, [*FIVE, *more]))
    assert figure(finding, "groups with").number == 5
    assert figure(finding, "10th").number == Decimal("86.40")


def test_fewer_than_five_groups_tell_no_rate_of_anyone(tmp_path: Path) -> None:
    finding = market_rates(practice_of(tmp_path, FIVE[:4]))
    assert "too few groups to compare: 4 on 99213" in plain(finding.headline.text)
    shown = {each.number for each in finding.all_figures() if each.unit == "USD"}
    assert not shown & {Decimal(n) for n in GROUPS}
    assert finding.chart is None


def test_no_group_and_no_number_of_one_is_shown(tmp_path: Path) -> None:
    rows = [{**each, "npi": f"188888888{n}"} for n, each in enumerate(FIVE)]
    said = str(market_rates(practice_of(tmp_path, rows)).as_data())
    assert not [each for each in rows if each["tin"] in said or each["npi"] in said]


def test_whose_rates_is_asked_and_what_is_missing_is_said(tmp_path: Path) -> None:
    two = [*FIVE, *({**each, "payer": KESTREL} for each in FIVE)]
    with pytest.raises(MoreNeeded) as asked:
        market_rates(practice_of(tmp_path / "two", two))
    assert asked.value.choices == (GRANITE, KESTREL)
    with pytest.raises(NotKnown, match="No published rates of Kestrel"):
        market_rates(practice_of(tmp_path / "one", FIVE), payer=KESTREL)
    with pytest.raises(NotKnown, match="can stand beside yours"):
        market_rates(practice_of(tmp_path / "none", ODD))


def test_without_a_file_only_what_may_be_quoted_of_the_market_is_told(tmp_path: Path) -> None:
    practice = practice_with(tmp_path, claim_lines=CLAIMS)
    finding = market_rates(practice, codes=["99214"])
    assert "No published rates are on file" in plain(finding.headline.text)
    for passage in finding.passages:
        cited = passage.citation
        assert stored_text(cited.source)[cited.start : cited.end] == cited.quote
    assert "122% of Medicare in 2017" in finding.passages[0].text


@given(st.lists(st.decimals(1, 999, places=2), min_size=1, max_size=30), st.integers(0, 100))
def test_a_percentile_lies_within_and_grows_with_its_mark(
    amounts: list[Decimal], mark: int
) -> None:
    assert min(amounts) <= percentile(amounts, mark) <= max(amounts)
    assert percentile(amounts, mark) <= percentile(amounts, min(100, mark + 10))
