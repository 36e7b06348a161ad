"""What is said where no tool answers: small talk, help, refusals, and jobs that are not in."""

from __future__ import annotations

from collections.abc import Mapping

from copilot.planner.phrases import phrase_book
from copilot.planner.vocabulary import Vocabulary
from tools.registry import Tool

MOST_OFFERED = 6


def talk_reply(kind: str, tools: Mapping[str, Tool], vocabulary: Vocabulary) -> str:
    """The reply to a kind of talk of talk.toml."""
    if kind == "help":
        return help_reply(tools, vocabulary)
    return str(phrase_book().talk.get(kind, {}).get("reply", "")) or unclear_reply(
        tools, vocabulary
    )


def help_reply(tools: Mapping[str, Tool], vocabulary: Vocabulary) -> str:
    """What can be asked, by one example of each of several tools that are registered."""
    offers = [
        f"- {tool.label}: {offer}"
        for tool in tools.values()
        if (offer := example_of(tool, vocabulary))
    ]
    listed = "\n".join(offers[:10])
    return (
        "I look up and compute from your own claims, fee schedules and contracts, quote the guide"
        f" and your contracts, and write what goes to a payer. For instance:\n{listed}"
    )


def unclear_reply(tools: Mapping[str, Tool], vocabulary: Vocabulary) -> str:
    """Said where nothing in a message could be told to be a request."""
    offers = [offer for tool in tools.values() if (offer := example_of(tool, vocabulary))]
    tried = "; ".join(f'"{offer}"' for offer in offers[:3])
    return (
        f"I am not sure what you would like me to do with that. Try {tried}."
        if tried
        else ("I am not sure what you would like me to do with that.")
    )


def not_in_yet(job: str, nearest: Tool | None, vocabulary: Vocabulary) -> str:
    """Said where a job is recognised but its tool is not registered; offers the nearest one."""
    label = phrase_book().label(job)
    sentence = f"{label[:1].upper()}{label[1:]} is not in yet."
    if nearest is None:
        return sentence
    offer = example_of(nearest, vocabulary)
    instead = f" The nearest I can do is {phrase_book().label(nearest.name)}"
    return sentence + instead + (f': try "{offer}".' if offer else ".")


def no_draft(tools: Mapping[str, Tool], vocabulary: Vocabulary) -> str:
    """Said where a change is asked and no draft stands."""
    offers = [
        offer
        for tool in tools.values()
        if tool.name.startswith("draft_") and (offer := example_of(tool, vocabulary))
    ]
    start = f' Start one with "{offers[0]}".' if offers else ""
    return f"There is no draft to change yet.{start}"


def example_of(tool: Tool, vocabulary: Vocabulary) -> str | None:
    """One whole question for a tool, its {payer} and {code} filled from the workspace."""
    for example in (*tool.examples, *tool.asks):
        if "{payer}" in example and not vocabulary.payers:
            continue
        payers = _insurers(vocabulary)
        code = "99214" if "99214" in vocabulary.codes else min(vocabulary.codes, default="99214")
        return (
            example.replace("{payer}", payers[0] if payers else "")
            .replace("{payer2}", payers[-1] if payers else "")
            .replace("{code}", code)
        )
    return None


def _insurers(vocabulary: Vocabulary) -> list[str]:
    plain = [p for p in vocabulary.payers if p.lower() not in ("medicare", "self-pay", "self pay")]
    return plain or list(vocabulary.payers)
