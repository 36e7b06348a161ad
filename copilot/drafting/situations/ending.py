"""A notice to end the contract, as leverage and for counsel's eyes first.

The right, its days and its earliest end come from the contract alone: the exit without cause,
else the notice of not renewing. Without either there is nothing to draft.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from copilot.drafting.asked import Ask
from copilot.drafting.evidence import Evidence
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.occasion import Occasion, first_sentences, quoted
from copilot.drafting.pieces.standing import said_label
from copilot.drafting.shared_values import Value
from copilot.drafting.situations.follow_up import dated_values
from copilot.drafting.situations.history import contract_papers, history_of
from copilot.drafting.wording import Wording
from knowledge.business_days import last_business_day
from knowledge.evidence import Basis, Citation, Figure, Sentence, says
from knowledge.problems import BadInput
from tools.duties.renewal_days import renewal_day

MARK = "FOR COUNSEL: a draft to be reviewed; nothing here is sent or decided"


@dataclass(frozen=True)
class Exit:
    """A right to end: its clause, days of notice, the earliest end, and for a notice of not
    renewing the last working day to give it."""

    citation: Citation
    notice: Figure
    ends: Figure
    until: Figure | None


def ending(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """The notice's clause, quote and dates; BadInput where the contract gives no such right."""
    payer = wording.facts.payer
    way = looked.once(
        f"way out {payer}", lambda: _without_cause(looked, payer) or _not_renewing(looked, payer)
    )
    if way is None:
        raise BadInput(
            "the notice of termination",
            "no clause is read that lets this practice end the contract without cause",
            "add the contract, or ask what it says about termination; then see counsel",
        )
    short = first_sentences(way.citation)
    values: dict[str, Value] = {
        "clause": said_label(way.citation.section),
        "notice": way.notice,
        "ends_on": way.ends,
        "quote": quoted(short),
    }
    if way.until is not None:
        values["say_by"] = way.until
    past, _ = dated_values(looked, payer, history_of(looked, payer))
    values |= {name: past[name] for name in ("asked_on", "gone") if name in past}
    spoken = Wording(wording.kind, wording.facts, {**wording.values, **values})
    lead = spoken.say("end_lead_renewal" if way.until is not None else "end_lead")
    notices = evidence.paper.notices
    return Occasion(
        values=values,
        parts={"end_lead": [lead] if lead else []},
        citations=(way.citation, short, *([notices.citation] if notices else [])),
        notes=_notes(looked, payer, way, notices.citation if notices else None),
        headline=says(
            "The notice to {payer} is drafted and marked for counsel; the agreement would end on"
            " {ends} at the earliest.",
            payer=wording.values["payer"],
            ends=way.ends,
        ),
        mark=MARK,
    )


def _without_cause(looked: LookedUp, payer: str) -> Exit | None:
    """The exit without cause that is ours, in the base contract."""
    found = looked.finding("contract_terms", payers=[payer], terms=["no_cause_termination_days"])
    known = {citation.id: citation for citation in found.all_citations()} if found else {}
    today = looked.desk.practice.today
    for term in found.details.get("terms", ()) if found else ():
        citation = known.get(term.get("citation") or "")
        ours = term.get("party") in ("either", "provider", None)
        base = term.get("line_of_business") in (None, "commercial")
        if not (term.get("found") and citation and ours and base and term.get("unit") == "days"):
            continue
        notice = Figure("Days of notice", Decimal(str(term["value"])), "days",
                        Basis(f"as {citation.label()} says"))  # fmt: skip
        words = "today + the days of notice, were it delivered today"
        ends = Figure("Earliest end", today + timedelta(int(notice.number)), "date",
                      Basis(words, (notice,)), as_of=today)  # fmt: skip
        return Exit(citation, notice, ends, None)
    return None


def _not_renewing(looked: LookedUp, payer: str) -> Exit | None:
    """The notice of not renewing, where the running term and its last day can be reckoned."""
    practice = looked.desk.practice
    papers = contract_papers(looked.desk, payer)
    day = renewal_day(papers, practice.today) if papers else None
    if day is None:
        return None
    label = day.citation.label()
    notice = Figure("Days of notice", Decimal(day.notice), "days", Basis(f"as {label} says"))
    last = day.ends - timedelta(1)
    ends = Figure("Last day of the term", last, "date", Basis(f"the day before it renews, {label}"))
    safe = last_business_day(day.until)
    basis = Basis("last day of the term - days of notice, a working day", (ends, notice))
    until = Figure("Last working day to give notice", safe, "date", basis)
    return Exit(day.citation, notice, ends, until)


def _clock(way: Exit, notices: Citation | None) -> list[Sentence]:
    """From when the days count, and in which form a notice is delivered."""
    if way.until is None:
        made = says("The earliest end, {ends}, counts from today; the clock runs from delivery.",
                    ends=way.ends)  # fmt: skip
    else:
        made = says("It must arrive by {until}; after that the agreement renews.", until=way.until)
    if notices is None:
        return [made]
    return [made, says("The agreement says how a notice is delivered {where}.", where=notices)]


def _notes(
    looked: LookedUp, payer: str, way: Exit, notices: Citation | None
) -> tuple[Sentence, ...]:
    """What counsel and the owners must weigh: form, days, and what would be lost."""
    notes = [
        Sentence("It is marked for counsel, and nothing is sent from here: a notice of termination"
                 " starts a clock that the other side need not stop."),
        *_clock(way, notices),
    ]  # fmt: skip
    mix = looked.finding("payer_mix")
    if mix is not None:
        short = looked.desk.practice.payers.short_name(payer)
        share = next(
            (f for f in mix.all_figures() if f.unit == "percent" and short in f.name), None
        )
        if share is not None:
            notes.append(says("Before it goes out, count what would be lost: {payer} is {share} of"
                              " what you are allowed.", payer=short, share=share))  # fmt: skip
    return tuple(notes)
