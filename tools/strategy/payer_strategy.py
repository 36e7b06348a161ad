"""One payer's strategy put together from what the other tools find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.documents.document import Document
from knowledge.evidence import Basis, Figure, Sentence, says
from knowledge.money import percent_of
from knowledge.problems import NotKnown
from knowledge.reference.medicare import conversion_factors
from knowledge.retrieval.words import stems
from tools.lines.claim_totals import is_self_pay
from tools.mix.openings import paper_held
from tools.papers.contract_papers import Papers, papers_of
from tools.papers.standing_paper import years_between
from tools.period import Period
from tools.practice import Practice
from tools.rates.rate_figures import magnitude
from tools.strategy.asks import Ask, ranked
from tools.strategy.contract_days import Days, contract_days
from tools.strategy.found_asks import authorization_ask, program_asks, term_asks, underpaid_ask
from tools.strategy.leverage import Leverage, leverage_of, shares
from tools.strategy.offer import Offer, offer_of
from tools.strategy.rate_ask import RateStanding, rate_ask, rate_levels, rate_standing
from tools.strategy.rules import Levels, rules, standard_of
from tools.strategy.walk_away import WalkAway, walk_away


@dataclass(frozen=True)
class Wish:
    """What the user named: a raise, a percent of Medicare, and assumptions on leaving."""

    percent: Decimal | None = None
    of_medicare: Decimal | None = None
    stay: Decimal | None = None
    pays: Decimal | None = None
    months: Decimal | None = None
    topic: str = ""


@dataclass(frozen=True)
class Strategy:
    """Everything one payer's strategy stands on; `levels` None where no raise is asked."""

    payer: str
    short: str
    span: Period
    leverage: Leverage
    standing: RateStanding
    levels: Levels | None
    asks: tuple[Ask, ...]
    leaving: WalkAway
    days: Days
    offer: Offer
    papers: Papers | None
    offers_on_file: tuple[str, ...]
    percent: str | None = None
    of_medicare: str | None = None

    @property
    def has_paper(self) -> bool:
        """Whether its contract is on file."""
        return self.papers is not None

    @property
    def follows_program(self) -> bool:
        """Whether its rates are a program's, so that no raise is asked."""
        return self.standing.standard is None and self.standing.percent is not None


def payer_strategy(practice: Practice, payer: str, span: Period, wish: Wish) -> Strategy:
    """The strategy of one payer; raises NotKnown without its claims in the period."""
    short = practice.payers.short_name(payer)
    if is_self_pay(practice, payer) or paper_held(practice, payer, ()) == "enrolled":
        raise NotKnown(
            f"{short} is no payer to negotiate with",
            why="a practice enrolls in a public program, and self-pay has no contract",
            do="name an insurer or a managed plan",
        )
    payments, visits = shares(practice, span, "payments"), shares(practice, span, "visits")
    if payer not in payments or payer not in visits:
        raise NotKnown(
            f"no claims of {short} are on file for {span.label}",
            do="add its claims or 835 files, or choose another period",
        )
    leverage = leverage_of(practice, payer, span, payments, visits)
    papers = _papers(practice, payer)
    documents: tuple[Document, ...] = papers.by_payer[payer] if papers else ()
    days = contract_days(practice, payer, documents)
    standing = rate_standing(practice, payer, span)
    levels = rate_levels(practice, standing, span, wish.percent, wish.of_medicare)
    named = wish.percent is not None or wish.of_medicare is not None
    asks: list[Ask | None] = []
    if levels is not None:
        asks.append(
            rate_ask(practice, standing, span, levels, f"a raise on {days.paper.exhibit}", named,
                     _age(practice, days))
        )  # fmt: skip
    asks += term_asks(practice, payer, documents)
    asks += [underpaid_ask(practice, payer), authorization_ask(practice, payer, span)]
    if standard_of(practice.payers.line_of_business(payer)) == "none":
        asks += program_asks()
    held = [each for each in asks if each is not None]
    return Strategy(
        payer, short, span, leverage, standing, levels,
        tuple(_on_topic_first(ranked(held, leverage.allowed.number), wish.topic)),
        walk_away(leverage, short, wish.stay, wish.pays, wish.months), days,
        offer_of(practice, payer, leverage), papers,
        tuple(d.name for d in practice.library.documents(payer) if d.kind == "offer"),
        None if wish.percent is None else str(wish.percent),
        None if wish.of_medicare is None else str(wish.of_medicare),
    )  # fmt: skip


def _on_topic_first(asks: list[Ask], topic: str) -> list[Ask]:
    """The asks that the user's words name before the others, each group in its order."""
    wanted = set(stems(topic))
    named = [ask for ask in asks if wanted & set(stems(f"{ask.what} {ask.key}"))]
    return [*named, *(ask for ask in asks if ask not in named)]


def _papers(practice: Practice, payer: str) -> Papers | None:
    try:
        return papers_of(practice, [payer])
    except NotKnown:
        return None


def _age(practice: Practice, days: Days) -> list[Sentence]:
    """How long the contract has stood, and what costs and Medicare's factor did meanwhile."""
    began = days.begins.value if days.begins is not None else None
    said: list[Sentence] = []
    index = rules()["cost_index"]
    rise = Figure(
        f"{index['name']}, {index['year']}", Decimal(index["percent"]), "percent",
        Basis("rise of practice costs in a year", source=str(index["source"])),
    )  # fmt: skip
    if isinstance(began, date) and days.begins is not None and "begins" in days.cited:
        years = years_between(began, practice.today)
        if years >= 1:
            old = Figure("Years since the agreement began", years, "count",
                         Basis("whole years from that day to today", (days.begins,)))  # fmt: skip
            said.append(says("The agreement has stood since {began} {where}, {old} years.",
                             began=days.begins, where=days.cited["begins"], old=old))  # fmt: skip
        moved = _factor(began, practice.today)
        if moved is not None:
            fell = moved.number < 0
            said.append(
                says("Medicare's conversion factor {way} by {moved} in that time{so} the {index}"
                     " rose {rise} in one year.", way="fell" if fell else "rose",
                     moved=magnitude(moved, f"{moved.name}, its size"),
                     so=", so argue from costs:" if fell else ";", index=str(index["name"]),
                     rise=rise)
            )  # fmt: skip
            return said
    said.append(says("Practice costs rose {rise} in a year by the {index}.", rise=rise,
                     index=str(index["name"])))  # fmt: skip
    return said


def _factor(began: date, today: date) -> Figure | None:
    """Percent by which the conversion factor moved from one day to the other."""
    try:
        then, now = (conversion_factors().on(day) for day in (began, today))
    except NotKnown:
        return None
    if then == now:
        return None
    basis = Basis(f"100 x (factor of {today.year} / factor of {began.year} - 1)",
                  source="CMS, Physician Fee Schedule RVU releases")  # fmt: skip
    return Figure(f"Medicare's conversion factor, {began.year} to {today.year}",
                  percent_of(now - then, then), "percent", basis)  # fmt: skip
