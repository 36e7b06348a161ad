"""The days that a contract in force gives a negotiation: notice, renewal, and when to begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from knowledge.business_days import last_business_day
from knowledge.documents.document import Document
from knowledge.evidence import Basis, Citation, Figure
from knowledge.terms.family import terms_in_force
from knowledge.terms.term import Term
from tools.duties.renewal_days import last_day_to_say, months_of_renewal
from tools.papers.standing_paper import Paper, paper_of
from tools.period import months_before
from tools.practice import Practice
from tools.strategy.rules import rules

TERMS = ("no_cause_termination_days", "initial_term", "renewal", "non_renewal_notice_days",
         "continuity_of_care")  # fmt: skip
MOST_PERIODS = 200


@dataclass(frozen=True)
class Days:
    """What the contract gives; each day a figure, None where the paper does not tell.

    notice: our right to leave without cause, its days; leave: the first day it could end,
    told today. renews: the next day on which the term begins anew; say_by: the last working
    day to say that it shall not. reopens: days of notice on which rates may be asked for
    anew. from_day: the day new rates are wanted from. cited: the words behind each, by name.
    """

    paper: Paper
    begins: Figure | None
    notice: Figure | None
    leave: Figure | None
    renews: Figure | None
    say_by: Figure | None
    reopens: Figure | None
    from_day: Figure
    prepare: Figure
    ask_by: Figure
    decide_by: Figure | None
    ruled_out: bool
    cited: dict[str, Citation]


def contract_days(practice: Practice, payer: str, documents: Sequence[Document]) -> Days:
    """The days of one payer's contract in force, from today on."""
    today = practice.today
    paper = paper_of(practice, payer)
    terms = terms_in_force(documents, TERMS[:4]) if documents else []
    cited: dict[str, Citation] = {}
    begun = paper.begins
    if begun is not None and paper.begins_at is not None:
        cited["begins"] = paper.begins_at
    notice = _days(_ours(terms, "no_cause_termination_days"), "Notice to leave without cause",
                   "notice", cited)  # fmt: skip
    ruled = _ours(terms, "no_cause_termination_days")
    leave = None if notice is None else _day(
        "First day a notice given today could end it", today + timedelta(int(notice.number)),
        "today + days of notice", (notice,))  # fmt: skip
    renews = _renews(terms, begun, today, cited)
    say_by = None
    stop = _days(_ours(terms, "non_renewal_notice_days"), "Notice against renewal", "stop", cited)
    if renews is not None and stop is not None and isinstance(renews.value, date):
        day, step = renews.value, months_of_renewal(_ours(terms, "renewal"))
        while step and last_business_day(last_day_to_say(day, int(stop.number))) < today:
            day = months_before(day, -step)
        renews = (
            renews
            if day == renews.value
            else _day(
                renews.name, day, "the next renewal whose day of notice is still to come", (renews,)
            )
        )
        say_by = _day("Last working day to say it shall not renew",
                      last_business_day(last_day_to_say(day, int(stop.number))),
                      "day before the renewal - days of notice, moved to the working day before",
                      (renews, stop))  # fmt: skip
    reopen = next((c for c in paper.clauses if c.kind == "renegotiation"), None)
    if reopen is not None:
        cited["reopens"] = reopen.citation
    reopens = reopen.notice if reopen else None
    return _planned(paper, begun, notice, leave, renews, say_by, reopens, today, cited,
                    bool(ruled and ruled.found and ruled.value == "none"))  # fmt: skip


def _planned(
    paper: Paper, begun: Figure | None, notice: Figure | None, leave: Figure | None,
    renews: Figure | None, say_by: Figure | None, reopens: Figure | None, today: date,
    cited: dict[str, Citation], ruled_out: bool,
) -> Days:  # fmt: skip
    """The plan that follows: from when new rates are wanted, and the days before it."""
    time = rules()["time"]
    talk, gather = int(time["talk_days"]), int(time["gather_days"])
    source = str(time["talk_source"])
    soonest = today + timedelta(int(reopens.number) if reopens else talk)
    renewal = renews.value if renews is not None else None
    if isinstance(renewal, date):
        wanted, why, inputs = renewal, "the day the contract renews", (renews,)
    else:
        first = soonest if soonest.day == 1 else months_before(soonest.replace(day=1), -1)
        wanted, inputs = first, (reopens,)
        why = (
            "first of a month after the days on which rates may be reopened"
            if reopens
            else (f"first of a month, {talk} days from today; {source}")
        )
    kept = tuple(each for each in inputs if each is not None)
    from_day = _day("New rates wanted from", wanted, why, kept)
    back = months_before(wanted, int(time["prepare_months"]))
    prepare = _day("Prepare from", max(today, back), f"{time['prepare_months']} months before,"
                   f" not before today; {source}", (from_day,))  # fmt: skip
    begin = max(months_before(wanted, int(time["begin_months"])), today + timedelta(gather))
    if isinstance(renewal, date) and begin >= wanted:
        begin = today
    if renewal is None:
        begin = today + timedelta(gather)
    if say_by is not None and isinstance(say_by.value, date):
        begin = max(today, min(begin, say_by.value - timedelta(gather)))
    told = f"{gather} days from today, to gather the data"
    if isinstance(renewal, date):
        told = f"{time['begin_months']} months before it renews, not sooner than {told}"
    by, from_what = last_business_day(begin), [from_day]
    if reopens is not None:
        latest = last_business_day(wanted - timedelta(int(reopens.number)))
        if today <= latest < by:  # a later ask could not bring new rates by then
            by, told = latest, "the last working day that leaves the days of notice for reopening"
            from_what.append(reopens)
    ask_by = _day("Send the ask by", by, told, tuple(from_what))
    decide = say_by
    if decide is None and notice is not None and isinstance(from_day.value, date):
        last = last_business_day(from_day.value - timedelta(int(notice.number)))
        if last > by:  # before the ask is out there is nothing to decide on
            decide = _day("Last working day on which a notice ends it by then", last,
                          "a notice given then ends the contract when new rates are wanted",
                          (from_day, notice))  # fmt: skip
    return Days(paper, begun, notice, leave, renews, say_by, reopens, from_day, prepare, ask_by,
                decide, ruled_out, cited)  # fmt: skip


def _ours(terms: Sequence[Term], name: str) -> Term | None:
    """The practice's own right or duty, of the base agreement or its commercial attachment."""
    held = [
        t for t in terms
        if t.name == name and t.found and t.party in (None, "either", "provider")
    ]  # fmt: skip
    base = [t for t in held if t.line_of_business in (None, "commercial")]
    return next(iter(base or held), None)


def _days(term: Term | None, name: str, key: str, cited: dict[str, Citation]) -> Figure | None:
    if term is None or not isinstance(term.value, Decimal) or term.citation is None:
        return None
    cited[key] = term.citation
    days = term.value
    if term.unit == "months":
        days = days * 30
    elif term.unit == "business days":
        days = (days * 7 / 5).to_integral_value()
    basis = Basis(f"stated in the contract as {term.shown}", source=term.citation.label())
    return Figure(name, days, "days", basis)


def _renews(
    terms: Sequence[Term], begun: Figure | None, today: date, cited: dict[str, Citation]
) -> Figure | None:
    """The next day on which the term begins anew; None where it runs on or is not told."""
    first, renewal = _ours(terms, "initial_term"), _ours(terms, "renewal")
    step = months_of_renewal(renewal)
    if first is None or first.citation is None:
        return None
    inputs: tuple[Figure, ...] = ()
    if first.unit == "date" and isinstance(first.value, str):
        day = date.fromisoformat(first.value) + timedelta(1)
    elif isinstance(first.value, Decimal) and begun is not None and isinstance(begun.value, date):
        if first.unit != "months":
            return None
        day, inputs = months_before(begun.value, -int(first.value)), (begun,)
    else:
        return None
    if day <= today and not step:
        return None
    for _ in range(MOST_PERIODS):
        if day > today:
            break
        day = months_before(day, -step)
    cited["renews"] = renewal.citation if renewal and renewal.citation else first.citation
    basis = f"first term of {first.shown}, then every {step} months" if step else first.shown
    return _day("The contract renews", day, f"{basis}, as the contract says", inputs)


def _day(name: str, day: date, words: str, inputs: tuple[Figure | None, ...]) -> Figure:
    kept = tuple(each for each in inputs if each is not None)
    return Figure(name, day, "date", Basis(words, kept))
