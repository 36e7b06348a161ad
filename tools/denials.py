"""What payers refuse, why, what it costs, and how long they take to pay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.evidence import Basis, Chart, Figure, Finding, Sentence, Table, says
from knowledge.money import percent_of
from knowledge.problems import NotKnown
from knowledge.reference.denial_reasons import DenialReason, source
from knowledge.selection import Selection, Where, among, between
from tools.denied.denied_lines import adjudicated_lines, denied_groups
from tools.denied.expected_amount import averages, expected_amount
from tools.denied.figures import (
    Priced,
    Refused,
    adjudicated_figure,
    by_reason,
    coded,
    denial_rate,
    of_kind,
    refused,
)
from tools.denied.payment_days import Days, payment_days
from tools.denied.taken_back import taken_back_said
from tools.denied.waiting import day_cells, day_columns, days_first, waiting_said
from tools.lines.claim_totals import code_totals, insurers
from tools.lines.left_out import period_where, short_claims
from tools.lines.waiting_lines import lines_waiting
from tools.period import Period, period_of
from tools.practice import Practice
from tools.registry import tool
from tools.schedules.contract_rate import fee_schedules

ALL = "all insurers"
KINDS = {"authorization": "prior authorization or referral", "filing": "filing limits"}


@dataclass(frozen=True)
class Told:
    """Everything an answer says, by payer ("all insurers" for the whole) and by reason."""

    span: Period
    where: str
    priced: Sequence[Priced]
    adjudicated: Mapping[str, Figure]
    denied: Mapping[str, Refused]
    rates: Mapping[str, Figure]
    reasons: Mapping[DenialReason, Refused]
    days: Mapping[str, Mapping[str, Days]]

    @property
    def payers(self) -> list[str]:
        """The payers, highest denial rate first."""
        named = [payer for payer in self.rates if payer != ALL]
        return sorted(named, key=lambda payer: (-self.rates[payer].number, payer))


@tool(
    label="Denials",
    needs=["claim_lines"],
    asks=[
        "how often do payers deny our claims",
        "what is our denial rate by payer",
        "why are our claims being denied",
        "top denial reasons",
        "which insurer denies us the most",
        "how much money do we lose to denials",
        "how many denials do we win or get paid later",
        "how long do they take to pay us",
        "days to payment by payer",
        "how many claims are denied for no prior authorization",
        "prior auth denials and hassle",
        "timely filing denials",
        "CO-197 and CO-50 denials",
        "what are our pain points with this payer",
        "which codes get rejected most",
        "who is slow to pay",
    ],
    examples=["Why does {payer} deny our claims?", "Which payer denies us most, and why?"],
)
def denials(
    practice: Practice,
    *,
    payers: list[str] | None = None,
    period: str | None = None,
    codes: list[str] | None = None,
    top_n: int | None = None,
    topic: str | None = None,
) -> Finding:
    """Denial rate, reasons, cost and days to payment, by payer.

    Denied lines / lines adjudicated, by date of service, primary and secondary, rows that
    take back left out. Expected dollars are the contract's rate, else the payer's own
    average allowed for the code. Each line stands under the one reason that says most.
    With topic "days" the days to payment lead the answer.
    """
    span = period_of(period, practice)
    lines = Selection("claim_lines", between("service_date", span.start, span.end))
    lines = lines.narrowed(among("code", codes)) if codes else lines
    where = Where(period_where(span) + (f", codes {', '.join(codes)}" if codes else ""), lines)
    every = adjudicated_lines(practice, span, payers, codes)
    there = insurers(practice, every)
    if not there:
        raise NotKnown(
            what="no adjudicated lines "
            + (f"of {', '.join(payers)} " if payers else "")
            + f"are on file for {span.label}",
            do="choose another period, or add that payer's claims or 835 files",
        )
    schedules = fee_schedules(practice, there)
    groups = denied_groups(practice, span, there, codes, schedules)
    usual = averages(code_totals(practice, span, payers=there, codes=codes))
    priced = [Priced(g, expected_amount(practice, g, schedules, usual)) for g in groups]
    days = payment_days(practice, span, there, codes, str(where))
    told = _told(span, where, every, there, priced, days)
    asked = there[0] if len(there) == 1 else None
    finding = _finding(practice, told, asked, payers, codes, max(1, top_n or 10))
    return days_first(practice, finding, days, asked) if topic == "days" else finding


def _told(
    span: Period,
    where: str,
    every: Mapping[str, int],
    there: Sequence[str],
    priced: Sequence[Priced],
    days: Mapping[str, Mapping[str, Days]],
) -> Told:
    lines = {ALL: sum(every[payer] for payer in there), **{p: every[p] for p in there}}
    whose = {name: among("payer", there if name == ALL else [name]) for name in lines}
    adjudicated = {
        name: adjudicated_figure(name, n, where, whose[name]) for name, n in lines.items()
    }
    denied = {
        name: refused([e for e in priced if name in (ALL, e.group.payer)], name, where, whose[name])
        for name in lines
    }
    rates = {n: denial_rate(n, denied[n].lines, adjudicated[n], where) for n in lines}
    reasons = {
        reason: refused(held, f"Reason {reason.label}", where, whose[ALL], coded(held))
        for reason, held in by_reason(priced).items()
    }
    return Told(span, where, priced, adjudicated, denied, rates, reasons, days)


def _finding(
    practice: Practice,
    told: Told,
    asked: str | None,
    payers: Sequence[str] | None,
    codes: Sequence[str] | None,
    top_n: int,
) -> Finding:
    whole = told.denied[asked or ALL]
    lead = asked or told.payers[0]
    short = practice.payers.short_name
    top = list(told.reasons)[:top_n]
    by_payer = not asked
    by_kind = {kind: each for kind in KINDS if (each := _refused_for(told, kind))}
    return Finding(
        headline=_headline(practice, told, asked, lead),
        sentences=(
            *_why(told, whole),
            *_cost(whole),
            *(s for kind in KINDS for s in _of_kind(told, kind)),
            *waiting_said(practice, told.days, asked),
            *taken_back_said(practice, told.span, payers, codes),
        ),
        figures=(
            told.rates[asked or ALL], whole.lines, whole.expected, whole.unpaid,
            *(figure for each in by_kind.values() for figure in (each.lines, each.unpaid)),
        ),
        table=_payer_table(practice, told) if by_payer else _reason_table(told, lead, short, top),
        chart=Chart(
            "bar", "Denial rate by payer", "percent",
            tuple(short(payer) for payer in told.payers),
            {"Denied": tuple(told.rates[payer] for payer in told.payers)},
            ("All insurers", told.rates[ALL]),
        ) if by_payer else Chart(
            "bar", f"Why {short(lead)} denied lines", "count",
            tuple(reason.label for reason in top),
            {"Denied lines": tuple(told.reasons[reason].lines for reason in top)},
        ) if top else None,
        caveats=(
            *_absent(practice, payers, told),
            *_how_counted(told),
            *lines_waiting(practice, told.span, payers),
            *short_claims(practice, told.span),
        ),
        next_steps=_steps(practice, told, lead, asked),
        details={
            "payers": told.payers,
            "payer": lead,
            "codes": list(codes or ()),
            "period": told.span.label,
            "period_start": told.span.start.isoformat(),
            "period_end": told.span.end.isoformat(),
            "rates": {payer: told.rates[payer].id for payer in told.payers},
            "denied": {payer: told.denied[payer].lines.id for payer in told.payers},
            "adjudicated": {payer: told.adjudicated[payer].id for payer in told.payers},
            "expected": {payer: told.denied[payer].expected.id for payer in told.payers},
            "kinds": {
                kind: {"lines": each.lines.id, "unpaid": each.unpaid.id}
                for kind, each in by_kind.items()
            },
            "reasons": {r.code: told.reasons[r].lines.id for r in told.reasons},
            "days": {
                start: {payer: each.median.id for payer, each in by.items()}
                for start, by in told.days.items()
            },
        },
        done=f"Counted {whole.lines.shown()} denied lines",
    )  # fmt: skip


def _headline(practice: Practice, told: Told, asked: str | None, lead: str) -> Sentence:
    short = practice.payers.short_name
    if asked:
        return says(
            "{payer} denied {rate} of the lines it decided {period}: {denied} of {every}, worth"
            " about {worth} by its own rates.",
            payer=short(asked),
            rate=told.rates[asked],
            period=told.span.during,
            denied=told.denied[asked].lines,
            every=told.adjudicated[asked],
            worth=told.denied[asked].expected,
        )
    return says(
        "Insurers denied {rate} of your lines {period}, worth about {worth} by their own rates;"
        " {payer} denies most, {most} of its lines.",
        rate=told.rates[ALL],
        period=told.span.during,
        worth=told.denied[ALL].expected,
        payer=short(lead),
        most=told.rates[lead],
    )


def _why(told: Told, whole: Refused) -> list[Sentence]:
    """The reasons that carry most of the denials."""
    named = [(reason, held) for reason, held in told.reasons.items() if reason.code][:3]
    if not named:
        return []
    values: dict[str, Figure | str] = {}
    parts = []
    for key, (reason, held) in zip("abc", named, strict=False):
        share = Figure(
            f"Reason {reason.label}: share of denied lines",
            percent_of(held.lines.number, whole.lines.number), "percent",
            Basis("100 x denied lines under the reason / denied lines", (held.lines, whole.lines)),
        )  # fmt: skip
        values |= {f"{key}_words": reason.label, key: share, f"{key}_lines": held.lines}
        parts.append(f"{{{key}_words}} ({{{key}_lines}} lines, {{{key}}})")
    return [says("Most named reasons: " + "; ".join(parts) + ".", **values)]


def _cost(whole: Refused) -> list[Sentence]:
    if not whole.lines.number:
        return []
    if not whole.later.number:
        return [says("Billed on them: {billed}. None was paid later.", billed=whole.billed)]
    return [
        says(
            "Billed on them: {billed}. Later paid: {later} of the lines; {unpaid} expected was"
            " never paid.",
            billed=whole.billed,
            later=whole.later,
            unpaid=whole.unpaid,
        )
    ]


def _refused_for(told: Told, kind: str) -> Refused | None:
    """What was refused for reasons of a kind; None for nothing."""
    held = of_kind(told.priced, kind)
    if not held:
        return None
    name = f"Denied for {KINDS[kind]}"
    return refused(held, name, told.where, among("payer", told.payers), coded(held))


def _of_kind(told: Told, kind: str) -> list[Sentence]:
    held, each = of_kind(told.priced, kind), _refused_for(told, kind)
    if each is None:
        return []
    codes = ", ".join(dict.fromkeys(p.group.reason.code for p in held))
    return [
        says(
            "Denied for {kind} (reason {codes}): {lines}, worth about {worth}"
            + ("; {later} of them paid later." if each.later.number else "."),
            kind=KINDS[kind],
            codes=codes,
            lines=each.lines,
            worth=each.expected,
            later=each.later,
        )
    ]


def _payer_table(practice: Practice, told: Told) -> Table:
    return Table(
        "Who refuses most, highest rate first",
        ("Payer", "Lines decided", "Denied", "Rate", "Expected (USD)", "Never paid (USD)",
         "Paid later", *day_columns(told.days)),
        tuple(
            (practice.payers.short_name(payer), told.adjudicated[payer], told.denied[payer].lines,
             told.rates[payer], told.denied[payer].expected, told.denied[payer].unpaid,
             told.denied[payer].later, *day_cells(told.days, payer))
            for payer in told.payers
        ),
        first_rows=12,
    )  # fmt: skip


def _reason_table(told: Told, payer: str, short: object, top: Sequence[DenialReason]) -> Table:
    return Table(
        "Why lines were denied, most frequent first",
        ("Reason", "Denied lines", "Billed (USD)", "Expected (USD)", "Never paid (USD)",
         "Paid later"),
        tuple(
            (reason.label, held.lines, held.billed, _or_not_known(held.expected, held),
             _or_not_known(held.unpaid, held), held.later)
            for reason in top
            for held in (told.reasons[reason],)
        ),
    )  # fmt: skip


def _absent(practice: Practice, payers: Sequence[str] | None, told: Told) -> list[Sentence]:
    return [
        says("No decided lines of {payer} are on file for {period}.",
             payer=practice.payers.short_name(payer), period=told.span.label)
        for payer in payers or ()
        if payer not in told.rates
    ]  # fmt: skip


def _how_counted(told: Told) -> list[Sentence]:
    """Which lines counted, how the expected amount was found, and what has no price."""
    said = [
        says(
            "Counted: lines that stand as paid or denied, primary and secondary; taken-back rows,"
            " open claims and self-pay are not. Reason numbers are those of {source}.",
            source=source(),
        )
    ]
    if not told.priced:
        return said
    ways = {way: [p for p in told.priced if p.worth.way == way] for way in ("contract", "average")}
    contract, average = (refused(ways[w], f"Priced by {w}", str(told.where)) for w in ways)
    said.append(
        says(
            "Expected is the contract's rate for {a} lines and the payer's own average allowed for"
            " {b}.",
            a=contract.lines,
            b=average.lines,
        )
    )
    if blank := [p for p in told.priced if not p.worth.way]:
        none = refused(blank, "No rate known", str(told.where))
        said.append(
            says(
                "Without an expected amount: {lines} denied lines ({billed} billed), because no"
                " rate of their code is known.",
                lines=none.lines,
                billed=none.billed,
            )
        )
    if several := [p for p in told.priced if p.group.several_reasons]:
        held = refused(
            several, "Several reasons", told.where, among("payer", told.payers), coded(several)
        )
        said.append(
            says("Lines that name several reasons: {n}; each stands under the one that says most.",
                 n=held.lines)
        )  # fmt: skip
    return said


def _steps(practice: Practice, told: Told, lead: str, asked: str | None) -> tuple[str, ...]:
    short = practice.payers.short_name(lead)
    first = (
        f"How long does {short} give us to file a claim?"
        if asked
        else f"Why does {short} deny our claims?"
    )
    return (
        first,
        f"Which lines has {short} underpaid?",
        f"Draft talking points for {short}",
    )


def _or_not_known(amount: Figure, held: Refused) -> Figure | str:
    return amount if held.expected.number else "not known"
