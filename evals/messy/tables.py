"""Fee schedules, rosters, quality, utilization and cost sheets as payers and offices send them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.messy.clean import CleanPractice, Rate
from evals.messy.plan import Plan
from evals.messy.workbooks import Sheet, write_workbook

Written = tuple[Path, str | None]


def write_tables(plan: Plan, practice: CleanPractice, folder: Path) -> list[Written]:
    """All tables but claims: each path with the payer it is about, None where it names them."""
    return [*_fees(plan, practice, folder), *_others(plan, practice, folder)]


def _fees(plan: Plan, practice: CleanPractice, folder: Path) -> list[Written]:
    written: list[Written] = []
    for role, look in plan.fees.items():
        path = folder / look["file"]
        rates = [rate for rate in practice.rates if rate.payer == role]
        if role == "P2" and look.get("form") == "side_by_side":
            _side_by_side(plan, look, rates, path)
        else:
            rows = [list(look["headers"]), *(_fee_row(look, rate) for rate in rates)]
            _save(path, look, rows)
        written.append((path, practice.payers[role].name))
    return written


def _fee_row(look: dict[str, Any], rate: Rate) -> list[Any]:
    """One row of a schedule by the look's columns."""
    return [_fee_cell(look, rate, field) for field in look["fields"]]


def _fee_cell(look: dict[str, Any], rate: Rate, field: str) -> Any:
    if field == "codes":
        if not rate.codes:
            return look["all_codes"]
        if look.get("codes") == "list" and len(rate.codes) > 1:
            return _runs(rate.codes)
        return rate.codes[0] if len(rate.codes) == 1 else f"{rate.codes[0]}-{rate.codes[-1]}"
    if field == "percent":  # the rule in two columns: what of Medicare, and which year's
        return f"{rate.percent}%"
    if field == "year":
        return rate.year
    if field == "label":
        if len(rate.codes) > 1:
            return "Preventive visits"
        return "Listed service" if rate.codes else "All services"
    if field in ("payment", "office"):
        if rate.office is not None:
            return f"${rate.office:.2f}" if look.get("dollars") else rate.office
        return look["rule"].format(percent=rate.percent, year=rate.year)
    if field == "facility":
        return rate.facility if rate.facility is not None else ""
    if field == "product":
        return rate.product or "All products"
    form = look.get("dates", "%m/%d/%Y")
    if field == "start":
        return rate.start.strftime(form)
    if field == "end":
        return rate.end.strftime(form) if rate.end else look.get("open", "")
    return ""


def _runs(codes: Sequence[str]) -> str:
    """Codes as a person lists them: "99381-99387, 99391-99397"."""
    runs: list[list[str]] = []
    for code in codes:
        if runs and int(code) == int(runs[-1][-1]) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _side_by_side(plan: Plan, look: dict[str, Any], rates: Sequence[Rate], path: Path) -> None:
    """A sheet for each year, the products beside each other, facility beside office."""
    sheets = []
    products = plan.products["P2"]
    for start in sorted({rate.start for rate in rates}):
        own = {(r.codes[0], r.product): r for r in rates if r.start == start}
        end = next(r.end for r in rates if r.start == start)
        until = f" through {end:%B %d, %Y}" if end else ""
        rows: list[list[Any]] = [[text] for text in look["titles"]]
        rows.append([f"Effective {start:%B %d, %Y}{until}"])
        rows.append([])
        top: list[Any] = [look["code"]]
        below: list[Any] = [""]
        for product in products:
            top += [product, ""]
            below += list(look["settings"])
        rows += [top, below]
        first = len(rows) - 1
        for code in sorted({code for code, _ in own}):
            cells: list[Any] = [code]
            for product in products:
                cells += [own[code, product].office, own[code, product].facility]
            rows.append(cells)
        ranges = (f"B{first}:C{first}", f"D{first}:E{first}")
        sheets.append(Sheet(f"Eff {start:%Y}", rows, merged=len(look["titles"]) + 1, ranges=ranges))
    write_workbook(path, sheets)


def _others(plan: Plan, practice: CleanPractice, folder: Path) -> list[Written]:
    look = plan.other
    written: list[Written] = []
    for role in ("P1", "P4"):
        one = look["roster"][role]
        rows: list[list[Any]] = [list(one["headers"])]
        for row in practice.roster:
            if row.payer == role:
                form = one.get("dates", "%m/%d/%Y")
                cells = {
                    "member": row.member,
                    "name": "QUILLFEATHER, SAMPLE",
                    "month": row.month.strftime(one["month"]),
                    "ended": row.ended.strftime(form) if row.ended else "",
                    "risk": row.risk,
                    "doctor": "Panel 2",
                }
                rows.append([cells[field] for field in one["fields"]])
        rows += [rows[5], rows[9]]  # the same member and month twice
        path = folder / one["file"]
        _save(path, one, rows)
        written.append((path, practice.payers[role].name))
    written.append((_quality(look["quality"], practice, folder), None))
    written.append((_utilization(look["utilization"], practice, folder), None))
    written.append((_costs(look["costs"], practice, folder), None))
    return written


def _quality(look: dict[str, Any], practice: CleanPractice, folder: Path) -> Path:
    rows: list[list[Any]] = [list(look["headers"])]
    for row in practice.quality:
        name = practice.payers[row.payer].name
        rows.append([row.measure, name, str(row.year), row.numerator, row.denominator])
    return _save(folder / look["file"], look, rows)


def _utilization(look: dict[str, Any], practice: CleanPractice, folder: Path) -> Path:
    rows: list[list[Any]] = [list(look["headers"])]
    for row in practice.utilization:
        name = practice.payers[row.payer].name
        rows.append([row.metric, name, str(row.year), row.practice, row.comparison])
    return _save(folder / look["file"], look, rows)


def _costs(look: dict[str, Any], practice: CleanPractice, folder: Path) -> Path:
    months = sorted({row.month for row in practice.costs})
    rows: list[list[Any]]
    if look["form"] == "wide":
        rows = [[look["headers"][0], *(f"{m:%b %Y}" for m in months), "Total"]]
        for name in dict.fromkeys(row.category for row in practice.costs):
            amounts = [row.amount for row in practice.costs if row.category == name]
            rows.append([name, *amounts, sum(amounts)])
        sums = [sum(r.amount for r in practice.costs if r.month == m) for m in months]
        rows.append([look.get("total", "Total"), *sums, sum(sums)])
        return _save(folder / look["file"], look, rows)
    rows = [list(look["headers"])]
    for month in months:
        own = [row for row in practice.costs if row.month == month]
        rows += [[row.category, f"{month:%m/%Y}", f"${row.amount:,.2f}"] for row in own]
        whole = f"${sum(r.amount for r in own):,.2f}"
        rows.append([look.get("total", "Total"), f"{month:%m/%Y}", whole])
    return _save(folder / look["file"], look, rows)


def _save(path: Path, look: dict[str, Any], rows: list[list[Any]]) -> Path:
    """Write rows below the look's titles and above its footer, in the file's own format."""
    titles = look.get("titles", [])
    above: list[list[Any]] = [[text] for text in titles] + ([[]] if titles else [])
    below: list[list[Any]] = [[text] for text in look.get("footer", [])]
    whole = [*above, *rows, *below]
    if path.suffix == ".xlsx":
        return write_workbook(path, [Sheet(look.get("sheet", "Sheet1"), whole, merged=len(titles))])
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=look.get("delimiter", ",")).writerows(whole)
    path.write_bytes(out.getvalue().encode(look.get("encoding", "utf-8")))
    return path
