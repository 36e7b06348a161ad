"""A small invented practice on disk, with real tables, papers, ledger and tools.

Two payers: Larkmoor, with everything a letter can use, and Bitterroot, with little. Sums
are small enough to work by hand; see the comments at the rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import tools
from copilot.agent_tools import Bench
from copilot.desk import Desk
from copilot.drafts import Draft, Drafts
from copilot.ledger import Ledger, Store
from copilot.settings import Profile, Settings, save_settings
from knowledge.documents.document import Document, Section
from knowledge.evidence import Finding, plain
from knowledge.payer_names import PayerBook
from knowledge.retrieval.library import Library
from knowledge.workspace import Workspace, open_workspace
from tools.practice import Practice
from tools.registry import discover, registered
from tools.tables.schema import SCHEMAS
from tools.tables.store import TableStore

TODAY = date(2026, 11, 23)
LARKMOOR = "Larkmoor Health Plan"
BITTERROOT = "Bitterroot Mutual"

CONTRACT = """PARTICIPATION AGREEMENT

This agreement between Larkmoor Health Plan ("Plan") and the practice ("Provider") takes effect on July 1, 2020.

4.1 Behavioral Health. Mental health and substance use claims are administered by the Plan's designee, Otter Creek Partners.

6.2 Prior Authorization. No prior authorization is required for outpatient mental health visits.

8.2 Termination Without Cause. Either party may terminate this agreement without cause by giving the other ninety (90) days' written notice.

11.2 Renegotiation. Either party may ask that Exhibit B be renegotiated by giving the other one hundred twenty (120) days' written notice stating the change sought.

11.4 Notices. A written notice is given when it is delivered by certified mail to the address of the other party.

EXHIBIT B COMPENSATION

Plan pays one hundred four percent (104%) of the 2020 Medicare physician fee schedule, Colorado locality.
"""  # noqa: E501


def section(text: str, number: str, heading: str, kind: str = "body") -> Section:
    label = f"{number} {heading}"
    start = text.index(label)
    end = text.find("\n\n", start + len(label) + (2 if kind == "exhibit" else 0))
    end = len(text) if end < 0 or kind == "exhibit" else end
    return Section(number, heading, (label,), start, end, None, 1, None, kind)


def contract() -> Document:
    sections = (
        section(CONTRACT, "4.1", "Behavioral Health"),
        section(CONTRACT, "6.2", "Prior Authorization"),
        section(CONTRACT, "8.2", "Termination Without Cause"),
        section(CONTRACT, "11.2", "Renegotiation"),
        section(CONTRACT, "11.4", "Notices"),
        section(CONTRACT, "EXHIBIT B", "COMPENSATION", "exhibit"),
    )
    return Document(
        id="a" * 16,
        name="larkmoor.txt",
        kind="contract",
        payer=LARKMOOR,
        text=CONTRACT,
        page_starts=(),
        sections=sections,
        unread_pages=(),
        title="Participation agreement",
    )


def claim(n: int, payer: str, code: str, allowed: str, day: date, **more: Any) -> dict[str, Any]:
    return {
        "claim_id": f"c{n}", "line_number": "1", "service_date": day, "payer": payer,
        "payer_as_given": payer, "product": "PPO", "line_of_business": "commercial",
        "payer_order": "primary", "code": code, "modifiers": "", "units": Decimal(1),
        "place_of_service": "11", "billed": Decimal("200.00"), "allowed": Decimal(allowed),
        "paid": Decimal(allowed), "patient_responsibility": Decimal("0.00"), "status": "paid",
        "reason_codes": "", "diagnoses": "", "member_key": f"m{n % 40}", "row_hash": f"{payer}{n}",
        **more,
    }  # fmt: skip


def claims() -> list[dict[str, Any]]:
    """Larkmoor: 100 visits of 99214 at 116.25, 10 of them on a Saturday, 40 members, and 8
    denied lines of 108; Bitterroot: 20 visits of 99213 at 99.00.

    From November 2025 to October 2026, so that the default period is those twelve months.
    Allowed: 11,625.00; 8% of it: 930.00. Percent of 2025 Colorado Medicare (127.92 a
    visit): 116.25 / 127.92 = 90.877...
    """
    monday, saturday = date(2026, 3, 2), date(2026, 3, 7)
    made = [claim(n, LARKMOOR, "99214", "116.25", saturday if n < 10 else monday)
            for n in range(100)]  # fmt: skip
    made += [
        claim(n, LARKMOOR, "99214", "0.00", monday, status="denied", reason_codes="CO-197")
        for n in range(100, 108)
    ]
    made += [claim(n, BITTERROOT, "99213", "99.00", monday) for n in range(200, 220)]
    first, last = date(2025, 11, 3), date(2026, 10, 30)
    made[10]["service_date"], made[11]["service_date"] = first, last
    return made


TABLES: dict[str, list[dict[str, Any]]] = {
    "claim_lines": claims(),
    "access": [
        # 2 sites; after five: Tuesday 3 hours at Main; Saturday 4 at Main: 7 hours a week.
        {"site": "Main", "weekday": "Monday", "opens": "08:00", "closes": "17:00"},
        {"site": "Main", "weekday": "Tuesday", "opens": "08:00", "closes": "20:00"},
        {"site": "Main", "weekday": "Saturday", "opens": "08:00", "closes": "12:00"},
        {"site": "Mesa", "weekday": "Monday", "opens": "08:00", "closes": "17:00"},
    ],
    "quality": [
        # 75% against the 2025 median of electronic reporting; CMS122 is inverse.
        {"measure": "CMS165", "measure_as_given": "CBP", "payer": LARKMOOR,
         "period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31),
         "numerator": 150, "denominator": 200},
        {"measure": "CMS122", "measure_as_given": "A1c", "payer": None,
         "period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31),
         "numerator": 22, "denominator": 100},
    ],
    "utilization": [
        {"payer": LARKMOOR, "period_start": date(2025, 7, 1), "period_end": date(2026, 6, 30),
         "metric": "Emergency department visits", "practice_value": Decimal("148"),
         "comparison_value": Decimal("191"), "unit": "per 1,000"},
    ],
    "fee_schedules": [
        {"payer": LARKMOOR, "product": None, "code": "*", "modifier": "",
         "percent_of_medicare": Decimal("104"), "medicare_year": 2020, "locality": "Colorado",
         "effective_from": date(2020, 7, 1)},
    ],
}  # fmt: skip


def fill(workspace: Workspace, tables: dict[str, list[dict[str, Any]]], paper: bool) -> None:
    """Parquet parts, a contract and the manifest, as an import would leave them."""
    sources: list[dict[str, Any]] = []
    for name, rows in tables.items():
        key = name.replace("_", "")
        path = workspace.tables / name / f"{key}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        full = [{"source_id": key, "source_row": n, **row} for n, row in enumerate(rows, start=2)]
        pq.write_table(pa.Table.from_pylist(full, schema=SCHEMAS[name]), path)
        sources.append(
            {"id": key, "file": f"{name}.csv", "kind": name, "payer": None,
             "parts": {name: {"path": str(path.relative_to(workspace.root)),
                              "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}}}
        )  # fmt: skip
    if paper:
        document = contract()
        workspace.write_json(workspace.texts / f"{document.id}.json", document.as_data())
        sources.append(
            {"id": "contract", "file": document.name, "kind": "contract", "payer": LARKMOOR,
             "document": document.id, "parts": {}}
        )  # fmt: skip
    workspace.write_json(workspace.manifest, {"version": 1, "sources": sources})
    book = PayerBook(workspace)
    book.learn(LARKMOOR, ["Larkmoor HP"], "commercial")
    book.learn(BITTERROOT, ["Bitterroot"], "commercial")


PROFILE = Profile(
    name="Cottonwood Family Practice",
    town="Alder Springs",
    tin_ending="4471",
    clinicians=6,
    signature="Dana Ruiz",
    phone="970-555-0142",
)


@dataclass
class Room:
    """A desk that can be asked again, with what its drafts say."""

    practice: Practice
    drafts: Drafts
    ledger: Ledger
    settings: Settings
    state: dict[str, Any] = field(default_factory=lambda: {"draft": None})
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    turn: int = 0

    def ask(self, name: str, question: str = "", **args: Any) -> Finding:
        self.turn += 1

        def desk(bench: Bench) -> Desk:
            def run(inner: str, **given: Any) -> Finding:
                self.calls.append((inner, given))
                return bench.run(inner, inner=True, **given)

            return Desk(
                self.practice, self.ledger, self.drafts, self.settings, self.ledger.thread,
                question, self.state, run,
            )  # fmt: skip

        bench = Bench(registered(), self.practice, self.ledger, self.turn, desk)
        finding = bench.run(name, **args)
        if "draft" in finding.details:
            self.state["draft"] = {"id": finding.details["draft"]}
        return finding

    def draft(self, finding: Finding) -> Draft:
        return self.drafts.latest(finding.details["draft"])

    def words(self, finding: Finding) -> str:
        draft = self.draft(finding)
        return plain(f"{draft.subject}\n\n{draft.body}")

    def loose(self, finding: Finding, *user: str) -> tuple[str, ...]:
        draft = self.draft(finding)
        own = [str(value) for value in self.settings.profile.model_dump().values() if value]
        text = f"{draft.subject}\n\n{draft.body}"
        return self.ledger.verify(text, user=user, words=own).unsupported


@contextmanager
def room_in(
    folder: Path, tables: dict[str, list[dict[str, Any]]] = TABLES, paper: bool = True
) -> Iterator[Room]:
    import copilot.drafting

    discover(tools)
    discover(copilot.drafting)
    workspace = open_workspace(folder)
    fill(workspace, tables, paper)
    settings = Settings(profile=PROFILE)
    save_settings(workspace, settings)
    practice = Practice(
        workspace, TableStore(workspace), Library(workspace), PayerBook(workspace), TODAY,
        PROFILE.name,
    )  # fmt: skip
    store = Store(workspace.threads / "ledger.sqlite")
    yield Room(practice, Drafts(workspace), Ledger(store, "t1", TODAY), settings)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path / "practice") as made:
        yield made


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Room]:
    """The same practice before anything but the payers' names is known."""
    with room_in(tmp_path / "bare", tables={}, paper=False) as made:
        yield made


@pytest.fixture
def rooms(tmp_path: Path) -> Callable[..., Any]:
    return lambda **more: room_in(tmp_path / "other", **more)


@pytest.fixture
def tables() -> dict[str, list[dict[str, Any]]]:
    """The rows of the room's tables, for a room with some of them taken out or added."""
    return dict(TABLES)


@pytest.fixture
def a_claim() -> Callable[..., dict[str, Any]]:
    """Makes one claim line of an invented visit: number, payer, code, allowed, day."""
    return claim
