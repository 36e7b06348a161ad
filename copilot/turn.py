"""One turn: the plan or the model, the tools, the answer and its check, what is remembered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from copilot.agent_tools import Bench
from copilot.answer import blocks_of, next_steps_of, text_of
from copilot.departures import note_departure
from copilot.desk import Desk
from copilot.drafts import Draft
from copilot.ledger import jsonable
from copilot.results import Answer, Clarify, Event, ToolCall
from copilot.verifier import linked
from knowledge.evidence import TOKEN, plain
from knowledge.problems import BadInput, NotKnown

if TYPE_CHECKING:
    from copilot.core import Copilot

SAID = ("headline", "text", "note")


class Turn:
    """One question on one thread of a workspace."""

    def __init__(self, copilot: Copilot, question: str, thread: str) -> None:
        self._copilot = copilot
        self._question = question
        self._thread = thread
        self._number = copilot.threads.turn(thread)
        self._state = copilot.threads.state(thread)
        self._ledger = copilot.ledger(thread)
        self._bench = Bench(copilot.tools, copilot.practice, self._ledger, self._number, self._desk)

    def run(self) -> Iterator[Event]:
        """The turn's events, the Answer last."""
        if self._copilot.settings.model == "builtin":
            yield from self._planned()
        else:
            yield from self._modelled()

    def _desk(self, bench: Bench) -> Desk:
        copilot = self._copilot
        return Desk(
            practice=copilot.practice,
            ledger=self._ledger,
            drafts=copilot.drafts,
            settings=copilot.settings,
            thread=self._thread,
            question=self._question,
            state=self._state,
            run=lambda name, **args: bench.run(name, inner=True, **args),
        )

    def _planned(self, note: str = "") -> Iterator[Event]:
        plan = self._copilot.planner.plan(self._question, self._state, self._copilot.today)
        said = plan.clarify.question if plan.clarify else (plan.reply or "")

        def words() -> str:
            blocks = blocks_of(self._findings())
            texts = [str(b["text"]) for b in blocks if b["kind"] in SAID]
            return "\n\n".join([*texts, said] if said else texts)

        calls = [{"name": call.name, "args": dict(call.args)} for call in plan.calls]
        agent = self._copilot.agent
        for item in agent.run(self._bench, self._thread, self._question, None, calls, words):
            if isinstance(item, Event):
                yield Event(**{**item.model_dump(), "text": plain(item.text)})
        clarify = None
        self._state = {**self._state, "clarify": None}
        if plan.clarify:
            clarify = Clarify(question=said, choices=list(plan.clarify.choices))
            self._state["clarify"] = plan.clarify.pending
        findings = self._findings()
        assert bool(findings) >= bool(calls), f"no tool took its call: {calls}"
        needed = self._needed(findings)
        if needed and not clarify:
            clarify, said = needed, needed.question
        if clarify or not findings:
            blocks = [{"kind": "clarify" if clarify else "reply", "text": said}]
        else:
            blocks = blocks_of(findings)
            if said:
                blocks.append({"kind": "text", "text": said})
        if note:
            blocks.append({"kind": "note", "text": note})
        yield self._finished(blocks, clarify)

    def _needed(self, findings: list[dict[str, Any]]) -> Clarify | None:
        """The question back of a tool that lacked one thing, kept for the reply."""
        for finding in findings:
            needs = finding["details"].get("needs")
            if needs:
                call = {
                    "name": finding["tool"],
                    "args": {**finding["args"], **needs.get("held", {})},
                }
                self._state["clarify"] = {
                    "kind": "argument",
                    "calls": [call],
                    "at": 0,
                    "need": needs["argument"],
                }
                return Clarify(question=needs["question"], choices=needs["choices"])
        return None

    def _modelled(self) -> Iterator[Event]:
        from copilot.models import configured_model

        copilot = self._copilot
        model = configured_model(copilot.settings)
        note_departure(copilot.workspace, copilot.settings, self._question)
        try:
            yield from self._spoken(model)
        except (BadInput, NotKnown):
            raise
        except Exception as silent:  # the model's service is outside our hands
            yield from self._planned(
                f"Your language model did not answer ({type(silent).__name__}); "
                "this answer is the built-in planner's."
            )

    def _spoken(self, model: Any) -> Iterator[Event]:
        text = ""
        for item in self._copilot.agent.run(self._bench, self._thread, self._question, model):
            if isinstance(item, Event):
                yield item
            else:
                text = item
        checked = self._ledger.verify(text, user=[self._question])
        if checked.unsupported:
            again = (
                "These are not supported by any tool result: "
                + "; ".join(checked.unsupported)
                + ". Say it again without them, or call the tool that gives them."
            )
            for item in self._copilot.agent.run(self._bench, self._thread, again, model):
                if isinstance(item, str):
                    checked = self._ledger.verify(item, user=[self._question])
        findings = self._findings()
        if checked.unsupported and findings:
            blocks = blocks_of(findings)
        else:
            blocks = blocks_of(findings, words=linked(checked, self._ledger.figures()))
        yield self._finished(blocks, None)

    def _findings(self) -> list[dict[str, Any]]:
        return [self._ledger.finding(s["finding"]) for s in self._bench.steps if not s["inner"]]

    def _finished(self, blocks: list[dict[str, Any]], clarify: Clarify | None) -> Event:
        kept = [self._copilot.drafts.latest(b["draft"]) for b in blocks if b["kind"] == "draft"]
        checks = [self._copilot.check_draft(draft) for draft in kept]
        drafts = [
            self._copilot.draft_out(draft, checked)
            for draft, checked in zip(kept, checks, strict=True)
        ]
        figures, citations = self._evidence(kept)
        tokens = "\n\n".join(str(b["text"]) for b in blocks if b["kind"] in SAID)
        unsupported = list(self._ledger.verify(tokens, user=[self._question]).unsupported)
        for checked in checks:
            unsupported += checked.unsupported
        text = text_of(blocks, citations)
        if not text and blocks:
            text = plain(str(blocks[0].get("text", "")))
        answer = Answer(
            thread=self._thread,
            answer=text,
            tool_calls=[
                ToolCall(name=s["name"], args=_json(s["args"]))
                for s in self._bench.steps
                if not s["inner"]
            ],
            figures=list(figures.values()),
            citations=list(citations.values()),
            unsupported=list(dict.fromkeys(unsupported)),
            draft=drafts[-1] if drafts else None,
            drafts=drafts,
            clarify=clarify,
            blocks=blocks,
            pending=[e for b in blocks if b["kind"] == "pending" for e in b["entries"]],
            next_steps=clarify.choices if clarify else next_steps_of(self._findings()),
            steps=[{**s, "args": _json(s["args"])} for s in self._bench.steps],
        )
        self._copilot.threads.keep(
            self._thread, self._number, self._question, answer, self._remembered(answer)
        )
        return Event(kind="answer", answer=answer)

    def _evidence(
        self, drafts: list[Draft]
    ) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
        """Figures and citations of this turn's findings, and those its drafts stand on."""
        findings = self._findings()
        figures = {f["id"]: f for finding in findings for f in finding["figures"]}
        citations = {c["id"]: c for finding in findings for c in finding["citations"]}
        texts = [f"{draft.subject}\n{draft.body}" for draft in drafts]
        used = {match.group(2) for text in texts for match in TOKEN.finditer(text)}
        known = {f["id"]: f for f in self._ledger.figures()} if used else {}
        open_ids = [key for key in used if key in known]
        while open_ids:
            key = open_ids.pop()
            if key not in figures:
                figures[key] = known[key]
                open_ids += [i for i in known[key]["basis"]["inputs"] if i in known]
        citations |= {c["id"]: c for c in self._ledger.citations() if c["id"] in used}
        return figures, citations

    def _remembered(self, answer: Answer) -> dict[str, Any]:
        """What the planner must know at the next turn."""
        calls = [{"name": c.name, "args": c.args} for c in answer.tool_calls]
        payers: list[str] = []
        for call in answer.tool_calls:
            payers += call.args.get("payers") or []
            payers += [call.args["payer"]] if call.args.get("payer") else []
        if calls and not payers:  # the payer that the answer turned out to be about
            told = [finding["details"].get("payers") or () for finding in self._findings()]
            payers += [name for names in told if len(names) == 1 for name in names]
        state = dict(self._state)
        if calls:
            state["calls"] = [*state["calls"], calls][-12:]
        if calls and not answer.clarify:
            state["clarify"] = None
        if payers:
            before = [name for name in state["payers"] if name not in payers]
            state["payers"] = [*before, *dict.fromkeys(payers)][-8:]  # the latest stands last
        if answer.draft:
            draft = answer.draft
            state["draft"] = {"id": draft.id, "kind": draft.kind, "payer": draft.payer}
        return state


def _json(args: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(dict(args), default=jsonable))
    return made
