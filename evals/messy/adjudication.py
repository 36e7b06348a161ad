"""How an invented payer decides a claim: paid, short, denied, reversed, or by a second payer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from evals.messy.clean import Line, Patient, Payer, Rate
from evals.messy.plan import Plan
from evals.messy.prices import FACILITY, cents, contract_rate, medicare

FORGOTTEN = ("99213", "99214")  # P2 still pays these now and then at the old schedule
LAST_POSTING = date(2026, 11, 20)
VISITS = (
    "99213 99213 99213 99214 99214 99214 99214 99212 99215 99203 99204 99202 99205 99211 "
    "99395 99396 99393 99391 99385 G0439 G0438 90834 99490 90791 99497"
)
EXTRAS = "36415 90471 96127 87880 81002 93000 G2211 99406 17110 20610 90686 96372 83036 94640"
OFTEN_BILLED = {  # USD charged where Medicare has no price
    "36415": "18.00",
    "87880": "42.50",
    "81002": "15.25",
    "83036": "38.00",
    "90686": "46.75",
}
DENIAL_RATES = {"P1": 0.05, "P2": 0.04, "P3": 0.13, "P4": 0.06, "P5": 0.08}
DENIAL_REASONS = {
    "P1": ("CO-197", "CO-16"),
    "P2": ("CO-29", "CO-16"),
    "P3": ("CO-197", "CO-197", "CO-50", "CO-16"),
    "P4": ("CO-50", "CO-97"),
    "P5": ("CO-22", "CO-16"),
}
LAGS = {"P1": 17, "P2": 24, "P3": 38, "P4": 15, "P5": 29, "P6": 33, "MEDICARE": 14, "SELF": 0}
CLINICIANS = ("1992700019", "1558300027", "1336400033", "1184900041")


@dataclass
class Desk:
    """Where claims are decided: the plan, the contracts, and the one source of chance."""

    plan: Plan
    payers: dict[str, Payer]
    rates: list[Rate]
    rng: Random
    charges: dict[str, Decimal] = field(default_factory=dict)

    def charge(self, code: str) -> Decimal:
        """The practice's one charge for a code, USD: well above every contract."""
        if code not in self.charges:
            price = medicare(code, 2025)
            fixed = Decimal(OFTEN_BILLED.get(code, "0"))
            self.charges[code] = fixed if price is None else cents(price * Decimal("2.35"))
        return self.charges[code]


def visit_lines(desk: Desk, claim: str, patient: Patient, served: date) -> list[Line]:
    """All lines of one claim as they were posted, secondary and reversed ones among them."""
    rng, payer = desk.rng, patient.payer
    place = rng.choices(["11", "10", "22", "02", "19"], [88, 4, 5, 2, 1])[0]
    codes = [rng.choice([*VISITS.split(), *desk.plan.more_visits])]
    extras = [] if place != "11" else EXTRAS.split()
    codes += rng.sample(extras, rng.choice([0, 0, 1, 1, 2])) if extras else []
    npi = rng.choice(CLINICIANS)
    lag = desk.plan.lags.get(payer.role, LAGS[payer.role])
    posted = _posting(rng, served, lag, payer.role)
    lines = [
        _decided(desk, claim, number, patient, served, posted, code, place, npi, len(codes) > 1)
        for number, code in enumerate(codes, start=1)
    ]
    if patient.second is not None and all(line.status == "paid" for line in lines):
        lines += [_secondary(line, patient.second) for line in lines if line.owed]
    elif payer.role in ("P1", "P2", "P5", "P6") and rng.random() < 0.03:
        lines = _corrected(desk, lines)
    return lines


def _posting(rng: Random, served: date, lag: int, role: str) -> date:
    if role == "SELF":
        return served
    day = served + timedelta(days=max(4, lag + rng.choice([-4, -2, -1, 0, 0, 1, 2, 5, 12])))
    if role == "P1":  # pays every Friday
        day += timedelta(days=(4 - day.weekday()) % 7)
    return min(day, LAST_POSTING)


def _decided(
    desk: Desk,
    claim: str,
    number: int,
    patient: Patient,
    served: date,
    posted: date,
    code: str,
    place: str,
    npi: str,
    several: bool,
) -> Line:
    rng, payer = desk.rng, patient.payer
    units = 2 if code == "96127" and rng.random() < 0.5 else 1
    visit = code.startswith("99") and number == 1 and code < "99400"
    modifier = "25" if visit and several else "95" if place == "10" and visit else ""
    billed = desk.charge(code) * units
    rate = contract_rate(desk.rates, payer.role, patient.product, code, place, served)
    due = _usual(payer, code, place, billed, units) if rate is None else rate * units
    allowed, short, over, reduced, reason = due, Decimal(0), Decimal(0), Decimal(0), ""
    if rate is not None:
        draw = rng.random()
        if code in ("17110", "20610") and draw < 0.10:
            modifier, allowed = "52", cents(due / 2)
            reduced, reason = due - allowed, "CO-45"
        elif draw < 0.045:
            allowed = cents(due * (1 - Decimal(rng.randint(2, 12)) / 100))
            short = due - allowed
        elif draw < 0.055:
            allowed = cents(due * Decimal("1.04"))
            over = allowed - due
        elif draw < 0.35 and payer.role == "P2" and served.year == 2026 and code in FORGOTTEN:
            old = contract_rate(desk.rates, "P2", patient.product, code, place, date(2025, 7, 1))
            assert old is not None
            allowed, short = old * units, due - old * units
    owed = _patient_share(rng, payer, code, allowed)
    line = Line(
        claim=claim,
        number=number,
        patient=patient,
        payer=payer,
        product=patient.product,
        order="P",
        served=served,
        posted=posted,
        code=code,
        modifier=modifier,
        units=units,
        place=place,
        billed=billed,
        allowed=allowed,
        paid=allowed - owed,
        owed=owed,
        status="paid",
        reason=reason or ("CO-45" if billed > allowed else ""),
        npi=npi,
        short=short,
        over=over,
        reduced=reduced,
    )
    often = desk.plan.denials.get(payer.role, DENIAL_RATES.get(payer.role, 0))
    if rng.random() < often:
        reasons = DENIAL_REASONS[payer.role]
        return replace(_emptied(line), status="denied", reason=rng.choice(reasons))
    return line


def _usual(payer: Payer, code: str, place: str, billed: Decimal, units: int) -> Decimal:
    """What a payer without a rate for the code allows, USD for the line."""
    price = medicare(code, 2025, place in FACILITY)
    if payer.role == "MEDICARE" and price is not None:
        return price * units
    part = {"SELF": "0.70", "P6": "0.55", "MEDICARE": "0.30"}.get(payer.role, "0.45")
    return cents(billed * Decimal(part))


def _patient_share(rng: Random, payer: Payer, code: str, allowed: Decimal) -> Decimal:
    if payer.role == "SELF":
        return allowed
    if payer.role == "P5" or code.startswith(("9938", "9939", "G043")):
        return Decimal("0.00")
    draw = rng.random()
    if draw < 0.12 and payer.kind == "commercial":
        return allowed  # deductible: nothing paid, yet no denial
    if draw < 0.6:
        return cents(allowed / 5)
    return min(allowed, Decimal("25.00"))


def _emptied(line: Line) -> Line:
    zero = Decimal("0.00")
    return replace(line, allowed=zero, paid=zero, owed=zero, short=zero, over=zero, reduced=zero)


def _secondary(line: Line, second: Payer) -> Line:
    """The second payer's line: it pays what the first left to the patient."""
    return replace(
        _emptied(line),
        payer=second,
        product=second.products[0],
        order="S",
        posted=min(line.posted + timedelta(days=14), LAST_POSTING),
        allowed=line.owed,
        paid=line.owed,
        reason="CO-45",
    )


def _corrected(desk: Desk, lines: list[Line]) -> list[Line]:
    """A claim taken back and paid again: the first line's code or amount is put right."""
    rng = desk.rng
    if any(line.status != "paid" for line in lines) or not lines[0].paid:
        return lines
    day = min(lines[0].posted + timedelta(days=28), LAST_POSTING)
    if day <= lines[0].posted:
        return lines
    first = lines[0]
    back = replace(
        first,
        posted=day,
        allowed=-first.allowed,
        paid=-first.paid,
        owed=-first.owed,
        billed=-first.billed,
        status="reversal",
        taken=True,
        short=Decimal(0),
        over=Decimal(0),
        reduced=Decimal(0),
    )
    original = replace(first, taken=True)
    swap = {"99213": "99214", "99214": "99213", "99203": "99204"}.get(first.code)
    code = swap if swap and rng.random() < 0.5 else first.code
    rate = contract_rate(
        desk.rates, first.payer.role, first.product, code, first.place, first.served
    )
    billed = desk.charge(code) * first.units
    allowed = cents(billed * Decimal("0.58")) if rate is None else rate * first.units
    owed = min(allowed, first.owed)
    fixed = replace(
        first,
        posted=day,
        code=code,
        billed=billed,
        allowed=allowed,
        owed=owed,
        paid=allowed - owed,
        short=Decimal(0),
        over=Decimal(0),
        reduced=Decimal(0),
        modifier="" if first.modifier == "52" else first.modifier,
    )
    return [original, back, fixed, *lines[1:]]
