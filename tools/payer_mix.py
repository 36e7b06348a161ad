"""Each payer's part of the practice: payments, allowed, charges, visits, volume or patients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from knowledge.evidence import Basis, Chart, Figure, Finding, Sentence, Table, says
from knowledge.money import percent_of
from knowledge.problems import BadInput, NotKnown
from knowledge.selection import Selection, among, between
from tools.claim_totals import exact, is_self_pay, records
from tools.left_out import period_where, short_claims
from tools.payer_sums import WAYS, Way, payer_sums
from tools.period import Period, period_of
from tools.practice import Practice
from tools.rate_figures import COUNTING
from tools.registry import tool

SELF_PAY_NAME = "Self-pay"
UNNAMED = "Payer not given"


LAY = {"revenue": "payments", "income": "payments", "collections": "payments", "paid": "payments",
       "billed": "charges", "units": "volume", "members": "patients"}  # fmt: skip


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
    ],
    examples=["What is our payer mix?", "How much of our revenue comes from {payer}?"],
)
def payer_mix(
    practice: Practice,
    *,
    by: str | None = None,
    period: str | None = None,
    payers: list[str] | None = None,
) -> Finding:
    """Each payer's share of payments (default), allowed, charges, visits, volume or patients.

    Shares are of the total over all payers and self-pay, by date of service. Payments are
    what insurers paid on primary and secondary lines net of reversals; what patients owe
    is named apart. Payers without a contract on file are named as openings.
    """
    word = (by or "payments").strip().lower()
    name = LAY.get(word, word)
    if name not in WAYS:
        raise BadInput("by", f"“{by}” is no way to divide", f"choose {', '.join(WAYS)}")
    way, span = WAYS[name], period_of(period, practice)
    rows = {row["payer"]: row for row in records(practice, payer_sums(practice, span, "payer"))}
    if not rows:
        raise NotKnown(f"no claim lines are on file for {span.label}", do="choose another period")
    amounts = {payer: exact(row[name]) for payer, row in rows.items()}
    if not any(is_self_pay(practice, payer) for payer in amounts):
        amounts[SELF_PAY_NAME] = Decimal(0)
    return _finding(practice, span, way, name, amounts, rows, payers)


def _finding(
    practice: Practice,
    span: Period,
    way: Way,
    name: str,
    amounts: Mapping[str, Decimal],
    rows: Mapping[str, Mapping[str, Any]],
    payers: Sequence[str] | None,
) -> Finding:
    where = period_where(span)
    total = Figure(
        f"All payers and self-pay: {way.words}",
        sum(amounts.values(), Decimal(0)),
        way.unit,
        Basis(way.formula, (), "claim_lines", where),
    )
    if not total.number:
        raise NotKnown(
            what=f"the claims of {span.label} give no {way.words}",
            do="choose another way to divide, e.g. allowed or charges",
        )
    parts: dict[str, Figure] = {}
    shares: dict[str, Figure] = {}
    for payer, amount in sorted(amounts.items(), key=lambda each: (-each[1], each[0])):
        read = int(rows[payer]["lines"]) if payer in rows else 0
        lines = Selection("claim_lines", (*between("service_date", span.start, span.end),
                                          among("payer", [payer])))  # fmt: skip
        basis = Basis(way.formula, (), "claim_lines", f"{payer or UNNAMED}, {where}", read,
                      select=lines)  # fmt: skip
        parts[payer] = Figure(f"{payer or UNNAMED}: {way.words}", amount, way.unit, basis)
        shares[payer] = Figure(
            f"{payer or UNNAMED}: share of {way.words}",
            percent_of(amount, total.number),
            "percent",
            Basis("100 x the payer's part / the total over all payers and self-pay",
                  (parts[payer], total)),
        )  # fmt: skip
    openings = [
        p for p in parts if p and not is_self_pay(practice, p) and not _papered(practice, p)
    ]
    asked = [payer for payer in payers or () if payer in parts]
    insurers = [p for p in parts if p and not is_self_pay(practice, p)]
    lead = asked[0] if asked else next(iter(insurers), next(iter(parts)))
    return Finding(
        headline=_headline(practice, lead, bool(asked), parts, shares, total, span, way),
        sentences=(
            *_lines_of_business(practice, span, name, total, way),
            *_patients_owe(rows, name, where),
            *_openings(practice, openings, shares, way),
        ),
        figures=(shares[lead], parts[lead], total),
        table=_table(practice, way, parts, shares, openings),
        chart=Chart(
            "bar", f"Share of {way.words} by payer", "percent",
            tuple(_short(practice, payer) for payer in shares),
            {"Share": tuple(shares.values())},
        ),
        caveats=(*_missing(practice, payers, parts, span), *short_claims(practice, span)),
        next_steps=_steps(practice, lead, openings),
        details={
            "by": name,
            "payers": list(parts),
            "payer": lead,
            "period": span.label,
            "period_start": span.start.isoformat(),
            "period_end": span.end.isoformat(),
            "total": total.id,
            "amounts": {payer: figure.id for payer, figure in parts.items()},
            "shares": {payer: figure.id for payer, figure in shares.items()},
            "openings": openings,
        },
        done=f"Divided {total.shown()} of {way.words} among {len(parts)} payers",
    )  # fmt: skip


def _headline(
    practice: Practice,
    lead: str,
    asked: bool,
    parts: Mapping[str, Figure],
    shares: Mapping[str, Figure],
    total: Figure,
    span: Period,
    way: Way,
) -> Sentence:
    return says(
        "{payer} is {share} of your {words}: {part} of {total} {period}."
        if asked
        else "{payer} is your largest payer, {share} of {words}: {part} of {total} {period}.",
        payer=_short(practice, lead),
        share=shares[lead],
        words=way.words,
        part=parts[lead],
        total=total,
        period=span.during,
    )


def _lines_of_business(
    practice: Practice, span: Period, name: str, total: Figure, way: Way
) -> list[Sentence]:
    """The largest lines of business, as the claims and the payer names tell them."""
    rows = records(practice, payer_sums(practice, span, "line_of_business"))
    ranked = sorted(rows, key=lambda row: (-exact(row[name]), row["line_of_business"]))
    told = [row for row in ranked if row["line_of_business"] and exact(row[name]) > 0][:4]
    if len(told) < 2:
        return []
    shares: dict[str, Figure] = {}
    for row in told:
        words = row["line_of_business"].replace("_", " ").replace("self pay", "self-pay")
        where = f"line of business {words}, {period_where(span)}"
        part = Figure(f"{words}: {way.words}", exact(row[name]), way.unit,
                      Basis(way.formula, (), "claim_lines", where, int(row["lines"])))  # fmt: skip
        shares[words] = Figure(
            f"{words}: share of {way.words}", percent_of(part.number, total.number), "percent",
            Basis("100 x the part / the total over all payers and self-pay", (part, total)),
        )  # fmt: skip
    keys = dict(zip("abcd", shares.items(), strict=False))
    template = ", ".join(f"{{{key}_words}} {{{key}}}" for key in keys)
    values: dict[str, Figure | str] = {key: share for key, (_, share) in keys.items()}
    values |= {f"{key}_words": words for key, (words, _) in keys.items()}
    return [says("By line of business: " + template + ".", **values)]


def _patients_owe(rows: Mapping[str, Mapping[str, Any]], name: str, where: str) -> list[Sentence]:
    if name != "payments":
        return []
    basis = Basis(f"sum of patient responsibility over {COUNTING}", (), "claim_lines", where)
    owed = sum((exact(row["owed"]) for row in rows.values()), Decimal(0))
    patients = Figure("Patients' own part", owed, "USD", basis)
    return [says("Patients' own part of the same claims, {owed}, stands apart.", owed=patients)]


def _openings(
    practice: Practice, openings: Sequence[str], shares: Mapping[str, Figure], way: Way
) -> list[Sentence]:
    if not openings:
        return []
    worth = Figure(
        f"Payers without a contract on file: share of {way.words}",
        sum((shares[payer].number for payer in openings), Decimal(0)),
        "percent",
        Basis("sum of their shares", tuple(shares[payer] for payer in openings)),
    )
    return [
        says(
            "No contract is on file for {payers} ({share}): an opening, or a paper to find.",
            payers=", ".join(_short(practice, payer) for payer in openings[:6])
            + (" and others" if len(openings) > 6 else ""),
            share=worth,
        )
    ]


def _table(
    practice: Practice,
    way: Way,
    parts: Mapping[str, Figure],
    shares: Mapping[str, Figure],
    openings: Sequence[str],
) -> Table:
    unit = " (USD)" if way.unit == "USD" else ""
    body = tuple(
        (
            _short(practice, payer),
            (practice.payers.line_of_business(payer) or "").replace("_", " "),
            parts[payer],
            shares[payer],
            "" if not payer or _no_insurer(practice, payer) else "no" if payer in openings
            else "yes",
        )
        for payer in parts
    )  # fmt: skip
    three = sorted((share.number for share in shares.values()), reverse=True)[:3]
    title = (
        f"A few payers carry most of your {way.words}"
        if sum(three, Decimal(0)) > 60
        else f"Your {way.words} are spread over many payers"
    )
    columns = ("Payer", "Line of business", f"{way.words.capitalize()}{unit}", "Share",
               "Contract on file")  # fmt: skip
    return Table(title, columns, body, first_rows=12)


def _missing(
    practice: Practice, payers: Sequence[str] | None, parts: Mapping[str, Figure], span: Period
) -> list[Sentence]:
    return [
        says(
            "No claim lines of {payer} are on file for {period}.",
            payer=_short(practice, payer),
            period=span.label,
        )
        for payer in payers or ()
        if payer not in parts
    ]


def _steps(practice: Practice, lead: str, openings: Sequence[str]) -> tuple[str, ...]:
    short = _short(practice, lead)
    first = f"How do {short}'s rates compare with Medicare?"
    more = [f"What do we bill most to {_short(practice, openings[0])}?"] if openings else []
    return (first, "Which payer pays us least against Medicare?", *more,
            "Show the payer mix by visits")  # fmt: skip


def _papered(practice: Practice, payer: str) -> bool:
    return any(paper.kind in ("contract", "amendment")
               for paper in practice.library.documents(payer))  # fmt: skip


def _no_insurer(practice: Practice, payer: str) -> bool:
    return payer == SELF_PAY_NAME or is_self_pay(practice, payer)


def _short(practice: Practice, payer: str) -> str:
    if not payer:
        return UNNAMED
    return SELF_PAY_NAME if _no_insurer(practice, payer) else practice.payers.short_name(payer)
