"""The tool that tells what is due, and where the negotiations stand."""

from __future__ import annotations

from copilot.desk import Desk
from copilot.tracker.asked_view import points_back, up_to, view_asked
from copilot.tracker.board_answer import board_answer, offers_answer
from copilot.tracker.due_answer import due_answer
from copilot.tracker.log_answer import contacts_answer, log_answer, promises_answer
from copilot.tracker.named import payer_spans
from copilot.tracker.table_of_talks import talks_of
from knowledge.evidence import Finding
from tools.registry import tool


@tool(
    label="What is next",
    needs=[],
    asks=[
        "what is due next with the payer",
        "what should I do next in the negotiations",
        "who has not answered us",
        "which follow-ups are due this week",
        "where do all negotiations stand",
        "show the board of all payers with their stages",
        "what have we asked them for and what did they offer so far",
        "list every offer and counter-offer in dollars",
        "what did they promise us and is it overdue",
        "who is our contact at the insurer",
        "when did we last talk to them",
        "put the follow-ups in my calendar",
        "show me the negotiation log",
        "how much is on the table and how much have we won",
    ],
    examples=[
        "What is due next with {payer}?",
        "Where do all negotiations stand?",
        "What have we asked {payer} for and what did they offer?",
    ],
)
def next_steps(
    desk: Desk,
    *,
    payer: str | None = None,
    period: str | None = None,
    topic: str | None = None,
) -> Finding:
    """What is due and who has not answered, as a list and a calendar; or where all talks stand.

    topic: board (all payers: stage, last contact, next date, worth), offers (asks, offers and
    counters in dollars), promises, contacts, log; what is due by default. period: how far
    ahead, 120 days by default.
    """
    return answered(desk, payer, period, topic)


UNANSWERED = ("follow-up", "their promise")


def answered(
    desk: Desk, payer: str | None, period: str | None = None, topic: str | None = None
) -> Finding:
    """The side of the log that the turn's question is after; of all payers where the question
    names none and points to none."""
    talks = talks_of(desk)
    view = view_asked(desk.question, topic)
    named = payer_spans(desk.practice)(desk.question)
    whom = payer if named or points_back(desk.question) else None
    if view == "board":
        return board_answer(talks)
    if view == "offers":
        return offers_answer(talks, whom)
    if view == "contacts":
        return contacts_answer(talks, whom)
    if view == "promises":
        return promises_answer(talks, whom)
    if view == "log":
        return log_answer(talks, whom)
    last = up_to(desk.question, period, desk.practice.today)
    return due_answer(talks, whom, last, kinds=UNANSWERED if view == "unanswered" else ())
