"""One payer's strategy as an answer: what to ask, where to stop, what leaving costs, when."""

from __future__ import annotations

from typing import Any

from knowledge.evidence import Cell, Chart, Figure, Finding, Passage, Sentence, Table, says
from tools.lines.left_out import short_claims
from tools.practice import Practice
from tools.strategy.asks import Ask, Level
from tools.strategy.paper import paper_of_strategy
from tools.strategy.payer_strategy import Strategy
from tools.strategy.timeline import Step, calendar, timeline
from tools.strategy.walk_away import walk_sentences

SHOWN = 8
LEAN = {
    "heavy": "you lean on it, so speak of leaving only once others can fill its place",
    "some": "it matters, and does not carry you alone",
    "little": "little of your income hangs on it",
}


def payer_answer(practice: Practice, held: Strategy) -> Finding:
    """The finding; its details feed the document and the calendar."""
    steps = timeline(held.days, held.short, held.levels is not None)
    asks = held.asks[:SHOWN]
    return Finding(
        headline=headline(held),
        sentences=(
            *_leans(held),
            *walk_sentences(held.leaving, held.leverage, held.short),
            *_leave(held),
            *_first(held),
            *_when(held),
        ),
        figures=(
            *(f for a in asks for f in (*a.worths, *_levels(a), *a.numbers)), held.leaving.lost,
            *held.leaving.held.figures(), *(step.day for step in steps),
            *(f for s in held.offer.brings for f in s.figures),
            *(f for a in held.asks for s in a.proof for f in s.figures),
            *(f for pair in held.leaving.tried for f in pair),
            held.leverage.patients,
            *_known(held),
        ),
        passages=tuple(
            Passage(c, payer=held.payer)
            for c in {c.id: c for c in [
                *held.days.cited.values(), *(a.citation for a in held.asks if a.citation),
            ]}.values()
        ),
        table=_table(asks) if asks else None,
        chart=_chart(asks, held.short),
        caveats=(*_caveats(practice, held), *short_claims(practice, held.span)),
        next_steps=_next(held),
        details=_details(practice, held, steps),
        done=f"Set the strategy for {held.short}: {len(held.asks)} asks",
    )  # fmt: skip


def headline(held: Strategy) -> Sentence:
    """The rate ask with its three levels and worth; else what is asked instead; else nothing."""
    rates = next((ask for ask in held.asks if ask.key == "rates"), None)
    if rates is not None and rates.worth is not None:
        return says(
            "{short}: open at {opening} on rates, aim for {target}, worth {worth} a year, and"
            " stop at {least}.",
            short=held.short, opening=rates.opening, target=rates.target, worth=rates.worth,
            least=rates.walk_away,
        )  # fmt: skip
    why = _why_no_raise(held)
    if not held.asks:
        return says("{short}: " + ("no term needs work" if held.has_paper else "nothing to ask"
                    " shows in the data") + "{why}; keep what you have.", short=held.short,
                    why=why)  # fmt: skip
    return says("{short}: ask for no raise{why}; the first ask is {what}.", short=held.short,
                why=why, what=held.asks[0].what)  # fmt: skip


def _why_no_raise(held: Strategy) -> str:
    if held.follows_program:
        return ", for its rates are the program's"
    return ", for its rates stand at the standard" if held.standing.percent else ""


def _leans(held: Strategy) -> list[Sentence]:
    leverage = held.leverage
    return [
        says("It is {payments} of your payments and {visits} of your visits: {lean}.",
             payments=leverage.payments, visits=leverage.visit_share,
             lean=LEAN[leverage.dependence])
    ]  # fmt: skip


def _leave(held: Strategy) -> list[Sentence]:
    days = held.days
    if days.ruled_out and "notice" not in days.cited:
        return [says("The contract rules out leaving without a cause.")]
    if days.notice is None or days.leave is None or "notice" not in days.cited:
        return []
    return [says("A notice given today, {notice} {where}, could end it on {leave} at the earliest.",
                 notice=days.notice, where=days.cited["notice"], leave=days.leave)]  # fmt: skip


def _first(held: Strategy) -> list[Sentence]:
    rest = [ask for ask in held.asks if ask.key != "rates"][:2]
    if not rest or (len(held.asks) == len(rest) == 1 and held.levels is None):
        return []
    said = []
    for ask in rest:
        worth = {"a year": "{worth} a year", "once": "{worth} once",
                 "exposed": "{worth} exposed"}[ask.kind]  # fmt: skip
        words = "Also ask for {what}" + (f" ({worth})" if ask.worth else "") + ", and give {give}."
        values: dict[str, Figure | str] = {"what": ask.what, "give": ask.give}
        if ask.worth is not None:
            values["worth"] = ask.worth
        said.append(says(words, **values))
    return said


def _when(held: Strategy) -> list[Sentence]:
    days = held.days
    if days.renews is not None and "renews" in days.cited:
        made = [says("It renews on {day} {where}: prepare from {prepare} and send the ask by"
                     " {ask}.", day=days.renews, where=days.cited["renews"], prepare=days.prepare,
                     ask=days.ask_by)]  # fmt: skip
        if days.say_by is not None and "stop" in days.cited:
            made.append(says("The last working day to stop the renewal is {day} {where}.",
                             day=days.say_by, where=days.cited["stop"]))  # fmt: skip
        return made
    if days.reopens is not None and "reopens" in days.cited:
        return [says("Rates may be reopened on {notice} {where}: send the ask by {ask} for rates"
                     " from {day}.", notice=days.reopens, where=days.cited["reopens"],
                     ask=days.ask_by, day=days.from_day)]  # fmt: skip
    return [says("Send the ask by {ask} for a change from {day}.", ask=days.ask_by,
                 day=days.from_day)]  # fmt: skip


def _levels(ask: Ask) -> list[Figure]:
    return [lvl for lvl in (ask.opening, ask.target, ask.walk_away) if isinstance(lvl, Figure)]


def _known(held: Strategy) -> list[Figure]:
    leverage, standing = held.leverage, held.standing
    every = (leverage.payments, leverage.visit_share, leverage.visits, leverage.patients,
             leverage.a_visit, leverage.others_a_visit, leverage.members, standing.percent,
             standing.others, standing.gap, held.leaving.stay_with_half, held.leaving.filling,
             held.leaving.refill)  # fmt: skip
    return [figure for figure in every if figure is not None]


def _table(asks: tuple[Ask, ...]) -> Table:
    """Levels that are figures stand in columns, those in words below the row."""
    rows: list[tuple[Cell, ...]] = [
        (
            ask.what, *(level if isinstance(level, Figure) else "" for level in _three(ask)),
            ask.worth or "", ask.kind if ask.worth else "not priced", _in_words(ask), ask.give,
            ask.otherwise,
        )
        for ask in asks
    ]  # fmt: skip
    return Table(
        "What to ask, worth against difficulty first",
        ("Ask", "Open at", "Aim for", "Stop at", "Worth (USD)", "Of which kind", "In words",
         "Give for it", "If refused"),
        tuple(rows), first_rows=SHOWN,
    )  # fmt: skip


def _three(ask: Ask) -> tuple[Level, ...]:
    return ask.opening, ask.target, ask.walk_away


def _in_words(ask: Ask) -> str:
    """The levels that are no figures, e.g. "open: signed by both; aim: ...; stop: ..."."""
    if ask.target == ask.walk_away == "the same" and isinstance(ask.opening, str):
        return ask.opening
    named = zip(("open", "aim", "stop"), _three(ask), strict=True)
    return "; ".join(f"{name}: {level}" for name, level in named if isinstance(level, str))


def _chart(asks: tuple[Ask, ...], short: str) -> Chart | None:
    rates = next((ask for ask in asks if ask.worths), None)
    if rates is None:
        return None
    return Chart("bar", f"What each level is worth a year at {short}", "USD",
                 ("Open at", "Aim for", "Stop at"), {"Worth a year": rates.worths})  # fmt: skip


def _caveats(practice: Practice, held: Strategy) -> list[Sentence]:
    said: list[Sentence] = []
    if not held.has_paper:
        said.append(says("No contract of {short} is on file, so its terms and days are not in"
                         " this: add it with its exhibits and amendments.",
                         short=held.short))  # fmt: skip
    if held.papers is not None:
        said += held.papers.caveats(practice)
    said += [
        says("An offer of {short} is on file ({name}): compare it before you ask.",
             short=held.short, name=name)
        for name in held.offers_on_file
    ]  # fmt: skip
    said += held.leaving.held.listed()
    said.append(
        says("Levels follow our rule: the target closes the gap to the standard, the opening lies"
             " above it, the least to take is not below a year's rise of costs. An exposed dollar"
             " counts little in the order, a dollar a year in full.")
    )  # fmt: skip
    if held.standing.others is not None:
        said.append(says("What your other payers pay is confidential: it sets your target and"
                         " stands in no letter."))  # fmt: skip
    if held.standing.in_part and held.levels is not None:
        said.append(says("The rate ask and its worth are of {short}'s commercial lines; its other"
                         " lines of business are not in them.", short=held.short))  # fmt: skip
    said.append(says("Notice of termination or against renewal is for counsel first."))
    return said


def _next(held: Strategy) -> tuple[str, ...]:
    short = held.short
    rates = next((ask for ask in held.asks if ask.key == "rates"), None)
    steps = []
    if rates is not None and isinstance(rates.opening, Figure):
        steps.append(f"Draft an email to {short} asking for {rates.opening.shown()} more")
    steps.append(f"Draft talking points for {short}")
    if held.has_paper:
        steps.append(f"Review the {short} contract")
    return (*steps, "What is our strategy for all payers?")


def _details(practice: Practice, held: Strategy, steps: list[Step]) -> dict[str, Any]:
    rates = next((ask for ask in held.asks if ask.key == "rates"), None)
    levels = held.levels
    return {
        "payers": [held.payer],
        "payer": held.payer,
        "period": held.span.label,
        "period_start": held.span.start.isoformat(),
        "period_end": held.span.end.isoformat(),
        "asks": [ask.as_data() for ask in held.asks],
        "levels": None if levels is None or rates is None else {
            "opening": str(levels.opening),
            "target": str(levels.target),
            "walk_away": str(levels.walk_away),
        },
        "worth": rates.worth.id if rates and rates.worth else None,
        "percent": held.percent,
        "percent_of_medicare": held.of_medicare,
        "lost": held.leaving.lost.id,
        "refill": held.leaving.refill.id if held.leaving.refill else None,
        "dependence": held.leverage.dependence,
        "calendar": calendar(steps, practice.today),
        "paper": {
            "kind": "strategy",
            "subject": f"Strategy: {held.payer}",
            "body": paper_of_strategy(held, steps, _leave(held)),
            "short": paper_of_strategy(held, steps, _leave(held), short=True),
        },
    }  # fmt: skip
