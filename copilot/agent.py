"""One turn through LangChain's agent loop, whichever model drives it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from langchain.agents import create_agent
from langchain_core.messages import AIMessage, AIMessageChunk, HumanMessage
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite import SqliteSaver

from copilot.agent_tools import Bench, langchain_tools
from copilot.builtin_model import BuiltinModel
from copilot.models import SYSTEM
from copilot.results import Event

STEPS_AT_MOST = 24


class Agent:
    """The agent loop over one workspace's checkpoints."""

    def __init__(self, checkpoints: Path) -> None:
        connection = sqlite3.connect(checkpoints, check_same_thread=False, timeout=30)
        self._saver = SqliteSaver(connection, serde=JsonPlusSerializer(pickle_fallback=False))
        self._saver.setup()

    def run(
        self,
        bench: Bench,
        thread: str,
        question: str,
        model: Any = None,
        calls: list[dict[str, Any]] | None = None,
        words: Callable[[], str] = str,
    ) -> Iterator[Event | str]:
        """Events of the turn as they happen; the last item is the answer's whole text.

        With a model it chooses tools and words. Without, the planned calls run in order
        and `words` gives the text at the end.
        """
        driver = model if model is not None else BuiltinModel(calls=calls or [], words=words)
        graph: Any = create_agent(
            model=driver,
            tools=langchain_tools(bench),
            system_prompt=SYSTEM if model is not None else None,
            checkpointer=self._saver,
        )
        config = {"configurable": {"thread_id": thread}, "recursion_limit": 2 * STEPS_AT_MOST}
        said = 0
        text = ""
        stream = graph.stream(
            {"messages": [HumanMessage(content=question)]},
            config,
            stream_mode=["updates", "messages"],
        )
        for mode, item in stream:
            if mode == "messages":
                chunk = item[0]
                if isinstance(chunk, AIMessageChunk) and chunk.text:
                    yield Event(kind="text", text=str(chunk.text))
                continue
            for update in (item or {}).values():
                for message in (update or {}).get("messages", ()):
                    if isinstance(message, AIMessage) and message.tool_calls:
                        for call in message.tool_calls:
                            label = bench.tools[call["name"]].label
                            yield Event(kind="started", label=label)
                    elif isinstance(message, AIMessage):
                        text = str(message.text)
            for step in bench.steps[said:]:
                if not step["inner"]:
                    yield Event(kind="finished", label=step["done"], seconds=step["seconds"])
            said = len(bench.steps)
        yield text

    def told(self, thread: str, said: str, text: str) -> None:
        """Keep what the user did beside the conversation, and its answer, for a model to see."""
        graph: Any = create_agent(
            model=BuiltinModel(calls=[], words=str), tools=[], checkpointer=self._saver
        )
        messages = [HumanMessage(content=said), AIMessage(content=text)]
        graph.update_state(
            {"configurable": {"thread_id": thread}}, {"messages": messages}, as_node="model"
        )

    def forget(self, thread: str) -> None:
        """Take a thread's checkpoints out."""
        self._saver.delete_thread(thread)

    def close(self) -> None:
        """Close the checkpoints' file."""
        self._saver.conn.close()
