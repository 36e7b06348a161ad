"""A clause that the practice asks about or wants changed, in its own words."""

from __future__ import annotations

from decimal import Decimal

from copilot.drafting.asked import Ask
from copilot.drafting.evidence import Evidence
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.occasion import Occasion, first_sentences, quoted
from copilot.drafting.pieces.standing import said_label
from copilot.drafting.shared_values import Value
from copilot.drafting.wording import Wording
from knowledge.evidence import Basis, Citation, Figure, Sentence
from knowledge.positions import position_of
from knowledge.problems import NotKnown


def clause(looked: LookedUp, wording: Wording, evidence: Evidence, ask: Ask) -> Occasion:
    """The clause on the draft's topic: its section and its words."""
    facts = wording.facts
    topic = facts.topic or "a clause of our agreement"
    values: dict[str, Value] = {"clause_about": topic}
    citation = looked.once(f"clause {topic}", lambda: clause_on(looked, facts.payer, topic))
    if citation is None:
        return Occasion(values=values)
    values["clause"] = said_label(citation.section)
    short = first_sentences(citation)
    values["quote"] = quoted(short)
    wanted = looked.once(f"wanted {topic}", lambda: wanted_of(looked, facts.payer, topic))
    if wanted is None:
        return Occasion(values=values, citations=(citation, short))
    values["wanted"] = wanted
    why = wording.say(f"term_why_{wanted.name.partition(',')[0].replace(' ', '_')}")
    parts = {"term_why": [why] if why else []}
    note = Sentence("What it asks the clause to become is the opening of our playbook's position;"
                    " say another number to change it.")  # fmt: skip
    return Occasion(values=values, parts=parts, citations=(citation, short), notes=(note,))


def wanted_of(looked: LookedUp, payer: str, topic: str) -> Figure | None:
    """The playbook's opening on the topic's term, where the contract stands behind it."""
    found = looked.finding("contract_terms", payers=[payer], terms=[topic])
    for term in found.details.get("terms", ()) if found else ():
        if not (term.get("found") and term.get("unit") in ("days", "months")):
            continue
        try:
            position = position_of(str(term["name"]))
        except NotKnown:
            continue
        if (
            not (position.ask.opening.isdigit() and position.accept)
            or position.unit != term["unit"]
        ):
            continue
        now, opening = Decimal(str(term["value"])), Decimal(position.ask.opening)
        longer = position.accept.at_most is None
        if (now < opening) if longer else (now > opening):
            name = str(term["name"]).removesuffix("_days").removesuffix("_months").replace("_", " ")
            basis = Basis(f"the opening of the playbook's position on {name}")
            return Figure(f"{name}, asked for", opening, term["unit"], basis)
    return None


def clause_on(looked: LookedUp, payer: str, topic: str) -> Citation | None:
    """The words of a term that contract_terms knows by the topic, else the best passage."""
    found = looked.finding("contract_terms", payers=[payer], terms=[topic])
    known = {c.id: c for c in found.all_citations()} if found else {}
    for term in found.details.get("terms", ()) if found else ():
        if term.get("found") and term.get("citation") in known:
            return known[term["citation"]]
    hits = looked.desk.practice.library.search(topic, payers=[payer], k=1)
    return hits[0].passage.citation if hits else None
