"""The built-in planner as a chat model: it calls the planned tools, one after another.

It is made for one turn and given that turn's plan; the text after the last tool is the
answer that the findings make. LangChain's agent loop drives it like any other model.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    HumanMessage,
    ToolMessage,
)
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from copilot.ledger import jsonable


class BuiltinModel(BaseChatModel):
    """Emits the calls of a plan in order, then the text that `words` gives."""

    calls: list[dict[str, Any]]
    words: Callable[[], str]

    @property
    def _llm_type(self) -> str:
        return "builtin-planner"

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> BuiltinModel:
        """The same model: its plan already names the tools."""
        return self.model_copy()

    def _next(self, messages: Sequence[BaseMessage]) -> AIMessage:
        done = 0
        for message in reversed(messages):
            if isinstance(message, HumanMessage):
                break
            done += isinstance(message, ToolMessage)
        if done < len(self.calls):
            call = self.calls[done]
            args = json.loads(json.dumps(call["args"], default=jsonable))
            key = f"call_{len(messages)}_{done}"
            return AIMessage(
                content="", tool_calls=[{"name": call["name"], "args": args, "id": key}]
            )
        return AIMessage(content=self.words())

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self._next(messages))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        message = self._next(messages)
        if message.tool_calls:
            chunks = [
                tool_call_chunk(
                    name=call["name"], args=json.dumps(call["args"]), id=call["id"], index=index
                )
                for index, call in enumerate(message.tool_calls)
            ]
            yield ChatGenerationChunk(message=AIMessageChunk(content="", tool_call_chunks=chunks))
            return
        for piece in re.findall(r"\S+\s*|\s+", str(message.content)) or [""]:
            yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
