"""Every ask, offer and counter in order, in dollars a year, against our own levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from copilot.drafting.facts import facts_from
from copilot.tracker.agreed import agreed_in
from copilot.tracker.entries import Entry, Offer
from copilot.tracker.offer_worth import amount_of, worth_of
from copilot.tracker.stages import SETTLED, Stage
from copilot.tracker.table_of_talks import Talks
from knowledge.evidence import Basis, Figure


@dataclass(frozen=True)
class Line:
    """One price named: the amount and its worth a year (None where it cannot be priced), and
    how far that worth lies above our target and our walk-away (negative below; None where no
    strategy is kept)."""

    payer: str
    entry: Entry
    offer: Offer
    amount: Figure | None
    worth: Figure | None
    to_target: Figure | None
    to_walk_away: Figure | None


@dataclass(frozen=True)
class Levels:
    """What our target and our walk-away are worth a year, from the kept strategy."""

    target: Figure | None
    walk_away: Figure | None


def lines_of(talks: Talks, payer: str) -> list[Line]:
    """The ledger of one payer, in the order of the days."""
    offers = _named_once(talks, payer)
    if not offers:
        return []
    levels = levels_of(talks, payer)
    return [_line(talks, payer, entry, offer, levels) for entry, offer in offers]


def _named_once(talks: Talks, payer: str) -> list[tuple[Entry, Offer]]:
    """Every price with its entry; one that only an agreement names again is left out."""
    kept: list[tuple[Entry, Offer]] = []
    for entry in talks.of(payer):
        for offer in entry.offers:
            known = [amounts(o) for _, o in kept]
            if not (entry.stage and amounts(offer) in known):
                kept.append((entry, offer))
    return kept


def levels_of(talks: Talks, payer: str) -> Levels:
    """The worth of target and walk-away of the latest strategy kept for a payer; else none."""
    kept = next((d for d in talks.every_draft if d.kind == "strategy" and d.payer == payer), None)
    if kept is None:
        return Levels(None, None)
    facts = facts_from(kept.facts)
    found = talks.found("set_strategy", payer=payer, percent=facts.percent,
                        percent_of_medicare=facts.percent_of_medicare)  # fmt: skip
    levels = found.details.get("levels") if found else None
    if not levels:
        return Levels(None, None)
    return Levels(*(_level(talks, payer, str(levels[name]), name)
                    for name in ("target", "walk_away")))  # fmt: skip


def _level(talks: Talks, payer: str, percent: str, name: str) -> Figure | None:
    found = talks.found("model_fee_change", payer=payer, percent=Decimal(percent))
    if found is None:
        return None
    known = {figure.id: figure for figure in found.all_figures()}
    worth = known.get(str(found.details.get("worth")))
    if worth is None:
        return None
    word = {"target": "target", "walk_away": "walk-away"}[name]
    basis = Basis(f"the strategy's {word}, {percent}%, priced at today's volume", (worth,))
    return Figure(f"{talks.short(payer)}: our {word}, worth a year", worth.value, "USD", basis)


def _line(talks: Talks, payer: str, entry: Entry, offer: Offer, levels: Levels) -> Line:
    short = talks.short(payer)
    worth = worth_of(talks.run, entry, offer, short)
    return Line(
        payer, entry, offer, amount_of(entry, offer, short), worth,
        _gap(worth, levels.target, f"{short}: above (below) our target"),
        _gap(worth, levels.walk_away, f"{short}: above (below) our walk-away"),
    )  # fmt: skip


def _gap(worth: Figure | None, level: Figure | None, name: str) -> Figure | None:
    if worth is None or level is None:
        return None
    basis = Basis(f"worth of the price named - {level.name}, a year", (worth, level))
    return Figure(name, worth.number - level.number, "USD", basis)


def on_the_table(lines: Sequence[Line], stage: Stage) -> Figure | None:
    """What the payer's last offer is worth a year while it stands unanswered or countered."""
    if stage.name in (*SETTLED, "not begun"):
        return None
    theirs = [line for line in lines if line.offer.by == "payer"]
    return theirs[-1].worth if theirs else None


def won(lines: Sequence[Line], stage: Stage, entries: Sequence[Entry] = ()) -> Figure | None:
    """What was agreed, a year: the price that the agreement names or takes, else the last one
    named by the day on which it was settled. entries: the log of the payer."""
    if stage.name not in SETTLED:
        return None
    before = [line for line in lines if stage.since is None or line.entry.on <= stage.since]
    settled = [each for each in entries if each.stage in SETTLED]
    for entry in reversed(settled):
        taken = agreed_in(entry, [line.offer for line in before])
        same = [line for line in before if taken and amounts(line.offer) == amounts(taken)]
        if same:
            return same[-1].worth
    return before[-1].worth if before else None


def amounts(offer: Offer) -> tuple[Decimal | None, ...]:
    """The price in each of its three forms: by it two offers are the same."""
    return (offer.percent, offer.percent_of_medicare, offer.dollars)
