"""Nine months of negotiating with three payers, each part of them in a process of its own.

`python tests/journey/nine_months.py PART FOLDER` plays a part on the workspace of the folder
and prints one JSON object of what was seen. Tools are called as a turn calls them, on the day
of each step; what waits for the user's word is kept as by a click.
"""

from __future__ import annotations

from copilot.secure_env import secure_env

secure_env()

import json  # noqa: E402  (the process is made safe before anything else is imported)
import sys  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from contextlib import contextmanager  # noqa: E402
from dataclasses import dataclass  # noqa: E402
from datetime import date  # noqa: E402
from decimal import Decimal  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from copilot.agent_tools import Bench  # noqa: E402
from copilot.core import Copilot  # noqa: E402
from copilot.desk import Desk  # noqa: E402
from copilot.export import export  # noqa: E402
from copilot.exports.calendar import as_calendar  # noqa: E402
from copilot.redline import write_redlines  # noqa: E402
from copilot.tracker.confirming import settle  # noqa: E402
from copilot.tracker.log import Log  # noqa: E402
from copilot.tracker.sent import waiting_of  # noqa: E402
from evals.sample_practice.generate import write_sample  # noqa: E402
from evals.sample_workspace import fill  # noqa: E402
from knowledge.evidence import Finding, plain  # noqa: E402

GRANITE, WOLF = "Granite Peak Health Plan", "Wolf Creek Mutual"
ALDER = "Alder Ridge Benefit Company"
PAYERS = (GRANITE, WOLF, ALDER)
THREAD = "nine-months"
AMENDMENT = """# FIRST AMENDMENT TO THE PARTICIPATION AGREEMENT (sample)

This First Amendment changes the Participation Agreement of March 1, 2022 between Alder Ridge Benefit Company (sample) and Sagebrush Family Medicine (sample). It takes effect on February 1, 2027.

1. Payment Attachment. The Allowance for a service is one hundred nineteen percent (119%) of the amount for that service in the Medicare physician fee schedule for calendar year 2026, national amounts.

2. Ending Without a Reason. Either party may end this Agreement for no stated reason by one hundred twenty (120) days' notice in writing.

3. Refund Requests. Alder Ridge sends a Refund Request no later than twenty-four (24) months after it made the payment, and may deduct the amount from later payments without further notice.

4. All else stays as it is.
"""  # noqa: E501


@dataclass
class Office:
    """The practice's desk on one day."""

    copilot: Copilot
    folder: Path

    def use(self, name: str, said: str, **args: Any) -> Finding:
        """Runs a tool as a turn of the thread would, on the user's words."""
        copilot = self.copilot
        ledger = copilot.ledger(THREAD)

        def desk(bench: Bench) -> Desk:
            return Desk(
                practice=copilot.practice,
                ledger=ledger,
                drafts=copilot.drafts,
                settings=copilot.settings,
                thread=THREAD,
                question=said,
                state=copilot.threads.state(THREAD),
                run=lambda inner, **given: bench.run(inner, inner=True, **given),
            )

        bench = Bench(copilot.tools, copilot.practice, ledger, 1, desk)
        return bench.run(name, **args)

    def log(self, said: str) -> list[str]:
        """Tells what happened and keeps it; gives the kept entries' titles."""
        found = self.use("log_interaction", said, words=said)
        return [settle(self.copilot, each["id"], keep=True) for each in found.details["waiting"]]

    def mail(self, said: str, payer: str, purpose: str, **args: Any) -> dict[str, Any]:
        """Writes a mail, takes it out as a file and keeps in the log that it went."""
        found = self.use("draft_email", said, payer=payer, purpose=purpose, **args)
        draft = self.copilot.drafts.latest(found.details["draft"])
        checked = self.copilot.check_draft(draft)
        out = export(
            self.copilot, draft.id, "eml", self.folder / f"{draft.id}.eml", "the user's own words"
        )
        waiting = waiting_of(Log(self.copilot.workspace), draft.id)
        if waiting:
            settle(self.copilot, waiting.id, keep=True)
        return {
            "payer": draft.payer,
            "text": plain(f"{draft.subject}\n\n{draft.body}"),
            "unsupported": list(checked.unsupported),
            "size": out.stat().st_size,
            "logged": waiting is not None,
        }

    def due(self, payer: str | None = None, period: str = "next 400 days") -> list[dict[str, Any]]:
        """What is due, as the list's own data."""
        words = f"what is due with {payer}" if payer else "what is due"
        found = self.use("next_steps", words, payer=payer, period=period)
        return list(found.details["due"])

    def state(self) -> dict[str, Any]:
        """Everything that may not be lost: the log, the drafts, the papers."""
        log = Log(self.copilot.workspace)
        return {
            "entries": [[e.payer, e.on.isoformat(), e.channel, e.words] for e in log.entries()],
            "promises": [
                [e.payer, p.by, p.what, p.due.isoformat() if p.due else None]
                for e, p in log.promises()
            ],
            "offers": [
                [e.payer, o.by, str(o.percent or ""), str(o.percent_of_medicare or "")]
                for e, o in log.offers()
            ],
            "drafts": sorted(self.copilot.drafts.ids()),
            "papers": sorted(self.copilot.document_names()),
            "pending": len(log.pending()),
        }


@contextmanager
def office(folder: Path, on: date) -> Iterator[Office]:
    """The workspace opened on a day and closed again."""
    with Copilot(folder / "practice", on, "nine months") as copilot:
        yield Office(copilot, folder)


def first_part(folder: Path) -> dict[str, Any]:
    """November: import, strategy, the first mails and the first call."""
    seen: dict[str, Any] = {}
    files = [
        f
        for f in write_sample(folder / "files")
        if (f.payer in (*PAYERS, None) and f.kind not in ("offer", "roster"))
        and f.path.name != "claims_2025.csv"
    ]
    with office(folder, date(2026, 11, 16)) as desk:
        seen["read"] = [result.status for result in fill(desk.copilot, files)]
        found = desk.use("set_strategy", "make a strategy for Granite Peak", payer=GRANITE)
        seen["strategy"] = found.details.get("draft")
        seen["renewals"] = [d for d in desk.due() if d["kind"] == "renewal"]
    with office(folder, date(2026, 11, 17)) as desk:
        seen["opening"] = desk.mail(
            "Email Granite Peak asking for 8%", GRANITE, "rate increase", percent=Decimal(8)
        )
        seen["papers_asked"] = desk.mail(
            "Ask Wolf Creek for the full fee schedule", WOLF, "fee schedule"
        )
        seen["after_opening"] = desk.due(GRANITE)
    with office(folder, date(2026, 11, 24)) as desk:
        seen["call"] = desk.log(
            "Spoke with Alex Sample at Wolf Creek today. "
            "He promised the denial report by January 31."
        )
        seen["kept"] = desk.state()
    return seen


def second_part(folder: Path) -> dict[str, Any]:
    """December and January: a follow-up, the offer, the counter, a call, the acceptance."""
    seen: dict[str, Any] = {}
    with office(folder, date(2026, 12, 3)) as desk:
        seen["found_again"] = desk.state()
        seen["silent"] = [d for d in desk.due(GRANITE) if d["kind"] == "follow-up"]
        seen["follow_up"] = desk.mail(
            "They never answered. Write the follow-up to Granite Peak", GRANITE, "first follow-up"
        )
        seen["after_follow_up"] = [d for d in desk.due(GRANITE) if d["kind"] == "follow-up"]
        letter = next((folder / "files").glob("alder_ridge_offer_letter.*"))
        (result,) = desk.copilot.ingest([letter], ALDER)
        seen["offer_read"] = [result.status, result.kind]
        seen["offer_log"] = desk.log(
            "Alder Ridge's letter came today: they offer 116% of Medicare from February 1, "
            "open until December 18."
        )
        seen["offer_due"] = [d for d in desk.due(ALDER) if d["kind"] == "offer"]
    with office(folder, date(2026, 12, 7)) as desk:
        seen["counter"] = desk.mail(
            "Counter Alder Ridge's offer with 122% of Medicare",
            ALDER,
            "counter",
            percent_of_medicare=Decimal(122),
        )
    with office(folder, date(2026, 12, 14)) as desk:
        seen["second_call"] = desk.log(
            "Alder Ridge called today: they offer 119% of Medicare from February 1 and "
            "promised the amendment by the end of the month."
        )
    with office(folder, date(2026, 12, 16)) as desk:
        seen["acceptance"] = desk.mail(
            "Accept Alder Ridge's offer of 119% of Medicare on the condition that the notice "
            "period stays at 90 days",
            ALDER,
            "acceptance with conditions",
            topic="the notice period stays at 90 days",
            percent_of_medicare=Decimal(119),
        )
        desk.log("Mark Alder Ridge as agreed")
        seen["promised"] = [d for d in desk.due(ALDER) if "promise" in d["kind"]]
        seen["kept"] = desk.state()
    return seen


def third_part(folder: Path) -> dict[str, Any]:
    """January to August: the amendment, the overdue promise, the year's end of the talks."""
    seen: dict[str, Any] = {}
    with office(folder, date(2027, 1, 4)) as desk:
        seen["found_again"] = desk.state()
        seen["overdue"] = [d for d in desk.due(ALDER) if d["overdue"]]
        paper = folder / "alder_ridge_first_amendment.md"
        paper.write_text(AMENDMENT, encoding="utf-8")
        (result,) = desk.copilot.ingest([paper], ALDER)
        seen["amendment"] = [result.status, result.kind]
        reviewed = desk.use("review_contract", "review the Alder Ridge contract", payers=[ALDER])
        seen["review"] = [
            str(issue.get("position") or issue.get("term"))
            for issue in reviewed.details.get("issues", ())
        ]
        seen["review_words"] = plain(reviewed.headline.text)
        terms = desk.use(
            "contract_terms",
            "notice period and refunds of Alder Ridge",
            payers=[ALDER],
            terms=["no_cause_termination_days", "recoupment_lookback_months"],
        )
        seen["terms"] = [plain(str(s.text)) for s in (terms.headline, *terms.sentences)]
        made = write_redlines(desk.copilot, ALDER, folder / "redline.docx")
        desk.log("The amendment from Alder Ridge came today.")
        seen["after_amendment"] = desk.due(ALDER)
        seen["redline"] = [
            [Path(file["path"]).is_file(), file["changes"], file["document"]]
            for file in made["files"]
        ]
    with office(folder, date(2027, 2, 1)) as desk:
        seen["wolf_overdue"] = [d for d in desk.due(WOLF) if d["kind"] == "their promise"]
        seen["reminder"] = desk.mail(
            "Remind Wolf Creek of the denial report they promised", WOLF, "first follow-up"
        )
        desk.log("Wolf Creek promised the denial report by the end of February.")
    with office(folder, date(2027, 3, 1)) as desk:
        seen["wolf_again"] = [d for d in desk.due(WOLF) if d["kind"] == "their promise"]
    with office(folder, date(2027, 4, 15)) as desk:
        desk.log("Granite Peak called today, they agreed to 6% from July 1.")
        desk.log("Mark Granite Peak as agreed")
        seen["ready"] = plain(
            desk.use("readiness", "where are we with Granite Peak", payer=GRANITE).headline.text
        )
    with office(folder, date(2027, 8, 16)) as desk:
        found = desk.use("next_steps", "where do all negotiations stand", topic="board")
        seen["board"] = {
            "headline": plain(found.headline.text),
            "rows": [[plain(str(_said(cell))) for cell in row] for row in _rows(found)],
        }
        items = desk.due()
        seen["renewals"] = [d for d in items if d["kind"] == "renewal"]
        due = desk.use("next_steps", "what is due", period="next 400 days")
        seen["calendar"] = as_calendar(due.details["calendar"], date(2027, 8, 16)).decode()
        seen["kept"] = desk.state()
    return seen


def _rows(found: Finding) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in found.table.rows] if found.table else []


def _said(cell: Any) -> Any:
    return cell.shown() if hasattr(cell, "shown") and callable(cell.shown) else cell


PARTS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "first": first_part,
    "second": second_part,
    "third": third_part,
}

if __name__ == "__main__":
    print(json.dumps(PARTS[sys.argv[1]](Path(sys.argv[2])), default=str))
