"""A chat model of the user's own: same tools, held to the same check.

The endpoint is real HTTP on loopback and speaks the chat-completions form; what it says is
written here, so that each slip a model makes can be planted.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from copilot.core import Copilot
from copilot.settings import Settings
from tests.fixtures.hand_worked import GRANITE, TODAY, hand_worked

CALL = {"tool": "compare_rates", "args": {"payers": [GRANITE]}}


class Endpoint:
    """Answers requests with the scripted turns, one after another, and keeps what it was sent."""

    def __init__(self, script: list[dict[str, Any]]) -> None:
        self.script = list(script)
        self.requests: list[dict[str, Any]] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                endpoint.requests.append(json.loads(self.rfile.read(length)))
                body = json.dumps(_completion(endpoint.script.pop(0))).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Keep the test's output quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def _completion(turn: dict[str, Any]) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": turn.get("say")}
    if "tool" in turn:
        call = {"name": turn["tool"], "arguments": json.dumps(turn["args"])}
        message["tool_calls"] = [{"id": "c1", "type": "function", "function": call}]
    return {
        "id": "x",
        "object": "chat.completion",
        "created": 0,
        "model": "small",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[Any]:
    """A workspace whose model says what the test wrote; gives (copilot, endpoint)."""
    opened: list[tuple[Copilot, Endpoint]] = []

    def make(*script: dict[str, Any]) -> tuple[Copilot, Endpoint]:
        endpoint = Endpoint(list(script))
        hand_worked(tmp_path)
        copilot = Copilot(tmp_path, TODAY)
        copilot.change_settings(
            Settings(model="openai:small", base_url=endpoint.url, streaming=False)
        )
        opened.append((copilot, endpoint))
        return copilot, endpoint

    yield make
    for copilot, endpoint in opened:
        copilot.close()
        endpoint.server.shutdown()


def test_its_words_stand_and_their_numbers_link_to_the_figures(scripted: Any) -> None:
    copilot, endpoint = scripted(CALL, {"say": "They allowed $1,925 on those visits."})
    # 935 + 730 + 260 in the fixture's table: the lines with a Medicare price
    answer = copilot.answer("how does granite peak pay")
    assert [c.name for c in answer.tool_calls] == ["compare_rates"]
    assert answer.unsupported == []
    assert "⟦f:" in answer.blocks[0]["text"]
    names = {tool["function"]["name"] for tool in endpoint.requests[0]["tools"]}
    assert {"compare_rates", "draft_email", "search_contract"} <= names


def test_an_unowned_number_is_sent_back_once_by_name(scripted: Any) -> None:
    copilot, endpoint = scripted(
        CALL, {"say": "They pay 400% of Medicare."}, {"say": "They allowed $1,925."}
    )
    answer = copilot.answer("how does granite peak pay")
    assert "400%" in endpoint.requests[2]["messages"][-1]["content"]
    assert answer.unsupported == []
    assert "400%" not in answer.answer


def test_a_model_that_insists_is_replaced_by_the_findings_own_words(scripted: Any) -> None:
    copilot, _ = scripted(CALL, {"say": "They pay 400%."}, {"say": "It is 400%, trust me."})
    answer = copilot.answer("how does granite peak pay")
    assert "400%" not in answer.answer
    assert "Granite Peak" in answer.answer
    assert answer.unsupported == []


def test_a_missing_key_is_one_sentence(tmp_path: Path) -> None:
    hand_worked(tmp_path)
    with Copilot(tmp_path, TODAY) as copilot:
        copilot.change_settings(Settings(model="openai:small", key_variable="NO_SUCH_KEY_HERE"))
        with pytest.raises(Exception, match="NO_SUCH_KEY_HERE holds no key"):
            copilot.answer("hello")


def test_a_model_that_is_not_there_costs_nothing_but_a_note(tmp_path: Path) -> None:
    hand_worked(tmp_path)
    with Copilot(tmp_path, TODAY) as copilot:
        copilot.change_settings(Settings(model="openai:small", base_url="http://127.0.0.1:9/v1"))
        answer = copilot.answer("what is our payer mix")
        assert [c.name for c in answer.tool_calls] == ["payer_mix"]
        assert "did not answer" in answer.answer
        (line,) = copilot.departures()
        assert line["to"] == "http://127.0.0.1:9/v1"


def test_the_builtin_planner_sends_nothing_anywhere(tmp_path: Path) -> None:
    hand_worked(tmp_path)
    with Copilot(tmp_path, TODAY) as copilot:
        copilot.answer("what is our payer mix")
        assert copilot.departures() == []
