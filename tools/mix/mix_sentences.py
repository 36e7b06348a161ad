"""What is said of the payer mix: who leads, what those asked about come to, what moved."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from knowledge.evidence import Basis, Figure, Sentence, says
from tools.lines.business_lines import asked_business
from tools.lines.left_out import period_where
from tools.mix.mix import Mix
from tools.mix.mix_parts import BUSINESS, Part, moved, parts_of, short
from tools.mix.payer_sums import payer_sums
from tools.practice import Practice
from tools.rates.rate_figures import COUNTING, magnitude
from tools.trends.periods import Trend


def each_of(practice: Practice, asked: Sequence[Part], mix: Mix) -> list[Sentence]:
    """What each of several payers asked about comes to, but for the first, which leads."""
    return [
        says("{payer} is {share}: {part}.", payer=capital(short(practice, part.key, mix.level)),
             share=part.share, part=part.amount)
        for part in asked[1:5]
    ]  # fmt: skip


def together(practice: Practice, asked: Sequence[Part], mix: Mix) -> list[Sentence]:
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


def left_out(practice: Practice, mix: Mix) -> list[Sentence]:
    names = [each if asked_business(each) else practice.payers.short_name(each)
             for each in mix.without]  # fmt: skip
    return [says("{names} left out: the whole is {total}.", names=", ".join(names),
                 total=mix.total) for _ in names[:1]]  # fmt: skip


def headline(
    practice: Practice, lead: Part, asked: bool, mix: Mix, ranked: str = "largest"
) -> Sentence:
    what = {"payer": "payer", "product": "product"}.get(mix.level, "line of business")
    return says(
        "{payer} is {share} of your {words}: {part} of {total} {period}."
        if asked
        else "{payer} is your {ranked} {what}, {share} of {words}: {part} of {total} {period}.",
        ranked=ranked,
        payer=capital(short(practice, lead.key, mix.level)),
        what=what,
        share=lead.share,
        words=mix.way.words,
        part=lead.amount,
        total=mix.total,
        period=mix.span.during,
    )


def capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def change(practice: Practice, lead: Part, mix: Mix) -> list[Sentence]:
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


def concentration(practice: Practice, mix: Mix) -> list[Sentence]:
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


def lines_of_business(practice: Practice, mix: Mix, product: str | None) -> list[Sentence]:
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


def patients_owe(mix: Mix) -> list[Sentence]:
    if mix.name != "payments":
        return []
    basis = Basis(f"sum of patient responsibility over {COUNTING}", (), "claim_lines",
                  period_where(mix.span))  # fmt: skip
    patients = Figure("Patients' own part", mix.owed, "USD", basis)
    return [says("Patients' own part of the same claims, {owed}, stands apart.", owed=patients)]


def without_contract(practice: Practice, mix: Mix) -> list[Sentence]:
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
