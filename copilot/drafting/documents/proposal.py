"""A proposal letter: one ask with its worth, why, what the payer gets, and the rate exhibit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from copilot.desk import Desk
from copilot.drafting.asked import Ask, ask_of
from copilot.drafting.documents.assembled import assembled
from copilot.drafting.documents.parts import Part, joined, listed, part
from copilot.drafting.documents.rate_exhibit import Exhibit, exhibit_notes, rate_exhibit
from copilot.drafting.evidence import Evidence, gather, span_of
from copilot.drafting.facts import Facts
from copilot.drafting.frame import WHO
from copilot.drafting.letter import Written
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.pieces.piece import Piece
from copilot.drafting.plan import chosen
from copilot.drafting.shared_values import Value, shared_values
from copilot.drafting.signature import signature
from copilot.drafting.situations.addressee import greeted
from copilot.drafting.wording import Wording
from copilot.drafting.working_days import reply_day
from knowledge.evidence import Basis, Figure, Finding, Sentence, says
from knowledge.problems import BadInput
from tools.period import period_of

PIECES = {"brief": 2, "short": 2, "usual": 4, "long": 6}


def write_proposal(desk: Desk, facts: Facts) -> Written:
    """The letter of these facts, from this payer's data alone.

    Raises BadInput where the ask lies below what the payer pays today.
    """
    looked = LookedUp(desk)
    evidence = gather(looked, facts)
    ask = ask_of(looked, facts, evidence.paper)
    modelled = _modelled(looked, facts)
    held = _exhibit(desk, looked, facts, modelled)
    ask = replace(ask, worth=held.worth if held else None)
    line = desk.practice.payers.line_of_business(facts.payer)
    pieces = chosen(evidence, facts, line, PIECES[facts.length])
    reply = reply_day(desk.practice.today, on=facts.reply_on)
    values = dict(shared_values(desk, facts, evidence, ask, reply))
    own, told = Wording("proposal", facts, values), Wording("email", facts, values)
    rates = [piece for piece in pieces if piece.pain == "rates"]
    gains = [piece for piece in pieces if piece.pain != "rates"]
    return assembled(
        facts,
        own.say("subject") or Sentence("Proposal"),
        [
            part("greeting", "", _greeting(own, facts)),
            part("ask", "", _lead(own, ask)),
            part("why", "", joined(_pieces(told, rates))),
            part("who", "", _gains(told, facts, gains)),
            part("clause", "", joined([_clause(told, evidence), own.say("place")])),
        ],
        last=[
            part("next", "", own.say("next_priced" if held else "next")),
            _close(desk, facts, own),
            _exhibit_part(held),
        ],
        notes=_notes(facts, held, ask),
        missing=evidence.missing,
        ask=ask,
        reply=reply,
        table=held.table if held else None,
        pieces=pieces,
        figures=[f for f in values.values() if isinstance(f, Figure)],
        next_steps=_next(desk, facts, held, ask),
        own="",
    )  # fmt: skip


def _next(desk: Desk, facts: Facts, held: Exhibit | None, ask: Ask) -> tuple[str, ...]:
    """The change that fits best, then the papers that go with it."""
    short = desk.practice.payers.short_name(facts.payer)
    steps = []
    if held is not None and held.lower and held.raised:
        steps.append(f"Write the proposal letter to {short} for {ask.words} on"
                     f" {', '.join(held.raised[:8])}")  # fmt: skip
    elif facts.percent is not None:
        steps.append(f"Make it {(facts.percent + 2).normalize():f}%")
    steps += ["Shorter" if facts.length not in ("brief", "short") else "Longer",
              f"Make an agenda for the meeting with {short}",
              f"Draft talking points for the call with {short}"]  # fmt: skip
    return tuple(steps)


def _modelled(looked: LookedUp, facts: Facts) -> Finding | None:
    return looked.finding(
        "model_fee_change", payer=facts.payer, codes=list(facts.codes) or None,
        percent=facts.percent, percent_of_medicare=facts.percent_of_medicare,
        period=facts.period or None,
    )  # fmt: skip


def _exhibit(
    desk: Desk, looked: LookedUp, facts: Facts, modelled: Finding | None
) -> Exhibit | None:
    span = span_of(desk.practice)
    if modelled is None or span is None:
        return None
    if facts.period:
        span = period_of(facts.period, desk.practice)
    short = desk.practice.payers.short_name(facts.payer)
    held = rate_exhibit(looked, facts, modelled, span, short)
    if held is not None and held.total.number <= 0:
        raise BadInput(
            "the ask",
            f"it lies below what {short} pays today, {held.total.shown()} a year",
            "name a higher percent, or the codes it is meant for",
        )
    return held


def _greeting(own: Wording, facts: Facts) -> Sentence | None:
    """By the name of a person, by a desk's role, or to the contracting desk."""
    to = facts.addressee
    if not to:
        return own.say("greeting_desk")
    if greeted(to):
        return own.say("greeting", {"name": to})
    return own.say("greeting_role", {"role": to[:1].lower() + to[1:]})


def _lead(own: Wording, ask: Ask) -> Sentence | None:
    key = "lead_of_medicare" if ask.of_medicare else "lead"
    return own.first(key, f"{key}_unpriced")


def _pieces(told: Wording, pieces: list[Piece]) -> list[Sentence]:
    made = [(piece, told.first(*piece.parts, more=piece.values)) for piece in pieces]
    return [Sentence(said.text, said.figures, (*said.citations, *piece.citations))
            for piece, said in made if said is not None]  # fmt: skip


def _gains(told: Wording, facts: Facts, gains: list[Piece]) -> Sentence:
    """Who we are to their members, then what the payer gains; as bullets where asked for."""
    who = told.first(*WHO)
    said = _pieces(told, gains)
    if facts.form == "bullets" and said:
        return joined([joined([who, told.say("list_lead")]), listed(said)], "\n\n")
    lead = told.say("gain_lead") if said and facts.length not in ("brief", "short") else None
    return joined([lead, who, *said])


def _clause(told: Wording, evidence: Evidence) -> Sentence | None:
    clause = evidence.paper.standing()
    if clause is None:
        return None
    more: Mapping[str, Value] = {"clause": clause.said}
    if clause.notice is not None:
        more = {**more, "notice": clause.notice}
    made = told.first(clause.kind, f"{clause.kind}_open", more=more)
    if made is None:
        return None
    return Sentence(made.text, made.figures, (*made.citations, clause.citation))


def _close(desk: Desk, facts: Facts, own: Wording) -> Part | None:
    closing = own.say("closing")
    signed = signature(desk.settings.profile, facts.signer)
    return part("closing", "", Sentence(f"{closing.text if closing else ''}\n\n{signed}"))


def _exhibit_part(held: Exhibit | None) -> Part | None:
    if held is None:
        return None
    return part("exhibit", "Rate exhibit", held.said(), joined(exhibit_notes(held)))


def _notes(facts: Facts, held: Exhibit | None, ask: Ask) -> tuple[Sentence, ...]:
    if held is None:
        return (Sentence("It holds no rate exhibit: no claims on file price the request."),)
    if not held.lower:
        return ()
    down = tuple(figure for _, figure in held.lower)
    lost = Figure(
        "Codes that the request lowers, a year",
        -sum((f.number for f in down), Decimal(0)),
        "USD",
        Basis("sum of the exhibit's rows below zero, without the sign", down),
    )
    codes = ", ".join(code for code, _ in held.lower[:6])
    more = " and others" if len(held.lower) > 6 else ""
    return (
        says("At this percent {codes}{more} would be paid {lost} a year less than today: name the"
             " codes you mean, and these stay as they are.", codes=codes, more=more, lost=lost),
    )  # fmt: skip
