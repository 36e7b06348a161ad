"""A credentialing application that waits: since when, and the days that contract and law give."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from copilot.drafting.asked import Ask
from copilot.drafting.evidence import Evidence
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.occasion import STATUTE_READ, Occasion, first_sentences, quoted
from copilot.drafting.pieces.standing import said_label
from copilot.drafting.shared_values import Value
from copilot.drafting.situations.history import day_figure
from copilot.drafting.situations.past_days import sent_day
from copilot.drafting.wording import Wording
from knowledge.evidence import Basis, Citation, Figure, Sentence

STATUTE = "C.R.S. 10-16-705.7"
LAW = {"decide_days": 60, "receipt_days": 7, "incomplete_days": 10}
TITLE = r"(?:MD|M\.D\.|DO|D\.O\.|NP|PA|PA-C|FNP|LCSW|LPC|PsyD|PhD)"
CLINICIAN = re.compile(
    rf"\b(Dr\.? [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?|[A-Z][\w'’-]+ [A-Z][\w'’-]+,? {TITLE}(?!\w))"
)

ROLE = re.compile(
    r"\b(?:our|a|the) ((?:new(?:est)? )?(?:(?:family|psychiatric|pediatric|second) )?"
    r"(?:nurse practitioner|physician assistant|physician|doctor|pediatrician|internist|"
    r"therapist|counselor|psychologist|psychiatrist|social worker|midwife|nurse))\b(?! group)",
    re.IGNORECASE,
)


def credentialing(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """The application's days: sent, gone by, decided by; the clause and the statute."""
    desk, facts = looked.desk, wording.facts
    today = desk.practice.today
    words = f"{desk.question} {facts.topic}"
    named = CLINICIAN.search(words)
    role = ROLE.search(words)
    who = f"our {' '.join(role[1].lower().split())}" if role else "our clinician"
    values: dict[str, Value] = {
        "clinician": named[1].rstrip(",") if named else who,
        "statute": f"{STATUTE} (as read in {STATUTE_READ}; please confirm with counsel if you"
                   " read it differently)",
    }  # fmt: skip
    for name, days in LAW.items():
        what = f"{name.removesuffix('_days').capitalize()}, days"
        values[name] = Figure(what, Decimal(days), "days", Basis(f"as the statute says, {STATUTE}"))
    citation, agreed = _clause(looked, facts.payer)
    cited: tuple[Citation, ...] = ()
    if citation is not None and agreed is not None:
        short = first_sentences(citation)
        cited = (citation, short)
        values |= {"clause": said_label(citation.section), "agreed_days": agreed}
        values["quote"] = quoted(short)
    sent = date.fromisoformat(facts.sent_on) if facts.sent_on else sent_day(words, today)
    if sent is not None and sent < today:
        values |= _since(sent, today, agreed)
    notes = [
        Sentence(f"{STATUTE} is named as it was read in {STATUTE_READ}; confirm with counsel"
                 " before it goes out.")
    ]  # fmt: skip
    if sent is None:
        notes.append(Sentence("It names no day of the application: say when it was sent."))
    return Occasion(values=values, citations=cited, notes=tuple(notes))


def _since(sent: date, today: date, agreed: Figure | None) -> dict[str, Value]:
    """The days since an application, and the day by which it was or is to be decided."""
    days = int(agreed.number) if agreed is not None else LAW["decide_days"]
    filed = day_figure("Application sent", sent, "as you said")
    waited = Figure("Days since the application", Decimal((today - sent).days), "days",
                    Basis("today - the day it was sent", (filed,)), as_of=today)  # fmt: skip
    by = sent + timedelta(days)
    due = Figure("Decision due", by, "date", Basis(f"day sent + {days} days", (filed,)))
    return {"sent_on": filed, "waited": waited, "due_past" if by < today else "due_on": due}


def _clause(looked: LookedUp, payer: str) -> tuple[Citation | None, Figure | None]:
    """The agreement's own days for a decision, with their words."""
    found = looked.finding("contract_terms", payers=[payer], terms=["credentialing_days"])
    known = {citation.id: citation for citation in found.all_citations()} if found else {}
    for term in found.details.get("terms", ()) if found else ():
        citation = known.get(term.get("citation") or "")
        if term.get("found") and citation and term.get("unit") == "days":
            basis = Basis(f"as {citation.label()} says")
            return citation, Figure("Days to decide", Decimal(str(term["value"])), "days", basis)
    return None, None
