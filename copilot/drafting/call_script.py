"""The tool that writes a script for a call: what to say, ask, answer, trade, and write down."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from copilot.desk import Desk
from copilot.drafting.aloud import said_values
from copilot.drafting.answering import answer_to
from copilot.drafting.asked import ask_of, offered_in, other_percent
from copilot.drafting.call_purposes import CallPurpose, call_meant, call_purposes
from copilot.drafting.call_sections import Sections, known_aloud
from copilot.drafting.call_values import call_occasion
from copilot.drafting.email import length_meant, payer_meant
from copilot.drafting.evidence import gather
from copilot.drafting.facts import Facts
from copilot.drafting.finished import finished
from copilot.drafting.heard import asks_for_answer
from copilot.drafting.kept_paper import by_strategy, opening_of
from copilot.drafting.letter import Written
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.objections import reply_values
from copilot.drafting.on_the_table import in_time, on_the_table
from copilot.drafting.plan import as_plan, chosen
from copilot.drafting.shared_values import Value, shared_values
from copilot.drafting.situations.history import history_of
from copilot.drafting.spoken import Spoken
from copilot.drafting.voicemail import spoken_words, voicemail
from copilot.drafting.voices import voice_of
from copilot.drafting.wording import Wording
from copilot.drafting.working_days import reply_day
from knowledge.evidence import Basis, Figure, Finding, Passage, Sentence, says
from tools.registry import tool

VOICEMAIL = re.compile(r"voice ?mail|answering machine|leave a message", re.IGNORECASE)
WHOLE = re.compile(r"\bscript\b.{0,40}\b(?:and|with|plus)\b.{0,20}voice|\bcall script\b", re.I)


@tool(
    label="Call script",
    asks=[
        "write a call script for the phone call",
        "a script for calling the payer",
        "word for word what to say on the phone to contracting",
        "voicemail script to leave for the rep",
        "what do I say when I call them about their offer",
        "script for a credentialing call",
        "a phone script about underpaid claims",
        "call script for adding behavioral health",
        "script to find out who owns our contract",
        "they never answered, write me a script to call them",
    ],
    needs=[],
    examples=["Write a call script for {payer}, asking for 8%"],
    required=["payer"],
)
def draft_call_script(
    desk: Desk,
    *,
    payer: str | None = None,
    purpose: str | None = None,
    percent: Decimal | None = None,
    percent_of_medicare: Decimal | None = None,
    codes: list[str] | None = None,
    topic: str | None = None,
    length: str | None = None,
) -> Finding:
    """Write a script for a call: opening, questions, ask, objections, trades, close, voicemail.

    Different by what the call is for: first call, after silence, about an offer, credentialing,
    underpayments, behavioral health, who decides. Every number is a figure of the practice's
    data, rounded as it is said.
    """
    if asks_for_answer(desk.question):
        return answer_to(desk, desk.question, payer)
    to = payer_meant(desk, payer)
    meant = call_meant(purpose, topic, desk.question)
    if meant.name == "first_call" and not purpose and on_the_table(LookedUp(desk), to):
        meant = call_purposes()["offer"]  # an offer that waits is what a call is about
    offered = offered_in(desk.question) if meant.name == "offer" else None
    if offered is not None and offered == percent:
        percent = other_percent(desk.question, offered)
    if meant.name == "offer" and offered is None:
        offered = _last_offer(desk, to)
    planned = None
    if meant.ask and percent is None and percent_of_medicare is None:
        percent = planned = opening_of(desk, to)
    alone = VOICEMAIL.search(desk.question) and not WHOLE.search(desk.question)
    facts = Facts(
        kind="call_script",
        payer=to,
        purpose=meant.name,
        percent=percent if meant.ask else None,
        percent_of_medicare=percent_of_medicare if meant.ask else None,
        offered=offered,
        codes=tuple(codes or ()),
        topic=(topic or "").strip(),
        wanted=("voicemail",) if alone else tuple((topic or "").lower().split()),
        length=length_meant(length),
        tone=desk.settings.tone,
        voice=voice_of(desk.practice, to),
    )
    made = finished(desk, write_call_script(desk, facts))
    return made if planned is None else by_strategy(made)


def write_call_script(desk: Desk, facts: Facts) -> Written:
    """The script of these facts, from this payer's data alone."""
    purpose = call_purposes().get(facts.purpose) or call_purposes()["first_call"]
    facts = replace(facts, purpose=purpose.name)
    looked = LookedUp(desk)
    evidence = gather(looked, facts)
    ask = ask_of(looked, facts, evidence.paper)
    line = desk.practice.payers.line_of_business(facts.payer)
    number = min(purpose.pieces + (facts.length == "long"), 1 if facts.length == "brief" else 9)
    pieces = chosen(evidence, facts, line, number) if purpose.ask else ()
    reply = reply_day(desk.practice.today, on=facts.reply_on)
    held = on_the_table(looked, facts.payer) if purpose.name == "offer" else None
    if held is not None:
        reply = in_time(held, facts, reply, desk.practice.today)
    shared = shared_values(desk, facts, evidence, ask, reply)
    happened = call_occasion(looked, facts, shared, evidence, ask)
    values: dict[str, Value] = {**shared, **happened.values}
    rates = evidence.piece("rate_gap")
    values |= said_values(rates.values if rates else {}, {"now": "rate"})
    said = Sections(
        Spoken("call_script", facts, values),
        purpose, evidence, pieces, known_aloud(reply_values(shared, evidence, ask)), looked,
        happened.parts.get("offer", ()),
    )  # fmt: skip
    body = said.body()
    citations = {c.id: c for c in (*said.citations, *happened.citations)}
    figures = [*said.figures, *(v for v in values.values() if isinstance(v, Figure))]
    figures += [f for piece in pieces for f in piece.figures()]
    return Written(
        subject=facts.subject or _title(desk, facts, purpose, ask.words, ask.scope).text,
        body=body,
        facts=replace(facts, chosen=tuple(p.id for p in pieces),
                      points=tuple(p.id for p in pieces),
                      paragraphs=tuple((key,) for key in said.keys)),
        plan=as_plan(pieces),
        figures=tuple({f.id: f for f in figures}.values()),
        passages=tuple(Passage(c, payer=facts.payer) for c in citations.values()),
        notes=(*happened.notes, *_length_of(said.wording)),
        missing=evidence.missing if purpose.ask else (),
        ask=ask if purpose.ask else None,
        reply=None if purpose.name == "who_decides" else reply,
    )  # fmt: skip


def _title(desk: Desk, facts: Facts, purpose: CallPurpose, ask: str, scope: str) -> Sentence:
    short = desk.practice.payers.short_name(facts.payer)
    if ask and purpose.ask:
        return says("Call script: {payer}, {label}, {ask} on {scope}", payer=short,
                    label=purpose.label, ask=ask, scope=scope)  # fmt: skip
    return says("Call script: {payer}, {label}", payer=short, label=purpose.label)


def _length_of(wording: Wording) -> tuple[Sentence, ...]:
    """How long the message on the machine is."""
    if "voicemail" in wording.facts.dropped:
        return ()
    number = Decimal(spoken_words(voicemail(wording)))
    words = Figure("Words of the voicemail", number, "count", Basis("words of its text"))
    return (says("The voicemail holds {words} words, read calmly.", words=words),)


def _last_offer(desk: Desk, payer: str) -> Decimal | None:
    """The percent of the offer on the table, else of the payer's last offer in the log."""
    looked = LookedUp(desk)
    held = on_the_table(looked, payer)
    if held is not None:
        return held.offer.percent if held.offer else None
    past = history_of(looked, payer)
    return past.offer[1].percent if past.offer else None
