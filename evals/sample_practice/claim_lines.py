"""One clean service line of the sample practice, and how its payer adjudicates it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from evals.sample_practice.contract_rates import charge, unit_rate
from evals.sample_practice.medicare import cents
from evals.sample_practice.patients import Patient
from evals.sample_practice.payers import SamplePayer
from evals.sample_practice.visits import ESTABLISHED, NEW, PROCEDURES, Service

NOTHING = Decimal("0.00")
_VISITS = frozenset(ESTABLISHED) | frozenset(NEW)
_NO_COST_SHARE = ("G04", "9938", "9939", "9046", "9047", "9065", "9067", "9070", "9071", "G0008")


@dataclass(frozen=True)
class Line:
    """A line as both exports show it; amounts in USD for the whole line.

    order is P or S; status Paid, Denied or Reversed. short is by how much the payer paid
    less than its contract, kept apart from the amounts that are exported.
    """

    claim: str
    number: int
    served: date
    patient: Patient
    payer: SamplePayer
    payer_as_written: str
    product: str
    order: str
    code: str
    modifiers: str
    units: int
    place: str
    diagnosis: str
    billed: Decimal
    allowed: Decimal
    paid: Decimal
    patient_share: Decimal
    reasons: str
    status: str
    npi: str
    filed: date
    posted: date
    short: Decimal = NOTHING


@dataclass(frozen=True)
class Outcome:
    """What the payer made of one service, USD for the whole line."""

    allowed: Decimal = NOTHING
    paid: Decimal = NOTHING
    patient_share: Decimal = NOTHING
    reasons: str = ""
    status: str = "Denied"
    short: Decimal = NOTHING


def outcome_of(
    service: Service,
    visit: list[Service],
    payer: SamplePayer,
    on: date,
    place: str,
    in_deductible: bool,
    chance: Random,
) -> Outcome:
    """How the payer adjudicates a service given with the others of its visit."""
    rate = unit_rate(payer, service.code, on, place)
    if rate is None or service.code in payer.not_paid:
        return Outcome(reasons="CO-96")
    percent = _percent_for_the_day(service, visit, payer)
    if percent == 0:
        return Outcome(reasons="CO-97")
    lot = chance.random() * 100
    for reason, share in payer.denied.items():
        lot -= share
        if lot < 0:
            return Outcome(reasons=reason)
    allowed = cents(rate * service.units * percent / 100)
    short = NOTHING
    if chance.random() * 100 < payer.underpaid * 2.6 and allowed > 40:
        short = cents(Decimal(chance.randint(150, 600)) / 100)
    return _paid(service, payer, allowed - short, short, percent, in_deductible, chance)


def _percent_for_the_day(service: Service, visit: list[Service], payer: SamplePayer) -> int:
    others = {other.code for other in visit}
    if "51" in service.modifiers.split():
        return 50
    if service.code in _VISITS and others & frozenset(PROCEDURES):
        return payer.with_procedure
    if service.code in _VISITS and any(code.startswith(("9938", "9939")) for code in others):
        return payer.same_day
    return 100


def _paid(
    service: Service,
    payer: SamplePayer,
    allowed: Decimal,
    short: Decimal,
    percent: int,
    in_deductible: bool,
    chance: Random,
) -> Outcome:
    share, why = _patient_share(service, payer, allowed, in_deductible, chance)
    paid = allowed - share
    withheld = cents(paid * payer.sequestration / 100)
    codes = ["CO-45"] if charge(service.code) * service.units > allowed else []
    codes += ["CO-59"] if percent < 100 else []
    codes += ["CO-253"] if withheld else []
    codes += [why] if share else []
    return Outcome(allowed, paid - withheld, share, ";".join(codes), "Paid", short)


def _patient_share(
    service: Service, payer: SamplePayer, allowed: Decimal, in_deductible: bool, chance: Random
) -> tuple[Decimal, str]:
    """The patient's part in USD and its reason code."""
    if payer.key == "self_pay":
        return allowed, "PR-96"
    if payer.line_of_business == "medicaid" or service.code.startswith(_NO_COST_SHARE):
        return NOTHING, ""
    if in_deductible:
        return allowed, "PR-1"
    if payer.key == "medicare":
        lab = service.code in payer.fixed
        return (NOTHING, "") if lab else (cents(allowed / 5), "PR-2")
    if service.code in _VISITS:
        copay = (
            Decimal("10.00") if payer.senior else cents(Decimal(chance.choice([25, 25, 30, 40])))
        )
        return min(copay, allowed), "PR-3"
    if not payer.senior and chance.random() < 0.35:
        return cents(allowed / 5), "PR-2"
    return NOTHING, ""
