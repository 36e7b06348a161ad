"""Each payer's part of the practice: payments, allowed, charges, visits, volume or patients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from knowledge.evidence import Basis, Chart, Figure, Finding, Sentence, Table, says
from knowledge.problems import BadInput, NotKnown
from tools.lines.business_lines import asked_business
from tools.lines.left_out import period_where, short_claims
from tools.lines.waiting_lines import lines_waiting
from tools.mix.mix_parts import BUSINESS, Part, moved, named, no_insurer, parts_of, short
from tools.mix.openings import openings, paper_held, payers_with_rates
from tools.mix.payer_sums import LEVELS, WAYS, Sum, Way, payer_sums
from tools.period import Period, claimed_days, period_of, split_step, versus
from tools.practice import Practice
from tools.rates.rate_figures import COUNTING, magnitude
from tools.registry import tool
from tools.trends.periods import Trend, a_year_earlier, trend_of

LAY = {"revenue": "payments", "income": "payments", "collections": "payments", "paid": "payments",
       "billed": "charges", "units": "volume", "members": "patients"}  # fmt: skip
LAY_LEVELS = {"payers": "payer", "insurer": "payer", "products": "product", "plan": "product",
              "plans": "product", "lob": "line_of_business", "business": "line_of_business",
              "line": "line_of_business", "lines_of_business": "line_of_business"}  # fmt: skip
MANY = Decimal(60)


@dataclass(frozen=True)
class Mix:
    """One answer's parts: the stretches, those of each, and what patients owe in the latest."""

    level: str
    name: str
    way: Way
    trend: Trend
    parts: Sequence[Mapping[tuple[str, ...], Part]]
    totals: Sequence[Figure]
    owed: Decimal
    openings: Sequence[str]
    without: Sequence[str] = ()

    @property
    def total(self) -> Figure:
        """The whole of the latest stretch."""
        return self.totals[-1]

    @property
    def span(self) -> Period:
        """The stretch that the answer is about: the latest."""
        return self.trend.last

    @property
    def now(self) -> Mapping[tuple[str, ...], Part]:
        """The parts of the latest stretch, largest first."""
        return self.parts[-1]

    @property
    def then(self) -> Mapping[tuple[str, ...], Part]:
        """The parts of the oldest stretch; {} where there is but one."""
        return self.parts[0] if len(self.parts) > 1 else {}


@tool(
    label="Payer mix",
    needs=["claim_lines"],
    asks=[
        "what is our payer mix",
        "who pays us most",
        "how much of our revenue comes from each payer",
        "which insurer is our biggest",
        "share of payments by payer",
        "how dependent are we on this payer",
        "what part of our income is commercial",
        "percent of visits by insurance",
        "how many patients does each payer have with us",
        "which payers do we have no contract with",
        "break down revenue by insurance company",
        "how much self-pay do we have",
        "payer mix by product",
        "mix by line of business",
        "how has our payer mix changed since last year",
        "which payers are we out of network with",
        "how concentrated is our revenue",
    ],
    examples=["What is our payer mix?", "How much of our revenue comes from {payer}?"],
)
def payer_mix(
    practice: Practice,
    *,
    by: str | None = None,
    level: str | None = None,
    period: str | None = None,
    payers: list[str] | None = None,
    product: str | None = None,
    without: list[str] | None = None,
) -> Finding:
    """Each payer's share of payments (default), allowed, charges, visits, volume or patients.

    Shares are of the total over all payers and self-pay, by date of service. Payments are
    what insurers paid on primary and secondary lines net of reversals; what patients owe
    is named apart. Level: payer (default), product or line_of_business. Shares a year
    before stand beside, and "by quarter" or "2025 vs 2026" shows each stretch. Payers
    without a contract on file are named as openings. without: payers or lines of business
    (Medicaid, self-pay) left out of the whole.
    """
    less = tuple(without or ())
    way, part_of = _words(by, level)
    business = asked_business(product) if not level or part_of == "line_of_business" else None
    if business and not payers:
        part_of, product = "line_of_business", None
    trend = _stretches(practice, period)
    sums = payer_sums(practice, trend, part_of, way, product, less)
    mix = _mix(practice, trend, part_of, way, sums, product, less)
    if not any(part.lines for part in mix.now.values()):
        raise NotKnown(
            f"no claim lines are on file for {mix.span.label}", do="choose another period"
        )
    if not mix.total.number:
        raise NotKnown(
            what=f"the claims of {mix.span.label} give no {mix.way.words}",
            do="choose another way to divide, e.g. allowed or charges",
        )
    if business and part_of == "line_of_business" and (business,) not in mix.now:
        raise NotKnown(
            f"no lines of {BUSINESS[business]} are on file for {mix.span.label}",
            "lines of business on file: "
            + ", ".join(named(key, part_of) for key in mix.now if key[0]),
            "choose another period",
        )
    return _finding(practice, mix, payers if part_of != "line_of_business" else
                    [business] if business else None, product)  # fmt: skip


def _words(by: str | None, level: str | None) -> tuple[str, str]:
    """The way and the level that the words name; a level may be said as `by`."""
    word = (by or "").strip().lower().replace(" ", "_")
    told = (level or "").strip().lower().replace(" ", "_")
    if not told and LAY_LEVELS.get(word, word) in LEVELS:
        word, told = "", word
    way, part_of = LAY.get(word, word or "payments"), LAY_LEVELS.get(told, told or "payer")
    if way not in WAYS:
        raise BadInput("by", f"“{by}” is no way to divide", f"choose {', '.join(WAYS)}")
    if part_of not in LEVELS:
        raise BadInput("level", f"“{level}” is no level", f"choose {', '.join(LEVELS)}")
    return way, part_of


def _stretches(practice: Practice, period: str | None) -> Trend:
    """The stretches asked for; else the period, with the same months a year before if held."""
    words, step = split_step(period or "")
    if step or versus(words):
        return trend_of(period, practice)
    span = period_of(period, practice)
    before = a_year_earlier(span)
    held = claimed_days(practice)[0] <= before.start + timedelta(7)
    return Trend((before, span) if held and span.months <= 12 else (span,))


def _mix(
    practice: Practice, trend: Trend, level: str, name: str, sums: Sequence[Sum],
    product: str | None, without: Sequence[str],
) -> Mix:  # fmt: skip
    way = WAYS[name]
    found = [
        parts_of(practice, [s for s in sums if s.stretch == at], level, way, span, product, without)
        for at, span in enumerate(trend.periods)
    ]
    now = found[-1][0]
    owed = sum((s.owed for s in sums if s.stretch == len(trend.periods) - 1), Decimal(0))
    none = openings(practice, [p.payer for p in now.values() if p.amount.number])
    return Mix(level, name, way, trend, [parts for parts, _ in found], [t for _, t in found],
               owed, none if level == "payer" else (), tuple(without))  # fmt: skip


def _finding(
    practice: Practice, mix: Mix, payers: Sequence[str] | None, product: str | None
) -> Finding:
    asked = [key for key in mix.now if key[0] in (payers or ())]
    lead = mix.now[asked[0] if asked else _largest(practice, mix)]
    return Finding(
        headline=_headline(practice, lead, bool(asked), mix),
        sentences=(
            *_together(practice, [mix.now[key] for key in asked], mix),
            *_left_out(practice, mix),
            *_change(practice, lead, mix),
            *_concentration(practice, mix),
            *_lines_of_business(practice, mix, product),
            *_patients_owe(mix),
            *_openings(practice, mix),
        ),
        figures=(lead.share, lead.amount, mix.total),
        table=_table(practice, mix),
        chart=_chart(practice, mix),
        caveats=(
            *_missing(practice, payers, mix),
            *lines_waiting(practice, mix.span),
            *short_claims(practice, mix.span),
        ),
        next_steps=_steps(practice, lead, mix),
        details={
            "by": mix.name,
            "level": mix.level,
            "product": product,
            "without": list(mix.without),
            "payers": list(dict.fromkeys(p.payer for p in mix.now.values()))
            if mix.level != "line_of_business" else [],
            "payer": lead.payer if mix.level != "line_of_business" else None,
            "period": mix.span.label,
            "period_start": mix.span.start.isoformat(),
            "period_end": mix.span.end.isoformat(),
            "periods": [period.label for period in mix.trend.periods],
            "total": mix.total.id,
            "amounts": {_id(mix, p): p.amount.id for p in mix.now.values()},
            "shares": {_id(mix, p): p.share.id for p in mix.now.values()},
            "openings": list(mix.openings),
        },
        done=f"Divided {mix.total.shown()} of {mix.way.words} among {len(mix.now)} "
        + {"payer": "payers", "product": "products"}.get(mix.level, "lines of business"),
    )  # fmt: skip


def _together(practice: Practice, asked: Sequence[Part], mix: Mix) -> list[Sentence]:
    """What several payers asked about come to in one sum."""
    if len(asked) < 2 or mix.name == "patients":  # one person may have two payers
        return []
    names = [short(practice, part.key, mix.level) for part in asked]
    amounts, shares = tuple(p.amount for p in asked), tuple(p.share for p in asked)
    amount = Figure(f"Together: {mix.way.words}", sum((a.number for a in amounts), Decimal(0)),
                    mix.way.unit, Basis("sum of the parts asked about", amounts))  # fmt: skip
    share = Figure(f"Together: share of {mix.way.words}",
                   sum((s.number for s in shares), Decimal(0)), "percent",
                   Basis("sum of their shares", shares))  # fmt: skip
    return [says("{names} together: {amount}, {share}.", names=", ".join(names), amount=amount,
                 share=share)]  # fmt: skip


def _left_out(practice: Practice, mix: Mix) -> list[Sentence]:
    names = [each if asked_business(each) else practice.payers.short_name(each)
             for each in mix.without]  # fmt: skip
    return [says("{names} left out: the whole is {total}.", names=", ".join(names),
                 total=mix.total) for _ in names[:1]]  # fmt: skip


def _id(mix: Mix, part: Part) -> str:
    return part.payer if mix.level == "payer" else named(part.key, mix.level)


def _largest(practice: Practice, mix: Mix) -> tuple[str, ...]:
    insured = (
        key for key in mix.now
        if mix.level == "line_of_business" or (key[0] and not no_insurer(practice, key[0]))
    )  # fmt: skip
    return next(insured, next(iter(mix.now)))


def _headline(practice: Practice, lead: Part, asked: bool, mix: Mix) -> Sentence:
    what = {"payer": "payer", "product": "product"}.get(mix.level, "line of business")
    return says(
        "{payer} is {share} of your {words}: {part} of {total} {period}."
        if asked
        else "{payer} is your largest {what}, {share} of {words}: {part} of {total} {period}.",
        payer=_capital(short(practice, lead.key, mix.level)),
        what=what,
        share=lead.share,
        words=mix.way.words,
        part=lead.amount,
        total=mix.total,
        period=mix.span.during,
    )


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _change(practice: Practice, lead: Part, mix: Mix) -> list[Sentence]:
    """The share of the leading part then, and whose share moved most."""
    if not mix.then:
        return []
    said = []
    then = moved(lead, mix.then)
    if then:
        rose = "up" if then[1].number >= 0 else "down"
        said.append(
            says("Its share was {then} {period}: {rose} {change}.", then=then[0],
                 period=mix.trend.first.during, rose=rose,
                 change=magnitude(then[1], f"{then[1].name}, size"))
        )  # fmt: skip
        said.append(says("It came to {amount} then, of {total}.", total=mix.totals[0],
                         amount=mix.then[lead.key].amount))  # fmt: skip
    known = [(part, found) for part in mix.now.values() if (found := moved(part, mix.then))]
    most = max(known, key=lambda each: abs(each[1][1].number), default=None)
    if most and most[0] is not lead and abs(most[1][1].number) >= 1:
        said.append(
            says("The share that moved most is {payer}'s, {then} to {now}.",
                 payer=short(practice, most[0].key, mix.level), then=most[1][0], now=most[0].share)
        )  # fmt: skip
    return said


def _concentration(practice: Practice, mix: Mix) -> list[Sentence]:
    """What the three largest carry together."""
    ranked = [part for part in mix.now.values() if part.amount.number > 0][:3]
    if len(ranked) < 3 or len(mix.now) < 4:
        return []
    together = Figure(
        f"The largest three: share of {mix.way.words}",
        sum((part.share.number for part in ranked), Decimal(0)),
        "percent",
        Basis("sum of the three largest shares", tuple(part.share for part in ranked)),
    )
    return [
        says("The largest three, {names}, carry {together}.", together=together,
             names=", ".join(short(practice, part.key, mix.level) for part in ranked))
    ]  # fmt: skip


def _lines_of_business(practice: Practice, mix: Mix, product: str | None) -> list[Sentence]:
    """The largest lines of business, as the claims and the payer names tell them."""
    if mix.level == "line_of_business":
        return []
    only = Trend((mix.span,))
    rows = payer_sums(practice, only, "line_of_business", mix.name, product, mix.without)
    parts, _ = parts_of(practice, rows, "line_of_business", mix.way, mix.span, product, mix.without)
    told = [part for part in parts.values() if part.payer and part.amount.number > 0][:4]
    if len(told) < 2:
        return []
    values: dict[str, Figure | str] = {}
    for key, part in zip("abcd", told, strict=False):
        values |= {key: part.share, f"{key}_words": BUSINESS.get(part.payer, part.payer)}
    template = ", ".join(f"{{{key}_words}} {{{key}}}" for key in "abcd"[: len(told)])
    return [says("By line of business: " + template + ".", **values)]


def _patients_owe(mix: Mix) -> list[Sentence]:
    if mix.name != "payments":
        return []
    basis = Basis(f"sum of patient responsibility over {COUNTING}", (), "claim_lines",
                  period_where(mix.span))  # fmt: skip
    patients = Figure("Patients' own part", mix.owed, "USD", basis)
    return [says("Patients' own part of the same claims, {owed}, stands apart.", owed=patients)]


def _openings(practice: Practice, mix: Mix) -> list[Sentence]:
    if not mix.openings:
        return []
    held = [mix.now[(payer,)].share for payer in mix.openings]
    worth = Figure(
        f"Payers without a contract on file: share of {mix.way.words}",
        sum((share.number for share in held), Decimal(0)),
        "percent",
        Basis("sum of their shares", tuple(held)),
    )
    return [
        says(
            "No contract is on file for {payers} ({share}): if you are out of network there, each"
            " is an opening; else a paper to find.",
            payers=", ".join(practice.payers.short_name(payer) for payer in mix.openings[:6])
            + (" and others" if len(mix.openings) > 6 else ""),
            share=worth,
        )
    ]


def _by_stretch(practice: Practice, mix: Mix) -> Table:
    """What each part came to in every stretch, and all of them together."""
    unit = " (USD)" if mix.way.unit == "USD" else ""
    labels = [period.label for period in mix.trend.periods]
    together = [
        Figure(f"All: {mix.way.words}, {label}",
               sum((part.amount.number for part in parts.values()), Decimal(0)), mix.way.unit,
               Basis("sum of the parts", tuple(part.amount for part in parts.values())))
        for label, parts in zip(labels, mix.parts, strict=True)
    ]  # fmt: skip
    keys = list(dict.fromkeys(key for parts in reversed(mix.parts) for key in parts))
    rows = [
        (short(practice, key, mix.level),
         *(parts[key].amount if key in parts else None for parts in mix.parts))
        for key in keys
    ]  # fmt: skip
    first = {"payer": "Payer", "product": "Payer and product"}.get(mix.level, "Line of business")
    return Table(f"{mix.way.words.capitalize()} by stretch{unit}", (first, *labels),
                 (*rows, ("All", *together)), first_rows=12)  # fmt: skip


def _table(practice: Practice, mix: Mix) -> Table:
    if len(mix.trend.periods) > 2:
        return _by_stretch(practice, mix)
    unit = " (USD)" if mix.way.unit == "USD" else ""
    columns = [
        {"payer": "Payer", "product": "Payer and product"}.get(mix.level, "Line of business"),
        *(["Line of business"] if mix.level == "payer" else []),
        f"{mix.way.words.capitalize()}{unit}",
        "Share",
        *([f"Share, {mix.trend.first.label}", "Change"] if mix.then else []),
        *(["Contract on file"] if mix.level == "payer" else []),
    ]
    rows, rates = [], payers_with_rates(practice)
    for part in mix.now.values():
        own = mix.level != "line_of_business" and no_insurer(practice, part.payer)
        then = (moved(part, mix.then) or (None, None)) if mix.then else ()
        business = practice.payers.line_of_business(part.payer) or ""
        told = "" if not part.payer or own else paper_held(practice, part.payer, rates)
        rows.append((
            short(practice, part.key, mix.level),
            *([BUSINESS.get(business, "") if business else ""]
              if mix.level == "payer" else []),
            part.amount, part.share, *then, *([told] if mix.level == "payer" else []),
        ))  # fmt: skip
    three = sorted((part.share.number for part in mix.now.values()), reverse=True)[:3]
    what = {"payer": "payers", "product": "products"}.get(mix.level, "lines of business")
    title = (
        f"A few {what} carry most of your {mix.way.words}"
        if sum(three, Decimal(0)) > MANY
        else f"Your {mix.way.words} are spread over many {what}"
    )
    return Table(title, tuple(columns), tuple(rows), first_rows=12)


def _chart(practice: Practice, mix: Mix) -> Chart:
    title = f"Share of {mix.way.words} by {mix.level.replace('_', ' ')}"
    if len(mix.trend.periods) > 2:
        leading = list(mix.now)[:6]
        series = {
            short(practice, key, mix.level): tuple(
                parts[key].share if key in parts else None for parts in mix.parts
            )
            for key in leading
        }
        labels = tuple(period.label for period in mix.trend.periods)
        return Chart("line", title, "percent", labels, series)
    return Chart(
        "bar", title, "percent", tuple(short(practice, key, mix.level) for key in mix.now),
        {"Share": tuple(part.share for part in mix.now.values())},
    )  # fmt: skip


def _missing(practice: Practice, payers: Sequence[str] | None, mix: Mix) -> list[Sentence]:
    if mix.level == "line_of_business":
        return []
    there = {part.payer for part in mix.now.values()}
    return [
        says(
            "No claim lines of {payer} are on file for {period}.",
            payer=practice.payers.short_name(payer),
            period=mix.span.label,
        )
        for payer in payers or ()
        if payer not in there
    ]


def _steps(practice: Practice, lead: Part, mix: Mix) -> tuple[str, ...]:
    if mix.level == "line_of_business":
        return ("What is our payer mix?", "Show the payer mix by visits")
    payer = practice.payers.short_name(lead.payer)
    first = f"How do {payer}'s rates compare with Medicare?"
    more = [f"What do we bill most to {practice.payers.short_name(mix.openings[0])}?"
            for _ in mix.openings[:1]]  # fmt: skip
    return (first, "Which payer pays us least against Medicare?", *more,
            "Show the payer mix by visits")  # fmt: skip
