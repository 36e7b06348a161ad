"""What to answer when a payer says this or that: the reply first, then why it is said."""

from __future__ import annotations

from copilot.desk import Desk
from copilot.drafting.asked import ask_of
from copilot.drafting.evidence import gather
from copilot.drafting.facts import Facts
from copilot.drafting.heard import objections_heard
from copilot.drafting.kept_paper import opening_of
from copilot.drafting.looked_up import LookedUp
from copilot.drafting.objections import Objection, reply_values
from copilot.drafting.occasion import first_sentences
from copilot.drafting.shared_values import Value, shared_values
from copilot.drafting.voices import voice_of
from copilot.drafting.working_days import reply_day
from knowledge.evidence import Citation, Figure, Finding, Passage, Sentence
from knowledge.guide_entries import entry
from knowledge.problems import BadInput
from tools.registry import tool

KNOWN = "say what they said, for example: they say we are at market, what do I answer"


@tool(
    label="Answer to an objection",
    asks=[
        "they say we are already at market, what do I answer",
        "the rep says rates are non-negotiable, how do I respond",
        "what do I say when they tell us it must be budget neutral",
        "they told us everyone gets the standard fee schedule, what's a good reply",
        "how do I answer send us your data",
        "if they say come back at renewal what should I say",
        "give me a comeback to your practice is too small",
        "they say the network is adequate, how do I push back",
        "what do I reply to that is our best and final offer",
        "he says he can't decide that, what do I say",
    ],
    needs=[],
    examples=["They say we are at market, what do I answer?"],
)
def answer_objection(desk: Desk, *, payer: str | None = None, topic: str | None = None) -> Finding:
    """What to say to an objection of a payer, with this practice's figures where it is named.

    topic: the objection in the user's words; else it is read in the message. Raises BadInput
    where no objection of the library is recognised.
    """
    words = desk.question if objections_heard(desk.question) else topic or desk.question
    return answer_to(desk, words, payer)


def answer_to(desk: Desk, words: str, payer: str | None) -> Finding:
    """The reply to the objection in the words; the payer's own figures where it is known."""
    heard = objections_heard(words)
    if not heard:
        raise BadInput("the objection", "none that is known stands in these words", KNOWN)
    objection = heard[0]
    to = desk.practice.payers.resolve(payer).name or payer if payer else None
    values = _values(desk, to) if to else {}
    reply = objection.answered(values)
    others = [each for each in heard[1:3] if each.id != objection.id]
    cited = guide_citation(objection.guide)
    short = desk.practice.payers.short_name(to) if to else ""
    return Finding(
        headline=Sentence(f"Say: {reply.text}", reply.figures),
        sentences=(
            Sentence(f"Why they say it: {objection.means} {cited.token()}", (), (cited,)),
            *_and_others(others, values),
        ),
        figures=tuple(v for v in values.values() if isinstance(v, Figure)),
        passages=(Passage(cited),),
        caveats=_lacking(objection, values, short),
        next_steps=_next_steps(short),
        details={"objection": objection.id, "payers": [to] if to else []},
        done="Found a reply",
    )


def _values(desk: Desk, payer: str) -> dict[str, Value]:
    looked = LookedUp(desk)
    facts = Facts(
        kind="talking_points",
        payer=payer,
        purpose="call",
        percent=opening_of(desk, payer),
        voice=voice_of(desk.practice, payer),
    )
    evidence = gather(looked, facts)
    ask = ask_of(looked, facts, evidence.paper)
    shared = shared_values(desk, facts, evidence, ask, reply_day(desk.practice.today))
    return reply_values(shared, evidence, ask)


def _and_others(others: list[Objection], values: dict[str, Value]) -> tuple[Sentence, ...]:
    """The reply to a second objection in the same words."""
    if not others:
        return ()
    answer = others[0].answered(values)
    return (Sentence(f"If they mean: {others[0].heard} Then say: {answer.text}", answer.figures),)


def _lacking(objection: Objection, values: dict[str, Value], short: str) -> tuple[Sentence, ...]:
    """Which of the reply's figures are missing, where it was said without them."""
    missing = [name for name in objection.needs if name not in values]
    if not missing:
        return ()
    if not short:
        return (Sentence("Name the payer, and the reply uses your own figures with it."),)
    wanted = ", ".join(dict.fromkeys(NAMES.get(name, name) for name in missing))
    return (Sentence(f"It would be stronger with {wanted} for {short}."),)


def _next_steps(short: str) -> tuple[str, ...]:
    if not short:
        return ("Which payers do we have?",)
    return (f"Rehearse the call with {short}", f"Call script for {short}")


def guide_citation(section: str) -> Citation:
    """The first sentences of a guide entry, as a citation."""
    found = entry(section)
    whole = Citation(found.source, found.section, None, found.start, found.end, found.text)
    return first_sentences(whole, 240)


NAMES = {
    "percent_of_medicare": "the rates below Medicare", "ask_percent": "the raise you ask for",
    "worth": "what it is worth", "since": "the day of the schedule", "members": "your claims",
    "years_flat": "the day of the schedule", "visits": "your claims",
    "evening_share": "visits by hour", "quality_measure": "quality results above the median",
    "quality_value": "quality results above the median", "payer": "the payer",
    "quality_benchmark": "quality results above the median",
    "emergency_value": "the payer's utilization report",
    "emergency_comparison": "the payer's utilization report",
}  # fmt: skip
