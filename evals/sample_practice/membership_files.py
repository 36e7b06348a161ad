"""Who is attributed to the sample practice: monthly counts, and one payer's roster."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from random import Random

import xlsxwriter

from evals.sample_practice.claims import claim_lines
from evals.sample_practice.patients import Patient, patients
from evals.sample_practice.practice_files import practice_facts, write_rows

ROSTER_PAYER, ROSTER_PRODUCT = "Granite Peak Health Plan", "HMO"
ROSTER_MONTH = date(2026, 10, 1)
_WRITTEN = datetime(2026, 10, 5, 7, 0)
_NEVER_SEEN = 41
_COLUMNS = "Member ID,Member Name,Date of Birth,Product,Attribution Month,Coverage End,Risk Score"


def write_membership(path: Path) -> None:
    """Counts by month, payer and product; the roster stands for its own product and month."""
    facts = practice_facts()["members"]
    rows = []
    for step in range(facts["months"]):
        first = facts["first_month"]
        month = date(
            first.year + (first.month + step - 1) // 12, (first.month + step - 1) % 12 + 1, 1
        )
        for payer, product, members, gained in facts["counts"]:
            if (payer, product, month) != (ROSTER_PAYER, ROSTER_PRODUCT, ROSTER_MONTH):
                count = members + round(gained * step / (facts["months"] - 1))
                rows.append((f"{month:%Y-%m}", payer, product, count))
    write_rows(path, ("Month", "Payer", "Product", "Members"), rows)


def roster(seed: int) -> list[tuple[str, str, date, date | None, str]]:
    """Member id, name, birth date, day coverage ended, risk score of each attributed member.

    Most have been seen; some never were, some who were seen are missing, and three left
    before the month.
    """
    chance = Random(f"{seed} roster")
    seen = {line.patient.number for line in claim_lines(seed)}
    theirs = [
        patient
        for patient in patients(seed)
        if patient.payer.name == ROSTER_PAYER and patient.product == ROSTER_PRODUCT
    ]
    kept = [patient for patient in theirs if patient.number in seen and chance.random() > 0.06]
    found = [_member(patient, chance) for patient in kept]
    for number in range(9001, 9001 + _NEVER_SEEN):
        born = date(chance.randint(1963, 2021), chance.randint(1, 12), chance.randint(1, 28))
        name, member_id = f"Sample Patient {number}", f"SMPGP0{number}"
        found.append((member_id, name, born, None, _risk(chance)))
    for at, ended in ((40, date(2026, 8, 31)), (120, date(2026, 6, 30)), (200, date(2026, 9, 30))):
        found[at] = (*found[at][:3], ended, found[at][4])
    return sorted(found)


def _member(patient: Patient, chance: Random) -> tuple[str, str, date, date | None, str]:
    return (patient.member_id, patient.name, patient.born, None, _risk(chance))


def _risk(chance: Random) -> str:
    return f"{chance.lognormvariate(0, 0.45):.3f}"


def write_roster(path: Path, seed: int) -> None:
    """The payer's workbook: two title rows, one row a member."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": "Attributed members", "created": _WRITTEN})
    day = book.add_format({"num_format": "mm/dd/yyyy"})
    sheet = book.add_worksheet("Attribution")
    sheet.write_string(0, 0, f"{ROSTER_PAYER} (sample)")
    sheet.write_string(1, 0, f"Members attributed to your practice, {ROSTER_MONTH:%B %Y}")
    sheet.write_row(3, 0, _COLUMNS.split(","))
    sheet.set_column(0, 6, 18)
    for at, (member_id, name, born, ended, risk) in enumerate(roster(seed), start=4):
        sheet.write_row(at, 0, (member_id, name))
        sheet.write_datetime(at, 2, datetime.combine(born, datetime.min.time()), day)
        sheet.write_string(at, 3, ROSTER_PRODUCT)
        sheet.write_string(at, 4, f"{ROSTER_MONTH:%m/%Y}")
        if ended:
            sheet.write_datetime(at, 5, datetime.combine(ended, datetime.min.time()), day)
        sheet.write_number(at, 6, float(risk))
    book.close()
