"""Published rates as payers and hospitals write them: JSON, flat CSV, the hospital template."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from knowledge.problems import BadInput
from tests.fixtures.intake import fresh_practice, one
from tests.fixtures.market_files import payer_json, rates_csv
from tools.importers.market_json import rate_sheets
from tools.practice import Practice


def entries(practice: Practice, *columns: str) -> list[tuple[Any, ...]]:
    """The chosen columns of the market's rates, in the order of the file."""
    frame = practice.tables.frame(practice.tables.table("market_rates").order_by("source_row"))
    return [tuple(row) for row in frame[list(columns)].itertuples(index=False)]


def test_a_payer_s_json_gives_a_row_for_each_rate_and_provider_group(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    answer = one(practice, payer_json(tmp_path / "rates.json"))
    assert (answer["kind"], answer["status"], answer["payer"]) == (
        "market_rates", "imported", "Granite Peak Health Plan",
    )  # fmt: skip
    # 99213: two groups by reference at 101.50, one named in place at 88; 99214: a percentage;
    # the third price is zero and is refused with its row.
    columns = ("code", "rate", "negotiated_type", "tin", "npi", "place_of_service")
    assert entries(practice, *columns) == [
        ("99213", Decimal("101.5000"), "negotiated", "841111111", "1111111112 1111111113", "11 22"),
        ("99213", Decimal("101.5000"), "negotiated", "842222222", "1222222225", "11 22"),
        ("99213", Decimal("88.0000"), "fee schedule", "843333333", "1333333338", ""),
        ("99214", Decimal("64.0000"), "percentage", "843333333", "1333333338", "11"),
    ]  # fmt: skip
    assert [(each["row"], each["reason"]) for each in answer["rejected"]] == [
        (6, "a rate is zero or below")
    ]
    assert entries(practice, "expires_on", "updated_on", "billing_class", "arrangement")[0] == (
        None, date(2026, 10, 1), "professional", "ffs",
    )  # fmt: skip


def test_a_flat_csv_is_no_fee_schedule_of_ours(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    answer = one(practice, rates_csv(tmp_path / "cut.csv", [
        ("99213", "negotiated", "101.50", "professional", "11", "", "84-1111111", "2027-06-30"),
        ("99213", "surprising", "90.00", "professional", "11", "", "84-1111112", ""),
        ("9921", "negotiated", "90.00", "professional", "11", "", "84-1111113", ""),
        ("99213", "negotiated", "77.00", "professional", "11", "25", "123-45-6789", ""),
        ("470", "negotiated", "9000", "institutional", "", "", "84-1111114", "", "MS-DRG"),
    ]))  # fmt: skip
    assert (answer["kind"], answer["rows"]) == ("market_rates", 3)
    assert not practice.tables.has("fee_schedules")
    # a tax id written as a person's number is not kept
    assert entries(practice, "code", "rate", "modifiers", "tin", "expires_on") == [
        ("99213", Decimal("101.5000"), "", "841111111", date(2027, 6, 30)),
        ("99213", Decimal("77.0000"), "25", None, None),
        ("470", Decimal("9000.0000"), "", "841111114", None),
    ]
    assert [each["row"] for each in answer["rejected"]] == [3, 4]
    assert "not one that is known" in answer["rejected"][0]["reason"]


def test_a_hospital_s_template_gives_what_payers_pay_the_hospital(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = tmp_path / "hospital.csv"
    file.write_text(
        "hospital_name,last_updated_on,version\nMarmot General,2026-07-01,2.0.0\n"
        "description,code|1,code|1|type,modifiers,setting,payer_name,plan_name,"
        "standard_charge|gross,standard_charge|negotiated_dollar,"
        "standard_charge|negotiated_percentage,standard_charge|methodology\n"
        "Visit,99213,CPT,,outpatient,Granite Peak Health Plan,PPO,300.00,180.00,,fee schedule\n"
        "Visit,99213,CPT,,outpatient,Tarn Lake Insurance,PPO,300.00,,55,"
        "percent of total billed charges\n"
        "Visit,99213,CPT,,outpatient,,,300.00,,,\n",
        encoding="utf-8",
    )
    answer = one(practice, file)
    assert (answer["kind"], answer["rows"]) == ("market_rates", 2)
    assert entries(practice, "payer", "rate", "negotiated_type", "billing_class") == [
        ("Granite Peak Health Plan", Decimal("180.0000"), "fee schedule", "institutional"),
        ("Tarn Lake Insurance", Decimal("55.0000"), "percentage", "institutional"),
    ]
    assert [each["reason"] for each in answer["rejected"]] == ["no negotiated rate in this row"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param('{"in_network": [{"billing_code": "99213"', "damaged or cut", id="cut short"),
        pytest.param('{"in_network": []}', "holds no negotiated rates", id="empty"),
        pytest.param('{"claims": [{"id": "1"}]}', "JSON, not a table", id="something else"),
    ],
)
def test_json_that_cannot_be_used_is_refused_in_a_sentence(
    tmp_path: Path, text: str, words: str
) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = tmp_path / "rates.json"
    file.write_text(text, encoding="utf-8")
    answer = one(practice, file)
    assert answer["status"] == "refused"
    assert words in answer["problem"]


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    practice = fresh_practice(tmp_path / "practice")
    file = payer_json(tmp_path / "rates.json")
    one(practice, file)
    assert one(practice, file)["status"] == "unchanged"
    assert len(entries(practice, "code")) == 4


_PRICES = [{"negotiated_type": "negotiated", "negotiated_rate": 88}] * 20
HOSTILE_JSON = {
    # 20 prices x 400 references x 400 groups are 3.2 million rates in 20 KB of JSON.
    "multiplied": (
        {
            "provider_references": [{"provider_group_id": 1, "provider_groups": [{}] * 400}],
            "in_network": [{"billing_code": "99213", "negotiated_rates": [
                {"provider_references": [1] * 400, "negotiated_prices": _PRICES}]}],
        },
        "more than 1,000,000 rates",
    ),
    "a field a record": (
        [{"negotiated_rate": 1, f"field {n}": 1} for n in range(1_100)],
        "more than 1,000 fields",
    ),
    "a true for a list": (
        {"in_network": [{"billing_code": "99213", "negotiated_rates": [
            {"provider_references": True, "negotiated_prices": []}]}]},
        "no negotiated rates",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE_JSON)
def test_a_small_json_that_asks_for_too_much_is_refused_in_a_sentence(
    tmp_path: Path, kind: str
) -> None:
    held, words = HOSTILE_JSON[kind]
    path = tmp_path / "rates.json"
    path.write_text(json.dumps(held), encoding="utf-8")
    with pytest.raises(BadInput, match=words):
        rate_sheets(path, path.name)


def test_a_json_value_nested_without_end_is_refused_as_damaged(tmp_path: Path) -> None:
    path = tmp_path / "rates.json"
    path.write_text('[{"negotiated_rate": ' + "[" * 900 + "1" + "]" * 900 + "}]", encoding="utf-8")
    with pytest.raises(BadInput, match="damaged or cut short"):
        rate_sheets(path, path.name)
