"""Which lines a search for underpayments could not compare, and which it left out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from knowledge.evidence import Basis, Citation, Figure, Sentence, says
from tools.lines.claim_totals import exact, records
from tools.lines.left_out import listed
from tools.practice import Practice
from tools.rates.rate_figures import words
from tools.schedules.expected_rates import Expected

_REASONS = (
    ("has no price in", "the contract pays a percent of Medicare, which has no price for them"),
    ("differs by product", "the products' rates differ and the claims name no product"),
    ("two rates for", "the schedules on file give two rates"),
    ("with modifier", "the schedule has no rate for the part that the modifier names"),
    ("are not in the tables", "Medicare's prices of that year are not loaded"),
    (
        "were not obtained",
        "the contract follows Medicare's prices of the year of service, and the"
        " geographic indices of that year are not on file: load CMS's release of it",
    ),
    ("no contract rate of", "no rate for them was on file for the date of service"),
)


def not_compared(
    expected: Sequence[Expected], weights: Sequence[tuple[int, Decimal]], where: str
) -> list[Sentence]:
    """Lines without a rate, by reason, with their dollars and first codes."""
    by_reason: dict[str, list[tuple[str, int, Decimal]]] = {}
    cited: dict[str, Citation] = {}
    several: set[str] = set()  # reasons that stand in more than one contract
    for each, (lines, allowed) in zip(expected, weights, strict=True):
        if each.rate is None:
            reason = _reason(each)
            held = by_reason.setdefault(reason, [])
            held.append((each.kind.code, lines, allowed))
            own = each.citation
            if own and cited.setdefault(reason, own).document != own.document:
                several.add(reason)
    order = sorted(by_reason, key=lambda reason: -sum(a for _, _, a in by_reason[reason]))
    made = []
    for reason in order[:4]:
        held = by_reason[reason]
        size: dict[str, Decimal] = {}
        for code, _, allowed in held:
            size[code] = size.get(code, Decimal(0)) + allowed
        amount = Figure(f"Not compared: {reason}", sum(size.values(), Decimal(0)), "USD",
                        Basis(f"allowed on lines without a rate: {reason}", (), "claim_lines",
                              where))  # fmt: skip
        count = Figure(f"Lines not compared: {reason}", Decimal(sum(n for _, n, _ in held)),
                       "count", Basis("counting lines without a contract rate", (),
                                      "claim_lines", where))  # fmt: skip
        codes = listed(sorted(size, key=lambda code: (-size[code], code)))
        where_said = {"cited": cited[reason]} if reason in cited and reason not in several else {}
        made.append(
            says(
                "Not compared: {amount} on {count} {noun} ({codes}); {reason}"
                + (" {cited}." if where_said else "."),
                amount=amount,
                count=count,
                noun=words(count, "line"),
                codes=codes,
                reason=reason,
                **where_said,
            )
        )
    return made


def _reason(each: Expected) -> str:
    if each.other_table:
        return "they are priced by a table that is not held here"
    for mark, said in _REASONS:
        if mark in each.why_none:
            return said
    return each.why_none


def excluded_lines(practice: Practice, chosen: Any, where: str) -> list[Sentence]:
    """How many lines of the payers were no counting lines, by reason, in one sentence."""
    left = chosen.filter(~chosen.counts)
    found = records(practice, left.group_by("why_not").aggregate(n=left.count()))
    order = sorted(found, key=lambda row: -int(row["n"]))
    blank = chosen.filter(chosen.counts, chosen.allowed.isnull())
    silent = int(exact(practice.tables.frame(blank.aggregate(n=blank.count()))["n"][0]))
    parts: list[tuple[str, int]] = [(str(row["why_not"]), int(row["n"])) for row in order]
    parts += [("no allowed amount", silent)] if silent else []
    if not parts:
        return []
    values: dict[str, Figure | str] = {}
    pieces = []
    for place, (why, number) in enumerate(parts):
        name = "abcdefgh"[place]
        values[name] = Figure(f"Left out: {why}", Decimal(number), "count",
                              Basis(f"left out: {why}", (), "claim_lines", where))  # fmt: skip
        pieces.append(f"{why} {{{name}}}")
    return [says("Lines left out: " + ", ".join(pieces) + ".", **values)]
