"""What a change of one payer's rates is worth: twelve months of its claims at new rates."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from knowledge.evidence import Basis, Figure, Finding, Sentence, Table, says
from knowledge.money import percent_of
from knowledge.problems import NotKnown
from tools.lines.claim_totals import CodeTotal, code_totals, insurers, one_payer
from tools.lines.left_out import listed, period_where, short_claims, unpriced, without_amount
from tools.period import Period, period_of
from tools.practice import Practice
from tools.rates.benchmark import benchmark_of, compared
from tools.rates.charge_cap import lost_to_charges
from tools.rates.charge_master import billed_below_contract
from tools.rates.fee_change_sheet import fee_change_sheet
from tools.rates.flat_rates import codes_asked, flat_rates
from tools.rates.rate_comparison import service
from tools.rates.rate_figures import allowed_figure, count, magnitude
from tools.rates.repricing import Ask, RepricedCode, changed_codes, checked, formula_of
from tools.rates.repricing_figures import code_cells, percent_after, percent_before, usd
from tools.registry import tool
from tools.risk.movable import movable

UNCHANGED_VOLUME = "twelve months of counting lines, all settings and products, volume unchanged"


@tool(
    label="Value of a rate change",
    needs=["claim_lines"],
    asks=[
        "what would a raise be worth",
        "what is an 8% increase worth to us",
        "model a fee increase",
        "how much more would we make at 115% of Medicare",
        "value of their offer",
        "what does a 3 percent cut cost us",
        "what if they paid us Medicare rates",
        "impact of a rate change on revenue",
        "how many dollars is the proposed fee schedule worth",
        "what would five percent more on office visits bring",
        "annual value of the increase we want",
        "is the payer's offer worth taking",
    ],
    examples=[
        "What would 8% more from {payer} be worth?",
        "What would it be worth if {payer} paid 115% of Medicare?",
        "What would 10% more on {code} from {payer} bring?",
    ],
    required=["payer"],
)
def model_fee_change(
    practice: Practice,
    *,
    payer: str | None = None,
    percent: Decimal | None = None,
    percent_of_medicare: Decimal | None = None,
    year: int | None = None,
    codes: list[str] | None = None,
    period: str | None = None,
    rates: list[str] | None = None,
    product: str | None = None,
    locality: str | None = None,
) -> Finding:
    """The yearly dollars of a raise (percent), of a target (percent_of_medicare of a year and
    locality), or
    of new rates by code (rates: "99213=95").

    New allowed minus old over twelve months of the payer's counting lines, all settings and
    products unless one is named, volume unchanged. A target prices each line in its own
    setting; codes without a Medicare price stay as they are and are named with their dollars.
    """
    codes = codes_asked(codes)
    ask = Ask(_decimal(percent), _decimal(percent_of_medicare),
              benchmark_of(practice, year, locality), flat_rates(rates))  # fmt: skip
    checked(ask)
    codes = list(ask.flat) if ask.flat else codes
    span = period_of(period, practice)
    totals = code_totals(practice, span, payers=[payer] if payer else None, product=product,
                         places_of=ask.benchmark.day)  # fmt: skip
    known = insurers(practice, (total.payer for total in totals))
    name = one_payer(practice, payer, known or _anyone(practice, span))
    held = [total for total in totals if total.payer == name]
    rows = changed_codes(held, ask, codes)
    if not any(row.changed for row in rows):
        raise NotKnown(
            what=f"none of the codes asked about would change for {name}",
            why=_why(ask, codes),
            do="name other codes, or give a percent on today's rates",
        )
    return _finding(practice, span, name, ask, held, rows, codes)


def _finding(
    practice: Practice,
    span: Period,
    payer: str,
    ask: Ask,
    totals: Sequence[CodeTotal],
    rows: Sequence[RepricedCode],
    codes: Sequence[str] | None,
) -> Finding:
    short, asked = practice.payers.short_name(payer), ask.figure()
    where = f"{payer}, {period_where(span)}"
    old = allowed_figure(sum((r.old for r in rows), Decimal(0)), sum(r.lines for r in rows),
                         where, short)  # fmt: skip
    formula = formula_of(ask)
    new = usd(f"{short}: allowed at the new rates", sum((r.new for r in rows), Decimal(0)),
               formula, (old, asked), where)  # fmt: skip
    change = usd(f"{short}: worth of the change a year", new.number - old.number,
                  f"new allowed - old allowed; {UNCHANGED_VOLUME}", (new, old), where)  # fmt: skip
    relative = Figure(
        f"{short}: change of all it allows",
        percent_of(change.number, old.number) if old.number else Decimal(0),
        "percent",
        Basis("100 x worth of the change / old allowed", (change, old)),
    )
    before = percent_before(totals, ask, where, short)
    after = percent_after(before, change, ask, totals, codes, short, where)
    touched = [row for row in rows if row.changed]
    cells = {row.code: code_cells(row, short, where, formula) for row in touched}
    stayed = [row for row in rows if not row.changed]
    return Finding(
        headline=_headline(ask, asked, short, change, codes),
        sentences=(
            says(
                "That moves {short} from {old} to {new} allowed in a year like {period}, {side}"
                " {relative} in all.",
                short=short,
                old=old,
                new=new,
                period=span.label,
                side="up" if change.number >= 0 else "down",
                relative=magnitude(relative, f"{short}: size of the change"),
            ),
            *_levels(before, after, short, ask),
            *_largest(touched, cells),
        ),
        figures=(change, old, new, relative, *([before] if before else [])),
        table=Table(
            f"Where the {'gain' if change.number >= 0 else 'loss'} at {short} would come from",
            ("Code", "Service", "Units", "Allowed now (USD)", "At the new rate (USD)",
             "Change (USD)"),
            tuple((row.code, service(row.code), *cells[row.code]) for row in touched),
        ),
        caveats=(
            *_stayed(stayed, ask, totals, codes, where),
            *lost_to_charges(practice, span, payer, ask, list(codes) if codes else None),
            *billed_below_contract(practice, span, payer, codes),
            *without_amount(totals, where),
            *short_claims(practice, span),
        ),
        next_steps=(
            f"Draft an email to {short} asking for this",
            f"How do {short}'s rates compare with Medicare?",
            f"Which codes lose us the most against Medicare at {short}?",
            f"What does our {short} contract say about changing rates?",
        ),
        details={
            "payer": payer,
            "payers": [payer],
            "codes": list(codes or ()),
            "percent": None if ask.percent is None else str(ask.percent),
            "rates": {code: str(rate) for code, rate in ask.flat.items()},
            "percent_asked_of_medicare": None
            if ask.of_medicare is None
            else str(ask.of_medicare),
            "asked": asked.id,
            "inputs": _moved(ask),
            "worth": change.id,
            "allowed": old.id,
            "new_allowed": new.id,
            "relative": relative.id,
            "percent_of_medicare": before.id if before else None,
            "percent_of_medicare_after": after.id if after else None,
            "period": span.label,
            "period_start": span.start.isoformat(),
            "period_end": span.end.isoformat(),
            "year": ask.benchmark.year,
            "locality": ask.benchmark.locality,
            "benchmark": ask.benchmark.label("office"),
            "top_codes": [
                {"code": row.code, "service": service(row.code), "units": cells[row.code][0].id,
                 "allowed": cells[row.code][1].id, "change": cells[row.code][3].id}
                for row in touched[:10]
            ],
            "worksheet": fee_change_sheet(
                short, ask, totals, codes, (old, new, change), span.label
            ).as_data(),
        },
        done=f"Repriced {sum(row.lines for row in touched):,} lines of {len(touched)} codes",
    )  # fmt: skip


def _moved(ask: Ask) -> list[dict[str, Any]]:
    """The raise or the target, to be moved under the answer; nothing for rates by code."""
    if ask.percent is not None:
        return [movable("percent", "Change of today's rates", ask.percent, "%")]
    if ask.of_medicare is not None:
        return [movable("percent_of_medicare", "Target, of Medicare", ask.of_medicare, "%")]
    return []


def _headline(
    ask: Ask, asked: Figure, short: str, change: Figure, codes: Sequence[str] | None
) -> Sentence:
    size = magnitude(change, f"{short}: size of the change a year")
    scope = f" on {listed(codes)}" if codes else ""
    verb = "worth" if change.number >= 0 else "a loss of"
    if ask.flat:
        return says(
            "The new rates{scope} at {short} are {verb} {size} a year.",
            scope=scope,
            short=short,
            verb=verb,
            size=size,
        )
    if ask.percent is None:
        return says(
            "{short} at {asked} of {label}{scope} is {verb} {size} a year.",
            short=short,
            asked=asked,
            label=ask.benchmark.label(),
            scope=scope,
            verb=verb,
            size=size,
        )
    return says(
        "{asked} {side} from {short}{scope} is {verb} {size} a year.",
        asked=magnitude(asked, "Change asked about, without its sign"),
        side="more" if ask.percent >= 0 else "less",
        short=short,
        scope=scope,
        verb=verb,
        size=size,
    )


def _levels(before: Figure | None, after: Figure | None, short: str, ask: Ask) -> list[Sentence]:
    if before is None or after is None:
        return []
    return [
        says(
            "It now stands at {before} of {label} and would stand at {after}.",
            before=before,
            label=ask.benchmark.label("office"),
            after=after,
        )
    ]


def _largest(rows: Sequence[RepricedCode], cells: dict[str, tuple[Figure, ...]]) -> list[Sentence]:
    if len(rows) < 2:
        return []
    first = rows[0]
    return [
        says(
            "{code}{what} alone makes {change} of it.",
            code=first.code,
            what=f" ({service(first.code)})" if service(first.code) else "",
            change=cells[first.code][3],
        )
    ]


def _stayed(
    rows: Sequence[RepricedCode],
    ask: Ask,
    totals: Sequence[CodeTotal],
    codes: Sequence[str] | None,
    where: str,
) -> list[Sentence]:
    made: list[Sentence] = []
    others = [row for row in rows if codes is not None and row.code not in codes]
    if others:
        amount = allowed_figure(sum((r.old for r in others), Decimal(0)),
                                sum(r.lines for r in others), f"other codes, {where}",
                                "Codes that stay as they are")  # fmt: skip
        made.append(
            says(
                "Unchanged: {amount} on codes not asked about ({n} of them).",
                amount=amount,
                n=count(len(others), "Other codes", "codes not asked about", where),
            )
        )
    if ask.of_medicare is not None:
        asked = [t for t in totals if codes is None or t.code in codes]
        made += unpriced(compared(asked, ask.benchmark, None), ask.benchmark, where)
    return made


def _why(ask: Ask, codes: Sequence[str] | None) -> str:
    if ask.of_medicare is not None and codes:
        return ask.benchmark.why_none(codes[0]) or "there are no counting lines of them"
    return "there are no counting lines of them in the period"


def _decimal(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _anyone(practice: Practice, span: Period) -> list[str]:
    return insurers(practice, (total.payer for total in code_totals(practice, span)))
