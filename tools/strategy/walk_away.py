"""Leaving a payer, priced: what ends, and what must come in its place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from knowledge.evidence import Basis, Cell, Figure, Sentence, Table, says
from knowledge.money import to_cents
from tools.risk.assumed import Inputs, as_percent
from tools.strategy.break_even import break_even_refill, break_even_stay, cost_of_filling
from tools.strategy.leverage import Leverage
from tools.strategy.rules import rules

OURS = "our assumption"
TRIED = (0, 20, 40)


@dataclass(frozen=True)
class WalkAway:
    """What leaving costs: `refill` the percent of freed visits to be filled, above 100 never;
    filling: USD lost while they fill up; stay: percent of visits that must stay where half of
    the freed ones is filled. None where the data do not tell."""

    lost: Figure
    refill: Figure | None
    filling: Figure | None
    stay_with_half: Figure | None
    held: Inputs
    tried: tuple[tuple[Figure, Figure], ...]

    @property
    def possible(self) -> bool:
        """Whether filling the freed visits can make up for it at all."""
        return self.refill is not None and self.refill.number <= 100


def walk_away(
    leverage: Leverage,
    short: str,
    stay: Decimal | None,
    pays: Decimal | None,
    months: Decimal | None,
) -> WalkAway:
    """The walk-away of one payer; what is not given is an assumption of the rules."""
    kept, held = rules()["patients"], Inputs()
    stays = held.take("stay", f"Of {short}'s visits, those that stay out of network",
                      as_percent(stay), kept["stay"], "percent", f"{OURS}, the cautious one",
                      most=99)  # fmt: skip
    paid = held.take("stay_pays", "What a visit that stays brings of today's allowed amount",
                     as_percent(pays), kept["pays"], "percent", OURS,
                     most=100)  # fmt: skip
    span = held.take("fill_months", "Months until freed visits are filled", months, kept["months"],
                     "months", OURS, least=1, most=36)  # fmt: skip
    lost, others = leverage.allowed, leverage.others_a_visit
    if others is None or not leverage.visits.number:
        return WalkAway(lost, None, None, None, held, ())
    refill = _refill(leverage, short, held.held["stay"], held.held["stay_pays"])
    after = min(lost.number, leverage.visits.number * others.number * (100 - stays) / 100
                + lost.number * stays * paid / 10_000)  # fmt: skip
    filling = Figure(
        f"{short}: income lost while visits fill up", to_cents(
            cost_of_filling(lost.number, after, span)), "USD",
        Basis("lost x months / 12 - income that takes its place x months / 24, climbing in a"
              " straight line", (lost, held.held["fill_months"])),
    )  # fmt: skip
    half = break_even_stay(lost.number, leverage.visits.number, others.number, paid / 100,
                           Decimal("0.5"))  # fmt: skip
    stay_with_half = None
    if half is not None:
        stay_with_half = Figure(
            f"{short}: visits that must stay when half of the rest is filled", half * 100,
            "percent", Basis("(lost - filled) / (pays x lost - filled), filled = half of its"
                             " visits at what others allow",
                             (lost, leverage.visits, others, held.held["stay_pays"])),
        )  # fmt: skip
    tried = []
    for share in TRIED:
        given = Figure(f"Visits that stay: {share} of 100", Decimal(share), "percent",
                       Basis("one of three tried"), places=0)  # fmt: skip
        made = _refill(leverage, short, given, held.held["stay_pays"])
        if made is not None:
            tried.append((given, made))
    return WalkAway(lost, refill, filling, stay_with_half, held, tuple(tried))


def _refill(leverage: Leverage, short: str, stay: Figure, pays: Figure) -> Figure | None:
    others = leverage.others_a_visit
    assert others is not None
    share = break_even_refill(leverage.allowed.number, leverage.visits.number, others.number,
                              stay.number / 100, pays.number / 100)  # fmt: skip
    if share is None:
        return None
    return Figure(
        f"{short}: freed visits to fill so that income does not fall, {stay.shown()} staying",
        share * 100, "percent",
        Basis("100 x lost x (1 - stay x pays) / ((1 - stay) x visits x others' allowed a visit)",
              (leverage.allowed, leverage.visits, others, stay, pays)),
    )  # fmt: skip


def walk_sentences(found: WalkAway, leverage: Leverage, short: str) -> list[Sentence]:
    """What leaving costs, in one or two sentences."""
    made = [says("Leaving {short} would end {lost} allowed in a year, {share} of your payments.",
                 short=short, lost=found.lost, share=leverage.payments)]  # fmt: skip
    if found.refill is None or leverage.others_a_visit is None:
        return made
    if not found.possible:
        made.append(
            says("Filling every freed visit would not make up for it: your other insurers allow"
                 " {others} a visit, {short} {own}.", others=leverage.others_a_visit, short=short,
                 own=leverage.a_visit or "more")
        )  # fmt: skip
        return made
    made.append(
        says("It breaks even once {refill} of the {visits} freed visits are filled at the"
             " {others} a visit that your other insurers allow.", refill=found.refill,
             visits=leverage.visits, others=leverage.others_a_visit)
    )  # fmt: skip
    if found.filling is not None:
        made.append(says("While they fill, {filling} is lost.", filling=found.filling))
    return made


def stay_table(found: WalkAway) -> Table | None:
    """Visits to fill for three shares of those who stay."""
    if not found.tried:
        return None
    rows: tuple[tuple[Cell, ...], ...] = tuple((stay, refill) for stay, refill in found.tried)
    return Table("What must be filled, by who stays", ("Stay out of network", "Freed visits to"
                 " fill"), rows)  # fmt: skip
