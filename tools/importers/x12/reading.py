"""One X12 file read from end to end, into Parquet parts and a copy without its persons.

Runs in a child process: JSON in, JSON out, everything else through files of the given folder.
Nothing of the workspace is changed here. Production reads with a reader of our own, for the
837 and the copy without persons need every segment, and senders' odd composites must be
understood; oxedi 0.6.0, which reads 835s alone, is what tests hold it against.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from knowledge.payer_names import PayerBook
from knowledge.problems import BadInput
from knowledge.workspace import Workspace
from tools.importers.parts import RawRows
from tools.importers.payer_column import as_named
from tools.importers.x12.charge_rows import submitted_rows
from tools.importers.x12.claim_rows import claim_rows, is_hospital
from tools.importers.x12.element_values import a_day, amount
from tools.importers.x12.envelope import Envelope
from tools.importers.x12.findings import Findings, payment_note
from tools.importers.x12.payments import PaymentRead
from tools.importers.x12.persons import Persons
from tools.importers.x12.redaction import Redaction
from tools.importers.x12.remittance import Claim, Payment, RemittanceReader
from tools.importers.x12.segments import Segment, cut_short, read_segments
from tools.importers.x12.submitted import Submitted, SubmittedReader
from tools.importers.x12.written import written

COPY = "copy.x12"
_REASON = re.compile(r"[A-Z0-9]{2}")
_SECONDARY = frozenset(("2", "3", "20", "21"))
_KEPT_OUT = {
    "837I": ("this is a hospital claims file (837I)", "send professional claims (837P)"),
    "837D": ("this is a dental claims file (837D)", "send professional claims (837P)"),
}


def read_x12_file(request: dict[str, Any]) -> dict[str, Any]:
    """The report of one file; raises BadInput where it is not whole or not professional.

    request: path, name (for messages), root (the workspace), folder (where to write), id,
    payer (canonical, or None), earlier (claim parts), and the paths of earlier charges,
    remittances and provider_adjustments.
    """
    import duckdb

    try:
        reading = X12Reading(request)
        reading.read()
        return written(reading, request)
    except (OSError, duckdb.IOException) as disk:
        raise BadInput(
            request["name"],
            "what was read could not be written to the workspace",
            "make room on the disk or check your rights to the folder, then send it again",
        ) from disk


class X12Reading:
    """What a file holds: raw rows on disk, payments, refusals, and what is to be said."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.where: str = request["name"]
        self.folder = Path(request["folder"])
        self.workspace = Workspace(Path(request["root"]))
        self.payers = PayerBook(self.workspace)
        self.raw = {
            table: RawRows(table, self.folder / f"{table}.raw.parquet")
            for table in ("claim_lines", "charges")
        }
        self.payments: list[PaymentRead] = []
        self.rejected: list[tuple[int, str]] = []
        self.findings = Findings()
        self.redaction = Redaction()
        self.envelope = Envelope(self.where)
        self.originals: set[str] = set()
        self._path = Path(request["path"])
        self._source = {"source_id": request["id"], "source_sheet": None}
        self._secret = self.workspace.secret()
        self._reversals: list[Claim] = []
        self._orders: dict[str, set[str]] = {}
        self._seen: Counter[int] = Counter()
        self._current: PaymentRead | None = None
        self._claims = self._hospital = 0

    def read(self) -> None:
        """Read every segment; raises BadInput, then nothing of the file may be used."""
        remittance, submitted = RemittanceReader(), SubmittedReader()
        pending: list[Segment] = []
        with self._path.open("rb") as file, (self.folder / COPY).open(
            "w", encoding="latin-1", newline=""
        ) as copy:  # fmt: skip
            for segment in read_segments(file, self.where):
                before = self.envelope.kind
                self.envelope.see(segment)
                kind = self.envelope.kind or before
                if kind in _KEPT_OUT:
                    raise BadInput(self.where, *_KEPT_OUT[kind])
                if kind == "835":
                    for done in remittance.take(segment):
                        copy.write(self._redacted(pending, done))
                        self._remitted(done, remittance.payment)
                elif kind == "837P":
                    for claim in submitted.take(segment):
                        copy.write(self._redacted(pending, claim))
                        self._submitted(claim)
                pending.append(segment)
            copy.write(self._redacted(pending, None))
        self.envelope.finish()
        for raw in self.raw.values():
            raw.close()
        if self._claims and self._claims == self._hospital and self.envelope.kinds == {"835"}:
            raise BadInput(
                self.where,
                "this is a hospital (institutional) remittance, and none of its claims is a "
                "professional one",
                "send remittances of professional claims; nothing was stored",
            )

    def _redacted(self, pending: list[Segment], done: Claim | Payment | Submitted | None) -> str:
        """The pending segments as they may be kept; the list is emptied."""
        persons: Persons | None = getattr(done, "persons", None)
        text = "".join(
            self.redaction.text(segment, persons) + segment.marks.end for segment in pending
        )
        pending.clear()
        return text

    def _remitted(self, done: Claim | Payment, payment: Payment) -> None:
        if self._current is None:
            self._current = self._opened(payment)
        if isinstance(done, Payment):
            for claim in self._reversals:
                self._lines(claim, payment, self._turn(claim))
            self._close(self._current, payment)
            self._reversals, self._orders, self._current = [], {}, None
            self._seen.clear()
        elif done.status == "22":
            self._reversals.append(done)
        else:
            turn = self._turn(done)
            self._orders.setdefault(done.segment.at(1), set()).add(turn)
            self._lines(done, payment, turn)

    def _turn(self, claim: Claim) -> str:
        """primary or secondary: by status; of a reversal or denial as its claim's other
        entries say, else by an earlier payer's part in its reasons."""
        if claim.status in _SECONDARY:
            return "secondary"
        if claim.status not in ("4", "22"):
            return "primary"
        told = self._orders.get(claim.segment.at(1), set())
        if len(told) == 1:
            return next(iter(told))
        every = [*claim.adjustments, *(s for line in claim.lines for s in line.adjustments)]
        return "secondary" if any("23" in s.elements[2:20:3] for s in every) else "primary"

    def _opened(self, payment: Payment) -> PaymentRead:
        stated = amount(payment.stated)
        if stated is None:
            raise cut_short(self.where, f"the payment of segment {payment.number} has no amount")
        return PaymentRead(
            payment.number,
            as_named(payment.payer),
            payment.trace,
            a_day(payment.date),
            -stated if payment.debit else stated,
        )

    def _lines(self, claim: Claim, payment: Payment, order: str) -> None:
        assert self._current is not None
        content = hash(
            (*claim.segment.elements, *(e for line in claim.lines for e in line.segment.elements))
        )
        read = claim_rows(claim, payment, order, self._seen[content], self._secret)
        self._seen[content] += 1
        self._claims += 1
        self._hospital += is_hospital(claim)
        self.findings.add(claim.segment.number, read, len(claim.lines))
        named = self._current.payer_as_given or None
        for number, entry in read.rows:
            self.raw["claim_lines"].add(
                {**self._source, "source_row": number, "payer_as_given": named, **entry}
            )
        self._current.rows.append(read.rows[0][0] if read.rows else 0)
        self._current.cents.append(int((read.paid or 0) * 100))
        self.rejected += read.refused
        if not claim.lines:
            what = "a hospital claim" if is_hospital(claim) else "a claim"
            self.rejected.append(
                (claim.segment.number, f"{what} without service lines: no procedure code is "
                 "named; its payment counts in the balance only")
            )  # fmt: skip

    def _close(self, read: PaymentRead, payment: Payment) -> None:
        for segment in payment.adjustments:
            for place in range(3, min(len(segment.elements), 15), 2):
                code, taken = segment.parts(place)[0], amount(segment.at(place + 1))
                reason = code if _REASON.fullmatch(code) else ""
                if not code and taken is None:
                    continue
                if taken is None:
                    raise cut_short(
                        self.where, f"segment {segment.number} (PLB) has an amount left out"
                    )
                read.adjustments.append((segment.number, reason, taken))
        paid, others = read.claims_paid(), read.adjusted()
        if read.stated != paid - others:
            self.findings.payments.append(payment_note(read.trace, read.stated, paid, others))
        self.payments.append(read)

    def _submitted(self, claim: Submitted) -> None:
        rows, refused = submitted_rows(claim, self._secret)
        for number, entry in rows:
            self.raw["charges"].add({**self._source, "source_row": number, **entry})
        self.rejected += refused
        if claim.frequency in "78" and claim.original:
            self.originals.add(claim.original)
