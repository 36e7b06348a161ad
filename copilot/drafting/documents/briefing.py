"""The briefing for the physicians' board: where each payer stands, asks, walk-away, risks, dates.

It stays in the practice: several payers' terms stand in it side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from copilot.desk import Desk
from copilot.drafting.documents.assembled import assembled
from copilot.drafting.documents.briefing_payers import Stand, of_payer, stands_of
from copilot.drafting.documents.our_voice import ours
from copilot.drafting.documents.parts import grid, joined, listed, part
from copilot.drafting.facts import Facts
from copilot.drafting.letter import Written
from copilot.drafting.looked_up import LookedUp
from knowledge.evidence import Figure, Finding, Sentence, long_date, says

IN_DETAIL = {"brief": 1, "short": 1, "usual": 3, "long": 20}
SOON = 120
AHEAD = {"brief": 60, "short": 90, "usual": 270, "long": 730}
CONFIDENTIAL = (
    "*What several payers pay stands here, and their contracts hold it confidential: nothing of"
    " this paper goes to a payer.*"
)
MARK = "Internal: for the physicians’ board alone"


def write_briefing(desk: Desk, facts: Facts) -> Written:
    """The briefing over all payers, or on one where one is named."""
    looked, practice = LookedUp(desk), desk.practice
    book = None if facts.payer else looked.finding("set_strategy", period=facts.period or None)
    stands = stands_of(looked, practice, facts, book, IN_DETAIL[facts.length], SOON)
    mix = looked.finding("payer_mix", period=facts.period or None)
    names = [stand.short for stand in stands]
    subject = says("Briefing for the board: payer contracts, {day}", day=long_date(practice.today))
    if facts.payer and stands:
        subject = says("Briefing for the board: {payer}, {day}", payer=stands[0].short,
                       day=long_date(practice.today))  # fmt: skip
    return assembled(
        facts,
        subject,
        [
            part("mark", "", _mark(desk)),
            part("decisions", "What the board decides", _decisions(stands)),
            part("standing", "Where each payer stands", _standing(book), _mix(mix, facts)),
            *(of_payer(stand, facts) for stand in stands),
            part("risks", "Risks", _risks(book, stands)),
            part("dates", "Days", _dates(book, stands, practice.today, facts)),
        ],
        last=[part("inner", "", Sentence(CONFIDENTIAL if stands or book else ""))],
        notes=(Sentence("It is internal and can be sent to no payer."),),
        missing=_missing(book, stands, facts),
        headline=_headline(book, names),
        next_steps=(*(f"Write a memo on {name}" for name in names[:1]),
                    *(f"Write the proposal letter to {name} with the rate exhibit"
                      for name in names[:1]),
                    "Put the contract deadlines in a calendar",
                    "Shorter" if facts.length not in ("brief", "short") else "Longer"),
        own="From the practice's leadership",
    )  # fmt: skip


def _mark(desk: Desk) -> Sentence:
    return Sentence(f"**{MARK}. {desk.settings.profile.name}, "
                    f"{long_date(desk.practice.today)}.**")  # fmt: skip


def _decisions(stands: Sequence[Stand]) -> Sentence:
    """What the board is asked to say yes or no to, one line a payer."""
    said = [stand.decision() for stand in stands]
    if any(stand.levels is not None for stand in stands):
        said.append(Sentence("Who speaks for the practice, and who may settle between the target"
                             " and the point where we stop."))  # fmt: skip
    return listed(said)


def _standing(book: Finding | None) -> Sentence | None:
    if book is None or book.table is None:
        return None
    columns = ("Payer", "Of our payments", "Of Medicare", "We aim for", "Worth a year (USD)",
               "Ask by", "Renews, or rates from")  # fmt: skip
    rows = [row[:7] for row in book.table.rows]
    order = [each for each in book.sentences if each.text.startswith("No raise is asked")]
    return joined([grid(columns, rows), *(ours(each) for each in order)], "\n\n")


def _mix(mix: Finding | None, facts: Facts) -> Sentence | None:
    """How much the largest three carry."""
    if mix is None or facts.payer:
        return None
    return joined([ours(each) for each in mix.sentences if "carry" in each.text])


def _risks(book: Finding | None, stands: Sequence[Stand]) -> Sentence:
    """What may go wrong: the payers we press, those without a paper, and what was assumed."""
    said: list[Sentence | None] = [stand.risk() for stand in stands]
    said += [ours(each) for each in (book.sentences if book else ())
             if each.text.startswith("Seen in the claims")]  # fmt: skip
    if stands:
        said.append(Sentence("What leaving costs counts the claims on file; patients who stay and"
                             " visits that others fill are assumptions."))  # fmt: skip
        said.append(Sentence("Notice of termination, or against a renewal, is for counsel first."))
    return listed(said)


def _dates(book: Finding | None, stands: Sequence[Stand], today: date, facts: Facts) -> Sentence:
    """The days ahead, the nearest first, all that falls on one day in one line.

    Days on which to begin preparing are left out: they are the office's, not the board's.
    """
    sources = [book] if book is not None else [stand.found for stand in stands]
    held: dict[date, tuple[Figure, list[str]]] = {}
    for found in sources:
        days = {f.value: f for f in found.all_figures() if isinstance(f.value, date)}
        for entry in found.details.get("calendar", ()):
            day, what = date.fromisoformat(entry["date"]), str(entry["label"])
            soon = today <= day <= today + timedelta(AHEAD[facts.length])
            if day in days and soon and not what.startswith("Begin to prepare"):
                held.setdefault(day, (days[day], []))[1].append(_lower(what))
    return listed([
        says("{day}: {what}.", day=held[day][0], what="; ".join(sorted(set(held[day][1]))))
        for day in sorted(held)
    ])  # fmt: skip


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _missing(book: Finding | None, stands: Sequence[Stand], facts: Facts) -> list[str]:
    """The files without which something of it is empty."""
    if book is None and not stands:
        return ["your payers' claims or 835 files: shares, worth and what leaving would cost"]
    rows = book.table.rows if book is not None and book.table is not None else ()
    bare = [str(row[0]) for row in rows if "contract on file" not in str(row[-1])]
    return [f"the contracts of {', '.join(bare)}: their terms and days" for _ in bare[:1]]


def _headline(book: Finding | None, names: Sequence[str]) -> Sentence:
    if not names:
        return Sentence("The briefing has nothing to stand on yet: no payer's claims are on file.")
    ready = says("The briefing for the board is ready, in detail on {names}.",
                 names=", ".join(names))  # fmt: skip
    return joined([ready, book.headline]) if book is not None else ready
