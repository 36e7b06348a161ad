"""What answers, drafts and files look like as HTML, and what can never get into it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from copilot.results import Answer
from copilot.settings import Settings
from knowledge.evidence import TOKEN as OWN_TOKEN
from ui.views.answer import answer_html, question_html, working_html
from ui.views.clean import clean
from ui.views.marks import TOKEN, prose, sentence
from ui.views.rail import corner_html, leaving
from ui.views.tables import answer_table

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=https://payer.example/x.png>",
    "![x](https://payer.example/x.png)",
    "[click](javascript:alert(1))",
    "<a href='https://payer.example'>x</a>",
    "<svg onload=alert(1)>",
    "<iframe src=//payer.example></iframe>",
    "<style>*{background:url(//payer.example)}</style>",
    '" onmouseover="alert(1)',
    "<math><mtext></p><img src=x onerror=alert(1)></mtext></math>",
    "<details open ontoggle=alert(1)>",
    "\n\n    indented\n\n# heading\n\n<div onclick=x>",
]


def harmless(made: str) -> bool:
    """No script, no handler, no address, no element from outside our list."""
    low = made.lower()
    tags = set(re.findall(r"<\s*/?\s*([a-z0-9]+)", low))
    attributes = re.findall(r"<[a-z0-9]+((?:\s+[^<>]*)?)>", low)
    values = re.sub(r'"[^"]*"', '""', " ".join(attributes))
    foreign = tags & {"script", "img", "a", "iframe", "style", "math", "link", "object", "form"}
    return not foreign and not re.search(r"\bon\w+\s*=|\b(href|src|style|srcset)\s*=", values)


def test_the_tokens_read_here_are_the_ones_written_below() -> None:
    assert TOKEN.pattern == OWN_TOKEN.pattern


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_wherever_they_stand(words: str) -> None:
    blocks: list[dict[str, Any]] = [
        {"kind": kind, "text": f"Said {words} ⟦f:f_1|{words}⟧ ⟦c:c_1|{words}⟧"}
        for kind in ("headline", "text", "note", "reply", "clarify")
    ]
    table = {"title": words, "columns": [words, "b"], "rows": [[words, None]], "first_rows": 10}
    answer = Answer(
        thread="t1",
        answer="x",
        blocks=[*blocks, {"kind": "table", "table": table}],
        next_steps=[words],
        unsupported=[words],
        steps=[
            {"label": words, "done": words, "seconds": 1.0, "args": {words: words}, "inner": False}
        ],
    )
    for made in (
        answer_html(answer, 1),
        question_html(words),
        working_html([(words, "now")], words),
    ):
        assert harmless(made), made
        assert "\n" not in made


def test_the_cleaner_lets_no_address_or_handler_of_ours_through_either() -> None:
    for words in HOSTILE:
        assert harmless(clean(f"<div>{words}</div>"))


def test_the_check_for_harm_sees_harm() -> None:
    assert not harmless("<div onclick='x'>")
    assert not harmless("<a href=x>y</a>")
    assert not harmless("<img>")


def test_a_forged_token_of_a_document_opens_nothing_but_its_own_id() -> None:
    made = sentence('⟦f:f_1" data-open-draft="x|5⟧')
    assert "data-open-draft" not in re.sub(r"&quot;.*", "", made)


def test_figures_and_citations_can_be_reached_by_keyboard() -> None:
    made = sentence("Pays ⟦f:f_1|92.3%⟧ ⟦c:c_1|Agreement 9.2⟧")
    assert made.count('role="button" tabindex="0"') == 2


def test_prose_keeps_its_emphasis_and_lists() -> None:
    made = prose("**Bold**\n\n- one ⟦f:f_1|$5⟧\n- two")
    assert "<strong>Bold</strong>" in made
    assert made.count("<li>") == 2
    assert 'data-f="f_1"' in made


def test_an_answer_shows_ten_rows_and_offers_the_rest(paper: Any) -> None:
    made = answer_html(paper.kept["t1"][0][1], 1)
    assert made.count("<tr") - made.count('class="later"') == 11 + 3  # head, ten rows, three bars
    assert made.count('class="later"') == 4
    assert "All 14 rows" in made


def test_a_percent_of_medicare_is_drawn_with_medicare_as_a_line(paper: Any) -> None:
    made = answer_html(paper.kept["t1"][0][1], 1)
    first = re.search(r'<svg class="bar( low)?".*?</svg>', made)
    assert first is not None
    # 106.0% and 100% on a scale of 120% over 92 units: 81.3 and 76.7.
    assert 'width="81.3"' in first.group(0)
    assert 'x1="76.7"' in first.group(0)
    assert first.group(1) is None
    assert made.count('class="bar low"') == 11  # 98.8% and all below it


def test_the_corner_says_what_the_settings_let_leave() -> None:
    local = Settings(model="openai:qwen", base_url="http://127.0.0.1:8080/v1")
    hosted = Settings(model="openai:gpt-5")
    assert leaving(Settings(), 0)[1] == "No model, no network in use."
    assert "on it words the answers" in leaving(local, 0)[1]
    assert "go to openai" in leaving(hosted, 0)[1]
    assert leaving(Settings(), 3)[0] == "3 questions went to a language model."
    assert "Nothing has left" in corner_html(Settings(), [])


@pytest.mark.parametrize("name", ["page.css", "page.js", "waiting.js", "mark.svg"])
def test_no_static_file_names_an_address_outside(name: str) -> None:
    text = Path("ui/static", name).read_text(encoding="utf-8")
    outside = [w for w in re.findall(r"https?://[\w.]+|url\([^)]*\)", text) if "w3.org" not in w]
    assert outside == []
    assert "eval(" not in text
    assert "new Function" not in text


def test_a_total_row_parts_no_code_from_its_service_and_words_and_first_days_stay_left() -> None:
    figure = {"figure": "f1", "shown": "$9.00"}
    table = {
        "title": "",
        "columns": ["Code", "Service", "Now (USD)"],
        "rows": [["99213", "office visit", figure], ["Total", None, figure]],
        "first_rows": 2,
    }
    made = answer_table(table, {}, "/x.csv")
    assert "<td>99213 <small>office visit</small></td>" in made
    assert "<td>Total</td>" in made
    assert made.count('<td class="r">') == 2
    days = {**table, "columns": ["By", "What", "Worth"], "rows": [[figure, "Send the ask", figure]]}
    assert '<th scope="col">By</th>' in answer_table(days, {}, "/x.csv")
    noted = {**table, "rows": [["99213-25", "a", figure], ["99214-25", "b", figure],
                               ["All", figure, figure]]}  # fmt: skip
    assert '<th scope="col">Service</th>' in answer_table(noted, {}, "/x.csv")


def test_sentences_of_a_wide_table_are_read_under_their_row() -> None:
    long = "Plan may make an Adjustment at any time, without first notifying Clinic. <b>"
    table = {
        "title": "What to raise first",
        "columns": ["Position", "Status", "Severity", "Contract says", "Section"],
        "rows": [["Offset", "bad", "high", long, "7.9"], ["Term", "good", "", "one year", "9.1"]],
        "first_rows": 1,
    }
    made = answer_table(table, {}, "/tables/t1/1/0.csv")
    assert 'scope="col">Contract says' not in made
    assert made.count('<tr class="below">') == 1
    assert "without first notifying Clinic. &lt;b&gt;</div>" in made
    assert made.count('class="later"') == made.count('class="below later"') == 1
    assert "All 2 rows" in made
    narrow = {**table, "columns": table["columns"][:4], "rows": [r[:4] for r in table["rows"]]}
    assert 'scope="col">Contract says' in answer_table(narrow, {}, "/x.csv")
