"""The questions a practice puts to a payer before it adds behavioral health."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from copilot.desk import Desk
from copilot.drafting.bank import GROUPS, Question, questions
from copilot.drafting.bh_answers import from_claims, from_contract
from copilot.drafting.email import payer_meant
from copilot.drafting.evidence import span_of
from copilot.drafting.facts import Facts
from copilot.drafting.finished import finished
from copilot.drafting.letter import Written
from copilot.drafting.voices import voice_of
from knowledge.evidence import Basis, Citation, Figure, Finding, Passage, Sentence, says
from knowledge.guide_entries import entry
from tools.registry import tool

BLANK = "Answer: ______ (name, date)"
SHORT = {"who_adjudicates", "behavioral_network_status", "collaborative_care_rates",
         "licenses_accepted", "credentialing_time", "prior_authorization_codes",
         "same_day_visits", "telehealth_parity"}  # fmt: skip


@tool(
    label="Behavioral health questions",
    asks=[
        "what should we ask before adding behavioral health",
        "questions for the payer about integrating mental health",
        "we are hiring a therapist, what do we need to find out",
        "question list for collaborative care",
        "what to check with them before we bring on a counselor",
    ],
    needs=[],
    examples=["What should we ask {payer} before we add behavioral health?"],
    required=["payer"],
)
def draft_bh_questions(
    desk: Desk, *, payer: str | None = None, topic: str | None = None
) -> Finding:
    """Write the questions to put to a payer before adding behavioral health, in eight groups.

    Where the payer's contract or the practice's claims already answer one, the words or the
    figures stand below it with their source; else there is room for the answer.
    """
    to = payer_meant(desk, payer)
    facts = Facts(
        kind="bh_questions",
        payer=to,
        purpose="questions",
        topic=(topic or "").strip(),
        voice=voice_of(desk.practice, to),
    )
    return finished(desk, write_bh_questions(desk, facts))


@dataclass(frozen=True)
class _Asked:
    """One question with what the contract and the claims say of it."""

    question: Question
    contract: Sentence | None
    claims: Sentence | None

    @property
    def said(self) -> tuple[Sentence, ...]:
        """What is known of it already."""
        return tuple(each for each in (self.contract, self.claims) if each)

    @property
    def answered(self) -> bool:
        """Whether it is: past payments answer only what asks for a rate."""
        rates = self.question.group == "codes_and_rates"
        return bool(self.contract or (self.claims and rates))

    def lines(self) -> str:
        """The question, why it matters, what is known, and room where it is not answered."""
        known = [f"  - {each.text}" for each in self.said]
        room = [] if self.answered else [f"  - {BLANK}"]
        head = f"- **{self.question.ask}** {self.question.why}"
        return "\n".join([head, *known, *room])


def write_bh_questions(desk: Desk, facts: Facts) -> Written:
    """The question list of these facts."""
    practice, payer = desk.practice, facts.payer
    span = span_of(practice)
    asked: list[_Asked] = []
    for question in _picked(facts):
        found = from_contract(practice, payer, question)
        claims = from_claims(practice, payer, question, span)
        asked.append(_Asked(question, found.sentence() if found else None, claims))
    short = practice.payers.short_name(payer)
    figures = {f.id: f for each in asked for answer in each.said for f in answer.figures}
    cited = [c for each in asked for answer in each.said for c in answer.citations]
    total, known = _counts(asked, payer)
    figures |= {f.id: f for f in (total, known)}
    body = "\n\n".join(
        _group(name, [each for each in asked if each.question.group == key])
        for key, name in GROUPS.items()
        if any(each.question.group == key for each in asked)
    )
    own = [f"- **{words.rstrip('?. ')}?**\n  - {BLANK}" for words in facts.added]
    if own:
        body += "\n\n### Our own questions\n\n" + "\n".join(own)
    return Written(
        subject=says("Behavioral health: questions for {payer}", payer=short).text,
        body=body,
        facts=_placed(facts, asked),
        plan=(),
        figures=tuple(figures.values()),
        passages=tuple(
            [Passage(c, payer=payer) for c in {c.id: c for c in cited}.values()]
            + [Passage(c) for c in _guide(asked)]
        ),
        missing=_missing(desk, payer, short),
        headline=_headline(short, total, known),
    )


def _placed(facts: Facts, asked: Sequence[_Asked]) -> Facts:
    """The facts with which question stands where, so that one can be dropped by its place."""
    order = [each.question.id for key in GROUPS for each in asked if each.question.group == key]
    return replace(facts, points=tuple(order), paragraphs=tuple((key,) for key in order))


def _headline(short: str, total: Figure, known: Figure) -> Sentence:
    if not known.number:
        return says(
            "The behavioral health questions for {payer} are ready: {total} of them, none"
            " answered yet by the papers and claims on file.", payer=short, total=total,
        )  # fmt: skip
    return says(
        "The behavioral health questions for {payer} are ready: {total} of them, {known} already"
        " answered from the contract or your claims.", payer=short, total=total, known=known,
    )  # fmt: skip


def _picked(facts: Facts) -> list[Question]:
    """All questions; the eight first ones of a short list; those left out taken away."""
    every = [q for q in questions() if q.id not in facts.dropped]
    if facts.length == "short":
        every = [q for q in every if q.id in SHORT or q.id in facts.wanted]
    return every


def _group(name: str, asked: Sequence[_Asked]) -> str:
    return f"### {name}\n\n" + "\n".join(each.lines() for each in asked)


def _counts(asked: Sequence[_Asked], payer: str) -> tuple[Figure, Figure]:
    answered = sum(each.answered for each in asked)
    return (
        Figure("Questions", Decimal(len(asked)), "count", Basis(f"questions for {payer}")),
        Figure(
            "Questions answered already", Decimal(answered), "count",
            Basis("a passage of the contract or claims of the codes answer them", where=payer),
        ),
    )  # fmt: skip


def _guide(asked: Sequence[_Asked]) -> list[Citation]:
    """The entries of the guide in which the questions and their reasons stand."""
    made = []
    for section in dict.fromkeys(each.question.guide for each in asked):
        found = entry(section)
        made.append(Citation(found.source, found.section, None, found.start, found.end, found.text))
    return made


def _missing(desk: Desk, payer: str, short: str) -> tuple[str, ...]:
    held = any(d.kind in ("contract", "amendment") for d in desk.practice.library.documents(payer))
    return () if held else (f"the {short} contract: some of these may be answered in it",)
