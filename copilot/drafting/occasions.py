"""What one kind of email needs besides the ask and the evidence: its occasion."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from copilot.desk import Desk
from copilot.drafting.asked import Ask
from copilot.drafting.evidence import Evidence
from copilot.drafting.looked_up import LookedUp, figure_named
from copilot.drafting.objection import objection
from copilot.drafting.occasion import STATUTE_READ, Occasion, first_sentences
from copilot.drafting.pieces.standing import said_label
from copilot.drafting.shared_values import Value
from copilot.drafting.wording import Wording
from copilot.drafts import Draft
from knowledge.documents.document import Document
from knowledge.evidence import Basis, Citation, Figure, Sentence
from knowledge.problems import BadInput
from tools.papers.standing_paper import DATED

STAGES = {1: "first", 2: "second", 3: "third"}


def occasion(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """The occasion of the draft's purpose; an empty one where it needs nothing more."""
    make = _OCCASIONS.get(wording.facts.purpose)
    return make(looked, wording, evidence, ask) if make else Occasion()


def _follow_up(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    stage = STAGES[wording.facts.stage]
    earlier = earlier_request(looked.desk, wording.facts.payer)
    asked_on = _written_on(earlier, looked.desk.practice.today) if earlier else None
    more: dict[str, Value] = {"asked_on": asked_on} if asked_on else {}
    opening = wording.first(f"follow_{stage}", f"follow_{stage}_undated", more=more)
    end = wording.say(f"follow_next_{stage}")
    return Occasion(
        values=more,
        parts={"follow": _some(opening), "follow_next": _some(end)},
        notes=()
        if asked_on
        else (Sentence("No earlier email to this payer is kept here, so it names no date of it."),),
    )


def earlier_request(desk: Desk, payer: str) -> Draft | None:
    """The last request to this payer among the drafts kept, one that was exported first."""
    requests = []
    for key in desk.drafts.ids():
        draft = desk.drafts.latest(key)
        asks = draft.facts.get("purpose") in ("rate_increase", "counter", "meeting")
        if draft.payer == payer and draft.kind == "email" and asks:
            requests.append(draft)
    sent = [draft for draft in requests if draft.status in ("exported", "vouched")]
    return next(iter([*sent, *requests]), None)


def _written_on(draft: Draft, today: date) -> Figure | None:
    """The day a draft was made, where that lies before today."""
    day = datetime.fromisoformat(draft.made).date()
    if day >= today:
        return None
    basis = Basis(f"the day draft {draft.id} was last written")
    return Figure("Our request was written", day, "date", basis)


def _counter(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    letter = _offer(looked, wording.facts.payer)
    values: dict[str, Value] = {}
    cited: list[Citation] = []
    if letter is not None:
        for name, pattern in (
            ("offer_date", DATED),
            ("offer_until", re.compile(rf"(?:by|until|before) {DATED.pattern}")),
        ):
            found = pattern.search(letter.text)
            if found:
                day = datetime.strptime(" ".join(found.groups()[-3:]), "%B %d %Y").date()
                citation = letter.citation(*found.span())
                cited.append(citation)
                basis = Basis(f"as it stands in {citation.label()}")
                values[name] = Figure(name.replace("_", " "), day, "date", basis)
    until = values.get("offer_until")
    day_left = until.value if isinstance(until, Figure) else None
    if isinstance(day_left, date) and day_left < looked.desk.practice.today:
        del values["offer_until"]
    return Occasion(
        values=values,
        parts={
            "offer_thanks": _some(
                wording.first("offer_thanks", "offer_thanks_undated", more=values)
            ),
            "offer_next": _some(wording.first("offer_next", "offer_next_undated", more=values)),
        },
        citations=tuple(cited),
    )


def _offer(looked: LookedUp, payer: str) -> Document | None:
    held = [d for d in looked.desk.practice.library.documents(payer) if d.kind == "offer"]
    return held[-1] if held else None


def _documents(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    exhibit = evidence.paper.exhibit
    named = "" if exhibit == "our fee schedule" else f" ({exhibit} with all its tables)"
    lines = [
        f"the full fee schedule in force for us, every code we may bill, as a spreadsheet{named}",
        "all amendments and exhibits since signature, with their effective dates",
        "the summary disclosure of the contract (C.R.S. 25-37-103, as read in"
        f" {STATUTE_READ}; please confirm with counsel if you read it differently)",
        "the policies and the manual the agreement refers to, in the version in force",
    ]
    topic = wording.facts.topic
    if topic:
        lines.insert(0, topic)
    note = Sentence(
        f"C.R.S. 25-37-103 is named as it was read in {STATUTE_READ}; confirm with counsel"
        " before it goes out."
    )
    return Occasion(
        parts={"documents_list": [Sentence("\n".join(f"- {line}" for line in lines) + "\n")]},
        notes=(note,),
    )


def _underpayment(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    found = looked.finding("find_underpayments", payers=[wording.facts.payer])
    short = figure_named(found, "shortfall", "short", "total") if found else None
    lines = figure_named(found, "lines", "underpaid_lines") if found else None
    if short is None or lines is None or not lines.number:
        raise BadInput(
            "the dispute",
            "no line of this payer is found below its contract rate",
            "add its fee schedule and remittances, or ask for underpayments first",
        )
    return Occasion(values={"lines": lines, "short": short})


def _term(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    facts = wording.facts
    topic = facts.topic or "a clause of our agreement"
    values: dict[str, Value] = {"clause_about": topic}
    citation = _clause_on(looked, facts.payer, topic)
    if citation is None:
        return Occasion(values=values)
    values["clause"] = said_label(citation.section)
    short = first_sentences(citation)
    values["quote"] = f"“{' '.join(short.quote.split())}”"
    return Occasion(values=values, citations=(citation, short))


def _clause_on(looked: LookedUp, payer: str, topic: str) -> Citation | None:
    """The words of a term that contract_terms knows by the topic, else the best passage."""
    found = looked.finding("contract_terms", payers=[payer], terms=[topic])
    known = {c.id: c for c in found.all_citations()} if found else {}
    for term in found.details.get("terms", ()) if found else ():
        if term.get("found") and term.get("citation") in known:
            return known[term["citation"]]
    hits = looked.desk.practice.library.search(topic, payers=[payer], k=1)
    return hits[0].passage.citation if hits else None


def _thanks(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    topic = wording.facts.topic.strip().rstrip(".")
    return Occasion(values={"noted": topic} if topic else {})


def _some(sentence: Sentence | None) -> list[Sentence]:
    return [sentence] if sentence else []


_OCCASIONS: dict[str, Callable[[LookedUp, Wording, Evidence, Ask], Occasion]] = {
    "follow_up": _follow_up,
    "counter": _counter,
    "documents": _documents,
    "underpayment": _underpayment,
    "term": _term,
    "thanks": _thanks,
    "objection": objection,
}
