"""Where a contract's own fee table and the fee schedule on file disagree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.evidence import Basis, Figure, Sentence, says
from knowledge.problems import NotKnown
from tools.lines.left_out import listed
from tools.practice import Practice
from tools.schedules.contract_rate import ContractRate, contract_rate
from tools.schedules.medicare_on_file import medicare_of
from tools.schedules.schedule_row import Schedule, ScheduleRow


def conflicts(
    practice: Practice, rows: Sequence[ScheduleRow], on: date
) -> list[tuple[str, str, ContractRate, ContractRate]]:
    """Payer, code, rate by the file and rate by the contract, where they differ on a day.

    Codes are those that either names one by one.
    """
    found = []
    book = medicare_of(practice)
    for payer in sorted({row.payer for row in rows}):
        own = [row for row in rows if row.payer == payer and row.holds_on(on)]
        files = Schedule(row for row in own if row.origin == "file")
        papers = Schedule(row for row in own if row.origin == "contract")
        if not files.rows or not papers.rows:
            continue
        codes = {row.code for row in own if row.code[:1].isalnum() and len(row.code) == 5}
        for code in sorted(codes):
            rates = []
            for schedule in (files, papers):
                products = {row.product for row in schedule.of(payer, code)}
                product = next(iter(sorted(filter(None, products))), None)
                try:
                    rates.append(contract_rate(
                        schedule, payer=payer, code=code, on=on, product=product,
                        locality=practice.locality, medicare=book))  # fmt: skip
                except NotKnown:
                    break
            if len(rates) == 2 and rates[0].amount != rates[1].amount:
                found.append((payer, code, rates[0], rates[1]))
    return found


def conflicts_said(practice: Practice, rows: Sequence[ScheduleRow], on: date) -> list[Sentence]:
    """One sentence a payer whose contract and fee schedule disagree, with the first code."""
    by_payer: dict[str, list[tuple[str, ContractRate, ContractRate]]] = {}
    for payer, code, file, paper in conflicts(practice, rows, on):
        by_payer.setdefault(payer, []).append((code, file, paper))
    made = []
    for payer, held in by_payer.items():
        code, file, paper = held[0]
        short = practice.payers.short_name(payer)
        by_file, by_paper = (
            Figure(f"{payer} {code}: rate by the {what}", rate.amount, "USD",
                   Basis(rate.rule, (), "fee_schedules", f"{payer}, {code}"), places=2)
            for what, rate in (("fee schedule", file), ("contract", paper))
        )  # fmt: skip
        cited = {"cited": paper.citation} if paper.citation else {}
        made.append(
            says(
                "{payer}'s fee schedule on file and its contract disagree on {codes}: for {code}"
                " the file says {by_file}, the contract {by_paper}"
                + (" {cited}" if cited else "")
                + "; the file was used.",
                payer=short,
                codes=listed(code for code, _, _ in held),
                code=code,
                by_file=by_file,
                by_paper=by_paper,
                **cited,
            )
        )
    return made
