"""The occasion of an objection: the payer's notice, its days and words, what it would cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from copilot.desk import Desk
from copilot.drafting.asked import Ask
from copilot.drafting.evidence import Evidence
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.occasion import STATUTE_READ, Occasion, first_sentences
from copilot.drafting.pieces.standing import said_label
from copilot.drafting.shared_values import Value
from copilot.drafting.wording import Wording
from knowledge.evidence import Basis, Citation, Figure, Finding, Sentence, says
from knowledge.notices.clock import NOTICE_DAYS, OBJECT_WITHIN, STATUTE
from knowledge.notices.received import received_day
from knowledge.problems import BadInput

QUOTES = 3
IN_LETTER = (
    f"C.R.S. 25-37-104 (2023 text, as read in {STATUTE_READ}; please confirm with counsel if you"
    " read it differently)"
)


def objection(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """The objection's values and parts; BadInput where no notice of the payer is on file."""
    desk, payer = looked.desk, wording.facts.payer
    read = looked.finding("read_notice", payers=[payer], topic=_received_said(desk, payer))
    if read is None:
        short = desk.practice.payers.short_name(payer)
        raise BadInput(
            "the objection",
            f"no notice of change from {short} is on file",
            "drop the payer's letter or amendment and ask again",
        )
    quotes = _quotes(read)
    clause = _clause(looked, payer)
    values: dict[str, Value] = {**_days(read), "statute": IN_LETTER}
    if quotes:
        values["quote"] = " ".join(_in_marks(each) for each in quotes)
    if clause is not None:
        values["clause"] = said_label(clause.section)
        values["clause_quote"] = _in_marks(clause)
    if (cost := _cost(read)) is not None:
        values["cost"] = cost
    late = date.fromisoformat(read.details["object_by"]) < desk.practice.today
    spoken = Wording(wording.kind, wording.facts, {**wording.values, **values})
    lead = spoken.first("object_lead", "object_lead_open", "object_lead_undated")
    statute = spoken.first("object_statute_late" if late else "object_statute")
    untitled = None if read.details["titled"] else spoken.say("object_untitled")
    notices = evidence.paper.notices
    brief = wording.facts.length in ("brief", "short")
    left_out: dict[str, list[Sentence]] = {"object_contract": [], "object_talk": []}
    return Occasion(
        values=values,
        parts={
            "object_lead": [lead] if lead else [],
            "object_statute": [statute] if statute else [],
            "object_untitled": [untitled] if untitled else [],
            **(left_out if brief else {}),
        },
        citations=(
            *quotes,
            *([clause] if clause else []),
            *([notices.citation] if notices else []),
        ),
        notes=_notes(read, values, notices.citation if notices else None, desk.practice.today),
        headline=_headline(read, desk.practice.payers.short_name(payer), values, late),
    )


def _received_said(desk: Desk, payer: str) -> str | None:
    """What the user said of its receipt, in this message or earlier in the conversation."""
    if day := received_day(desk.question, desk.practice.today):
        return f"received {day.isoformat()}"
    for finding in reversed(desk.ledger.findings()):
        details = finding["details"]
        if finding["tool"] == "read_notice" and details.get("payer") == payer:
            return f"received {details['received']}" if details.get("received_told") else None
    return None


def _days(read: Finding) -> dict[str, Value]:
    """The days as figures: dated or received, effective, send_by, and the statute's counts."""
    named = {figure.name: figure for figure in read.all_figures()}
    values: dict[str, Value] = {}
    for name, figure in (
        ("received", named.get("Received")),
        ("dated", named.get("Dated")),
        ("effective", named.get("The change takes effect")),
        ("send_by", named.get("Send the objection by")),
        ("terminate_by", named.get("Last day for a notice to terminate")),
        ("short_days", named.get("Days short of ninety")),
    ):
        if figure is not None:
            values[name] = figure
    basis = Basis(f"as the statute says, {STATUTE}")
    values["object_days"] = Figure("Days to object", Decimal(OBJECT_WITHIN), "days", basis)
    values["notice_days"] = Figure("Days of notice", Decimal(NOTICE_DAYS), "days", basis)
    return values


def _quotes(read: Finding) -> list[Citation]:
    """The words objected to, three at most: the percent, the terms that change, other changes."""
    known = {citation.id: citation for citation in read.all_citations()}
    details = read.details
    ids = [details["percent_words"], *details["term_words"], *details["change_words"]]
    found = [known[key] for key in dict.fromkeys(ids) if key in known]
    return [first_sentences(each) for each in found[:QUOTES]]


def _in_marks(citation: Citation) -> str:
    return f"“{' '.join(citation.quote.split())}”"


def _clause(looked: LookedUp, payer: str) -> Citation | None:
    """What the agreement says of amendments, where a reader is sure of it."""
    found = looked.finding("contract_terms", payers=[payer], terms=["amendment"])
    known = {citation.id: citation for citation in found.all_citations()} if found else {}
    for term in found.details.get("terms", ()) if found else ():
        base = term.get("line_of_business") in (None, "commercial")
        if term.get("found") and base and term.get("citation") in known:
            return first_sentences(known[term["citation"]])
    return None


def _cost(read: Finding) -> Figure | None:
    """What a cut takes a year, as a positive amount; None for a rise or without claims."""
    worth = next((f for f in read.all_figures() if f.id == read.details.get("worth")), None)
    if worth is None or worth.number >= 0:
        return None
    basis = Basis("the change a year, without its sign", (worth,))
    return Figure("What the change costs a year", -worth.number, "USD", basis)


def _notes(
    read: Finding, values: dict[str, Value], notices: Citation | None, today: date
) -> tuple[Sentence, ...]:
    notes = []
    if not read.details["received_told"] and isinstance(values.get("dated"), Figure):
        notes.append(
            says("Assumed: the notice arrived on its own date, {dated}. Say on which day you"
                 " received it and ask for the objection again.", dated=values["dated"])
        )  # fmt: skip
    notes.append(
        Sentence(f"{STATUTE} was read in {STATUTE_READ}; confirm with counsel before this goes"
                 " out, also whether the change is a material one.")
    )  # fmt: skip
    end = values.get("terminate_by")
    if isinstance(end, Figure) and str(end.value) >= today.isoformat():
        notes.append(
            says("It threatens nothing. If the objection is not settled, {end} is the last day for"
                 " a notice to terminate: a step for counsel.", end=end)
        )  # fmt: skip
    if notices is not None:
        notes.append(
            says("An email alone may not count as a written objection: the agreement says how a"
                 " notice is delivered {where}.", where=notices)
        )  # fmt: skip
    return tuple(notes)


def _headline(read: Finding, short: str, values: dict[str, Value], late: bool) -> Sentence | None:
    send = values.get("send_by")
    if not isinstance(send, Figure):
        return None
    if late:
        return says(
            "The objection to {payer} is ready, but the day to send it, {send}, is past: show it to"
            " counsel first.", payer=short, send=send,
        )  # fmt: skip
    return says("The objection to {payer} is ready; send it by {send}.", payer=short, send=send)
