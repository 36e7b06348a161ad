"""The product's one core: the page, the command line and the evaluations all stand on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import copilot.drafting
import tools
from copilot.agent_tools import Bench
from copilot.answer import blocks_of, next_steps_of, text_of
from copilot.departures import departures, note_departure
from copilot.desk import Desk
from copilot.drafts import Draft, Drafts
from copilot.ledger import Ledger, Store
from copilot.results import (
    Answer,
    Clarify,
    DraftOut,
    Event,
    IngestResult,
    SearchResult,
    ToolCall,
)
from copilot.settings import Settings, load_settings, save_settings
from copilot.thread import Threads, checked_thread, new_thread
from copilot.verifier import linked
from knowledge.evidence import TOKEN, plain
from knowledge.guide_entries import stored_text
from knowledge.payer_names import PayerBook
from knowledge.problems import BadInput, NotKnown
from knowledge.retrieval.encoder import shared_encoder
from knowledge.retrieval.library import Library
from knowledge.workspace import open_workspace
from tools.ingestion import ingest
from tools.practice import Practice
from tools.registry import Tool, discover, registered
from tools.tables.schema import SCHEMAS
from tools.tables.store import TableStore

LONGEST_QUESTION = 20_000


def all_tools() -> Mapping[str, Tool]:
    """Every tool, those bound to the thread among them."""
    discover(tools)
    discover(copilot.drafting)
    return registered()


def planner_over(payers: Sequence[str]) -> Any:
    """A warm planner over a vocabulary of payers alone, for evaluations."""
    from copilot.planner.planner import Planner
    from copilot.vocabulary import vocabulary_for

    encoder = shared_encoder()
    encoder.wait()
    return Planner(all_tools(), vocabulary_for(payers), encoder)


class Copilot:
    """One workspace, opened for this process alone until `close`.

    today fixes the day that all relative dates refer to. Raises BadInput where the folder
    cannot be used or another process holds it.
    """

    def __init__(
        self,
        workspace: Path,
        today: date | None = None,
        who: str = "payer-copilot",
        create: bool = True,
    ) -> None:
        self.workspace = open_workspace(workspace, create=create)
        self._held = ExitStack()
        self._held.enter_context(self.workspace.writing(who))
        self.settings = load_settings(self.workspace)
        self.today = today or date.today()
        self.drafts = Drafts(self.workspace)
        self._store = Store(self.workspace.threads / "ledger.sqlite")
        self.threads = Threads(self._store)
        self._encoder = shared_encoder()

    def close(self) -> None:
        """Give the workspace back."""
        agent = self.__dict__.get("_agent")
        if agent is not None:
            agent.close()
        self._held.close()

    def __enter__(self) -> Copilot:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def practice(self) -> Practice:
        """The practice as its tools see it."""
        return Practice(
            workspace=self.workspace,
            tables=TableStore(self.workspace),
            library=Library(self.workspace, self._encoder),
            payers=PayerBook(self.workspace),
            today=self.today,
            name=self.settings.profile.name,
            locality=self.settings.locality,
        )

    @cached_property
    def tools(self) -> Mapping[str, Tool]:
        """All tools, those bound to the thread among them."""
        return all_tools()

    @cached_property
    def _agent(self) -> Any:
        from copilot.agent import Agent

        return Agent(self.workspace.threads / "checkpoints.sqlite")

    @cached_property
    def planner(self) -> Any:
        """The built-in planner over this workspace's vocabulary."""
        from copilot.planner.planner import Planner
        from copilot.vocabulary import vocabulary_of

        return Planner(self.tools, vocabulary_of(self.practice), self._encoder)

    def warm(self) -> None:
        """Start loading what answers need, in the background; nothing waits for it."""
        self._encoder.warm()

    def wait_until_warm(self) -> None:
        """Wait for the embedding model (batches and evaluations do; the page does not)."""
        self._encoder.wait()

    def change_settings(self, settings: Settings) -> None:
        """Keep new settings and use them from the next turn on."""
        save_settings(self.workspace, settings)
        self.settings = settings
        self._fresh()

    def _fresh(self) -> None:
        for name in ("practice", "planner"):
            self.__dict__.pop(name, None)

    def ingest(
        self,
        files: Sequence[Path],
        payer: str | None = None,
        say: Callable[[str, float], None] | None = None,
    ) -> list[IngestResult]:
        """Read files into the workspace; one result a file, refused ones with their sentence.

        say: called with what is being done and the share done, 0 to 1.
        """
        results = [
            IngestResult.model_validate(result)
            for result in ingest(self.practice, files, payer, say)
        ]
        self._fresh()
        if any(r.status == "imported" for r in results):
            self.practice.library.update_index()
        return results

    def name_payer(self, canonical: str, aliases: Sequence[str] = ()) -> None:
        """Keep a payer's name and the spellings that mean it, as the user confirmed them."""
        self.practice.payers.learn(canonical, aliases)
        self._fresh()

    def search(
        self,
        query: str,
        payer: str | None = None,
        k: int = 10,
        sources: str = "all",
    ) -> list[SearchResult]:
        """Passages for a query, best first; of one payer's documents where it is named."""
        payers = [self._payer(payer)] if payer else []
        where: Any = "contracts" if payers and sources == "all" else sources
        hits = self.practice.library.search(query, payers=payers, sources=where, k=k)
        return [
            SearchResult(
                source=hit.passage.citation.source,
                section=hit.passage.citation.section,
                page=hit.passage.citation.page,
                start=hit.passage.citation.start,
                end=hit.passage.citation.end,
                quote=hit.passage.citation.quote,
                score=hit.score,
                payer=hit.passage.payer,
                document=hit.passage.citation.document,
            )
            for hit in hits
        ]

    def _payer(self, given: str) -> str:
        resolved = self.practice.payers.resolve(given)
        if resolved.name:
            return resolved.name
        return given

    def answer(self, question: str, thread: str | None = None) -> Answer:
        """The whole answer to a question; see `ask` for the events on the way."""
        for event in self.ask(question, thread):
            if event.answer is not None:
                return event.answer
        raise AssertionError("a turn ends with its answer")

    def ask(self, question: str, thread: str | None = None) -> Iterator[Event]:
        """One turn on a thread (a new one where none is named): its events, the Answer last."""
        question = question.strip()[:LONGEST_QUESTION]
        thread = checked_thread(thread) if thread else new_thread()
        turn = self.threads.turn(thread)
        state = self.threads.state(thread)
        ledger = Ledger(self._store, thread, self.today)
        bench = self._bench(ledger, turn, question, state)
        if self.settings.model == "builtin":
            yield from self._planned(bench, question, state)
        else:
            yield from self._modelled(bench, question, state)

    def departures(self) -> list[dict[str, Any]]:
        """What has left this computer, the latest first; normally nothing."""
        return departures(self.workspace)

    def _bench(self, ledger: Ledger, turn: int, question: str, state: dict[str, Any]) -> Bench:
        def desk(bench: Bench) -> Desk:
            return Desk(
                practice=self.practice,
                ledger=ledger,
                drafts=self.drafts,
                settings=self.settings,
                thread=ledger.thread,
                question=question,
                state=state,
                run=lambda name, **args: bench.run(name, inner=True, **args),
            )

        return Bench(self.tools, self.practice, ledger, turn, desk)

    def _planned(
        self, bench: Bench, question: str, state: dict[str, Any], note: str = ""
    ) -> Iterator[Event]:
        plan = self.planner.plan(question, state, self.today)
        said = plan.clarify.question if plan.clarify else (plan.reply or "")

        def words() -> str:
            if said:
                return said
            return "\n\n".join(
                block["text"]
                for block in blocks_of(self._outer(bench))
                if block["kind"] in ("headline", "text", "note")
            )

        calls = [{"name": call.name, "args": dict(call.args)} for call in plan.calls]
        for item in self._agent.run(bench, bench.ledger.thread, question, None, calls, words):
            if isinstance(item, Event):
                yield Event(**{**item.model_dump(), "text": plain(item.text)})
        clarify = (
            Clarify(question=plan.clarify.question, choices=list(plan.clarify.choices))
            if plan.clarify
            else None
        )
        state = {**state, "clarify": plan.clarify.pending if plan.clarify else None}
        blocks = (
            [{"kind": "clarify" if plan.clarify else "reply", "text": said}]
            if said
            else blocks_of(self._outer(bench))
        )
        if note:
            blocks.append({"kind": "note", "text": note})
        yield self._finished(bench, question, blocks, state, clarify)

    def _modelled(self, bench: Bench, question: str, state: dict[str, Any]) -> Iterator[Event]:
        from copilot.models import configured_model

        model = configured_model(self.settings)
        note_departure(self.workspace, self.settings, question)
        try:
            yield from self._spoken(bench, question, state, model)
        except (BadInput, NotKnown):
            raise
        except Exception as silent:  # the model's service is outside our hands
            note = (
                f"Your language model did not answer ({type(silent).__name__}); "
                "this answer is the built-in planner's."
            )
            yield from self._planned(bench, question, state, note)

    def _spoken(
        self, bench: Bench, question: str, state: dict[str, Any], model: Any
    ) -> Iterator[Event]:
        thread = bench.ledger.thread
        text = ""
        for item in self._agent.run(bench, thread, question, model):
            if isinstance(item, Event):
                yield item
            else:
                text = item
        checked = bench.ledger.verify(text, user=[question])
        if checked.unsupported:
            again = (
                "These are not supported by any tool result: "
                + "; ".join(checked.unsupported)
                + ". Say it again without them, or call the tool that gives them."
            )
            for item in self._agent.run(bench, thread, again, model):
                if isinstance(item, str):
                    checked = bench.ledger.verify(item, user=[question])
        findings = self._outer(bench)
        if checked.unsupported and findings:
            blocks = blocks_of(findings)
        else:
            blocks = blocks_of(findings, words=linked(checked, bench.ledger.figures()))
        yield self._finished(bench, question, blocks, state, None)

    def _outer(self, bench: Bench) -> list[dict[str, Any]]:
        return [bench.ledger.finding(s["finding"]) for s in bench.steps if not s["inner"]]

    def _finished(
        self,
        bench: Bench,
        question: str,
        blocks: list[dict[str, Any]],
        state: dict[str, Any],
        clarify: Clarify | None,
    ) -> Event:
        ledger, thread = bench.ledger, bench.ledger.thread
        findings = ledger.findings(bench.turn)
        citations = {c["id"]: c for f in findings for c in f["citations"]}
        drafts = [
            self.draft_out(self.drafts.latest(b["draft"])) for b in blocks if b["kind"] == "draft"
        ]
        used = {
            m.group(2)
            for draft in drafts
            for m in TOKEN.finditer(self.drafts.latest(draft.id).body)
        }
        citations |= {c["id"]: c for c in ledger.citations() if c["id"] in used}
        figures = {f["id"]: f for finding in findings for f in finding["figures"]}
        figures |= {f["id"]: f for f in ledger.figures() if f["id"] in used}
        text = text_of(blocks, citations)
        if clarify or not text:
            text = plain(str(blocks[0]["text"])) if blocks else ""
        outer = [s for s in bench.steps if not s["inner"]]
        tokens = "\n\n".join(
            str(b["text"]) for b in blocks if b["kind"] in ("headline", "text", "note")
        )
        unsupported = list(ledger.verify(tokens, user=[question]).unsupported)
        for draft in drafts:
            unsupported += self.check_draft(self.drafts.latest(draft.id)).unsupported
        answer = Answer(
            thread=thread,
            answer=text,
            tool_calls=[ToolCall(name=s["name"], args=_json_args(s["args"])) for s in outer],
            figures=list(figures.values()),
            citations=list(citations.values()),
            unsupported=list(dict.fromkeys(unsupported)),
            draft=drafts[-1] if drafts else None,
            drafts=drafts,
            clarify=clarify,
            blocks=blocks,
            next_steps=clarify.choices if clarify else next_steps_of(self._outer(bench)),
            steps=[{**s, "args": _json_args(s["args"])} for s in bench.steps],
        )
        self.threads.keep(thread, bench.turn, question, answer, self._next_state(state, answer))
        return Event(kind="answer", answer=answer)

    def _next_state(self, state: dict[str, Any], answer: Answer) -> dict[str, Any]:
        calls = [{"name": c.name, "args": c.args} for c in answer.tool_calls]
        payers: list[str] = []
        for call in calls:
            payers += call["args"].get("payers") or []
            payers += [call["args"]["payer"]] if call["args"].get("payer") else []
        out = dict(state)
        if calls:
            out["calls"] = [*state["calls"], calls][-12:]
            out["clarify"] = None
        if payers:
            out["payers"] = list(dict.fromkeys([*payers, *state["payers"]]))[:8]
        if answer.draft:
            out["draft"] = {
                "id": answer.draft.id,
                "kind": answer.draft.kind,
                "payer": answer.draft.payer,
            }
        return out

    def check_draft(self, draft: Draft) -> Any:
        """The verifier's check of a draft's subject and body against its thread."""
        ledger = Ledger(self._store, draft.thread, self.today)
        profile = self.settings.profile
        own = [str(v) for v in profile.model_dump().values() if v]
        return ledger.verify(f"{draft.subject}\n\n{draft.body}", words=own)

    def draft_out(self, draft: Draft) -> DraftOut:
        """A draft as shown: words without tokens, and what it stands on underneath."""
        from copilot.drafting.underneath import underneath

        ledger = Ledger(self._store, draft.thread, self.today)
        checked = self.check_draft(draft)
        status = draft.status
        if status == "draft" and not checked.unsupported:
            status = "verified"
        return DraftOut(
            id=draft.id,
            kind=draft.kind,
            payer=draft.payer,
            subject=plain(draft.subject),
            body=plain(draft.body),
            status=status,
            version=draft.version,
            checked=checked.said(),
            underneath=underneath(draft, ledger),
            plan=list(draft.plan),
        )

    def save_edit(self, key: str, subject: str, body: str) -> DraftOut:
        """Keep the user's own wording of a draft as its next version.

        Numbers that stood in the last version stay linked to their figures; the check
        then says what the edit left without support.
        """
        last = self.drafts.latest(key)
        ledger = Ledger(self._store, last.thread, self.today)
        figures = ledger.figures()

        def tokens(words: str) -> str:
            return linked(ledger.verify(words), figures)

        edited = replace(last, subject=tokens(subject), body=tokens(body), status="draft")
        return self.draft_out(self.drafts.keep(edited))

    def suggestions(self, most: int = 6) -> list[str]:
        """Questions that fit what is loaded, one a tool, with real payers and codes in them."""
        practice = self.practice
        have = {name for name in SCHEMAS if practice.tables.has(name)}
        if practice.library.documents():
            have.add("contracts")
        payers = self._payers_by_size()
        out = []
        for tool in self.tools.values():
            if tool.examples and have.issuperset(tool.needs):
                example = tool.examples[0]
                if "{payer}" in example and not payers:
                    continue
                payer = practice.payers.short_name(payers[len(out) % len(payers)]) if payers else ""
                out.append(example.replace("{payer}", payer).replace("{code}", "99214"))
        return out[:most]

    def _payers_by_size(self) -> list[str]:
        book = self.practice.payers
        insurers = [n for n in book.known() if book.line_of_business(n) != "self_pay"]
        contracted = {d.payer for d in self.practice.library.documents() if d.payer}
        return sorted(insurers, key=lambda name: (name not in contracted, name))

    def sources(self) -> list[dict[str, Any]]:
        """Every source of the workspace as the manifest lists it, the latest first."""
        manifest = self.workspace.read_json(self.workspace.manifest, {"sources": []})
        return list(reversed(manifest["sources"]))

    def figure(self, thread: str, key: str) -> dict[str, Any] | None:
        """One figure of a thread with its inputs as plain data, or None."""
        known = {f["id"]: f for f in Ledger(self._store, thread, self.today).figures()}
        if key not in known:
            return None
        inputs = [known[i] for i in known[key]["basis"]["inputs"] if i in known]
        return {**known[key], "inputs": inputs}

    def surroundings(self, thread: str, key: str, around: int = 700) -> dict[str, Any] | None:
        """A citation with the words before and after it in its stored source, or None.

        Offsets are code points of the stored text; `before` and `after` hold at most
        `around` of them.
        """
        for cited in Ledger(self._store, thread, self.today).citations():
            if cited["id"] == key:
                text = self._stored_text(cited)
                start, end = cited["start"], cited["end"]
                return {
                    **cited,
                    "before": text[max(0, start - around) : start],
                    "after": text[end : end + around],
                }
        return None

    def _stored_text(self, cited: Mapping[str, Any]) -> str:
        if cited["document"]:
            return self.practice.library.document(cited["document"]).text
        return stored_text(cited["source"])

    def document_names(self) -> list[str]:
        """The names of the documents read in, as citations show them."""
        return [document.name for document in self.practice.library.documents()]

    def stored_text_of(self, name: str) -> str:
        """The stored text of the document with a name; raises KeyError where there is none."""
        texts = {d.name: d.text for d in self.practice.library.documents()}
        return texts[name]

    def forget_thread(self, thread: str) -> None:
        """Take a conversation out; its drafts stay."""
        self.threads.forget(thread)
        self._agent.forget(thread)


def _json_args(args: Mapping[str, Any]) -> dict[str, Any]:
    import json

    from copilot.ledger import jsonable

    made: dict[str, Any] = json.loads(json.dumps(dict(args), default=jsonable))
    return made
