"""The guide is whole, each entry opens on its words, and law never stands without counsel."""

import re

import pytest

from knowledge.guide_entries import SOURCES, GuideEntry, entry, guide_entries, stored_text
from knowledge.problems import NotKnown

# The numbers of the guide, written out by hand.
NUMBERED_LIST = """
1/KT-I 1/KT-II 1/KT-III 1/1 1/1.1 1/1.2 1/1.3 1/2 1/2.1 1/2.2 1/2.3 1/3 1/3.1 1/3.2 1/3.3
2/KT-I 2/KT-II 2/KT-III 2/1 2/1.1 2/1.2 2/1.3 2/2 2/2.1 2/2.2 2/2.3 2/3 2/3.1 2/3.2 2/3.3
2/4 2/4.1 2/4.2 2/4.3 2/5 2/5.1 2/5.2 2/5.3
3/KT-I 3/KT-II 3/KT-III 3/1 3/1.1 3/1.2 3/1.3 3/2 3/2.1 3/2.2 3/2.3 3/2.4 3/3 3/3.1 3/3.2 3/3.3
4/KT-I 4/KT-II 4/KT-III 4/1 4/1.1 4/1.2 4/1.3 4/2 4/2.1 4/2.2 4/3 4/3.1 4/3.2 4/3.3
5/KT-I 5/KT-II 5/KT-III 5/1 5/1.1 5/1.2 5/2 5/2.1 5/2.2 5/3 5/3.1 5/3.2 5/4 5/4.1 5/4.2
6/KT-I 6/KT-II 6/1 6/2
"""
NUMBERED = NUMBERED_LIST.split()
RESOURCE_SHEET = [f"5/R.{group}" for group in range(1, 9)]
MARKET_LIST = """
M/carriers M/products M/regional-entities M/data-sources M/figures-to-quote
M/law M/law-payment M/law-care M/law-payment-models
"""
MARKET = MARKET_LIST.split()

TOOL_LIST = """
compare_rates top_codes payer_mix rate_trends find_underpayments quality_scorecard
cost_and_utilization model_fee_change model_capitation model_shared_savings model_risk
compare_models plan_behavioral_health market_rates search_guide search_contract contract_terms
review_contract redline_contract compare_contracts denials read_notice set_strategy readiness
draft_email draft_document draft_talking_points draft_call_script draft_bh_questions revise_draft
log_interaction next_steps rehearse
"""
TOOLS = TOOL_LIST.split()

LAW = re.compile(r"C\.R\.S\.|Regulation 4-2-|\bHB\d\d-|\bSB\d\d-|No Surprises Act")


def is_paragraph(section: str) -> bool:
    return "." in section and "R." not in section


def all_entries() -> list[object]:
    return [pytest.param(found, id=found.section) for found in guide_entries()]


def test_every_number_of_the_guide_has_exactly_one_entry() -> None:
    sections = [found.section for found in guide_entries()]
    assert sorted(sections) == sorted(NUMBERED + RESOURCE_SHEET + MARKET)


@pytest.mark.parametrize("found", all_entries())
def test_offsets_return_the_text_verbatim(found: GuideEntry) -> None:
    whole = stored_text(found.source)
    assert whole[found.start : found.end] == found.text
    before = whole[: found.start].rstrip().splitlines()[-1]
    assert before == f"## {found.section} {found.title}"


@pytest.mark.parametrize("found", all_entries())
def test_an_entry_has_a_fitting_length(found: GuideEntry) -> None:
    words = len(found.text.split())
    if found.section in {"6/1", "6/2"}:
        assert 300 <= words <= 400
    elif is_paragraph(found.section):
        assert 90 <= words <= 220
    elif found.section in NUMBERED:
        assert 50 <= words <= 110
    else:
        assert 60 <= words <= 260


@pytest.mark.parametrize("found", all_entries())
def test_only_tools_that_exist_are_named(found: GuideEntry) -> None:
    assert set(re.findall(r"`([^`]*)`", found.text)) <= set(TOOLS)


@pytest.mark.parametrize("found", all_entries())
def test_a_line_that_cites_law_sends_the_reader_to_counsel(found: GuideEntry) -> None:
    for line in found.text.splitlines():
        if LAW.search(line):
            assert "with counsel" in line, line
            assert re.search(r"20\d\d", line), f"no date: {line}"


@pytest.mark.parametrize("section", [name for name in NUMBERED if is_paragraph(name)])
def test_every_paragraph_names_a_tool_that_does_it(section: str) -> None:
    assert re.search(r"`\w+`", entry(section).text)


def test_an_entry_is_found_by_its_section() -> None:
    found = entry("2/3.2")
    assert found.source == "guide/chapter_2"
    assert "target" in found.title
    assert "$54,320,998" in found.text  # CMS, 2020 results, A1001


def test_an_unknown_section_names_its_neighbours() -> None:
    with pytest.raises(NotKnown) as refused:
        entry("2/5.4")
    assert "2/5.3" in str(refused.value)


def test_an_unknown_file_lists_the_files_there_are() -> None:
    with pytest.raises(NotKnown) as refused:
        stored_text("guide/chapter_7")
    assert "guide/chapter_6" in str(refused.value)


@pytest.mark.parametrize("source", SOURCES)
def test_every_file_carries_its_edition(source: str) -> None:
    head = stored_text(source).split("---")[1]
    assert "edition: 2026-11" in head
    assert "provenance: our own edition" in head
