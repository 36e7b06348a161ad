"""Talking points for a call: point, proof, what they will say, what we say then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from copilot.desk import Desk
from copilot.drafting.asked import Ask, ask_of, offered_in, other_percent
from copilot.drafting.email import length_meant, payer_meant
from copilot.drafting.evidence import Evidence, gather
from copilot.drafting.facts import Facts
from copilot.drafting.finished import finished
from copilot.drafting.kept_paper import by_strategy, opening_of
from copilot.drafting.letter import Written
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.objections import likely, reply_values
from copilot.drafting.on_the_table import in_time, on_the_table
from copilot.drafting.pieces.piece import Piece
from copilot.drafting.plan import as_plan, chosen
from copilot.drafting.shared_values import Value, shared_values
from copilot.drafting.talking_offer import Part, offer_parts
from copilot.drafting.voices import voice_of
from copilot.drafting.wording import NAMED, wordings
from copilot.drafting.working_days import reply_day
from knowledge.evidence import Citation, Figure, Finding, Passage, Sentence, says
from tools.registry import tool

QUOTED = 18
HEADED = re.compile(
    r"^(?:[A-Z]?\d[\d.]*\S*\s+|\([a-z]\)\s+)?"
    r"(?:(?:[A-Z][\w’'-]*|of|the|a|and|for|or|to)\s?){1,7}\.\s+"
)
PIECES = {"brief": 1, "short": 2, "usual": 3, "long": 4}
BESIDE_AN_OFFER = {"brief": 0, "short": 0, "usual": 1, "long": 2}


@tool(
    label="Talking points",
    asks=[
        "talking points for the call with them",
        "what should I say to the rep",
        "bullet points for the phone call",
        "what arguments do we have",
        "a cheat sheet for the negotiation",
        "how do I answer when they say no",
        "prepare me for the meeting with the payer",
    ],
    needs=[],
    examples=["Talking points for a call with {payer} about 8% more"],
    required=["payer"],
)
def draft_talking_points(
    desk: Desk,
    *,
    payer: str | None = None,
    percent: Decimal | None = None,
    percent_of_medicare: Decimal | None = None,
    topic: str | None = None,
    length: str | None = None,
) -> Finding:
    """Write four to six talking points for a call with a payer, each with proof and reply.

    The evidence is this payer's alone. Without a percent it is the opening of the payer's
    strategy, or without one the request is to reopen the fees.
    """
    to = payer_meant(desk, payer)
    planned, offered = None, offered_in(desk.question)
    if offered is not None and offered == percent:
        percent = other_percent(desk.question, offered)
    if percent is None and percent_of_medicare is None and not topic:
        percent = planned = opening_of(desk, to)
    facts = Facts(
        kind="talking_points",
        payer=to,
        purpose="call",
        percent=percent,
        percent_of_medicare=percent_of_medicare,
        offered=offered,
        topic=(topic or "").strip(),
        wanted=tuple((topic or "").lower().split()),
        length=length_meant(length),
        tone=desk.settings.tone,
        voice=voice_of(desk.practice, to),
    )
    made = finished(desk, write_talking_points(desk, facts))
    return made if planned is None else by_strategy(made)


def write_talking_points(desk: Desk, facts: Facts) -> Written:
    """The talking points of these facts, from this payer's data alone."""
    looked = LookedUp(desk)
    evidence = gather(looked, facts)
    ask = ask_of(looked, facts, evidence.paper)
    line = desk.practice.payers.line_of_business(facts.payer)
    held = on_the_table(looked, facts.payer) if facts.offered is None else None
    offer = offer_parts(held, ask)
    pieces = chosen(evidence, facts, line, (BESIDE_AN_OFFER if offer else PIECES)[facts.length])
    reply = reply_day(desk.practice.today, on=facts.reply_on)
    if held is not None:
        reply = in_time(held, facts, reply, desk.practice.today)
    shared = shared_values(desk, facts, evidence, ask, reply)
    if ask.after is not None and pieces and "medicare" in pieces[0].values:
        shared |= {"after": ask.after, "after_medicare": pieces[0].values["medicare"]}
    known = reply_values(shared, evidence, ask)
    used: set[str] = set()
    blocks: list[str] = []
    figures: dict[str, Figure] = {}
    citations: list[Citation] = []
    parts = [p for p in _parts(facts, evidence, ask, pieces, offer) if p.name not in facts.dropped]
    for part in parts:
        made = _block(part, shared, known, used, facts)
        blocks.append("\n".join(sentence.text for sentence in made))
        citations += [*part.citations, *(c for s in made for c in s.citations)]
        figures.update({f.id: f for s in made for f in s.figures})
        figures.update({f.id: f for f in part.values.values() if isinstance(f, Figure)})
    short = desk.practice.payers.short_name(facts.payer)
    title = says("Talking points: {payer}", payer=short)
    if ask.words:
        title = says("Talking points: {payer}, {ask} on {scope}", payer=short, ask=ask.words,
                     scope=ask.scope)  # fmt: skip
    every = [*shared.values(), *known.values()]
    figures.update({f.id: f for f in every if isinstance(f, Figure)})
    return Written(
        subject=title.text,
        body="\n\n".join(blocks),
        facts=replace(
            facts,
            chosen=tuple(piece.id for piece in pieces),
            points=tuple(part.name for part in parts),
            paragraphs=tuple((part.name,) for part in parts),
        ),
        plan=as_plan(pieces),
        figures=tuple(figures.values()),
        passages=tuple(
            Passage(c, payer=facts.payer) for c in {c.id: c for c in citations}.values()
        ),
        missing=evidence.missing,
        ask=ask,
    )


def _parts(
    facts: Facts,
    evidence: Evidence,
    ask: Ask,
    pieces: tuple[Piece, ...],
    offer: tuple[Part, ...],
) -> Iterator[Part]:
    yield from offer
    first = "ask" if ask.amount is not None else "reopen"
    if not offer or first == "ask":
        yield Part(first, first, {})
    for piece in pieces:
        yield Part(_key(piece), piece.id, piece.values, piece.citations)
    if evidence.volume is not None and len(pieces) < 2 and not offer:
        yield Part("volume", "volume", evidence.volume.values)
    for words in facts.added:
        yield Part("own_words", words, {"words": words})
    clause = evidence.paper.standing()
    if clause is not None:
        more: dict[str, Value] = {"clause": clause.said, "citation": clause.citation,
                                  "quote": _glanced(clause.citation)}  # fmt: skip
        if clause.notice is not None:
            more["notice"] = clause.notice
        yield Part(clause.kind, "clause", more, (clause.citation,))
    yield Part("close", "close", {})


def _glanced(citation: Citation) -> str:
    """The clause's first words in marks, verbatim, without its number and heading."""
    words = HEADED.sub("", " ".join(citation.quote.split())).split()
    said = " ".join(words[:QUOTED]).rstrip(".,;")
    return f"“{said}”" + (" …" if len(words) > QUOTED else "")


def _key(piece: Piece) -> str:
    low = piece.values.get("better") == "low"
    return piece.id.partition(":")[0] + ("_low" if low else "")


def _block(
    part: Part,
    shared: Mapping[str, Value],
    known: Mapping[str, Value],
    used: set[str],
    facts: Facts,
) -> list[Sentence]:
    """A point in four lines under its title."""
    held: Mapping[str, Any] = wordings("talking_points")[part.key]
    values = {**shared, **part.values}
    objection = likely(held["objections"], known, used)
    used.add(objection.id)
    title = _said(held["title"], values, facts.voice)
    point = _said(held["point"], values, facts.voice)
    proof = _said(held["proof"], values, None)
    brief = wordings("talking_answers").get(objection.id)
    answer = objection.answered(known)
    if brief is not None:
        answer = _said(brief["usual"], {**known, **values}, None)
    return [
        Sentence(f"### {title.text}\n"),
        Sentence(f"- **Point:** {point.text}", point.figures, point.citations),
        Sentence(f"- **Proof:** {proof.text}", proof.figures, proof.citations),
        Sentence(f"- **They may say:** {objection.heard}"),
        Sentence(f"- **We answer:** {answer.text}", answer.figures),
    ]


def _said(listed: list[str], values: Mapping[str, Value], voice: int | None) -> Sentence:
    """A wording whose names are all known: the fullest first, or turned by the voice."""
    fitting = [w for w in listed if set(NAMED.findall(w)) <= values.keys()]
    if not fitting:
        return Sentence("")
    full = max(len(NAMED.findall(w)) for w in fitting)
    alike = [w for w in fitting if len(NAMED.findall(w)) == full]
    template = alike[(voice or 0) % len(alike)] if voice is not None else fitting[0]
    made = says(template, **{name: values[name] for name in NAMED.findall(template)})
    return Sentence(made.text[:1].upper() + made.text[1:], made.figures, made.citations)
