"""All service lines of the sample practice over two years, clean and in date order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

from evals.sample_practice.claim_lines import NOTHING, Line, outcome_of
from evals.sample_practice.contract_rates import charge, unit_rate
from evals.sample_practice.patients import Patient, patients
from evals.sample_practice.payers import SamplePayer, payers
from evals.sample_practice.visits import Service, services_of, visit_kind

FIRST, LAST = date(2024, 11, 1), date(2026, 10, 31)
_LAST_POSTING = date(2026, 11, 20)
_NPIS = ("1000000001", "1000000002", "1000000005", "1000000007")  # none passes the check digit
_MONTH_WEIGHT = (115, 108, 104, 98, 94, 88, 84, 90, 100, 112, 106, 108)
_HOLIDAYS = {(1, 1), (7, 4), (11, 27), (11, 28), (12, 24), (12, 25)}


@cache
def claim_lines(seed: int) -> tuple[Line, ...]:
    """Every line, by claim; reversals and corrected claims stand at the end."""
    chance = Random(f"{seed} claims")
    lines: list[Line] = []
    well_on: dict[int, date] = {}
    managed: set[tuple[int, int, int]] = set()
    seen: set[int] = set()
    for count, (on, patient) in enumerate(_appointments(seed), start=1):
        due = (on - well_on.get(patient.number, date(2000, 1, 1))).days > 360
        kind = visit_kind(patient, on, due, chance)
        month = (patient.number, on.year, on.month)
        if kind in ("care_management", "behavioral") and month in managed:
            kind = "problem"
        if kind == "well":
            well_on[patient.number] = on
        if kind in ("care_management", "behavioral"):
            managed.add(month)
        first = patient.is_new and patient.number not in seen
        seen.add(patient.number)
        services = services_of(kind, patient, on, first, chance)
        lines += _claim(f"SF{on:%y}{count:06d}", on, patient, kind, services, chance)
    return tuple(lines + _taken_back(lines, chance))


def _appointments(seed: int) -> list[tuple[date, Patient]]:
    chance = Random(f"{seed} appointments")
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    weight = [_day_weight(day) for day in days]
    found: list[tuple[date, Patient]] = []
    people: dict[str, list[Patient]] = {}
    for patient in patients(seed):
        people.setdefault(patient.payer.key, []).append(patient)
    for key, payer in payers().items():
        often = [1.8 if patient.chronic else 1.0 for patient in people[key]]
        for on in chance.choices(days, weight, k=payer.claims):
            patient = chance.choices(people[key], often)[0]
            if payer.since is None or on >= payer.since:
                found.append((on, patient))
    return sorted(found, key=lambda pair: (pair[0], pair[1].number))


def _day_weight(day: date) -> float:
    if day.weekday() == 6 or (day.month, day.day) in _HOLIDAYS:
        return 0.0
    growth = 1 + 0.03 * (day - FIRST).days / 365
    return _MONTH_WEIGHT[day.month - 1] * growth * (0.25 if day.weekday() == 5 else 1.0)


def _claim(
    number: str, on: date, patient: Patient, kind: str, services: list[Service], chance: Random
) -> Iterator[Line]:
    payer = patient.payer
    place = _place(kind, payer, services, chance)
    if place in ("02", "10"):
        services = [replace(services[0], modifiers="95")]
    written = chance.choice(payer.spellings)
    npi = _NPIS[patient.number % len(_NPIS)]
    filed = on + timedelta(days=chance.randint(1, 5))
    posted = filed + timedelta(days=chance.randint(*payer.days))
    deductible = chance.random() < (0.3 if on.month <= 3 else 0.08)
    for at, service in enumerate(_billed(services, payer, on, place), start=1):
        made = outcome_of(service, services, payer, on, place, deductible, chance)
        line = Line(
            claim=number,
            number=at,
            served=on,
            patient=patient,
            payer=payer,
            payer_as_written=written,
            product=patient.product,
            order="P",
            code=service.code,
            modifiers=service.modifiers,
            units=service.units,
            place=place,
            diagnosis=service.diagnosis,
            billed=(charge(service.code) * service.units).quantize(NOTHING),
            allowed=made.allowed,
            paid=made.paid,
            patient_share=made.patient_share,
            reasons=made.reasons,
            status=made.status,
            npi=npi,
            filed=filed,
            posted=min(posted, _LAST_POSTING),
            short=made.short,
        )
        yield line
        if patient.secondary and line.patient_share:
            yield _secondary(line, payers()[patient.secondary], chance)


def _place(kind: str, payer: SamplePayer, services: list[Service], chance: Random) -> str:
    if kind == "problem" and services[0].code.startswith("9921"):
        if payer.video and services[0].code != "99211" and chance.random() < 0.10:
            return chance.choice(payer.video)
        if payer.hospital and chance.random() < 0.03:
            return "22"
    return "11"


def _billed(services: list[Service], payer: SamplePayer, on: date, place: str) -> list[Service]:
    """Those services that the payer prices; a code it says it never pays is billed too."""
    return [
        service
        for service in services
        if service.code in payer.not_paid or unit_rate(payer, service.code, on, place) is not None
    ]


def _secondary(line: Line, payer: SamplePayer, chance: Random) -> Line:
    paid = NOTHING if payer.key == "medicaid" and chance.random() < 0.6 else line.patient_share
    return replace(
        line,
        payer=payer,
        payer_as_written=payer.spellings[0],
        product=next(iter(payer.products)),
        order="S",
        paid=paid,
        patient_share=NOTHING,
        reasons="OA-23",
        posted=min(line.posted + timedelta(days=chance.randint(10, 25)), _LAST_POSTING),
    )


def _taken_back(lines: list[Line], chance: Random) -> list[Line]:
    """Reversals of some paid visits, each with the corrected claim that replaced it."""
    added: list[Line] = []
    again = {"99214": "99213", "99213": "99214", "99204": "99203"}
    secondary = {line.claim for line in lines if line.order == "S"}
    for line in lines:
        if line.status != "Paid" or line.code not in again or line.claim in secondary:
            continue
        if (
            line.modifiers
            or line.short
            or line.posted > date(2026, 9, 30)
            or chance.random() > 0.012
        ):
            continue
        back = line.posted + timedelta(days=chance.randint(12, 30))
        added.append(
            replace(
                line,
                units=-line.units,
                billed=-line.billed,
                allowed=-line.allowed,
                paid=-line.paid,
                patient_share=-line.patient_share,
                status="Reversed",
                posted=back,
            )
        )
        added.append(_corrected(line, again[line.code], back))
    return added


def _corrected(line: Line, code: str, posted: date) -> Line:
    rate = unit_rate(line.payer, code, line.served, line.place)
    assert rate is not None
    share = min(line.patient_share, rate) if line.paid else rate
    return replace(
        line,
        claim=f"{line.claim}C",
        number=1,
        code=code,
        billed=(charge(code) * line.units).quantize(NOTHING),
        allowed=rate,
        paid=rate - share,
        patient_share=share,
        filed=posted - timedelta(days=9),
        posted=posted,
    )
