"""The answer to "which of their promises stand in the draft": promise by promise, cited."""

from __future__ import annotations

from decimal import Decimal

from copilot.desk import Desk
from copilot.tracker.entries import Promise
from copilot.tracker.entry_words import CHANNEL_WORDS, day_figure
from copilot.tracker.promises_kept import Held, PromisesHeld, Verdict, promises_against
from knowledge.evidence import Basis, Cell, Figure, Finding, Passage, Sentence, Table, says
from knowledge.terms.words import TERM_WORDS

_ORDER: tuple[Verdict, ...] = ("differs", "not found", "cannot be told", "stands")
_STATES = {
    "stands": "stands in it",
    "differs": "stands otherwise",
    "not found": "not found in it",
    "cannot be told": "cannot be told",
}


def promises_answer(desk: Desk, payer: str) -> Finding:
    """The finding on one payer's promises against its latest draft."""
    against = promises_against(desk, payer)
    short = desk.practice.payers.short_name(payer)
    held = sorted(against.held, key=lambda each: _ORDER.index(each.verdict))
    name = against.draft.document.name
    cited = [c for each in held for c in (each.citation, each.made_in) if c is not None]
    return Finding(
        headline=_headline(short, name, held),
        sentences=tuple(_said(each) for each in held[:8]),
        passages=tuple(Passage(c, payer=payer) for c in dict.fromkeys(cited)),
        table=_table(short, name, held) if held else None,
        caveats=tuple(_caveats(against, short)),
        next_steps=(
            f"Draft an email to {short} about what the draft leaves out",
            f"What changed in the new {short} draft?",
            f"Where are we with {short}?",
        ),
        details={
            "payer": payer,
            "payers": [payer],
            "document": name,
            "promises": [
                {
                    "what": _words(each),
                    "about": _about(each),
                    "on": each.entry.on.isoformat(),
                    "verdict": each.verdict,
                    "draft": each.shown,
                    "citation": each.citation.id if each.citation else None,
                }
                for each in held
            ],
        },
        done=f"Held {len(held)} promises of {short} against {name}",
    )


def _headline(short: str, name: str, held: list[Held]) -> Sentence:
    if not held:
        return says("Nothing {payer} promised is of a kind that {name} could hold.", payer=short,
                    name=name)  # fmt: skip
    basis = Basis("things promised that a paper can hold, looked up in the draft", source=name)
    kept = sum(1 for each in held if each.verdict == "stands")
    stand = Figure(f"Promises of {short} that stand in {name}", Decimal(kept), "count", basis)
    every = Figure(f"Promises of {short} looked up", Decimal(len(held)), "count", basis)
    return says("{stand} of {every} things {payer} promised stand in {name}.", stand=stand,
                every=every, payer=short, name=name)  # fmt: skip


def _words(held: Held) -> str:
    return held.said.what if isinstance(held.said, Promise) else held.said.words


def _about(held: Held) -> str:
    value = held.value
    names = {
        "term": TERM_WORDS[value.name].label if value.kind == "term" else "",
        "medicare": "Percent of Medicare",
        "percent": "Raise in percent",
        "price": f"Price of {value.name}",
        "start": "First day",
    }
    return names[value.kind]


def _said(held: Held) -> Sentence:
    """One promise beside the draft's words."""
    entry = held.entry
    made = day_figure(f"Promised by {CHANNEL_WORDS[entry.channel]}", entry.on, "as the log tells")
    where = held.made_in or ""
    words = {
        "stands": "{about} stands as promised on {made} {where}: {draft} {there}",
        "differs": "{about} is not as promised on {made} (“{words}” {where}): the draft says"
        " {draft} {there}",
        "not found": "{about} is not found in the draft; promised on {made}: “{words}” {where}",
        "cannot be told": "{about} cannot be told; promised on {made}: “{words}” {where}."
        " {draft} {there}",
    }[held.verdict]
    shown = (
        held.shown[:1].upper() + held.shown[1:] if held.verdict == "cannot be told" else held.shown
    )
    said = says(words, about=_about(held), made=made, where=where, words=_words(held), draft=shown,
                there=held.citation or "")  # fmt: skip
    return Sentence(" ".join(said.text.split()).replace(" :", ":").replace("” )", "”)").strip()
                    .rstrip(".") + ".", said.figures, said.citations)  # fmt: skip


def _table(short: str, name: str, held: list[Held]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in held:
        on = day_figure(f"Promised by {CHANNEL_WORDS[each.entry.channel]}", each.entry.on)
        who = each.entry.who or short
        rows.append((_about(each), _words(each)[:200], on, who, each.shown, _STATES[each.verdict]))
    return Table(f"What {short} promised, held against {name}",
                 ("About", "Promised", "On", "By", "The draft says", "Verdict"),
                 tuple(rows))  # fmt: skip


def _caveats(against: PromisesHeld, short: str) -> list[Sentence]:
    came = day_figure("Draft came in", against.draft.came, "the day it was read in")
    made = [says("Held against {name}, read in on {came}, the latest draft of {payer} on file.",
                 name=against.draft.document.name, came=came, payer=short)]  # fmt: skip
    if against.deeds:
        count = Figure("Promises of deeds", Decimal(len(against.deeds)), "count",
                       Basis("promises that name no term, price or day of a contract"))  # fmt: skip
        made.append(says("{count} more are things to do, such as sending a paper; they stand under"
                         " what is due.", count=count))  # fmt: skip
    made.append(
        says(
            "What was only spoken binds nobody where the contract calls itself the entire"
            " agreement: have it written into the draft, and confirm with counsel."
        )
    )
    return made
