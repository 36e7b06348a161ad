"""The sentences of a search for underpayments: what is owed, why, and what stands apart."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.evidence import Figure, Sentence, says
from tools.lines.left_out import listed
from tools.rates.rate_comparison import service
from tools.rates.rate_figures import words
from tools.underpayments.causes import NO_PATTERN, Blamed
from tools.underpayments.found import Compared, count_of, lines_of, of_payer, short_of, usd


def headline(
    found: Compared,
    shortfall: Figure,
    count: Figure,
    compared: Figure,
    by_payer: Mapping[str, Figure],
) -> Sentence:
    """The finding in one sentence."""
    scope = f" on {listed(found.codes)}" if found.codes else ""
    if not count.number:
        return says(
            "No underpayment found{scope}: {compared} {noun} of {whose} compared, each paid at the"
            " contract rate or above, or less for a stated reason.",
            scope=scope,
            compared=compared,
            noun=words(compared, "line"),
            whose=found.whose,
        )
    if len(found.payers) == 1:
        return says(
            "{payer} paid {n} {noun}{scope} below its contract: {short} short in all, {period}.",
            payer=found.whose,
            n=count,
            noun=words(count, "line"),
            scope=scope,
            short=shortfall,
            period=found.span.label,
        )
    most = max(by_payer, key=lambda payer: by_payer[payer].number)
    return says(
        "Your payers paid {n} {noun}{scope} below contract, {short} short in all, {period};"
        " {most} owes the most, {part}.",
        n=count,
        noun=words(count, "line"),
        scope=scope,
        short=shortfall,
        period=found.span.label,
        most=found.short_name(most),
        part=by_payer[most],
    )


def causes(found: Compared, count: Figure) -> list[Sentence]:
    """The two largest causes with their dollars."""
    if not count.number:
        return []
    by_cause: dict[str, list[Blamed]] = {}
    for each in found.owed:
        by_cause.setdefault(each.cause.words, []).append(each)
    order = sorted(by_cause, key=lambda cause: (-short_of(by_cause[cause]), cause))
    made = []
    for cause in order[:3]:
        amount = usd(f"Underpaid: {cause}", short_of(by_cause[cause]), found, f"lines with {cause}")
        lines = count_of(f"Lines: {cause}", lines_of(by_cause[cause]), found, f"lines with {cause}")
        template = (
            "{amount} on {lines} {noun} follows no pattern; ask the payer to explain each line."
            if cause == NO_PATTERN
            else "{cause}: {amount} on {lines} {noun}."
        )
        made.append(
            says(template, cause=cause[0].upper() + cause[1:], amount=amount, lines=lines,
                 noun=words(lines, "line"))
        )  # fmt: skip
    return made


def where_most(
    found: Compared, by_payer: Mapping[str, Figure], compared: Figure, count: Figure
) -> list[Sentence]:
    """How many lines were compared, and the code that is short by most."""
    if not count.number:
        return []
    by_code: dict[str, list[Blamed]] = {}
    for each in found.owed:
        by_code.setdefault(each.expected.kind.code, []).append(each)
    code = max(by_code, key=lambda each: (short_of(by_code[each]), each))
    amount = usd(f"Underpaid on {code}", short_of(by_code[code]), found, f"lines of {code}")
    return [
        says(
            "{compared} lines were compared; {code}{what} makes up {amount} of the shortfall.",
            compared=compared,
            code=code,
            what=f" ({service(code)})" if service(code) else "",
            amount=amount,
        )
    ]


def apart_from_it(found: Compared, apart: Figure) -> list[Sentence]:
    """Lines below the rate for a stated reason, with their dollars."""
    if not found.explained:
        return []
    by_cause: dict[str, int] = {}
    for each in found.explained:
        by_cause[each.cause.words] = by_cause.get(each.cause.words, 0) + each.group.lines
    lines = count_of("Lines below the rate for a stated reason", lines_of(found.explained), found,
                   "lines with a reason that the claim or the contract states")  # fmt: skip
    order = sorted(by_cause, key=lambda cause: (-by_cause[cause], cause))
    return [
        says(
            "Not counted, because a reason is stated: {amount} on {lines} {noun} ({causes}).",
            amount=apart,
            lines=lines,
            noun=words(lines, "line"),
            causes="; ".join(order[:4]),
        )
    ]


def without_product(found: Compared) -> list[Sentence]:
    """How many lines were held against the lowest of several rates."""
    lines = sum(w[0] for w, e in zip(found.weights, found.expected, strict=True) if e.lowest)
    if not lines:
        return []
    count = count_of("Lines without a product", lines, found, "lines whose product is not known")
    return [
        says(
            "{lines} {noun} no product; they were held against the lowest of its products' rates,"
            " so what they fall short is the least it can be.",
            lines=count,
            noun=words(count, "line names", "lines name"),
        )
    ]


def next_steps(found: Compared, any_: bool) -> tuple[str, ...]:
    """What a user may ask next."""
    first = found.short_name(found.payers[0])
    if any_:
        owed = {p: short_of(of_payer(found.owed, p)) for p in found.payers}
        first = found.short_name(max(owed, key=lambda payer: owed[payer]))
        return (
            f"Draft a letter to {first} disputing these underpayments",
            f"What does our {first} contract say about disputes and underpayments?",
            f"How long do we have to appeal a payment with {first}?",
            f"Why does {first} deny our claims?",
        )
    return (
        f"How do {first}'s rates compare with Medicare?",
        f"Why does {first} deny our claims?",
        "Which codes lose us the most against Medicare?",
    )
