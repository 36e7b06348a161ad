"""Remittances (835) and claims sent (837P) of the invented practice, in X12 segments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from evals.messy.clean import CleanPractice, Line
from evals.messy.plan import Plan

PAYEE = "1619900042"
DIAGNOSES = ("I10", "E119", "F329", "F411", "J069", "Z0000", "M545")
LATE_INTEREST = Decimal("3.17")


def write_remittances(plan: Plan, practice: CleanPractice, folder: Path) -> list[Path]:
    """One payer's remittances, a file a month of payment with a transaction set for each check.

    The plan's wire says how they are written: role, element, component and segment separators,
    newline, groups (functional groups in one envelope), remarks (LQ), unbalanced (the month's
    number among the files whose first check's BPR is 10.00 too high), copy (the first file again
    under this name, with another control number).
    """
    wire = plan.wire
    lines = [line for line in practice.lines if line.remittance]
    lines.sort(key=lambda line: (line.posted, line.claim, line.status != "reversal", line.number))
    paths: list[Path] = []
    for (year, month), group in groupby(lines, key=lambda li: (li.posted.year, li.posted.month)):
        off = Decimal(10) if wire.get("unbalanced") == len(paths) + 1 else Decimal(0)
        sets = [
            _set(practice, wire, day, list(own), number, off if number == 1 else Decimal(0))
            for number, (day, own) in enumerate(
                groupby(list(group), key=lambda line: line.posted), start=1
            )
        ]
        path = folder / f"era_{year}{month:02d}.835"
        day = date(year, month, 1)
        control = year * 100 + month
        envelope = _envelope("HP", "005010X221A1", day, sets, control, wire.get("groups", 1))
        path.write_text(_dressed(envelope, wire), encoding="ascii")
        paths.append(path)
    if paths and "copy" in wire:
        again = folder / wire["copy"]
        first = lines[0].posted.year * 100 + lines[0].posted.month
        text = paths[0].read_text(encoding="ascii")  # a new envelope around the same checks
        again.write_text(text.replace(f"{first:09d}", f"{first + 700000:09d}"), encoding="ascii")
        paths.append(again)
    return paths


def _dressed(envelope: Iterable[str], wire: Mapping[str, Any]) -> str:
    """The segments with the separators of the wire; made with "*", ":" and "~"."""
    swap = str.maketrans({"*": wire.get("element", "*"), ":": wire.get("component", ":")})
    last = wire.get("segment", "~") + ("\n" if wire.get("newline", True) else "")
    return "".join(segment.translate(swap) + last for segment in envelope)


def _envelope(
    kind: str, version: str, day: date, sets: Sequence[list[str]], control: int, groups: int = 1
) -> list[str]:
    number = f"{control:09d}"
    isa = ["ISA", "00", " " * 10, "00", " " * 10, "ZZ", f"{'842610077':<15}", "ZZ"]
    isa += [f"{PAYEE:<15}", f"{day:%y%m%d}", "0930", "^", "00501", number, "0", "P", ":"]
    body = []
    used = min(groups, len(sets))
    for group in range(used):
        own = sets[group::used]
        mine = control + group
        body.append(f"GS*{kind}*842610077*{PAYEE}*{day:%Y%m%d}*0930*{mine}*X*{version}")
        body += [segment for one in own for segment in one]
        body.append(f"GE*{len(own)}*{mine}")
    return ["*".join(isa), *body, f"IEA*{used}*{number}"]


def _set(
    practice: CleanPractice,
    wire: Mapping[str, Any],
    day: date,
    lines: list[Line],
    number: int,
    off: Decimal,
) -> list[str]:
    """One check: its claims, a late-payment interest now and then, balanced to the cent."""
    payer = practice.payers[wire.get("role", "P1")]
    interest = LATE_INTEREST if day.day % 3 == 0 else Decimal(0)
    amount = sum((line.paid for line in lines), Decimal(0)) + interest
    moved = max(amount, Decimal(0))
    if amount < 0:
        interest -= amount  # what could not be taken from this check is carried forward
    control = f"{number:04d}"
    body = [
        f"ST*835*{control}",
        f"BPR*I*{moved + off:.2f}*C*ACH*CCP*01*102000021*DA*55021*1842610077**01*102000076*DA*"
        f"77310*{day:%Y%m%d}",
        f"TRN*1*{day:%Y%m%d}{number:03d}*1842610077",
        f"DTM*405*{day:%Y%m%d}",
        f"N1*PR*{payer.name.upper()}",
        "N3*400 MESA BOULEVARD",
        "N4*DENVER*CO*80202",
        "PER*BL*PROVIDER SERVICES*TE*3035550142",
        f"N1*PE*{practice.name.upper()}*XX*{PAYEE}",
        "LX*1",
    ]
    claims = groupby(lines, key=lambda li: (li.claim, li.status == "reversal"))
    for _, group in claims:
        body += _claim(list(group), bool(wire.get("remarks")))
    if interest:
        body.append(f"PLB*{PAYEE}*{day:%Y}1231*L6*{-interest:.2f}")
    return [*body, f"SE*{len(body) + 1}*{control}"]


def _claim(lines: list[Line], remarks: bool) -> list[str]:
    first = lines[0]
    reversal = first.status == "reversal"
    denied = all(line.status == "denied" for line in lines)
    status = "22" if reversal else "2" if first.order == "S" else "4" if denied else "1"
    billed, paid, owed = (
        sum((getattr(line, name) for line in lines), Decimal(0))
        for name in ("billed", "paid", "owed")
    )
    person = first.patient
    out = [
        f"CLP*{first.claim}*{status}*{billed:.2f}*{paid:.2f}*{owed:.2f}*12*"
        f"{int(first.claim) * 7}*{first.place}*{'8' if reversal else '1'}",
        f"NM1*QC*1*{person.last.upper()}*{person.first.upper()}****MI*{person.member}",
        f"NM1*82*1*******XX*{first.npi}",
    ]
    for line in lines:
        code = f"HC:{line.code}" + (f":{line.modifier}" if line.modifier else "")
        out.append(f"SVC*{code}*{line.billed:.2f}*{line.paid:.2f}**{line.units}")
        out.append(f"DTM*472*{line.served:%Y%m%d}")
        if line.status == "denied":
            group, reason = line.reason.split("-")
            out.append(f"CAS*{group}*{reason}*{line.billed:.2f}")
        else:
            cut = line.billed - line.allowed
            if line.order == "S":
                out.append(f"CAS*OA*23*{line.billed - line.paid:.2f}")
            elif cut:
                out.append(f"CAS*CO*45*{cut:.2f}")
            if line.owed:
                out.append(f"CAS*PR*{'1' if line.owed == line.allowed else '2'}*{line.owed:.2f}")
        out.append(f"REF*6R*{line.number}")
        if line.status == "paid" and line.order == "P" and int(line.claim) % 2:
            out.append(f"AMT*B6*{line.allowed:.2f}")
        if remarks and (line.status == "denied" or line.owed):
            out.append(f"LQ*HE*{'N130' if line.status == 'denied' else 'N381'}")
    return out


def write_claims_sent(plan: Plan, practice: CleanPractice, folder: Path) -> list[Path]:
    """P5's claims as the practice sent them: charges and diagnoses, no second count."""
    lines = [
        line
        for line in practice.lines
        if line.payer.role == "P5"
        and line.order == "P"
        and line.status != "reversal"
        and line.served.year == 2026
        and line.served.month in (3, 4)
    ]
    lines.sort(key=lambda line: (line.served, line.claim, line.number, line.posted))
    claims = [list(group) for _, group in groupby(lines, key=lambda line: line.claim)]
    if not claims:
        return []
    body = [
        "ST*837*0001*005010X222A1",
        "BHT*0019*00*000171*20260501*1010*CH",
        f"NM1*41*2*{practice.name.upper()}*****46*{PAYEE}",
        "PER*IC*BILLING*TE*7195550117",
        f"NM1*40*2*{practice.payers['P5'].name.upper()}*****46*84555",
        "HL*1**20*1",
        f"NM1*85*2*{practice.name.upper()}*****XX*{PAYEE}",
        "N3*12 JUNIPER WAY",
        "N4*PUEBLO*CO*810030000",
        "REF*EI*840000000",
    ]
    for number, own in enumerate(claims, start=2):
        body += _sent(practice, number, own)
    segments = [*body, f"SE*{len(body) + 1}*0001"]
    path = folder / "submitted_spring.837"
    envelope = _envelope("HC", "005010X222A1", date(2026, 5, 1), [segments], 171)
    path.write_text("\n".join(f"{s}~" for s in envelope) + "\n", encoding="ascii")
    return [path]


def _sent(practice: CleanPractice, number: int, lines: Iterable[Line]) -> list[str]:
    own = {line.number: line for line in reversed(list(lines))}  # as first sent
    ordered = [own[key] for key in sorted(own)]
    first = ordered[0]
    person = first.patient
    billed = sum((line.billed for line in ordered), Decimal(0))
    out = [
        f"HL*{number}*1*22*0",
        "SBR*P*18*******MC",
        f"NM1*IL*1*{person.last.upper()}*{person.first.upper()}****MI*{person.member}",
        "N3*77 ELM COURT",
        "N4*PUEBLO*CO*81003",
        f"DMG*D8*{person.born:%Y%m%d}*F",
        f"NM1*PR*2*{first.payer.name.upper()}*****PI*84555",
        f"CLM*{first.claim}*{billed:.2f}***{first.place}:B:1*Y*A*Y*Y",
        f"HI*ABK:{DIAGNOSES[int(first.claim) % len(DIAGNOSES)]}",
        f"NM1*82*1*WREN*TESSALY****XX*{first.npi}",
    ]
    for position, line in enumerate(ordered, start=1):
        code = f"HC:{line.code}" + (f":{line.modifier}" if line.modifier else "")
        out += [
            f"LX*{position}",
            f"SV1*{code}*{line.billed:.2f}*UN*{line.units}***1",
            f"DTP*472*D8*{line.served:%Y%m%d}",
        ]
    return out
