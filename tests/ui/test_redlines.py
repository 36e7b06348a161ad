"""A redline over HTTP: its form, the Word files, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

OURS = {"origin": "http://127.0.0.1:7860"}
WISH = {"level": "opening", "language": {}, "without": [], "author": "", "day": ""}


@pytest.fixture(scope="module")
def place(site: Any) -> Iterator[str]:
    """The path of a redline answer; the answer before it in the workspace is none."""
    for _ in site.paper.ask("redline", "t7"):
        pass
    yield "/redlines/t7/1"


def test_the_form_holds_every_change_and_no_markup_of_the_contract(site: Any, place: str) -> None:
    reply = site.client.get(f"{place}?level=target")
    assert reply.status_code == 200
    assert reply.text.count('data-change="') == 2
    assert "<img" not in reply.text
    assert "<script" not in reply.text
    assert reply.text.count("</textarea>") == 2  # the contract's own closes none
    assert "&lt;/textarea&gt;&lt;img src=x onerror=alert(1)&gt;" in reply.text
    assert 'value="Sagebrush &quot;Family&quot; ' in reply.text
    assert 'data-level="target"' in reply.text


def test_the_words_the_ticks_and_the_name_reach_the_files_for_the_answers_own_payer(
    site: Any, place: str
) -> None:
    wish = {
        **WISH,
        "level": "walk_away",
        "language": {"ch_filing": "one hundred\u0000twenty (120) days"},
        "without": ["ch_escalator"],
        "author": "Jo Example\u0007",
        "day": "2026-12-01",
        "payer": "Kestrel National Health",
    }
    reply = site.client.post(place, json=wish, headers=OURS)
    assert reply.status_code == 200
    payer, name, told = site.paper.redlined[-1]
    assert (payer, name) == ("Granite Peak Health Plan", "redline-t7-1.docx")
    assert told["language"] == {"ch_filing": "one hundred twenty (120) days"}
    assert told["without"] == ["ch_escalator"]
    assert (told["author"], told["day"]) == ("Jo Example", date(2026, 12, 1))
    assert told["level"] == "walk_away"
    made = reply.json()["made"]
    assert "1 change is marked" in made
    assert "no place was found &lt;b&gt;" in made


def test_the_files_are_saved_under_the_offers_name(site: Any, place: str) -> None:
    made = site.client.post(place, json=WISH, headers=OURS).json()["made"]
    for name, shown, content in (
        ("contract", "Granite Peak redline.docx", b"PK contract"),
        ("memo", "Granite Peak redline memo.docx", b"PK memo"),
    ):
        assert f'data-download="{place}/{name}.docx"' in made
        reply = site.client.get(f"{place}/{name}.docx")
        assert reply.content == content
        assert f'filename="{shown}"' in reply.headers["content-disposition"]


@pytest.mark.parametrize(
    "path",
    [
        "/redlines/t1/1",  # an answer without a redline
        "/redlines/t7/0",
        "/redlines/t7/2",
        "/redlines/t9/1",
        "/redlines/t7/1/contract.2.docx",  # not written
        "/redlines/t7/1/contract.docx.bak",
        "/redlines/t7/1/email-1-v1.docx",
        "/redlines/t1/1/contract.docx",
        "/redlines/t7/1/..%2F..%2Fmanifest.json",
    ],
)
def test_what_is_no_file_of_a_redline_is_not_found(site: Any, place: str, path: str) -> None:
    assert site.client.post(place, json=WISH, headers=OURS).status_code == 200
    assert site.client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({"without": ["ch_other"]}, 409),
        ({"language": {"ch_other": "words"}}, 409),
        ({"language": {"ch_filing": "x" * 20_001}}, 409),
        ({"day": "tomorrow"}, 409),
        ({"level": "../../x"}, 422),
        ({"author": "x" * 121}, 422),
        ({"without": ["ch_filing"] * 301}, 422),
    ],
)
def test_a_wish_that_cannot_be_is_refused_and_writes_nothing(
    site: Any, place: str, wish: dict[str, Any], status: int
) -> None:
    before = len(site.paper.redlined)
    reply = site.client.post(place, json={**WISH, **wish}, headers=OURS)
    assert reply.status_code == status
    assert len(site.paper.redlined) == before


def test_a_stranger_and_another_site_write_and_read_nothing(
    site: Any, stranger: Any, place: str
) -> None:
    before = len(site.paper.redlined)
    assert stranger.get(f"{place}/contract.docx").status_code == 401
    assert stranger.get(place).status_code == 401
    assert stranger.post(place, json=WISH, headers=OURS).status_code == 401
    assert site.client.post(place, json=WISH).status_code == 403
    foreign = {"origin": "http://evil.example"}
    assert site.client.post(place, json=WISH, headers=foreign).status_code == 403
    assert len(site.paper.redlined) == before
