"""Spellings of one file settle on the fullest, whatever their order; likeness only proposes."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

from knowledge.payer_names import PayerBook
from knowledge.workspace import open_workspace
from tools.importers.document_kind import document_kind, ownership
from tools.importers.payer_column import mentioned, settle


def test_the_fullest_spelling_names_the_cluster_in_any_order() -> None:
    spelled = ["GRANITE PEAK HLTH PLAN", "Granite Peak Health Plan PPO", "Granite Peak"]
    for order in permutations(spelled):
        done = settle(dict.fromkeys(order, 5), PayerBook())
        assert {each.name for each in done.names.values()} == {"Granite Peak Health Plan"}
        assert done.names["Granite Peak Health Plan PPO"].product == "PPO"
        assert done.unsure == {}


def test_what_is_only_alike_stays_open_and_is_proposed() -> None:
    done = settle({"Granite Peak Health Plan": 9, "Granite Park Health Plan": 1}, PayerBook())
    assert done.names["Granite Peak Health Plan"].name == "Granite Peak Health Plan"
    assert done.names["Granite Park Health Plan"].name is None
    assert done.unsure == {"Granite Park Health Plan": ("Granite Peak Health Plan",)}


def test_a_fuller_spelling_renames_what_data_taught_but_not_what_a_contract_settled(
    tmp_path: Path,
) -> None:
    book = PayerBook(open_workspace(tmp_path))
    book.learn("WOLF CREEK MUT", [])
    book.learn("Alder Ridge Benefit", [], settled=True)
    done = settle({"Wolf Creek Mutual": 1, "Alder Ridge Benefit Health Plan": 1}, book)
    assert done.names["Wolf Creek Mutual"].name == "Wolf Creek Mutual"
    assert "WOLF CREEK MUT" in done.learned["Wolf Creek Mutual"]
    assert done.names["Alder Ridge Benefit Health Plan"].name == "Alder Ridge Benefit"


def test_self_pay_with_a_name_behind_it_loses_the_name() -> None:
    settled = settle({"Self Pay - Okonkwo, Adaeze": 1}, PayerBook()).names
    assert [(each.name, each.shown) for each in settled.values()] == [("Self-pay", "Self-pay")]


def test_everyday_words_and_benchmarks_are_no_mention_of_a_payer() -> None:
    book = PayerBook()
    assert mentioned(["Open Friday; none; cash; 115% of 2024 Medicare"], book) == []
    assert mentioned(["aetna_fees_2025"], book) == ["Aetna"]


CONTRACT = (
    "PARTICIPATING PROVIDER AGREEMENT\n\nThis Agreement is made by and between Quartz Hollow "
    'Health Plan, Inc., a Colorado corporation ("Plan"), and Sagebrush Family Medicine, PLLC '
    '("Provider"). Covered Services are paid for Members of the Medicare Advantage Product.\n'
)


def test_a_contract_teaches_the_payer_it_is_made_with(tmp_path: Path) -> None:
    whose = ownership(
        "PARTICIPATING PROVIDER AGREEMENT", CONTRACT, "scan0001.pdf", "Sagebrush Family Medicine",
        PayerBook(open_workspace(tmp_path)),
    )  # fmt: skip
    assert whose.payer == "Quartz Hollow Health Plan"


def test_a_paper_that_names_no_payer_is_nobodys() -> None:
    whose = ownership(
        "Lease", "This lease is between two neighbours.", "lease.pdf", "Us", PayerBook()
    )
    assert whose.payer is None


def test_kinds_of_papers_are_told_by_their_words() -> None:
    assert document_kind("Second Amendment to Agreement", "", "a.pdf") == "amendment"
    assert document_kind("Quartz Hollow", "Dear Ms. Lee,\nWe offer 110%", "x.docx") == "offer"
    assert document_kind("Provider Manual 2026", "", "m.pdf") == "guide"
    assert document_kind("PARTICIPATION AGREEMENT", CONTRACT, "x.pdf") == "contract"
    assert document_kind("Menu", "Soup of the day", "menu.txt") == "other"


def test_a_systems_code_before_a_name_is_no_part_of_it() -> None:
    spelled = {
        "GPH01 - GRANITE PEAK HEALTH PLAN": 300,
        "[0042] Granite Peak PPO": 120,
        "00042 Granite Peak Health Plan": 5,
        "KNH - Kestrel National Health": 90,
    }
    done = settle(spelled, PayerBook())
    names = {each.name for each in done.names.values()}
    assert names == {"Granite Peak Health Plan", "Kestrel National Health"}
    assert done.names["[0042] Granite Peak PPO"].product == "PPO"


def test_a_letter_doubled_never_becomes_the_name_shown() -> None:
    spelled = {"Grannite Peak Health Plan": 40, "Granite Peak Health Plan": 120}
    done = settle(spelled, PayerBook())
    assert {each.name for each in done.names.values()} == {"Granite Peak Health Plan"}
    assert done.near == {"Grannite Peak Health Plan": "Granite Peak Health Plan"}


def test_words_written_together_are_read_near_the_name(tmp_path: Path) -> None:
    book = PayerBook(open_workspace(tmp_path))
    book.learn("Wolf Creek Mutual", [], settled=True)
    done = settle({"WOLFCREEK MUTUAL": 4, "Wolf Crek": 2}, book)
    assert {each.name for each in done.names.values()} == {"Wolf Creek Mutual"}
    assert set(done.near) == {"WOLFCREEK MUTUAL", "Wolf Crek"}
