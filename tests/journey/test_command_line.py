"""The command line as scripts meet it: real processes, one JSON value, one line of refusal.

The files and the amounts expected of them stand in tests/fixtures/small_practice.py.
"""

from __future__ import annotations

import email
import email.policy
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from knowledge.workspace import open_workspace
from tests.fixtures.small_practice import (
    JUNIPER,
    ROWS,
    TODAY,
    WREN,
    write_broken,
    write_claims,
    write_papers,
)

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]

# Runs commands one after another in one process, each with standard streams of its own, so
# that the embedding model loads once. argv[1]: JSON list of command lines; argv[2]: folder.
DRIVER = """
import json, os, sys
from ui.command_line import main
for at, words in enumerate(json.loads(sys.argv[1])):
    for fd, name in ((1, "out"), (2, "err")):
        made = os.open(f"{sys.argv[2]}/{at}.{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(made, fd), os.close(made)
    code = main(words)
    sys.stdout.flush(), sys.stderr.flush()
    with open(f"{sys.argv[2]}/{at}.code", "w") as file:
        file.write(str(code))
"""


@dataclass(frozen=True)
class Ran:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    def value(self) -> Any:
        """The one JSON value on standard output; nothing else may stand there."""
        return json.loads(self.out)

    def lines(self) -> list[Any]:
        """One JSON value a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    def refusal(self) -> str:
        """The one line of a refused command."""
        assert self.code == 2, (self.code, self.out, self.err)
        assert self.err.count("\n") == 1, self.err
        return self.err


def checked(ran: Ran) -> Ran:
    """The same, having seen that no user was shown a traceback."""
    assert "Traceback" not in ran.out + ran.err, ran.err
    return ran


def run(*words: object) -> Ran:
    """One command in a process of its own, outside the repository's folder."""
    done = subprocess.run(
        [sys.executable, "-m", "ui.command_line", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd="/",
        timeout=300,
    )
    return checked(Ran(done.returncode, done.stdout, done.stderr))


def run_together(folder: Path, *commands: Sequence[object]) -> list[Ran]:
    """Several commands in one process, one after another."""
    words = [[str(word) for word in command] for command in commands]
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-c", DRIVER, json.dumps(words), str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd="/",
        timeout=600,
        check=True,
    )

    def read(at: int, name: str) -> str:
        return (folder / f"{at}.{name}").read_text(encoding="utf-8")

    return [
        checked(Ran(int(read(at, "code")), read(at, "out"), read(at, "err")))
        for at in range(len(words))
    ]


@dataclass(frozen=True)
class Desk:
    """A workspace after one import of good files and a bad one, and what that import said."""

    folder: Path
    workspace: Path
    ingested: Ran


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The workspace, filled by the command line."""
    folder = tmp_path_factory.mktemp("command_line")
    workspace = folder / "practice"
    claims, broken = write_claims(folder / "claims.csv"), write_broken(folder / "broken.pdf")
    contract, amendment = write_papers(folder)
    ran = run(
        "ingest", "--workspace", workspace, "--json", "--payer", JUNIPER,
        contract, broken, amendment,
    )  # fmt: skip
    assert run("ingest", "--workspace", workspace, claims).code == 0
    return Desk(folder, workspace, ran)


DUTIES = "Who must do what by when under the Blue Juniper contract?"


@dataclass(frozen=True)
class Talk:
    """What the commands that need the embedding model gave."""

    batch: dict[Any, dict[str, Any]]
    batch_lines: list[dict[str, Any]]
    single: Ran
    last_year: Ran
    year_before: Ran
    search: Ran
    searches: Ran
    spoken: Ran
    saved: Ran
    unsaved: Ran


@pytest.fixture(scope="module")
def talk(desk: Desk) -> Talk:
    """One process for everything that loads the model."""
    questions = desk.folder / "questions.jsonl"
    asked = [
        {"id": 1, "question": "What is our payer mix?"},
        {"id": "a", "thread": "mail", "question": "Draft an email asking for 8% more"},
        {"id": 2, "question": "What is our timely filing limit with Blue Juniper?"},
        {"id": "b", "thread": "mail", "question": "Blue Juniper"},
        {"id": "nothing asked"},
        {"id": "name", "thread": "../up", "question": "What is our payer mix?"},
    ]
    lines = [json.dumps(line) for line in asked]
    questions.write_text("\n".join([*lines, "{this is no JSON", ""]), encoding="utf-8")
    queries = desk.folder / "queries.jsonl"
    queries.write_text(
        '{"id": "q1", "query": "days to file a claim", "payer": "Blue Juniper", "k": 2}\n'
        '{"id": "q2"}\n{"id": "q3", "query": "notice", "k": "many"}\n',
        encoding="utf-8",
    )
    here = ("--workspace", desk.workspace, "--today", TODAY)
    later = ("--workspace", desk.workspace, "--today", "2027-02-01")
    mix = "What was our payer mix last year?"
    ran = run_together(
        desk.folder / "talk",
        ["ask", *here, "--batch", questions, "--json"],
        ["ask", *here, "What is our payer mix?", "--thread", "mine", "--json"],
        ["ask", *here, mix, "--json"],
        ["ask", *later, mix, "--json"],
        ["search", *here, "days to file a claim", "--payer", JUNIPER, "--k", "3", "--json"],
        ["search", *here, "--batch", queries, "--json"],
        ["ask", *here, "What is our payer mix?"],
        ["ask", *here, DUTIES, "--save", desk.folder / "duties.xlsx", "--json"],
        ["ask", *here, "What is our payer mix?", "--save", desk.folder / "mix.ics"],
    )
    batch, single, before, last, search, searches, spoken, *saves = ran
    assert batch.code == 0, batch.err
    by_id = {line["id"]: line for line in batch.lines() if line["id"] is not None}
    return Talk(by_id, batch.lines(), single, last, before, search, searches, spoken, *saves)


def value_of(answer: dict[str, Any], unit: str) -> list[float]:
    """The values of an answer's figures in a unit."""
    return [f["value"] for f in answer["figures"] if f["unit"] == unit]


def test_good_files_are_kept_beside_a_refused_one(desk: Desk) -> None:
    results = desk.ingested.value()
    assert [(r["file"], r["status"]) for r in results] == [
        ("blue_juniper.md", "imported"),
        ("broken.pdf", "refused"),
        ("blue_juniper_amendment.md", "imported"),
    ]
    for result in results:
        assert {"file", "kind", "payer", "rows", "rejected", "pages", "sha256", "status"} <= set(
            result
        )
    assert "broken.pdf" in desk.ingested.refusal()
    shown = run("doctor", "--workspace", desk.workspace, "--json").value()
    assert [line["says"] for line in shown if line["name"] == "workspace"] == ["3 files read"]


def test_a_row_that_cannot_be_read_is_listed_with_its_reason(desk: Desk) -> None:
    again = run("ingest", "--workspace", desk.workspace, "--json", desk.folder / "claims.csv")
    (result,) = again.value()
    assert again.code == 0
    assert result["status"] == "unchanged"
    assert result["rows"] == ROWS
    assert [r["row"] for r in result["rejected"]] == [38]
    assert all(r["reason"] for r in result["rejected"])


def test_an_answer_holds_every_documented_key(talk: Talk) -> None:
    answer = talk.single.value()
    assert {
        "answer", "tool_calls", "figures", "citations", "unsupported", "draft", "files", "clarify",
    } <= answer.keys()  # fmt: skip
    assert answer["thread"] == "mine"
    assert answer["tool_calls"] == [{"name": "payer_mix", "args": {}}]
    assert answer["unsupported"] == []
    assert answer["draft"] is None and answer["clarify"] is None and answer["files"] == []
    for figure in answer["figures"]:
        assert {"id", "name", "value", "unit", "basis"} <= figure.keys()


def test_the_mix_is_the_one_worked_by_hand(talk: Talk) -> None:
    answer = talk.batch[1]
    assert {60.0, 40.0} <= set(value_of(answer, "percent"))
    assert {1800.0, 1200.0} <= set(value_of(answer, "USD"))


def test_the_day_can_be_fixed(talk: Talk) -> None:
    in_2025, in_2026 = talk.year_before.value(), talk.last_year.value()
    assert 500.0 in value_of(in_2025, "USD") and 2500.0 not in value_of(in_2025, "USD")
    assert 2500.0 in value_of(in_2026, "USD") and 500.0 not in value_of(in_2026, "USD")


def test_a_term_is_quoted_from_the_amendment_at_its_offsets(desk: Desk, talk: Talk) -> None:
    answer = talk.batch[2]
    assert answer["tool_calls"][0]["name"] == "contract_terms"
    assert "130 days" in answer["answer"]
    cited = [c for c in answer["citations"] if "amendment" in c["source"]]
    assert cited
    texts = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))["text"]
        for path in (desk.workspace / "texts").glob("*.json")
    }
    for one in cited:
        assert {"id", "source", "section", "page", "start", "end", "quote"} <= one.keys()
        assert texts[one["document"]][one["start"] : one["end"]] == one["quote"]


def test_the_line_after_a_question_back_is_its_reply(talk: Talk) -> None:
    asked, replied = talk.batch["a"], talk.batch["b"]
    assert asked["clarify"]["question"] == asked["answer"]
    assert set(asked["clarify"]["choices"]) == {JUNIPER, WREN}
    assert asked["thread"] == replied["thread"] == "mail"
    assert replied["clarify"] is None
    draft = replied["draft"]
    assert {"id", "kind", "payer", "subject", "body", "status"} <= draft.keys()
    assert (draft["kind"], draft["payer"], draft["status"]) == ("email", JUNIPER, "verified")
    assert "8%" in draft["subject"] + draft["body"]
    assert WREN not in draft["body"]


def test_a_bad_line_of_a_batch_is_told_and_the_others_are_answered(talk: Talk) -> None:
    assert len(talk.batch_lines) == 7
    for key in ("nothing asked", "name"):
        assert set(talk.batch[key]) == {"id", "error"}
        assert talk.batch[key]["error"]
    assert set(talk.batch_lines[-1]) == {"id", "error"}
    assert talk.batch_lines[-1]["id"] is None


def test_spoken_answers_go_to_standard_output_and_the_thread_beside(talk: Talk) -> None:
    assert talk.spoken.code == 0
    assert "60%" in talk.spoken.out or "60.0%" in talk.spoken.out
    assert talk.spoken.err.strip().startswith("Conversation t")


def test_search_gives_passages_with_their_place(desk: Desk, talk: Talk) -> None:
    results = talk.search.value()
    assert 0 < len(results) <= 3
    for one in results:
        assert {"source", "section", "page", "start", "end", "quote", "score"} <= one.keys()
        assert one["payer"] == JUNIPER
    scores = [one["score"] for one in results]
    assert scores == sorted(scores, reverse=True)
    first, second, third = talk.searches.lines()
    assert first["id"] == "q1" and len(first["results"]) == 2
    assert second == {"id": "q2", "error": second["error"]} and "query" in second["error"]
    assert third == {"id": "q3", "error": third["error"]} and "k" in third["error"]


def test_a_review_lists_every_term_and_issue(desk: Desk) -> None:
    ran = run("review", "--workspace", desk.workspace, "--today", TODAY, "--json", "Blue Juniper")
    review = ran.value()
    assert ran.code == 0 and set(review) >= {"terms", "issues", "redline"}
    filing = [t for t in review["terms"] if t["name"] == "timely_filing_days" and t["found"]]
    assert {130, 200} <= {t["value"] for t in filing}
    for term in review["terms"]:
        assert {
            "name", "value", "unit", "line_of_business", "document", "section", "page", "start",
            "end", "quote", "found",
        } <= term.keys()  # fmt: skip
    for issue in review["issues"]:
        assert {
            "position", "status", "severity", "section", "page", "quote", "why", "ask", "worth",
            "basis",
        } <= issue.keys()  # fmt: skip
        assert issue["status"] in ("pass", "partial", "fail", "silent", "unsure")


def test_a_draft_leaves_as_a_letter_in_each_format(desk: Desk, talk: Talk) -> None:
    draft = talk.batch["b"]["draft"]
    out = desk.folder / "letters"
    out.mkdir()
    here = ("--workspace", desk.workspace, "--today", TODAY)
    formats = ("md", "docx", "eml")
    done = run_together(
        desk.folder / "exports",
        *(["export", *here, draft["id"], "--to", to, out / f"a.{to}", "--json"] for to in formats),
    )
    for to, ran in zip(formats, done, strict=True):
        assert ran.code == 0, ran.err
        assert ran.value() == {"file": str(out / f"a.{to}"), "draft": draft["id"], "to": to}
    paragraph = draft["body"].split("\n\n")[1].split(". ")[0][:40]
    assert paragraph in (out / "a.md").read_text(encoding="utf-8")
    mail = email.message_from_bytes((out / "a.eml").read_bytes(), policy=email.policy.default)
    assert mail["Subject"] == draft["subject"]
    assert (out / "a.docx").read_bytes()[:2] == b"PK"


def test_what_cannot_be_exported_is_refused_in_one_line(desk: Desk) -> None:
    ran = run(
        "export", "--workspace", desk.workspace, "email-00000000", "--to", "md",
        desk.folder / "never.md",
    )  # fmt: skip
    assert "email-00000000" in ran.refusal()
    assert not (desk.folder / "never.md").exists()


def test_settings_are_kept_and_a_wrong_one_is_refused(desk: Desk) -> None:
    ran = run("settings", "--workspace", desk.workspace, "--json", "name=Sagebrush", "tone=warm")
    assert ran.value()["profile"]["name"] == "Sagebrush"
    assert run("settings", "--workspace", desk.workspace, "--json").value()["tone"] == "warm"
    assert "tone" in run("settings", "--workspace", desk.workspace, "tone=loud").refusal()
    assert "colour" in run("settings", "--workspace", desk.workspace, "colour=red").refusal()


def test_a_second_process_is_refused_and_told_who_holds_the_workspace(desk: Desk) -> None:
    with open_workspace(desk.workspace).writing("the chat page"):
        ran = run("settings", "--workspace", desk.workspace, "name=Other")
        assert "the chat page" in ran.refusal()
    assert run("settings", "--workspace", desk.workspace).code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["ask"], "--workspace", id="no workspace"),
        pytest.param(["sing"], "sing", id="no such command"),
        pytest.param(
            ["ask", "--workspace", "x", "--today", "soon", "q"], "YYYY-MM-DD", id="no date"
        ),
        pytest.param(["ask", "--workspace", "/nowhere/at/all", "q"], "/nowhere", id="no folder"),
        pytest.param(
            ["export", "--workspace", "x", "d", "--to", "gif", "o"], "gif", id="no such format"
        ),
        pytest.param(["eval", "dancing"], "dancing", id="no such task"),
        pytest.param(["search", "--workspace", "x", "q", "--k", "0"], "--k", id="no passages"),
    ],
)
def test_bad_use_is_one_line_that_says_what_is_wrong(words: list[str], said: str) -> None:
    assert said in run(*words).refusal()


def test_an_answers_duties_are_saved_as_a_workbook(talk: Talk, desk: Desk) -> None:
    assert talk.saved.code == 0, talk.saved.err
    assert talk.saved.value()["files"] == [str(desk.folder / "duties.xlsx")]
    assert (desk.folder / "duties.xlsx").read_bytes().startswith(b"PK")


def test_an_answer_without_days_is_refused_as_a_calendar(talk: Talk, desk: Desk) -> None:
    assert "nothing to save" in talk.unsaved.refusal()
    assert not (desk.folder / "mix.ics").exists()
