"""What is done and coded at one visit of the sample practice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from evals.sample_practice.patients import Patient

ESTABLISHED = {"99211": 3, "99212": 7, "99213": 43, "99214": 42, "99215": 5}
NEW = {"99202": 8, "99203": 46, "99204": 40, "99205": 6}
PROCEDURES = {"17110": 32, "20610": 26, "11102": 16, "69210": 26}
_BESIDE_A_VISIT = {  # code: chance beside a problem visit
    "36415": 0.20,
    "81002": 0.07,
    "81003": 0.05,
    "83036": 0.09,
    "85018": 0.04,
    "87880": 0.06,
    "87804": 0.03,
    "87811": 0.03,
    "96127": 0.16,
    "93000": 0.03,
    "94010": 0.02,
    "96372": 0.03,
    "99406": 0.03,
}
_CHILD_VACCINES = ["90700", "90707", "90656"]


@dataclass(frozen=True)
class Service:
    """One coded service: modifiers joined by a blank, whole units, one diagnosis code."""

    code: str
    modifiers: str = ""
    units: int = 1
    diagnosis: str = ""


def visit_kind(patient: Patient, on: date, well_is_due: bool, chance: Random) -> str:
    """problem, well, vaccine, procedure, care_management, after_hospital or behavioral."""
    weights = {"problem": 66.0, "well": 17.0, "procedure": 4.0, "behavioral": 0.8}
    weights["vaccine"] = 5.0 if on.month in (9, 10, 11, 12) else 0.6
    if patient.chronic and not _child(patient, on):
        weights["care_management"] = 22.0 if patient.payer.senior else 3.0
        weights["after_hospital"] = 3.0 if patient.payer.senior else 0.6
    if _child(patient, on):
        weights["well"] = 30.0
    if not well_is_due:
        weights.pop("well")
    return chance.choices(list(weights), list(weights.values()))[0]


def services_of(
    kind: str, patient: Patient, on: date, first: bool, chance: Random
) -> list[Service]:
    """The services of a visit in the order they are billed; `first` is a new patient's."""
    if kind == "well":
        return _well(patient, on, first, chance)
    if kind == "vaccine":
        return _flu_vaccine(patient)
    if kind == "care_management":
        more = [Service("99439", diagnosis="I10")] if chance.random() < 0.25 else []
        return [Service("99490", diagnosis="I10"), *more]
    if kind == "after_hospital":
        return [Service("99495" if chance.random() < 0.7 else "99496", diagnosis="I50.9")]
    if kind == "behavioral":
        return [Service(_pick({"99484": 60, "99492": 15, "99493": 25}, chance), diagnosis="F32.1")]
    visit = _problem_visit(patient, on, first, chance)
    if kind == "procedure":
        return _with_procedure(visit, chance)
    beside = [
        Service(code, diagnosis=visit.diagnosis)
        for code, odds in _BESIDE_A_VISIT.items()
        if chance.random() < odds
    ]
    ongoing = 0.45 if patient.payer.senior else 0.0 if _child(patient, on) else 0.2
    if chance.random() < ongoing and visit.code != "99211":
        beside.insert(0, Service("G2211", diagnosis=visit.diagnosis))
    return [visit, *beside]


def _child(patient: Patient, on: date) -> bool:
    return patient.age(on) < 18


def _pick(weights: dict[str, int], chance: Random) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def _problem_visit(patient: Patient, on: date, first: bool, chance: Random) -> Service:
    if patient.chronic and not _child(patient, on):
        diagnosis = _pick({"I10": 34, "E11.9": 26, "E78.5": 16, "F41.1": 9, "F32.1": 8}, chance)
    else:
        diagnosis = _pick({"J06.9": 26, "J02.9": 12, "M54.50": 12, "R05.9": 9, "N39.0": 6}, chance)
    return Service(_pick(NEW if first else ESTABLISHED, chance), diagnosis=diagnosis)


def _with_procedure(visit: Service, chance: Random) -> list[Service]:
    first = Service(_pick(PROCEDURES, chance), diagnosis="L98.9")
    found = [first]
    if first.code == "17110" and chance.random() < 0.2:
        found.append(Service("11102", "51", diagnosis="L98.9"))
    if chance.random() < 0.45 and visit.code != "99211":
        found.insert(0, Service(visit.code, "25", diagnosis=visit.diagnosis))
    return found


def _well(patient: Patient, on: date, first: bool, chance: Random) -> list[Service]:
    age = patient.age(on)
    if patient.payer.senior:
        found = [Service("G0439", diagnosis="Z00.00"), Service("G0444", diagnosis="Z13.31")]
        found = found if chance.random() < 0.7 else found[:1]
    else:
        found = [Service(_well_code(age, first), diagnosis="Z00.129" if age < 18 else "Z00.00")]
        if age >= 12 and chance.random() < 0.55:
            found.append(Service("96127", diagnosis="Z13.31"))
    if age < 18:
        found += _child_vaccines(age, chance)
    elif on.month >= 9:
        found += _flu_vaccine(patient)
    elif chance.random() < 0.15:
        found += [Service("90471", diagnosis="Z23"), Service("90715", diagnosis="Z23")]
    if age >= 18 and chance.random() < 0.16:
        found.insert(1, Service(_pick({"99212": 20, "99213": 80}, chance), "25", diagnosis="I10"))
    return found


def _well_code(age: int, first: bool) -> str:
    bands = [(1, "99391", "99381"), (5, "99392", "99382"), (12, "99393", "99383")]
    bands += [(18, "99394", "99383"), (40, "99395", "99385"), (65, "99396", "99386")]
    _, seen, new = next(band for band in bands if age < band[0])
    return seen if age in range(12, 18) or not first else new


def _child_vaccines(age: int, chance: Random) -> list[Service]:
    if chance.random() < 0.35:
        return []
    doses = chance.sample(_CHILD_VACCINES if age < 8 else ["90715", "90656"], chance.randint(1, 2))
    given = [Service("90460", units=len(doses), diagnosis="Z23")]
    parts = sum({"90700": 2, "90707": 2, "90715": 2}.get(dose, 0) for dose in doses)
    if parts:
        given.append(Service("90461", units=parts, diagnosis="Z23"))
    return given + [Service(dose, diagnosis="Z23") for dose in doses]


def _flu_vaccine(patient: Patient) -> list[Service]:
    giving = "G0008" if patient.payer.key == "medicare" else "90471"
    return [Service(giving, diagnosis="Z23"), Service("90656", diagnosis="Z23")]
