"""A workspace made of paper: hand-written answers through the core's interface, for layout."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from copilot.problems import BadInput
from copilot.results import Answer, Clarify, DraftOut, Event, IngestResult, ToolCall
from copilot.settings import Settings
from tools.lines.lines_read import RowsRead

CONTRACT = (
    "9.1 Term. This Agreement begins on the Effective Date.\n9.2 Exhibit B. Either party may "
    "request renegotiation of Exhibit B by written notice of not less than ninety (90) days "
    "before the anniversary of the Effective Date. <img src=x onerror=alert(1)>\n9.3 Notices."
)
QUOTE = "written notice of not less than ninety (90) days"
COLUMNS: list[dict[str, Any]] = [
    {"header": "CPT", "field": "code", "how": "synonym", "sample": ["99213"]},
    {"header": "Allowed Amt", "field": "allowed", "how": "similar", "sample": ["80.00", "=1+1"]},
    {"header": "Dr <b>", "field": None, "how": None, "sample": []},
]
UNSURE: dict[str, Any] = {
    "spelling": "KESTRL",
    "rows": 12,
    "payer": None,
    "candidates": ["Kestrel National Health"],
}

HOSTILE = "</textarea><img src=x onerror=alert(1)><script>alert(2)</script>"
CHANGES: list[dict[str, Any]] = [
    {
        "id": "ch_filing",
        "title": "Timely filing",
        "old": f"sixty (60) days {HOSTILE}",
        "new": f"one hundred eighty (180) days {HOSTILE}",
        "why": "A claim filed too late is paid by no one.",
        "note": "Outside our range.",
        "guide": "6/2",
        "citation": f"granite_peak.pdf 4.2 {HOSTILE}",
        "where": "in place",
        "heading": "",
        "law": "",
        "severity": "high",
    },
    {
        "id": "ch_escalator",
        "title": "Yearly rate increase",
        "old": "",
        "new": "Every rate rises by three percent (3%) a year.",
        "why": "A schedule that stands still loses value.",
        "note": "The contract does not say it.",
        "guide": "",
        "citation": "",
        "where": "new paragraph",
        "heading": "Escalator",
        "law": "",
        "severity": "medium",
    },
]
OFFER: dict[str, Any] = {
    "kind": "redline",
    "payer": "Granite Peak Health Plan",
    "level": "opening",
    "terms": None,
    "author": 'Sagebrush "Family" <b>',
    "day": "2026-11-23",
    "name": "Granite Peak redline.docx",
}
LEFT = {"id": "ch_escalator", "title": "Yearly rate increase", "reason": "no place was found <b>"}


def figure(
    key: str, name: str, exact: str, unit: str, shown: str, words: str, **basis: Any
) -> dict[str, Any]:
    """A figure as plain data."""
    return {
        "id": key,
        "name": name,
        "value": float(exact),
        "exact": exact,
        "unit": unit,
        "shown": shown,
        "places": None,
        "as_of": None,
        "basis": {
            "words": words,
            "inputs": basis.get("inputs", []),
            "table": basis.get("table"),
            "where": basis.get("where"),
            "rows": basis.get("rows"),
            "source": basis.get("source"),
        },
    }


def figures() -> dict[str, dict[str, Any]]:
    """The figures of the one comparison that the paper workspace knows, by id."""
    made = [
        figure(
            "f_share",
            "Granite Peak, percent of Medicare",
            "92.2720",
            "percent",
            "92.3%",
            "allowed by the payer, divided by the same units at Medicare",
            inputs=["f_allowed", "f_medicare"],
        ),
        figure(
            "f_allowed",
            "Allowed by Granite Peak",
            "483681.12",
            "USD",
            "$483,681",
            "sum of the allowed amounts",
            table="claim_lines",
            rows=4391,
            where="Granite Peak, four codes, office, July 2025 to June 2026",
        ),
        figure(
            "f_medicare",
            "The same units at Medicare",
            "524190.02",
            "USD",
            "$524,190",
            "units times the Medicare price of each code",
            source="CMS Physician Fee Schedule 2025",
        ),
    ]
    for at in range(14):
        code = 99202 + at
        made += [
            figure(
                f"f_u{at}",
                f"Units of {code}",
                str(2140 - 90 * at),
                "count",
                f"{2140 - 90 * at:,}",
                "units on counting lines",
            ),
            figure(
                f"f_p{at}",
                f"Paid for {code}",
                f"{116.4 - at:.2f}",
                "USD",
                f"${116.4 - at:.2f}",
                "allowed divided by units",
            ),
            figure(
                f"f_s{at}",
                f"{code} of Medicare",
                f"{106 - 2.4 * at:.1f}",
                "percent",
                f"{106 - 2.4 * at:.1f}%",
                "price divided by the Medicare price",
            ),
        ]
    return {each["id"]: each for each in made}


def comparison(thread: str, draft: DraftOut | None) -> Answer:
    """An answer with every kind of block."""
    known = figures()
    rows = [
        [
            f"{99202 + at} office visit, level {at}",
            {"figure": f"f_u{at}", "shown": known[f"f_u{at}"]["shown"]},
            {"figure": f"f_p{at}", "shown": known[f"f_p{at}"]["shown"]},
            {"figure": f"f_s{at}", "shown": known[f"f_s{at}"]["shown"]},
        ]
        for at in range(14)
    ]
    blocks: list[dict[str, Any]] = [
        {
            "kind": "headline",
            "text": "Granite Peak pays ⟦f:f_share|92.3%⟧ of Medicare on your top codes, and less "
            "than that on the two you bill most.",
        },
        {
            "kind": "text",
            "text": "From July 2025 to June 2026 it allowed ⟦f:f_allowed|$483,681⟧ where Colorado "
            "Medicare would have allowed ⟦f:f_medicare|$524,190⟧. It may be reopened with notice "
            "⟦c:c_notice|granite_peak.pdf 9.2, p. 14⟧.",
        },
        {
            "kind": "table",
            "finding": "r1",
            "table": {
                "title": "Your two most billed codes are below Medicare",
                "columns": ["Code", "Units", "Granite Peak", "Of Medicare"],
                "rows": rows,
                "first_rows": 10,
            },
        },
        {
            "kind": "chart",
            "finding": "r1",
            "chart": {
                "kind": "bar",
                "title": "Percent of Medicare by code",
                "unit": "percent",
                "labels": ["99202", "99206", "99210"],
                "series": {
                    "Granite Peak": [
                        {"figure": f"f_s{at}", "value": 106 - 2.4 * at} for at in (0, 4, 8)
                    ]
                },
                "reference": {"label": "This payer overall", "figure": "f_share", "value": 92.3},
            },
        },
        {
            "kind": "note",
            "text": "Left out: 36415 has no Medicare physician price. =1+1 <b>stays words</b>.",
        },
    ]
    if draft:
        blocks.append({"kind": "draft", "draft": draft.id})
    return Answer(
        thread=thread,
        answer="Granite Peak pays 92.3% of Medicare.",
        tool_calls=[ToolCall(name="compare_rates", args={"payers": ["Granite Peak"]})],
        figures=list(known.values()),
        citations=[citation()],
        draft=draft,
        drafts=[draft] if draft else [],
        blocks=blocks,
        next_steps=["Make it 10%", "Which payer is lowest on 99214?"],
        steps=[
            {
                "name": "compare_rates",
                "label": "Rates against Medicare",
                "seconds": 0.3,
                "args": {"payers": ["Granite Peak Health Plan"], "top_n": 14},
                "done": "Compared rates: 4,685 units of 14 codes",
                "finding": "r1",
                "inner": False,
                "problem": False,
            }
        ],
    )


def citation() -> dict[str, Any]:
    """The one citation of the paper contract."""
    start = CONTRACT.index(QUOTE)
    return {
        "id": "c_notice",
        "source": "granite_peak.pdf",
        "document": "d1",
        "section": "9.2",
        "page": 14,
        "start": start,
        "end": start + len(QUOTE),
        "quote": QUOTE,
        "label": "granite_peak.pdf 9.2, p. 14",
    }


@dataclass
class Paper:
    """A draft version of the paper workspace."""

    id: str
    subject: str
    body: str
    thread: str
    version: int = 1
    payer: str = "Granite Peak Health Plan"
    made: str = "2026-11-20T10:00:00"


@dataclass
class PaperCopilot:
    """What the page uses of the core, with hand-written answers."""

    root: Path
    settings: Settings = field(default_factory=Settings)
    kept: dict[str, list[tuple[str, Answer]]] = field(default_factory=dict)
    papers: dict[str, list[Paper]] = field(default_factory=dict)
    read: list[IngestResult] = field(default_factory=list)
    pause: float = 0.05
    given: list[tuple[str, str | None]] = field(default_factory=list)
    settled: list[tuple[str, str]] = field(default_factory=list)
    confirmed: list[tuple[str, dict[str, str | None], str | None]] = field(default_factory=list)
    planner: None = None
    agent: None = None
    pictures: Any = field(default_factory=lambda: SimpleNamespace(start=lambda: None))
    redlined: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in ("exports", "threads", "drafts"):
            (self.root / name).mkdir(parents=True, exist_ok=True)
        self.workspace = SimpleNamespace(root=self.root, exports=self.root / "exports")
        self.threads = SimpleNamespace(
            turns=lambda thread: list(self.kept.get(thread, [])),
            listed=lambda: [
                SimpleNamespace(id=key, title=turns[0][0], at="2026-11-20T10:00:00")
                for key, turns in reversed(self.kept.items())
            ],
        )
        self.drafts = SimpleNamespace(
            ids=lambda: list(self.papers),
            latest=self._latest,
            versions=lambda key: self.papers.get(key, []),
        )

    def warm(self) -> None:
        """Nothing to load."""

    def departures(self) -> list[dict[str, Any]]:
        """Nothing left."""
        return []

    def _latest(self, key: str) -> Paper:
        if key not in self.papers:
            raise BadInput(f"draft {key}", "there is no such draft", "choose another one")
        return self.papers[key][-1]

    def draft_out(self, paper: Paper) -> DraftOut:
        """The draft as shown."""
        loose = self.check_draft(paper).unsupported
        return DraftOut(
            id=paper.id,
            kind="email",
            payer=paper.payer,
            subject=paper.subject,
            body=paper.body.replace("⟦f:f_share|", "").replace("⟧", ""),
            status="draft" if loose else "verified",
            version=paper.version,
            checked=f"{len(loose)} not supported" if loose else "9 figures and 1 quote checked",
            underneath="- 92.3%, Granite Peak, percent of Medicare: allowed divided by Medicare",
            plan=[{"what": "Percent of Medicare", "why": "It is the number a contractor knows."}],
        )

    def check_draft(self, paper: Paper) -> SimpleNamespace:
        """77% is the number that nothing supports here."""
        return SimpleNamespace(unsupported=("77%",) if "77%" in paper.body else ())

    def draft_formats(self, paper: Paper) -> list[str]:
        """Those that need no other program."""
        return ["docx", "eml", "md"]

    def save_edit(self, key: str, subject: str, body: str) -> DraftOut:
        """The next version in the user's own words."""
        last = self._latest(key)
        self.papers[key].append(Paper(key, subject, body, last.thread, last.version + 1))
        return self.draft_out(self.papers[key][-1])

    def ask(self, question: str, thread: str | None = None) -> Iterator[Event]:
        """A comparison, with a draft if one is asked for; "which" asks back."""
        thread = thread or f"t{len(self.kept) + 1}"
        if question == "fail":
            raise BadInput("the question", "it fails on purpose", "ask another one")
        if question.startswith("which"):
            answer = Answer(
                thread=thread,
                answer="Which payer?",
                clarify=Clarify(question="Which payer?", choices=["Granite Peak", "Kestrel"]),
                blocks=[{"kind": "clarify", "text": "Which payer do you mean?"}],
            )
        elif question == "redline":
            offer = {**OFFER, "changes": CHANGES}
            answer = Answer(
                thread=thread,
                answer="Two changes.",
                blocks=[
                    {"kind": "headline", "text": "Two changes are ready."},
                    {"kind": "redline", "redline": offer, "finding": "r1"},
                ],
            )
        else:
            yield Event(kind="started", label="Rates against Medicare")
            time.sleep(self.pause * (40 if question == "slow" else 1))
            yield Event(kind="finished", label="Compared rates: 4,685 units", seconds=0.3)
            draft = None
            if "email" in question:
                paper = Paper(
                    "email-1",
                    "Sagebrush Family Medicine: Exhibit B, request for 8%",
                    "Exhibit B has stood since 2020. It now pays ⟦f:f_share|92.3%⟧ of Medicare."
                    "\n\nWe ask for **8%** from March 1, 2027.",
                    thread,
                )
                self.papers["email-1"] = [paper]
                draft = self.draft_out(paper)
            answer = comparison(thread, draft)
        self.kept.setdefault(thread, []).append((question, answer))
        yield Event(kind="answer", answer=answer)

    def ingest(
        self,
        files: Sequence[Path],
        payer: str | None = None,
        say: Callable[[str, float], None] | None = None,
        pictures_later: bool = False,
    ) -> list[IngestResult]:
        """CSV files are read, those that name no payer ask for one, anything else is refused."""
        out = []
        for at, file in enumerate(files):
            self.given.append((file.name, payer))
            if say:
                say(f"Reading {file.name}", at / len(files))
            time.sleep(self.pause)
            if file.suffix == ".csv":
                unclear = "fees" in file.name and payer is None
                out.append(
                    IngestResult(
                        file=file.name,
                        kind="fee_schedule" if "fees" in file.name else "claims",
                        payer=payer,
                        rows=41,
                        sha256="ab" * 32,
                        rejected=[{"row": 7, "reason": "the amount is no number"}],
                        candidates=["Kestrel National Health"] if unclear else [],
                        mapping={"CPT": "code", "Allowed Amt": "allowed"},
                        columns=[] if "fees" in file.name else COLUMNS,
                        unsure_payers=[] if "fees" in file.name else [UNSURE],
                    )
                )
            else:
                out.append(
                    IngestResult(
                        file=file.name,
                        status="refused",
                        problem=f"{file.name}: it is not a file of this kind; save it as PDF.",
                    )
                )
        self.read = [*(r for r in out if r.status != "refused"), *self.read]
        return out

    def redline_proposed(
        self, payer: str, level: str | None = None, terms: Sequence[str] | None = None
    ) -> dict[str, Any]:
        """The two changes at each level."""
        return {"payer": payer, "level": level, "changes": CHANGES, "kept": []}

    def write_redline(self, payer: str, out: Path, **wish: Any) -> dict[str, Any]:
        """Two small files; an id that is none of the changes' is refused."""
        known = {str(each["id"]) for each in CHANGES}
        for key in (*wish["language"], *wish["without"]):
            if key not in known:
                raise BadInput(key, "no change goes by that id", "take the ids of `changes`")
        self.redlined.append((payer, out.name, wish))
        out.write_bytes(b"PK contract")
        out.with_suffix(".memo.docx").write_bytes(b"PK memo")
        kept = [each for each in CHANGES if each["id"] not in wish["without"]]
        return {"files": [{"path": str(out)}], "changes": kept, "left": [LEFT]}

    def sources(self) -> list[dict[str, Any]]:
        """What was read."""
        return [each.model_dump() for each in self.read]

    def mapping_choices(self, kind: str) -> tuple[str, ...]:
        """Four fields for claims, none for others."""
        return ("code", "allowed", "paid", "units") if kind == "claims" else ()

    def open_payers(self) -> list[dict[str, Any]]:
        """One spelling that waits, until it is settled."""
        return [] if self.settled else [UNSURE]

    def settle_payer(self, spelling: str, payer: str) -> dict[str, Any]:
        """Keep the answer."""
        if spelling != UNSURE["spelling"]:
            raise BadInput("the payer's spelling", "no row waits for it", "choose one that does")
        self.settled.append((spelling, payer))
        return {"spelling": spelling, "payer": payer, "rows": UNSURE["rows"]}

    def confirm_mapping(
        self, source: str, columns: Mapping[str, str | None], file: Path | None = None
    ) -> IngestResult:
        """The same file with the mapping as told."""
        self.confirmed.append((source, dict(columns), file and file.name))
        return IngestResult(file="claims.csv", kind="claims", rows=42, sha256="ab" * 32)

    def suggestions(self, most: int = 6) -> list[str]:
        """Two questions once something is loaded."""
        return (
            ["How do our payers compare with Medicare?", "Who pays us most?"] if self.read else []
        )

    def figure(self, thread: str, key: str) -> dict[str, Any] | None:
        """A figure with its inputs."""
        known = figures()
        if thread not in self.kept or key not in known:
            return None
        inputs = [known[i] for i in known[key]["basis"]["inputs"]]
        return {**known[key], "inputs": inputs, "has_rows": key == "f_allowed"}

    def rows_behind(self, thread: str, key: str) -> RowsRead | None:
        """Two lines behind the allowed amount, one with cells that a spreadsheet would run."""
        if thread not in self.kept or key not in ("f_allowed", "f_medicare"):
            return None
        if key == "f_medicare":
            raise BadInput("these rows", "there are too many", "ask about one payer")
        lines = (
            (date(2026, 3, 2), "C-1", Decimal("80.00"), None, "claims.csv", None, 4),
            (date(2026, 3, 3), "=1+1", Decimal("-80.00"), "@SUM(A1)", "claims.csv", None, 5),
        )
        columns = ("service_date", "claim_id", "allowed", "reason_codes", "source_file",
                   "source_sheet", "source_row")  # fmt: skip
        return RowsRead("claim_lines", columns, lines)

    def surroundings(self, thread: str, key: str, around: int = 700) -> dict[str, Any] | None:
        """The citation with the words around it."""
        cited = citation()
        if thread not in self.kept or key != cited["id"]:
            return None
        start, end = cited["start"], cited["end"]
        return {
            **cited,
            "before": CONTRACT[max(0, start - around) : start],
            "after": CONTRACT[end : end + around],
        }

    def change_settings(self, settings: Settings) -> None:
        """Keep the settings."""
        self.settings = settings

    def forget_thread(self, thread: str) -> None:
        """Take a conversation out."""
        self.kept.pop(thread, None)


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[PaperCopilot]:
    """A paper workspace with one comparison and one draft in it."""
    made = PaperCopilot(tmp_path / "workspace", pause=0.0)
    for _ in made.ask("compare and draft an email"):
        pass
    yield made
    shutil.rmtree(made.root, ignore_errors=True)


def plain_settings(**changes: Any) -> Mapping[str, Any]:
    """Settings data with some fields changed."""
    return {**Settings().model_dump(), **changes}


PORT = 7860
ORIGIN = f"http://127.0.0.1:{PORT}"


@dataclass
class Site:
    """A site that runs in this process: a client, signed in or not, and what it told."""

    client: Any
    paper: PaperCopilot
    opened: Any
    access: Any
    gate: Any
    told: list[str]

    def sign_in(self) -> None:
        """Exchange the link for the cookie."""
        link = self.access.link(ORIGIN)
        assert self.client.get(link.removeprefix(ORIGIN)).status_code == 200

    def wait_for_the_page(self) -> None:
        """Until Gradio is built."""
        for _ in range(600):
            state = self.client.get("/state/ready").json()
            assert not state["problem"], state
            if state["ready"]:
                return
            time.sleep(0.05)
        raise AssertionError("the page did not come up within half a minute")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The whole site with the Gradio page over a paper workspace, signed in."""
    import os
    import tempfile

    from starlette.testclient import TestClient

    from ui.opened import Opened
    from ui.page.page import build_application
    from ui.serving import private_folders
    from ui.web.access import Access
    from ui.web.site import build_site

    made = PaperCopilot(tmp_path_factory.mktemp("site") / "workspace", pause=0.0)
    for _ in made.ask("compare and draft an email"):
        pass
    here, before = Path.cwd(), (os.environ.get("GRADIO_TEMP_DIR"), tempfile.tempdir)
    uploads = private_folders(made.root)
    told: list[str] = []
    opened = Opened(made, uploads)  # type: ignore[arg-type]
    access = Access(say=told.append)
    gate = build_site(opened, access, PORT, build_application)
    try:
        with TestClient(gate, base_url=ORIGIN, raise_server_exceptions=False) as client:
            running = Site(client, made, opened, access, gate, told)
            running.sign_in()
            running.wait_for_the_page()
            yield running
    finally:
        os.chdir(here)
        tempfile.tempdir = before[1]
        if before[0] is None:
            os.environ.pop("GRADIO_TEMP_DIR", None)
        else:
            os.environ["GRADIO_TEMP_DIR"] = before[0]


@pytest.fixture
def stranger(site: Site) -> Iterator[Any]:
    """A client of the same site without its cookie."""
    from starlette.testclient import TestClient

    yield TestClient(site.gate, base_url=ORIGIN, raise_server_exceptions=False)
