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
import copilot.mail
import copilot.readiness
import copilot.rehearsal
import copilot.tracker
import tools
from copilot import shown
from copilot.background_reading import BackgroundReading
from copilot.departures import departures
from copilot.drafts import Draft, Drafts
from copilot.ledger import Ledger, Store
from copilot.mail.found import found_in
from copilot.results import (
    Answer,
    DraftOut,
    Event,
    IngestResult,
    SearchResult,
)
from copilot.settings import Settings, load_settings, save_settings
from copilot.thread import Threads, checked_thread, new_thread
from copilot.verifier import Checked, linked
from knowledge.documents.ocr.page_store import Pending
from knowledge.evidence import plain
from knowledge.exercise.paper_text import looks_like_exercise
from knowledge.long_runs import without_long_runs
from knowledge.payer_names import PayerBook
from knowledge.retrieval.encoder import shared_encoder
from knowledge.retrieval.library import Library
from knowledge.workspace import open_workspace
from tools.confirming import confirm_mapping, mapping_choices, open_payers, settle_payer
from tools.document_intake import finish_reading
from tools.ingestion import INGESTING, ingest
from tools.lines.lines_read import RowsRead
from tools.practice import Practice
from tools.registry import Tool, discover, registered
from tools.tables.store import TableStore

LONGEST_QUESTION = 20_000


def all_tools() -> Mapping[str, Tool]:
    """Every tool, those bound to the thread among them."""
    discover(tools)
    discover(copilot.drafting)
    discover(copilot.rehearsal)
    discover(copilot.mail)
    discover(copilot.readiness)
    discover(copilot.tracker)
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
        self.store = Store(self.workspace.threads / "ledger.sqlite")
        self.threads = Threads(self.store)
        self._encoder = shared_encoder()

    def close(self) -> None:
        """Give the workspace back."""
        if "pictures" in self.__dict__:
            self.pictures.stop()
        if "library" in self.__dict__:
            self.library.stop()
        agent = self.__dict__.get("agent")
        if agent is not None:
            agent.close()
        self._held.close()

    def __enter__(self) -> Copilot:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def library(self) -> Library:
        """The documents and their search; it sees by itself what an import changed."""
        return Library(self.workspace, self._encoder)

    @cached_property
    def practice(self) -> Practice:
        """The practice as its tools see it."""
        return Practice(
            workspace=self.workspace,
            tables=TableStore(self.workspace, self.settings.engine),
            library=self.library,
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
    def agent(self) -> Any:
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

    @property
    def is_warm(self) -> bool:
        """Whether the embedding model takes part in answers yet."""
        return self._encoder.ready

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
        keep_originals: bool = False,
        pictures_later: bool = False,
    ) -> list[IngestResult]:
        """Read files into the workspace; one result a file, refused ones with their sentence.

        pictures_later: pages that are pictures are read in the background, the rest is of use
        meanwhile; else they are read before this returns.

        keep_originals: keep files whole, readable by their owner alone, though they name
        patients; else a copy without them is kept.

        say: called with what is being done and the share done, 0 to 1.
        """
        before = self._papers()
        exercises: dict[int, IngestResult] = {}
        if any(map(looks_like_exercise, files)):
            from copilot.exercise import taken_out

            exercises, files = taken_out(self, files)
        results = [
            IngestResult.model_validate(result)
            for result in ingest(self.practice, files, payer, say, keep_originals, pictures_later)
        ]
        given = [place for place, each in enumerate(results) if not each.inside]
        for place, exercise in sorted(exercises.items(), reverse=True):
            others = place - sum(1 for other in exercises if other < place)
            results.insert((*given, len(results))[others], exercise)
        self._fresh()
        for each in results:
            if each.kind == "email" and each.status == "imported" and each.sha256:
                mail = self.library.document(each.sha256[:16])
                told = found_in(self.practice, self.settings.profile, mail)
                each.read_notes = [*told, *each.read_notes]
        if pictures_later:
            self.pictures.start()
        if self._papers() != before and self._encoder.ready:
            self.library.update_in_background()
        return results

    @cached_property
    def pictures(self) -> BackgroundReading:
        """The reading of pages that are pictures, behind the user's work."""

        def finish(begun: Pending) -> None:
            with INGESTING:
                finish_reading(self.practice, begun)
            self._fresh()
            if self._encoder.ready:
                self.library.update_in_background()

        return BackgroundReading(self.workspace, finish)

    def confirm_mapping(
        self, source: str, columns: Mapping[str, str | None], file: Path | None = None
    ) -> IngestResult:
        """Keep what the user says of a source's columns and read it again with it.

        source: the first 16 digits of the file's hash. columns: header -> field, None for one
        not to be read. file: the user's own file, where the workspace holds a redacted copy.
        """
        answer = confirm_mapping(self.practice, source, columns, file)
        self._fresh()
        shown = [
            {**each, "how": "confirmed"} if each["header"] in columns and each["field"] else each
            for each in answer.get("columns") or ()
        ]
        return IngestResult.model_validate({**answer, "columns": shown})

    def mapping_choices(self, kind: str) -> tuple[str, ...]:
        """The fields that columns of a kind of file may hold."""
        return mapping_choices(kind)

    def open_payers(self) -> list[dict[str, Any]]:
        """Spellings of payers that wait for the user's word, those on most rows first."""
        return open_payers(self.practice)

    def settle_payer(self, spelling: str, payer: str) -> dict[str, Any]:
        """The user's word whose a spelling is; gives spelling, payer and rows."""
        settled = settle_payer(self.practice, spelling, payer)
        self._fresh()
        return settled

    def finish_index(self, say: Callable[[str, float], None] | None = None) -> None:
        """Bring the search index up to date and wait for it, a minute or so for new contracts.

        Until then search goes by words alone. The page never waits; `ingest` on the command
        line, batches and evaluations do.
        """
        self.library.update_index(say)

    def _papers(self) -> list[tuple[str, str | None, str]]:
        listed = self.sources()
        return [(s["document"], s["payer"], s["kind"]) for s in listed if s.get("document")]

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
        from copilot.turn import Turn

        question = without_long_runs(question.strip()[:LONGEST_QUESTION])
        yield from Turn(self, question, checked_thread(thread) if thread else new_thread()).run()

    def move_inputs(
        self, thread: str, turn: int, finding: str, changes: Mapping[str, str]
    ) -> Answer:
        """A model's answer with some of its inputs moved; see copilot.what_if.moved."""
        from copilot.what_if import moved

        return moved(self, thread, turn, finding, changes)

    def redline_proposed(
        self, payer: str, level: str | None = None, terms: Sequence[str] | None = None
    ) -> dict[str, Any]:
        """What a redline would change at a level; see copilot.redline.proposed."""
        from copilot.redline import proposed

        return proposed(self, payer, level, terms)

    def write_redline(self, payer: str, out: Path, **wish: Any) -> dict[str, Any]:
        """Write a redline's Word files; see copilot.redline.write_redlines for the wish."""
        from copilot.redline import write_redlines

        return write_redlines(self, payer, out, **wish)

    def departures(self) -> list[dict[str, Any]]:
        """What has left this computer, the latest first; normally nothing."""
        return departures(self.workspace)

    def check_draft(self, draft: Draft) -> Checked:
        """The verifier's check of a draft's subject and body against its thread."""
        ledger = self.ledger(draft.thread)
        profile = self.settings.profile
        own = [str(v) for v in profile.model_dump().values() if v]
        return ledger.verify(f"{draft.subject}\n\n{draft.body}", words=own, rehearsed=False)

    def draft_out(self, draft: Draft, checked: Checked | None = None) -> DraftOut:
        """A draft as shown: words without tokens, and what it stands on underneath.

        checked: the draft's check, where it was made already.
        """
        from copilot.drafting.underneath import underneath

        ledger = self.ledger(draft.thread)
        checked = checked or self.check_draft(draft)
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
        then says what the edit left without support. The text as it was written is kept
        beside it, so that a later change carries the edit on.
        """
        last = self.drafts.latest(key)
        ledger = self.ledger(last.thread)
        figures = ledger.figures()

        def tokens(words: str) -> str:
            return linked(ledger.verify(words, rehearsed=False), figures)

        written = last.facts.get("written") or {"subject": last.subject, "body": last.body}
        edited = replace(last, subject=tokens(subject), body=tokens(body), status="draft",
                         facts={**last.facts, "written": written})  # fmt: skip
        return self.draft_out(self.drafts.keep(edited))

    def draft_formats(self, draft: Draft) -> list[str]:
        """The formats in which a draft can be taken away from this computer's copilot."""
        from copilot.export import formats

        return formats(self, draft)

    def ledger(self, thread: str) -> Ledger:
        """The evidence of a thread."""
        return Ledger(self.store, thread, self.today)

    def suggestions(self, most: int = 6) -> list[str]:
        """Questions that fit what is loaded, with real payers in them."""
        return shown.suggestions(self.practice, self.tools.values(), most)

    def sources(self) -> list[dict[str, Any]]:
        """Every source of the workspace as the manifest lists it, the latest first."""
        manifest = self.workspace.read_json(self.workspace.manifest, {"sources": []})
        return list(reversed(manifest["sources"]))

    def figure(self, thread: str, key: str) -> dict[str, Any] | None:
        """One figure of a thread with its inputs as plain data, or None."""
        return shown.figure(self.ledger(thread), key)

    def rows_behind(self, thread: str, key: str) -> RowsRead | None:
        """The rows that a figure of a thread was read from, without identifiers, or None.

        Raises BadInput where there are too many to write at once.
        """
        return shown.rows_behind(self.practice, self.ledger(thread), key)

    def surroundings(self, thread: str, key: str, around: int = 700) -> dict[str, Any] | None:
        """A citation with up to `around` characters before and after it, or None."""
        return shown.surroundings(self.practice, self.ledger(thread), key, around)

    def document_names(self) -> list[str]:
        """The names of the documents read in, as citations show them."""
        return [document.name for document in self.practice.library.documents()]

    def stored_text_of(self, name: str) -> str:
        """The stored text of the document with a name; raises KeyError where there is none."""
        return {d.name: d.text for d in self.practice.library.documents()}[name]

    def forget_thread(self, thread: str) -> None:
        """Take a conversation out; its drafts stay."""
        self.threads.forget(thread)
        self.agent.forget(thread)
