"""The guide on a topic, with its sections."""

from __future__ import annotations

import pytest

from knowledge.evidence import plain
from knowledge.guide_entries import stored_text
from knowledge.problems import BadInput
from tests.fixtures.two_contracts import two_contracts
from tools.practice import Practice
from tools.search_guide import search_guide


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Practice:
    return two_contracts(tmp_path_factory.mktemp("practice"))


@pytest.mark.parametrize(
    ("topic", "chapter"),
    [
        pytest.param("shared savings", "2/3", id="shared savings are in chapter 2"),
        pytest.param("capitation", "2/2", id="so is capitation"),
        pytest.param("redline a contract", "6/1", id="redlining is in chapter 6"),
    ],
)
def test_a_topic_opens_in_its_chapter(practice: Practice, topic: str, chapter: str) -> None:
    finding = search_guide(practice, topic=topic)
    assert any(section.startswith(chapter) for section in finding.details["sections"])
    for passage in finding.passages:
        cited = passage.citation
        assert stored_text(cited.source)[cited.start : cited.end] == cited.quote


def test_what_the_guide_does_not_hold_is_said_so(practice: Practice) -> None:
    finding = search_guide(practice, topic="submarine propulsion")
    assert plain(finding.headline.text).startswith("Not found in the guide")
    assert finding.passages == ()


def test_an_empty_topic_is_refused(practice: Practice) -> None:
    with pytest.raises(BadInput, match="nothing to look for"):
        search_guide(practice, topic="")
