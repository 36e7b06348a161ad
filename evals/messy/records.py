"""The clean records of a messy workspace, made from its seed: the truth before the mess."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from evals.messy.adjudication import Desk, visit_lines
from evals.messy.clean import CleanPractice, Line, Patient, Payer
from evals.messy.plan import Plan
from evals.messy.schedules import fee_rules
from evals.messy.spellings import spellings_of
from evals.messy.statistics import costs, quality, roster, utilization

FIRST = date(2025, 1, 1)
KINDS = {
    "P1": "commercial",
    "P2": "commercial",
    "P3": "commercial",
    "P4": "medicare_advantage",
    "P5": "medicaid",
    "P6": "commercial",
    "MEDICARE": "medicare",
    "SELF": "self_pay",
}
WEIGHTS = {"P1": 24, "P2": 19, "P3": 15, "P4": 12, "P5": 11, "P6": 5, "MEDICARE": 9, "SELF": 5}
FIRST_NAMES = ("Ofelia", "Thaddeus", "Marisol", "Cormac", "Priya", "Lucan", "Zadie", "Emmerich")
LAST_NAMES = ("Quillfeather", "Osterbrook", "Vantassel", "Delacroft", "Mirzayan", "Hollowell")


def practice_of(plan: Plan) -> CleanPractice:
    """Everything that happened at the plan's practice; the same for the same seed."""
    rng = Random(plan.seed)
    payers = {role: _payer(plan, role) for role in KINDS}
    rates = fee_rules(plan, rng)
    people = _people(plan, rng, payers)
    desk = Desk(plan, payers, rates, rng)
    lines: list[Line] = []
    number = rng.randrange(410_000, 480_000)
    for month in _months(FIRST, plan.end):
        last = min(calendar.monthrange(month.year, month.month)[1], _last_day(plan, month))
        for count in range(plan.claims_per_month * last // 30):
            day = last if count == 0 else rng.randint(1, last)
            number += rng.randint(1, 9)
            served = month.replace(day=day)
            lines += visit_lines(desk, str(number), rng.choice(people), served)
    lines = [_placed(plan, line) for line in lines]
    return CleanPractice(
        name=plan.practice,
        end=plan.end,
        payers=payers,
        lines=lines,
        rates=rates,
        roster=roster(plan, lines, rng),
        quality=quality(rng),
        utilization=utilization(rng),
        costs=costs(plan, rng),
    )


def _payer(plan: Plan, role: str) -> Payer:
    name = {"MEDICARE": "Medicare", "SELF": "Self-pay"}.get(role) or plan.names[role]
    products = plan.products.get(role, ("",))
    more = spellings_of(role, name, plan.initials, products[0], plan.more_spellings)
    return Payer(role, name, KINDS[role], products, more)


def _people(plan: Plan, rng: Random, payers: dict[str, Payer]) -> list[Patient]:
    people = []
    weights = WEIGHTS | plan.weights
    for index in range(420):
        payer = payers[rng.choices(list(weights), list(weights.values()))[0]]
        second = None
        if payer.role == "MEDICARE" and rng.random() < 0.4:
            second = payers[rng.choice(["P6", "P1"])]
        people.append(
            Patient(
                member=f"{payer.role[:2]}{rng.randrange(10**7, 10**8)}{index:03d}",
                first=rng.choice(FIRST_NAMES),
                last=f"{rng.choice(LAST_NAMES)}",
                born=date(rng.randint(1938, 2018), rng.randint(1, 12), rng.randint(1, 28)),
                payer=payer,
                product=rng.choice(payer.products),
                second=second,
            )
        )
    return people


def _placed(plan: Plan, line: Line) -> Line:
    """The line with the files that carry it: all lines of a claim go the same way."""
    draw = Random(f"{plan.seed}/{line.claim}").random()
    key = plan.systems[-1].key if draw > plan.systems[0].share else plan.systems[0].key
    start, only = plan.remittance_from, plan.remittance_only_from
    by_wire = (
        key == plan.systems[0].key
        and line.payer.role == plan.wire.get("role", "P1")
        and start is not None
        and line.served >= start
    )
    alone = by_wire and only is not None and line.served >= only and line.order == "P"
    return replace(line, system=key, remittance=by_wire, only_there=alone)


def _last_day(plan: Plan, month: date) -> int:
    return plan.end.day if (month.year, month.month) == (plan.end.year, plan.end.month) else 31


def _months(first: date, last: date) -> list[date]:
    months, day = [], first.replace(day=1)
    while day <= last:
        months.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return months
